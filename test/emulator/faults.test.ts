import { expect, test } from "vitest";
import { DEFAULT_SEED } from "../../emulator/seeds/default.ts";
import { startState } from "../../emulator/seeds/seed.ts";
import { checkSeed } from "../../emulator/seeds/seed-file.ts";
import { Lag } from "../../emulator/state/stale.ts";
import {
  addVerified,
  CAKE_SHOP,
  type Graph,
  ICE_CREAM,
  kept,
  rawExchange,
  startGraph,
  WABA,
} from "./emulator-client.ts";

const setPin = (graph: Graph, pin = "000000") => graph.post(`/v25.0/${CAKE_SHOP}`, { pin });

test("an ordered answer comes instead of the effect, as often as ordered", async () => {
  const graph = await startGraph();
  const body = { error: { message: "busy", type: "OAuthException", code: 2, is_transient: true, fbtrace_id: "A1" } };
  const order = { match: { method: "POST", path: `/${CAKE_SHOP}` }, times: 2, status: 503, body };
  expect((await graph.control("POST", "faults", order)).body).toEqual({ faults: [order] });
  for (let count = 0; count < 2; count++) {
    const reply = await setPin(graph);
    expect([reply.status, reply.body]).toEqual([503, body]);
    expect(reply.headers.get("x-waba-emulator")).toBe("1");
  }
  expect(kept(graph, CAKE_SHOP).pin).toBe("123456");
  expect((await setPin(graph)).status).toBe(200);
  expect(graph.emulator.requests().requests.map(({ status, fault }) => [status, fault])).toEqual([
    [503, true],
    [503, true],
    [200, false],
  ]);
});

test("an ordered body may be text or nothing at all", async () => {
  const graph = await startGraph();
  graph.emulator.addFault({ status: 502, body: "<html>Bad gateway</html>" });
  graph.emulator.addFault({ status: 500 });
  graph.emulator.addFault({ status: 204 });
  const html = await setPin(graph);
  expect([html.status, html.text]).toEqual([502, "<html>Bad gateway</html>"]);
  expect(html.headers.get("content-type")).toContain("text/html");
  expect((await setPin(graph)).text).toBe("");
  expect((await setPin(graph)).status).toBe(204);
  expect(kept(graph, CAKE_SHOP).pin).toBe("123456");
});

test("a connection cut before the effect leaves no effect, one cut after it does", async () => {
  const graph = await startGraph();
  for (const drop of ["before", true] as const) {
    graph.emulator.addFault({ drop });
    await expect(setPin(graph)).rejects.toThrow();
    expect(kept(graph, CAKE_SHOP).pin).toBe("123456");
  }
  graph.emulator.addFault({ drop: "after" });
  await expect(setPin(graph)).rejects.toThrow();
  expect(kept(graph, CAKE_SHOP).pin).toBe("000000");
  expect(graph.emulator.requests().requests.map(({ status }) => status)).toEqual([null, null, null]);
  expect((await graph.get(`/${CAKE_SHOP}`)).status).toBe(200);
});

test.each([
  [{}, true],
  [{ path: "/" }, true],
  [{ method: "post" }, true],
  [{ method: "*" }, true],
  [{ method: "GET" }, false],
  [{ path: `/${CAKE_SHOP}` }, true],
  [{ path: `/${CAKE_SHOP.slice(0, -1)}` }, false],
  [{ path: `/${CAKE_SHOP}/register` }, true],
  [{ path: `/v24.0/${CAKE_SHOP}/register/` }, true],
  [{ path: `/${ICE_CREAM}` }, false],
  [{ path: "/*/register" }, true],
  [{ path: "/*/deregister" }, false],
  [{ path: "/*" }, false],
  [{ path: "/**" }, true],
  [{ path: "/**/register" }, true],
  [{ path: "/{PNID}/register" }, true],
  [{ path: "/{PNID}" }, false],
  [{ path: `/${CAKE_SHOP.slice(0, 4)}*/reg*` }, true],
  [{ path: "/.*/register" }, false],
])("the match %j takes a register call: %s", async (match, taken) => {
  const graph = await startGraph();
  graph.emulator.addFault({ match, status: 503 });
  const { status } = await graph.post(`/v25.0/${CAKE_SHOP}/register`, { messaging_product: "whatsapp", pin: "123456" });
  expect(status === 503).toBe(taken);
});

