import { expect, test } from "vitest";
import type { EmulatorOptions } from "../../emulator/index.ts";
import { CAKE_SHOP, fetchReply, type Graph, ICE_CREAM, kept, startGraph, WABA } from "./emulator-client.ts";

interface Answered {
  readonly code: number;
  readonly headers?: readonly { readonly name: string; readonly value: string }[];
  readonly body: string;
}

interface Sent {
  readonly path?: string;
  readonly token?: string | null;
  readonly params?: Record<string, unknown>;
}

async function batch(graph: Graph, items: unknown, { path = "/v25.0/", token, params = {} }: Sent = {}) {
  const reply = await graph.post(path, { batch: items, ...params }, token === undefined ? {} : { token });
  return { ...reply, items: reply.body as unknown as readonly (Answered | null)[] };
}

/** The codes of the items, null where there is no answer. */
async function codes(graph: Graph, items: unknown, sent: Sent = {}): Promise<(number | null)[]> {
  const { status, items: answers } = await batch(graph, items, sent);
  expect(status).toBe(200);
  return answers.map((answer) => answer?.code ?? null);
}

function bodyOf(answer: Answered | null | undefined) {
  return JSON.parse(answer?.body ?? "null");
}

const read = (id: string, fields = "status") => ({ method: "GET", relative_url: `${id}?fields=${fields}` });
const rename = (name: string, id = CAKE_SHOP) => ({
  method: "POST",
  relative_url: id,
  body: new URLSearchParams({ new_display_name: name }).toString(),
});

test.each(["/", "/v25.0", "/v25.0/", "//v25.0//"])(
  "a JSON body with a real array to %s is answered item by item, in order",
  async (path) => {
    const graph = await startGraph();
    const { status, items } = await batch(
      graph,
      [
        { method: "GET", relative_url: `${CAKE_SHOP}?fields=id,status` },
        { method: "GET", relative_url: "404404404" },
        rename("Cake Palace"),
        { method: "GET", relative_url: `/v24.0/${WABA}/phone_numbers?fields=id&limit=1` },
        { method: "GET", relative_url: `${ICE_CREAM}?` },
        { relative_url: `v25.0/${CAKE_SHOP}?fields=new_display_name` },
      ],
      { path },
    );
    expect(status).toBe(200);
    expect(items.map((item) => item?.code)).toEqual([200, 400, 200, 200, 200, 200]);
    expect(bodyOf(items[0])).toEqual({ status: "CONNECTED", id: CAKE_SHOP });
    expect(bodyOf(items[1]).error).toMatchObject({ code: 100, error_subcode: 33, fbtrace_id: expect.any(String) });
    expect(bodyOf(items[2])).toEqual({ success: true });
    expect(bodyOf(items[3]).data).toHaveLength(1);
    expect(bodyOf(items[4])).toEqual((await graph.get(`/${ICE_CREAM}`)).body);
    expect(bodyOf(items[5])).toEqual({ new_display_name: "Cake Palace", id: CAKE_SHOP });
  },
);

test("it comes as form text, as a multipart field and in the query too", async () => {
  const graph = await startGraph();
  const text = JSON.stringify([read(CAKE_SHOP), { method: "GET", relative_url: "v25.0/1" }]);
  const multipart = new FormData();
  multipart.set("batch", text);
  multipart.set("access_token", "emulator-token");
  const replies = [
    await graph.send("POST", "/v25.0/", { form: { batch: text, access_token: "emulator-token" }, token: null }),
    await fetchReply(graph.emulator.url, { method: "POST", body: multipart }),
    await graph.send("POST", `/?batch=${encodeURIComponent(text)}`),
    await graph.post("/", { batch: text }),
  ];
  for (const { status, body } of replies) {
    expect(status).toBe(200);
    expect((body as unknown as Answered[]).map(({ code }) => code)).toEqual([200, 400]);
  }
});

test("an item runs on its own version, or on the one of the batch", async () => {
  const graph = await startGraph();
  const items = [read(CAKE_SHOP), read(`v24.0/${CAKE_SHOP}`), read(`v99.0/${CAKE_SHOP}`)];
  const versions = async (path: string) =>
    (await batch(graph, items, { path })).items.map(
      (item) => item?.headers?.find(({ name }) => name === "facebook-api-version")?.value,
    );
  expect(await versions("/v23.0/")).toEqual(["v23.0", "v24.0", "v25.0"]);
  expect(await versions("/")).toEqual(["v25.0", "v24.0", "v25.0"]);
  expect(await codes(graph, items)).toEqual([200, 200, 400]);
});

test.each([
  [{}, true],
  [{ include_headers: true }, true],
  [{ include_headers: "true" }, true],
  [{ include_headers: false }, false],
  [{ include_headers: "false" }, false],
])("with %j the items have headers: %s", async (params, expected) => {
  const graph = await startGraph();
  const { items } = await batch(graph, [read(CAKE_SHOP), read("1")], { params });
  for (const item of items) expect(Object.hasOwn(item ?? {}, "headers")).toBe(expected);
  if (expected) {
    expect(items[1]?.headers).toContainEqual({ name: "content-type", value: "application/json; charset=UTF-8" });
    expect(items[1]?.headers?.map(({ name }) => name)).toContain("www-authenticate");
  }
});

