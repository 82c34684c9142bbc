/** The provider's own client: what it sends, and how it reads the file's examples of answers. */
import { describe, expect, test } from "vitest";
import { readAnswer } from "../../provider/graph/classify.ts";
import { GraphError } from "../../provider/graph/errors.ts";
import { PhoneNumbers } from "../../provider/graph/phone-numbers.ts";
import { SubscribedApps } from "../../provider/graph/subscribed-apps.ts";
import { success } from "../../provider/schemas/graph.ts";
import { json, scriptedClient, TOKEN } from "../support/graph-answers.ts";
import { examplesOf, expectInFile } from "./client-request.ts";
import { operations } from "./judge.ts";

const WABA = "1234567890123456";
const NUMBER = "1906385232743451";
const PHONE = { cc: "1", phoneNumber: "6315551000" };
const CLAIM = { preVerifiedId: "1234567890", verifiedName: "My Business" };
const WEBHOOK = { callbackUrl: "https://example.com/hook", verifyToken: "cakes" };

interface Case {
  readonly method: string;
  readonly route: string;
  call(api: PhoneNumbers): Promise<unknown>;
}

const CALLS: readonly Case[] = [
  { method: "get", route: "GET /{PNID}", call: (api) => api.get(NUMBER) },
  { method: "list", route: "GET /{WABA}/phone_numbers", call: (api) => api.list(WABA) },
  { method: "list", route: "GET /{WABA}/phone_numbers", call: (api) => api.list(WABA, "SANDBOX") },
  ...[undefined, "MTAxNTExOTQ1MjAwNzI5NDE="].map((after) => ({
    method: "page",
    route: "GET /{WABA}/phone_numbers",
    call: async (api: PhoneNumbers) => (await api.page(WABA, after)).numbers,
  })),
  {
    method: "add",
    route: "POST /{WABA}/phone_numbers",
    call: (api) => api.add(WABA, { ...PHONE, verifiedName: "My Business" }),
  },
  { method: "migrate", route: "POST /{WABA}/phone_numbers", call: (api) => api.migrate(WABA, PHONE) },
  { method: "claim", route: "POST /{WABA}/phone_numbers", call: (api) => api.claim(WABA, { ...PHONE, ...CLAIM }) },
  ...["en", "en_US"].map((language) => ({
    method: "requestCode",
    route: "POST /{PNID}/request_code",
    call: (api: PhoneNumbers) => api.requestCode(NUMBER, { method: "VOICE", language }),
  })),
  { method: "verifyCode", route: "POST /{PNID}/verify_code", call: (api) => api.verifyCode(NUMBER, "012345") },
  { method: "register", route: "POST /{PNID}/register", call: (api) => api.register(NUMBER, "012345") },
  { method: "deregister", route: "POST /{PNID}/deregister", call: (api) => api.deregister(NUMBER) },
  {
    method: "dataLocalizationRegion",
    route: "GET /{PNID}/settings",
    call: (api) => api.dataLocalizationRegion(NUMBER),
  },
  {
    method: "setDataLocalizationRegion",
    route: "POST /{PNID}/settings",
    call: (api) => api.setDataLocalizationRegion(NUMBER, "DE"),
  },
  { method: "apps.list", route: "GET /{WABA}/subscribed_apps", call: (api) => api.apps.list(WABA) },
  { method: "apps.all", route: "GET /{WABA}/subscribed_apps", call: (api) => api.apps.all(WABA) },
  {
    method: "apps.setOverride",
    route: "POST /{WABA}/subscribed_apps",
    call: (api) => api.apps.setOverride(WABA, WEBHOOK),
  },
  {
    method: "apps.removeOverride",
    route: "POST /{WABA}/subscribed_apps",
    call: (api) => api.apps.removeOverride(WABA),
  },
  { method: "apps.unsubscribe", route: "DELETE /{WABA}/subscribed_apps", call: (api) => api.apps.unsubscribe(WABA) },
  { method: "apps.subscribe", route: "POST /{WABA}/subscribed_apps", call: (api) => api.apps.subscribe(WABA) },
  ...[WEBHOOK, undefined].map((webhook) => ({
    method: "setWebhook",
    route: "POST /{PNID}",
    call: (api: PhoneNumbers) => api.setWebhook(NUMBER, webhook),
  })),
  { method: "setPin", route: "POST /{PNID}", call: (api) => api.setPin(NUMBER, "012345") },
  {
    method: "requestDisplayName",
    route: "POST /{PNID}",
    call: (api) => api.requestDisplayName(NUMBER, "My Business"),
  },
];
/** An example of another call that has the same path. */
const NOT_ITS_ANSWER = ["message_sent"];

