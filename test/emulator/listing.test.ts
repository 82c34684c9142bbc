import { expect, test } from "vitest";
import {
  type Body,
  CAKE_SHOP,
  fetchReply,
  ICE_CREAM,
  pathOf,
  rawExchange,
  SANDBOX,
  START,
  startGraph,
  WABA,
} from "./emulator-client.ts";

const list = `/v25.0/${WABA}/phone_numbers`;
const ids = (body: Pick<Body, "data">) => body.data.map((row) => row.id);

test("a row has the default fields in order, id last, and leaves out what is unset", async () => {
  const graph = await startGraph();
  const { status, body } = await graph.get(list);
  expect(status).toBe(200);
  expect(Object.keys(body.data[0] ?? {})).toEqual([
    "verified_name",
    "code_verification_status",
    "display_phone_number",
    "quality_rating",
    "platform_type",
    "throughput",
    "id",
  ]);
  expect(Object.keys(body.paging)).toEqual(["cursors"]);
  graph.emulator.patchNumber(CAKE_SHOP, { webhook_configuration: { application: "https://app.example/hook" } });
  expect((await graph.get(list)).body.data[0]?.webhook_configuration).toEqual({
    application: "https://app.example/hook",
  });
});

test("asked fields come in the order asked, nested ones too, and id though not asked", async () => {
  const graph = await startGraph();
  const { body } = await graph.get(`${list}?fields=status,throughput{level},name_status`);
  expect(JSON.stringify(body.data[0])).toBe(
    `{"status":"CONNECTED","throughput":{"level":"STANDARD"},"name_status":"APPROVED","id":"${CAKE_SHOP}"}`,
  );
});

test("one unknown field fails the whole call", async () => {
  const graph = await startGraph();
  const { status, body } = await graph.get(`${list}?fields=id,colour`);
  expect(status).toBe(400);
  expect(body.error).toMatchObject({ code: 100, type: "OAuthException" });
  expect(body.error.message).toContain("(#100) Tried accessing nonexisting field (colour)");
});

test("filters by account mode", async () => {
  const graph = await startGraph();
  const by = (value: string) =>
    encodeURIComponent(JSON.stringify([{ field: "account_mode", operator: "EQUAL", value }]));
  expect(ids((await graph.get(`${list}?filtering=${by("SANDBOX")}`)).body)).toEqual([SANDBOX]);
  expect(ids((await graph.get(`${list}?filtering=${by("LIVE")}`)).body)).toEqual([CAKE_SHOP, ICE_CREAM]);
  expect((await graph.get(`${list}?filtering=${by("TRIAL")}`)).body.error.code).toBe(100);
  expect((await graph.get(`${list}?filtering=nonsense`)).body.error.code).toBe(100);
});

test("filters by the badge and by the messaging limit, by several at once, and by nothing else", async () => {
  const graph = await startGraph();
  graph.emulator.patchNumber(CAKE_SHOP, { official_business_account: { oba_status: "APPROVED" } });
  graph.emulator.patchNumber(ICE_CREAM, { whatsapp_business_manager_messaging_limit: "TIER_2K" });
  const by = async (...filters: [field: string, value: unknown, operator?: string][]) => {
    const filtering = filters.map(([field, value, operator = "EQUAL"]) => ({ field, operator, value }));
    return (await graph.get(`${list}?fields=id&filtering=${encodeURIComponent(JSON.stringify(filtering))}`)).body;
  };
  for (const value of [true, "true"]) {
    expect(ids(await by(["is_official_business_account", value]))).toEqual([CAKE_SHOP]);
  }
  const plain = ["is_official_business_account", false] as [string, unknown];
  expect(ids(await by(plain)).toSorted()).toEqual([ICE_CREAM, SANDBOX].toSorted());
  expect(ids(await by(["messaging_limit_tier", "TIER_2K"]))).toEqual([ICE_CREAM]);
  expect(ids(await by(plain, ["account_mode", "SANDBOX"]))).toEqual([SANDBOX]);
  for (const bad of [
    ["is_official_business_account", "maybe"],
    ["is_official_business_account", true, "NOT_EQUAL"],
    ["messaging_limit_tier", 2000],
    ["status", "CONNECTED"],
    ["constructor", "x"],
  ] as [string, unknown, string?][]) {
    expect((await by(bad)).error).toMatchObject({ code: 100 });
  }
});

