import { expect, test } from "vitest";
import { type Body, CAKE_SHOP, ICE_CREAM, pathOf, SANDBOX, startGraph, WABA } from "./emulator-client.ts";

const fieldsOf = (fields: string) => `fields=${encodeURIComponent(fields)}`;

test.each([
  ["id,status", { status: "CONNECTED" }],
  ["id;status;platform_type", { status: "CONNECTED", platform_type: "CLOUD_API" }],
  ["id,throughput{level}", { throughput: { level: "STANDARD" } }],
  [" id , throughput { level } , status ", { throughput: { level: "STANDARD" }, status: "CONNECTED" }],
  ['["status","is_pin_enabled"]', { status: "CONNECTED", is_pin_enabled: true }],
  ["status.as(state)", { state: "CONNECTED" }],
  ["status,status.as(again)", { status: "CONNECTED", again: "CONNECTED" }],
  ["throughput{level.as(speed)}", { throughput: { speed: "STANDARD" } }],
  ["throughput.as(t){level}", { t: { level: "STANDARD" } }],
  ["throughput{level}.as(t)", { t: { level: "STANDARD" } }],
  ["id.as(number)", { number: CAKE_SHOP }],
])("fields=%s", async (fields, expected) => {
  const graph = await startGraph();
  const { status, body } = await graph.get(`/${CAKE_SHOP}?${fieldsOf(fields)}`);
  expect(status).toBe(200);
  expect(body).toEqual({ ...expected, id: CAKE_SHOP });
  expect(Object.keys(body).at(-1)).toBe("id");
});

test.each([
  ["colour", 100],
  ["status,colour.as(status)", 2500],
  ["status,status", 2500],
  ["status.as(id)", 2500],
  ["status.as(__proto__)", 2500],
  ["status.as()", 2500],
  ["status.as(a b)", 2500],
  ["status.as(a).as(b)", 2500],
  ["status.as", 2500],
  ["status.as(a", 2500],
  ["status.", 2500],
  ["status.limit(5)", 100],
  ["throughput{level.limit(1)}", 100],
  ["throughput{speed}", 100],
  ["status{level}", 100],
  ["throughput{level{more}}", 100],
  ["throughput{}", 2500],
  ["throughput{level", 2500],
  ["throughput{level}}", 2500],
  ["throughput{level}{level}", 2500],
  ["status,", 2500],
  [",status", 2500],
  ["status status", 2500],
  ["__proto__", 100],
  ["constructor", 100],
  ["throughput{constructor}", 100],
  ["a{b{c{d{e{f}}}}}", 100],
  ["a{b{c{d{e{f{g}}}}}}", 2500],
  ['{"a":1}', 100],
  ["[1]", 100],
])("fields=%s is refused with %i", async (fields, code) => {
  const graph = await startGraph();
  const { status, body } = await graph.get(`/${CAKE_SHOP}?${fieldsOf(fields)}`);
  expect([status, body.error.code]).toEqual([400, code]);
  expect(body.error.message.length).toBeLessThan(300);
});

interface Expanded {
  readonly phone_numbers?: Pick<Body, "data" | "paging"> & { readonly summary?: unknown };
}

test("the numbers come inside the read of their account, as the list has them", async () => {
  const graph = await startGraph();
  const fields = "name,phone_numbers{id,status}";
  const { body } = await graph.get(`/v25.0/${WABA}?${fieldsOf(fields)}`);
  const { phone_numbers } = body as unknown as Expanded;
  const list = await graph.get(`/v25.0/${WABA}/phone_numbers?fields=id,status`);
  expect(body.name).toBe("Lucky Shrub");
  expect(phone_numbers).toEqual(list.body);
  expect(phone_numbers?.data.map(({ id }) => id).sort()).toEqual([CAKE_SHOP, ICE_CREAM, SANDBOX].sort());
  const bare = await graph.get(`/${WABA}?fields=phone_numbers`);
  expect(bare.body.phone_numbers).toEqual((await graph.get(`/${WABA}/phone_numbers`)).body);
});