test("the oldest fault that matches is used first, and control routes are never matched", async () => {
  const graph = await startGraph();
  graph.emulator.addFault({ match: { method: "GET" }, status: 501 });
  graph.emulator.addFault({ status: 502 });
  graph.emulator.addFault({ status: 503 });
  expect((await graph.control("GET", "state")).status).toBe(200);
  expect((await setPin(graph)).status).toBe(502);
  expect((await graph.get(`/${WABA}`)).status).toBe(501);
  expect((await graph.get(`/${WABA}`)).status).toBe(503);
  expect((await graph.get(`/${WABA}`)).status).toBe(200);
});

test("an ordered delay lets the call through afterwards, and other calls pass it meanwhile", async () => {
  const graph = await startGraph();
  graph.emulator.addFault({ match: { method: "POST" }, latencyMs: 150 });
  const order: string[] = [];
  await Promise.all([
    setPin(graph).then(({ status }) => order.push(`slow ${status}`)),
    graph.get(`/${WABA}`).then(({ status }) => order.push(`fast ${status}`)),
  ]);
  expect(order).toEqual(["fast 200", "slow 200"]);
  expect(kept(graph, CAKE_SHOP).pin).toBe("000000");
});

test("the latency option delays every Graph call and no control call", async () => {
  const graph = await startGraph({ latencyMs: 60 });
  const started = performance.now();
  await graph.get(`/${WABA}`);
  expect(performance.now() - started).toBeGreaterThanOrEqual(55);
});

test("closing does not wait for a delayed call, and the call has no effect", async () => {
  const graph = await startGraph({ latencyMs: 60_000 });
  const call = setPin(graph).catch(() => "cut");
  // The call is on its way once the next one on the same server is answered.
  await graph.control("GET", "state");
  await graph.emulator.close();
  expect(await call).toBe("cut");
  expect(kept(graph, CAKE_SHOP).pin).toBe("123456");
});

test("a fault that is ordered for always lasts until the faults are cleared", async () => {
  const graph = await startGraph();
  const order = { match: { method: "POST" }, times: "always", status: 503 };
  expect((await graph.control("POST", "faults", order)).body.faults).toEqual([order]);
  graph.emulator.addFault({ match: { method: "GET" }, status: 502, times: 5 });
  for (let count = 0; count < 5; count++) expect((await setPin(graph)).status).toBe(503);
  expect(graph.emulator.state().faults).toMatchObject([{ times: "always" }, { times: 5 }]);
  expect((await graph.control("DELETE", "faults")).body).toEqual({ success: true });
  expect(graph.emulator.state().faults).toEqual([]);
  expect((await setPin(graph)).status).toBe(200);
  expect((await graph.get(`/${WABA}`)).status).toBe(200);
});

function rawPin(graph: Graph, path = `/${CAKE_SHOP}?pin=000000&access_token=emulator-token`): Promise<string> {
  return rawExchange(graph.emulator.port, `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n`);
}

const WHOLE = '{"success":true}';
test.each([
  [true, WHOLE.slice(0, 8)],
  [1, "{"],
  [0, ""],
  [15, WHOLE.slice(0, 15)],
  [16, WHOLE.slice(0, 15)],
  [1000, WHOLE.slice(0, 15)],
] as const)(
  "an answer that is cut (truncate: %s) comes after the effect, with the length of the whole",
  async (truncate, part) => {
    const graph = await startGraph();
    graph.emulator.addFault({ truncate });
    const answer = await rawPin(graph);
    const [head, body] = answer.split("\r\n\r\n");
    expect(head).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(head?.toLowerCase()).toContain(`content-length: ${WHOLE.length}`);
    expect(head).toContain("x-waba-emulator: 1");
    expect(body).toBe(part);
    expect(kept(graph, CAKE_SHOP).pin).toBe("000000");
    expect(graph.emulator.requests().requests).toMatchObject([{ status: 200, fault: true }]);
    graph.emulator.addFault({ truncate });
    await expect(setPin(graph)).rejects.toThrow();
    expect((await setPin(graph)).status).toBe(200);
  },
);