test("narrows by the digits of a phone number, however they are written", async () => {
  const graph = await startGraph();
  for (const digits of ["16315552222", "%2B1%20631-555-2222"]) {
    expect(ids((await graph.get(`${list}?display_phone_number=${digits}`)).body)).toEqual([ICE_CREAM]);
  }
  expect((await graph.get(`${list}?display_phone_number=16315559999`)).body).toEqual({ data: [] });
});

test("sorts by last onboarding, latest first unless asked otherwise, in both spellings", async () => {
  const graph = await startGraph();
  graph.emulator.patchNumber(SANDBOX, { last_onboarded_time: "2025-01-01T00:00:00+0000" });
  const latestFirst = [SANDBOX, CAKE_SHOP, ICE_CREAM];
  const sorted = async (sort: string) => ids((await graph.get(`${list}?sort=${encodeURIComponent(sort)}`)).body);
  expect(ids((await graph.get(list)).body)).toEqual(latestFirst);
  expect(await sorted("last_onboarded_time.desc")).toEqual(latestFirst);
  expect(await sorted("last_onboarded_time.asc")).toEqual(latestFirst.toReversed());
  expect(await sorted("['last_onboarded_time_ascending']")).toEqual(latestFirst.toReversed());
  expect(await sorted('["last_onboarded_time_descending"]')).toEqual(latestFirst);
  expect((await graph.get(`${list}?sort=colour`)).body.error.code).toBe(100);
});

test("pages of any size give every number once, with next on all pages but the last", async () => {
  const graph = await startGraph({ numbers: 53, wabas: 1 });
  for (const limit of [1, 7, 25, 53, 100]) {
    const seen: string[] = [];
    let pages = 0;
    let next: string | undefined = `${graph.emulator.url}/900000/phone_numbers?fields=id&limit=${limit}`;
    while (next !== undefined) {
      const { body } = await fetchReply(next, { headers: { authorization: "Bearer emulator-token" } });
      seen.push(...ids(body));
      pages += 1;
      next = body.paging.next;
    }
    expect(new Set(seen).size).toBe(53);
    expect(seen.length).toBe(53);
    expect(pages).toBe(Math.ceil(53 / limit));
  }
});

test("the default page has 25 rows and the greatest 100", async () => {
  const graph = await startGraph({ numbers: 150, wabas: 1 });
  expect((await graph.get("/900000/phone_numbers")).body.data.length).toBe(25);
  expect((await graph.get("/900000/phone_numbers?limit=5000")).body.data.length).toBe(100);
  for (const limit of ["0", "-1", "many"]) {
    expect((await graph.get(`/900000/phone_numbers?limit=${limit}`)).body.error.code).toBe(100);
  }
});

test("previous leads back over the same rows", async () => {
  const graph = await startGraph({ numbers: 10, wabas: 1 });
  const first = await graph.get("/900000/phone_numbers?fields=id&limit=4");
  expect(first.body.paging.previous).toBeUndefined();
  const second = await graph.get(pathOf(first.body.paging.next));
  const back = await graph.get(pathOf(second.body.paging.previous));
  expect(back.body.data).toEqual(first.body.data);
  expect(back.body.paging.previous).toBeUndefined();
  expect(back.body.paging.next).toBe(first.body.paging.next);
});

test("next is absolute on the host that was asked and carries all that was asked, the query token too", async () => {
  const graph = await startGraph({ numbers: 5, wabas: 1 });
  const path = "/v24.0/900000/phone_numbers?access_token=emulator-token&fields=id,status&limit=2";
  const raw = await rawExchange(
    graph.emulator.port,
    `GET ${path} HTTP/1.1\r\nHost: graph.test:8080\r\nConnection: close\r\n\r\n`,
  );
  const next = new URL(JSON.parse(raw.split("\r\n\r\n")[1] ?? "").paging.next);
  expect(next.origin).toBe("http://graph.test:8080");
  expect(next.pathname).toBe("/v24.0/900000/phone_numbers");
  expect(next.searchParams.get("access_token")).toBe("emulator-token");
  expect(next.searchParams.get("fields")).toBe("id,status");
  expect(next.searchParams.get("limit")).toBe("2");
  const byHeader = await graph.get("/900000/phone_numbers?limit=2");
  expect(byHeader.body.paging.next).not.toContain("access_token");
});

