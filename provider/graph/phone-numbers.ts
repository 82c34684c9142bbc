/**
 * Graph's calls on phone numbers, one method a call, under Graph's own names. What comes back is checked; what is
 * sent is only ever what Meta's guides document. Sources: Meta's pages "Business phone numbers", "Registration",
 * "Two-step verification" and the reference of `WhatsApp Business Account/phone_numbers`.
 */
import {
  answeredNumber,
  createdNode,
  numberSettings,
  type PhoneNumberNode,
  phoneNumberPage,
  success,
} from "../schemas/graph.ts";
import type { ACCOUNT_MODES } from "../schemas/words.ts";
import type { GraphClient, Write } from "./client.ts";
import { type Call, type CallKind, endless, InvalidParameterError } from "./errors.ts";
import { listOf, type Page, PageWalk } from "./page-walk.ts";
import { SubscribedApps } from "./subscribed-apps.ts";

/** Meta's largest page. */
const PAGE_SIZE = "100";

const CORE_FIELDS =
  "id,display_phone_number,verified_name,code_verification_status,name_status,new_display_name,new_name_status,status," +
  "platform_type,quality_rating,throughput,account_mode,last_onboarded_time,is_pin_enabled,is_on_biz_app," +
  "webhook_configuration,health_status";
const CERTIFICATES = "certificate,new_certificate";
const MESSAGING_LIMIT = "whatsapp_business_manager_messaging_limit";
/** Some versions or apps lack fields. Graph refuses a whole read for one of them, so it is then asked without. */
const FIELD_SETS: readonly string[] = [
  [CORE_FIELDS, CERTIFICATES, MESSAGING_LIMIT].join(),
  [CORE_FIELDS, MESSAGING_LIMIT].join(),
  [CORE_FIELDS, CERTIFICATES].join(),
  CORE_FIELDS,
];

/** What a list can be filtered by. */
export type ListedMode = (typeof ACCOUNT_MODES)[number];

/** Which of FIELD_SETS an address answers to: learned once a process, by address and version. */
export type FieldSets = Map<string, number>;

/** Meta's page "Manage phone numbers and certificates", "Filter phone numbers". */
function filterOf(accountMode: ListedMode): string {
  return JSON.stringify([{ field: "account_mode", operator: "EQUAL", value: accountMode }]);
}

export function numberLabel(id: string, displayPhoneNumber: string | undefined): string {
  return displayPhoneNumber === undefined ? `number ${id}` : `number ${displayPhoneNumber} (${id})`;
}

/** What whoever shares reads wants to know of writes. */
export interface Writes {
  /** Before a call that changes a number. */
  written(id: string): void;
  /** After a call that put a number on an account. */
  added(wabaId: string, number: PhoneNumberNode): void;
  /** After one of which it is not known what it did. */
  changed(wabaId: string): void;
}

export class PhoneNumbers {
  /** The apps of the accounts, by the same client. */
  readonly apps: SubscribedApps;
  readonly #client: GraphClient;
  readonly #fieldSets: FieldSets;
  readonly #address: string;
  readonly #writes: Writes | undefined;
  /** Numbers as people know them, for messages: by id, as far as we have read them. */
  readonly #digits = new Map<string, string>();
  /** Numbers as commands take them, for the advice in errors. */
  readonly #inCommands = new Map<string, string>();
  /** The accounts of numbers, as far as they are known: whose quota a call uses. */
  readonly #accounts = new Map<string, string>();

  constructor(client: GraphClient, address: string, fieldSets: FieldSets, writes?: Writes) {
    this.apps = new SubscribedApps(client);
    this.#client = client;
    this.#address = address;
    this.#fieldSets = fieldSets;
    this.#writes = writes;
  }

  /** A number was changed by a call that is not Graph's: no earlier read shows it as it is. */
  changedElsewhere(id: string): void {
    this.#writes?.written(id);
  }

