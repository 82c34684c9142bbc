import { expect, test } from "vitest";
import { CAKE_SHOP, fetchReply, type Graph, kept, startGraph } from "./emulator-client.ts";

const path = `/${CAKE_SHOP}/whatsapp_business_profile`;
const FULL = {
  about: "Succulent specialists!",
  address: "1 Hacker Way, Menlo Park, CA 94025",
  description: "We sell plants",
  email: "lucky@luckyshrub.com",
  websites: ["https://www.luckyshrub.com/", "http://shop.luckyshrub.com"],
  vertical: "RETAIL",
};
const update = (graph: Graph, fields: object) => graph.post(path, { messaging_product: "whatsapp", ...fields });
const profile = async (graph: Graph, query = "") => {
  const { body } = await graph.get(`${path}${query}`);
  expect(body.data).toHaveLength(1);
  return body.data[0];
};

test("an empty profile answers messaging_product alone", async () => {
  expect((await (await startGraph()).get(path)).body).toEqual({ data: [{ messaging_product: "whatsapp" }] });
});

test("a profile is read back flat, and messaging_product comes unasked", async () => {
  const graph = await startGraph();
  expect((await update(graph, FULL)).body).toEqual({ success: true });
  expect(await profile(graph)).toEqual({ ...FULL, messaging_product: "whatsapp" });
  expect(await profile(graph, "?fields=about,email")).toEqual({
    about: FULL.about,
    email: FULL.email,
    messaging_product: "whatsapp",
  });
  const unknown = await graph.get(`${path}?fields=about,colour`);
  expect(unknown.body.error.message).toContain("nonexisting field (colour)");
});

test("what is left out stays, and empty values unset", async () => {
  const graph = await startGraph();
  await update(graph, FULL);
  await update(graph, { description: "Plants" });
  expect(await profile(graph)).toEqual({ ...FULL, description: "Plants", messaging_product: "whatsapp" });
  await update(graph, { address: "", description: "", email: "", websites: [] });
  expect(await profile(graph)).toEqual({ about: FULL.about, vertical: "RETAIL", messaging_product: "whatsapp" });
});

test.each([
  [{ about: "a" }, { about: "a".repeat(139) }, { about: "a".repeat(140) }],
  [{ about: "a" }, { about: "🌵".repeat(139) }, { about: "" }],
  [{ about: "a" }, { about: "b" }, { about: "  " }],
  [{ address: "a" }, { address: "a".repeat(256) }, { address: "a".repeat(257) }],
  [{ description: "a" }, { description: "a".repeat(512) }, { description: "a".repeat(513) }],
  [{ email: "a@b.c" }, { email: `${"a".repeat(124)}@b.c` }, { email: `${"a".repeat(125)}@b.c` }],
  [{ email: "a@b.c" }, { email: "a+b@b.co" }, { email: "a@b" }],
  [{ websites: ["https://a.b"] }, { websites: ["https://a.b", "http://c.d"] }, { websites: ["https://a.b", "b", "c"] }],
  [{ websites: ["https://a.b"] }, { websites: ["HTTPS://a.b"] }, { websites: ["a.b"] }],
  [
    { websites: [] },
    { websites: [`https://a.b/${"c".repeat(244)}`] },
    { websites: [`https://a.b/${"c".repeat(245)}`] },
  ],
  [{ websites: [] }, { websites: "https://a.b" }, { websites: [7] }],
  [{ vertical: "" }, { vertical: "OTC_DRUGS" }, { vertical: "" }],
  [{ vertical: "AUTO" }, { vertical: "NOT_A_BIZ" }, { vertical: "PLANTS" }],
])("after %j, %j is taken and %j refused with 100", async (first, taken, refused) => {
  const graph = await startGraph();
  expect((await update(graph, first)).status).toBe(200);
  expect((await update(graph, taken)).status).toBe(200);
  const before = kept(graph, CAKE_SHOP);
  const reply = await update(graph, { address: "elsewhere", ...refused });
  expect([reply.status, reply.body.error.code]).toEqual([400, 100]);
  expect(reply.body.error.message).toContain(Object.keys(refused)[0]);
  expect(kept(graph, CAKE_SHOP)).toEqual(before);
});

test.each([{ about: "a" }, { messaging_product: "sms", about: "a" }])(
  "%j is refused: messaging_product",
  async (body) => {
    const graph = await startGraph();
    const reply = await graph.post(path, body);
    expect([reply.status, reply.body.error.code]).toEqual([400, 100]);
    expect(reply.body.error.message).toContain("messaging_product");
    expect(kept(graph, CAKE_SHOP).profile).toBeUndefined();
  },
);

