/**
 * `waba code request NUMBER` and `waba code verify NUMBER`: a verification code lives ten minutes, too short for a commit
 * and a pipeline. The next `pulumi up` sees the number verified. The code comes by standard input: arguments show in
 * every process list. A number that needs no code, or that lives on the app, is left alone. Pre-verified numbers too.
 */
import { createInterface } from "node:readline/promises";
import { Command, InvalidArgumentError, Option } from "commander";
import { mayHaveHappened } from "../graph/errors.ts";
import { DeclarationError } from "../lifecycle/declaration-error.ts";
import { verification } from "../schemas/phone-number-inputs.ts";
import { sentence } from "../sentence.ts";
import { onProvable } from "./provable.ts";
import { flagsText, onNumber, type PoolFlags, upText } from "./target.ts";

interface RequestFlags extends PoolFlags {
  readonly voice?: boolean;
  readonly language: string;
}

export function codeCommand(): Command {
  const request = onNumberOrPool(new Command("request"))
    .description("have a verification code sent to a number")
    .option("--voice", "by a call instead of a text message")
    .option("--language <code>", "language of the message or call, as en or en_US", languageText, "en")
    .addHelpText("after", "\nExample:\n  npx waba code request +16315551111 --voice --language pt_BR")
    .action(requestCode);
  const verify = onNumberOrPool(new Command("verify"))
    .description("verify a number with the code that was sent; the code is read from standard input")
    // Commander's own refusal would repeat it.
    .allowExcessArguments()
    .addHelpText("after", "\nExample, which asks for the code:\n  npx waba code verify +16315551111")
    .action(verifyCode);
  return new Command("code")
    .description("verify that a number is yours")
    .addCommand(request)
    .addCommand(verify)
    .addHelpText("after", "\nExamples:\n  npx waba code request +16315551111\n  npx waba code verify +16315551111")
    .showSuggestionAfterError(false);
}

function onNumberOrPool(command: Command): Command {
  const business = new Option("--business <id>", "the business whose pool has it: a pre-verified number");
  return onNumber(command).addOption(business.conflicts("waba").argParser(businessText));
}

async function requestCode(number: string, { voice, language, ...flags }: RequestFlags): Promise<void> {
  const method = voice === true ? "VOICE" : "SMS";
  await onProvable(number, flags, async (target) => {
    const needless = await target.whyNoCode();
    if (needless !== undefined) return say(needless);
    const verify = `npx waba code verify ${number}${flagsText(flags)}`;
    try {
      await target.requestCode({ method, language });
    } catch (error) {
      if (!mayHaveHappened(error)) throw error;
      throw new DeclarationError(
        `Graph did not confirm that it sent a code to ${target.label()}. If one comes: ${verify}. If none comes within a ` +
          "few minutes, run this again",
      );
    }
    say(`A code is on its way to ${target.label()} by ${method}. It lives about ten minutes. Then: ${verify}`);
  });
}

async function verifyCode(number: string, flags: PoolFlags, command: Command): Promise<void> {
  if (command.args.length > 1) {
    command.error(
      "error: the code comes by standard input, not as an argument: arguments show in process lists and histories",
    );
  }
  await onProvable(number, flags, async (target) => {
    const needless = await target.whyNoCode();
    if (needless !== undefined) return say(needless);
    const code = (await readCode()).replace(/[\s-]/g, "");
    if (!/^\d{6}$/.test(code)) {
      command.error("error: the code must be the 6 digits of the message, as 123-830, on standard input");
    }
    try {
      await target.verifyCode(code);
    } catch (error) {
      // A code works once: what became of it is looked up before anyone tries it again.
      const isProven = mayHaveHappened(error) && (await target.isProven().catch(() => false));
      if (!isProven) throw error;
    }
    say(`${sentence(target.label())} is verified. Next: ${upText(flags)}, which goes on from there.`);
  });
}

function businessText(text: string): string {
  if (/^\d{5,20}$/.test(text)) return text;
  throw new InvalidArgumentError("It must be the numeric id of a business portfolio: 5 to 20 digits.");
}

function languageText(text: string): string {
  if (verification.shape.language.safeParse(text).success) return text;
  throw new InvalidArgumentError("It must be a language, as en or en_US.");
}

/** A person is asked; of a pipe, the first line that holds something is taken. */
async function readCode(): Promise<string> {
  if (process.stdin.isTTY) process.stderr.write("Code: ");
  const lines = createInterface({ input: process.stdin, terminal: false });
  try {
    for await (const line of lines) if (line.trim() !== "") return line;
    return "";
  } finally {
    lines.close();
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
