import { expect, test } from "vitest";
import {
  CursorError,
  type GraphError,
  NotFoundError,
  PermissionError,
  type Reason,
  ThrottledError,
} from "../../../provider/graph/errors.ts";
import type { PhoneNumbers } from "../../../provider/graph/phone-numbers.ts";
import { Reader, type ReadStrategy } from "../../../provider/graph/reader.ts";
import type { PhoneNumberNode } from "../../../provider/schemas/graph.ts";

const PAGE = 100;
const WABA = "102";

type Refusal = new (...args: ConstructorParameters<typeof GraphError>) => GraphError;

function refusal(kind: Refusal): GraphError {
  const answer = {
    httpStatus: 400,
    code: 1,
    subcode: undefined,
    said: "no",
    fbtraceId: "A",
    isTransient: false,
    tokenSource: "",
  };
  const reason: Reason = { code: 1, meaning: "", remedy: "", retry: "never", class: kind, page: "" };
  return new kind({ what: "read", on: "it" }, answer, reason);
}

/** An account with so many numbers 1, 2, …, and what it was asked. */
function account(size: number) {
  const rows: PhoneNumberNode[] = Array.from({ length: size }, (_, index) => ({ id: String(index + 1) }));
  const calls: string[] = [];
  const failures: (GraphError | undefined)[] = [];
  const gates: Promise<unknown>[] = [];
  const api = {
    introduce: () => undefined,
    get: async (id: string) => {
      calls.push(`get ${id}`);
      const row = rows.find((candidate) => candidate.id === id);
      if (row === undefined) throw refusal(NotFoundError);
      return row;
    },
    page: async (wabaId: string, after: string | undefined) => {
      calls.push(`page ${wabaId} ${after ?? 0}`);
      const start = Number(after ?? 0);
      const numbers = rows.slice(start, start + PAGE);
      const next = start + PAGE < rows.length ? String(start + PAGE) : undefined;
      await gates.shift();
      const failure = failures.shift();
      if (failure !== undefined) throw failure;
      return { numbers, next };
    },
  } as unknown as PhoneNumbers;
  return { api, rows, calls, failures, gates };
}

function start(strategy: ReadStrategy = "list") {
  let now = 0;
  const reader = new Reader({ strategy, elapsed: () => now });
  const pass = (ms: number) => {
    now += ms;
  };
  return { reader, pass };
}

const ids = (count: number) => Array.from({ length: count }, (_, index) => String(index + 1));

test("a hundred numbers of one account are one call, eight at a time or one after the other", async () => {
  for (const width of [1, 8]) {
    const { reader } = start();
    const { api, calls } = account(PAGE);
    const open = ids(PAGE);
    await Promise.all(
      Array.from({ length: width }, async () => {
        for (let id = open.shift(); id !== undefined; id = open.shift()) {
          expect((await reader.get(api, WABA, id)).id).toBe(id);
        }
      }),
    );
    expect(calls).toEqual([`page ${WABA} 0`]);
  }
});

test("accounts are read apart", async () => {
  const { reader } = start();
  const [one, two] = [account(3), account(3)];
  await reader.get(one.api, "1", "1");
  await reader.get(two.api, "2", "1");
  expect([one.calls, two.calls]).toEqual([["page 1 0"], ["page 2 0"]]);
});

test("strategy get, an unknown account: by id, one call each", async () => {
  const { api, calls } = account(3);
  const { reader } = start("get");
  await reader.get(api, WABA, "1");
  await start().reader.get(api, undefined, "2");
  expect(calls).toEqual(["get 1", "get 2"]);
});

test.each([1, 3, 10])("of a thousand numbers %i are managed: no more calls than those and a page", async (managed) => {
  const { reader } = start();
  const { api, calls, rows } = account(1000);
  for (const { id } of rows.slice(-managed)) await reader.get(api, WABA, id);
  expect(calls.length).toBeLessThanOrEqual(managed + 1);
});

