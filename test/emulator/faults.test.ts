import { expect, test } from "vitest";
import { CAKE_SHOP, type Graph, ICE_CREAM, kept, startGraph, WABA } from "./emulator-client.ts";

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
