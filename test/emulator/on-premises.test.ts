import { expect, test } from "vitest";
import {
  addVerified,
  CAKE_SHOP,
  fetchReply,
  type Graph,
  HOUR,
  ICE_CREAM,
  kept,
  START,
  startGraph,
  WABA,
} from "./emulator-client.ts";

const ICE = { cc: "1", phone_number: "6315552222", method: "sms" };
const CAKE = { cc: "1", phone_number: "6315551111", method: "voice" };
const META = { api_status: "stable", version: "v2.45.1" };
const certOf = (graph: Graph, id: string) => String(kept(graph, id).certificate);
const account = (graph: Graph, body: object) => graph.post("/v1/account", body);
const verify = (graph: Graph, code: string) => graph.post("/v1/account/verify", { code });
const CONNECTED = { platform_type: "ON_PREMISE", status: "CONNECTED" };

test("a number that is not proven gets a code, and is registered with it", async () => {
  const graph = await startGraph();
  const sent = await account(graph, { ...ICE, cert: certOf(graph, ICE_CREAM) });
  expect([sent.status, sent.body]).toEqual([202, { meta: META, account: [{ vname: "Jasper's Ice Cream" }] }]);
  expect(kept(graph, ICE_CREAM)).toMatchObject({ platform_type: "NOT_APPLICABLE", status: "PENDING" });
  const done = await verify(graph, graph.emulator.code(ICE_CREAM));
  expect([done.status, done.body]).toEqual([201, { meta: META }]);
  expect(kept(graph, ICE_CREAM)).toMatchObject({ ...CONNECTED, code_verification_status: "VERIFIED" });
  expect((await verify(graph, "000000")).status).toBe(404);
});

test("registered again, it is told that the account exists", async () => {
  const graph = await startGraph();
  const wish = { ...ICE, cert: certOf(graph, ICE_CREAM) };
  await account(graph, wish);
  await verify(graph, graph.emulator.code(ICE_CREAM));
  const again = await account(graph, wish);
  expect([again.status, again.body]).toEqual([201, { meta: META }]);
});

test("a number that is connected needs no code, whatever became of its proof", async () => {
  const graph = await startGraph();
  graph.emulator.patchNumber(ICE_CREAM, CONNECTED);
  expect((await account(graph, { ...ICE, cert: certOf(graph, ICE_CREAM) })).status).toBe(201);
  expect(kept(graph, ICE_CREAM)).toMatchObject({ ...CONNECTED, code_verification_status: "NOT_VERIFIED" });
  expect(kept(graph, ICE_CREAM).code_requests).toEqual([]);
});

test("a number that is proven needs no code", async () => {
  const graph = await startGraph();
  const id = await addVerified(graph);
  const wish = { cc: "1", phone_number: "2125550100", method: "sms", cert: certOf(graph, id) };
  expect((await account(graph, wish)).status).toBe(201);
  expect(kept(graph, id)).toMatchObject(CONNECTED);
  const back = await graph.post(`/${id}/register`, { messaging_product: "whatsapp", pin: "123456" });
  expect(back.body).toEqual({ success: true });
  expect(kept(graph, id).platform_type).toBe("CLOUD_API");
});

test("the certificate of an approved new name brings the new name", async () => {
  const graph = await startGraph();
  const id = await addVerified(graph);
  await graph.post(`/${id}`, { new_display_name: "Cake Palace" });
  graph.emulator.reviewName(id, "APPROVED");
  const wish = { cc: "1", phone_number: "2125550100", method: "sms" };
  expect((await account(graph, { ...wish, cert: String(kept(graph, id).new_certificate) })).status).toBe(201);
  expect(kept(graph, id)).toMatchObject({ ...CONNECTED, verified_name: "Cake Palace", registered_name: "Cake Palace" });
  expect(kept(graph, id).new_certificate).toBeUndefined();
});

test("with two-step verification the PIN must come and match", async () => {
  const graph = await startGraph();
  await graph.post(`/${CAKE_SHOP}/deregister`);
  const wish = { ...CAKE, cert: certOf(graph, CAKE_SHOP) };
  expect((await account(graph, wish)).body.errors).toMatchObject([
    { code: 1008, details: expect.stringContaining("pin") },
  ]);
  const wrong = await account(graph, { ...wish, pin: "000000" });
  expect([wrong.status, wrong.body.errors]).toMatchObject([403, [{ code: 1005 }]]);
  expect(kept(graph, CAKE_SHOP)).toMatchObject({ platform_type: "NOT_APPLICABLE", wrong_pins: [expect.any(String)] });
  expect((await account(graph, { ...wish, pin: "123456" })).status).toBe(201);
  expect(kept(graph, CAKE_SHOP)).toMatchObject(CONNECTED);
});

