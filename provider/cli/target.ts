/**
 * Which number a command means, and how to reach it. In the folder of a Pulumi project, the stack is asked for its
 * configuration, so that its accounts and its Graph hold here too, and for the number; the environment wins over the
 * configuration, as always. Elsewhere, or with --no-stack, the environment alone says it.
 */
import { type Command, InvalidArgumentError } from "commander";
import { accountRefusal, graphRefusal, readSettings, type Settings } from "../config.ts";
import { numberLabel, type PhoneNumbers } from "../graph/phone-numbers.ts";
import { createTransport, type Transport } from "../graph/transport.ts";
import { type Context, createContext } from "../lifecycle/context.ts";
import { DeclarationError } from "../lifecycle/declaration-error.ts";
import { Holders } from "../lifecycle/holders.ts";
import { isRegistered, nextActionOf, phaseOf } from "../lifecycle/phase.ts";
import type { Phase } from "../lifecycle/phases.ts";
import { digitsOf, findIn } from "../lifecycle/phone-number/identity.ts";
import { firstState, refreshed, wabaIdOf } from "../lifecycle/phone-number/observe.ts";
import { intentIn } from "../lifecycle/phone-number/outputs.ts";
import type { PhoneNumberNode } from "../schemas/graph.ts";
import { type Observed, readState, type State } from "../schemas/phone-number-state.ts";
import { ownState } from "../schemas/stored-state.ts";
import { shellWord } from "../shell-word.ts";
import { visibleLines } from "../visible.ts";
import { type Asked, asked, asksStack } from "./asked.ts";
import type { StackNumber } from "./stack.ts";

export interface TargetFlags {
  readonly waba?: string;
  readonly credential?: string;
  /** `false`: the environment alone. */
  readonly stack?: string | false;
  readonly cwd: string;
}

/** Of commands that take pre-verified numbers too. */
export interface PoolFlags extends TargetFlags {
  /** The business whose pool has the number. */
  readonly business?: string;
}

export interface Target {
  readonly id: string;
  /** As the stack has it; undefined where the stack does not, or is not asked. */
  readonly known: StackNumber | undefined;
  readonly settings: Settings;
  /** A display name that the stack asked for, and of which it saw no outcome. */
  readonly requestedName: string | undefined;
  /** How messages name the number. */
  label(): string;
  /** @throws DeclarationError for a number of an account that is not allowed, or what Graph's calls throw */
  read(): Promise<Seen>;
  /** The same as Graph answered it. */
  node(): Promise<PhoneNumberNode>;
  /** Graph's calls, each time with the time of one operation. */
  api(): PhoneNumbers;
}

/** A number as Graph shows it, and what that means with what the stack knows of it. */
export interface Seen {
  readonly observed: Observed;
  readonly phase: Phase;
  readonly nextAction: string;
  /** Whether it works in the way that is declared. */
  readonly registered: boolean;
}

/** Adds what every command on one number takes. */
export function onNumber(command: Command): Command {
  return onConfigured(
    command
      .argument("<number>", "the number: +16315551111, or Graph's id", numberText)
      .option("--waba <id>", "the account that has it, where the stack does not know it", accountText),
  );
}

/** Adds what every command takes that may ask a stack. */
export function onConfigured(command: Command): Command {
  return command
    .option("--credential <name>", "the credential of the configuration to use; default: the one that the stack uses")
    .option("--stack <name>", "the stack whose configuration and numbers count; default: the selected one")
    .option("--no-stack", "the environment alone counts (WABA_ACCESS_TOKEN …)")
    .option("--cwd <folder>", "the folder of the Pulumi project", process.cwd())
    .showSuggestionAfterError(false);
}

