/**
 * `waba code request NUMBER` and `waba code verify NUMBER`: a verification code lives ten minutes, too short for a commit
 * and a pipeline. The next `pulumi up` sees the number verified. The code comes by standard input: arguments show in
 * every process list.
 */
import { createInterface } from "node:readline/promises";
import { Command } from "commander";
import { findTarget, onNumber, type TargetFlags } from "./target.ts";

interface RequestFlags extends TargetFlags {
  readonly voice?: boolean;
  readonly language: string;
}

export function codeCommand(): Command {
  const request = onNumber(new Command("request"))
    .description("have a verification code sent to a number")
    .option("--voice", "by a call instead of a text message")
    .option("--language <code>", "language of the message or call, as en or en_US", "en")
    .action(requestCode);
  const verify = onNumber(new Command("verify"))
    .description("verify a number with the code that was sent; the code is read from standard input")
    .action(verifyCode);
  return new Command("code")
    .description("verify that a number is yours")
    .addCommand(request)
    .addCommand(verify)
    .showSuggestionAfterError(false);
}

async function requestCode(number: string, { voice, language, ...flags }: RequestFlags): Promise<void> {
  const method = voice === true ? "VOICE" : "SMS";
  const { id, label, api, close } = await findTarget(number, flags);
  try {
    await api().requestCode(id, { method, language });
  } finally {
    await close();
  }
  const again = [`waba code verify ${number}`, ...target(flags)].join(" ");
  process.stdout.write(`A code is on its way to ${label} by ${method}. It lives about ten minutes. Then: ${again}\n`);
}

async function verifyCode(number: string, flags: TargetFlags, command: Command): Promise<void> {
  const code = (await readCode()).replace(/[\s-]/g, "");
  if (!/^\d{6}$/.test(code)) {
    return command.error("error: the code must be the 6 digits of the message, as 123-830, on standard input");
  }
  const { id, label, api, close } = await findTarget(number, flags);
  try {
    await api().verifyCode(id, code);
  } finally {
    await close();
  }
  process.stdout.write(`${label} is verified. The next pulumi up goes on from there.\n`);
}

/** A person is asked; a pipe is read to its first line. */
async function readCode(): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr, terminal: false });
  try {
    if (process.stdin.isTTY) return await lines.question("Code: ");
    for await (const line of lines) if (line.trim() !== "") return line;
    return "";
  } finally {
    lines.close();
  }
}

function target({ waba, credential, stack }: TargetFlags): string[] {
  const flags = { "--waba": waba, "--credential": credential, "--stack": stack };
  return Object.entries(flags).flatMap(([flag, value]) => (value === undefined ? [] : [flag, value]));
}
