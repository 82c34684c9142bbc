/** docs/drift-formats.md: what each format of the drift report is for, its limits, and an example that is really printed. */
import { ROWS_MAX } from "../../provider/drift/formats/html-changes.ts";
import { FORMAT_NAMES, FORMATS, type FormatName, print } from "../../provider/drift/formats/index.ts";
import { CHARACTERS_MAX, ISSUE_MARK } from "../../provider/drift/formats/issue.ts";
import { BYTES_MAX } from "../../provider/drift/formats/markdown.ts";
import { BLOCKS_MAX, HEADER_MAX, MESSAGE_MAX, TEXT_MAX } from "../../provider/drift/formats/slack.ts";
import { few } from "../../test/unit/drift/formats/samples.ts";
import { MADE, table } from "./table.ts";

const number = (amount: number) => amount.toLocaleString("en-US");

interface About {
  readonly use: string;
  readonly limit: string;
  /** Of the example's code block; undefined where it would be too long. */
  readonly language: string | undefined;
}

const ABOUT: Readonly<Record<FormatName, About>> = {
  table: {
    use: "For a person at a terminal. As wide as the terminal up to 160 columns; below 70, entries stand one under the other. Commands to heal are never wrapped, so that they can be copied. Colour only where the caller says that a terminal reads it.",
    limit: "none; long texts are cut",
    language: "text",
  },
  json: {
    use: "For programs, and for `--previous`: all that was found. Its schema, [drift-report.schema.json](drift-report.schema.json), comes with the package as `pulumi-waba/drift-report.schema.json`. `schemaVersion` rises when a property changes its meaning or goes; new ones may come at any time.",
    limit: "none; nothing is cut",
    language: "json",
  },
  markdown: {
    use: "For GitHub's step summary (`$GITHUB_STEP_SUMMARY`) and whatever else shows GitHub's markdown.",
    limit: `${number(BYTES_MAX)} bytes`,
    language: "markdown",
  },
  junit: {
    use: "For the test views of Jenkins, GitLab and others. A suite a stack, a case a number. What fails the run is a failure with the class as its type; what could not be told is an error; what a lost token or account hides was skipped, and its loss is a case of its own; what else was found is the case's output. A stack that could not be checked, or that holds no number, has a case of its own; where no number was checked at all, it is an error.",
    limit: "none; long texts are cut",
    language: "xml",
  },
  slack: {
    use: 'For an incoming webhook or `chat.postMessage`, which take it as it is: `curl --json @slack.json "$SLACK_WEBHOOK_URL"`. Foreign text stands where Slack parses nothing: no mention, no link.',
    limit: `${BLOCKS_MAX} blocks, ${HEADER_MAX} characters in the header, ${number(TEXT_MAX)} in a text, ${number(MESSAGE_MAX)} in all (Slack documents no sum, and refuses messages of about 13,200)`,
    language: "json",
  },
  issue: {
    use: `For the body of a GitHub issue: \`gh issue create --body-file issue.md\`. What fails the run is a task to tick. The first line, \`${ISSUE_MARK}\`, shows nothing; a search for it finds the issue again.`,
    limit: `${number(CHARACTERS_MAX)} characters`,
    language: "markdown",
  },
  html: {
    use: "For people, as an artifact of a run: what changed, deadlines on a time line, the fleet by phase, all stacks. One file: no network, no script, light and dark, phone and paper.",
    limit: `${number(ROWS_MAX)} changes, 500 deadlines, 500 stacks, 100 numbers a phase`,
    language: undefined,
  },
};

export function driftFormats(): string {
  const rows = FORMAT_NAMES.map((name) => [`\`${name}\``, FORMATS[name].what, ABOUT[name].limit]);
  return `# Formats of the drift report

${MADE}

${table(["format", "is", "limit"], rows)}
All formats say the same in the same order: what could not be told; what fails the run, first of several stacks that lost one token, then on many numbers alike, then by stack;
what does not fail it; what is resolved, expected by waba-drift.yaml, or was not looked at. The same change on more than 5 numbers is
one line, and so is a token that several stacks lost. What does not fit is left out from the end, and counted. A secret's values are
never printed. Control characters and marks that turn the direction of writing are shown as \`\\u{202e}\`.

${FORMAT_NAMES.map(section).join("\n")}`;
}

function section(name: FormatName): string {
  const { use, language } = ABOUT[name];
  const example =
    language === undefined
      ? "An example is in test/unit/drift/formats/goldens.\n"
      : `\`\`\`\`${language}\n${print(name, few(), { color: false, columns: 120 })}\`\`\`\`\n`;
  return `## ${name}\n\n${use}\n\n${example}`;
}
