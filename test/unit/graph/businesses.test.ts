import { expect, test } from "vitest";
import { firstOwnedAccounts, ownedAccounts } from "../../../provider/graph/businesses.ts";
import { GraphClient } from "../../../provider/graph/client.ts";
import { PreVerifiedNumbers } from "../../../provider/graph/pre-verified-numbers.ts";

function clientOf(pages: readonly object[]) {
  const asked: string[] = [];
  const credential = { accessToken: "t", appSecret: undefined, source: "a test" };
  const transport = {
    close: async () => undefined,
    send: async ({ url }: { url: URL }) => {
      const body = JSON.stringify(pages[Math.min(asked.length, pages.length - 1)]);
      asked.push(url.searchParams.get("after") ?? "first");
      return { status: 200, headers: {}, body };
    },
  };
  return { asked, client: new GraphClient({ baseUrl: "http://x", apiVersion: "v25.0", credential, transport }) };
}

test("all pages are read, each account once", async () => {
  const { client, asked } = clientOf([
    { data: [{ id: "1" }, { id: "2" }], paging: { cursors: { after: "A" }, next: "http://x" } },
    { data: [{ id: "2" }, { id: "3" }], paging: { cursors: { after: "B" } } },
  ]);
  expect(await ownedAccounts(client, "9")).toEqual(["1", "2", "3"]);
  expect(asked).toEqual(["first", "A"]);
});

test("a cursor that leads in a circle is an error: accounts may be missing", async () => {
  const { client, asked } = clientOf([{ data: [{ id: "1" }], paging: { cursors: { after: "A" }, next: "http://x" } }]);
  await expect(ownedAccounts(client, "9")).rejects.toThrow("list the accounts");
  expect(asked).toEqual(["first", "A"]);
});

test("the first page alone says whether it is all", async () => {
  const last = { data: [{ id: "1" }], paging: { cursors: { after: "A" } } };
  expect(await firstOwnedAccounts(clientOf([last]).client, "9")).toEqual({ ids: ["1"], isAll: true });
  const { client, asked } = clientOf([{ ...last, paging: { ...last.paging, next: "http://x" } }]);
  expect(await firstOwnedAccounts(client, "9")).toEqual({ ids: ["1"], isAll: false });
  expect(asked).toEqual(["first"]);
});

test("who claimed a number is found where Graph does not narrow the list, also on a later page", async () => {
  const { client, asked } = clientOf([
    { data: [{ id: "1", display_phone_number: "+1 555" }], paging: { cursors: { after: "A" }, next: "http://x" } },
    { data: [{ id: "2", display_phone_number: "+1 555-078-3881" }] },
  ]);
  expect(await new PreVerifiedNumbers(client).claimedOn("8", "+15550783881")).toBe("2");
  expect(asked).toEqual(["first", "A"]);
});
