/**
 * The access tokens that work: whose they are, what they may do and see, and when they end. What a test says about a
 * token (`tokenOrder`, `tokenChange`) becomes a record; `TokenBook` admits or refuses the token of a call.
 */
import { z } from "zod";
import type { App } from "./app.ts";
import { DATES_MAX, SECOND } from "./limits.ts";
import { expiredToken, invalidToken, missingPermission, missingToken } from "./refusals/access.ts";
import type { GraphRefusal } from "./refusals/refusal.ts";
import type { State } from "./state/state.ts";

/** The permissions that routes ask for; a token may have others too. */
export type Scope = "whatsapp_business_management" | "whatsapp_business_messaging" | "business_management";
export const SCOPES: readonly Scope[] = [
  "whatsapp_business_management",
  "whatsapp_business_messaging",
  "business_management",
];

const digits = z.string().regex(/^\d+$/, "must be digits");
const facts = {
  /** The accounts that it sees; every account when it is left out. */
  wabas: z.array(z.string()).optional(),
  /** Its permissions; every one when they are left out. */
  scopes: z.array(z.string().regex(/^[a-z][a-z0-9_]*$/, "must look like business_management")).optional(),
  /** The app that it was made for; the emulator's own when it is left out. */
  appId: digits.optional(),
  type: z.enum(["SYSTEM_USER", "USER"]).optional(),
  userId: digits.optional(),
  /** Unix seconds, as debug_token says it; 0, the default, is never. */
  expiresAt: z
    .int()
    .min(0)
    .max(DATES_MAX / SECOND)
    .optional(),
  /** From now, by the emulator's clock. */
  expiresInSeconds: z
    .number()
    .min(0)
    .max(DATES_MAX / SECOND / 2)
    .optional(),
};
const oneEnd = (order: { expiresAt?: unknown; expiresInSeconds?: unknown }) =>
  order.expiresAt === undefined || order.expiresInSeconds === undefined;
const ONE_END = { message: "expiresAt and expiresInSeconds exclude each other" };

export const tokenText = z.string().regex(/^\S+$/, "must be text without spaces");
export const tokenOrder = z.strictObject({ token: tokenText, ...facts }).refine(oneEnd, ONE_END);
export type NewToken = z.input<typeof tokenOrder>;

/** Null gives every account or every permission back. */
export const tokenChange = z
  .strictObject({
    ...facts,
    wabas: facts.wabas.nullable(),
    scopes: facts.scopes.nullable(),
    revoked: z.boolean().optional(),
    /** Of the 190 that the revoked token gets: 460 password changed, 458 app removed, 467 invalid, 463 expired. */
    subcode: z.int().positive().optional(),
  })
  .refine((change) => Object.values(change).some((value) => value !== undefined), {
    message: "needs something to change",
  })
  .refine(oneEnd, ONE_END);
export type TokenPatch = z.input<typeof tokenChange>;

export const tokenRecord = z.object({
  token: z.string(),
  app_id: z.string(),
  type: z.enum(["SYSTEM_USER", "USER", "APP"]),
  user_id: z.string().optional(),
  issued_at: z.number(),
  /** Undefined: never. */
  expires_at: z.number().optional(),
  /** Undefined: every account. */
  wabas: z.array(z.string()).readonly().optional(),
  /** Undefined: every permission. */
  scopes: z.array(z.string()).readonly().optional(),
  revoked: z.boolean(),
  /** Of the 190 that a revoked token gets. */
  subcode: z.number().optional(),
});
export type TokenRecord = Readonly<z.infer<typeof tokenRecord>>;

const USER_ID = "122100000000000001";

export function newToken(order: z.output<typeof tokenOrder>, app: App, now: number): TokenRecord {
  return {
    token: order.token,
    app_id: order.appId ?? app.id,
    type: order.type ?? "SYSTEM_USER",
    user_id: order.userId ?? USER_ID,
    issued_at: now,
    expires_at: endOf(order, now),
    wabas: order.wabas,
    scopes: order.scopes,
    revoked: false,
  };
}

