import { expect, test } from "vitest";
import { CAKE_SHOP, ICE_CREAM, kept, startGraph, WABA } from "./emulator-client.ts";

const list = `/${WABA}/phone_numbers`;

test("an added number is neither verified nor registered", async () => {
  const graph = await startGraph();
  const { status, body } = await graph.post(list, {
    cc: "1",
    phone_number: "2125550100",
    verified_name: "Lucky Shrub",
  });
  expect(status).toBe(200);
  expect(body).toEqual({ id: expect.stringMatching(/^\d{15}$/) });
  expect(kept(graph, body.id)).toMatchObject({
    display_phone_number: "+1 212-555-0100",
    verified_name: "Lucky Shrub",
    code_verification_status: "NOT_VERIFIED",
    platform_type: "NOT_APPLICABLE",
    status: "PENDING",
    throughput: { level: "NOT_APPLICABLE" },
    name_status: "AVAILABLE_WITHOUT_REVIEW",
    is_pin_enabled: false,
  });
});

test.each([
  [{ cc: "1", phone_number: "2125550100" }, "+1 212-555-0100"],
  [{ cc: "1", phone_number: "12125550100" }, "+1 212-555-0100"],
  [{ cc: 1, phone_number: 2125550100, id: "whatever" }, "+1 212-555-0100"],
  [{ cc: "+1", phone_number: "+1 (212) 555-0100" }, "+1 212-555-0100"],
  [{ country_code: "1", phone_number: "2125550100" }, "+1 212-555-0100"],
  [{ phone_number: "+12125550100" }, "+1 212-555-0100"],
  [{ cc: "7", phone_number: "7012345678" }, "+7 701 234 5678"],
  [{ cc: "7", phone_number: "77012345678" }, "+7 701 234 5678"],
  [{ cc: "49", phone_number: "15123456789" }, "+49 151 234 567 89"],
  [{ cc: "49", phone_number: "4915123456789" }, "+49 151 234 567 89"],
  [{ phone_number: "4915123456789" }, "+49 151 234 567 89"],
  [{ cc: "49", phone_number: "491234567" }, "+49 491 234 567"],
  [{ phone_number: "351912345678" }, "+351 912 345 678"],
])("%j becomes %s", async (params, shown) => {
  const graph = await startGraph();
  const { body } = await graph.post(list, { ...params, verified_name: "Lucky Shrub" });
  expect(kept(graph, body.id).display_phone_number).toBe(shown);
});

test.each([
  [{ cc: "1", verified_name: "Lucky Shrub" }, "phone_number"],
  [{ cc: "1", phone_number: "2125550100" }, "verified_name"],
  [{ cc: "1", phone_number: "2125550100", verified_name: "  " }, "verified_name"],
  [{ cc: "1", phone_number: "2125550100", verified_name: "L" }, "verified_name"],
  [{ cc: "1", phone_number: "212555", verified_name: "Lucky Shrub" }, "phone_number"],
  [{ cc: "one", phone_number: "2125550100", verified_name: "Lucky Shrub" }, "phone_number"],
  [{ cc: "0", phone_number: "2125550100", verified_name: "Lucky Shrub" }, "phone_number"],
  [{ cc: "49", phone_number: "1".repeat(30), verified_name: "Lucky Shrub" }, "phone_number"],
  [{ cc: "1", phone_number: { digits: 1 }, verified_name: "Lucky Shrub" }, "phone_number"],
])("%j is refused with 100 and adds nothing", async (params, name) => {
  const graph = await startGraph();
  const before = graph.emulator.state();
  const { status, body } = await graph.post(list, params);
  expect([status, body.error.code]).toEqual([400, 100]);
  expect(body.error.message).toContain(name);
  expect(graph.emulator.state()).toEqual(before);
});

