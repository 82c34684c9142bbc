import { expect, test } from "vitest";
import {
  addVerified,
  CAKE_SHOP,
  type Graph,
  HOUR,
  ICE_CREAM,
  kept,
  START,
  startGraph,
  WABA,
} from "./emulator-client.ts";

const register = (graph: Graph, id: string, pin: unknown = "123456") =>
  graph.post(`/${id}/register`, { messaging_product: "whatsapp", pin });
const deregister = (graph: Graph, id: string) => graph.post(`/${id}/deregister`);
/** Without the ledger, which a refused call adds to on purpose. */
const rest = (graph: Graph, id: string) => {
  const { register_calls: _, deregister_calls: __, ...others } = kept(graph, id);
  return others;
};
const time = (milliseconds: number) => `${new Date(milliseconds).toISOString().slice(0, 19)}+0000`;

test("a verified number registers, and the first PIN becomes its PIN", async () => {
  const graph = await startGraph();
  const id = await addVerified(graph);
  expect((await register(graph, id, "012345")).body).toEqual({ success: true });
  expect(kept(graph, id)).toMatchObject({
    platform_type: "CLOUD_API",
    status: "CONNECTED",
    throughput: { level: "STANDARD" },
    code_verification_status: "VERIFIED",
    last_onboarded_time: time(START),
    is_pin_enabled: true,
    pin: "012345",
    registered_name: "Lucky Shrub",
  });
});

test("a PIN may be a JSON number, and one that lost its leading zero is refused", async () => {
  const graph = await startGraph();
  expect((await register(graph, CAKE_SHOP, 123456)).status).toBe(200);
  expect((await register(graph, CAKE_SHOP, 12345)).body.error.code).toBe(100);
});

test("a registered number registers again, also when its code has expired since", async () => {
  const graph = await startGraph();
  graph.emulator.patchNumber(CAKE_SHOP, { code_verification_status: "EXPIRED", status: "FLAGGED" });
  graph.emulator.advanceClock(HOUR);
  expect((await register(graph, CAKE_SHOP)).status).toBe(200);
  expect(kept(graph, CAKE_SHOP)).toMatchObject({
    status: "FLAGGED",
    code_verification_status: "EXPIRED",
    last_onboarded_time: time(START + HOUR * 1000),
  });
});

test("a repeated register leaves the throughput that Meta raised", async () => {
  const graph = await startGraph();
  graph.emulator.patchNumber(CAKE_SHOP, { throughput: { level: "HIGH" } });
  expect((await register(graph, CAKE_SHOP)).status).toBe(200);
  expect(kept(graph, CAKE_SHOP).throughput).toEqual({ level: "HIGH" });
});

test("a number that was never verified is refused with 133006", async () => {
  const graph = await startGraph();
  const before = rest(graph, ICE_CREAM);
  const { status, body } = await register(graph, ICE_CREAM);
  expect(status).toBe(400);
  expect(body.error).toMatchObject({ code: 133006, error_data: { messaging_product: "whatsapp" } });
  expect(rest(graph, ICE_CREAM)).toEqual(before);
});

test.each(["NONE", "PENDING_REVIEW", "DECLINED", "EXPIRED"])(
  "a first registration under a name that is %s is refused with 100/2388001",
  async (name_status) => {
    const graph = await startGraph();
    const id = await addVerified(graph);
    graph.emulator.patchNumber(id, { name_status });
    const before = rest(graph, id);
    expect((await register(graph, id)).body.error).toMatchObject({ code: 100, error_subcode: 2388001 });
    expect(rest(graph, id)).toEqual(before);
  },
);

test.each([[{ platform_type: "ON_PREMISE", status: "DISCONNECTED" }], [{ is_on_biz_app: true }]])(
  "a number on the app (%j) is refused to register, deregister and take a PIN",
  async (patch) => {
    const graph = await startGraph();
    graph.emulator.patchNumber(CAKE_SHOP, patch);
    const before = rest(graph, CAKE_SHOP);
    const refused = await register(graph, CAKE_SHOP);
    expect(refused.body.error).toMatchObject({
      code: 100,
      message: "Register endpoint is not available for SMB businesses.",
    });
    expect((await deregister(graph, CAKE_SHOP)).body.error.code).toBe(100);
    expect((await graph.post(`/${CAKE_SHOP}`, { pin: "000000" })).body.error.code).toBe(100);
    expect(rest(graph, CAKE_SHOP)).toEqual(before);
  },
);

