import { test } from "vitest";
import type { NameDecision, NumberPatch } from "../../emulator/index.ts";
import { type Drift, expectShownAndDone, IDENTITY, patch, REGISTER, registered, SET, SMS } from "../support/drift.ts";
import { ICE_CREAM, type Lifecycle, startLifecycle } from "../support/lifecycle.ts";

const LUCKY = { displayName: "Lucky Shrub" };
const review =
  (decision: NameDecision) =>
  ({ emulator }: Lifecycle) =>
    emulator.reviewName(ICE_CREAM.id, decision);

/** What a run left open, and how it went on: the name was asked for. */
const ANSWERS: [string, Drift][] = (["approval", "register"] as const).flatMap((nameFlip) =>
  [true, false].flatMap((certificates) => {
    const options = { nameFlip, certificates };
    const answers: [string, Drift["happens"], Omit<Drift, "what" | "happens">][] = [
      ["approved", review("APPROVED"), { shows: ["displayName"], writes: [REGISTER], phase: "registered" }],
      ["declined", review("REJECTED"), { shows: "none", writes: [], phase: "name-declined" }],
      ["deferred", review("DEFERRED"), { shows: "none", writes: [], phase: "name-in-review" }],
      [
        "approved and left to expire",
        (lifecycle) => {
          review("APPROVED")(lifecycle);
          lifecycle.pass({ days: 15 });
        },
        { shows: ["displayName"], writes: [SET], phase: "name-in-review" },
      ],
    ];
    return answers.map(([what, happens, rest]): [string, Drift] => [
      `${what} (name flips at ${nameFlip}${certificates ? "" : ", no certificates"})`,
      { what, happens, ...rest, options },
    ]);
  }),
);

test.each(ANSWERS)(
  "our name is %s: a preview shows exactly that, and the next up does what it showed",
  async (_what, drift) => {
    const { program, ...lifecycle } = await registered(drift.options);
    await lifecycle.stack.up({ ...program, ...LUCKY });
    await expectShownAndDone(lifecycle, { ...program, ...LUCKY }, drift);
  },
);

test.each([
  ["verified by somebody", { code_verification_status: "VERIFIED" }, ["pin", "register"], [REGISTER], "registered"],
  ["still not verified", { quality_rating: "UNKNOWN" }, "none", [], "code-sent"],
  [
    "verified, its name in review",
    { code_verification_status: "VERIFIED", name_status: "PENDING_REVIEW" },
    "none",
    [],
    "name-not-provisioned",
  ],
  ["banned", { status: "BANNED" }, "none", [], "blocked"],
] satisfies [string, NumberPatch, Drift["shows"], string[], string][])(
  "a number that waits for its code is %s: a preview shows exactly what the next up does",
  async (what, change, shows, writes, phase) => {
    const lifecycle = await startLifecycle();
    const program = {
      ...IDENTITY,
      displayName: "Jasper's Ice Cream",
      pin: "654321",
      register: true,
      verification: SMS,
    };
    await lifecycle.stack.up(program);
    await expectShownAndDone(lifecycle, program, { what, happens: patch(change), shows, writes, phase });
  },
);
