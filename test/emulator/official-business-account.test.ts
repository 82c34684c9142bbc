import { expect, test } from "vitest";
import { CAKE_SHOP, DAY, type Graph, kept, startGraph } from "./emulator-client.ts";

const path = `/${CAKE_SHOP}/official_business_account`;
const LINKS = ["https://a.example/1", "https://a.example/2", "https://a.example/3", "https://a.example/4"];
const APPLICATION = {
  business_website_url: "https://www.luckyshrub.com",
  primary_country_of_operation: "United States of America",
  primary_language: "English",
};
const decide = (graph: Graph, oba_status: string) =>
  graph.emulator.patchNumber(CAKE_SHOP, { official_business_account: { oba_status } });
const status = async (graph: Graph) => (await graph.get(`${path}?fields=oba_status`)).body.oba_status;

test("nothing is asked for at first", async () => {
  const graph = await startGraph();
  expect((await graph.get(path)).body).toEqual({
    oba_status: "NOT_STARTED",
    status_message: expect.any(String),
    id: CAKE_SHOP,
  });
  const { body } = await graph.get(`/${CAKE_SHOP}?fields=official_business_account,is_official_business_account`);
  expect(body).toEqual({
    official_business_account: { oba_status: "NOT_STARTED" },
    is_official_business_account: false,
    id: CAKE_SHOP,
  });
});

test("success says that the request was made; the badge comes with the approval", async () => {
  const graph = await startGraph();
  const links = [...LINKS, "https://a.example/5"];
  const reply = await graph.post(path, { ...APPLICATION, parent_business_or_brand: "Lucky", supporting_links: links });
  expect(reply.body).toEqual({ success: true });
  expect(await status(graph)).toBe("PENDING");
  const badge = async () =>
    (await graph.get(`/${CAKE_SHOP}?fields=is_official_business_account`)).body.is_official_business_account;
  expect(await badge()).toBe(false);
  decide(graph, "APPROVED");
  expect(await badge()).toBe(true);
});

test.each(["PENDING", "UNDER_REVIEW", "APPROVED", "REJECTED"])(
  "while it is %s another request is refused",
  async (word) => {
    const graph = await startGraph();
    decide(graph, word);
    const before = kept(graph, CAKE_SHOP);
    const reply = await graph.post(path, APPLICATION);
    expect([reply.status, reply.body.error.code]).toEqual([400, 100]);
    expect(kept(graph, CAKE_SHOP)).toEqual(before);
  },
);

test("30 days after a refusal, and not sooner, the badge may be asked for again", async () => {
  const graph = await startGraph();
  await graph.post(path, APPLICATION);
  graph.emulator.advanceClock(5 * DAY);
  decide(graph, "REJECTED");
  graph.emulator.advanceClock(30 * DAY - 1);
  expect((await graph.post(path, APPLICATION)).status).toBe(400);
  graph.emulator.advanceClock(1);
  expect((await graph.post(path, APPLICATION)).status).toBe(200);
  expect(await status(graph)).toBe("PENDING");
});

test.each([
  [{ action: "SUBMIT_APPLICATION" }, "business_website_url"],
  [{ ...APPLICATION, business_website_url: "luckyshrub" }, "business_website_url"],
  [{ ...APPLICATION, primary_country_of_operation: "" }, "primary_country_of_operation"],
  [{ ...APPLICATION, primary_language: undefined }, "primary_language"],
  [{ ...APPLICATION, supporting_links: [...LINKS, ...LINKS.slice(0, 2)] }, "supporting_links"],
  [{ ...APPLICATION, supporting_links: ["nothing"] }, "supporting_links"],
  [{ ...APPLICATION, supporting_links: { a: 1 } }, "supporting_links"],
])("%j is refused with 100 and asks for nothing", async (body, named) => {
  const graph = await startGraph();
  const reply = await graph.post(path, body);
  expect([reply.status, reply.body.error.code]).toEqual([400, 100]);
  expect(reply.body.error.message).toContain(named);
  expect(await status(graph)).toBe("NOT_STARTED");
});

test("a form may repeat the links", async () => {
  const graph = await startGraph();
  const query = new URLSearchParams(APPLICATION);
  for (const link of LINKS) query.append("supporting_links", link);
  expect((await graph.send("POST", `${path}?${query}`)).body).toEqual({ success: true });
});

test("a new name puts an approved badge in review, the same name does not", async () => {
  const graph = await startGraph();
  decide(graph, "APPROVED");
  const register = () => graph.post(`/${CAKE_SHOP}/register`, { messaging_product: "whatsapp", pin: "123456" });
  await register();
  expect(await status(graph)).toBe("APPROVED");
  await graph.post(`/${CAKE_SHOP}`, { new_display_name: "Cake Palace" });
  graph.emulator.reviewName(CAKE_SHOP, "APPROVED");
  expect(await status(graph)).toBe("APPROVED");
  await register();
  expect(await status(graph)).toBe("PENDING");
});