const SITES = ["https://a.example", "https://b.example"];
const form = (...websites: [name: string, value: string][]) =>
  new URLSearchParams([["messaging_product", "whatsapp"], ...websites]);
const asForm = (name: string) => form(...SITES.map((site): [string, string] => [name, site]));
test.each([
  ["JSON text in a form", "", form(["websites", JSON.stringify(SITES)])],
  ["repeated form values", "", asForm("websites")],
  ["bracketed form values", "", asForm("websites[]")],
  ["the query", `?messaging_product=whatsapp&websites[0]=${SITES[0]}&websites[1]=${SITES[1]}`, undefined],
])("websites may come by %s", async (_way, query, body) => {
  const graph = await startGraph();
  const reply = await fetchReply(`${graph.emulator.url}${path}${query}`, {
    method: "POST",
    headers: { authorization: "Bearer emulator-token" },
    ...(body === undefined ? {} : { body }),
  });
  expect(reply.body).toEqual({ success: true });
  expect(await profile(graph)).toEqual({ websites: SITES, messaging_product: "whatsapp" });
});

test("websites may come by multipart, one by one, and are emptied by empty text", async () => {
  const graph = await startGraph();
  const send = (...sites: string[]) => {
    const body = new FormData();
    body.set("messaging_product", "whatsapp");
    for (const site of sites) body.append("websites", site);
    return fetchReply(graph.emulator.url + path, {
      method: "POST",
      headers: { authorization: "Bearer emulator-token" },
      body,
    });
  };
  expect((await send(...SITES)).status).toBe(200);
  expect(await profile(graph)).toMatchObject({ websites: SITES });
  expect((await send("https://c.example")).status).toBe(200);
  expect(await profile(graph)).toMatchObject({ websites: ["https://c.example"] });
  expect((await send("")).status).toBe(200);
  expect(await profile(graph)).toEqual({ messaging_product: "whatsapp" });
});

/** The handle of an uploaded picture. */
async function uploaded(graph: Graph, text: string): Promise<unknown> {
  const { body } = await graph.post("/app/uploads", { file_length: text.length, file_type: "image/png" });
  const headers = { authorization: "OAuth emulator-token", file_offset: "0" };
  return (await fetchReply(`${graph.emulator.url}/${body.id}`, { method: "POST", headers, body: text })).body.h;
}

test("a picture is set by handle and read as an address that is another one each time", async () => {
  const graph = await startGraph();
  const urlOf = async () => String((await profile(graph, "?fields=profile_picture_url"))?.profile_picture_url);
  await update(graph, { profile_picture_handle: await uploaded(graph, "a picture") });
  const [first, second] = [await urlOf(), await urlOf()];
  expect(first).toMatch(/^https:\/\/pps\.whatsapp\.net\//);
  expect(second).not.toBe(first);
  expect(new URL(second).pathname).toBe(new URL(first).pathname);
  expect(await profile(graph, "?fields=about")).toEqual({ messaging_product: "whatsapp" });
  await update(graph, { profile_picture_handle: await uploaded(graph, "another picture") });
  expect(new URL(await urlOf()).pathname).not.toBe(new URL(first).pathname);
  await update(graph, { profile_picture_handle: "" });
  expect(await profile(graph)).toEqual({ messaging_product: "whatsapp" });
});

test("two emulators with the same seed give the same picture addresses", async () => {
  const answers = await Promise.all(
    [1, 2].map(async () => {
      const graph = await startGraph();
      await update(graph, { profile_picture_handle: await uploaded(graph, "a picture") });
      return (await graph.get(path)).text;
    }),
  );
  expect(answers[0]).toContain("profile_picture_url");
  expect(answers[0]).toBe(answers[1]);
});

test("someone changes the profile in WhatsApp Manager", async () => {
  const graph = await startGraph();
  await update(graph, FULL);
  graph.emulator.patchNumber(CAKE_SHOP, { profile: { about: "Changed" } });
  expect(await profile(graph)).toEqual({ about: "Changed", messaging_product: "whatsapp" });
  graph.emulator.patchNumber(CAKE_SHOP, { profile: null });
  expect(await profile(graph)).toEqual({ messaging_product: "whatsapp" });
  expect((await graph.control("PATCH", `phone_numbers/${CAKE_SHOP}`, { profile: { colour: "red" } })).status).toBe(400);
});
