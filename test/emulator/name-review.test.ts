import { describe, expect, test } from "vitest";
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
  WABA,
} from "./emulator-client.ts";

/** An address that nobody listens at: only what is sent there matters. */
const WEBHOOK = { url: "http://127.0.0.1:9/", retryDelaysMs: [] };
const notices = (graph: Graph) =>
  graph.emulator
    .webhooks()
    .deliveries.filter(({ field }) => field === "phone_number_name_update")
    .map(({ value }) => value);
const ask = (graph: Graph, new_display_name: string, id = CAKE_SHOP) => graph.post(`/${id}`, { new_display_name });
const slots = async (graph: Graph, id = CAKE_SHOP) =>
  (await graph.get(`/${id}?fields=verified_name,name_status,new_display_name,new_name_status`)).body;
const register = (graph: Graph, id: string) =>
  graph.post(`/${id}/register`, { messaging_product: "whatsapp", pin: "123456" });

describe("decided by control", () => {
  test.each([
    ["APPROVED", undefined, null],
    ["DEFERRED", undefined, null],
    ["REJECTED", undefined, "UNKNOWN"],
    ["REJECTED", "NAME_NOT_CONSISTENT", "NAME_NOT_CONSISTENT"],
  ])("%s with the reason %s is told once, with bare digits and %j", async (decision, rejection_reason, told) => {
    const graph = await startGraph({ webhook: WEBHOOK });
    await ask(graph, "Cake Palace");
    expect(notices(graph)).toEqual([]);
    await graph.control("POST", `phone_numbers/${CAKE_SHOP}/name_review`, { decision, rejection_reason });
    expect(notices(graph)).toEqual([
      {
        display_phone_number: "16315551111",
        decision,
        requested_verified_name: "Cake Palace",
        rejection_reason: told,
      },
    ]);
    expect(graph.emulator.webhooks().deliveries[0]?.wabaId).toBe(WABA);
  });

  test.each([
    { decision: "APPROVED", rejection_reason: "UNKNOWN" },
    { decision: "REJECTED", rejection_reason: "UGLY" },
    { decision: "REJECTED", reason: "UNKNOWN" },
  ])("%j is refused, decides nothing and is not told", async (review) => {
    const graph = await startGraph({ webhook: WEBHOOK });
    await ask(graph, "Cake Palace");
    const before = graph.emulator.state();
    expect((await graph.control("POST", `phone_numbers/${CAKE_SHOP}/name_review`, review)).status).toBe(400);
    expect(graph.emulator.state()).toEqual(before);
    expect(notices(graph)).toEqual([]);
  });

  test("of the first name in review its own text is told", async () => {
    const graph = await startGraph({ webhook: WEBHOOK });
    graph.emulator.patchNumber(ICE_CREAM, { name_status: "PENDING_REVIEW" });
    graph.emulator.reviewName(ICE_CREAM, "REJECTED", "NAME_FORMAT_UNACCEPTABLE");
    expect(notices(graph)).toMatchObject([
      { display_phone_number: "16315552222", requested_verified_name: "Jasper's Ice Cream" },
    ]);
  });
});

describe("instant", () => {
  test("a name is approved at once, told once, and waits for register", async () => {
    const graph = await startGraph({ review: "instant", webhook: WEBHOOK });
    await ask(graph, "Cake Palace");
    expect(await slots(graph)).toMatchObject({ verified_name: "Cake Palace", new_name_status: "APPROVED" });
    expect(notices(graph)).toMatchObject([{ decision: "APPROVED", requested_verified_name: "Cake Palace" }]);
    await ask(graph, "Cake Palace");
    expect(notices(graph).length).toBe(1);
    await register(graph, CAKE_SHOP);
    expect(await slots(graph)).not.toHaveProperty("new_name_status");
  });

  test("a refused request approves and tells nothing", async () => {
    const graph = await startGraph({ review: "instant", webhook: WEBHOOK });
    expect((await ask(graph, "C")).status).toBe(400);
    expect(notices(graph)).toEqual([]);
    expect((await slots(graph)).verified_name).toBe("John's Cake Shop");
  });
});

