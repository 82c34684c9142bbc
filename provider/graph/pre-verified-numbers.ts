/**
 * Graph's calls on pre-verified numbers, which belong to a business portfolio. Sources: Meta's page "Pre-verified
 * phone numbers" and Meta's SDK specification, which alone names the fields.
 */
import {
  createdNode,
  nodePage,
  type PreVerifiedNode,
  phoneNumberPage,
  preVerifiedNumber,
  preVerifiedPage,
  success,
} from "../schemas/graph.ts";
import type { CodeMethod } from "../schemas/pre-verified-phone-number-inputs.ts";
import { firstOwnedAccounts } from "./businesses.ts";
import type { GraphClient } from "./client.ts";
import type { Call } from "./errors.ts";
import { everyRow } from "./pages.ts";

/** Meta's largest page. */
const PAGE_SIZE = "100";
const FIELDS =
  "id,phone_number,code_verification_status,code_verification_time,verification_expiry_time,owner_business{id,name}";

function preVerifiedLabel(id: string, phoneNumber: string | undefined): string {
  return phoneNumber === undefined ? `pre-verified number ${id}` : `pre-verified number ${phoneNumber} (${id})`;
}

/** What Graph narrows a list down by. */
export interface PreVerifiedFilter {
  readonly codeVerificationStatus?: string | undefined;
  /** With its country code; only digits count. */
  readonly phoneNumber?: string | undefined;
}

export class PreVerifiedNumbers {
  readonly #client: GraphClient;
  /** Numbers as people know them, for messages: by id. */
  readonly #digits = new Map<string, string>();
  /** Numbers as commands take them, for the advice in errors. */
  readonly #inCommands = new Map<string, string>();

  constructor(client: GraphClient) {
    this.#client = client;
  }

  /** How messages name a number. */
  label(id: string): string {
    return preVerifiedLabel(id, this.#digits.get(id));
  }

  /** Tells how people know a number, before it is first read. */
  introduce(id: string, phoneNumber: string): void {
    this.#digits.set(id, phoneNumber);
  }

  /** Tells which words lead a command to a number, where its digits do not. */
  nameInCommands(id: string, words: string): void {
    this.#inCommands.set(id, words);
  }

  /** One by its id. Graph knows it no more once an account claimed it: the number has another id there. */
  async get(id: string): Promise<PreVerifiedNode> {
    return this.#client.get(this.#on(id, "read the number"), `/${id}`, { fields: FIELDS }, preVerifiedNumber);
  }

  /** Every pre-verified number that the business owns or that others share with it, all pages; each stands in it once. */
  async list(businessId: string, filter: PreVerifiedFilter = {}): Promise<PreVerifiedNode[]> {
    const call: Call = { what: "list the pre-verified numbers", on: `business ${businessId}` };
    const { codeVerificationStatus: status, phoneNumber } = filter;
    const query = {
      fields: FIELDS,
      limit: PAGE_SIZE,
      ...(status === undefined ? {} : { code_verification_status: status }),
      ...(phoneNumber === undefined ? {} : { phone_number: phoneNumber.replace(/\D/g, "") }),
    };
    const path = `/${businessId}/preverified_numbers`;
    const rows = await everyRow(call, (cursor) =>
      this.#client.get(call, path, { ...query, ...cursor }, preVerifiedPage),
    );
    return [...new Map(rows.map((number) => [number.id, number])).values()];
  }

  /** Adds a number to the business's pool and returns its id. Not repeatable: look at the list before doing it again. */
  async add(businessId: string, phoneNumber: string): Promise<string> {
    const call: Call = { what: "add the pre-verified number", on: `number ${phoneNumber}, business ${businessId}` };
    const params = { phone_number: phoneNumber.replace(/\D/g, "") };
    const { id } = await this.#client.post({ call, path: `/${businessId}/add_phone_numbers`, params }, createdNode);
    return id;
  }

  /** Has a code sent to the number. Each call sends one: never repeated on our own. */
  async requestCode(id: string, by: { method: CodeMethod; language: string }): Promise<void> {
    const call = this.#on(id, `request a verification code by ${by.method}`);
    const params = { code_method: by.method, language: by.language };
    await this.#client.post({ call, path: `/${id}/request_code`, params }, success);
  }

  async verifyCode(id: string, code: string): Promise<void> {
    const call = this.#on(id, "verify the code");
    await this.#client.post({ call, path: `/${id}/verify_code`, params: { code }, secrets: [code] }, success);
  }

  /** The businesses that it is shared with, by id. */
  async partners(id: string): Promise<string[]> {
    const call = this.#on(id, "list the partners");
    const query = { fields: "id", limit: PAGE_SIZE };
    const rows = await everyRow(call, (cursor) =>
      this.#client.get(call, `/${id}/partners`, { ...query, ...cursor }, nodePage),
    );
    return [...new Set(rows.map((partner) => partner.id))];
  }

  /** Lets another business claim it. What Meta answers to a second call is not documented: never repeated on our own. */
  async share(businessId: string, id: string, partnerId: string): Promise<void> {
    const call = this.#on(id, `share it with business ${partnerId}`);
    const params = { preverified_id: id, partner_business_id: partnerId };
    const path = `/${businessId}/share_preverified_numbers`;
    await this.#client.post({ call, path, params }, success);
  }

  async unshare(businessId: string, id: string, partnerId: string): Promise<void> {
    const call = this.#on(id, `stop sharing it with business ${partnerId}`);
    const query = new URLSearchParams({ preverified_id: id, partner_business_id: partnerId });
    const path = `/${businessId}/share_preverified_numbers?${query}`;
    await this.#client.delete({ call, path }, success);
  }

  /** Takes it out of the pool for good. */
  async delete(id: string): Promise<void> {
    await this.#client.delete({ call: this.#on(id, "delete the number"), path: `/${id}`, repeatable: true }, success);
  }

  /** The accounts that the business owns, as far as the token sees them: the first page, and whether it is all. */
  async accounts(businessId: string): Promise<{ ids: string[]; isAll: boolean }> {
    return firstOwnedAccounts(this.#client, businessId);
  }

  /**
   * The id of the account's number with these digits: what a claimed one became. Meta's guide narrows the list so; where it
   * does not, the whole list is read.
   */
  async claimedOn(wabaId: string, phoneNumber: string): Promise<string | undefined> {
    const digits = phoneNumber.replace(/\D/g, "");
    const call: Call = { what: "look for the claimed number", on: `account ${wabaId}`, account: wabaId };
    const query = { display_phone_number: digits, fields: "id,display_phone_number", limit: PAGE_SIZE };
    const rows = await everyRow(call, (cursor) =>
      this.#client.get(call, `/${wabaId}/phone_numbers`, { ...query, ...cursor }, phoneNumberPage),
    );
    return rows.find(({ display_phone_number: shown }) => shown?.replace(/\D/g, "") === digits)?.id;
  }

  #on(id: string, what: string): Call {
    return { what, on: this.label(id), number: this.#inCommands.get(id) ?? this.#digits.get(id) ?? id };
  }
}
