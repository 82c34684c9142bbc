/**
 * `waba report FILE…`: the reports of `waba drift` once more, in another format, as one, or of some stacks: nothing is asked
 * of Meta or of the engine. Exit code as of `waba drift`.
 */
import { existsSync, readFileSync } from "node:fs";
import { Command } from "commander";
import { merged } from "../drift/merge.ts";
import { type Report, report as reportSchema } from "../drift/report.ts";
import { failOnOption } from "./drift.ts";
import { type Output, Outputs } from "./drift-outputs.ts";
import { collect } from "./stacks.ts";

interface ReportFlags {
  readonly stack: readonly string[];
  readonly failOn?: readonly string[];
}

/** A file that is no report, or reports without the stack that was asked for. */
export class ReportError extends Error {
  override readonly name = "ReportError";
}

const EXAMPLES = `
The reports of shards as one:
  npx waba report shard-1.json shard-2.json --output drift.json --output drift.html

The issue of one customer:
  npx waba report drift.json --stack prod-acme --format issue

Exit code, as of waba drift: 0 nothing to report in the classes of --fail-on; 2 something; 1 it could not be told.
`;

export function reportCommand(): Command {
  const outputs = new Outputs();
  return new Command("report")
    .description("print reports of waba drift again: as one, of some stacks, in another format")
    .argument("<file...>", "reports that waba drift --format json wrote")
    .option("--stack <pattern>", "these stacks alone, as prod-acme or whatsapp/prod-*; may be repeated", collect, [])
    .addOption(failOnOption().default(undefined, "as in the latest of the reports"))
    .addOption(outputs.formatOption())
    .addOption(outputs.outputOption())
    .addHelpText("after", EXAMPLES)
    .showSuggestionAfterError(false)
    .action((files: readonly string[], flags: ReportFlags) => print(files, flags, outputs.chosen(process.env)));
}

function print(files: readonly string[], { stack: stacks, failOn }: ReportFlags, outputs: readonly Output[]): void {
  const one = merged(files.map(read), { stacks, failOn });
  if (one === undefined) throw new ReportError(`no stack of these reports fits ${stacks.join(", ")}`);
  for (const output of outputs) output.requireWritable();
  for (const output of outputs) output.write(one);
  process.stderr.write(`${one.verdict}\n`);
  process.exitCode = one.exitCode;
}

function read(file: string): Report {
  if (!existsSync(file)) throw new ReportError(`there is no file ${file}`);
  const parsed = reportSchema.safeParse(json(file));
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.join(".") || "it is not JSON, or not an object";
  throw new ReportError(`${file} is not a report of waba drift --format json (${where})`);
}

function json(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}
