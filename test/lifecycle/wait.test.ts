import { expect, test } from "vitest";
import type { NumberPatch } from "../../emulator/index.ts";
import { ALWAYS } from "../support/failing.ts";
import { CAKE_SHOP, ICE_CREAM, type Lifecycle, startLifecycle, WABA } from "../support/lifecycle.ts";
import { WAITING_ICE as ICE, POLL_MS } from "../support/waiting.ts";

const CAKE = { wabaId: WABA, phoneNumber: CAKE_SHOP.phoneNumber, pin: "123456", waitFor: "registered" };
const REQUEST_CODE = "POST /{PNID}/request_code";
const REGISTER = "POST /{PNID}/register";

/** In the nth wait somebody does the one thing that is missing. */
const inWait = ({ whileWaiting, emulator }: Lifecycle, nth: number, change: NumberPatch): void =>
  whileWaiting((wait) => (wait === nth ? emulator.patchNumber(ICE_CREAM.id, change) : undefined));

test("a code that is given while up waits ends in a registered number, in one run", async () => {
  const lifecycle = await startLifecycle();
  const { stack, waits, calls } = lifecycle;
  inWait(lifecycle, 3, { code_verification_status: "VERIFIED" });
  await stack.up(ICE);
  expect(stack.outputs).toMatchObject({ phase: "registered", registered: true, pin: "654321", waitFor: "registered" });
  expect(waits).toEqual([POLL_MS, POLL_MS, POLL_MS]);
  const made = calls();
  expect(made.filter((call) => !call.startsWith("GET"))).toEqual([REQUEST_CODE, REGISTER]);
  // Before the request and after it, at each look, and after the registration.
  expect(made.filter((call) => call === "GET /{PNID}")).toHaveLength(2 + 3 + 1);
});

test("a first name that Meta approves while up waits is registered by it", async () => {
  const lifecycle = await startLifecycle();
  const { stack, emulator, waits, writes } = lifecycle;
  emulator.patchNumber(ICE_CREAM.id, { code_verification_status: "VERIFIED", name_status: "PENDING_REVIEW" });
  inWait(lifecycle, 2, { name_status: "APPROVED" });
  await stack.up(ICE);
  expect(stack.outputs.phase).toBe("registered");
  expect(waits).toHaveLength(2);
  expect(writes()).toEqual([REGISTER]);
});

test.each([
  [60, 2],
  [undefined, 10],
])("at its deadline (%s s) up succeeds, with one warning, after %i looks", async (waitTimeoutSeconds, looks) => {
  const { stack, waits, said, writes } = await startLifecycle();
  await stack.up({ ...ICE, waitTimeoutSeconds });
  expect(stack.resource?.initErrors).toEqual([]);
  expect(stack.outputs.phase).toBe("code-sent");
  expect(waits).toEqual(Array(looks).fill(POLL_MS));
  const after = `is code-sent after ${waitTimeoutSeconds ?? 300} s`;
  expect(said.filter((line) => line.includes(after))).toHaveLength(1);
  expect(writes()).toEqual([REQUEST_CODE]);
  expect((await stack.up({ ...ICE, waitTimeoutSeconds })).op).toBe("same");
  expect(waits).toHaveLength(looks);
});

test("a deadline in a phase of trouble: what to do is said once, by the run that adopts and by one that waits again", async () => {
  const { stack, emulator, said } = await startLifecycle();
  const program = { ...ICE, waitTimeoutSeconds: 10 };
  const advice = (start: string) => said.splice(0).filter((line) => line.includes(start));
  const { verification, displayName: _name, ...undeclared } = program;
  await stack.up(undeclared);
  expect(said.join("\n")).toContain("is needs-verification after 10 s");
  expect(advice("Run pulumi up with verification")).toHaveLength(1);

  await stack.up(program);
  const right = emulator.code(ICE_CREAM.id);
  for (const code of ["111111", "222222", "333333"].filter((other) => other !== right).slice(0, 2)) {
    said.splice(0);
    await stack.upWithoutRefresh({ ...program, verification: { ...verification, code } });
    expect(stack.outputs.phase).toBe("code-rejected");
    expect(said.join("\n")).toContain("is code-rejected after 10 s");
    expect(advice(String(stack.outputs.nextAction))).toHaveLength(1);
  }
});

test("a deadline below half a minute has one look, at its end, and a code given by then is seen", async () => {
  const lifecycle = await startLifecycle();
  const { stack, waits, writes } = lifecycle;
  inWait(lifecycle, 1, { code_verification_status: "VERIFIED" });
  await stack.up({ ...ICE, waitTimeoutSeconds: 10 });
  expect(stack.outputs.phase).toBe("registered");
  expect(waits).toEqual([10_000]);
  expect(writes()).toEqual([REQUEST_CODE, REGISTER]);
});

test.each<[string, NumberPatch]>([
  ["registered already", {}],
  ["under a name in review", { new_display_name: "Lucky Shrub", new_name_status: "PENDING_REVIEW" }],
  ["banned", { status: "BANNED" }],
  ["on the app", { is_on_biz_app: true }],
  ["moved away", { status: "MIGRATED" }],
])("a number that is %s is not waited for", async (_what, patch) => {
  const { stack, emulator, waits, calls } = await startLifecycle();
  emulator.patchNumber(CAKE_SHOP.id, patch);
  await stack.up(CAKE);
  expect(waits).toEqual([]);
  expect(calls()).toEqual(["GET /{WABA}/phone_numbers"]);
});

test("to change what is waited for, and how long, calls nothing", async () => {
  const { stack, calls, waits } = await startLifecycle();
  await stack.up({ ...CAKE, waitFor: "none" });
  calls();
  for (const change of [{}, { waitTimeoutSeconds: 1800 }, { waitFor: "none" }, { waitFor: undefined }]) {
    expect((await stack.upWithoutRefresh({ ...CAKE, ...change })).op).toBe("update");
    expect(stack.outputs.waitFor).toBe("waitFor" in change ? change.waitFor : "registered");
  }
  expect(calls()).toEqual([]);
  expect(waits).toEqual([]);
});

test("a look that fails is an error, and what was achieved is kept", async () => {
  const { stack, emulator, whileWaiting, writes } = await startLifecycle();
  whileWaiting((nth) => {
    if (nth === 1) emulator.addFault({ match: { method: "GET" }, times: ALWAYS, status: 503, body: "" });
  });
  await expect(stack.up(ICE)).rejects.toThrow(/could not read the number/);
  expect(stack.outputs).toMatchObject({ phase: "code-sent", codeAttempt: 1 });
  await stack.up({ ...ICE, waitFor: "none" });
  expect(writes()).toEqual([REQUEST_CODE]);
});
