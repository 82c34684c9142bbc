import { expect, test } from "vitest";
import {
  addVerified,
  CAKE_SHOP,
  DAY,
  type Graph,
  HOUR,
  ICE_CREAM,
  kept,
  START,
  startGraph,
} from "./emulator-client.ts";

const request = (graph: Graph, id = ICE_CREAM) =>
  graph.post(`/${id}/request_code`, { code_method: "SMS", language: "en_US" });
const verify = (graph: Graph, code: unknown, id = ICE_CREAM) => graph.post(`/${id}/verify_code`, { code });
const wrongOf = (code: string) => code.replace(/^./, (digit) => String((Number(digit) + 1) % 10));

test("the code that was sent verifies the number, and nothing else of it changes", async () => {
  const graph = await startGraph();
  expect((await request(graph)).body).toEqual({ success: true });
  const { body } = await graph.control("GET", `codes/${ICE_CREAM}`);
  expect(body).toEqual({ code: expect.stringMatching(/^\d{6}$/) });
  expect((await verify(graph, body.code)).body).toEqual({ success: true });
  expect(kept(graph, ICE_CREAM)).toMatchObject({
    code_verification_status: "VERIFIED",
    platform_type: "NOT_APPLICABLE",
    status: "PENDING",
  });
});

test("a wrong code is refused with 136025 and the right one still works", async () => {
  const graph = await startGraph();
  await request(graph);
  const code = graph.emulator.code(ICE_CREAM);
  for (const wrong of [wrongOf(code), `${code.slice(0, 3)}-${code.slice(3)}`, "1", "code"]) {
    const { status, body } = await verify(graph, wrong);
    expect(status).toBe(400);
    expect(body.error).toMatchObject({ code: 136025, error_subcode: 2388093, is_transient: false });
  }
  expect(kept(graph, ICE_CREAM).code_verification_status).toBe("NOT_VERIFIED");
  expect((await verify(graph, code)).status).toBe(200);
});

test("a code works once", async () => {
  const graph = await startGraph();
  await request(graph);
  const code = graph.emulator.code(ICE_CREAM);
  await verify(graph, code);
  graph.emulator.patchNumber(ICE_CREAM, { code_verification_status: "EXPIRED" });
  expect((await verify(graph, code)).body.error.code).toBe(136025);
  expect((await graph.control("GET", `codes/${ICE_CREAM}`)).status).toBe(404);
});

test("a code lives ten minutes", async () => {
  const graph = await startGraph();
  await request(graph);
  const code = graph.emulator.code(ICE_CREAM);
  graph.emulator.advanceClock(600);
  expect((await verify(graph, code)).body.error.code).toBe(136025);
  await request(graph);
  graph.emulator.advanceClock(599);
  expect((await verify(graph, graph.emulator.code(ICE_CREAM))).status).toBe(200);
});

test("a new code takes the place of the old one", async () => {
  const graph = await startGraph();
  await request(graph);
  const old = graph.emulator.code(ICE_CREAM);
  await request(graph);
  expect(graph.emulator.code(ICE_CREAM)).not.toBe(old);
  expect((await verify(graph, old)).body.error.code).toBe(136025);
});

test("a code without a request is refused", async () => {
  const graph = await startGraph();
  const before = graph.emulator.state();
  expect((await verify(graph, "123456")).body.error.code).toBe(136025);
  expect(graph.emulator.state()).toEqual(before);
});

test("no code is sent to a number that is verified, but one is when its proof has expired", async () => {
  const graph = await startGraph();
  const before = graph.emulator.state();
  expect((await request(graph, CAKE_SHOP)).body.error.code).toBe(136024);
  expect(graph.emulator.state()).toEqual(before);
  graph.emulator.patchNumber(CAKE_SHOP, { code_verification_status: "EXPIRED" });
  expect((await request(graph, CAKE_SHOP)).status).toBe(200);
});

test("too many requests are refused until the oldest is 12 hours old", async () => {
  const graph = await startGraph();
  for (let count = 0; count < 5; count++) expect((await request(graph)).status).toBe(200);
  const before = graph.emulator.state();
  expect((await request(graph)).body.error).toMatchObject({ code: 136024, error_subcode: 2388367 });
  expect(graph.emulator.state()).toEqual(before);
  graph.emulator.advanceClock(12 * HOUR);
  expect((await request(graph)).status).toBe(200);
});

test("after too many wrong codes even the right one is refused for 12 hours", async () => {
  const graph = await startGraph();
  await request(graph);
  const code = graph.emulator.code(ICE_CREAM);
  for (let count = 0; count < 5; count++) await verify(graph, wrongOf(code));
  expect((await verify(graph, code)).body.error.code).toBe(136025);
  expect(kept(graph, ICE_CREAM).code_verification_status).toBe("NOT_VERIFIED");
  graph.emulator.advanceClock(12 * HOUR - 1);
  await request(graph);
  expect((await verify(graph, graph.emulator.code(ICE_CREAM))).body.error.code).toBe(136025);
  graph.emulator.advanceClock(1);
  await request(graph);
  expect((await verify(graph, graph.emulator.code(ICE_CREAM))).status).toBe(200);
});

test("a number on the app gets no code, however long one waits", async () => {
  const graph = await startGraph();
  graph.emulator.patchNumber(ICE_CREAM, { platform_type: "ON_PREMISE", status: "DISCONNECTED" });
  for (const wait of [0, 48 * HOUR]) {
    graph.emulator.advanceClock(wait);
    expect((await request(graph)).body.error).toMatchObject({
      code: 136024,
      error_subcode: 2388091,
      is_transient: false,
      error_user_title: expect.any(String),
      error_user_msg: expect.any(String),
    });
  }
});