/** The command's flags that lead to the same number again, for messages. */
export function flagsText({ waba, business, credential, stack, cwd }: PoolFlags): string {
  const flags = {
    "--waba": waba,
    "--business": business,
    "--credential": credential,
    "--stack": stack === false ? undefined : stack,
    "--cwd": cwd === process.cwd() ? undefined : cwd,
  };
  const words = Object.entries(flags).flatMap(([flag, value]) => (value === undefined ? [] : [flag, shellWord(value)]));
  return [...(stack === false ? ["--no-stack"] : []), ...words].map((word) => ` ${word}`).join("");
}

/** The run that goes on from here: `pulumi up` of the same stack. */
export function upText({ stack, cwd }: TargetFlags): string {
  return `pulumi up${flagsText({ cwd, ...(typeof stack === "string" ? { stack } : {}) })}`;
}

function numberText(text: string): string {
  const number = numberIn(text);
  if (number !== undefined) return number;
  throw new InvalidArgumentError("It must look like +16315551111, or be Graph's id of the number.");
}

/** A number as commands take it; undefined for another text, as a name. */
export function numberIn(text: string): string | undefined {
  const plain = text.replace(/[\s().-]/g, "");
  return /^\+[1-9]\d{6,14}$/.test(plain) || /^\d{5,20}$/.test(plain) ? plain : undefined;
}

export function accountText(text: string): string {
  if (/^\d{5,20}$/.test(text)) return text;
  throw new InvalidArgumentError("It must be the numeric id of a WhatsApp Business Account: 5 to 20 digits.");
}

/**
 * @param number in E.164, by Graph's id, or by its name: the resource's in the stack, else its display name
 * @throws ConfigError, StackError, DeclarationError, what Graph's calls throw, or what `run` throws
 */
export async function onTarget(
  number: string,
  flags: TargetFlags,
  run: (target: Target) => Promise<void>,
): Promise<void> {
  await onTargetOf(await asked(flags), number, flags, run);
}

/** The same where the stack was asked already. */
export async function onTargetOf(
  { config, numbers }: Asked,
  number: string,
  flags: TargetFlags,
  run: (target: Target) => Promise<void>,
): Promise<void> {
  const settings = readSettings(process.env, config);
  const known = knownAs(numbers, number, flags.waba);
  const wabaId = flags.waba ?? known?.wabaId;
  refuse(accountRefusal(settings, wabaId));
  refuse(graphRefusal(settings, known?.baseUrl));
  const transport = createTransport(process.env);
  try {
    const credential = flags.credential ?? known?.credential;
    const context = contextOf(settings, transport);
    const api = () => context.phoneNumbers(credential);
    const found = known ?? (await unknownNumber(api(), number, wabaId, flags));
    await run({ ...targetAt(api, settings, found, `${number}${flagsText(flags)}`), known, settings });
  } finally {
    await transport.close();
  }
}

/** Where the stack does not know the number: Graph's id is enough, digits are looked for on the account. */
async function unknownNumber(
  api: PhoneNumbers,
  number: string,
  wabaId: string | undefined,
  flags: TargetFlags,
): Promise<Found> {
  if (/^\d+$/.test(number)) return { id: number, phoneNumber: undefined, claimed: { wabaId } };
  if (wabaId === undefined) throw new DeclarationError(whyUnknown(number, flags));
  const listed = await api.list(wabaId);
  const isName = numberIn(number) === undefined;
  const found = isName
    ? listed.filter((node) => node.verified_name === number)
    : [findIn(listed, { phoneNumber: number })].filter((node) => node !== undefined);
  const [only] = found;
  if (only === undefined) {
    throw new DeclarationError(
      `account ${wabaId} has no number ${number}. Name the account that has it by --waba, or the number by Graph's id`,
    );
  }
  if (found.length > 1) {
    const choice = found.map(({ id, display_phone_number }) => numberLabel(id, display_phone_number)).join(", ");
    throw new DeclarationError(`account ${wabaId} has ${number} more than once: ${choice}. Name it by its id`);
  }
  return { id: only.id, phoneNumber: isName ? only.display_phone_number : number };
}

