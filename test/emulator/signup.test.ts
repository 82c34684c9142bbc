import { expect, test } from "vitest";
import { addVerified, CAKE_SHOP, DAY, type Graph, HOUR, kept, START, startGraph } from "./emulator-client.ts";

const register = (graph: Graph, id: string) =>
  graph.post(`/${id}/register`, { messaging_product: "whatsapp", pin: "123456" });
const iso = (seconds: number) => new Date(START + seconds * 1000).toISOString();
const finished = (graph: Graph, id: string, at: string | null) =>
  graph.control("PATCH", `phone_numbers/${id}`, { embedded_signup_finished_at: at });

test("up to 14 days after the signup a number registers", async () => {
  const graph = await startGraph();
  const id = await addVerified(graph);
  await finished(graph, id, iso(0));
  graph.emulator.advanceClock(14 * DAY - 1);
  expect((await register(graph, id)).status).toBe(200);
});

test("from the 14th day on it is refused with 100, keeps its proof, and another signup opens the way again", async () => {
  const graph = await startGraph();
  const id = await addVerified(graph);
  await finished(graph, id, iso(0));
  graph.emulator.advanceClock(14 * DAY);
  const { register_calls: _, ...before } = kept(graph, id);
  const { status, body } = await register(graph, id);
  expect([status, body.error.code, body.error.error_subcode]).toEqual([400, 100, undefined]);
  expect(kept(graph, id)).toMatchObject({ ...before, code_verification_status: "VERIFIED" });
  await finished(graph, id, iso(14 * DAY));
  expect((await register(graph, id)).status).toBe(200);
});

test("a number that registered in time is never refused for it later", async () => {
  const graph = await startGraph();
  const id = await addVerified(graph);
  await finished(graph, id, iso(0));
  await register(graph, id);
  graph.emulator.advanceClock(15 * DAY);
  expect((await register(graph, id)).status).toBe(200);
  await graph.post(`/${id}/deregister`);
  expect((await register(graph, id)).status).toBe(200);
});

test("a registration before the signup does not count for it", async () => {
  const graph = await startGraph();
  await graph.post(`/${CAKE_SHOP}/deregister`);
  await finished(graph, CAKE_SHOP, iso(-14 * DAY));
  expect((await register(graph, CAKE_SHOP)).body.error.code).toBe(100);
  await finished(graph, CAKE_SHOP, null);
  expect((await register(graph, CAKE_SHOP)).status).toBe(200);
});

test("a registration in the second of the signup counts for it", async () => {
  const graph = await startGraph();
  const id = await addVerified(graph);
  await register(graph, id);
  await finished(graph, id, iso(0));
  await graph.post(`/${id}/deregister`);
  graph.emulator.advanceClock(15 * DAY);
  expect((await register(graph, id)).status).toBe(200);
});

test("a number that came without signup has no such deadline", async () => {
  const graph = await startGraph({ proofLifetimeDays: 1000 });
  const id = await addVerified(graph);
  graph.emulator.advanceClock(300 * DAY);
  expect((await register(graph, id)).status).toBe(200);
});

test.each(["yesterday", "2026-11-02", 5])("%j is no time of a signup", async (at) => {
  const graph = await startGraph();
  const before = graph.emulator.state();
  expect((await finished(graph, CAKE_SHOP, at as string)).status).toBe(400);
  expect(graph.emulator.state()).toEqual(before);
});

test("a time with an offset is taken", async () => {
  const graph = await startGraph();
  const id = await addVerified(graph);
  await finished(graph, id, "2026-11-02T10:00:00+01:00");
  graph.emulator.advanceClock(14 * DAY - HOUR);
  expect((await register(graph, id)).status).toBe(200);
});
