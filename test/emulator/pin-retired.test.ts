import { expect, test } from "vitest";
import { addVerified, CAKE_SHOP, type Graph, ICE_CREAM, kept, startGraph } from "./emulator-client.ts";

const register = (graph: Graph, id: string, pin?: string) =>
  graph.post(`/${id}/register`, { messaging_product: "whatsapp", pin });
const isPinEnabled = async (graph: Graph, id: string) =>
  (await graph.get(`/${id}?fields=is_pin_enabled`)).body.is_pin_enabled;

test("a registered number shows no PIN, and any six digits register it again, as often as one likes", async () => {
  const graph = await startGraph({ pinRetired: true });
  expect(await isPinEnabled(graph, CAKE_SHOP)).toBe(false);
  for (let count = 0; count < 10; count++) {
    expect((await register(graph, CAKE_SHOP, `00000${count}`)).status).toBe(200);
  }
  expect(kept(graph, CAKE_SHOP)).toMatchObject({ is_pin_enabled: false, wrong_pins: [] });
  expect(kept(graph, CAKE_SHOP).pin).toBeUndefined();
});

test.each([undefined, "12345", "1234567", "12345a"])(
  "six digits must be sent all the same: %j is refused",
  async (pin) => {
    const graph = await startGraph({ pinRetired: true });
    const { status, body } = await register(graph, CAKE_SHOP, pin);
    expect([status, body.error.code]).toEqual([400, 100]);
  },
);

test("the PIN that a number is registered with is not kept, nor one that is set later", async () => {
  const graph = await startGraph({ pinRetired: true });
  const id = await addVerified(graph);
  expect((await register(graph, id, "123456")).status).toBe(200);
  expect(await isPinEnabled(graph, id)).toBe(false);
  expect((await graph.post(`/${id}`, { pin: "654321" })).body).toEqual({ success: true });
  expect(await isPinEnabled(graph, id)).toBe(false);
  await graph.post(`/${id}/deregister`);
  expect(await isPinEnabled(graph, id)).toBe(false);
});

test("a number that is not registered keeps its PIN until it registers", async () => {
  const graph = await startGraph({ pinRetired: true });
  graph.emulator.patchNumber(ICE_CREAM, { pin: "111111", code_verification_status: "VERIFIED" });
  expect(await isPinEnabled(graph, ICE_CREAM)).toBe(true);
  expect((await register(graph, ICE_CREAM, "222222")).status).toBe(200);
  expect(await isPinEnabled(graph, ICE_CREAM)).toBe(false);
});

test("without the option a PIN is checked and kept", async () => {
  const graph = await startGraph();
  expect((await register(graph, CAKE_SHOP, "000000")).body.error.code).toBe(133005);
  expect(await isPinEnabled(graph, CAKE_SHOP)).toBe(true);
});
