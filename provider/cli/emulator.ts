/**
 * `waba emulator`: runs the Graph API stand-in until it is told to stop. The first line of stdout is one JSON object
 * with the URL; nothing else goes to stdout.
 */
import { Command, InvalidArgumentError } from "commander";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../emulator/index.ts";

/** How many account ids the first line names: a fleet may have thousands. */
const WABAS_SHOWN = 20;

interface EmulatorFlags {
  readonly port: number;
  readonly host: string;
  readonly numbers?: number;
  readonly wabas?: number;
  readonly latency: number;
  readonly token: readonly string[];
  readonly limits?: true;
  readonly appId?: string;
  readonly appSecret?: string;
  readonly requireProof?: true;
}

export function emulatorCommand(): Command {
  return new Command("emulator")
    .description("run a local stand-in for the Graph API")
    .option("--port <number>", "port to listen on, 0 for a free one", wholeNumber, 0)
    .option("--host <address>", "address to listen on", "127.0.0.1")
    .option("--numbers <count>", "make a fleet of this many registered numbers", wholeNumber)
    .option("--wabas <count>", "spread the fleet over this many accounts", wholeNumber)
    .option("--latency <ms>", "delay of every answer in milliseconds", wholeNumber, 0)
    .option("--token <token>", "accept this token besides emulator-token; may be repeated", collect, [])
    .option("--limits", "refuse calls beyond Meta's hourly limits")
    .option("--app-id <id>", "the app that the tokens belong to")
    .option("--app-secret <secret>", "that app's secret: webhooks are signed with it, proofs checked")
    .option("--require-proof", "refuse calls without an appsecret_proof")
    .showSuggestionAfterError(false)
    .action(run);
}

async function run(flags: EmulatorFlags, command: Command): Promise<void> {
  const stopped = new Promise<void>((resolve) => {
    process.once("SIGINT", resolve);
    process.once("SIGTERM", resolve);
  });
  let emulator: Emulator;
  try {
    emulator = await startEmulator(toOptions(flags));
  } catch (error) {
    return command.error(`error: ${reason(error, flags)}`);
  }
  const wabas = emulator.wabaIds.slice(0, WABAS_SHOWN);
  process.stdout.write(
    `${JSON.stringify({ url: emulator.url, port: emulator.port, pid: process.pid, token: emulator.token, wabas })}\n`,
  );
  await stopped;
  await emulator.close();
}

function toOptions({ latency, token, ...flags }: EmulatorFlags): EmulatorOptions {
  return { ...flags, latencyMs: latency, tokens: [...token] };
}

function reason(error: unknown, { port, host }: EmulatorFlags): string {
  if (!(error instanceof Error)) return String(error);
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

function collect(token: string, before: readonly string[]): readonly string[] {
  return [...before, token];
}
