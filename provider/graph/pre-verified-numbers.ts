/**
 * Graph's calls on pre-verified numbers, which belong to a business portfolio. Sources: Meta's page "Pre-verified
 * phone numbers" and Meta's SDK specification, which alone names the fields.
 */
import { type PreVerifiedNode, preVerifiedPage } from "../schemas/graph.ts";
import type { GraphClient } from "./client.ts";
import { type Call, endless } from "./errors.ts";

/** Meta's largest page. */
const PAGE_SIZE = "100";
const FIELDS =
  "id,phone_number,code_verification_status,code_verification_time,verification_expiry_time,owner_business{id,name}";

/** What Graph narrows a list down by. */
export interface PreVerifiedFilter {
  readonly codeVerificationStatus?: string | undefined;
  /** With its country code; only digits count. */
  readonly phoneNumber?: string | undefined;
}

export class PreVerifiedNumbers {
  readonly #client: GraphClient;

  constructor(client: GraphClient) {
    this.#client = client;
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
    const numbers = new Map<string, PreVerifiedNode>();
    const seen = new Set<string>();
    for (let after: string | undefined; ; ) {
      const cursor = after === undefined ? {} : { after };
      const path = `/${businessId}/preverified_numbers`;
      const { data, paging } = await this.#client.get(call, path, { ...query, ...cursor }, preVerifiedPage);
      for (const number of data) numbers.set(number.id, number);
      if (paging?.next === undefined) return [...numbers.values()];
      after = paging.cursors?.after;
      if (after === undefined || seen.has(after)) throw endless(call);
      seen.add(after);
    }
  }
}