test("without a review a name is AVAILABLE_WITHOUT_REVIEW at once, and no decision is told", async () => {
  const graph = await startGraph({ review: "none", webhook: WEBHOOK });
  await ask(graph, "Cake Palace");
  expect(await slots(graph)).toMatchObject({
    verified_name: "Cake Palace",
    name_status: "AVAILABLE_WITHOUT_REVIEW",
    new_name_status: "AVAILABLE_WITHOUT_REVIEW",
  });
  await register(graph, CAKE_SHOP);
  const { id: _, ...after } = await slots(graph);
  expect(after).toEqual({ verified_name: "Cake Palace", name_status: "AVAILABLE_WITHOUT_REVIEW" });
  expect(notices(graph)).toEqual([]);
});

describe("after a while", () => {
  test("the decision comes by the clock, is told when the clock is moved past it, and once", async () => {
    const graph = await startGraph({ review: { afterSeconds: HOUR }, webhook: WEBHOOK });
    await ask(graph, "Cake Palace");
    graph.emulator.advanceClock(HOUR - 1);
    expect((await slots(graph)).new_name_status).toBe("PENDING_REVIEW");
    expect(notices(graph)).toEqual([]);
    graph.emulator.advanceClock(1);
    expect(notices(graph)).toMatchObject([{ decision: "APPROVED", rejection_reason: null }]);
    expect((await slots(graph)).new_name_status).toBe("APPROVED");
    graph.emulator.advanceClock(DAY);
    await slots(graph);
    expect(notices(graph).length).toBe(1);
  });

  test.each<[string, (graph: Graph) => Promise<unknown>]>([
    ["the number", (graph) => slots(graph)],
    ["the list", (graph) => graph.get(`/${WABA}/phone_numbers`)],
    ["another number", (graph) => graph.get(`/${ICE_CREAM}`)],
    ["the state", (graph) => graph.control("GET", "state")],
  ])("on a clock that runs by itself it is told at the next look at %s", async (_what, look) => {
    let now = START;
    const graph = await startGraph({ clock: () => now, review: { afterSeconds: 60 }, webhook: WEBHOOK });
    await ask(graph, "Cake Palace");
    now += 60_000;
    await look(graph);
    await look(graph);
    expect(notices(graph).length).toBe(1);
    expect(kept(graph, CAKE_SHOP).new_name_status).toBe("APPROVED");
  });

  test("the 14 days to register run from the decision, not from the look at it", async () => {
    const graph = await startGraph({ review: { afterSeconds: DAY } });
    await ask(graph, "Cake Palace");
    graph.emulator.advanceClock(15 * DAY - 1);
    expect((await slots(graph)).new_name_status).toBe("APPROVED");
    graph.emulator.advanceClock(1);
    expect((await slots(graph)).new_name_status).toBe("EXPIRED");
  });

  test("a call at the moment of the decision sees it: register takes the name over", async () => {
    let now = START;
    const graph = await startGraph({ clock: () => now, review: { afterSeconds: 60 }, nameFlip: "register" });
    await ask(graph, "Cake Palace");
    now += 59_999;
    await register(graph, CAKE_SHOP);
    expect(kept(graph, CAKE_SHOP).verified_name).toBe("John's Cake Shop");
    now += 1;
    await register(graph, CAKE_SHOP);
    expect(kept(graph, CAKE_SHOP).verified_name).toBe("Cake Palace");
  });

  test("a rejection carries the ordered reason, and the same name may be asked for again and is declined again", async () => {
    const review = { afterSeconds: 60, decision: "REJECTED", rejectionReason: "NAME_NOT_CONSISTENT" } as const;
    const graph = await startGraph({ review, webhook: WEBHOOK });
    for (let count = 1; count <= 2; count++) {
      expect((await ask(graph, "Cake Palace")).status).toBe(200);
      expect((await slots(graph)).new_name_status).toBe("PENDING_REVIEW");
      graph.emulator.advanceClock(60);
      expect((await slots(graph)).new_name_status).toBe("DECLINED");
      expect(notices(graph).length).toBe(count);
    }
    expect(notices(graph)[0]).toMatchObject({ decision: "REJECTED", rejection_reason: "NAME_NOT_CONSISTENT" });
  });

  test("a deferred decision is told once and leaves the name in review", async () => {
    const graph = await startGraph({ review: { afterSeconds: 60, decision: "DEFERRED" }, webhook: WEBHOOK });
    await ask(graph, "Cake Palace");
    graph.emulator.advanceClock(DAY);
    await slots(graph);
    expect(notices(graph)).toMatchObject([{ decision: "DEFERRED" }]);
    graph.emulator.reviewName(CAKE_SHOP, "APPROVED");
    expect((await slots(graph)).new_name_status).toBe("APPROVED");
  });

  test("asking for the same name again does not begin the review anew", async () => {
    const graph = await startGraph({ review: { afterSeconds: 60 } });
    await ask(graph, "Cake Palace");
    graph.emulator.advanceClock(59);
    await ask(graph, "Cake Palace");
    graph.emulator.advanceClock(1);
    expect((await slots(graph)).new_name_status).toBe("APPROVED");
  });

  test("who decides by control is first, and the clock decides nothing any more", async () => {
    const graph = await startGraph({ review: { afterSeconds: 60 }, webhook: WEBHOOK });
    await ask(graph, "Cake Palace");
    expect(kept(graph, CAKE_SHOP).name_review).toEqual({
      decide_at: new Date(START + 60_000).toISOString(),
      decision: "APPROVED",
    });
    graph.emulator.reviewName(CAKE_SHOP, "REJECTED");
    expect(kept(graph, CAKE_SHOP).name_review).toBeUndefined();
    graph.emulator.advanceClock(60);
    expect((await slots(graph)).new_name_status).toBe("DECLINED");
    expect(notices(graph).length).toBe(1);
  });

  test("a review that somebody ends at Meta is not decided by the clock any more", async () => {
    const graph = await startGraph({ review: { afterSeconds: 60 }, webhook: WEBHOOK });
    await ask(graph, "Cake Palace");
    graph.emulator.patchNumber(CAKE_SHOP, { new_name_status: null, new_display_name: null });
    graph.emulator.patchNumber(CAKE_SHOP, { new_name_status: "PENDING_REVIEW", new_display_name: "Third Name" });
    graph.emulator.advanceClock(60);
    expect((await slots(graph)).new_name_status).toBe("PENDING_REVIEW");
    expect(notices(graph)).toEqual([]);
  });

  test("reviews of several numbers are told in the order in which they end", async () => {
    const graph = await startGraph({ review: { afterSeconds: 60 }, webhook: WEBHOOK });
    await ask(graph, "Ice Palace", ICE_CREAM);
    graph.emulator.advanceClock(1);
    await ask(graph, "Cake Palace");
    graph.emulator.advanceClock(DAY);
    expect(notices(graph).map((value) => value.requested_verified_name)).toEqual(["Ice Palace", "Cake Palace"]);
  });

  test("a number that was deleted meanwhile is not told of", async () => {
    const graph = await startGraph({ review: { afterSeconds: 60 }, webhook: WEBHOOK });
    await ask(graph, "Cake Palace");
    graph.emulator.deleteNumber(CAKE_SHOP);
    graph.emulator.advanceClock(60);
    expect(notices(graph)).toEqual([]);
  });
});

