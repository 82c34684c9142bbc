import { expect, test } from "vitest";
import { CAKE_SHOP, DAY, type Graph, ICE_CREAM, startGraph } from "./emulator-client.ts";

const FIELDS = "verified_name,name_status,certificate,new_display_name,new_name_status,new_certificate";
const slots = async (graph: Graph, id = CAKE_SHOP) => {
  const { body } = await graph.get(`/${id}?fields=${FIELDS}`);
  const { id: _, ...shown } = body;
  return shown;
};
const ask = (graph: Graph, new_display_name: unknown, id = CAKE_SHOP) => graph.post(`/${id}`, { new_display_name });
const decide = (graph: Graph, decision: string, id = CAKE_SHOP) =>
  graph.control("POST", `phone_numbers/${id}/name_review`, { decision });
const register = (graph: Graph) =>
  graph.post(`/${CAKE_SHOP}/register`, { messaging_product: "whatsapp", pin: "123456" });

test("a requested name waits in the second slot while the current one stays", async () => {
  const graph = await startGraph();
  const before = await slots(graph);
  expect((await ask(graph, "Cake Palace")).body).toEqual({ success: true });
  expect(await slots(graph)).toEqual({
    ...before,
    new_display_name: "Cake Palace",
    new_name_status: "PENDING_REVIEW",
  });
});

test("an approval flips verified_name, brings the new certificate and waits for register", async () => {
  const graph = await startGraph();
  const { certificate } = await slots(graph);
  await ask(graph, "Cake Palace");
  expect((await decide(graph, "APPROVED")).status).toBe(200);
  const approved = await slots(graph);
  expect(approved).toEqual({
    verified_name: "Cake Palace",
    name_status: "APPROVED",
    certificate,
    new_display_name: "Cake Palace",
    new_name_status: "APPROVED",
    new_certificate: expect.any(String),
  });
  expect(approved.new_certificate).not.toBe(certificate);
  await register(graph);
  expect(await slots(graph)).toEqual({
    verified_name: "Cake Palace",
    name_status: "APPROVED",
    certificate: approved.new_certificate,
  });
});

test("with nameFlip register the current name stays until the register call", async () => {
  const graph = await startGraph({ nameFlip: "register" });
  await ask(graph, "Cake Palace");
  await decide(graph, "APPROVED");
  expect(await slots(graph)).toMatchObject({ verified_name: "John's Cake Shop", new_name_status: "APPROVED" });
  await register(graph);
  expect(await slots(graph)).toMatchObject({ verified_name: "Cake Palace", name_status: "APPROVED" });
});

test("with nameFlip register the first approval makes name_status APPROVED at the register call", async () => {
  const graph = await startGraph({ nameFlip: "register" });
  graph.emulator.patchNumber(CAKE_SHOP, { name_status: "AVAILABLE_WITHOUT_REVIEW" });
  await ask(graph, "Cake Palace");
  await decide(graph, "APPROVED");
  expect((await slots(graph)).name_status).toBe("AVAILABLE_WITHOUT_REVIEW");
  await register(graph);
  expect((await slots(graph)).name_status).toBe("APPROVED");
});

test("registering before the approval succeeds and changes no name", async () => {
  const graph = await startGraph();
  await ask(graph, "Cake Palace");
  const before = await slots(graph);
  expect((await register(graph)).status).toBe(200);
  expect(await slots(graph)).toEqual(before);
});

test("a rejection leaves the current name, and the name may be asked for again", async () => {
  const graph = await startGraph();
  const before = await slots(graph);
  await ask(graph, "Cake Palace");
  await decide(graph, "REJECTED");
  expect(await slots(graph)).toEqual({ ...before, new_display_name: "Cake Palace", new_name_status: "DECLINED" });
  await register(graph);
  expect(await slots(graph)).toMatchObject({ verified_name: "John's Cake Shop", new_name_status: "DECLINED" });
  expect((await ask(graph, "Cake Palace")).status).toBe(200);
  expect((await slots(graph)).new_name_status).toBe("PENDING_REVIEW");
});

test("a deferred review stays pending and can still be decided", async () => {
  const graph = await startGraph();
  await ask(graph, "Cake Palace");
  await decide(graph, "DEFERRED");
  expect((await slots(graph)).new_name_status).toBe("PENDING_REVIEW");
  expect((await decide(graph, "APPROVED")).body.new_name_status).toBe("APPROVED");
});

test("one change is in flight: the same text is no change, another text is refused", async () => {
  const graph = await startGraph();
  await ask(graph, "Cake Palace");
  const before = graph.emulator.state();
  expect((await ask(graph, "Cake Palace")).body).toEqual({ success: true });
  expect((await ask(graph, "Cake Castle")).body.error).toMatchObject({ code: 100, error_subcode: 2388009 });
  expect(graph.emulator.state()).toEqual(before);
});

test("asking for the name that the number has is no change", async () => {
  const graph = await startGraph();
  const before = graph.emulator.state();
  expect((await ask(graph, "John's Cake Shop")).body).toEqual({ success: true });
  expect(graph.emulator.state()).toEqual(before);
});

test("an approval that is not taken over within 14 days expires, and register then takes nothing over", async () => {
  const graph = await startGraph();
  const { certificate } = await slots(graph);
  await ask(graph, "Cake Palace");
  await decide(graph, "APPROVED");
  graph.emulator.advanceClock(14 * DAY - 1);
  expect((await slots(graph)).new_name_status).toBe("APPROVED");
  graph.emulator.advanceClock(1);
  const expired = await slots(graph);
  expect(expired).toMatchObject({ new_name_status: "EXPIRED", new_display_name: "Cake Palace", certificate });
  expect(expired).not.toHaveProperty("new_certificate");
  const listed = await graph.get(`/102290129340398/phone_numbers?fields=new_name_status`);
  expect(listed.body.data[0]?.new_name_status).toBe("EXPIRED");
  expect((await register(graph)).status).toBe(200);
  expect(await slots(graph)).toEqual(expired);
  await ask(graph, "Cake Palace");
  expect((await slots(graph)).new_name_status).toBe("PENDING_REVIEW");
});