  /** How messages name a number: `+1 631-555-1111 (1972385232742141)`, or by its id until it was read. */
  label(id: string): string {
    return numberLabel(id, this.#digits.get(id));
  }

  /** Tells how people know a number, and which account has it, before it is first read. */
  introduce(id: string, displayPhoneNumber: string | undefined, wabaId?: string): void {
    if (displayPhoneNumber !== undefined) this.#digits.set(id, displayPhoneNumber);
    if (wabaId !== undefined) this.#accounts.set(id, wabaId);
  }

  /** Tells which words lead a command to a number, where its digits or its id do not. */
  nameInCommands(id: string, words: string): void {
    this.#inCommands.set(id, words);
  }

  /** One number by its id. */
  async get(id: string): Promise<PhoneNumberNode> {
    const call = this.#on(id, "read the number");
    const number = await this.#withFields((fields) => this.#client.get(call, `/${id}`, { fields }, answeredNumber));
    this.introduce(number.id, number.display_phone_number);
    return number;
  }

  /**
   * Every number of an account, all pages.
   * @param accountMode those of that mode alone: see `page`
   */
  async list(wabaId: string, accountMode?: ListedMode): Promise<PhoneNumberNode[]> {
    const walk = new PageWalk(wabaId);
    while (!walk.isComplete) await walk.step((account, after) => this.page(account, after, accountMode));
    return [...walk.numbers.values()];
  }

  /**
   * One page of an account's numbers, and where the next one begins; without it the list is complete.
   * @param accountMode those of that mode alone, by Meta's filter, which is a beta: an app that lacks it is refused, or
   * shown all. A refusal is thrown at once, since it may be the filter that is not taken, and not a field
   */
  async page(wabaId: string, after: string | undefined, accountMode?: ListedMode): Promise<Page> {
    const cursor = after === undefined ? {} : { after };
    const call = listOf(wabaId);
    const query = { limit: PAGE_SIZE, ...cursor, ...(accountMode && { filtering: filterOf(accountMode) }) };
    const read = (fields: string) =>
      this.#client.get(call, `/${wabaId}/phone_numbers`, { fields, ...query }, phoneNumberPage);
    const { data, paging } = await (accountMode === undefined ? this.#withFields(read) : read(this.#knownFields()));
    for (const number of data) this.introduce(number.id, number.display_phone_number, wabaId);
    if (paging?.next === undefined) return { numbers: data, next: undefined };
    const next = paging.cursors?.after;
    if (next === undefined) throw endless(call);
    return { numbers: data, next };
  }

  /** Adds a number to an account and returns its id. Not repeatable: look at the list before doing it again. */
  async add(wabaId: string, number: { cc: string; phoneNumber: string; verifiedName: string }): Promise<string> {
    return this.#put(wabaId, number, "add the number", { verified_name: number.verifiedName });
  }

  /**
   * Moves a registered number from another account to this one and returns its new id: it is to be verified and
   * registered again. Not repeatable.
   */
  async migrate(wabaId: string, number: { cc: string; phoneNumber: string }): Promise<string> {
    return this.#put(wabaId, number, "move the number", { migrate_phone_number: true });
  }

  /** Claims a pre-verified number for an account and returns its id, another than the pre-verified one. */
  async claim(
    wabaId: string,
    number: { cc: string; phoneNumber: string; preVerifiedId: string; verifiedName: string },
  ): Promise<string> {
    const { preVerifiedId, verifiedName } = number;
    const params = { verified_name: verifiedName, preverified_id: preVerifiedId };
    return this.#put(wabaId, number, `claim the pre-verified number ${preVerifiedId}`, params);
  }

  /** Has a code sent to the number by text message or call. Each call sends one: never repeated on our own. */
  async requestCode(id: string, by: { method: "SMS" | "VOICE"; language: string }): Promise<void> {
    const params = { code_method: by.method, language: by.language };
    await this.#write(id, `request a verification code by ${by.method}`, { edge: "request_code", params });
  }

  async verifyCode(id: string, code: string): Promise<void> {
    await this.#write(id, "verify the code", { edge: "verify_code", params: { code }, secrets: [code] });
  }

  /** Registers with the Cloud API. Meta allows ten calls in 72 hours, failed ones among them. */
  async register(id: string, pin: string): Promise<void> {
    const params = { messaging_product: "whatsapp", pin };
    await this.#write(id, "register the number", { edge: "register", params, secrets: [pin], kind: "register" });
  }

  /** Ends the registration; the number stays on its account. Meta allows ten calls in 72 hours, apart from register's. */
  async deregister(id: string): Promise<void> {
    await this.#write(id, "deregister the number", { edge: "deregister", params: {} });
  }

  /** Where the number's messages are stored at rest: a country, or undefined for Meta's default. */
  async dataLocalizationRegion(id: string): Promise<string | undefined> {
    const { storage_configuration } = await this.#client.get(
      this.#on(id, "read the settings"),
      `/${id}/settings`,
      { fields: "storage_configuration" },
      numberSettings,
    );
    return storage_configuration?.data_localization_region;
  }

  /** Only while the number is not registered. */
  async setDataLocalizationRegion(id: string, region: string): Promise<void> {
    const storage = { status: "IN_COUNTRY_STORAGE_ENABLED", data_localization_region: region };
    const params = { storage_configuration: storage };
    await this.#write(id, `set the storage region ${region}`, { edge: "settings", params, repeatable: true });
  }

  /** Meta calls the address at once and wants its challenge back. An empty address removes the override. */
  async setWebhook(id: string, webhook: { callbackUrl: string; verifyToken: string } | undefined): Promise<void> {
    const { callbackUrl = "", verifyToken } = webhook ?? {};
    const token = verifyToken === undefined ? {} : { verify_token: verifyToken };
    await this.#write(id, webhook === undefined ? "remove the webhook" : "set the webhook", {
      params: { webhook_configuration: { override_callback_uri: callbackUrl, ...token } },
      secrets: verifyToken === undefined ? [] : [verifyToken],
      repeatable: true,
    });
  }

  /** Sets the two-step PIN; Graph does not ask for the old one. */
  async setPin(id: string, pin: string): Promise<void> {
    await this.#write(id, "set the two-step PIN", { params: { pin }, secrets: [pin], repeatable: true });
  }

  /** Asks Meta to review another display name. Meta allows ten in 30 days. */
  async requestDisplayName(id: string, name: string): Promise<void> {
    await this.#write(id, `request the display name ${JSON.stringify(name)}`, { params: { new_display_name: name } });
  }

  async #put(
    wabaId: string,
    { cc, phoneNumber }: { cc: string; phoneNumber: string },
    what: string,
    params: Readonly<Record<string, unknown>>,
  ): Promise<string> {
    const on = `number +${cc}${phoneNumber}, account ${wabaId}`;
    const call: Call = { what, on, account: wabaId, kind: "add" };
    const write = { call, path: `/${wabaId}/phone_numbers`, params: { cc, phone_number: phoneNumber, ...params } };
    try {
      const { id } = await this.#client.post(write, createdNode);
      this.#writes?.added(wabaId, { id, display_phone_number: `+${cc}${phoneNumber}` });
      return id;
    } catch (error) {
      this.#writes?.changed(wabaId);
      throw error;
    }
  }

  async #write(
    id: string,
    what: string,
    { edge, kind, ...write }: Omit<Write, "call" | "path"> & { readonly edge?: string; readonly kind?: CallKind },
  ): Promise<void> {
    this.#writes?.written(id);
    const path = edge === undefined ? `/${id}` : `/${id}/${edge}`;
    await this.#client.post({ call: { ...this.#on(id, what), ...(kind && { kind }) }, path, ...write }, success);
  }

  #on(id: string, what: string): Call {
    const account = this.#accounts.get(id);
    const digits = this.#digits.get(id)?.replace(/\D/g, "");
    const number = this.#inCommands.get(id) ?? (digits === undefined ? id : `+${digits}`);
    return { what, on: this.label(id), number, ...(account === undefined ? {} : { account }) };
  }

  #knownFields(): string {
    return FIELD_SETS[this.#fieldSets.get(this.#address) ?? 0] as string;
  }

  async #withFields<T>(read: (fields: string) => Promise<T>): Promise<T> {
    for (let set = this.#fieldSets.get(this.#address) ?? 0; ; set += 1) {
      const fields = FIELD_SETS[set] as string;
      try {
        const value = await read(fields);
        this.#fieldSets.set(this.#address, set);
        return value;
      } catch (error) {
        if (!(error instanceof InvalidParameterError) || set + 1 >= FIELD_SETS.length) throw error;
      }
    }
  }
}
