import { expect, test } from "vitest";
import { type Callback, startCallback } from "../support/callback.ts";
import type { Properties } from "../support/engine-double.ts";
import { CAKE_SHOP, ICE_CREAM, type Lifecycle, startLifecycle, WABA } from "../support/lifecycle.ts";

const CREDENTIALS = { WABA_CREDENTIALS: JSON.stringify({ acme: { accessToken: "emulator-token" } }) };
const CAKE = { wabaId: WABA, phoneNumber: CAKE_SHOP.phoneNumber };
const ICE = { wabaId: WABA, phoneNumber: ICE_CREAM.phoneNumber };
const VERIFIED = { code_verification_status: "VERIFIED" };

/** What was declared, refreshed and declared again: the engine must see nothing, and Meta no call that changes it. */
async function expectNoChange({ anotherStack, writes }: Lifecycle, program: Properties, label: string): Promise<void> {
  const stack = anotherStack();
  await stack.up(program);
  writes();
  expect(await stack.refresh(), `refresh after ${label}`).toBe(false);
  expect((await stack.preview(program)).op, `preview after ${label}`).toBe("same");
  expect((await stack.up(program)).op, `up after ${label}`).toBe("same");
  expect(writes(), `writes after ${label}`).toEqual([]);
}

/** All subsets of some parts of a program, each as one program with the names of what it is made of. */
function subsets(parts: Readonly<Record<string, Properties>>): [string, Properties][] {
  const all: [string, Properties][] = [["", {}]];
  for (const [name, part] of Object.entries(parts)) {
    all.push(...all.map(([names, args]): [string, Properties] => [`${names} ${name}`, { ...args, ...part }]));
  }
  return all;
}

const FIRST_ARGS = subsets({
  displayName: { displayName: "Lucky Shrub" },
  pin: { pin: "654321" },
  register: { register: true },
  adopt: { adopt: "ifExists" },
  verification: { verification: { method: "SMS", language: "en", code: "123456", attempt: 2 } },
  credential: { credential: "acme" },
});

test.each<[string, Properties]>([
  ["a registered number", CAKE],
  ["a registered number by both identities", { ...CAKE, phoneNumberId: CAKE_SHOP.id }],
  ["a number that is not verified", { wabaId: WABA, phoneNumberId: ICE_CREAM.id }],
])("create, refresh, preview of %s shows nothing, for every subset of the first args", async (_what, identity) => {
  const lifecycle = await startLifecycle({}, CREDENTIALS);
  expect(FIRST_ARGS).toHaveLength(64);
  for (const [label, args] of FIRST_ARGS) {
    lifecycle.emulator.reset();
    await expectNoChange(lifecycle, { ...identity, ...args }, label);
  }
});

/** Args that are left over from how the number came here exclude each other. */
const ORIGINS: Record<string, Properties> = {
  "": {},
  migrate: { migrate: { fromWabaId: "910000000000001" } },
  preVerifiedId: { preVerifiedId: "1971623530254178" },
};
const laterArgs = ({ url }: Callback) =>
  subsets({
    region: { dataLocalizationRegion: "DE", allowReregister: true },
    webhook: { webhook: { callbackUrl: url, verifyToken: "my-token" } },
    onDelete: { onDelete: "deregister" },
    waitFor: { waitFor: "registered", waitTimeoutSeconds: 60 },
    signup: { embeddedSignupFinishedAt: "2026-11-20T14:00:00+02:00" },
  });

test.each<[string, Properties, typeof VERIFIED | undefined]>([
  ["a registered number", { ...CAKE, displayName: "John's Cake Shop", pin: "123456" }, undefined],
  ["a number that is registered now", { ...ICE, displayName: "Jasper's Ice Cream", pin: "654321" }, VERIFIED],
  ["a number that is not verified", { ...ICE, displayName: "Jasper's Ice Cream" }, undefined],
])("create, refresh, preview of %s shows nothing, for every subset of the later args", async (_what, base, patch) => {
  const lifecycle = await startLifecycle();
  const programs = laterArgs(await startCallback());
  expect(programs).toHaveLength(32);
  for (const [origin, leftover] of Object.entries(ORIGINS)) {
    for (const [label, args] of programs) {
      lifecycle.emulator.reset();
      if (patch !== undefined) lifecycle.emulator.patchNumber(ICE_CREAM.id, patch);
      await expectNoChange(lifecycle, { ...base, ...leftover, ...args }, `${label} ${origin}`);
    }
  }
});

test("the same for all args together", async () => {
  const lifecycle = await startLifecycle({}, CREDENTIALS);
  const everything = [FIRST_ARGS, laterArgs(await startCallback())].map((programs) => programs.at(-1)?.[1]);
  for (const leftover of Object.values(ORIGINS)) {
    for (const identity of [CAKE, ICE]) {
      lifecycle.emulator.reset();
      await expectNoChange(lifecycle, Object.assign({}, identity, leftover, ...everything), "all");
    }
  }
});

test.each<[string, Properties, string[]]>([
  ["dataLocalizationRegion", { dataLocalizationRegion: "DE", allowReregister: true }, []],
  ["onDelete", { onDelete: "deregister" }, []],
  ["waitFor", { waitFor: "registered", waitTimeoutSeconds: 60 }, []],
  ["embeddedSignupFinishedAt", { embeddedSignupFinishedAt: "2026-11-20T12:00:00Z" }, []],
  ["migrate", ORIGINS.migrate ?? {}, []],
  ["preVerifiedId", ORIGINS.preVerifiedId ?? {}, []],
  ["webhook", {}, ["POST /{PNID}"]],
])(
  "%s, taken out of the program, leaves the state at once, and Meta is told only what must be",
  async (arg, args, calls) => {
    const { stack, writes } = await startLifecycle();
    const bare = { ...CAKE, displayName: "John's Cake Shop", pin: "123456" };
    const { url } = await startCallback();
    await stack.up({
      ...bare,
      ...args,
      ...(arg === "webhook" ? { webhook: { callbackUrl: url, verifyToken: "t" } } : {}),
    });
    expect(stack.outputs).toHaveProperty(arg);
    writes();
    expect(await stack.up(bare)).toMatchObject({ op: "update", properties: expect.arrayContaining([arg]) });
    expect(writes()).toEqual(calls);
    expect(stack.outputs).not.toHaveProperty(arg);
    expect(await stack.refresh()).toBe(false);
    expect((await stack.up(bare)).op).toBe("same");
    expect(writes()).toEqual([]);
  },
);
