import { expect, test } from "vitest";
import { ownedAccounts } from "../../../provider/graph/businesses.ts";
import { GraphClient } from "../../../provider/graph/client.ts";

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

test("a cursor that leads in a circle ends", async () => {
  const { client, asked } = clientOf([{ data: [{ id: "1" }], paging: { cursors: { after: "A" }, next: "http://x" } }]);
  expect(await ownedAccounts(client, "9")).toEqual(["1"]);
  expect(asked).toHaveLength(100);
});