test("an ordered answer and a refusal may be cut too", async () => {
  const graph = await startGraph();
  graph.emulator.addFault({ status: 502, body: "<html></html>", truncate: 6 });
  expect(await rawPin(graph)).toMatch(/^HTTP\/1\.1 502 [\s\S]*content-length: 13[\s\S]*\r\n\r\n<html>$/i);
  graph.emulator.addFault({ truncate: 9 });
  expect(await rawPin(graph, "/404?access_token=emulator-token")).toMatch(/^HTTP\/1\.1 400 [\s\S]*\r\n\r\n\{"error":$/);
  expect(kept(graph, CAKE_SHOP).pin).toBe("123456");
});

const nameOf = async (graph: Graph, id = CAKE_SHOP) =>
  (await graph.get(`/${id}?fields=new_display_name`)).body.new_display_name;
const rename = (graph: Graph, name = "Cake Palace") => graph.post(`/${CAKE_SHOP}`, { new_display_name: name });

test("reads see the old record of a write for as long as ordered, in lists too; writes see the truth", async () => {
  const graph = await startGraph();
  graph.emulator.addFault({ match: { path: `/${CAKE_SHOP}` }, staleMs: 5000 });
  // Reads do not use it up.
  expect(await nameOf(graph)).toBeUndefined();
  expect((await rename(graph)).body).toEqual({ success: true });
  const seen = async () => {
    const { body } = await graph.get(`/${WABA}/phone_numbers?fields=new_display_name`);
    const ids = await graph.get(`/?ids=${CAKE_SHOP},${ICE_CREAM}&fields=new_display_name`);
    const row = body.data.find(({ id }) => id === CAKE_SHOP);
    return [
      await nameOf(graph),
      row?.new_display_name,
      (ids.body[CAKE_SHOP] as { new_display_name?: string }).new_display_name,
    ];
  };
  expect(await seen()).toEqual([undefined, undefined, undefined]);
  expect(kept(graph, CAKE_SHOP).new_display_name).toBe("Cake Palace");
  expect((await rename(graph, "Another")).status).toBe(400);
  graph.emulator.advanceClock(4.999);
  expect(await seen()).toEqual([undefined, undefined, undefined]);
  graph.emulator.advanceClock(0.001);
  expect(await seen()).toEqual(["Cake Palace", "Cake Palace", "Cake Palace"]);
});

test("a number that was just added is not there for reads, and is for writes", async () => {
  const graph = await startGraph({ staleMs: 1000 });
  const id = await addVerified(graph);
  expect((await graph.get(`/${id}`)).body.error).toMatchObject({ code: 100, error_subcode: 33 });
  const rows = async () => (await graph.get(`/${WABA}/phone_numbers?fields=code_verification_status`)).body.data;
  expect((await rows()).length).toBe(3);
  expect((await graph.post(`/${id}/register`, { messaging_product: "whatsapp", pin: "123456" })).status).toBe(200);
  graph.emulator.advanceClock(1);
  expect(await rows()).toContainEqual({ code_verification_status: "VERIFIED", id });
  expect((await graph.get(`/${id}?fields=platform_type`)).body.platform_type).toBe("CLOUD_API");
});

test("with staleMs for all writes each is seen as long after itself, and only its own record lags", async () => {
  let now = 0;
  const graph = await startGraph({ staleMs: 1000, clock: () => now });
  const limitOf = async () => (await graph.get(`/${CAKE_SHOP}?fields=is_pin_enabled,new_display_name`)).body;
  graph.emulator.patchNumber(CAKE_SHOP, { pin: null });
  await graph.post(`/${CAKE_SHOP}`, { pin: "000000" });
  now = 500;
  await rename(graph);
  graph.emulator.patchNumber(ICE_CREAM, { new_display_name: "Patched" });
  expect(await nameOf(graph, ICE_CREAM)).toBe("Patched");
  expect(await limitOf()).toEqual({ is_pin_enabled: false, id: CAKE_SHOP });
  now = 1000;
  expect(await limitOf()).toEqual({ is_pin_enabled: true, id: CAKE_SHOP });
  now = 1499;
  expect(await limitOf()).toEqual({ is_pin_enabled: true, id: CAKE_SHOP });
  now = 1500;
  expect(await limitOf()).toEqual({ is_pin_enabled: true, new_display_name: "Cake Palace", id: CAKE_SHOP });
});

test("a refused write lags nothing, and a reset forgets what lagged", async () => {
  const graph = await startGraph({ staleMs: 1000 });
  expect((await graph.post(`/${CAKE_SHOP}`, { pin: "1" })).status).toBe(400);
  graph.emulator.patchNumber(CAKE_SHOP, { new_display_name: "Patched" });
  expect(await nameOf(graph)).toBe("Patched");
  graph.emulator.reset();
  await graph.post(`/${CAKE_SHOP}`, { pin: "000000" });
  graph.emulator.reset();
  graph.emulator.patchNumber(CAKE_SHOP, { new_display_name: "Patched" });
  expect(await nameOf(graph)).toBe("Patched");
});

test("a write that puts a record twice is seen whole: as before the first or after the last", async () => {
  const state = startState({ seed: "default" }, checkSeed(DEFAULT_SEED), "1", 0);
  const before = state.number(CAKE_SHOP);
  if (before === undefined) throw new Error("no number");
  const lag = new Lag();
  lag.write(state, 1000, 0, () => {
    state.putNumber({ ...before, status: "HALFWAY" });
    state.putNumber({ ...before, status: "DONE" });
  });
  expect([lag.seen(state, 999), lag.seen(state, 1000)].map((seen) => seen.number(CAKE_SHOP)?.status)).toEqual([
    "CONNECTED",
    "DONE",
  ]);
});

test("while one write lags another without delay is seen at once", async () => {
  const graph = await startGraph();
  graph.emulator.addFault({ match: { path: `/${CAKE_SHOP}` }, staleMs: 1000 });
  await rename(graph);
  expect([await nameOf(graph), await nameOf(graph, ICE_CREAM)]).toEqual([undefined, undefined]);
  await graph.post(`/${ICE_CREAM}`, { new_display_name: "Ice Palace" });
  expect([await nameOf(graph), await nameOf(graph, ICE_CREAM)]).toEqual([undefined, "Ice Palace"]);
});

test("an account's own record lags like a number's", async () => {
  const graph = await startGraph();
  graph.emulator.addFault({ match: { method: "DELETE" }, staleMs: 1000 });
  const apps = async () => (await graph.get(`/${WABA}/subscribed_apps`)).body.data.length;
  const before = await apps();
  await graph.send("DELETE", `/${WABA}/subscribed_apps`);
  expect([before, await apps()]).toEqual([1, 1]);
  graph.emulator.advanceClock(1);
  expect(await apps()).toBe(0);
});

test("null in an order is as good as left out", async () => {
  const graph = await startGraph();
  const order = { match: { method: "GET", path: null }, times: null, status: 503, drop: null, latencyMs: null };
  expect((await graph.control("POST", "faults", order)).status).toBe(200);
  expect((await graph.get(`/${WABA}`)).status).toBe(503);
  expect((await graph.get(`/${WABA}`)).status).toBe(200);
  expect((await graph.control("POST", "faults", { status: null, match: null })).status).toBe(400);
});
