/** The access tokens that work, and which accounts each may see. */
import { invalidToken, missingToken } from "./refusals/access.ts";

export const SCOPES = ["whatsapp_business_management", "whatsapp_business_messaging", "business_management"] as const;
export type Scope = (typeof SCOPES)[number];

export interface TokenRecord {
  readonly token: string;
  /** Undefined: every account. */
  readonly wabas?: readonly string[] | undefined;
  /** Undefined: every permission. */
  readonly scopes?: readonly Scope[] | undefined;
  readonly revoked: boolean;
  /** Of the 190 that a revoked token gets. */
  readonly subcode?: number | undefined;
}

export class TokenBook {
  readonly #tokens = new Map<string, TokenRecord>();

  put(record: TokenRecord): void {
    this.#tokens.set(record.token, record);
  }

  get(token: string): TokenRecord | undefined {
    return this.#tokens.get(token);
  }

  list(): TokenRecord[] {
    return [...this.#tokens.values()];
  }

  /** The record of a token that works; otherwise what Graph refuses with. */
  admit(token: string | undefined): TokenRecord {
    if (token === undefined) throw missingToken();
    const record = this.#tokens.get(token);
    if (record === undefined) throw invalidToken();
    if (record.revoked) throw invalidToken(record.subcode);
    return record;
  }
}

export function reaches(token: TokenRecord, wabaId: string): boolean {
  return token.wabas === undefined || token.wabas.includes(wabaId);
}
