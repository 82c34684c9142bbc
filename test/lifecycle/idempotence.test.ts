import fc from "fast-check";
import { expect, test } from "vitest";
import { UNKNOWN } from "../../provider/lifecycle/unknown.ts";
import type { EngineDouble, Properties, Provider } from "../support/engine-double.ts";
import { startLifecycle } from "../support/lifecycle.ts";

/** By arg: values in forms that are brought into one, others that are refused, and one that is not known yet. */
const ARGS: Record<string, unknown[]> = {
  wabaId: ["102290129340398", "my-account", UNKNOWN],
  phoneNumber: ["+16315551111", "+1 (631) 555-1111", "+1.631.555.1111", "6315551111", UNKNOWN],
  phoneNumberId: ["1972385232742141", "abc", 5, UNKNOWN],
  displayName: ["Lucky Shrub", "  Lucky Shrub\n", "a ", "Café  Zoë", UNKNOWN],
  pin: ["012345", "12345", 123456, UNKNOWN],
  register: [true, false, "yes", UNKNOWN],
  adopt: ["ifExists", "never", "require", "always", UNKNOWN],
  verification: [
    { method: "SMS", language: "en_US", code: "123-830" },
    { method: "VOICE", language: "en", code: "1 2 3 8 3 0", attempt: 2 },
    { method: "SMS", language: "en", code: UNKNOWN },
    { method: UNKNOWN, language: "english", code: "123-830" },
    { method: "PIGEON", language: "en" },
    "123830",
    UNKNOWN,
  ],
  migrate: [{ fromWabaId: "910000000000001" }, { fromWabaId: "102290129340398" }, { fromWabaId: UNKNOWN }, {}],
  preVerifiedId: ["1971623530254178", "x", UNKNOWN],
  dataLocalizationRegion: ["DE", "de", "XX", UNKNOWN],
  allowReregister: [true, false, 1],
  webhook: [
    { callbackUrl: "https://example.org/hook", verifyToken: "token" },
    { callbackUrl: UNKNOWN, verifyToken: "token" },
    { callbackUrl: "ftp://example.org", verifyToken: "" },
  ],
  embeddedSignupFinishedAt: ["2026-11-20T14:00:00+02:00", "2026-11-20T12:00:00Z", "yesterday", UNKNOWN],
  onDelete: ["retain", "deregister", "delete"],
  waitFor: ["none", "registered", "ever"],
  waitTimeoutSeconds: [1, 1800, 0, 1.5, "300"],
  credential: ["acme", "", "nobody", UNKNOWN],
  displayNmae: ["a typing mistake"],
  __provider: ["another text"],
};
const args = fc.record(
  Object.fromEntries(
    Object.entries(ARGS).map(([name, values]) => [name, fc.constantFrom(...values, ...(name === "pin" ? [null] : []))]),
  ),
  { requiredKeys: [] },
);
const CREDENTIALS = { WABA_CREDENTIALS: JSON.stringify({ acme: { accessToken: "emulator-token" } }) };

test("check of what check returned changes nothing and fails alike", async () => {
  const { provider, calls } = await startLifecycle({}, CREDENTIALS);
  let passed = 0;
  await fc.assert(
    fc.asyncProperty(args, async (news) => {
      const once = await provider.check({}, news);
      expect(await provider.check(once.inputs, once.inputs)).toEqual(once);
      if (once.failures.length === 0) passed += 1;
    }),
    {
      seed: 20261123,
      numRuns: 250,
      examples: Object.entries(ARGS).flatMap(([name, values]) =>
        values.map((value) => [valid(name, value)] as [object]),
      ),
    },
  );
  expect(passed).toBeGreaterThan(20);
  expect(calls()).toEqual([]);
});

test("what is not known yet passes check as it is, alone or inside an arg", async () => {
  const { provider } = await startLifecycle();
  const code = { method: "SMS", language: "en", code: UNKNOWN };
  const unknown = Object.keys(ARGS).filter((name) => name !== "displayNmae" && name !== "__provider");
  for (const [name, value] of [...unknown.map((arg) => [arg, UNKNOWN] as const), ["verification", code] as const]) {
    const { inputs, failures } = await provider.check({}, valid(name, value));
    expect(failures, name).toEqual([]);
    expect(inputs[name]).toEqual(value);
  }
});

/** One arg among others that are right. */
function valid(name: string, value: unknown): Properties {
  return { wabaId: "102290129340398", phoneNumber: "+16315551111", displayName: "Lucky Shrub", [name]: value };
}

interface HardNumber {
  readonly id: string;
  readonly display_phone_number: string;
  readonly waba_id: string;
  readonly verified_name: string;
}

/** What is declared of a number, and the numbers for which every run refuses it. */
const PROGRAMS: [string, (number: HardNumber) => Properties, string[]?][] = [
  ["nothing", () => ({})],
  ["its name and a PIN", ({ verified_name }) => ({ displayName: verified_name, pin: "654321" })],
  // It has a name in review, and Meta takes one change at a time.
  ["another name and a PIN", () => ({ displayName: "Lucky Shrub", pin: "654321" }), ["Old Bakery"]],
  ["no registration", ({ verified_name }) => ({ displayName: verified_name, pin: "654321", register: false })],
  ["a way to verify it", () => ({ pin: "654321", register: true, verification: { method: "SMS", language: "en" } })],
  [
    "a storage region and a wait",
    () => ({ pin: "654321", dataLocalizationRegion: "DE", allowReregister: true, waitFor: "registered" }),
  ],
];

test.each(PROGRAMS)(
  "declared: %s. A fresh read of every hard case shows no difference",
  async (_what, argsOf, never = []) => {
    const { emulator, provider, anotherStack, writes } = await startLifecycle({ seed: "hard" });
    const numbers = Object.values(emulator.state().numbers as unknown as Record<string, HardNumber>);
    expect(numbers.length).toBeGreaterThan(25);
    const refused: string[] = [];
    for (const number of numbers) {
      emulator.reset();
      const stack = anotherStack();
      const name = number.verified_name;
      const program = { wabaId: number.waba_id, phoneNumber: number.display_phone_number, ...argsOf(number) };
      const rests = await comesToRest(stack, program);
      if (!rests) refused.push(name);
      writes();

      const { id, outputs } = stack.resource ?? expect.unreachable(name);
      const read = await provider.read(id, outputs);
      expect(await ownDifference(provider, read), name).toEqual({ changes: false });
      expect(await provider.read(id, read.props ?? {}), `second read of ${name}`).toEqual(read);
      provider.begin?.();
      if (rests) {
        expect(await stack.refresh(), `refresh of ${name}`).toBe(false);
        expect(await stack.preview(program), name).toEqual({ op: "same", properties: [] });
      }
      expect(writes(), name).toEqual([]);
    }
    expect(refused).toEqual(never);
  },
);

const RUNS = 5;

/** What Graph refused once is left alone by a later run; what cannot be done is refused by every run. */
async function comesToRest(stack: EngineDouble, program: Properties): Promise<boolean> {
  for (let run = 1; run <= RUNS; run += 1) {
    const error = await stack.up(program).catch((caught: Error) => caught);
    if (!(error instanceof Error)) return true;
  }
  return false;
}

/** Of what was just read, against the inputs of the same read. */
function ownDifference(
  provider: Provider,
  { id = "", props = {}, inputs = {} }: Awaited<ReturnType<Provider["read"]>>,
) {
  return provider.diff(id, props, inputs);
}