interface Found extends Partial<StackNumber> {
  readonly id: string;
  /** An account that nobody but the command line speaks for. */
  readonly claimed?: { readonly wabaId: string | undefined };
}

function targetAt(
  call: () => PhoneNumbers,
  settings: Settings,
  { id, claimed, requestedName, phoneNumber, outputs }: Found,
  inCommands: string,
): Omit<Target, "known" | "settings"> {
  let shown = phoneNumber;
  let last = ownState(readState, id, outputs);
  const api = () => {
    const calls = call();
    calls.introduce(id, shown);
    calls.nameInCommands(id, inCommands);
    return calls;
  };
  const node = async () => {
    const answered = await api().get(id);
    if (claimed !== undefined) refuse(accountRefusal(settings, wabaIdOf(answered) ?? claimed.wabaId));
    shown = answered.display_phone_number ?? shown;
    return answered;
  };
  const read = async () => {
    const answered = await node();
    const now = new Date();
    // Nobody knows what a program wants that we do not see: nothing that would stand in the way.
    last =
      last === undefined
        ? { ...firstState({ now: () => now, settings }, answered), pinDeclared: true }
        : refreshed(now, last, answered);
    return seen(now, last, inCommands);
  };
  return { id, requestedName, api, label: () => api().label(id), node, read };
}

function seen(now: Date, state: State, inCommands: string): Seen {
  const phase = phaseOf(now, state, intentIn(state));
  const { observed, onPremisesDeclared } = state;
  const registered = isRegistered(observed, onPremisesDeclared);
  return { observed, phase, nextAction: nextActionOf(now, state, phase, inCommands), registered };
}

export function contextOf(settings: Settings, transport: Transport): Context {
  return createContext(settings, {
    transport,
    fieldSets: new Map(),
    shares: new Map(),
    holders: new Holders(),
    now: () => new Date(),
    salt: () => "",
    say: () => undefined,
    warn: (line) => void process.stderr.write(`warning: ${visibleLines(line)}\n`),
  });
}

/** The one of these that is meant by its digits, its id or its name. */
export function knownAs(
  numbers: readonly StackNumber[],
  number: string,
  waba: string | undefined,
): StackNumber | undefined {
  const candidates = numbers.filter(({ wabaId }) => waba === undefined || wabaId === undefined || wabaId === waba);
  const meant = numberIn(number) === undefined ? named(candidates, number) : numbered(candidates, number);
  if (new Set(meant.map(({ id }) => id)).size < 2) return meant[0];
  const choice = meant.map(({ id, wabaId }) => `${id} (account ${wabaId})`).join(", ");
  throw new DeclarationError(`the stack has ${number} more than once: ${choice}. Name it by its id`);
}

function numbered(numbers: readonly StackNumber[], number: string): StackNumber[] {
  return numbers.filter(({ id, phoneNumber }) =>
    number.startsWith("+") ? digitsOf(phoneNumber ?? "") === digitsOf(number) : id === number,
  );
}

function named(numbers: readonly StackNumber[], text: string): StackNumber[] {
  const byName = numbers.filter(({ name }) => name === text);
  if (byName.length > 0) return byName;
  return numbers.filter(({ outputs: { displayName, verifiedName } }) => displayName === text || verifiedName === text);
}

function whyUnknown(number: string, flags: TargetFlags): string {
  const name = `name its account (--waba <id>), or Graph's id of the number instead of ${number}`;
  if (asksStack(flags)) return `the stack has no number ${number}. Run pulumi up first; or ${name}`;
  if (flags.stack === false) return `without a stack, ${name}`;
  return `${flags.cwd} is in no Pulumi project: give its folder by --cwd, or ${name}`;
}

export function refuse(refusal: string | undefined): void {
  if (refusal !== undefined) throw new DeclarationError(`nothing was done: ${refusal}`);
}