test("a cursor goes on where its row was, also after the row is gone", async () => {
  const graph = await startGraph({ numbers: 5, wabas: 1 });
  const first = await graph.get("/900000/phone_numbers?fields=id&limit=2");
  graph.emulator.deleteNumber("100000001");
  const second = await graph.get(pathOf(first.body.paging.next));
  expect(ids(second.body)).toEqual(["100000002", "100000003"]);
});

test("after wins over before when both come", async () => {
  const graph = await startGraph({ numbers: 6, wabas: 1 });
  const cursor = async (id: number) => {
    const { body } = await graph.get(`/900000/phone_numbers?limit=${id + 1}`);
    return (body.paging as { cursors?: { after: string } }).cursors?.after;
  };
  const { body } = await graph.get(`/900000/phone_numbers?limit=2&before=${await cursor(1)}&after=${await cursor(2)}`);
  expect(ids(body)).toEqual(["100000003", "100000004"]);
});

test("next and previous lead to rows that are there, whatever became of those they were made from", async () => {
  const graph = await startGraph({ numbers: 4, wabas: 1 });
  const live = encodeURIComponent('[{"field":"account_mode","operator":"EQUAL","value":"LIVE"}]');
  const first = await graph.get(`/900000/phone_numbers?fields=id&limit=2&filtering=${live}`);
  const second = await graph.get(pathOf(first.body.paging.next));
  for (const id of ["100000000", "100000001"]) graph.emulator.patchNumber(id, { account_mode: "SANDBOX" });
  const withoutFirst = await graph.get(pathOf(first.body.paging.next));
  expect(ids(withoutFirst.body)).toEqual(["100000002", "100000003"]);
  expect(withoutFirst.body.paging.previous).toBeUndefined();
  for (const id of ["100000000", "100000001"]) graph.emulator.patchNumber(id, { account_mode: "LIVE" });
  for (const id of ["100000002", "100000003"]) graph.emulator.deleteNumber(id);
  const withoutSecond = await graph.get(pathOf(second.body.paging.previous));
  expect(ids(withoutSecond.body)).toEqual(["100000000", "100000001"]);
  expect(withoutSecond.body.paging.next).toBeUndefined();
});

test("a cursor of another order is refused", async () => {
  const graph = await startGraph();
  const { body } = await graph.get(`${list}?limit=1`);
  const after = new URL(body.paging.next ?? "").searchParams.get("after");
  expect((await graph.get(`${list}?sort=creation_time.asc&after=${after}`)).body.error.code).toBe(131059);
});

test("a bad cursor is refused", async () => {
  const graph = await startGraph();
  const { status, body } = await graph.get(`${list}?after=nonsense`);
  expect([status, body.error.code]).toEqual([400, 131059]);
});

test("an account without numbers answers empty data and no paging", async () => {
  const graph = await startGraph({ wabas: 1, numbers: 0 });
  expect((await graph.get("/900000/phone_numbers")).body).toEqual({ data: [] });
});

test("a list follows changes: a number that registers moves to the top, an added one appears", async () => {
  const graph = await startGraph();
  await graph.get(list);
  graph.emulator.patchNumber(ICE_CREAM, { code_verification_status: "VERIFIED" });
  await graph.post(`/${ICE_CREAM}/register`, { messaging_product: "whatsapp", pin: "111111" });
  const { body } = await graph.get(`${list}?fields=last_onboarded_time`);
  expect(body.data[0]).toEqual({
    last_onboarded_time: `${new Date(START).toISOString().slice(0, 19)}+0000`,
    id: ICE_CREAM,
  });
  await graph.post(list, { cc: "1", phone_number: "2125550100", verified_name: "Lucky Shrub" });
  expect((await graph.get(list)).body.data.length).toBe(4);
});
