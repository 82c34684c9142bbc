import { expect, test } from "vitest";
import { CAKE_SHOP, ICE_CREAM, startLifecycle, WABA } from "../support/lifecycle.ts";

const OPTIONAL: Record<string, unknown> = {
  displayName: "Lucky Shrub",
  pin: "654321",
  register: true,
  adopt: "ifExists",
  verification: { method: "SMS", language: "en", code: "123456", attempt: 2 },
  credential: "acme",
};
const KEYS = Object.keys(OPTIONAL);
const SUBSETS = Array.from({ length: 2 ** KEYS.length }, (_, bits) =>
  KEYS.filter((_key, index) => bits & (1 << index)),
);
const CREDENTIALS = { WABA_CREDENTIALS: JSON.stringify({ acme: { accessToken: "emulator-token" } }) };

const NUMBERS: [string, Record<string, unknown>][] = [
  ["a registered number", { phoneNumber: CAKE_SHOP.phoneNumber }],
  ["a registered number by both identities", { phoneNumber: CAKE_SHOP.phoneNumber, phoneNumberId: CAKE_SHOP.id }],
  ["a number that is not verified", { phoneNumberId: ICE_CREAM.id }],
];

test.each(NUMBERS)(
  "create, refresh, preview of %s shows nothing, for every subset of the optional args",
  async (_what, identity) => {
    const { emulator, anotherStack, writes } = await startLifecycle({}, CREDENTIALS);
    expect(SUBSETS).toHaveLength(64);
    for (const subset of SUBSETS) {
      emulator.reset();
      const stack = anotherStack();
      const program = { wabaId: WABA, ...identity, ...Object.fromEntries(subset.map((key) => [key, OPTIONAL[key]])) };
      const label = subset.join(" ") || "(none)";
      await stack.up(program);
      writes();
      expect(await stack.refresh(), `refresh after ${label}`).toBe(false);
      expect((await stack.preview(program)).op, `preview after ${label}`).toBe("same");
      expect((await stack.up(program)).op, `up after ${label}`).toBe("same");
      expect(writes(), `writes after ${label}`).toEqual([]);
    }
  },
);