describe("the first name", () => {
  const add = async (graph: Graph): Promise<string> => addVerified(graph);

  test.each(["PENDING_REVIEW", "NONE"] as const)(
    "may begin as %s, and then the number does not register",
    async (word) => {
      const graph = await startGraph({ firstNameStatus: word });
      const id = await add(graph);
      expect((await slots(graph, id)).name_status).toBe(word);
      expect((await register(graph, id)).body.error).toMatchObject({ code: 100, error_subcode: 2388001 });
      expect(kept(graph, id).platform_type).toBe("NOT_APPLICABLE");
    },
  );

  test("in review it is decided by the clock too, and the number registers from then on", async () => {
    const options = { firstNameStatus: "PENDING_REVIEW", review: { afterSeconds: 60 }, webhook: WEBHOOK } as const;
    const graph = await startGraph(options);
    const id = await add(graph);
    const { certificate } = kept(graph, id);
    graph.emulator.advanceClock(60);
    expect(kept(graph, id).certificate).not.toBe(certificate);
    expect(await slots(graph, id)).toMatchObject({ verified_name: "Lucky Shrub", name_status: "APPROVED" });
    expect(notices(graph)).toMatchObject([{ decision: "APPROVED", requested_verified_name: "Lucky Shrub" }]);
    expect((await register(graph, id)).status).toBe(200);
  });

  test("when it was declined another name brings the number on", async () => {
    const graph = await startGraph({ firstNameStatus: "PENDING_REVIEW" });
    const id = await add(graph);
    graph.emulator.reviewName(id, "REJECTED");
    expect((await slots(graph, id)).name_status).toBe("DECLINED");
    await ask(graph, "Luckier Shrub", id);
    expect((await register(graph, id)).body.error.error_subcode).toBe(2388001);
    graph.emulator.reviewName(id, "APPROVED");
    expect((await register(graph, id)).status).toBe(200);
    expect(kept(graph, id)).toMatchObject({ verified_name: "Luckier Shrub", registered_name: "Luckier Shrub" });
  });
});

