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
  subscribedApps,
  success,
} from "../schemas/graph.ts";
import type { GraphClient } from "./client.ts";
import { type Call, CursorError, InvalidParameterError, UnexpectedAnswerError } from "./errors.ts";

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

/** Which of FIELD_SETS an address answers to: learned once a process, by address and version. */
export type FieldSets = Map<string, number>;

function listOf(wabaId: string): Call {
  return { what: "list the numbers", on: `account ${wabaId}` };
}

/** A cursor that leads in a circle must not keep an operation going for ever. */
function endless(call: Call): UnexpectedAnswerError {
  return new UnexpectedAnswerError(call, {
    httpStatus: 200,
    contentType: "application/json",
    excerpt: "",
    problem: "a list of pages without an end",
  });
}

export function numberLabel(id: string, displayPhoneNumber: string | undefined): string {
  return displayPhoneNumber === undefined ? `number ${id}` : `number ${displayPhoneNumber} (${id})`;
}

export class PhoneNumbers {
  readonly #client: GraphClient;
  readonly #fieldSets: FieldSets;
  readonly #address: string;
  /** Numbers as people know them, for messages: by id, as far as we have read them. */
  readonly #digits = new Map<string, string>();

  constructor(client: GraphClient, address: string, fieldSets: FieldSets) {
    this.#client = client;
    this.#address = address;
    this.#fieldSets = fieldSets;
  }

  /** How messages name a number: `+1 631-555-1111 (1972385232742141)`, or by its id until it was read. */
  label(id: string): string {
    return numberLabel(id, this.#digits.get(id));
  }

  /** Tells how people know a number before it is first read. */
  introduce(id: string, displayPhoneNumber: string | undefined): void {
    if (displayPhoneNumber !== undefined) this.#digits.set(id, displayPhoneNumber);
  }

  /** One number by its id. */
  async get(id: string): Promise<PhoneNumberNode> {
    const call = { what: "read the number", on: this.label(id) };
    const number = await this.#withFields((fields) => this.#client.get(call, `/${id}`, { fields }, answeredNumber));
    this.introduce(number.id, number.display_phone_number);
    return number;
  }

  /** Every number of an account, all pages. A number that moved between pages while we read stands in it once. */
  async list(wabaId: string): Promise<PhoneNumberNode[]> {
    try {
      return await this.#listOnce(wabaId);
    } catch (error) {
      if (!(error instanceof CursorError)) throw error;
      return this.#listOnce(wabaId);
    }
  }

  async #listOnce(wabaId: string): Promise<PhoneNumberNode[]> {
    const numbers = new Map<string, PhoneNumberNode>();
    const seen = new Set<string | undefined>([undefined]);
    for (let after: string | undefined; ; ) {
      const page = await this.page(wabaId, after);
      for (const number of page.numbers) numbers.set(number.id, number);
      if (page.next === undefined) return [...numbers.values()];
      if (seen.has(page.next)) throw endless(listOf(wabaId));
      seen.add(page.next);
      after = page.next;
    }
  }

