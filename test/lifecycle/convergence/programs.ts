/** What a program may declare of a number, and which numbers there are: all that the emulator's hard seed has, and more. */
import fc from "fast-check";
import { hardSeed } from "../../../emulator/seeds/hard.ts";
import type { Properties } from "../../support/engine-double.ts";
import { CAKE_SHOP, WABA } from "../../support/lifecycle.ts";

export const START = Date.parse("2026-11-23T12:00:00.000Z");
const DAY_MS = 24 * 60 * 60 * 1000;
/** Of the same business as the first, and approved before a number moves there. */
export const OTHER_WABA = "102290129340400";

/** How a program says which number it means, and the names that one might declare for it. */
export interface Subject {
  readonly what: string;
  /** What is there at Meta before the first run. */
  readonly id?: string;
  readonly identity: Properties;
  readonly names: readonly string[];
}

const NAMES = ["Lucky Shrub", "Third Name"];

const EXISTING: Subject[] = (hardSeed("approval").phone_numbers ?? []).flatMap((number) => {
  const { id = "", phone_number: phoneNumber, waba_id: wabaId = WABA, note = "", ...shown } = number;
  const names = [shown.verified_name, shown.new_display_name].filter((name) => typeof name === "string");
  return [{ phoneNumber }, { phoneNumberId: id }, { phoneNumber, phoneNumberId: id }].map((identity) => ({
    what: `${id}: ${note}`,
    id,
    identity: { wabaId, ...identity },
    names: [...names, ...NAMES],
  }));
});

const ADDED: Subject = {
  what: "a number to add",
  identity: { wabaId: WABA, phoneNumber: "+4915112345678" },
  names: ["Blumen Berlin", ...NAMES],
};

const CLAIMED: Subject[] = (hardSeed("approval").preverified_numbers ?? []).map(
  ({ id = "", phone_number: phoneNumber, note = "" }) => ({
    what: `a number to claim: ${note}`,
    identity: { wabaId: WABA, phoneNumber, preVerifiedId: id, displayName: "Lucky Shrub" },
    names: ["Lucky Shrub", "Third Name"],
  }),
);

const MOVED: Subject = {
  what: "a number to move",
  id: CAKE_SHOP.id,
  identity: { wabaId: OTHER_WABA, phoneNumber: CAKE_SHOP.phoneNumber, migrate: { fromWabaId: WABA } },
  names: ["John's Cake Shop", ...NAMES],
};

export const subject: fc.Arbitrary<Subject> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...EXISTING) },
  { weight: 2, arbitrary: fc.constant(ADDED) },
  { weight: 1, arbitrary: fc.constantFrom(...CLAIMED.slice(0, 1), ...CLAIMED) },
  { weight: 1, arbitrary: fc.constant(MOVED) },
);

type Rest = typeof rest extends fc.Arbitrary<infer T> ? T : never;

/** What a person writes into the program besides the identity; `code` is looked up, as people do. */
export interface Args {
  /** Among the subject's names. */
  readonly name?: number | undefined;
  readonly code?: "right" | "wrong" | undefined;
  readonly webhook?: "alive" | "other" | "dead" | undefined;
  readonly verifyToken: string;
  readonly rest: Rest;
}

const sometimes = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 2, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
const mostly = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 1, arbitrary: fc.constant(undefined) }, { weight: 5, arbitrary });

const rest = fc.record({
  pin: mostly(fc.constantFrom("123456", "654321")),
  register: sometimes(fc.boolean()),
  verification: mostly(
    fc.record({
      method: fc.constantFrom("SMS", "VOICE"),
      language: fc.constantFrom("en", "en_US"),
      attempt: sometimes(fc.integer({ min: 1, max: 3 })),
    }),
  ),
  dataLocalizationRegion: sometimes(fc.constantFrom("DE", "BR")),
  allowReregister: mostly(fc.boolean()),
  embeddedSignupFinishedAt: sometimes(
    fc.constantFrom(1, 13, 20).map((days) => new Date(START - days * DAY_MS).toISOString()),
  ),
  onDelete: sometimes(fc.constantFrom("retain", "deregister")),
  waitFor: sometimes(fc.constantFrom("none", "registered")),
  waitTimeoutSeconds: sometimes(fc.constantFrom(1, 60, 300)),
  adopt: sometimes(fc.constantFrom("ifExists", "ifExists", "ifExists", "never", "require")),
});

export const args: fc.Arbitrary<Args> = fc.record({
  name: mostly(fc.integer({ min: 0, max: 3 })),
  code: mostly(fc.constantFrom<"right" | "wrong">("right", "right", "wrong")),
  webhook: sometimes(fc.constantFrom<"alive" | "other" | "dead">("alive", "other", "dead")),
  verifyToken: fc.constantFrom("token-a", "token-b"),
  rest,
});
