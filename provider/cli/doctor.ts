/**
 * `waba doctor`: whether all that a run needs is there, asked where it can be asked: the machine, the project, and Graph
 * by the calls that the provider itself makes. Reads alone. Exit code 1 where something fails.
 */
import { Command, Option } from "commander";
import { isBug } from "../bug.ts";
import { type ReadConfig, readSettings, type Settings } from "../config.ts";
import { type Charge, checkGraph } from "../doctor/graph-checks.ts";
import { checkMachine } from "../doctor/machine-checks.ts";
import { DOCTOR_SCHEMA_VERSION, type DoctorReport, doctorReport, Findings } from "../doctor/report.ts";
import { textOf } from "../doctor/text.ts";
import { createTransport } from "../graph/transport.ts";
import { asksStack } from "./asked.ts";
import { projectFileOf, readStackConfig, readStackNumbers, type StackNumber } from "./stack.ts";
import { accountText, onConfigured, type TargetFlags } from "./target.ts";

interface DoctorFlags extends Omit<TargetFlags, "waba"> {
  readonly waba: readonly string[];
  readonly format: "text" | "json";
}

const NOTES = `
Exit code: 1 where something fails, else 0, also with warnings.

Examples:
  npx waba doctor
  npx waba doctor --stack prod --format json
  WABA_ACCESS_TOKEN=… npx waba doctor --no-stack --waba 102290129340398`;

export function doctorCommand(): Command {
  const command = new Command("doctor")
    .description("look for what keeps pulumi and Graph from working here, with the remedy")
    .option("--waba <id>", "look at this account, instead of the stack's; may be repeated", collected, [])
    .addOption(new Option("--format <format>", "for people or programs").choices(["text", "json"]).default("text"));
  return onConfigured(command).addHelpText("after", NOTES).action(run);
}

async function run({ format, ...flags }: DoctorFlags): Promise<void> {
  const report = await examine(flags);
  process.stdout.write(
    format === "json" ? `${JSON.stringify(doctorReport.parse(report), undefined, 2)}\n` : textOf(report),
  );
  process.exitCode = report.exitCode;
}

async function examine(flags: Omit<DoctorFlags, "format">): Promise<DoctorReport> {
  const findings = new Findings();
  const projectFile = projectFileOf(flags.cwd);
  await checkMachine(findings, process.env, projectFile);
  const charge = await chargeOf(findings, flags);
  const transport = createTransport(process.env);
  try {
    const now = () => new Date();
    const seen = charge === undefined ? undefined : await checkGraph(findings, charge, transport, now);
    return {
      schemaVersion: DOCTOR_SCHEMA_VERSION,
      at: now().toISOString(),
      exitCode: findings.all.some(({ level }) => level === "failure") ? 1 : 0,
      calls: seen?.calls ?? 0,
      findings: findings.all,
      accounts: seen?.accounts ?? [],
      notChecked: findings.notChecked,
    };
  } finally {
    await transport.close();
  }
}

/** What there is to look at; undefined where the configuration cannot be used. */
async function chargeOf(findings: Findings, flags: Omit<DoctorFlags, "format">): Promise<Charge | undefined> {
  const { config, numbers } = await stackOf(findings, flags);
  let settings: Settings;
  try {
    settings = readSettings(process.env, config);
  } catch (error) {
    if (isBug(error)) throw error;
    findings.fail("configuration", "it cannot be used", (error as Error).message);
    return undefined;
  }
  const own = flags.credential;
  const known = new Map(
    numbers.flatMap(({ wabaId, credential }) => (wabaId === undefined ? [] : [[wabaId, own ?? credential]])),
  );
  const fallback = own ?? (known.size === 0 ? undefined : [...known.values()][0]);
  const asked = flags.waba.length > 0 ? flags.waba : [...known.keys(), ...(settings.allowedWabaIds ?? [])];
  const accounts = new Map(asked.map((id) => [id, known.has(id) ? known.get(id) : fallback]));
  return { settings, accounts, credentials: accounts.size === 0 ? [own] : [], numbers };
}

async function stackOf(
  findings: Findings,
  flags: Omit<DoctorFlags, "format">,
): Promise<{ config: ReadConfig; numbers: readonly StackNumber[] }> {
  const none = { config: () => undefined, numbers: [] };
  const { waba: _accounts, ...target } = flags;
  const { stack, cwd } = target;
  if (stack === false || !asksStack(target)) return none;
  try {
    const choice = { cwd, stack };
    const [config, { numbers }] = await Promise.all([readStackConfig(choice), readStackNumbers(choice)]);
    findings.ok("stack", `readable, with ${numbers.length === 1 ? "a number" : `${numbers.length} numbers`}`);
    return { config, numbers };
  } catch (error) {
    if (isBug(error)) throw error;
    const remedy = "Select the stack (pulumi stack select) and log in; --no-stack goes without it";
    findings.fail("stack", (error as Error).message, remedy);
    return none;
  }
}

function collected(id: string, before: readonly string[]): readonly string[] {
  return [...before, accountText(id)];
}
