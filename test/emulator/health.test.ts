import { expect, test } from "vitest";
import { addVerified, CAKE_SHOP, type Graph, startGraph, WABA } from "./emulator-client.ts";

const BUSINESS = "506914307656634";

interface Health {
  readonly can_send_message: string;
  readonly entities: readonly {
    readonly entity_type: string;
    readonly id: string;
    readonly can_send_message: string;
    readonly additional_info?: readonly string[];
    readonly errors?: readonly { readonly error_code: number }[];
  }[];
}
const health = async (graph: Graph, id = CAKE_SHOP): Promise<Health> =>
  (await graph.get(`/${id}?fields=health_status`)).body.health_status as Health;
const words = ({ can_send_message, entities }: Health) => [
  can_send_message,
  ...entities.map((entity) => entity.can_send_message),
];
const firstCode = ({ entities }: Health) => entities[0]?.errors?.[0]?.error_code;

test("a registered number, its account and its business can send", async () => {
  expect(await health(await startGraph())).toEqual({
    can_send_message: "AVAILABLE",
    entities: [
      { entity_type: "PHONE_NUMBER", id: CAKE_SHOP, can_send_message: "AVAILABLE" },
      { entity_type: "WABA", id: WABA, can_send_message: "AVAILABLE" },
      { entity_type: "BUSINESS", id: BUSINESS, can_send_message: "AVAILABLE" },
    ],
  });
});

test.each([
  [{ name_status: "PENDING_REVIEW" }, 1],
  [{ name_status: "DECLINED" }, 1],
  [{ name_status: "NONE" }, 1],
  [{ status: "FLAGGED" }, 1],
  [{ status: "RESTRICTED" }, 1],
  [{ status: "RATE_LIMITED" }, 1],
  [{ status: "FLAGGED", name_status: "DECLINED" }, 2],
] as const)("a registered number that is %j is LIMITED, for %d reasons", async (patch, reasons) => {
  const graph = await startGraph();
  graph.emulator.patchNumber(CAKE_SHOP, patch);
  const status = await health(graph);
  expect(words(status)).toEqual(["LIMITED", "LIMITED", "AVAILABLE", "AVAILABLE"]);
  expect(status.entities[0]?.additional_info?.length).toBe(reasons);
  expect(status.entities[0]?.errors).toBeUndefined();
});

test("a new name in review limits nothing while the current one is approved", async () => {
  const graph = await startGraph();
  await graph.post(`/${CAKE_SHOP}`, { new_display_name: "Cake Palace" });
  expect((await health(graph)).can_send_message).toBe("AVAILABLE");
});

test.each([
  [{ status: "BANNED" }, 131031],
  // A ban is told before all else.
  [{ status: "BANNED", platform_type: "NOT_APPLICABLE" }, 131031],
  [{ platform_type: "NOT_APPLICABLE", status: "DISCONNECTED" }, 133010],
  [{ platform_type: "ON_PREMISE", status: "DISCONNECTED" }, 133010],
  // With a client of the business it is not on the Cloud API.
  [{ platform_type: "ON_PREMISE", status: "CONNECTED" }, 133010],
])("a number that is %j is BLOCKED with %d", async (patch, code) => {
  const graph = await startGraph();
  graph.emulator.patchNumber(CAKE_SHOP, patch);
  const status = await health(graph);
  expect(words(status)).toEqual(["BLOCKED", "BLOCKED", "AVAILABLE", "AVAILABLE"]);
  expect(firstCode(status)).toBe(code);
});

test("a number of +1 555 is BLOCKED with 131037 until its name is approved, others are not", async () => {
  const graph = await startGraph();
  for (const [phone, expected] of [
    ["5550100200", 131037],
    ["2125550100", undefined],
  ] as const) {
    const id = await addVerified(graph, phone);
    await graph.post(`/${id}/register`, { messaging_product: "whatsapp", pin: "123456" });
    expect(firstCode(await health(graph, id))).toBe(expected);
    graph.emulator.patchNumber(id, { name_status: "APPROVED" });
    expect((await health(graph, id)).can_send_message).toBe("AVAILABLE");
  }
});

test("555 in another country is a number like any", async () => {
  const graph = await startGraph();
  const added = await graph.post(`/${WABA}/phone_numbers`, {
    cc: "52",
    phone_number: "5550100200",
    verified_name: "Ice",
  });
  graph.emulator.patchNumber(added.body.id, { platform_type: "CLOUD_API", status: "CONNECTED" });
  expect((await health(graph, added.body.id)).can_send_message).toBe("AVAILABLE");
});

test.each([
  [{ waba_ban_state: "DISABLE" }, "BLOCKED"],
  [{ waba_ban_state: "SCHEDULE_FOR_DISABLE" }, "AVAILABLE"],
  [{ waba_ban_state: "REINSTATE" }, "AVAILABLE"],
  [{ account_review_status: "PENDING" }, "LIMITED"],
])("an account that is %j makes the whole %s, and leaves the number as it is", async (patch, expected) => {
  const graph = await startGraph();
  graph.emulator.patchWaba(WABA, patch);
  expect(words(await health(graph))).toEqual([expected, "AVAILABLE", expected, "AVAILABLE"]);
});

test("the whole is as bad as its worst part", async () => {
  const graph = await startGraph();
  graph.emulator.patchNumber(CAKE_SHOP, { status: "FLAGGED" });
  graph.emulator.patchWaba(WABA, { waba_ban_state: "DISABLE" });
  expect(words(await health(graph))).toEqual(["BLOCKED", "LIMITED", "BLOCKED", "AVAILABLE"]);
});

test("no hard case has a name to wait for in its health and an approved one in its status", async () => {
  const graph = await startGraph({ seed: "hard" });
  const { data } = (await graph.get("/102290129340398/phone_numbers?limit=100&fields=name_status,health_status")).body;
  const waiting = data.filter((row) => JSON.stringify(row.health_status).includes("name has not been approved"));
  expect(waiting.filter(({ name_status }) => name_status === "APPROVED")).toEqual([]);
  const limited = data.find(({ id }) => id === "1972385232742218");
  expect(limited?.health_status).toMatchObject({ can_send_message: "LIMITED" });
});