test("of a thousand numbers all are managed: ten pages in their order, and far fewer calls than numbers in another", async () => {
  const { reader } = start();
  const { api, calls, rows } = account(1000);
  for (const { id } of rows) await reader.get(api, WABA, id);
  expect(calls).toHaveLength(10);
  const mixed = account(1000);
  const shared = start().reader;
  for (let index = 0; index < 1000; index += 1) await shared.get(mixed.api, WABA, String(((index * 617) % 1000) + 1));
  expect(mixed.calls.length).toBeLessThan(80);
});

test.each([
  [1, 100],
  [8, 40],
])("a thousand numbers in the reverse order, %i at a time: %i calls", async (width, count) => {
  const { reader } = start();
  const { api, calls } = account(1000);
  const open = ids(1000).toReversed().values();
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (const id of open) await reader.get(api, WABA, id);
    }),
  );
  expect(calls.length).toBe(count);
});

test("at no time are there more calls than numbers asked for, the first page and a tenth apart", async () => {
  const { reader } = start();
  const { api, calls } = account(1000);
  for (let asked = 1; asked <= 1000; asked += 1) {
    await reader.get(api, WABA, String(((asked * 617) % 1000) + 1));
    expect(calls.length).toBeLessThanOrEqual(asked + 1 + Math.floor(asked / 10));
  }
});

test("of ten thousand numbers a hundred are managed, all over the account: a tenth more calls than those at most", async () => {
  const { reader } = start();
  const { api, calls, rows } = account(10_000);
  const managed = rows.filter((_, index) => index % 100 === 99).toReversed();
  for (const { id } of managed) await reader.get(api, WABA, id);
  expect(managed).toHaveLength(100);
  expect(calls.length).toBeLessThanOrEqual(111);
});

test("a number that the list lacks is asked by its id before it is called gone", async () => {
  const { reader } = start();
  const { api, calls } = account(2);
  await expect(reader.get(api, WABA, "99")).rejects.toThrow(NotFoundError);
  expect(calls).toEqual([`page ${WABA} 0`, "get 99"]);
});

test("after our own write a number is asked by its id, the others are not", async () => {
  const { reader } = start();
  const { api, calls } = account(2);
  await reader.get(api, WABA, "1");
  reader.written("1");
  await reader.get(api, WABA, "1");
  await reader.get(api, WABA, "2");
  expect(calls).toEqual([`page ${WABA} 0`, "get 1"]);
});

test("a page that was on its way while we wrote is not believed about that number", async () => {
  const { reader } = start();
  const { api, calls, gates } = account(2);
  let open: () => void = () => undefined;
  gates.push(new Promise<void>((resolve) => (open = resolve)));
  const reading = reader.get(api, WABA, "1");
  reader.written("1");
  open();
  await reading;
  expect(calls).toEqual([`page ${WABA} 0`, "get 1"]);
});

test.each([
  ["a missing permission", PermissionError],
  ["an account that the token does not see", NotFoundError],
] as const)("%s on the list: by id, and the list is not asked again", async (_what, kind) => {
  const { reader } = start();
  const { api, calls, failures } = account(2);
  failures.push(refusal(kind));
  await reader.get(api, WABA, "1");
  await reader.get(api, WABA, "2");
  expect(calls).toEqual([`page ${WABA} 0`, "get 1", "get 2"]);
});

test("an error is not kept: the next number reads the page again, and another tenant never saw it", async () => {
  const { reader } = start();
  const [sick, well] = [account(2), account(2)];
  sick.failures.push(refusal(ThrottledError));
  await expect(reader.get(sick.api, "1", "1")).rejects.toThrow(ThrottledError);
  await reader.get(well.api, "2", "1");
  await reader.get(sick.api, "1", "1");
  expect(sick.calls).toEqual(["page 1 0", "page 1 0"]);
});

