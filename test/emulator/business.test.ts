import { expect, test } from "vitest";
import { pathOf, type Reply, startGraph, WABA } from "./emulator-client.ts";

const BUSINESS = "506914307656634";
const owned = `/${BUSINESS}/owned_whatsapp_business_accounts`;
const refusal = ({ status, body }: Reply) => [status, body.error.code, body.error.error_subcode];
const ids = ({ body }: Reply) => body.data.map((row) => row.id);

test("a business shows its name, and how its verification stands", async () => {
  const graph = await startGraph();
  expect((await graph.get(`/${BUSINESS}`)).body).toEqual({ name: "Lucky Shrub", id: BUSINESS });
  const status = async () => (await graph.get(`/${BUSINESS}?fields=verification_status`)).body.verification_status;
  expect(await status()).toBe("verified");
  const patch = { name: "Lucky Bush", verification_status: "not_verified", max_phone_numbers: 2 };
  expect((await graph.control("PATCH", `businesses/${BUSINESS}`, patch)).body).toMatchObject(patch);
  expect(await status()).toBe("not_verified");
  await graph.control("PATCH", `businesses/${BUSINESS}`, { verification_status: null });
  expect(await status()).toBe("verified");
  expect((await graph.get(`/${BUSINESS}?fields=colour`)).body.error.code).toBe(100);
  expect((await graph.get(`/${BUSINESS}?fields=timezone_id`)).status).toBe(501);
});

test("its accounts come by id, a page at a time", async () => {
  const graph = await startGraph({ numbers: 0, wabas: 12 });
  const first = await graph.get(`${owned}?limit=5&fields=name`);
  expect(first.body.data[0]).toEqual({ name: "Account 0", id: "900000" });
  const second = await graph.get(pathOf(first.body.paging.next));
  const third = await graph.get(pathOf(second.body.paging.next));
  expect([first, second, third].map((page) => page.body.data.length)).toEqual([5, 5, 2]);
  expect([first, second, third].flatMap(ids)).toEqual(
    Array.from({ length: 12 }, (_, index) => String(900_000 + index)),
  );
  expect(third.body.paging.next).toBeUndefined();
  expect(ids(await graph.get(pathOf(third.body.paging.previous)))).toEqual(ids(second));
});

test("a shorter id comes before a longer one", async () => {
  const graph = await startGraph({ seed: { wabas: ["1000", "999"].map((id) => ({ id })) } });
  expect(ids(await graph.get(owned))).toEqual(["999", "1000"]);
});

test("a token lists the accounts that it sees", async () => {
  const graph = await startGraph({ numbers: 0, wabas: 3, tokens: [{ token: "two", wabas: ["900000", "900002"] }] });
  expect(ids(await graph.get(owned, { token: "two" }))).toEqual(["900000", "900002"]);
  await graph.control("POST", "tokens", { token: "none", wabas: [] });
  expect(refusal(await graph.get(owned, { token: "none" }))).toEqual([400, 100, 33]);
});

test("the accounts of clients, and filters, are not emulated", async () => {
  const graph = await startGraph();
  expect((await graph.get(`/${BUSINESS}/client_whatsapp_business_accounts`)).status).toBe(501);
  expect((await graph.get(`${owned}?business_type=SMB`)).status).toBe(501);
  expect((await graph.get(owned)).status).toBe(200);
});

test.each([
  [`wabas/${WABA}`, { has_payment_method: "no" }, 400],
  [`wabas/${WABA}`, { business_id: "1" }, 400],
  [`wabas/${WABA}`, { colour: "blue" }, 400],
  ["wabas/1", { name: "x" }, 404],
  [`businesses/${BUSINESS}`, { max_phone_numbers: -1 }, 400],
  ["businesses/1", { name: "x" }, 404],
])("PATCH %s with %j is refused", async (path, patch, status) => {
  const graph = await startGraph();
  const before = graph.emulator.state();
  const reply = await graph.control("PATCH", path, patch);
  expect(reply.status).toBe(status);
  expect(reply.body.error).toBeTypeOf("string");
  expect(graph.emulator.state()).toEqual(before);
});