test("ten changes in 30 days, then refused until the oldest is 30 days old", async () => {
  const graph = await startGraph();
  for (let count = 0; count < 10; count++) {
    expect((await ask(graph, `Cake Palace ${count}`)).status).toBe(200);
    await decide(graph, "REJECTED");
  }
  const before = graph.emulator.state();
  expect((await ask(graph, "Cake Castle")).body.error).toMatchObject({ code: 100, error_subcode: 2388010 });
  expect(graph.emulator.state()).toEqual(before);
  graph.emulator.advanceClock(30 * DAY);
  expect((await ask(graph, "Cake Castle")).status).toBe(200);
});

test.each(["", "  ", "C", "x".repeat(76), { name: "Cake" }, ["Cake"]])("the name %j is refused", async (name) => {
  const graph = await startGraph();
  const before = graph.emulator.state();
  expect((await ask(graph, name)).body.error.code).toBe(100);
  expect(graph.emulator.state()).toEqual(before);
});

test("a PIN and a name in one call: a bad name keeps the PIN as it was", async () => {
  const graph = await startGraph();
  const before = graph.emulator.state();
  const update = (name: string) => graph.post(`/${CAKE_SHOP}`, { pin: "654321", new_display_name: name });
  expect((await update("C")).status).toBe(400);
  expect(graph.emulator.state()).toEqual(before);
  expect((await update("Cake Palace")).status).toBe(200);
  expect(await slots(graph)).toMatchObject({ new_display_name: "Cake Palace" });
});

test("a name may hold any writing", async () => {
  const graph = await startGraph();
  await graph.send("POST", `/${CAKE_SHOP}?new_display_name=${encodeURIComponent("Café & Söhne 蛋糕")}`);
  expect((await slots(graph)).new_display_name).toBe("Café & Söhne 蛋糕");
});

test("the first name can be reviewed too, when it was set to be in review", async () => {
  const graph = await startGraph();
  graph.emulator.patchNumber(ICE_CREAM, { name_status: "PENDING_REVIEW" });
  await decide(graph, "REJECTED", ICE_CREAM);
  expect((await slots(graph, ICE_CREAM)).name_status).toBe("DECLINED");
});

test("a review with nothing to review, or a word that is no decision, is refused", async () => {
  const graph = await startGraph();
  const before = graph.emulator.state();
  expect((await decide(graph, "APPROVED")).status).toBe(400);
  await ask(graph, "Cake Palace");
  expect((await decide(graph, "MAYBE")).status).toBe(400);
  expect((await decide(graph, "APPROVED", "404")).status).toBe(404);
  expect((await slots(graph)).new_name_status).toBe("PENDING_REVIEW");
  expect(before).not.toEqual(graph.emulator.state());
});

test("the approved name asked for again is no change: its approval and its budget stay", async () => {
  const graph = await startGraph();
  await ask(graph, "Cake Palace");
  await decide(graph, "APPROVED");
  graph.emulator.advanceClock(DAY);
  const { now: _, ...before } = graph.emulator.state();
  expect((await ask(graph, "Cake Palace")).body).toEqual({ success: true });
  const { now: __, ...after } = graph.emulator.state();
  expect(after).toEqual(before);
});

test("another name after an approval takes its place; what register takes over is the name of its own approval", async () => {
  const graph = await startGraph({ nameFlip: "register" });
  await ask(graph, "Cake Palace");
  await decide(graph, "APPROVED");
  await ask(graph, "Cake Castle");
  expect(await slots(graph)).toMatchObject({ new_display_name: "Cake Castle", new_name_status: "PENDING_REVIEW" });
  expect(await slots(graph)).not.toHaveProperty("new_certificate");
  await register(graph);
  expect((await slots(graph)).verified_name).toBe("John's Cake Shop");
  graph.emulator.advanceClock(14 * DAY);
  expect((await slots(graph)).new_name_status).toBe("PENDING_REVIEW");
});

test("the certificate in use outlives every step of another name until register replaces it", async () => {
  const graph = await startGraph();
  const { certificate } = await slots(graph);
  expect(certificate).toEqual(expect.any(String));
  for (const step of [
    () => ask(graph, "Cake Palace"),
    () => decide(graph, "REJECTED"),
    () => ask(graph, "Cake Castle"),
    () => decide(graph, "APPROVED"),
    () => ask(graph, "Cake House"),
  ]) {
    await step();
    expect((await slots(graph)).certificate).toBe(certificate);
  }
  await decide(graph, "APPROVED");
  await register(graph);
  expect((await slots(graph)).certificate).not.toBe(certificate);
});

test("the window of ten names moves: one is free when the oldest is 30 days old", async () => {
  const graph = await startGraph();
  for (let count = 0; count < 10; count++) {
    await ask(graph, `Cake Palace ${count}`);
    await decide(graph, "REJECTED");
    graph.emulator.advanceClock(DAY);
  }
  graph.emulator.advanceClock(20 * DAY - 1);
  expect((await ask(graph, "Cake Castle")).body.error.error_subcode).toBe(2388010);
  graph.emulator.advanceClock(1);
  expect((await ask(graph, "Cake Castle")).status).toBe(200);
  await decide(graph, "REJECTED");
  expect((await ask(graph, "Cake House")).body.error.error_subcode).toBe(2388010);
});
