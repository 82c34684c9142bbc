/** Pre-verified numbers in tests: a business with an account, a partner with one, and what people do at Meta. */
import { expect } from "vitest";
import type { Emulator } from "../../emulator/index.ts";
import type { EngineDouble, Properties } from "./engine-double.ts";
import { type Lifecycle, startLifecycle } from "./lifecycle.ts";

export const [BUSINESS, PARTNER] = ["506914307656634", "5506914307651"];
export const [ACCOUNT, PARTNERS_ACCOUNT] = ["910000000000002", "910000000000003"];
export const PHONE = "+15550783881";
export const SMS = { method: "SMS", language: "en" };
export const POOLED = { businessId: BUSINESS, phoneNumber: PHONE, verification: SMS };
export const [ADD, REQUEST, VERIFY] = [
  "POST /{BIZ}/add_phone_numbers",
  "POST /{PREID}/request_code",
  "POST /{PREID}/verify_code",
];
export const [SHARE, UNSHARE] = ["POST /{BIZ}/share_preverified_numbers", "DELETE /{BIZ}/share_preverified_numbers"];
export const [LIST, READ, PARTNERS] = ["GET /{BIZ}/preverified_numbers", "GET /{PREID}", "GET /{PREID}/partners"];
/** The emulator takes an id that nobody has any more for a number's. */
export const LOOK = ["GET /{PNID}", LIST, "GET /{BIZ}/owned_whatsapp_business_accounts", "GET /{WABA}/phone_numbers"];

export const SEED = {
  businesses: [
    { id: BUSINESS, name: "Lucky Shrub" },
    { id: PARTNER, name: "Partner" },
  ],
  wabas: [
    { id: ACCOUNT, name: "Ours", business_id: BUSINESS },
    { id: PARTNERS_ACCOUNT, name: "Partner's client", business_id: PARTNER },
  ],
};

export const start = (env = {}) => startLifecycle({ seed: SEED }, env, { of: "preVerifiedPhoneNumber" });

export const withCode = (code: string, more: Properties = {}) => ({
  ...POOLED,
  ...more,
  verification: { ...SMS, code },
});

export async function verified(lifecycle: Lifecycle, more: Properties = {}): Promise<string> {
  const { stack, emulator, calls } = lifecycle;
  await stack.up({ ...POOLED, ...more });
  const id = idOf(stack);
  await stack.up(withCode(emulator.code(id), more));
  expect(stack.outputs.phase).toBe("verified");
  calls();
  return id;
}

export function idOf({ resource }: EngineDouble): string {
  return resource?.id ?? expect.unreachable();
}

export async function graph({ url, token }: Emulator, method: string, path: string): Promise<Record<string, string>> {
  const response = await fetch(`${url}/v25.0${path}`, { method, headers: { authorization: `Bearer ${token}` } });
  expect(response.status).toBe(200);
  return (await response.json()) as Record<string, string>;
}

/** As a PhoneNumber with preVerifiedId does, or a partner. */
export async function claim(emulator: Emulator, id: string, account = ACCOUNT): Promise<string> {
  const path = `/${account}/phone_numbers?preverified_id=${id}&verified_name=Lucky%20Shrub`;
  return (await graph(emulator, "POST", path)).id ?? "";
}
