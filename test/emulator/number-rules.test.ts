/** What holds of a number after whatever sequence of calls, of changes behind Graph's back and of time. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { CAKE_SHOP, DAY, type Graph, HOUR, kept, type Reply, startGraph } from "./emulator-client.ts";

type Kept = { readonly [name: string]: unknown };
type Step =
  | { readonly what: "register"; readonly pin: string }
  | { readonly what: "deregister" | "request" }
  | { readonly what: "verify"; readonly right: boolean }
  | { readonly what: "name"; readonly name: string }
  | { readonly what: "pin"; readonly pin: string }
  | { readonly what: "decide"; readonly decision: "APPROVED" | "REJECTED" | "DEFERRED" }
  | { readonly what: "patch"; readonly patch: object }
  | { readonly what: "wait"; readonly seconds: number };

const pins = fc.constantFrom("123456", "123456", "123456", "000000");
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ what: fc.constant("register" as const), pin: pins }) },
  { weight: 4, arbitrary: fc.record({ what: fc.constantFrom("deregister" as const, "request" as const) }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant("verify" as const), right: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ what: fc.constant("name" as const), name: fc.constantFrom("A1", "B2", "C3") }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant("pin" as const), pin: pins }) },
  {
    weight: 3,
    arbitrary: fc.record({
      what: fc.constant("decide" as const),
      decision: fc.constantFrom("APPROVED" as const, "REJECTED" as const, "DEFERRED" as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      what: fc.constant("patch" as const),
      patch: fc.constantFrom(
        { status: "BANNED" },
        { status: "CONNECTED" },
        { is_on_biz_app: true },
        { is_on_biz_app: false },
        { code_verification_status: "EXPIRED" },
        { deregister_incomplete: true },
      ),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      what: fc.constant("wait" as const),
      seconds: fc.constantFrom(1, HOUR, 13 * HOUR, 72 * HOUR - 1, 14 * DAY),
    }),
  },
);

async function take(graph: Graph, taken: Step): Promise<Reply | undefined> {
  const { emulator } = graph;
  switch (taken.what) {
    case "register":
      return graph.post(`/${CAKE_SHOP}/register`, { messaging_product: "whatsapp", pin: taken.pin });
    case "deregister":
      return graph.post(`/${CAKE_SHOP}/deregister`);
    case "request":
      return graph.post(`/${CAKE_SHOP}/request_code`, { code_method: "SMS", language: "en" });
    case "verify": {
      const code = kept(graph, CAKE_SHOP).code as { value: string } | undefined;
      return graph.post(`/${CAKE_SHOP}/verify_code`, { code: (taken.right && code?.value) || "no code" });
    }
    case "name":
      return graph.post(`/${CAKE_SHOP}`, { new_display_name: taken.name });
    case "pin":
      return graph.post(`/${CAKE_SHOP}`, { pin: taken.pin });
    case "decide":
      if (kept(graph, CAKE_SHOP).new_name_status !== "PENDING_REVIEW") return undefined;
      emulator.reviewName(CAKE_SHOP, taken.decision);
      return undefined;
    case "patch":
      emulator.patchNumber(CAKE_SHOP, taken.patch);
      return undefined;
    case "wait":
      emulator.advanceClock(taken.seconds);
      return undefined;
  }
}

/** What a refused call may add to. */
const LEDGERS = [
  "register_calls",
  "register_blocked_until",
  "deregister_calls",
  "deregister_blocked_until",
  "wrong_pins",
  "wrong_codes",
];
const besideLedgers = (number: Kept) =>
  Object.fromEntries(Object.entries(number).filter(([name]) => !LEDGERS.includes(name)));

function mostWithin(times: readonly number[], seconds: number): number {
  return Math.max(
    0,
    ...times.map((from) => times.filter((time) => time >= from && time < from + seconds * 1000).length),
  );
}

/** Runs a sequence from the start, and checks each step of it. */
async function run(
  graph: Graph,
  steps: readonly Step[],
  check: (before: Kept, taken: Step, reply: Reply | undefined, after: Kept, now: number) => void,
): Promise<void> {
  graph.emulator.reset();
  for (const taken of steps) {
    const before = kept(graph, CAKE_SHOP);
    const reply = await take(graph, taken);
    check(before, taken, reply, kept(graph, CAKE_SHOP), Date.parse(String(graph.emulator.state().now)));
  }
}