test("a banned number is refused with 131031, HTTP 403", async () => {
  const graph = await startGraph();
  graph.emulator.patchNumber(CAKE_SHOP, { status: "BANNED" });
  const { status, body } = await register(graph, CAKE_SHOP);
  expect([status, body.error.code]).toEqual([403, 131031]);
});

test.each([
  [{ pin: "123456" }, "messaging_product"],
  [{ messaging_product: "telegram", pin: "123456" }, "messaging_product"],
  [{ messaging_product: "whatsapp" }, "pin"],
  [{ messaging_product: "whatsapp", pin: "12345" }, "pin"],
  [{ messaging_product: "whatsapp", pin: "1234567" }, "pin"],
  [{ messaging_product: "whatsapp", pin: "12345a" }, "pin"],
  [{ messaging_product: "whatsapp", pin: "123456", data_localization_region: "XX" }, "data_localization_region"],
])("register with %j is refused with 100", async (params, name) => {
  const graph = await startGraph();
  const before = rest(graph, CAKE_SHOP);
  const { body } = await graph.post(`/${CAKE_SHOP}/register`, params);
  expect(body.error.code).toBe(100);
  expect(body.error.message).toContain(name);
  expect(rest(graph, CAKE_SHOP)).toEqual(before);
});

test("a refusal never repeats the PIN", async () => {
  const graph = await startGraph();
  const { body } = await register(graph, CAKE_SHOP, "98765x");
  expect(JSON.stringify(body)).not.toContain("98765");
});

test("a data region is kept, and fixed while the number is registered", async () => {
  const graph = await startGraph();
  const id = await addVerified(graph);
  const at = (data_localization_region: string) =>
    graph.post(`/${id}/register`, { messaging_product: "whatsapp", pin: "123456", data_localization_region });
  expect((await at("DE")).status).toBe(200);
  expect((await at("DE")).status).toBe(200);
  expect((await at("CH")).body.error.code).toBe(100);
  await deregister(graph, id);
  expect((await at("CH")).status).toBe(200);
  expect(kept(graph, id).data_localization_region).toBe("CH");
});

test("a wrong PIN is 133005, too many are 133008 even with the right one, until 12 hours have passed", async () => {
  const graph = await startGraph();
  for (let count = 0; count < 5; count++) {
    expect((await register(graph, CAKE_SHOP, "000000")).body.error.code).toBe(133005);
  }
  expect((await register(graph, CAKE_SHOP)).body.error.code).toBe(133008);
  graph.emulator.advanceClock(12 * HOUR);
  expect((await register(graph, CAKE_SHOP)).status).toBe(200);
  expect(kept(graph, CAKE_SHOP)).toMatchObject({ pin: "123456", wrong_pins: [] });
});

test("a PIN is set without the old one, and then has to match", async () => {
  const graph = await startGraph();
  expect((await graph.post(`/${CAKE_SHOP}`, { pin: "654321" })).body).toEqual({ success: true });
  expect((await register(graph, CAKE_SHOP)).body.error.code).toBe(133005);
  expect((await register(graph, CAKE_SHOP, "654321")).status).toBe(200);
  const before = kept(graph, CAKE_SHOP);
  expect((await graph.post(`/${CAKE_SHOP}`, { pin: "1" })).body.error.code).toBe(100);
  expect(kept(graph, CAKE_SHOP)).toEqual(before);
});

