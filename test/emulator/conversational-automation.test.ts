import { expect, test } from "vitest";
import { CAKE_SHOP, type Graph, kept, startGraph } from "./emulator-client.ts";

const path = `/${CAKE_SHOP}/conversational_automation`;
const COMMANDS = [
  { command_name: "tickets", command_description: "Book flight tickets" },
  { command_name: "hotel", command_description: "Book hotel" },
];
const PROMPTS = ["Book a flight", "plan a vacation"];
const read = async (graph: Graph, sub = "") =>
  (await graph.get(`/${CAKE_SHOP}?fields=conversational_automation${sub}`)).body.conversational_automation;

test("what is set is read as a field of the number", async () => {
  const graph = await startGraph();
  expect(await read(graph)).toBeUndefined();
  const all = { enable_welcome_message: true, commands: COMMANDS, prompts: PROMPTS };
  expect((await graph.post(path, all)).body).toEqual({ success: true });
  expect(await read(graph)).toEqual(all);
  expect(await read(graph, "{prompts}")).toEqual({ prompts: PROMPTS });
});

test("a key that is left out stays, and an empty list takes all away", async () => {
  const graph = await startGraph();
  await graph.post(path, { enable_welcome_message: false, commands: COMMANDS, prompts: PROMPTS });
  await graph.post(path, { prompts: [] });
  expect(await read(graph)).toEqual({ enable_welcome_message: false, commands: COMMANDS, prompts: [] });
});

test.each([
  ["JSON", { json: { enable_welcome_message: true, prompts: PROMPTS } }, ""],
  ["a form", { form: { enable_welcome_message: "true", prompts: JSON.stringify(PROMPTS) } }, ""],
  ["the query", {}, `?enable_welcome_message=1&prompts=${PROMPTS[0]}&prompts=${PROMPTS[1]}`],
])("it may come by %s", async (_way, call, query) => {
  const graph = await startGraph();
  expect((await graph.send("POST", path + query, call)).body).toEqual({ success: true });
  expect(await read(graph)).toEqual({ enable_welcome_message: true, prompts: PROMPTS });
});

const command = (name: number, description: number) => ({
  command_name: "n".repeat(name),
  command_description: "d".repeat(description),
});
test.each([
  ["prompts", ["1", "2", "3", "4"], ["1", "2", "3", "4", "5"]],
  ["prompts", ["p".repeat(80)], ["p".repeat(81)]],
  ["prompts", ["p"], [""]],
  ["prompts", ["p"], ["p 🌵"]],
  ["prompts", ["p"], "p"],
  ["commands", Array.from({ length: 30 }, () => command(1, 1)), Array.from({ length: 31 }, () => command(1, 1))],
  ["commands", [command(32, 256)], [command(33, 256)]],
  ["commands", [command(32, 256)], [command(32, 257)]],
  ["commands", [command(1, 1)], [{ command_name: "a" }]],
  ["commands", [command(1, 1)], [{ ...command(1, 1), colour: "red" }]],
  ["commands", [command(1, 1)], [{ command_name: "🌵", command_description: "d" }]],
  ["enable_welcome_message", false, "perhaps"],
])("of %s %j is taken and %j refused with 100", async (key, taken, refused) => {
  const graph = await startGraph();
  expect((await graph.post(path, { [key]: taken })).status).toBe(200);
  const before = kept(graph, CAKE_SHOP);
  const reply = await graph.post(path, { enable_welcome_message: true, [key]: refused });
  expect([reply.status, reply.body.error.code]).toEqual([400, 100]);
  expect(reply.body.error.message).toContain(key);
  expect(kept(graph, CAKE_SHOP)).toEqual(before);
});

test("a call with nothing to set is refused", async () => {
  const graph = await startGraph();
  expect((await graph.post(path, {})).body.error.code).toBe(100);
});
