import { networkInterfaces } from "node:os";
import { expect, test } from "vitest";
import { startEmulator } from "../../emulator/index.ts";
import { addVerified, CAKE_SHOP, ICE_CREAM, kept, rawExchange, SANDBOX, startGraph, WABA } from "./emulator-client.ts";

test("starts on a free loopback port and stops listening when closed, also twice", async () => {
  const emulator = await startEmulator();
  expect(emulator.url).toBe(`http://127.0.0.1:${emulator.port}`);
  expect((await fetch(emulator.url)).status).toBe(401);
  await Promise.all([emulator.close(), emulator.close()]);
  await expect(fetch(emulator.url)).rejects.toThrow();
});

const outside = Object.values(networkInterfaces())
  .flat()
  .find((address) => address?.family === "IPv4" && !address.internal)?.address;
test.skipIf(outside === undefined)("listens on loopback only, unless told otherwise", async () => {
  await using local = await startEmulator();
  await expect(fetch(`http://${outside}:${local.port}`)).rejects.toThrow();
  await using open = await startEmulator({ host: "0.0.0.0" });
  expect(open.url).toBe(`http://127.0.0.1:${open.port}`);
  expect((await fetch(`http://${outside}:${open.port}/__emulator/state`)).status).toBe(200);
});

test.each([
  ["/", {}],
  ["/v25.0/102290129340398", {}],
  ["/102290129340398?access_token=emulator-token", {}],
  ["/102290129340398/nothing?access_token=emulator-token", {}],
  ["/1/x/y/z", { method: "PURGE" }],
  ["/102290129340398?access_token=emulator-token", { method: "HEAD" }],
  ["/", { method: "POST", body: "{", headers: { "content-type": "application/json" } }],
] as const)("an answer to %s %j says that it is an emulator's", async (path, init) => {
  await using emulator = await startEmulator();
  const { headers } = await fetch(emulator.url + path, init);
  expect(headers.get("x-waba-emulator")).toBe("1");
});

test.each(["GET", "GET / HTTP/1.1\r\nHost : x\r\n\r\n", "\u0000\r\n\r\n", "GET / HTTP/1.1\r\n\r\n"])(
  "an answer to the bytes %j says so too",
  async (bytes) => {
    await using emulator = await startEmulator();
    expect(await rawExchange(emulator.port, `${bytes}\r\n\r\n`)).toContain("\r\nx-waba-emulator: 1\r\n");
  },
);

test("runs on real time unless a clock is given", async () => {
  await using emulator = await startEmulator();
  const before = Date.now();
  const now = Date.parse(String(emulator.state().now));
  expect(now).toBeGreaterThanOrEqual(before);
  expect(now).toBeLessThanOrEqual(Date.now());
});

test("rejects when the port is taken", async () => {
  await using first = await startEmulator();
  await expect(startEmulator({ port: first.port })).rejects.toMatchObject({ code: "EADDRINUSE" });
});

test.each([
  [{ port: 70_000 }, "port"],
  [{ wabas: 0 }, "wabas"],
  [{ numbers: -1 }, "numbers"],
  [{ tokens: ["two words"] }, "tokens"],
  [{ unknown: true } as object, "unknown"],
])("refuses the options %j with one line that names the bad one", async (options, name) => {
  const error = await startEmulator(options).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(Error);
  expect((error as Error).message).toContain(name);
  expect((error as Error).message).not.toContain("\n");
});

test("starts with the three well-known numbers", async () => {
  const graph = await startGraph();
  expect(kept(graph, CAKE_SHOP)).toMatchObject({
    display_phone_number: "+1 631-555-1111",
    verified_name: "John's Cake Shop",
    name_status: "APPROVED",
    account_mode: "LIVE",
    platform_type: "CLOUD_API",
    status: "CONNECTED",
    throughput: { level: "STANDARD" },
    is_pin_enabled: true,
    pin: "123456",
    waba_id: WABA,
  });
  expect(kept(graph, ICE_CREAM)).toMatchObject({
    display_phone_number: "+1 631-555-2222",
    verified_name: "Jasper's Ice Cream",
    name_status: "AVAILABLE_WITHOUT_REVIEW",
    code_verification_status: "NOT_VERIFIED",
    account_mode: "LIVE",
    platform_type: "NOT_APPLICABLE",
    status: "PENDING",
    is_pin_enabled: false,
  });
  expect(kept(graph, SANDBOX)).toMatchObject({ display_phone_number: "+1 631-555-3333", account_mode: "SANDBOX" });
});

test("makes a fleet of registered numbers, spread over the accounts in turn", async () => {
  const graph = await startGraph({ numbers: 7, wabas: 3 });
  expect(graph.emulator.wabaIds).toEqual(["900000", "900001", "900002"]);
  const rows = async (waba: string) => (await graph.get(`/${waba}/phone_numbers?fields=id`)).body.data;
  expect(await rows("900000")).toEqual([{ id: "100000000" }, { id: "100000003" }, { id: "100000006" }]);
  expect(await rows("900002")).toEqual([{ id: "100000002" }, { id: "100000005" }]);
  expect(kept(graph, "100000006")).toMatchObject({
    display_phone_number: "+1 555-000-0006",
    platform_type: "CLOUD_API",
    pin: "123456",
  });
  expect((await graph.get(`/${WABA}/phone_numbers`)).status).toBe(400);
});

test("the same seed and the same calls give the same ids and codes, another seed gives others", async () => {
  const addOne = async (seed: number) => {
    const graph = await startGraph({ randomSeed: seed });
    const { body } = await graph.post(`/${WABA}/phone_numbers`, {
      cc: "1",
      phone_number: "2125550100",
      verified_name: "Lucky Shrub",
    });
    await graph.post(`/${body.id}/request_code`, { code_method: "SMS", language: "en" });
    return [body.id, graph.emulator.code(body.id)];
  };
  expect(await addOne(7)).toEqual(await addOne(7));
  expect(await addOne(7)).not.toEqual(await addOne(8));
});

test("reset brings back the start: numbers, tokens, clock, log, faults and randomness", async () => {
  const graph = await startGraph();
  const start = graph.emulator.state();
  const first = await addVerified(graph);
  graph.emulator.deleteNumber(CAKE_SHOP);
  graph.emulator.patchToken("emulator-token", { revoked: true });
  graph.emulator.addToken({ token: "more" });
  graph.emulator.advanceClock(86_400);
  graph.emulator.addFault({ status: 500 });
  expect((await graph.control("POST", "reset")).body).toEqual({ success: true });
  expect(graph.emulator.state()).toEqual(start);
  expect(graph.emulator.requests()).toEqual({ counts: {}, http: 0, requests: [] });
  expect(await addVerified(graph)).toBe(first);
});
