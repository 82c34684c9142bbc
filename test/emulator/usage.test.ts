import { expect, test } from "vitest";
import { ROUTES } from "../../emulator/routes.ts";
import { HourCount } from "../../emulator/rules/hour-count.ts";
import { CAKE_SHOP, type Graph, HOUR, ICE_CREAM, type Reply, START, startGraph, WABA } from "./emulator-client.ts";

const MINUTE = 60;
const APP = "670843887433847";
/** The default account has a registered number, so the second figure goes for it. */
const FEW = { wabaCallsPerHour: 2, registeredWabaCallsPerHour: 4, appCallsPerHour: 3 };

interface Entry {
  readonly type: string;
  readonly call_count: number;
  readonly estimated_time_to_regain_access: number;
}

function wabaUsage({ headers }: Reply, waba = WABA): Entry | undefined {
  const text = headers.get("x-business-use-case-usage");
  return text === null ? undefined : JSON.parse(text)[waba]?.[0];
}

function appUsage({ headers }: Reply): { readonly call_count: number } | undefined {
  const text = headers.get("x-app-usage");
  return text === null ? undefined : JSON.parse(text);
}

const read = (graph: Graph) => graph.get(`/${CAKE_SHOP}?fields=id`);
const write = (graph: Graph) => graph.post(`/${CAKE_SHOP}`, { pin: "123456" });

async function times(count: number, call: () => Promise<Reply>): Promise<number[]> {
  const codes: number[] = [];
  for (let index = 0; index < count; index++) {
    const { status, body } = await call();
    codes.push(status === 200 ? 200 : body.error.code);
  }
  return codes;
}

async function deregisterAll(graph: Graph): Promise<void> {
  await graph.control("PATCH", `phone_numbers/${CAKE_SHOP}`, { platform_type: "NOT_APPLICABLE" });
}

test("the usage of an account is an object of arrays with whole percents; an app's is a plain object", async () => {
  const graph = await startGraph();
  const account = await read(graph);
  expect(JSON.parse(account.headers.get("x-business-use-case-usage") ?? "")).toEqual({
    [WABA]: [
      {
        type: "whatsapp_business_management",
        call_count: 1,
        total_cputime: 1,
        total_time: 1,
        estimated_time_to_regain_access: 0,
      },
    ],
  });
  expect(account.headers.has("x-app-usage")).toBe(false);
  const app = await write(graph);
  expect(JSON.parse(app.headers.get("x-app-usage") ?? "")).toEqual({ call_count: 1, total_cputime: 1, total_time: 1 });
  expect(app.headers.has("x-business-use-case-usage")).toBe(false);
  expect(app.headers.has("retry-after")).toBe(false);
});

test.each([
  ["GET", `/${WABA}`, "waba"],
  ["GET", `/${WABA}/phone_numbers`, "waba"],
  ["GET", `/${CAKE_SHOP}`, "waba"],
  ["GET", `/${WABA}/subscribed_apps`, "waba"],
  ["POST", `/${WABA}/subscribed_apps`, "waba"],
  ["DELETE", `/${WABA}/subscribed_apps`, "waba"],
  ["POST", `/${WABA}/phone_numbers`, "app"],
  ["POST", `/${CAKE_SHOP}`, "app"],
  ["POST", `/${CAKE_SHOP}/register`, "app"],
  ["POST", `/${ICE_CREAM}/request_code`, "app"],
  ["GET", "/506914307656634/preverified_numbers", "app"],
  ["GET", "/debug_token?input_token=nobody", "app"],
  ["GET", "/404404404", "app"],
  ["GET", `/${CAKE_SHOP}/message_qrdls`, "none"],
])("%s %s counts for: %s", async (method, path, counts) => {
  const graph = await startGraph();
  const reply = await graph.send(method, path);
  const seen = wabaUsage(reply) !== undefined ? "waba" : appUsage(reply) !== undefined ? "app" : "none";
  expect(seen).toBe(counts);
});

test("every call that Meta counts for the account and that is emulated has a row", () => {
  const rows = new Set(ROUTES.map(({ method, template }) => `${method} ${template}`));
  for (const row of ["GET /{WABA}", "GET /{WABA}/phone_numbers", "GET /{PNID}", "GET /{WABA}/subscribed_apps"]) {
    expect(rows).toContain(row);
  }
});

test("a refused call counts like any other; without a token that works there is nobody to count for", async () => {
  const graph = await startGraph({ limits: FEW, tokens: [{ token: "blind", wabas: [] }] });
  expect(wabaUsage(await graph.get(`/${CAKE_SHOP}?fields=nonsense`))?.call_count).toBe(25);
  expect(wabaUsage(await read(graph))?.call_count).toBe(50);
  const nobody = await graph.get(`/${CAKE_SHOP}`, { token: "nobody" });
  expect([wabaUsage(nobody), appUsage(nobody)]).toEqual([undefined, undefined]);
  const blind = await graph.get(`/${CAKE_SHOP}`, { token: "blind" });
  expect([wabaUsage(blind), appUsage(blind)?.call_count]).toEqual([undefined, 34]);
});