test("modifiers page, sort and filter the numbers, and next goes on at the list", async () => {
  const graph = await startGraph({ numbers: 5, wabas: 1 });
  const fields = "phone_numbers.limit(2).sort(creation_time.desc).as(numbers){id,throughput{level.as(speed)}}";
  const { body } = await graph.get(`/v25.0/900000?${fieldsOf(fields)}&access_token=emulator-token`, { token: null });
  const { data, paging } = (body as unknown as { numbers: Pick<Body, "data" | "paging"> }).numbers;
  expect(data).toHaveLength(2);
  expect(data[0]).toEqual({ throughput: { speed: "STANDARD" }, id: data[0]?.id });
  const next = new URL(paging.next ?? "");
  expect(next.pathname).toBe("/v25.0/900000/phone_numbers");
  expect(Object.fromEntries(next.searchParams)).toEqual({
    access_token: "emulator-token",
    fields: "id,throughput{level.as(speed)}",
    sort: "creation_time.desc",
    limit: "2",
    after: expect.any(String),
  });
  expect(paging.previous).toBeUndefined();
  // Followed as it is, without a header.
  const second = await graph.get(pathOf(paging.next), { token: null });
  const third = await graph.get(pathOf(second.body.paging.next), { token: null });
  const all = [...data, ...second.body.data, ...third.body.data].map(({ id }) => id);
  expect(new Set(all)).toEqual(new Set(["100000000", "100000001", "100000002", "100000003", "100000004"]));
  expect(third.body.paging.next).toBeUndefined();
  const after = `phone_numbers.limit(2).sort(creation_time.desc).after(${next.searchParams.get("after")}){id}`;
  const inside = (await graph.get(`/900000?${fieldsOf(after)}`)).body as unknown as Expanded;
  expect(inside.phone_numbers?.data.map(({ id }) => id)).toEqual(second.body.data.map(({ id }) => id));
});

test("a filter is JSON in the modifier; an edge without rows is left out", async () => {
  const graph = await startGraph();
  const filter = (mode: string) =>
    `phone_numbers.filtering([{"field":"account_mode","operator":"EQUAL","value":"${mode}"}]){id}`;
  const { body } = await graph.get(`/${WABA}?${fieldsOf(filter("SANDBOX"))}`);
  expect((body as unknown as Expanded).phone_numbers?.data).toEqual([{ id: SANDBOX }]);
  graph.emulator.deleteNumber(SANDBOX);
  expect((await graph.get(`/${WABA}?${fieldsOf(filter("SANDBOX"))}`)).body).toEqual({ id: WABA });
});

test.each([
  ["phone_numbers{colour}", 100],
  ["phone_numbers.limit(0)", 100],
  ["phone_numbers.limit(x)", 100],
  ["phone_numbers.after(nonsense)", 131059],
  ["phone_numbers.filtering([)", 100],
  ["phone_numbers.limit(1).limit(2)", 2500],
  ["phone_numbers.limit(1", 2500],
  ["phone_numbers.limit('(')", 100],
  ['phone_numbers.sort("\\")")', 100],
])("%s is refused with %i as the list refuses it", async (fields, code) => {
  const graph = await startGraph();
  const { status, body } = await graph.get(`/${WABA}?${fieldsOf(fields)}`);
  expect([status, body.error.code]).toEqual([400, code]);
});

test("summary=true tells how many rows the filters let through, on every page", async () => {
  const graph = await startGraph();
  const list = `/${WABA}/phone_numbers?fields=id&limit=1`;
  const first = await graph.get(`${list}&summary=true`);
  expect(first.body.summary).toEqual({ total_count: 3 });
  expect((await graph.get(pathOf(first.body.paging.next))).body.summary).toEqual({ total_count: 3 });
  const live = encodeURIComponent('[{"field":"account_mode","operator":"EQUAL","value":"LIVE"}]');
  expect((await graph.get(`${list}&summary=1&filtering=${live}`)).body.summary).toEqual({ total_count: 2 });
  for (const other of ["", "&summary=false", "&summary=0", "&summary=[]"]) {
    expect((await graph.get(list + other)).body).not.toHaveProperty("summary");
  }
});
