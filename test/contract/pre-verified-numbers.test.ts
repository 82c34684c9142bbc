/** The provider's calls of pre-verified numbers: what they send, and how they read the file's examples. */
import { describe, expect, test } from "vitest";
import { PreVerifiedNumbers } from "../../provider/graph/pre-verified-numbers.ts";
import { json, scriptedClient } from "../support/graph-answers.ts";
import { examplesOf, expectInFile } from "./client-request.ts";

const [BUSINESS, NUMBER, PARTNER, ACCOUNT] = [
  "506914307656634",
  "1971623530254178",
  "1906385232743451",
  "102290129340398",
];
const IDS = { [BUSINESS]: "{BIZ}", [NUMBER]: "{PREID}", [ACCOUNT]: "{WABA}" };
const PHONE = "+15550783881";
const SHARED = { preverified_id: NUMBER, partner_business_id: PARTNER };

interface Case {
  readonly method: string;
  readonly route: string;
  readonly answer?: unknown;
  /** What is sent, of a write. */
  readonly body?: unknown;
  call(api: PreVerifiedNumbers): Promise<unknown>;
}

const CALLS: readonly Case[] = [
  { method: "get", route: "GET /{PREID}", answer: { id: NUMBER }, call: (api) => api.get(NUMBER) },
  { method: "list", route: "GET /{BIZ}/preverified_numbers", answer: { data: [] }, call: (api) => api.list(BUSINESS) },
  {
    method: "list",
    route: "GET /{BIZ}/preverified_numbers",
    answer: { data: [] },
    call: (api) => api.list(BUSINESS, { phoneNumber: PHONE, codeVerificationStatus: "VERIFIED" }),
  },
  {
    method: "add",
    route: "POST /{BIZ}/add_phone_numbers",
    answer: { id: NUMBER },
    body: { phone_number: "15550783881" },
    call: (api) => api.add(BUSINESS, PHONE),
  },
  ...(["SMS", "VOICE"] as const).map((method) => ({
    method: "requestCode",
    route: "POST /{PREID}/request_code",
    body: { code_method: method, language: "en_US" },
    call: (api: PreVerifiedNumbers) => api.requestCode(NUMBER, { method, language: "en_US" }),
  })),
  {
    method: "verifyCode",
    route: "POST /{PREID}/verify_code",
    body: { code: "012345" },
    call: (api) => api.verifyCode(NUMBER, "012345"),
  },
  { method: "partners", route: "GET /{PREID}/partners", answer: { data: [] }, call: (api) => api.partners(NUMBER) },
  {
    method: "share",
    route: "POST /{BIZ}/share_preverified_numbers",
    body: SHARED,
    call: (api) => api.share(BUSINESS, NUMBER, PARTNER),
  },
  {
    method: "unshare",
    route: "DELETE /{BIZ}/share_preverified_numbers",
    call: (api) => api.unshare(BUSINESS, NUMBER, PARTNER),
  },
  { method: "delete", route: "DELETE /{PREID}", call: (api) => api.delete(NUMBER) },
  {
    method: "accounts",
    route: "GET /{BIZ}/owned_whatsapp_business_accounts",
    answer: { data: [] },
    call: (api) => api.accounts(BUSINESS),
  },
  {
    method: "claimedOn",
    route: "GET /{WABA}/phone_numbers",
    answer: { data: [] },
    call: (api) => api.claimedOn(ACCOUNT, PHONE),
  },
];

describe("what the client sends is in the file", () => {
  test.each(CALLS)("$method: $route", async ({ route, answer = { success: true }, body, call }) => {
    const { client, requests } = scriptedClient([json(200, answer)]);
    await call(new PreVerifiedNumbers(client));
    expect(expectInFile(requests[0], route, IDS)).toEqual(body);
  });

  test("what the file forgot goes as Meta's SDK specification has it", async () => {
    const { client, requests } = scriptedClient([json(200, { success: true })]);
    await new PreVerifiedNumbers(client).unshare(BUSINESS, NUMBER, PARTNER);
    expect(Object.fromEntries(requests[0]?.url.searchParams ?? [])).toEqual(SHARED);
  });

  test("every call of the client is among them", () => {
    const names = Object.getOwnPropertyNames(PreVerifiedNumbers.prototype);
    const calls = names.filter((name) => !["constructor", "label", "introduce", "nameInCommands"].includes(name));
    expect(new Set(CALLS.map(({ method }) => method))).toEqual(new Set(calls));
  });
});

describe("the client reads the file's own examples", () => {
  const examples = CALLS.flatMap(({ method, route, call }) =>
    examplesOf(route).map(({ name, value }) => ({ method, name, value, call })),
  );

  test("there are some", () => {
    expect(new Set(examples.map(({ method }) => method)).size).toBeGreaterThan(4);
  });

  test.each(examples)("$method: $name", async ({ value, call }) => {
    const { client } = scriptedClient([json(200, value), json(200, { data: [] })]);
    await call(new PreVerifiedNumbers(client));
  });
});
