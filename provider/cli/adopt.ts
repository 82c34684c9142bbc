/**
 * `waba adopt`: lists the numbers of accounts, at most once each, and prints the program that declares them. Nothing is
 * written at Meta; the next `pulumi up` of that program adopts them, and writes nothing either.
 */
import { writeFileSync } from "node:fs";
import { Command, Option } from "commander";
import { type Account, type Adoption, declarationsOf } from "../adopt/declarations.ts";
import { jsonOf, typescriptOf } from "../adopt/program.ts";
import { isBug } from "../bug.ts";
import { accountRefusal, readSettings, type Settings } from "../config.ts";
import { ownedAccounts } from "../graph/businesses.ts";
import { GraphClient } from "../graph/client.ts";
import { accountsOf, inspectToken } from "../graph/tokens.ts";
import { createTransport, type Transport } from "../graph/transport.ts";
import type { Context } from "../lifecycle/context.ts";
import { DeclarationError } from "../lifecycle/declaration-error.ts";
import { asked } from "./asked.ts";
import type { StackNumber } from "./stack.ts";
import { accountText, contextOf, onConfigured, type TargetFlags } from "./target.ts";

interface AdoptFlags extends Omit<TargetFlags, "waba"> {
  readonly waba: readonly string[];
  readonly business: readonly string[];
  readonly allAccounts?: true;
  readonly withNames?: true;
  readonly out?: string;
  readonly force?: true;
  readonly format: "ts" | "json";
}

const EXAMPLES = `
Examples:
  npx waba adopt --waba 102290129340398
  npx waba adopt --all-accounts --stack prod --out more-numbers.ts`;

export function adoptCommand(): Command {
  const command = new Command("adopt")
    .description("print a program that declares the numbers that are there, so that pulumi up adopts them")
    .option("--waba <id>", "an account; may be repeated. Default: waba:allowedWabaIds", collected, [])
    .option("--business <id>", "every account that this business owns; may be repeated", collected, [])
    .option("--all-accounts", "every account that the token was made for, as Graph says it")
    .option("--with-names", "declare the display names too, so far as that asks nothing of Meta")
    .option("--out <file>", "write the program into a file that does not exist yet")
    .option("--force", "with --out: also where the file exists")
    .addOption(new Option("--format <format>", "TypeScript or JSON").choices(["ts", "json"]).default("ts"));
  return onConfigured(command).addHelpText("after", EXAMPLES).action(run);
}

async function run(flags: AdoptFlags, command: Command): Promise<void> {
  if (flags.force === true && flags.out === undefined) command.error("error: --force is for --out");
  const { waba: _accounts, ...target } = flags;
  const { config, numbers } = await asked(target);
  const settings = readSettings(process.env, config);
  const transport = createTransport(process.env);
  let adoption: Adoption;
  try {
    const context = contextOf(settings, transport);
    const ids = await accountIds(settings, transport, flags);
    const accounts = await listed(context, settings, ids, { credential: flags.credential, numbers });
    const wishes = {
      withNames: flags.withNames === true,
      known: new Set(numbers.map(({ id }) => id)),
      takenNames: numbers.map(({ name }) => name),
    };
    adoption = declarationsOf(new Date(), accounts, wishes);
  } finally {
    await transport.close();
  }
  put(flags.format === "json" ? jsonOf(adoption) : typescriptOf(adoption), flags);
  const { declarations, skipped } = adoption;
  for (const number of skipped) say(`${number} is left out: the stack has it`);
  const to = flags.out === undefined ? "" : ` in ${flags.out}`;
  say(
    `${declarations.length === 1 ? "a number" : `${declarations.length} numbers`} declared${to}. Next: pulumi preview`,
  );
}

/** One list an account. */
async function listed(
  context: Context,
  settings: Settings,
  ids: readonly string[],
  known: { readonly credential: string | undefined; readonly numbers: readonly StackNumber[] },
): Promise<Account[]> {
  for (const wabaId of ids) {
    const refusal = accountRefusal(settings, wabaId);
    if (refusal !== undefined) throw new DeclarationError(`nothing was listed: ${refusal}`);
  }
  const accounts: Account[] = [];
  for (const wabaId of ids) {
    const credential = known.credential ?? known.numbers.find((number) => number.wabaId === wabaId)?.credential;
    try {
      accounts.push({ wabaId, credential, numbers: await context.phoneNumbers(credential).list(wabaId) });
    } catch (error) {
      // Of one account its reason is all that there is to say.
      if (isBug(error) || ids.length === 1) throw error;
      // The others are worth having: that one is missing, stderr and the exit code say.
      say(`error: account ${wabaId} is left out: ${(error as Error).message}`);
      process.exitCode = 1;
    }
  }
  if (accounts.length === 0) throw new DeclarationError("no account could be listed, and no program was made");
  return accounts;
}

async function accountIds(settings: Settings, transport: Transport, flags: AdoptFlags): Promise<string[]> {
  const found = await foundAccounts(settings, transport, flags);
  const named = [...new Set([...flags.waba, ...found.filter((id) => mayBeListed(settings, id))])];
  if (named.length > 0) return named;
  if (found.length === 0 && settings.allowedWabaIds !== undefined) return [...settings.allowedWabaIds];
  throw new DeclarationError(
    "which accounts? Name them by --waba <id>; or take all that a business owns (--business <id>), or all of the token " +
      "(--all-accounts)",
  );
}

/** Those that nobody named. */
async function foundAccounts(settings: Settings, transport: Transport, flags: AdoptFlags): Promise<string[]> {
  const { business, allAccounts = false } = flags;
  if (!allAccounts && business.length === 0) return [];
  const credential = settings.credential(flags.credential);
  const client = new GraphClient({ ...settings, credential, transport });
  const owned: string[] = [];
  for (const id of business) owned.push(...(await ownedAccounts(client, id)));
  if (!allAccounts) return owned;
  const granted = accountsOf(await inspectToken(client, credential.accessToken));
  if (granted !== undefined) return [...owned, ...granted];
  throw new DeclarationError(
    "Graph names no account that the token is for, as of a token that is for all of its business: name that by " +
      "--business <id>, or the accounts by --waba <id>",
  );
}

function mayBeListed(settings: Settings, wabaId: string): boolean {
  const refusal = accountRefusal(settings, wabaId);
  if (refusal !== undefined) say(`account ${wabaId} is left out: it is not among waba:allowedWabaIds`);
  return refusal === undefined;
}

function put(text: string, { out, force }: AdoptFlags): void {
  if (out === undefined) {
    process.stdout.write(text);
    return;
  }
  try {
    writeFileSync(out, text, { flag: force === true ? "w" : "wx" });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const exists = `${out} exists already, and was left as it is: name another file, or add --force`;
    throw new DeclarationError(code === "EEXIST" ? exists : `the program could not be written: ${message}`);
  }
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

function collected(id: string, before: readonly string[]): readonly string[] {
  return [...before, accountText(id)];
}
