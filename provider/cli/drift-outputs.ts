/**
 * Where a report goes, and as what. `--output` belongs to the `--format` before it; a format without one goes to stdout,
 * a file without a format is told by its ending. Under GitHub Actions the step summary gets markdown.
 */
import { accessSync, appendFileSync, constants, statSync, writeFileSync } from "node:fs";
import { dirname, extname } from "node:path";
import { Option } from "commander";
import { FORMAT_NAMES, FORMATS, type FormatName, print } from "../drift/formats/index.ts";
import type { Report } from "../drift/report.ts";

const ENDINGS: Readonly<Record<string, FormatName>> = {
  ".json": "json",
  ".md": "markdown",
  ".xml": "junit",
  ".html": "html",
  ".txt": "table",
};
const COLUMNS_WITHOUT_TERMINAL = 120;

/** A report cannot be written there. */
export class OutputError extends Error {
  override readonly name = "OutputError";
}

export interface Output {
  /** @throws OutputError where it can be seen beforehand that it could not be written */
  requireWritable(): void;
  /** @throws OutputError */
  write(report: Report): void;
}

interface Choice {
  readonly format: FormatName;
  file?: string;
}

/** One for each run of the command line: the order of its options counts. */
export class Outputs {
  readonly #choices: Choice[] = [];

  formatOption(): Option {
    const formats = FORMAT_NAMES.map((name) => `${name} (${FORMATS[name].what})`).join(", ");
    return new Option("--format <format>", `${formats}; may be repeated; default: table`)
      .choices(FORMAT_NAMES)
      .argParser((text: string) => {
        const format = FORMAT_NAMES.find((name) => name === text);
        if (format === undefined) throw new OutputError(`--format must be one of ${FORMAT_NAMES.join(", ")}`);
        this.#choices.push({ format });
      });
  }

  outputOption(): Option {
    return new Option(
      "--output <file>",
      "where the format before it goes instead of stdout; may be repeated",
    ).argParser((file: string) => {
      const last = this.#choices.at(-1);
      if (last !== undefined && last.file === undefined) last.file = file;
      else this.#choices.push({ format: formatOf(file), file });
    });
  }

  chosen(env: Readonly<Record<string, string | undefined>>): Output[] {
    const choices = this.#choices.length === 0 ? [{ format: "table" as const }] : this.#choices;
    const summary = env.GITHUB_STEP_SUMMARY;
    const outputs = choices.map(({ format, file }) => (file === undefined ? toStdout(format) : toFile(format, file)));
    return summary ? [...outputs, toStepSummary(summary)] : outputs;
  }
}

function formatOf(file: string): FormatName {
  const format = ENDINGS[extname(file)];
  if (format === undefined) throw new OutputError(`say as what ${file} is to be written: --format before --output`);
  return format;
}

function toStdout(format: FormatName): Output {
  const { isTTY = false, columns = COLUMNS_WITHOUT_TERMINAL } = process.stdout;
  const color = isTTY && !process.env.NO_COLOR;
  return {
    requireWritable: () => undefined,
    write: (report) => void process.stdout.write(withBreak(print(format, report, { color, columns }))),
  };
}

function toFile(format: FormatName, file: string): Output {
  return {
    requireWritable: () => requireWritable(file),
    write: (report) =>
      guarded(file, () => writeFileSync(file, withBreak(print(format, report, plain())), { mode: 0o644 })),
  };
}

/** What other steps' commands put there stays. */
function toStepSummary(file: string): Output {
  return {
    requireWritable: () => undefined,
    write: (report) =>
      guarded(file, () => {
        const taken = (statSync(file, { throwIfNoEntry: false })?.size ?? 0) + 1;
        appendFileSync(file, withBreak(print("markdown", report, { ...plain(), taken })));
      }),
  };
}

function plain() {
  return { color: false, columns: COLUMNS_WITHOUT_TERMINAL };
}

function requireWritable(file: string): void {
  guarded(file, () => {
    accessSync(dirname(file), constants.W_OK);
    if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) throw new OutputError("it is a folder");
  });
}

function guarded(file: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new OutputError(`${file} cannot be written: ${why}`);
  }
}

function withBreak(text: string): string {
  return text.endsWith("\n") ? text : `${text}\n`;
}