test("a number that is in the account already is refused, however it is written", async () => {
  const graph = await startGraph();
  const before = graph.emulator.state();
  for (const phone_number of ["6315552222", "16315552222", "+1 631 555 2222"]) {
    const { status, body } = await graph.post(list, { cc: "1", phone_number, verified_name: "Again" });
    expect(status).toBe(400);
    expect(body.error).toMatchObject({ code: 100, error_subcode: 2388012 });
    expect(body.error.error_user_title).toBeTypeOf("string");
  }
  expect(graph.emulator.state()).toEqual(before);
});

test("a number that is registered in another account is refused, one that is only listed there is not", async () => {
  const graph = await startGraph({ numbers: 2, wabas: 2 });
  const add = () =>
    graph.post("/900000/phone_numbers", { cc: "1", phone_number: "5550000001", verified_name: "Lucky Shrub" });
  expect((await add()).body.error).toMatchObject({ code: 100, error_subcode: 2388001 });
  await graph.post("/100000001/deregister");
  expect((await add()).status).toBe(200);
});

test("a calling code that contradicts the number is refused", async () => {
  const graph = await startGraph();
  const number = { cc: "49", phone_number: "+12125550100", verified_name: "Lucky Shrub" };
  expect((await graph.post(list, number)).body.error.code).toBe(100);
});

test.each([[{ account_review_status: "REJECTED" }], [{ waba_ban_state: "DISABLE" }]])(
  "an account with %j adds nothing, not even by a claim or a migration",
  async (patch) => {
    const graph = await startGraph();
    await graph.control("PATCH", `wabas/${WABA}`, patch);
    const before = graph.emulator.state();
    const number = { cc: "1", phone_number: "2125550100", verified_name: "Lucky Shrub" };
    for (const more of [{}, { preverified_id: "1" }, { migrate_phone_number: true }]) {
      const { status, body } = await graph.post(list, { ...number, ...more });
      expect([status, body.error.code]).toEqual([400, 200000]);
    }
    expect(graph.emulator.state()).toEqual(before);
  },
);

test.each([
  [{ account_review_status: "PENDING" }],
  [{ waba_ban_state: "SCHEDULE_FOR_DISABLE" }],
  [{ migrate_phone_number: "false" }],
])("%j keeps no number from being added", async ({ migrate_phone_number, ...patch }: { [name: string]: string }) => {
  const graph = await startGraph();
  await graph.control("PATCH", `wabas/${WABA}`, patch);
  const number = { cc: "1", phone_number: "2125550100", verified_name: "Lucky Shrub", migrate_phone_number };
  expect((await graph.post(list, number)).status).toBe(200);
});

test("a number deleted in WhatsApp Manager is gone, and can be added again after five minutes", async () => {
  const graph = await startGraph();
  expect((await graph.control("DELETE", `phone_numbers/${ICE_CREAM}`)).status).toBe(200);
  expect((await graph.get(`/${ICE_CREAM}`)).body.error).toMatchObject({ code: 100, error_subcode: 33 });
  expect((await graph.get(list)).body.data.length).toBe(2);
  const add = () => graph.post(list, { cc: "1", phone_number: "6315552222", verified_name: "Jasper's" });
  expect((await add()).body.error.code).toBe(133015);
  graph.emulator.advanceClock(299);
  expect((await add()).body.error.code).toBe(133015);
  graph.emulator.advanceClock(1);
  const { status, body } = await add();
  expect(status).toBe(200);
  expect([ICE_CREAM, CAKE_SHOP]).not.toContain(body.id);
});

test("of many concurrent adds of one number exactly one succeeds", async () => {
  const graph = await startGraph();
  const replies = await Promise.all(
    Array.from({ length: 20 }, () =>
      graph.post(list, { cc: "1", phone_number: "2125550100", verified_name: "Lucky Shrub" }),
    ),
  );
  expect(replies.filter((reply) => reply.status === 200).length).toBe(1);
  expect(replies.filter((reply) => reply.body.error?.error_subcode === 2388012).length).toBe(19);
});