test("by default nothing is refused, and the headers still tell the truth up to 100 percent", async () => {
  const graph = await startGraph();
  await deregisterAll(graph);
  const shares: (number | undefined)[] = [];
  for (let call = 1; call <= 203; call++) shares.push(wabaUsage(await read(graph))?.call_count);
  expect([0, 1, 2, 3, 198, 199, 202].map((index) => shares[index])).toEqual([1, 1, 2, 2, 100, 100, 100]);
  const last = await read(graph);
  expect([last.status, wabaUsage(last)?.estimated_time_to_regain_access]).toEqual([200, 0]);
});

test("Meta's own figures: 200 calls an hour before the account has a registered number, 5,000 with one", async () => {
  const graph = await startGraph({ limits: true });
  const limitOf = async () => {
    await read(graph);
    return (graph.emulator.usage().usage as { waba_id?: string; calls_per_hour: number }[])[0]?.calls_per_hour;
  };
  expect(await limitOf()).toBe(5000);
  await deregisterAll(graph);
  expect(await limitOf()).toBe(200);
  expect(await times(199, () => read(graph))).toEqual([...Array(198).fill(200), 80007]);
  await graph.control("PATCH", `phone_numbers/${CAKE_SHOP}`, { platform_type: "CLOUD_API" });
  expect((await read(graph)).status).toBe(200);
});

