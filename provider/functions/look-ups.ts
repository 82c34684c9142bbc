/**
 * What the functions read of Graph: args checked, the same boundaries as for resources, lists shared by the calls of one
 * run of a program. Loaded by the first call of a function.
 */
import { randomBytes } from "node:crypto";
import { z } from "zod";
import { readSettings } from "../config.ts";
import { InvalidParameterError, PermissionError } from "../graph/errors.ts";
import type { ListedMode, PhoneNumbers } from "../graph/phone-numbers.ts";
import { PreVerifiedNumbers } from "../graph/pre-verified-numbers.ts";
import { createTransport, type Transport } from "../graph/transport.ts";
import { requireAllowed } from "../lifecycle/boundaries.ts";
import { reasonOf } from "../lifecycle/check.ts";
import { type Context, createContext, type Process } from "../lifecycle/context.ts";
import { DeclarationError } from "../lifecycle/declaration-error.ts";
import { Holders } from "../lifecycle/holders.ts";
import { describe, digitsOf, findIn } from "../lifecycle/phone-number/identity.ts";
import { wabaIdOf } from "../lifecycle/phone-number/observe.ts";
import { businessId, credential, wabaId } from "../schemas/common-inputs.ts";
import type { PhoneNumberNode } from "../schemas/graph.ts";
import { phoneNumber, phoneNumberId } from "../schemas/phone-number-inputs.ts";
import { ACCOUNT_MODES, CODE_VERIFICATION_STATUSES } from "../schemas/words.ts";
import { foundNumber, foundPreVerified } from "./found.ts";
import type { GetPreVerifiedPhoneNumbersResult } from "./get-pre-verified-phone-numbers.ts";
import type { Program } from "./invoke.ts";
import type { FoundNumber, FoundNumbers } from "./phone-number-result.ts";

const phoneNumbersArgs = z.strictObject({
  wabaId,
  accountMode: z.enum(ACCOUNT_MODES, { error: 'must be "SANDBOX" or "LIVE"' }).optional(),
  credential: credential.optional(),
});
const phoneNumberArgs = z
  .strictObject({
    wabaId: wabaId.optional(),
    phoneNumber: phoneNumber.optional(),
    phoneNumberId: phoneNumberId.optional(),
    credential: credential.optional(),
  })
  .refine((args) => (args.phoneNumber === undefined) !== (args.phoneNumberId === undefined), {
    error: "give either phoneNumberId, or phoneNumber with the wabaId of its account",
  })
  .refine((args) => args.phoneNumber === undefined || args.wabaId !== undefined, {
    error: "phoneNumber needs the wabaId of the account that has it",
  });
const preVerifiedArgs = z.strictObject({
  businessId,
  codeVerificationStatus: z
    .enum(CODE_VERIFICATION_STATUSES, { error: 'must be "VERIFIED", "NOT_VERIFIED" or "EXPIRED"' })
    .optional(),
  phoneNumber: phoneNumber.optional(),
  credential: credential.optional(),
});

/** What the calls of one run of a program share. */
interface Run {
  readonly process: Process;
  /** Filtered lists, by credential, account and mode. */
  readonly filtered: Map<string, Promise<PhoneNumberNode[]>>;
  saidThatWeFilter: boolean;
}

/** An inline program of the Automation API has several runs in one process, each with its own configuration. */
const runs = new WeakMap<object, Run>();
let transport: Transport | undefined;

/** @throws ConfigError for a configuration that cannot be used */
export function lookUpsOf(program: Program, isLate: boolean): LookUps {
  const known = program.run === undefined ? undefined : runs.get(program.run);
  const run = known ?? newRun(program);
  if (program.run !== undefined) runs.set(program.run, run);
  return new LookUps(program, run, createContext(readSettings(process.env, program.config), run.process), isLate);
}

function newRun({ say, warn }: Program): Run {
  transport ??= createTransport(process.env);
  return {
    process: {
      transport,
      fieldSets: new Map(),
      shares: new Map(),
      holders: new Holders(),
      now: () => new Date(),
      salt: () => randomBytes(8).toString("hex"),
      say,
      warn,
    },
    filtered: new Map(),
    saidThatWeFilter: false,
  };
}

export class LookUps {
  readonly #program: Program;
  readonly #run: Run;
  readonly #context: Context;
  readonly #isLate: boolean;

  constructor(program: Program, run: Run, context: Context, isLate: boolean) {
    this.#program = program;
    this.#run = run;
    this.#context = context;
    this.#isLate = isLate;
  }