test("ten register calls count, failed ones too; the eleventh blocks the number for 72 hours", async () => {
  const graph = await startGraph();
  for (let count = 0; count < 4; count++) await register(graph, CAKE_SHOP, "000000");
  for (let count = 0; count < 6; count++) expect((await register(graph, CAKE_SHOP)).status).toBe(200);
  const eleventh = await register(graph, CAKE_SHOP);
  expect(eleventh.status).toBe(400);
  expect(eleventh.body.error.code).toBe(133016);
  graph.emulator.advanceClock(72 * HOUR - 1);
  expect((await register(graph, CAKE_SHOP)).body.error.code).toBe(133016);
  graph.emulator.advanceClock(1);
  expect((await register(graph, CAKE_SHOP)).status).toBe(200);
});

test.each([
  ["no product", { pin: "123456" }, 400],
  ["another product", { messaging_product: "telegram", pin: "123456" }, 400],
  ["no PIN", { messaging_product: "whatsapp" }, 400],
  ["a PIN of another form", { messaging_product: "whatsapp", pin: "12345" }, 400],
  ["a PIN that is no text", { messaging_product: "whatsapp", pin: ["123456"] }, 400],
  ["no such region", { messaging_product: "whatsapp", pin: "123456", data_localization_region: "XX" }, 400],
  ["a backup", { messaging_product: "whatsapp", pin: "123456", backup: { data: "ZGF0YQ==", password: "p" } }, 501],
  ["a retention", { messaging_product: "whatsapp", pin: "123456", meta_store_retention_minutes: 60 }, 501],
])("a register call with %s counts for nothing and changes nothing, however often", async (_what, body, status) => {
  const graph = await startGraph();
  const before = kept(graph, CAKE_SHOP);
  for (let count = 0; count < 11; count++)
    expect((await graph.post(`/${CAKE_SHOP}/register`, body)).status).toBe(status);
  expect(kept(graph, CAKE_SHOP)).toEqual(before);
  expect((await register(graph, CAKE_SHOP)).status).toBe(200);
});

test("a register call that the number refuses counts", async () => {
  const graph = await startGraph();
  expect((await register(graph, ICE_CREAM)).body.error.code).toBe(133006);
  expect(kept(graph, ICE_CREAM).register_calls).toHaveLength(1);
  expect((await deregister(graph, ICE_CREAM)).body.error.code).toBe(133010);
  expect(kept(graph, ICE_CREAM).deregister_calls).toHaveLength(1);
});

test("the window of 72 hours moves: old calls fall out one by one", async () => {
  const graph = await startGraph();
  await register(graph, CAKE_SHOP);
  graph.emulator.advanceClock(36 * HOUR);
  for (let count = 0; count < 9; count++) await register(graph, CAKE_SHOP);
  graph.emulator.advanceClock(36 * HOUR);
  expect((await register(graph, CAKE_SHOP)).status).toBe(200);
  expect((await register(graph, CAKE_SHOP)).body.error.code).toBe(133016);
});

test("register and deregister have budgets of their own", async () => {
  const graph = await startGraph();
  for (let count = 0; count < 10; count++) await deregister(graph, CAKE_SHOP);
  expect((await deregister(graph, CAKE_SHOP)).body.error.code).toBe(133016);
  expect((await register(graph, CAKE_SHOP)).status).toBe(200);
});

test("of many concurrent registers ten are let through", async () => {
  const graph = await startGraph();
  const replies = await Promise.all(Array.from({ length: 25 }, () => register(graph, CAKE_SHOP)));
  expect(replies.filter((reply) => reply.status === 200).length).toBe(10);
  expect(replies.filter((reply) => reply.body.error?.code === 133016).length).toBe(15);
});

test("a deregistered number keeps its id, verification, name and PIN", async () => {
  const graph = await startGraph();
  expect((await deregister(graph, CAKE_SHOP)).body).toEqual({ success: true });
  expect(kept(graph, CAKE_SHOP)).toMatchObject({
    platform_type: "NOT_APPLICABLE",
    status: "DISCONNECTED",
    throughput: { level: "NOT_APPLICABLE" },
    code_verification_status: "VERIFIED",
    verified_name: "John's Cake Shop",
    is_pin_enabled: true,
  });
  expect((await register(graph, CAKE_SHOP)).status).toBe(200);
});