describe("what the client sends is in the file", () => {
  test.each(CALLS)("$method: $route", async ({ route, call }) => {
    const request = await sent(route, call);
    expectInFile(request, route, { [WABA]: "{WABA}", [NUMBER]: "{PNID}" });
    const { headers, body } = request;
    expect(headers.authorization).toBe(`Bearer ${TOKEN}`);
    if (body !== undefined) expect(headers["content-type"]).toBe("application/json");
  });

  test("every call of the client is among them", () => {
    const ofNumbers = Object.getOwnPropertyNames(PhoneNumbers.prototype);
    const ofApps = Object.getOwnPropertyNames(SubscribedApps.prototype).filter((name) => name !== "constructor");
    const calls = [
      ...ofNumbers.filter(
        (name) => !["constructor", "label", "introduce", "nameInCommands", "changedElsewhere"].includes(name),
      ),
      ...ofApps.map((name) => `apps.${name}`),
    ];
    expect(new Set(CALLS.map(({ method }) => method))).toEqual(new Set(calls));
  });
});

describe("the client reads the file's own examples", () => {
  const examples = CALLS.flatMap(({ method, route, call }) =>
    answersOf(route).map(({ name, value }) => ({ method, route, call, name, value })),
  );

  test.each(examples)("$method: $name", async ({ call, value }) => {
    const { client } = scriptedClient([json(200, value)]);
    const result = await call(new PhoneNumbers(client, "http://graph.test/v25.0", new Map()));
    // A number is given back under the names and with the values of the example.
    if (isNumbers(result)) expect(value).toMatchObject({ data: result });
    else if (isNumber(result)) expect(value).toMatchObject(result);
  });

  test("every refusal that the file shows is an error with its code", () => {
    const refusals = [...operations.values()].flatMap(({ key, answerExamples }) =>
      ["400", "401", "403", "409", "422", "429", "500"].flatMap((status) =>
        answerExamples(status).map(({ name, value }) => ({ place: `${key} ${status} ${name}`, status, value })),
      ),
    );
    expect(refusals.length).toBeGreaterThan(400);
    for (const { place, status, value } of refusals) {
      const { error } = value as { error: { code: number; error_subcode?: number; fbtrace_id?: string } };
      const call = { what: "read the number", on: "number 1" };
      const disclosure = { secrets: [], tokenSource: "the environment" };
      const thrown = caught(() => readAnswer(call, json(Number(status), value), success, disclosure));
      expect(thrown, place).toBeInstanceOf(GraphError);
      const { code, subcode, fbtraceId } = thrown as GraphError;
      expect([code, subcode, fbtraceId], place).toEqual([error.code, error.error_subcode, error.fbtrace_id]);
    }
  });
});

async function sent(route: string, call: Case["call"]) {
  const answer = answersOf(route)[0]?.value ?? { success: true };
  const { client, requests } = scriptedClient([json(200, answer)]);
  await call(new PhoneNumbers(client, "http://graph.test/v25.0", new Map()));
  const [request] = requests;
  if (request === undefined) throw new Error(`${route} was not called`);
  return request;
}

function answersOf(route: string) {
  return examplesOf(route).filter(({ name }) => !NOT_ITS_ANSWER.includes(name));
}

function isNumber(result: unknown): result is object {
  return typeof result === "object" && result !== null && "display_phone_number" in result;
}

function isNumbers(result: unknown): result is readonly object[] {
  return Array.isArray(result) && result.length > 0 && result.every(isNumber);
}

function caught(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}