test("throttled in the middle of a list: what was read stays, and the list goes on from there", async () => {
  const { reader } = start();
  const { api, calls, failures } = account(250);
  failures.push(undefined, refusal(ThrottledError));
  await expect(reader.all(api, WABA)).rejects.toThrow(ThrottledError);
  expect(await reader.all(api, WABA)).toHaveLength(250);
  expect(calls).toEqual(["page 102 0", "page 102 100", "page 102 100", "page 102 200"]);
});

test("a number that is gone when the list is read from its beginning again is not in it", async () => {
  const { reader } = start();
  const { api, rows, failures } = account(PAGE + 2);
  failures.push(undefined, refusal(CursorError));
  const page = api.page.bind(api);
  const late = Object.assign(api, {
    page: (wabaId: string, after: string | undefined) => {
      if (after !== undefined && rows.length > PAGE + 1) rows.shift();
      return page(wabaId, after);
    },
  });
  const all = await reader.all(late, WABA);
  expect(all.map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
});

test("a cursor that Graph takes no more: once more from the beginning, and no number twice", async () => {
  const { reader } = start();
  const { api, calls, failures } = account(150);
  failures.push(undefined, refusal(CursorError));
  expect(await reader.all(api, WABA)).toHaveLength(150);
  expect(calls).toEqual(["page 102 0", "page 102 100", "page 102 0", "page 102 100"]);
});

test("a cursor that Graph never takes is an error, and no circle", async () => {
  const { reader } = start();
  const { api, calls, failures } = account(150);
  failures.push(undefined, refusal(CursorError), undefined, refusal(CursorError));
  await expect(reader.all(api, WABA)).rejects.toThrow(CursorError);
  expect(calls).toHaveLength(4);
});

test("cursors that lead in a circle are an error, and no number twice", async () => {
  const { reader } = start();
  const { api, calls } = account(300);
  const page = api.page.bind(api);
  const circling = Object.assign(api, {
    page: async (wabaId: string, after: string | undefined) => {
      const { numbers, next } = await page(wabaId, after);
      return { numbers, next: next === "200" ? "100" : next };
    },
  });
  await expect(reader.all(circling, WABA)).rejects.toThrow("a list of pages without an end");
  expect(calls).toHaveLength(2);
});

test("a number that we added stands in the pages that were read, and is asked by its id", async () => {
  const { reader } = start();
  const { api, rows, calls } = account(2);
  await reader.all(api, WABA);
  rows.push({ id: "3" });
  reader.added(WABA, { id: "3", display_phone_number: "+16315553333" });
  expect((await reader.all(api, WABA)).map(({ id }) => id)).toEqual(["1", "2", "3"]);
  expect(reader.isWritten("3")).toBe(true);
  await reader.get(api, WABA, "3");
  expect(calls).toEqual([`page ${WABA} 0`, "get 3"]);
});

test("an exactly full last page ends the list; a row that comes on two pages stands in it once", async () => {
  const { reader } = start();
  const full = account(PAGE);
  expect(await reader.all(full.api, WABA)).toHaveLength(PAGE);
  expect(full.calls).toHaveLength(1);
  const moving = account(150);
  moving.rows[120] = { id: "7" };
  expect(await start().reader.all(moving.api, WABA)).toHaveLength(149);
});

test("a list that was read serves single numbers, and the other way round", async () => {
  const { reader } = start();
  const { api, calls } = account(50);
  await reader.all(api, WABA);
  await reader.get(api, WABA, "9");
  await reader.all(api, WABA);
  expect(calls).toHaveLength(1);
});

test("pages live five minutes, and end when the account may have got a number that we do not know", async () => {
  const { reader, pass } = start();
  const { api, calls } = account(2);
  await reader.get(api, WABA, "1");
  pass(299_999);
  await reader.get(api, WABA, "1");
  expect(calls).toHaveLength(1);
  pass(1);
  await reader.get(api, WABA, "1");
  expect(calls).toHaveLength(2);
  reader.changed(WABA);
  await reader.all(api, WABA);
  expect(calls).toHaveLength(3);
});
