import { expect, test } from "vitest";
import { CAKE_SHOP, ICE_CREAM, startGraph, WABA } from "./emulator-client.ts";

test.each(["/", "/v25.0/", "/v25.0"])("GET %s?ids= answers an object keyed by id, of mixed kinds", async (path) => {
  const graph = await startGraph();
  const { status, body } = await graph.get(`${path}?ids=${CAKE_SHOP},${WABA},%20${ICE_CREAM}&fields=id`);
  expect(status).toBe(200);
  expect(body).toEqual({ [CAKE_SHOP]: { id: CAKE_SHOP }, [WABA]: { id: WABA }, [ICE_CREAM]: { id: ICE_CREAM } });
});

test("each object is read as by itself, with the fields asked and with the default ones", async () => {
  const graph = await startGraph();
  const fields = "fields=status,throughput{level}";
  const asked = await graph.get(`/?ids=${CAKE_SHOP},${ICE_CREAM}&${fields}`);
  const unasked = await graph.get(`/?ids=${CAKE_SHOP}`);
  for (const id of [CAKE_SHOP, ICE_CREAM]) {
    expect(asked.body[id]).toEqual((await graph.get(`/${id}?${fields}`)).body);
  }
  expect(unasked.body).toEqual({ [CAKE_SHOP]: (await graph.get(`/${CAKE_SHOP}`)).body });
});

test("ids may come as a JSON list, in the form of a POST that is a GET, and twice", async () => {
  const graph = await startGraph();
  const ids = JSON.stringify([CAKE_SHOP, Number(ICE_CREAM), CAKE_SHOP]);
  const { body } = await graph.send("POST", "/v25.0/", { form: { method: "get", ids, fields: "id" } });
  expect(Object.keys(body).sort()).toEqual([CAKE_SHOP, ICE_CREAM].sort());
});

test.each([
  ["404404404", 400, 100, 33],
  [`${CAKE_SHOP},404404404`, 400, 100, 33],
  [`${CAKE_SHOP},nobody`, 404, 803, undefined],
  [`${CAKE_SHOP},__proto__`, 404, 803, undefined],
  ["", 400, 100, undefined],
  [",", 400, 100, undefined],
  ['{"a":1}', 400, 100, undefined],
  ['[{"a":1}]', 400, 100, undefined],
])("ids=%s fails the whole call: HTTP %i, code %i, subcode %s", async (ids, status, code, subcode) => {
  const graph = await startGraph();
  const reply = await graph.get(`/?ids=${encodeURIComponent(ids)}&fields=id`);
  expect(reply.status).toBe(status);
  expect([reply.body.error.code, reply.body.error.error_subcode]).toEqual([code, subcode]);
});

test("what is named twice counts once for the limit of 50", async () => {
  const graph = await startGraph({ numbers: 51, wabas: 1 });
  const numbers = Array.from({ length: 51 }, (_, index) => String(100000000 + index));
  const read = (ids: readonly string[]) => graph.get(`/?ids=${ids}&fields=id`);
  expect((await read(numbers)).status).toBe(400);
  expect((await read([...numbers.slice(0, 50), "100000000"])).status).toBe(200);
});

test("one object out of the token's reach fails the whole call", async () => {
  const graph = await startGraph({ numbers: 2, wabas: 2, tokens: [{ token: "one", wabas: ["900000"] }] });
  const read = (ids: string) => graph.get(`/?ids=${ids}&fields=id`, { token: "one" });
  expect((await read("100000000,900000")).status).toBe(200);
  const { status, body } = await read("100000000,100000001");
  expect([status, body.error.code, body.error.error_subcode]).toEqual([400, 100, 33]);
  expect(body.error.message).toContain("'100000001'");
});

test("a field that one of the kinds does not have fails the whole call", async () => {
  const graph = await startGraph();
  const { status, body } = await graph.get(`/?ids=${CAKE_SHOP},${WABA}&fields=throughput`);
  expect(status).toBe(400);
  expect(body.error.message).toContain("nonexisting field (throughput) on node type (WhatsAppBusinessAccount)");
});

test("50 ids are read in one call, and 51 are not", async () => {
  const graph = await startGraph({ numbers: 51, wabas: 1 });
  const ids = (count: number) => Array.from({ length: count }, (_, index) => 100_000_000 + index).join(",");
  expect(Object.keys((await graph.get(`/?ids=${ids(50)}&fields=id`)).body)).toHaveLength(50);
  const tooMany = await graph.get(`/?ids=${ids(51)}&fields=id`);
  expect([tooMany.status, tooMany.body.error.code]).toEqual([400, 100]);
  expect(tooMany.body.error.message).toContain("Maximum: 50. Provided: 51");
});

test("it is one call in the log, on a route of its own", async () => {
  const graph = await startGraph();
  await graph.get(`/v25.0/?ids=${CAKE_SHOP},${ICE_CREAM}&fields=id`);
  expect(graph.emulator.requests().counts).toEqual({ "GET /": 1 });
});
