import { expect, test } from "vitest";
import { readSettings } from "../../../provider/config.ts";
import { checkAccount } from "../../../provider/doctor/account-checks.ts";
import { Findings } from "../../../provider/doctor/report.ts";
import type { Recorded } from "../../../provider/explain/subject.ts";
import { GraphClient } from "../../../provider/graph/client.ts";
import { PhoneNumbers } from "../../../provider/graph/phone-numbers.ts";
import { firstState } from "../../../provider/lifecycle/phone-number/observe.ts";
import { outputsOf } from "../../../provider/lifecycle/phone-number/outputs.ts";
import type { PhoneNumberNode } from "../../../provider/schemas/graph.ts";
import type { Echo } from "../../../provider/schemas/phone-number-state.ts";
import { ago, NOW } from "../../support/states.ts";

const WABA = "900000";
const WORKING = { verified_name: "Shop", platform_type: "CLOUD_API", status: "CONNECTED" };
const READY = { ...WORKING, platform_type: "NOT_APPLICABLE", status: "PENDING", code_verification_status: "VERIFIED" };

/** Findings on numbers, by the number. */
async function numbersOf(
  nodes: PhoneNumberNode[],
  recorded: [string, Recorded][] = [],
): Promise<Record<string, { message: string; remedy: string | undefined }>> {
  const credential = { accessToken: "t", appSecret: undefined, source: "a test" };
  const apps = [{ whatsapp_business_api_data: { id: "1" } }];
  const transport = {
    close: async () => undefined,
    send: async ({ url }: { url: URL }) => {
      const data = url.pathname.endsWith("/phone_numbers") ? nodes : apps;
      return { status: 200, headers: {}, body: JSON.stringify({ data }) };
    },
  };
  const client = new GraphClient({ baseUrl: "http://x", apiVersion: "v25.0", credential, transport });
  const findings = new Findings();
  await checkAccount({
    findings,
    settings: readSettings({}, () => undefined),
    api: new PhoneNumbers(client, "http://x", new Map()),
    now: NOW,
    wabaId: WABA,
    credential: undefined,
    appId: "1",
    recorded: new Map(recorded),
  });
  const numbers = findings.all.filter(({ check }) => check === "number");
  return Object.fromEntries(numbers.map(({ on, message, remedy }) => [on, { message, remedy }]));
}

/** As the stack holds a number. */
function stored(node: PhoneNumberNode, echo: Partial<Echo>, onPremisesDeclared = false): Recorded {
  const settings = { baseUrl: "https://graph.facebook.com" };
  const state = firstState({ now: () => NOW, settings }, node, { wabaId: WABA, ...echo });
  return { name: "shop", outputs: outputsOf(NOW, { ...state, pinDeclared: true, onPremisesDeclared }) };
}

const signedUp = (days: number) => ({ embeddedSignupFinishedAt: ago({ days }) });

test("a number that works is no finding, one that may send nothing is, with Meta's solution", async () => {
  const errors = [{ error_code: 141006, possible_solution: "Add a payment method" }];
  const entities = [{ entity_type: "WABA", can_send_message: "BLOCKED", errors }];
  const blocked = { id: "2", ...WORKING, health_status: { can_send_message: "BLOCKED", entities } };
  const numbers = await numbersOf([{ id: "1", ...WORKING }, blocked]);
  expect(Object.keys(numbers)).toEqual(["number 2"]);
  expect(numbers["number 2"]?.remedy).toContain("code 141006: Add a payment method");
});

test("a deadline within seven days is a finding, one in eight is none", async () => {
  const node = (id: string) => ({ id, ...READY });
  const recorded: [string, Recorded][] = [
    ["1", stored(node("1"), signedUp(8))],
    ["2", stored(node("2"), signedUp(6))],
  ];
  const numbers = await numbersOf([node("1"), node("2")], recorded);
  expect(Object.keys(numbers)).toEqual(["number 1"]);
  expect(numbers["number 1"]?.message).toContain("register, 14 days after embedded signup: in 6 days");
});

test("a number of the stack that its account lacks, and a state of a newer version, are findings", async () => {
  const newer = { name: "newer", outputs: { schemaVersion: 999 } };
  const numbers = await numbersOf(
    [{ id: "1", ...WORKING }],
    [
      ["1", newer],
      ["7", stored({ id: "7", ...READY }, signedUp(1))],
    ],
  );
  expect(numbers["number 7"]?.message).toContain("the account does not list it, and resource shop of the stack");
  expect(numbers["number 1"]?.remedy).toContain("was written by a newer pulumi-waba");
});

test("a number that the declared client has is no finding; one that may send nothing is, and one of another platform", async () => {
  const onClient = (id: string) => ({ id, ...WORKING, platform_type: "ON_PREMISE" });
  const blocked = { ...onClient("2"), health_status: { can_send_message: "BLOCKED" } };
  const recorded: [string, Recorded][] = [
    ["1", stored(onClient("1"), {}, true)],
    ["2", stored(blocked, {}, true)],
    ["3", stored(onClient("3"), {})],
    ["4", stored(onClient("4"), {}, true)],
  ];
  const errors = [{ error_code: 133010 }];
  const entities = [{ entity_type: "PHONE_NUMBER", id: "4", can_send_message: "BLOCKED", errors }];
  const notOnCloud = { ...onClient("4"), health_status: { can_send_message: "BLOCKED", entities } };
  const numbers = await numbersOf([onClient("1"), blocked, onClient("3"), notOnCloud], recorded);
  expect(Object.keys(numbers)).toEqual(["number 2", "number 3"]);
  expect(numbers["number 2"]).toMatchObject({
    message: expect.stringMatching(/^registered: /),
    remedy: expect.stringContaining("Meta lets it send nothing"),
  });
  expect(numbers["number 3"]?.message).toMatch(/^other-platform: /);
});