test.each([
  [{ cc: undefined }, 400, 1008],
  [{ phone_number: undefined }, 400, 1008],
  [{ method: undefined }, 400, 1008],
  [{ cert: undefined }, 400, 1008],
  [{ method: "SMS" }, 400, 1009],
  [{ method: "pigeon" }, 400, 1009],
  [{ phone_number: "12" }, 400, 1009],
  [{ phone_number: ["6315552222"] }, 400, 1009],
  [{ phone_number: "6315559999" }, 400, 1009],
  [{ cert: "bm90IGl0cw==" }, 400, 1009],
])("an account with %j is refused with HTTP %s and %s in an envelope of its own", async (change, status, code) => {
  const graph = await startGraph();
  const before = kept(graph, ICE_CREAM);
  const reply = await account(graph, { ...ICE, cert: certOf(graph, ICE_CREAM), ...change });
  expect(reply.status).toBe(status);
  expect(reply.body).toEqual({
    meta: META,
    errors: [{ code, title: expect.any(String), details: expect.any(String) }],
  });
  expect(kept(graph, ICE_CREAM)).toEqual(before);
});

test.each([
  ["registered with the Cloud API", {}],
  ["banned", { status: "BANNED" }],
  ["on the app", { platform_type: "ON_PREMISE", status: "DISCONNECTED" }],
  ["coexisting", { is_on_biz_app: true }],
])("a number that is %s is refused with 1005", async (_what, patch) => {
  const graph = await startGraph();
  graph.emulator.patchNumber(CAKE_SHOP, patch);
  const before = kept(graph, CAKE_SHOP);
  const reply = await account(graph, { ...CAKE, cert: certOf(graph, CAKE_SHOP), pin: "123456" });
  expect([reply.status, reply.body.errors]).toMatchObject([403, [{ code: 1005 }]]);
  expect(kept(graph, CAKE_SHOP)).toEqual(before);
});

test("the certificate of a name that is not approved is refused", async () => {
  const graph = await startGraph();
  graph.emulator.patchNumber(ICE_CREAM, { name_status: "DECLINED" });
  const reply = await account(graph, { ...ICE, cert: certOf(graph, ICE_CREAM) });
  expect(reply.body.errors).toMatchObject([{ code: 1009, details: expect.stringContaining("cert") }]);
});

test("a wrong code is refused and counted, an expired one too", async () => {
  const graph = await startGraph();
  await account(graph, { ...ICE, cert: certOf(graph, ICE_CREAM) });
  const code = graph.emulator.code(ICE_CREAM);
  const wrong = await verify(graph, code === "000000" ? "000001" : "000000");
  expect([wrong.status, wrong.body.errors]).toMatchObject([400, [{ code: 1009 }]]);
  expect(kept(graph, ICE_CREAM).wrong_codes).toHaveLength(1);
  graph.emulator.advanceClock(HOUR);
  expect((await verify(graph, code)).status).toBe(400);
  expect(kept(graph, ICE_CREAM).platform_type).toBe("NOT_APPLICABLE");
  expect((await graph.post("/v1/account/verify", {})).body.errors).toMatchObject([{ code: 1008 }]);
});

test("an encoded slash makes no path", async () => {
  const graph = await startGraph();
  const wish = { ...ICE, cert: certOf(graph, ICE_CREAM) };
  expect((await graph.post("/v1%2faccount", wish)).body.error.code).toBe(803);
});

test("codes that are asked for too often are refused with 1015", async () => {
  const graph = await startGraph();
  const wish = { ...ICE, cert: certOf(graph, ICE_CREAM) };
  for (let count = 0; count < 5; count++) expect((await account(graph, wish)).status).toBe(202);
  const reply = await account(graph, wish);
  expect([reply.status, reply.body.errors]).toMatchObject([429, [{ code: 1015 }]]);
});

test("a code belongs to the client that asked, and another account's number is unknown to it", async () => {
  const graph = await startGraph({ tokens: ["second", { token: "outsider", wabas: ["1"] }] });
  const wish = { ...ICE, cert: certOf(graph, ICE_CREAM) };
  expect((await graph.post("/v1/account", wish, { token: "outsider" })).body.errors).toMatchObject([{ code: 1009 }]);
  expect((await graph.post("/v1/account", wish, { token: "nobody" })).status).toBe(401);
  await account(graph, wish);
  const code = graph.emulator.code(ICE_CREAM);
  const other = await graph.post("/v1/account/verify", { code }, { token: "second" });
  expect([other.status, other.body.errors]).toMatchObject([404, [{ code: 1006 }]]);
  expect((await verify(graph, code)).status).toBe(201);
});