  async phoneNumbers(args: unknown): Promise<FoundNumbers> {
    const { wabaId, accountMode, credential } = this.#checked(phoneNumbersArgs, args);
    const api = this.#apiFor(wabaId, credential);
    const nodes =
      accountMode === undefined
        ? await this.#list(api, wabaId, credential)
        : await this.#listOf(accountMode, api, wabaId, credential);
    const phoneNumbers = nodes.map((node) => foundNumber(this.#context, node, wabaId)).toSorted(byId);
    return { wabaId, ...(accountMode && { accountMode }), phoneNumbers };
  }

  async phoneNumber(args: unknown): Promise<FoundNumber> {
    const { wabaId, credential, ...identity } = this.#checked(phoneNumberArgs, args);
    if (wabaId !== undefined) {
      const api = this.#apiFor(wabaId, credential);
      const { phoneNumberId } = identity;
      const node =
        phoneNumberId === undefined
          ? findIn(await this.#list(api, wabaId, credential), identity)
          : await this.#onAccount(api, wabaId, phoneNumberId, credential);
      if (node !== undefined) return foundNumber(this.#context, node, wabaId);
      throw new DeclarationError(
        `We could not find the number · ${describe(identity)}, account ${wabaId} · the complete list of the account ` +
          "lacks it · check the digits and wabaId",
      );
    }
    const node = await this.#context.phoneNumbers(credential).get(identity.phoneNumberId ?? "");
    const found = wabaIdOf(node);
    requireAllowed(this.#context, found, "the number");
    return foundNumber(this.#context, node, found);
  }

  async preVerifiedPhoneNumbers(args: unknown): Promise<GetPreVerifiedPhoneNumbersResult> {
    const { businessId, credential, ...filter } = this.#checked(preVerifiedArgs, args);
    const { client } = this.#context.connect(credential);
    const nodes = await new PreVerifiedNumbers(client).list(businessId, filter);
    // Only Meta's SDK specification knows the filters: what Graph lets through is looked at again.
    const { codeVerificationStatus: status, phoneNumber: digits } = filter;
    const wanted = nodes.filter(
      (node) =>
        (status === undefined || node.code_verification_status === status) &&
        (digits === undefined || digitsOf(node.phone_number ?? "") === digitsOf(digits)),
    );
    return { businessId, preVerifiedPhoneNumbers: wanted.map(foundPreVerified).toSorted(byId) };
  }

  #checked<Schema extends z.ZodType>(schema: Schema, args: unknown): z.infer<Schema> {
    const parsed = schema.safeParse(args);
    if (parsed.success) return parsed.data;
    const { issues } = parsed.error;
    throw new DeclarationError(
      `A call of ${this.#program.name} cannot be right, and nothing was read · ${reasonOf(issues)}`,
    );
  }

  #apiFor(wabaId: string, credential: string | undefined): PhoneNumbers {
    requireAllowed(this.#context, wabaId, "the account");
    return this.#context.phoneNumbers(credential);
  }

  /** What a late call reads is shared with those that come after it. */
  async #list(api: PhoneNumbers, wabaId: string, credential: string | undefined): Promise<PhoneNumberNode[]> {
    const reader = this.#context.reader(credential);
    if (this.#isLate) reader.changed(wabaId);
    return reader.all(api, wabaId);
  }

  async #onAccount(
    api: PhoneNumbers,
    wabaId: string,
    id: string,
    credential: string | undefined,
  ): Promise<PhoneNumberNode> {
    const node = this.#isLate ? await api.get(id) : await this.#context.reader(credential).get(api, wabaId, id);
    const other = wabaIdOf(node);
    if (other === undefined || other === wabaId) return node;
    throw new DeclarationError(
      `The number is not on the account · ${api.label(id)}, account ${wabaId} · it is on account ${other}: give that as ` +
        "wabaId, or leave wabaId out",
    );
  }

  async #listOf(
    mode: ListedMode,
    api: PhoneNumbers,
    wabaId: string,
    credential: string | undefined,
  ): Promise<PhoneNumberNode[]> {
    const known = this.#fieldsLearned();
    try {
      const shown = await this.#filteredByGraph(mode, api, wabaId, credential);
      const wanted = shown.filter(({ account_mode = mode }) => account_mode === mode);
      if (wanted.length < shown.length) this.#sayThatWeFilter(wabaId, "shows numbers of another mode");
      return wanted;
    } catch (error) {
      if (!(error instanceof InvalidParameterError) && !(error instanceof PermissionError)) throw error;
      // What is refused for another reason than its filter is refused without it too.
      const all = await this.#list(api, wabaId, credential);
      // Else it was a field that Graph refused, and the filter may work with the next list.
      if (this.#fieldsLearned() === known) this.#sayThatWeFilter(wabaId, `refuses it (code ${error.code})`);
      return all.filter(({ account_mode }) => account_mode === mode);
    }
  }

  /** Which fields Graph is asked for by now: 0 for all that we know. */
  #fieldsLearned(): number {
    return Math.max(0, ...this.#run.process.fieldSets.values());
  }

  #filteredByGraph(
    mode: ListedMode,
    api: PhoneNumbers,
    wabaId: string,
    credential: string | undefined,
  ): Promise<PhoneNumberNode[]> {
    const { filtered } = this.#run;
    const key = JSON.stringify([credential, wabaId, mode]);
    const known = this.#isLate ? undefined : filtered.get(key);
    if (known !== undefined) return known;
    const list = api.list(wabaId, mode);
    filtered.set(key, list);
    list.catch(() => filtered.delete(key));
    return list;
  }

  #sayThatWeFilter(wabaId: string, why: string): void {
    if (this.#run.saidThatWeFilter) return;
    this.#run.saidThatWeFilter = true;
    this.#program.say(
      `Meta's filter by account_mode is a beta that this app seems to lack: for account ${wabaId} Graph ${why}. So all ` +
        "numbers are read, and filtered here.",
    );
  }
}

/** Numeric ids of any length, as text. */
function byId({ id: left }: { readonly id: string }, { id: right }: { readonly id: string }): number {
  return left.length - right.length || (left < right ? -1 : left > right ? 1 : 0);
}