test("what succeeded is left out on request, what failed is not", async () => {
  const graph = await startGraph();
  const omit = { omit_response_on_success: true };
  expect(
    await codes(graph, [
      { ...rename("Cake Palace"), ...omit },
      { ...read("1"), ...omit },
    ]),
  ).toEqual([null, 400]);
  expect(kept(graph, CAKE_SHOP).new_display_name).toBe("Cake Palace");
  expect(await codes(graph, [{ ...read(CAKE_SHOP), omit_response_on_success: false }])).toEqual([200]);
});

test("each item counts by itself in the log, with its secrets struck out; the batch does not", async () => {
  const graph = await startGraph();
  const pin = { method: "POST", relative_url: CAKE_SHOP, body: "pin=918273" };
  await codes(graph, [read(CAKE_SHOP), read(ICE_CREAM), pin]);
  const { counts, requests } = graph.emulator.requests();
  expect(counts).toEqual({ "GET /{PNID}": 2, "POST /{PNID}": 1 });
  expect(requests.map(({ path, token, status }) => [path, token, status])).toEqual([
    [`/v25.0/${CAKE_SHOP}`, "emulator-token", 200],
    [`/v25.0/${ICE_CREAM}`, "emulator-token", 200],
    [`/v25.0/${CAKE_SHOP}`, "emulator-token", 200],
  ]);
  expect(kept(graph, CAKE_SHOP).pin).toBe("918273");
  // Refused as a whole, it is one call, and its items stay out of the log.
  await batch(graph, [pin], { token: "nobody" });
  expect(graph.emulator.requests().counts["POST (not emulated)"]).toBe(1);
  expect(JSON.stringify(graph.emulator.requests())).not.toContain("918273");
});

test("faults meet items one by one: a cut connection is null, before the effect or after it", async () => {
  const graph = await startGraph();
  graph.emulator.addFault({ match: { method: "POST" }, drop: "before" });
  graph.emulator.addFault({ match: { method: "POST" }, drop: "after" });
  graph.emulator.addFault({ match: { path: `/${ICE_CREAM}` }, status: 503, body: "<html>busy</html>" });
  const pin = (value: string) => ({ method: "POST", relative_url: CAKE_SHOP, body: `pin=${value}` });
  const { status, items } = await batch(graph, [pin("111111"), read(CAKE_SHOP), pin("222222"), read(ICE_CREAM)]);
  expect(status).toBe(200);
  expect(items.map((item) => item?.code ?? null)).toEqual([null, 200, null, 503]);
  expect(items[3]?.body).toBe("<html>busy</html>");
  expect(kept(graph, CAKE_SHOP).pin).toBe("222222");
  expect(graph.emulator.requests().requests.map((entry) => entry.status)).toEqual([null, 200, null, 503]);
});

test("the ten register calls of a number are counted through batches", async () => {
  const graph = await startGraph();
  const register = {
    method: "POST",
    relative_url: `${CAKE_SHOP}/register`,
    body: "messaging_product=whatsapp&pin=123456",
  };
  const { items } = await batch(graph, Array(11).fill(register));
  expect(items.map((item) => item?.code)).toEqual([...Array(10).fill(200), 400]);
  expect(bodyOf(items[10]).error.code).toBe(133016);
});

const tokens: EmulatorOptions = { tokens: ["other", { token: "outsider", wabas: [] }] };

test("an item may have a token of its own, in its address or its body", async () => {
  const graph = await startGraph(tokens);
  const items = [
    { method: "GET", relative_url: `${CAKE_SHOP}?fields=id&access_token=outsider` },
    { method: "GET", relative_url: `${CAKE_SHOP}?access_token=nobody` },
    { method: "POST", relative_url: CAKE_SHOP, body: "pin=000000&access_token=other" },
    read(CAKE_SHOP),
  ];
  expect(await codes(graph, items)).toEqual([400, 401, 200, 200]);
  expect(graph.emulator.requests().requests.map(({ token }) => token)).toEqual([
    "outsider",
    "nobody",
    "other",
    "emulator-token",
  ]);
  // Without a token at the top each item must bring one.
  expect(await codes(graph, items, { token: null })).toEqual([400, 401, 200, 401]);
});

test.each([
  ["a token that does not work", { token: "nobody" }, 401, 190],
  ["no token at all", { token: null }, 401, 104],
] as const)("%s fails the whole batch in an ordinary envelope", async (_what, sent, status, code) => {
  const graph = await startGraph();
  const before = graph.emulator.state();
  const reply = await batch(graph, [read(CAKE_SHOP), rename("Cake Palace")], sent);
  expect([reply.status, reply.body.error.code]).toEqual([status, code]);
  expect(reply.body.error.fbtrace_id).toBeTypeOf("string");
  expect(graph.emulator.state()).toEqual(before);
});