test("a number that is not registered is refused to deregister with 133010", async () => {
  const graph = await startGraph();
  const before = rest(graph, ICE_CREAM);
  expect((await deregister(graph, ICE_CREAM)).body.error.code).toBe(133010);
  expect(rest(graph, ICE_CREAM)).toEqual(before);
});

test("a proof that expired before the number was ever onboarded is refused with 133006", async () => {
  const graph = await startGraph();
  graph.emulator.patchNumber(ICE_CREAM, { code_verification_status: "EXPIRED" });
  expect((await register(graph, ICE_CREAM)).body.error.code).toBe(133006);
  graph.emulator.patchNumber(ICE_CREAM, { last_onboarded_time: "2026-01-02T03:04:05+0000" });
  expect((await register(graph, ICE_CREAM)).status).toBe(200);
});

/** Each on a number that would register otherwise. */
const REFUSED: readonly (readonly [string, object, number, number, number | undefined])[] = [
  ["banned", { status: "BANNED" }, 403, 131031, undefined],
  ["deleted", { status: "DELETED" }, 400, 33, undefined],
  ["migrated", { status: "MIGRATED" }, 400, 100, 2388001],
  ["half deregistered", { deregister_incomplete: true }, 500, 133000, undefined],
  ["past its signup", { embedded_signup_finished_at: "2026-01-01T00:00:00Z" }, 400, 100, undefined],
  ["unproven", { code_verification_status: "NOT_VERIFIED" }, 400, 133006, undefined],
  ["without a usable name", { name_status: "DECLINED" }, 400, 100, 2388001],
  ["of another PIN", { pin: "000000" }, 400, 133005, undefined],
];

test.each(REFUSED)(
  "a number that is %s is refused, and but for what is counted nothing of it changes",
  async (_what, patch, status, code, subcode) => {
    const graph = await startGraph();
    const id = await addVerified(graph);
    graph.emulator.patchNumber(id, patch);
    const { wrong_pins: _, ...before } = rest(graph, id);
    const reply = await register(graph, id);
    expect([reply.status, reply.body.error.code, reply.body.error.error_subcode]).toEqual([status, code, subcode]);
    const { wrong_pins: __, ...after } = rest(graph, id);
    expect(after).toEqual(before);
  },
);

test("of several reasons the first of the table is told", async () => {
  const graph = await startGraph();
  const id = await addVerified(graph);
  // Deleted and migrated are one field with banned; signup and PIN are checked apart.
  const order = REFUSED.filter(([what]) => !["deleted", "migrated"].includes(what));
  graph.emulator.patchNumber(id, Object.assign({}, ...order.map(([, patch]) => patch)));
  const lift: readonly object[] = [
    { status: "PENDING" },
    { deregister_incomplete: false },
    { embedded_signup_finished_at: null },
    { code_verification_status: "VERIFIED" },
    { name_status: "APPROVED" },
    { pin: null },
  ];
  for (const [index, [, , , code]] of order.entries()) {
    expect((await register(graph, id)).body.error.code).toBe(code);
    graph.emulator.patchNumber(id, lift[index] as object);
  }
  expect((await register(graph, id)).status).toBe(200);
});

test("an account that is banned registers none of its numbers, and does again when it is reinstated", async () => {
  const graph = await startGraph();
  graph.emulator.patchWaba(WABA, { waba_ban_state: "DISABLE" });
  const { status, body } = await register(graph, CAKE_SHOP);
  expect([status, body.error.code]).toEqual([403, 131031]);
  graph.emulator.patchWaba(WABA, { waba_ban_state: "REINSTATE" });
  expect((await register(graph, CAKE_SHOP)).status).toBe(200);
});

test("a deregister that stopped halfway is finished by another one, and then the number registers", async () => {
  const graph = await startGraph();
  await deregister(graph, CAKE_SHOP);
  graph.emulator.patchNumber(CAKE_SHOP, { deregister_incomplete: true });
  expect((await register(graph, CAKE_SHOP)).body.error.code).toBe(133000);
  expect((await deregister(graph, CAKE_SHOP)).body).toEqual({ success: true });
  expect((await deregister(graph, CAKE_SHOP)).body.error.code).toBe(133010);
  expect((await register(graph, CAKE_SHOP)).status).toBe(200);
});

