import { expect, test } from "vitest";
import { CAKE_SHOP, startGraph } from "./emulator-client.ts";

const path = `/${CAKE_SHOP}/whatsapp_commerce_settings`;

test("a number has a cart and no visible catalog until it is told otherwise", async () => {
  const graph = await startGraph();
  expect((await graph.get(path)).body).toEqual({
    data: [{ is_cart_enabled: true, is_catalog_visible: false, id: CAKE_SHOP }],
  });
});

test.each([
  ["JSON", { json: { is_catalog_visible: true } }, ""],
  ["a form", { form: { is_catalog_visible: "true" } }, ""],
  ["the query", {}, "?is_catalog_visible=true"],
])("one flag is set by %s, the other stays", async (_way, call, query) => {
  const graph = await startGraph();
  await graph.post(path, { is_cart_enabled: false });
  expect((await graph.send("POST", path + query, call)).body).toEqual({ success: true });
  expect((await graph.get(path)).body.data[0]).toEqual({
    is_cart_enabled: false,
    is_catalog_visible: true,
    id: CAKE_SHOP,
  });
  expect((await graph.get(`${path}?fields=is_cart_enabled`)).body.data).toEqual([
    { is_cart_enabled: false, id: CAKE_SHOP },
  ]);
});

test.each([
  {},
  { is_cart_enabled: "perhaps" },
  { is_cart_enabled: [] },
  { is_cart_enabled: false, is_catalog_visible: "x" },
])("%j is refused with 100 and sets nothing", async (body) => {
  const graph = await startGraph();
  const before = graph.emulator.state();
  const reply = await graph.post(path, body);
  expect([reply.status, reply.body.error.code]).toEqual([400, 100]);
  expect(graph.emulator.state()).toEqual(before);
});