test("50 calls fit in a batch, and 51 are refused with nothing done", async () => {
  const graph = await startGraph();
  expect(await codes(graph, Array(50).fill(read(CAKE_SHOP, "id")))).toEqual(Array(50).fill(200));
  const before = graph.emulator.state();
  const { status, body } = await batch(graph, [rename("Cake Palace"), ...Array(50).fill(read(CAKE_SHOP))]);
  expect([status, body.error.code]).toEqual([400, 100]);
  expect(body.error.message).toContain("Too many requests in batch message. Maximum batch size is 50");
  expect(graph.emulator.state()).toEqual(before);
});

test.each([[[]], [{}], ["x"], [5], [null], [["x"]], [[null]], [[[]]], ["[{}"]])(
  "batch=%j is refused as a whole",
  async (items) => {
    const graph = await startGraph();
    const { status, body } = await batch(graph, items);
    expect([status, body.error.code]).toEqual([400, 100]);
  },
);

test.each([
  [{}, 400],
  [{ method: "GET" }, 400],
  [{ method: "GET", relative_url: 5 }, 400],
  [{ method: 5, relative_url: CAKE_SHOP }, 400],
  [{ method: "GET\r\nX: y", relative_url: CAKE_SHOP }, 400],
  [{ method: "POST", relative_url: CAKE_SHOP, body: 5 }, 400],
  [{ method: "POST", relative_url: CAKE_SHOP, body: ["pin=000000"] }, 400],
  [{ method: "POST", relative_url: CAKE_SHOP, body: "new_display_name=Caf%E9" }, 400],
  [{ method: "BREW", relative_url: CAKE_SHOP }, 400],
  [{ method: "GET", relative_url: "" }, 400],
  [{ method: "GET", relative_url: "https://graph.facebook.com/v25.0/1" }, 404],
  [{ method: "GET", relative_url: "../state" }, 404],
  [{ method: "GET", relative_url: "/__emulator/state" }, 404],
  [{ method: "POST", relative_url: "", body: "batch=%5B%7B%22relative_url%22%3A%221%22%7D%5D" }, 400],
  [{ method: "GET", relative_url: CAKE_SHOP, name: "first" }, 501],
  [{ method: "GET", relative_url: CAKE_SHOP, depends_on: "first" }, 501],
  [{ method: "GET", relative_url: "?ids={result=first:$.data.*.id}" }, 501],
  [{ method: "POST", relative_url: CAKE_SHOP, body: "pin=1", attached_files: "file" }, 501],
])("the item %j fails by itself with %i, and its neighbours do not", async (item, code) => {
  const graph = await startGraph();
  const before = graph.emulator.state();
  const { items } = await batch(graph, [read(CAKE_SHOP), item, read(ICE_CREAM)]);
  expect(items.map((answer) => answer?.code)).toEqual([200, code, 200]);
  expect(bodyOf(items[1]).error).toMatchObject({ code: expect.any(Number), fbtrace_id: expect.any(String) });
  expect(graph.emulator.state()).toEqual(before);
});

test("an object as an item's body is taken as if it came as JSON", async () => {
  const graph = await startGraph();
  expect(await codes(graph, [{ method: "POST", relative_url: CAKE_SHOP, body: { pin: "000000" } }])).toEqual([200]);
  expect(kept(graph, CAKE_SHOP).pin).toBe("000000");
});

test.each([
  [9, '{"error":'],
  [true, '{"error":{"message":"(#803)'],
] as const)("an item that is cut (truncate: %s) ends early, and its neighbours are whole", async (truncate, start) => {
  const graph = await startGraph();
  graph.emulator.addFault({ match: { path: "/nobody" }, truncate });
  const whole = (await graph.get("/someone")).text.length;
  const { items } = await batch(graph, [read("nobody"), read(CAKE_SHOP)]);
  expect(items[0]?.body.startsWith(start)).toBe(true);
  expect(items[0]?.body.length).toBe(truncate === true ? (whole - 1) >> 1 : truncate);
  expect(bodyOf(items[1])).toEqual({ status: "CONNECTED", id: CAKE_SHOP });
});

test("several ids may be read in an item, and links point to the host that was asked", async () => {
  const graph = await startGraph();
  const list = { method: "GET", relative_url: `${WABA}/phone_numbers?limit=1&fields=id` };
  const { items } = await batch(graph, [
    { method: "GET", relative_url: `?ids=${CAKE_SHOP},${ICE_CREAM}&fields=id` },
    list,
  ]);
  expect(bodyOf(items[0])).toEqual({ [CAKE_SHOP]: { id: CAKE_SHOP }, [ICE_CREAM]: { id: ICE_CREAM } });
  expect(bodyOf(items[1]).paging.next).toMatch(new RegExp(`^${graph.emulator.url}/v25.0/${WABA}/phone_numbers\\?`));
});

test("a batch waits the latency once", async () => {
  const graph = await startGraph({ latencyMs: 100 });
  const started = performance.now();
  await codes(graph, Array(20).fill(read(CAKE_SHOP)));
  const took = performance.now() - started;
  expect(took).toBeGreaterThanOrEqual(95);
  expect(took).toBeLessThan(1500);
});