test("of two numbers that wait the code is for the one that was asked for last", async () => {
  let now = START;
  const graph = await startGraph({ clock: () => now });
  const second = await graph.post(`/${WABA}/phone_numbers`, {
    cc: "1",
    phone_number: "2125550100",
    verified_name: "Ice",
  });
  const { id } = second.body;
  const other = { cc: "1", phone_number: "2125550100", method: "sms", cert: certOf(graph, id) };
  for (const [wish, last] of [
    [other, id],
    [{ ...ICE, cert: certOf(graph, ICE_CREAM) }, ICE_CREAM],
    [other, id],
  ] as const) {
    now += 1000;
    await account(graph, wish);
    expect((await verify(graph, graph.emulator.code(last))).status).toBe(201);
    graph.emulator.patchNumber(last, { platform_type: "NOT_APPLICABLE", code_verification_status: "NOT_VERIFIED" });
    graph.emulator.patchNumber(last, { status: "PENDING" });
    await account(graph, wish);
  }
});

test("forms and queries are taken too, and the log hides certificate, PIN and code", async () => {
  const graph = await startGraph();
  const cert = certOf(graph, ICE_CREAM);
  expect((await graph.send("POST", "/v1/account", { form: { ...ICE, cert } })).status).toBe(202);
  const code = graph.emulator.code(ICE_CREAM);
  expect((await graph.send("POST", `/v1/account/verify?code=${code}`)).status).toBe(201);
  const log = JSON.stringify(graph.emulator.requests().requests);
  expect(log).not.toContain(cert);
  expect(log).not.toContain(code);
  expect(graph.emulator.requests().counts).toMatchObject({ "POST /v1/account": 1, "POST /v1/account/verify": 1 });
});

test("with onPremises: false both answer as Meta does since the end of that API", async () => {
  const graph = await startGraph({ onPremises: false });
  const before = graph.emulator.state();
  for (const reply of [
    await account(graph, { ...ICE, cert: certOf(graph, ICE_CREAM) }),
    await verify(graph, "123456"),
  ]) {
    expect(reply.status).toBe(403);
    expect(reply.body.errors).toEqual([
      { code: 1005, title: "Access denied", details: "Unknown error: biz_link_on_prem_reg_blocked" },
    ]);
  }
  expect(graph.emulator.state()).toEqual(before);
  expect((await graph.get(`/${WABA}`)).status).toBe(200);
});

test.each([
  ["not JSON", "{", 400, 1000],
  ["a list", "[]", 400, 1000],
  ["not UTF-8", Uint8Array.of(0xff, 0xfe), 400, 1000],
])("a body that is %s is refused in the client's own envelope", async (_what, body, status, code) => {
  const graph = await startGraph();
  const headers = { authorization: "Bearer emulator-token", "content-type": "application/json" };
  for (const path of ["/v1/account", "/v1/account/verify"]) {
    const reply = await fetchReply(graph.emulator.url + path, { method: "POST", headers, body });
    expect(reply.status).toBe(status);
    expect(reply.body).toEqual({
      meta: META,
      errors: [{ code, title: expect.any(String), details: expect.any(String) }],
    });
  }
  const bad = await graph.send("POST", `/${CAKE_SHOP}`, { headers: { "content-type": "application/json" } });
  expect(bad.body.error.code).toBe(100);
});

test("a token that is none is refused in the client's own envelope", async () => {
  const graph = await startGraph();
  const reply = await graph.post("/v1/account", ICE, { token: "nobody" });
  expect([reply.status, reply.body.errors]).toMatchObject([401, [{ code: 1005 }]]);
});

test.each(["MIGRATED", "DELETED"])("a number that is %s is refused with 1005", async (status) => {
  const graph = await startGraph();
  graph.emulator.patchNumber(ICE_CREAM, { status });
  const before = kept(graph, ICE_CREAM);
  const reply = await account(graph, { ...ICE, cert: certOf(graph, ICE_CREAM) });
  expect([reply.status, reply.body.errors]).toMatchObject([403, [{ code: 1005 }]]);
  expect(kept(graph, ICE_CREAM)).toEqual(before);
});