export function changedToken(record: TokenRecord, change: z.output<typeof tokenChange>, now: number): TokenRecord {
  const newEnd = change.expiresAt !== undefined || change.expiresInSeconds !== undefined;
  return {
    ...record,
    app_id: change.appId ?? record.app_id,
    type: change.type ?? record.type,
    user_id: change.userId ?? record.user_id,
    expires_at: newEnd ? endOf(change, now) : record.expires_at,
    wabas: change.wabas === undefined ? record.wabas : (change.wabas ?? undefined),
    scopes: change.scopes === undefined ? record.scopes : (change.scopes ?? undefined),
    revoked: change.revoked ?? record.revoked,
    // Said together with `revoked`: a revocation without a subcode has none, whatever came before.
    subcode: change.revoked === undefined ? (change.subcode ?? record.subcode) : change.subcode,
  };
}

function endOf(order: { expiresAt?: number | undefined; expiresInSeconds?: number | undefined }, now: number) {
  if (order.expiresInSeconds !== undefined) return now + order.expiresInSeconds * SECOND;
  return order.expiresAt === undefined || order.expiresAt === 0 ? undefined : order.expiresAt * SECOND;
}

export class TokenBook {
  readonly app: App;
  readonly #tokens = new Map<string, TokenRecord>();
  #revision = 0;

  constructor(app: App) {
    this.app = app;
  }

  /** Grows with every change. */
  get revision(): number {
    return this.#revision;
  }

  put(record: TokenRecord): void {
    this.#revision += 1;
    this.#tokens.set(record.token, record);
  }

  get(token: string): TokenRecord | undefined {
    return this.#tokens.get(token);
  }

  /** Also the token of the app itself, which is not listed. */
  find(token: string): TokenRecord | undefined {
    return this.#tokens.get(token) ?? appToken(this.app, token);
  }

  list(): TokenRecord[] {
    return [...this.#tokens.values()];
  }

  /** The record of a token that works; otherwise what Graph refuses with. */
  admit(token: string | undefined, now: number): TokenRecord {
    if (token === undefined) throw missingToken();
    const record = this.find(token);
    if (record === undefined) throw invalidToken();
    const refusal = whyInvalid(record, now);
    if (refusal !== undefined) throw refusal;
    return record;
  }
}

/** D: `APP_ID|APP_SECRET` is the token of the app itself. I: it sees no account and has no permission. */
function appToken(app: App, token: string): TokenRecord | undefined {
  if (token !== `${app.id}|${app.secret}`) return undefined;
  return { token, app_id: app.id, type: "APP", issued_at: 0, wabas: [], scopes: [], revoked: false };
}

/** I: revoked goes before expired. A token works until the second that it expires in. */
export function whyInvalid(record: TokenRecord, now: number): GraphRefusal | undefined {
  if (record.revoked) return invalidToken(record.subcode);
  const { expires_at } = record;
  return expires_at !== undefined && now >= expires_at ? expiredToken(expires_at, now) : undefined;
}

export function reaches(token: TokenRecord, wabaId: string): boolean {
  return token.wabas === undefined || token.wabas.includes(wabaId);
}

/** I: a business and its pre-verified numbers are within reach of a token that sees one of its accounts. */
export function reachesBusiness(token: TokenRecord, businessId: string, state: State): boolean {
  return token.wabas === undefined || token.wabas.some((id) => state.waba(id)?.business_id === businessId);
}

/** After the object was found: Graph tells nobody what is missing on an object that they may not see. (I) */
export function requireScopes(token: TokenRecord, scopes: readonly Scope[]): void {
  const missing = scopes.find((scope) => token.scopes !== undefined && !token.scopes.includes(scope));
  if (missing !== undefined) throw missingPermission(missing);
}
