import { expect, test } from "vitest";
import { CAKE_SHOP, type Graph, HOUR, kept, START, startGraph } from "./emulator-client.ts";

const CALLS: [string, (graph: Graph) => ReturnType<Graph["post"]>][] = [
  ["register", (graph) => graph.post(`/${CAKE_SHOP}/register`, { messaging_product: "whatsapp", pin: "123456" })],
  ["deregister", (graph) => graph.post(`/${CAKE_SHOP}/deregister`)],
];

/** Ten calls, an hour apart. */
async function spend(graph: Graph, call: (graph: Graph) => ReturnType<Graph["post"]>): Promise<void> {
  for (let calls = 0; calls < 10; calls += 1) {
    expect((await call(graph)).body.error?.code).not.toBe(133016);
    graph.emulator.advanceClock(HOUR);
  }
}
const codeOf = async (reply: ReturnType<Graph["post"]>) => (await reply).body.error?.code;

test.each(CALLS)(
  "the eleventh %s in 72 hours blocks for 72 hours from then on, and not longer",
  async (_what, call) => {
    const graph = await startGraph();
    await spend(graph, call);
    graph.emulator.advanceClock(60 * HOUR);
    expect(await codeOf(call(graph))).toBe(133016);
    graph.emulator.advanceClock(72 * HOUR - 1);
    expect(await codeOf(call(graph))).toBe(133016);
    graph.emulator.advanceClock(1);
    expect(await codeOf(call(graph))).not.toBe(133016);
  },
);

test.each(CALLS)("without an eleventh call, a %s is free again when the first is 72 hours old", async (_what, call) => {
  const graph = await startGraph();
  await spend(graph, call);
  graph.emulator.advanceClock(62 * HOUR);
  expect(await codeOf(call(graph))).not.toBe(133016);
  // The second call of the ten still counts for an hour.
  expect(await codeOf(call(graph))).toBe(133016);
});

test("what is refused while a number is blocked changes nothing and prolongs nothing", async () => {
  const graph = await startGraph();
  const [[, register]] = CALLS as [(typeof CALLS)[number]];
  await spend(graph, register);
  await register(graph);
  const before = kept(graph, CAKE_SHOP);
  for (let calls = 0; calls < 3; calls += 1) {
    graph.emulator.advanceClock(20 * HOUR);
    expect(await codeOf(register(graph))).toBe(133016);
  }
  expect(kept(graph, CAKE_SHOP)).toEqual(before);
  graph.emulator.advanceClock(12 * HOUR);
  expect((await register(graph)).status).toBe(200);
});

test("a blocked register says until when, and leaves deregister free", async () => {
  const graph = await startGraph();
  const [[, register], [, deregister]] = CALLS as [(typeof CALLS)[number], (typeof CALLS)[number]];
  await spend(graph, register);
  const { status, text } = await register(graph);
  expect(status).toBe(400);
  const until = new Date(START + (10 + 72) * HOUR * 1000).toISOString().slice(0, 19);
  expect(text).toContain(until);
  expect((await deregister(graph)).status).toBe(200);
});
