import { expect, test } from "vitest";
import { ICE_CREAM, startLifecycle, WABA } from "../support/lifecycle.ts";

const SIGNED_UP = {
  wabaId: WABA,
  phoneNumber: ICE_CREAM.phoneNumber,
  embeddedSignupFinishedAt: "2026-11-20T14:00:00+02:00",
};
const REGISTER_BY = "2026-12-04T12:00:00.000Z";

async function start() {
  const lifecycle = await startLifecycle();
  lifecycle.emulator.patchNumber(ICE_CREAM.id, { code_verification_status: "VERIFIED" });
  return lifecycle;
}

test("a number that embedded signup verified needs no code, and registers", async () => {
  const { stack, writes } = await start();
  await stack.up({ ...SIGNED_UP, pin: "654321", verification: { method: "SMS", language: "en" } });
  expect(writes()).toEqual(["POST /{PNID}/register"]);
  expect(stack.outputs.phase).toBe("registered");
  expect(stack.outputs.registerBy).toBeUndefined();
});

test("the deadline is an output in UTC, and warnings come when seven, three and one day is left", async () => {
  const { stack, said, pass } = await start();
  await stack.up(SIGNED_UP);
  expect(stack.outputs).toMatchObject({ phase: "needs-pin", registerBy: REGISTER_BY });
  expect(stack.outputs.nextAction).toContain(`until ${REGISTER_BY}`);
  const { pin: _none, ...declared } = { ...SIGNED_UP, pin: undefined, register: true };
  const warned = async () => {
    said.length = 0;
    await stack.refresh();
    return said.join("\n");
  };
  expect(await warned()).not.toContain("within");
  expect(await stack.up(declared)).toBeDefined();
  pass({ days: 14 });
  expect(await warned()).toContain("signup-expired");
});

test("after the deadline nothing is tried, and what to do is said; a new signup goes on", async () => {
  const { stack, writes, pass, said } = await start();
  await stack.up({ ...SIGNED_UP, register: false, pin: "654321" });
  pass({ days: 12 });
  await stack.up({ ...SIGNED_UP, pin: "654321" });
  expect(stack.outputs.phase).toBe("signup-expired");
  expect(said.join("\n")).toContain("go through embedded signup again");
  expect(writes()).toEqual([]);
  await stack.up({ ...SIGNED_UP, pin: "654321", embeddedSignupFinishedAt: "2026-12-05T00:00:00Z" });
  expect(stack.outputs.phase).toBe("registered");
  expect(writes()).toEqual(["POST /{PNID}/register"]);
});

test("where nobody said when, firstSeenAt is the bound and the message says so", async () => {
  const { stack } = await start();
  const { embeddedSignupFinishedAt: _unknown, ...program } = SIGNED_UP;
  await stack.up(program);
  expect(stack.outputs.registerBy).toBeUndefined();
  expect(stack.outputs.nextAction).toContain("before 2026-12-07T12:00:00.000Z, 14 days after it was first seen here");
});