test("the call after the last is refused with 80007 and HTTP 400, and tells the wait in minutes", async () => {
  const graph = await startGraph({ limits: FEW });
  expect(await times(3, () => read(graph))).toEqual([200, 200, 200]);
  graph.emulator.advanceClock(10 * MINUTE + 1);
  const last = await read(graph);
  expect([last.status, wabaUsage(last)]).toMatchObject([200, { call_count: 100, estimated_time_to_regain_access: 50 }]);
  const refused = await read(graph);
  expect(refused.status).toBe(400);
  expect(refused.body.error).toMatchObject({ code: 80007, type: "OAuthException" });
  expect(refused.headers.get("www-authenticate")).toMatch(/^OAuth "Facebook Platform" "invalid_request" "\(#80007\)/);
  expect(refused.headers.has("retry-after")).toBe(false);
  expect(wabaUsage(refused)).toMatchObject({ call_count: 100, estimated_time_to_regain_access: 50 });
  expect((await write(graph)).status).toBe(200);
});

test("a refused call has no effect", async () => {
  const graph = await startGraph({ limits: FEW });
  await times(3, () => write(graph));
  const before = graph.emulator.state();
  expect((await graph.post(`/${CAKE_SHOP}`, { pin: "654321" })).body.error.code).toBe(4);
  expect(
    (await graph.post(`/${CAKE_SHOP}/register`, { messaging_product: "whatsapp", pin: "1" })).body.error.code,
  ).toBe(4);
  expect(graph.emulator.state()).toEqual(before);
});

test("the app's own limit answers 4 with HTTP 400, marked as transient, and leaves the accounts alone", async () => {
  const graph = await startGraph({ limits: FEW });
  expect(await times(3, () => write(graph))).toEqual([200, 200, 200]);
  const refused = await write(graph);
  expect([refused.status, refused.body.error]).toMatchObject([
    400,
    { code: 4, type: "OAuthException", is_transient: true, message: "(#4) Application request limit reached" },
  ]);
  expect(appUsage(refused)?.call_count).toBe(100);
  expect((await read(graph)).status).toBe(200);
});

test("the hour rolls: access comes back when the oldest calls fall out, not before", async () => {
  const graph = await startGraph({ limits: FEW });
  await times(2, () => read(graph));
  graph.emulator.advanceClock(20 * MINUTE);
  await times(2, () => read(graph));
  graph.emulator.advanceClock(40 * MINUTE - 1);
  const refused = await read(graph);
  expect([refused.body.error.code, wabaUsage(refused)?.estimated_time_to_regain_access]).toEqual([80007, 1]);
  graph.emulator.advanceClock(1);
  const taken = await read(graph);
  // Two of minute 20, the refused one of minute 59, and this one.
  expect([taken.status, wabaUsage(taken)?.call_count]).toEqual([200, 100]);
});

test("calls while throttled prolong the wait", async () => {
  const graph = await startGraph({ limits: FEW });
  await times(4, () => read(graph));
  graph.emulator.advanceClock(30 * MINUTE);
  expect(await times(4, () => read(graph))).toEqual([80007, 80007, 80007, 80007]);
  graph.emulator.advanceClock(30 * MINUTE);
  const refused = await read(graph);
  expect([refused.body.error.code, wabaUsage(refused)?.estimated_time_to_regain_access]).toEqual([80007, 30]);
  graph.emulator.advanceClock(30 * MINUTE);
  expect((await read(graph)).status).toBe(200);
});

test("each app has its own calls on each account", async () => {
  const graph = await startGraph({ wabas: 2, numbers: 2, limits: FEW, tokens: [{ token: "foreign", appId: "4711" }] });
  const get = (waba: string, token: string) => graph.get(`/${waba}`, { token });
  expect(await times(5, () => get("900000", "emulator-token"))).toEqual([200, 200, 200, 200, 80007]);
  expect(await times(5, () => get("900000", "foreign"))).toEqual([200, 200, 200, 200, 80007]);
  expect(wabaUsage(await get("900001", "emulator-token"), "900001")?.call_count).toBe(25);
});

test("every item of a batch counts by itself, and so does every id of a read of several", async () => {
  const graph = await startGraph({ limits: FEW });
  const item = { method: "GET", relative_url: `${CAKE_SHOP}?fields=id` };
  const { body, headers } = await graph.post("/", { batch: Array(3).fill(item) });
  const items = body as unknown as { code: number; headers: { name: string; value: string }[] }[];
  expect(items.map(({ code }) => code)).toEqual([200, 200, 200]);
  const values = items.map((one) => one.headers.find(({ name }) => name === "x-business-use-case-usage")?.value ?? "");
  expect(values.map((value) => JSON.parse(value)[WABA][0].call_count)).toEqual([25, 50, 75]);
  expect(headers.has("x-app-usage")).toBe(false);
  const both = await graph.get(`/?ids=${CAKE_SHOP},${ICE_CREAM}&fields=id`);
  expect([both.status, both.body.error.code, wabaUsage(both)?.call_count]).toEqual([400, 80007, 100]);
});

test("a read of several ids names every account that it counted for", async () => {
  const graph = await startGraph({ wabas: 2, numbers: 2 });
  const reply = await graph.get("/?ids=100000000,100000001&fields=id");
  expect([wabaUsage(reply, "900000"), wabaUsage(reply, "900001")]).toMatchObject([
    { call_count: 1 },
    { call_count: 1 },
  ]);
});

test("a test says how much of an account is used: shown as it is, for an hour, and overtaken by what is counted", async () => {
  const graph = await startGraph({ limits: FEW });
  await times(2, () => read(graph));
  expect((await graph.control("POST", "usage", { wabaId: WABA, percent: 60 })).body.usage).toEqual([
    { app_id: APP, waba_id: WABA, calls: 0, calls_per_hour: 4, percent: 60, estimated_time_to_regain_access: 0 },
  ]);
  const shares: unknown[] = [];
  for (let call = 0; call < 3; call++) shares.push(wabaUsage(await read(graph))?.call_count);
  expect(shares).toEqual([60, 60, 75]);
  graph.emulator.setUsage({ wabaId: WABA, percent: 60 });
  graph.emulator.advanceClock(HOUR - 1);
  expect(wabaUsage(await read(graph))?.call_count).toBe(60);
  graph.emulator.advanceClock(1);
  expect(wabaUsage(await read(graph))?.call_count).toBe(50);
  graph.emulator.setUsage({ wabaId: WABA, percent: 0 });
  expect(wabaUsage(await read(graph))?.call_count).toBe(25);
});

test("100 percent is refused where limits are enforced, for the hour, and only shown where they are not", async () => {
  for (const limits of [true, false]) {
    const graph = await startGraph({ limits });
    graph.emulator.setUsage({ wabaId: WABA, percent: 99 });
    expect((await read(graph)).status).toBe(200);
    graph.emulator.setUsage({ wabaId: WABA, percent: 100 });
    graph.emulator.advanceClock(15 * MINUTE);
    const reply = await read(graph);
    expect(reply.status).toBe(limits ? 400 : 200);
    expect(wabaUsage(reply)).toMatchObject({ call_count: 100, estimated_time_to_regain_access: limits ? 45 : 0 });
    graph.emulator.advanceClock(45 * MINUTE);
    expect((await read(graph)).status).toBe(200);
  }
});

test.each([false, true])(
  "a test throttles for some minutes, with limits: %j; asking on does not prolong it",
  async (limits) => {
    const graph = await startGraph({ limits });
    graph.emulator.setUsage({ wabaId: WABA, regainMinutes: 7 });
    const waits: unknown[] = [];
    for (const step of [0, 1, 6 * MINUTE - 1, 59]) {
      graph.emulator.advanceClock(step);
      const reply = await read(graph);
      expect(reply.body.error.code).toBe(80007);
      waits.push(wabaUsage(reply)?.estimated_time_to_regain_access);
    }
    expect(waits).toEqual([7, 7, 1, 1]);
    expect(wabaUsage(await read(graph))?.call_count).toBe(100);
    graph.emulator.advanceClock(1);
    const after = await read(graph);
    expect([after.status, wabaUsage(after)?.call_count]).toEqual([200, 1]);
    graph.emulator.setUsage({ wabaId: WABA, percent: 80, regainMinutes: 1 });
    const reply = await read(graph);
    expect([reply.status, wabaUsage(reply)?.call_count]).toEqual([400, 80]);
  },
);

test("a test throttles an app, its own or another, without touching accounts", async () => {
  const graph = await startGraph({ tokens: [{ token: "foreign", appId: "4711" }] });
  const foreign = () => graph.post(`/${CAKE_SHOP}`, { pin: "123456" }, { token: "foreign" });
  await graph.control("POST", "usage", { appId: "4711", regainMinutes: 1 });
  expect((await foreign()).body.error.code).toBe(4);
  expect((await write(graph)).status).toBe(200);
  await graph.control("POST", "usage", { regainMinutes: 1 });
  expect((await write(graph)).body.error.code).toBe(4);
  expect((await read(graph)).status).toBe(200);
  graph.emulator.advanceClock(MINUTE);
  expect([(await foreign()).status, (await write(graph)).status]).toEqual([200, 200]);
});

test.each([
  [{}, 400],
  [{ wabaId: WABA }, 400],
  [{ percent: 101 }, 400],
  [{ percent: 0.5 }, 400],
  [{ percent: -1 }, 400],
  [{ regainMinutes: 0 }, 400],
  [{ percent: 1, colour: "red" }, 400],
  [{ percent: 1, appId: "mine" }, 400],
  [{ wabaId: "404", percent: 1 }, 404],
])("the usage %j is refused with %d and sets nothing", async (order, status) => {
  const graph = await startGraph();
  expect((await graph.control("POST", "usage", order)).status).toBe(status);
  expect((await graph.control("GET", "usage")).body).toEqual({ enforced: false, usage: [] });
});

test("when the minutes that a test sets are over, what was counted meanwhile goes on to block", async () => {
  const graph = await startGraph({ limits: FEW });
  graph.emulator.setUsage({ wabaId: WABA, regainMinutes: 1 });
  await times(5, () => read(graph));
  graph.emulator.advanceClock(MINUTE);
  const reply = await read(graph);
  expect([reply.status, wabaUsage(reply)?.estimated_time_to_regain_access]).toEqual([400, 59]);
});

test("an account that loses its last registered number has the small limit again", async () => {
  const graph = await startGraph({ numbers: 2, wabas: 1, limits: FEW });
  const limit = () => (graph.emulator.usage().usage as readonly { calls_per_hour: number }[])[0]?.calls_per_hour;
  await graph.get("/900000");
  graph.emulator.deleteNumber("100000000");
  expect(limit()).toBe(4);
  graph.emulator.deleteNumber("100000001");
  expect(limit()).toBe(2);
});

test("reset forgets what was counted and set; control calls are not counted", async () => {
  const graph = await startGraph({ limits: FEW });
  await times(5, () => read(graph));
  graph.emulator.setUsage({ regainMinutes: 7 });
  await graph.control("GET", "state");
  graph.emulator.reset();
  expect(graph.emulator.usage()).toEqual({ enforced: true, usage: [] });
  expect(wabaUsage(await read(graph))?.call_count).toBe(25);
});

test("figures that make no limit are refused at the start", async () => {
  await expect(startGraph({ limits: { wabaCallsPerHour: 0 } })).rejects.toThrow("limits");
  await expect(startGraph({ limits: { perHour: 1 } as object })).rejects.toThrow("limits");
});

test("the count of an hour equals that of a list of all calls, whatever the gaps", () => {
  const minute = 60_000;
  let seed = 7;
  const draw = (below: number) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
  const count = new HourCount();
  const calls: number[] = [];
  let now = START + 12_345;
  for (let step = 0; step < 3000; step++) {
    now += draw(10) === 0 ? draw(200 * minute) : draw(3 * minute);
    const living = () => calls.filter((call) => Math.floor(call / minute) > Math.floor(now / minute) - 60);
    expect(count.total(now)).toBe(living().length);
    const limit = 1 + draw(20);
    const wait = count.untilBelow(limit, now);
    const fallsBelow = living().length < limit ? undefined : living().at(-limit);
    expect(wait).toBe(fallsBelow === undefined ? 0 : (Math.floor(fallsBelow / minute) + 60) * minute - now);
    count.add(now);
    calls.push(now);
  }
});

test("a clock that goes back takes nothing away", () => {
  const count = new HourCount();
  count.add(START);
  count.add(START - 3_600_000);
  expect(count.total(START - 7_200_000)).toBe(2);
  expect(count.total(START)).toBe(2);
});