  /** One page of an account's numbers, and where the next one begins; without it the list is complete. */
  async page(
    wabaId: string,
    after: string | undefined,
  ): Promise<{ numbers: PhoneNumberNode[]; next: string | undefined }> {
    const cursor = after === undefined ? {} : { after };
    const call = listOf(wabaId);
    const { data, paging } = await this.#withFields((fields) =>
      this.#client.get(call, `/${wabaId}/phone_numbers`, { fields, limit: PAGE_SIZE, ...cursor }, phoneNumberPage),
    );
    for (const number of data) this.introduce(number.id, number.display_phone_number);
    if (paging?.next === undefined) return { numbers: data, next: undefined };
    const next = paging.cursors?.after;
    if (next === undefined || next === after) throw endless(call);
    return { numbers: data, next };
  }

  /** Adds a number to an account and returns its id. Not repeatable: look at the list before doing it again. */
  async add(wabaId: string, number: { cc: string; phoneNumber: string; verifiedName: string }): Promise<string> {
    const added = await this.#client.post(
      {
        call: { what: "add the number", on: `number +${number.cc}${number.phoneNumber}, account ${wabaId}` },
        path: `/${wabaId}/phone_numbers`,
        params: { cc: number.cc, phone_number: number.phoneNumber, verified_name: number.verifiedName },
      },
      createdNode,
    );
    return added.id;
  }

  /**
   * Moves a registered number from another account to this one and returns its new id: it is to be verified and
   * registered again. Not repeatable.
   */
  async migrate(wabaId: string, number: { cc: string; phoneNumber: string }): Promise<string> {
    const moved = await this.#client.post(
      {
        call: { what: "move the number", on: `number +${number.cc}${number.phoneNumber}, account ${wabaId}` },
        path: `/${wabaId}/phone_numbers`,
        params: { cc: number.cc, phone_number: number.phoneNumber, migrate_phone_number: true },
      },
      createdNode,
    );
    return moved.id;
  }

  /** Claims a pre-verified number for an account and returns its id, another than the pre-verified one. */
  async claim(
    wabaId: string,
    number: { cc: string; phoneNumber: string; preVerifiedId: string; verifiedName: string },
  ): Promise<string> {
    const { cc, phoneNumber, preVerifiedId, verifiedName } = number;
    const claimed = await this.#client.post(
      {
        call: {
          what: `claim the pre-verified number ${preVerifiedId}`,
          on: `number +${cc}${phoneNumber}, account ${wabaId}`,
        },
        path: `/${wabaId}/phone_numbers`,
        params: { cc, phone_number: phoneNumber, verified_name: verifiedName, preverified_id: preVerifiedId },
      },
      createdNode,
    );
    return claimed.id;
  }

  /** Has a code sent to the number by text message or call. Each call sends one: never repeated on our own. */
  async requestCode(id: string, by: { method: "SMS" | "VOICE"; language: string }): Promise<void> {
    await this.#client.post(
      {
        call: { what: `request a verification code by ${by.method}`, on: this.label(id) },
        path: `/${id}/request_code`,
        params: { code_method: by.method, language: by.language },
      },
      success,
    );
  }

  async verifyCode(id: string, code: string): Promise<void> {
    await this.#client.post(
      {
        call: { what: "verify the code", on: this.label(id) },
        path: `/${id}/verify_code`,
        params: { code },
        secrets: [code],
      },
      success,
    );
  }

  /** Registers with the Cloud API. Meta allows ten calls in 72 hours, failed ones among them. */
  async register(id: string, pin: string): Promise<void> {
    await this.#client.post(
      {
        call: { what: "register the number", on: this.label(id) },
        path: `/${id}/register`,
        params: { messaging_product: "whatsapp", pin },
        secrets: [pin],
      },
      success,
    );
  }

  /** Ends the registration; the number stays on its account. Meta allows ten calls in 72 hours, apart from register's. */
  async deregister(id: string): Promise<void> {
    await this.#client.post(
      { call: { what: "deregister the number", on: this.label(id) }, path: `/${id}/deregister`, params: {} },
      success,
    );
  }

  /** Where the number's messages are stored at rest: a country, or undefined for Meta's default. */
  async dataLocalizationRegion(id: string): Promise<string | undefined> {
    const { storage_configuration } = await this.#client.get(
      { what: "read the settings", on: this.label(id) },
      `/${id}/settings`,
      { fields: "storage_configuration" },
      numberSettings,
    );
    return storage_configuration?.data_localization_region;
  }

  /** Only while the number is not registered. */
  async setDataLocalizationRegion(id: string, region: string): Promise<void> {
    const storage = { status: "IN_COUNTRY_STORAGE_ENABLED", data_localization_region: region };
    await this.#client.post(
      {
        call: { what: `set the storage region ${region}`, on: this.label(id) },
        path: `/${id}/settings`,
        params: { storage_configuration: storage },
        repeatable: true,
      },
      success,
    );
  }

  /** How many apps get the account's webhooks, and whether one of them has an address of its own for them. */
  async subscribedApps(wabaId: string): Promise<{ count: number; hasOverride: boolean }> {
    const { data } = await this.#client.get(
      { what: "list the subscribed apps", on: `account ${wabaId}` },
      `/${wabaId}/subscribed_apps`,
      {},
      subscribedApps,
    );
    return { count: data.length, hasOverride: data.some((app) => (app.override_callback_uri ?? "") !== "") };
  }

  /** Subscribes the token's app to the account. It also clears an address that the app has for this account. */
  async subscribeApp(wabaId: string): Promise<void> {
    await this.#client.post(
      {
        call: { what: "subscribe the app", on: `account ${wabaId}` },
        path: `/${wabaId}/subscribed_apps`,
        params: {},
        repeatable: true,
      },
      success,
    );
  }

  /** Meta calls the address at once and wants its challenge back. An empty address removes the override. */
  async setWebhook(id: string, webhook: { callbackUrl: string; verifyToken: string } | undefined): Promise<void> {
    const { callbackUrl = "", verifyToken } = webhook ?? {};
    const override = {
      override_callback_uri: callbackUrl,
      ...(verifyToken === undefined ? {} : { verify_token: verifyToken }),
    };
    await this.#client.post(
      {
        call: { what: webhook === undefined ? "remove the webhook" : "set the webhook", on: this.label(id) },
        path: `/${id}`,
        params: { webhook_configuration: override },
        secrets: verifyToken === undefined ? [] : [verifyToken],
        repeatable: true,
      },
      success,
    );
  }

  /** Sets the two-step PIN; Graph does not ask for the old one. */
  async setPin(id: string, pin: string): Promise<void> {
    await this.#client.post(
      {
        call: { what: "set the two-step PIN", on: this.label(id) },
        path: `/${id}`,
        params: { pin },
        secrets: [pin],
        repeatable: true,
      },
      success,
    );
  }

  /** Asks Meta to review another display name. Meta allows ten in 30 days. */
  async requestDisplayName(id: string, name: string): Promise<void> {
    await this.#client.post(
      {
        call: { what: `request the display name ${JSON.stringify(name)}`, on: this.label(id) },
        path: `/${id}`,
        params: { new_display_name: name },
      },
      success,
    );
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