const RUNS = { seed: 20261102, numRuns: 60 };
const sequences = fc.array(step, { minLength: 20, maxLength: 45 });

test("a refused call changes nothing but the ledgers", async () => {
  const graph = await startGraph();
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(sequences, (steps) =>
      run(graph, steps, (before, _taken, reply, after) => {
        if (reply === undefined || reply.status === 200) return;
        refused += 1;
        expect(besideLedgers(after)).toEqual(besideLedgers(before));
      }),
    ),
    RUNS,
  );
  expect(refused).toBeGreaterThan(100);
});

test("no 72 hours see more than ten register calls succeed, nor more than ten deregister calls", async () => {
  const graph = await startGraph();
  const crowded = fc.array(
    fc.oneof(
      { weight: 8, arbitrary: fc.constant<Step>({ what: "register", pin: "123456" }) },
      { weight: 8, arbitrary: fc.constant<Step>({ what: "deregister" }) },
      {
        weight: 4,
        arbitrary: fc.record({
          what: fc.constant("wait" as const),
          seconds: fc.constantFrom(HOUR, 36 * HOUR, 72 * HOUR - 1, 1),
        }),
      },
    ),
    { minLength: 40, maxLength: 60 },
  );
  let blocked = 0;
  await fc.assert(
    fc.asyncProperty(crowded, async (steps) => {
      const times = { register: [] as number[], deregister: [] as number[] };
      await run(graph, steps, (_before, { what }, reply, _after, now) => {
        if (reply?.body.error?.code === 133016) blocked += 1;
        if ((what === "register" || what === "deregister") && reply?.status === 200) times[what].push(now);
      });
      expect(mostWithin(times.register, 72 * HOUR)).toBeLessThanOrEqual(10);
      expect(mostWithin(times.deregister, 72 * HOUR)).toBeLessThanOrEqual(10);
    }),
    { ...RUNS, numRuns: 30 },
  );
  expect(blocked).toBeGreaterThan(20);
});

test.each(["approval", "register"] as const)(
  "with nameFlip %s verified_name changes by that step only, and only to a name that was approved",
  async (nameFlip) => {
    const graph = await startGraph({ nameFlip });
    let changes = 0;
    await fc.assert(
      fc.asyncProperty(sequences, (steps) =>
        run(graph, steps, (before, taken, reply, after) => {
          if (after.verified_name === before.verified_name) return;
          changes += 1;
          expect(after.verified_name).toBe(before.new_display_name);
          if (nameFlip === "approval") expect(taken).toEqual({ what: "decide", decision: "APPROVED" });
          else expect([taken.what, reply?.status, before.new_name_status]).toEqual(["register", 200, "APPROVED"]);
        }),
      ),
      RUNS,
    );
    expect(changes).toBeGreaterThan(3);
  },
);

test("the fields of a number fit each other after every step", async () => {
  const graph = await startGraph();
  await fc.assert(
    fc.asyncProperty(sequences, (steps) =>
      run(graph, steps, (before, taken, reply, after) => {
        expect(after.new_display_name === undefined).toBe(after.new_name_status === undefined);
        expect(after.new_certificate !== undefined).toBe(after.new_name_status === "APPROVED");
        const isRegistered = after.platform_type === "CLOUD_API";
        expect((after.throughput as { level: string }).level === "NOT_APPLICABLE").toBe(!isRegistered);
        expect((after.name_requests as string[]).length).toBeLessThanOrEqual(10);
        expect(after.is_pin_enabled).toBe(after.pin !== undefined);
        if (taken.what === "register" && reply?.status === 200) {
          expect(after).toMatchObject({ platform_type: "CLOUD_API", registered_name: after.verified_name });
        }
        const proven = after.code_verification_status === "VERIFIED";
        if (proven && before.code_verification_status !== "VERIFIED") {
          expect([taken.what, reply?.status]).toEqual(["verify", 200]);
        }
      }),
    ),
    RUNS,
  );
});

test("the same steps lead to the same state, codes and certificates included", async () => {
  const graph = await startGraph();
  await fc.assert(
    fc.asyncProperty(sequences, async (steps) => {
      const outcome = async () => {
        await run(graph, steps, () => undefined);
        return graph.emulator.state();
      };
      expect(await outcome()).toEqual(await outcome());
    }),
    { ...RUNS, numRuns: 10 },
  );
});
