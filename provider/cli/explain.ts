/**
 * `waba explain NUMBER|NAME`: why a number is where it is, what comes next, and by when. One read; nothing is written,
 * not even to the stack.
 */
import { Command, InvalidArgumentError, Option } from "commander";
import { explain, explanation } from "../explain/explanation.ts";
import { subjectOf } from "../explain/subject.ts";
import { textOf } from "../explain/text.ts";
import { accountText, numberIn, onConfigured, onTarget, type TargetFlags } from "./target.ts";

interface ExplainFlags extends TargetFlags {
  readonly format: "text" | "json";
}

const EXAMPLES = `
Examples:
  npx waba explain +16315551111
  WABA_ACCESS_TOKEN=… npx waba explain 1972385232742141 --no-stack

By the resource's name, or its display name:
  npx waba explain support --format json`;

export function explainCommand(): Command {
  const command = new Command("explain")
    .description("tell why a number is in its phase, what comes next, and by when")
    .argument("<number>", "the number: +16315551111, Graph's id, or a name: the resource's, or its display name", meant)
    .option("--waba <id>", "the account that has it, where the stack does not know it", accountText)
    .addOption(new Option("--format <format>", "for people or programs").choices(["text", "json"]).default("text"));
  return onConfigured(command).addHelpText("after", EXAMPLES).action(run);
}

async function run(number: string, { format, ...flags }: ExplainFlags): Promise<void> {
  await onTarget(number, flags, async ({ node, known, settings }) => {
    const answered = await node();
    const now = new Date();
    const it = explain(now, subjectOf(now, answered, known, settings.baseUrl));
    process.stdout.write(format === "json" ? `${JSON.stringify(explanation.parse(it), undefined, 2)}\n` : textOf(it));
  });
}

function meant(text: string): string {
  if (text.trim() === "") throw new InvalidArgumentError("It must be a number or a name.");
  return numberIn(text) ?? text;
}