test.each([
  [{ language: "en" }, "code_method"],
  [{ code_method: "SMS" }, "language"],
  [{ code_method: "sms", language: "en" }, "code_method"],
  [{ code_method: "SMS", language: "English" }, "language"],
])("the request %j is refused with 100 and sends nothing", async (params, name) => {
  const graph = await startGraph();
  const before = graph.emulator.state();
  const { body } = await graph.post(`/${ICE_CREAM}/request_code`, params);
  expect(body.error.code).toBe(100);
  expect(body.error.message).toContain(name);
  expect(graph.emulator.state()).toEqual(before);
});

test("of many concurrent uses of one code exactly one succeeds", async () => {
  const graph = await startGraph();
  await request(graph);
  const code = graph.emulator.code(ICE_CREAM);
  const replies = await Promise.all(Array.from({ length: 10 }, () => verify(graph, code)));
  expect(replies.filter((reply) => reply.status === 200).length).toBe(1);
});

test("a code lives to the last millisecond of ten minutes", async () => {
  let now = START;
  const graph = await startGraph({ clock: () => now });
  await request(graph);
  const code = graph.emulator.code(ICE_CREAM);
  now += 600_000;
  expect((await verify(graph, code)).body.error.code).toBe(136025);
  now -= 1;
  expect((await verify(graph, code)).status).toBe(200);
});

test("the windows of requests and of guesses move: one free place when the oldest is 12 hours old", async () => {
  const graph = await startGraph();
  await request(graph);
  graph.emulator.advanceClock(HOUR);
  for (let count = 0; count < 4; count++) await request(graph);
  graph.emulator.advanceClock(11 * HOUR - 1);
  expect((await request(graph)).body.error.error_subcode).toBe(2388367);
  graph.emulator.advanceClock(1);
  expect((await request(graph)).status).toBe(200);
  expect((await request(graph)).body.error.error_subcode).toBe(2388367);
});

test("four wrong codes leave the right one its chance, and a right one forgets them", async () => {
  const graph = await startGraph();
  const fourWrong = async () => {
    await request(graph);
    for (let count = 0; count < 4; count++) await verify(graph, wrongOf(graph.emulator.code(ICE_CREAM)));
    return verify(graph, graph.emulator.code(ICE_CREAM));
  };
  expect((await fourWrong()).status).toBe(200);
  graph.emulator.patchNumber(ICE_CREAM, { code_verification_status: "EXPIRED" });
  expect((await fourWrong()).status).toBe(200);
});

test("a proof ages to EXPIRED after 90 days, and a new code renews it for as long", async () => {
  const graph = await startGraph();
  const status = () => kept(graph, ICE_CREAM).code_verification_status;
  const prove = async () => {
    await request(graph);
    return verify(graph, graph.emulator.code(ICE_CREAM));
  };
  await prove();
  graph.emulator.advanceClock(90 * DAY - 1);
  expect(status()).toBe("VERIFIED");
  graph.emulator.advanceClock(1);
  expect(status()).toBe("EXPIRED");
  expect((await graph.get(`/${ICE_CREAM}?fields=code_verification_status`)).body.code_verification_status).toBe(
    "EXPIRED",
  );
  expect((await prove()).status).toBe(200);
  graph.emulator.advanceClock(90 * DAY - 1);
  expect(status()).toBe("VERIFIED");
});

test("the age is an option, and a seeded proof without a time never ages", async () => {
  const graph = await startGraph({ proofLifetimeDays: 1 });
  await request(graph);
  await verify(graph, graph.emulator.code(ICE_CREAM));
  graph.emulator.advanceClock(DAY);
  expect(kept(graph, ICE_CREAM).code_verification_status).toBe("EXPIRED");
  graph.emulator.advanceClock(3000 * DAY);
  expect(kept(graph, CAKE_SHOP).code_verification_status).toBe("VERIFIED");
});

test("a proof that Meta's people set ages from then on", async () => {
  const graph = await startGraph();
  graph.emulator.patchNumber(ICE_CREAM, { code_verification_status: "VERIFIED" });
  graph.emulator.advanceClock(90 * DAY);
  expect(kept(graph, ICE_CREAM).code_verification_status).toBe("EXPIRED");
});

test("a registered number whose proof has expired stays registered, registers again and takes a new code", async () => {
  const graph = await startGraph();
  const id = await addVerified(graph);
  const register = () => graph.post(`/${id}/register`, { messaging_product: "whatsapp", pin: "123456" });
  await register();
  graph.emulator.advanceClock(90 * DAY);
  expect(kept(graph, id)).toMatchObject({
    code_verification_status: "EXPIRED",
    platform_type: "CLOUD_API",
    status: "CONNECTED",
  });
  expect((await register()).status).toBe(200);
  expect((await request(graph, id)).status).toBe(200);
  expect((await verify(graph, graph.emulator.code(id), id)).status).toBe(200);
  expect(kept(graph, id)).toMatchObject({ code_verification_status: "VERIFIED", platform_type: "CLOUD_API" });
});

test.each([[{ platform_type: "ON_PREMISE", status: "DISCONNECTED" }], [{ is_on_biz_app: true }]])(
  "a code that was sent before the number went on the app (%j) is void there, and no guess is counted",
  async (patch) => {
    const graph = await startGraph();
    await request(graph);
    const code = graph.emulator.code(ICE_CREAM);
    graph.emulator.patchNumber(ICE_CREAM, patch);
    const before = kept(graph, ICE_CREAM);
    for (const tried of [code, wrongOf(code)]) {
      expect((await verify(graph, tried)).body.error).toMatchObject({ code: 136025, error_subcode: 2388093 });
    }
    expect(kept(graph, ICE_CREAM)).toEqual(before);
    expect((await request(graph)).body.error.error_subcode).toBe(2388091);
  },
);