describe("with nameRules help_center", () => {
  test.each(["Ab", "Cake 🎂 Shop", "https://cake.example", "www.cake.example", "Cake!!", "WhatsApp Cakes", "Meta"])(
    "the name %s is refused at once with 100/2388009",
    async (name) => {
      const graph = await startGraph({ nameRules: "help_center" });
      const before = graph.emulator.state();
      expect((await ask(graph, name)).body.error).toMatchObject({ code: 100, error_subcode: 2388009 });
      expect(graph.emulator.state()).toEqual(before);
    },
  );

  test.each(["Abc", "Café & Söhne 蛋糕", "John's Cake Shop No. 2 (NY)", "Metal Works", "Booking.example"])(
    "the name %s is reviewed",
    async (name) => {
      const graph = await startGraph({ nameRules: "help_center" });
      expect((await ask(graph, name)).status).toBe(200);
      expect((await slots(graph)).new_name_status).toBe("PENDING_REVIEW");
    },
  );

  test("without the option they are left to the review", async () => {
    const graph = await startGraph();
    expect((await ask(graph, "WhatsApp!!")).status).toBe(200);
  });
});

test("certificates depend on the calls alone, not on when they came, and no two are the same", async () => {
  const play = async (start: number): Promise<unknown[]> => {
    const graph = await startGraph({ clock: () => start, seed: "hard" });
    const seen: unknown[] = Object.values(graph.emulator.state().numbers as object).flatMap((number) => [
      number.certificate,
      number.new_certificate,
    ]);
    const id = await addVerified(graph);
    seen.push(kept(graph, id).certificate);
    for (const name of ["Cake Palace", "Cake House", "Cake Palace"]) {
      await graph.post(`/${id}`, { new_display_name: name });
      graph.emulator.reviewName(id, "APPROVED");
      graph.emulator.advanceClock(1);
      seen.push(kept(graph, id).new_certificate);
    }
    return seen.filter((certificate) => certificate !== undefined);
  };
  const first = await play(START);
  expect(first).toEqual(await play(START + 86_400_123));
  expect(new Set(first).size).toBe(first.length);
});