test("a number that another account has registered is refused until it is free there", async () => {
  const graph = await startGraph({
    seed: {
      wabas: [{ id: "11" }, { id: "12" }],
      phone_numbers: [
        { id: "21", waba_id: "11", phone_number: "+12125550100", platform_type: "CLOUD_API" },
        { id: "22", waba_id: "12", phone_number: "+12125550100", code_verification_status: "VERIFIED" },
      ],
    },
  });
  expect((await register(graph, "22")).body.error).toMatchObject({ code: 100, error_subcode: 2388001 });
  expect((await deregister(graph, "21")).status).toBe(200);
  expect((await register(graph, "22")).status).toBe(200);
  expect((await register(graph, "21")).body.error.error_subcode).toBe(2388001);
});

test("for five minutes after the same number was deleted in another account it is refused with 133015", async () => {
  const graph = await startGraph({
    seed: {
      wabas: [{ id: "11" }, { id: "12" }],
      phone_numbers: [
        { id: "21", waba_id: "11", phone_number: "+12125550100" },
        { id: "22", waba_id: "12", phone_number: "+12125550100", code_verification_status: "VERIFIED" },
      ],
    },
  });
  graph.emulator.deleteNumber("21");
  graph.emulator.advanceClock(299);
  expect((await register(graph, "22")).body.error.code).toBe(133015);
  graph.emulator.advanceClock(1);
  expect((await register(graph, "22")).status).toBe(200);
});

test("too many wrong PINs say how long to wait: until the fifth last is 12 hours old", async () => {
  const graph = await startGraph();
  for (let count = 0; count < 5; count++) {
    await register(graph, CAKE_SHOP, "000000");
    graph.emulator.advanceClock(60);
  }
  const { body } = await register(graph, CAKE_SHOP);
  expect(body.error).toMatchObject({
    code: 133008,
    error_data: { details: expect.stringContaining(`${12 * HOUR - 300} seconds`) },
  });
  graph.emulator.advanceClock(12 * HOUR - 301);
  expect((await register(graph, CAKE_SHOP)).body.error.code).toBe(133008);
  graph.emulator.advanceClock(1);
  expect((await register(graph, CAKE_SHOP)).status).toBe(200);
});

test("with an interval between guesses a PIN that comes sooner is 133009, even the right one, and is no guess", async () => {
  const graph = await startGraph({ pinGuessIntervalSeconds: 60 });
  await register(graph, CAKE_SHOP, "000000");
  graph.emulator.advanceClock(59);
  const { status, body } = await register(graph, CAKE_SHOP);
  expect(status).toBe(400);
  expect(body.error).toMatchObject({ code: 133009, error_data: { details: expect.stringContaining(" 1 seconds") } });
  expect((kept(graph, CAKE_SHOP).wrong_pins as unknown[]).length).toBe(1);
  graph.emulator.advanceClock(1);
  expect((await register(graph, CAKE_SHOP)).status).toBe(200);
});

test("a coexisting number works and is refused every call that would part it from the app", async () => {
  const graph = await startGraph();
  graph.emulator.patchNumber(CAKE_SHOP, { is_on_biz_app: true });
  const { body } = await graph.get(`/${CAKE_SHOP}?fields=is_on_biz_app,platform_type,status,health_status`);
  expect(body).toMatchObject({ is_on_biz_app: true, platform_type: "CLOUD_API", status: "CONNECTED" });
  expect((body.health_status as { can_send_message: string }).can_send_message).toBe("AVAILABLE");
  const before = rest(graph, CAKE_SHOP);
  expect((await register(graph, CAKE_SHOP)).body.error.code).toBe(100);
  expect((await deregister(graph, CAKE_SHOP)).body.error.code).toBe(100);
  const code = await graph.post(`/${CAKE_SHOP}/request_code`, { code_method: "SMS", language: "en" });
  expect(code.body.error).toMatchObject({ code: 136024, error_subcode: 2388091 });
  expect(rest(graph, CAKE_SHOP)).toEqual(before);
});
