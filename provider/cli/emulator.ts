/**
 * `waba emulator`: runs the Graph API stand-in until it is told to stop. The first line of stdout is one JSON object
 * with the URL; nothing else goes to stdout.
 */
import { existsSync } from "node:fs";
import { Command, InvalidArgumentError, Option } from "commander";
import { type Emulator, type EmulatorOptions, readSeedFile, SeedError, startEmulator } from "../../emulator/index.ts";

/** How many account ids the first line names: a fleet may have thousands. */
const WABAS_SHOWN = 20;

interface EmulatorFlags {
  readonly port: number;
  readonly host: string;
  readonly numbers?: number;
  readonly wabas?: number;
  readonly seed?: string;
  readonly state?: string;
  readonly latency: number;
  readonly stale: number;
  readonly token: readonly string[];
  readonly randomSeed?: number;
  readonly review?: EmulatorOptions["review"];
  readonly firstNameStatus?: EmulatorOptions["firstNameStatus"];
  readonly nameRules?: EmulatorOptions["nameRules"];
  readonly nameFlip?: EmulatorOptions["nameFlip"];
  readonly certificates: boolean;
  readonly pinRetired?: true;
  readonly maxPhoneNumbers?: number;
  readonly webhook?: string;
  readonly limits?: true;
  readonly appId?: string;
  readonly requireProof?: true;
}

/** Secrets come by the environment: other users of the machine can read arguments. */
const HELP = `
Example:
  npx waba emulator --port 4010 --seed hard --review instant

Environment:
  WABA_APP_SECRET            the app's secret: webhooks are signed with it, and proofs checked
  WABA_WEBHOOK_VERIFY_TOKEN  the address of --webhook must answer hub.challenge with it before the first webhook
`;

export function emulatorCommand(): Command {
  return new Command("emulator")
    .description("run a local stand-in for the Graph API")
    .option("--port <number>", "port to listen on, 0 for a free one", wholeNumber, 0)
    .option("--host <address>", "address to listen on", "127.0.0.1")
    .option("--seed <name or file>", "what exists at the start: default, hard (docs/emulator.md), or a JSON file")
    .option("--numbers <count>", "make a fleet of this many registered numbers instead", wholeNumber)
    .option("--wabas <count>", "spread the fleet over this many accounts", wholeNumber)
    .option("--state <file>", "keep the state in this file across restarts; once it exists, --seed serves reset only")
    .option("--latency <ms>", "delay of every answer in milliseconds", wholeNumber, 0)
    .option("--stale <ms>", "reads lag behind every write by this many milliseconds", wholeNumber, 0)
    .option("--token <token>", "accept this token besides emulator-token; may be repeated", collect, [])
    .option("--random-seed <number>", "of ids, codes and trace ids; 1 when left out", wholeNumber)
    .option(
      "--review <mode>",
      "who decides on names: manual (by control), instant, none, or seconds until approval",
      review,
    )
    .addOption(
      new Option("--first-name-status <status>", "how the name stands that a number is added with").choices([
        "AVAILABLE_WITHOUT_REVIEW",
        "PENDING_REVIEW",
        "NONE",
      ]),
    )
    .addOption(
      new Option("--name-rules <rules>", "what is refused at once in a name: its length, or more").choices([
        "length",
        "help_center",
      ]),
    )
    .addOption(
      new Option("--name-flip <when>", "when verified_name takes an approved name").choices(["approval", "register"]),
    )
    .option("--no-certificates", "the fields certificate and new_certificate do not exist")
    .option("--pin-retired", "PINs must be sent, and are neither checked nor kept")
    .option("--max-phone-numbers <count>", "how many numbers a business may have registered", wholeNumber)
    .option("--webhook <url>", "where the app's webhooks go")
    .option("--limits", "refuse calls beyond Meta's hourly limits")
    .option("--app-id <id>", "the app that the tokens belong to")
    .option("--require-proof", "refuse calls without an appsecret_proof")
    .addHelpText("after", HELP)
    .showSuggestionAfterError(false)
    .action(run);
}

async function run(flags: EmulatorFlags, command: Command): Promise<void> {
  const stopped = new Promise<void>((resolve) => {
    process.once("SIGINT", resolve);
    process.once("SIGTERM", resolve);
  });
  const goesOn = flags.state !== undefined && existsSync(flags.state);
  let emulator: Emulator;
  try {
    emulator = await startEmulator(toOptions(flags));
  } catch (error) {
    return command.error(reason(error, flags).replace(/^/gm, "error: "));
  }
  if (goesOn)
    process.stderr.write(
      `going on from ${flags.state}${flags.seed === undefined ? "" : "; --seed serves reset only"}\n`,
    );
  const wabas = emulator.wabaIds.slice(0, WABAS_SHOWN);
  process.stdout.write(
    `${JSON.stringify({ url: emulator.url, port: emulator.port, pid: process.pid, token: emulator.token, wabas, state: flags.state })}\n`,
  );
  await stopped;
  await emulator.close();
}

function toOptions({ latency, stale, token, seed, webhook, ...flags }: EmulatorFlags): EmulatorOptions {
  const { WABA_APP_SECRET, WABA_WEBHOOK_VERIFY_TOKEN } = process.env;
  return {
    ...flags,
    appSecret: WABA_APP_SECRET || undefined,
    latencyMs: latency,
    staleMs: stale,
    tokens: [...token],
    seed: seed === undefined || seed === "default" || seed === "hard" ? seed : readSeedFile(seed),
    webhook: { url: webhook, verifyToken: WABA_WEBHOOK_VERIFY_TOKEN || undefined },
  };
}

function reason(error: unknown, { port, host }: EmulatorFlags): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof SeedError) return error.message;
  const { code } = error as NodeJS.ErrnoException;
  if (code === "EADDRINUSE")
    return `port ${port} is in use on ${host}; choose another with --port, or 0 for a free one`;
  if (code === "EACCES") return `port ${port} may not be opened by this user; choose one above 1023`;
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND") return `${host} is not an address of this machine`;
  return error.message;
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("It must be a whole number.");
  return Number(text);
}

function review(text: string): EmulatorOptions["review"] {
  if (text === "manual" || text === "instant" || text === "none") return text;
  if (!/^\d{1,9}$/.test(text))
    throw new InvalidArgumentError("It must be manual, instant, none, or a number of seconds.");
  return { afterSeconds: Number(text) };
}

function collect(token: string, before: readonly string[]): readonly string[] {
  return [...before, token];
}
