/**
 * Which number a command means, and how to reach it. An id needs nothing but a token; digits are looked up on the account
 * that --waba names, or else in the stack of the folder. The environment wins over the stack's configuration, as always.
 */
import { type Command, InvalidArgumentError } from "commander";
import { accountRefusal, ConfigError, readSettings, type Settings } from "../config.ts";
import type { PhoneNumbers } from "../graph/phone-numbers.ts";
import { createTransport } from "../graph/transport.ts";
import { createContext } from "../lifecycle/context.ts";
import { DeclarationError } from "../lifecycle/declaration-error.ts";
import { findIn } from "../lifecycle/phone-number/identity.ts";
import { readStackConfig, readStackNumbers, type StackChoice, StackError, type StackNumber } from "./stack.ts";

export interface TargetFlags {
  readonly waba?: string;
  readonly credential?: string;
  readonly stack?: string;
  readonly cwd: string;
}

export interface Target {
  readonly id: string;
  /** How messages name it. */
  readonly label: string;
  /** Graph's calls, each time with the time of one operation. */
  readonly api: () => PhoneNumbers;
  /** Frees the connections. */
  readonly close: () => Promise<void>;
}

/** Adds what every command on one number takes. */
export function onNumber(command: Command): Command {
  return command
    .argument("<number>", "the number: +16315551111, or Graph's id", numberText)
    .option("--waba <id>", "the account that has it; without it the stack's state is asked")
    .option("--credential <name>", "the credential of the configuration to use")
    .option("--stack <name>", "the stack whose configuration and state are used; default: the selected one")
    .option("--cwd <folder>", "the folder of the Pulumi project", process.cwd())
    .showSuggestionAfterError(false);
}

function numberText(text: string): string {
  const plain = text.replace(/[\s().-]/g, "");
  if (/^\+[1-9]\d{6,14}$/.test(plain) || /^\d{5,20}$/.test(plain)) return plain;
  throw new InvalidArgumentError("It must look like +16315551111, or be Graph's id of the number.");
}

/** @throws ConfigError, StackError, DeclarationError, or what Graph's calls throw */
export async function findTarget(number: string, flags: TargetFlags): Promise<Target> {
  const choice: StackChoice = { cwd: flags.cwd, stack: flags.stack };
  const isId = !number.startsWith("+");
  const known = isId || flags.waba !== undefined ? undefined : await inStack(number, choice);
  const settings = await settingsFor(choice, flags.credential ?? known?.credential);
  const credential = flags.credential ?? known?.credential;
  const wabaId = flags.waba ?? known?.wabaId;
  if (wabaId !== undefined || settings.allowedWabaIds !== undefined) {
    const refusal = accountRefusal(settings, wabaId);
    if (refusal !== undefined) throw new DeclarationError(refusal);
  }
  const transport = createTransport(process.env);
  const now = () => new Date();
  const silent = () => undefined;
  const context = createContext(settings, {
    transport,
    fieldSets: new Map(),
    claimed: new Set(),
    managed: new Map(),
    now,
    salt: () => "",
    say: silent,
    warn: (line) => void process.stderr.write(`warning: ${line}\n`),
  });
  const first = context.phoneNumbers(credential);
  const id = known?.id ?? (isId ? number : await onAccount(first, flags.waba ?? "", number));
  const api = () => {
    const calls = context.phoneNumbers(credential);
    calls.introduce(id, known?.displayPhoneNumber ?? (isId ? undefined : number));
    return calls;
  };
  return { id, label: api().label(id), api, close: () => transport.close() };
}

/** The environment alone suffices where it holds a token, so that no stack is needed. */
async function settingsFor(choice: StackChoice, credential: string | undefined): Promise<Settings> {
  const fromEnvironment = readSettings(process.env, () => undefined);
  try {
    fromEnvironment.credential(credential);
    return fromEnvironment;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    try {
      return readSettings(process.env, await readStackConfig(choice));
    } catch (problem) {
      if (problem instanceof StackError)
        throw new StackError(`${error.message}; the stack was asked too: ${problem.message}`);
      throw problem;
    }
  }
}

async function inStack(number: string, choice: StackChoice): Promise<StackNumber> {
  const digits = number.slice(1);
  const found = (await readStackNumbers(choice)).filter(
    ({ displayPhoneNumber }) => displayPhoneNumber?.replace(/\D/g, "") === digits,
  );
  const [first] = found;
  if (first !== undefined) return first;
  throw new DeclarationError(
    `the stack has no number ${number}. Run pulumi up first, or name its account: --waba <id>; Graph's id of the number works too`,
  );
}

async function onAccount(api: PhoneNumbers, wabaId: string, number: string): Promise<string> {
  const found = findIn(await api.list(wabaId), { phoneNumber: number });
  if (found !== undefined) return found.id;
  throw new DeclarationError(`account ${wabaId} has no number ${number}`);
}
