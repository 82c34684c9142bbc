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

test("the deadline is an output in UTC", async () => {
  const { stack } = await start();
  await stack.up(SIGNED_UP);
  expect(stack.outputs).toMatchObject({ phase: "needs-pin", registerBy: REGISTER_BY });
  expect(stack.outputs.nextAction).toContain(`until ${REGISTER_BY}`);
});

test.each([
  ["code-sent", { verification: { method: "SMS", language: "en" } }],
  ["needs-pin", {}],
] as const)("of a number that is %s, seven, three and one day before the deadline is said", async (phase, args) => {
  const { stack, emulator, said, pass } = await start();
  if (phase === "code-sent") emulator.patchNumber(ICE_CREAM.id, { code_verification_status: "NOT_VERIFIED" });
  await stack.up({ ...SIGNED_UP, ...args });
  const saidAfter = async (minutes: number) => {
    pass({ minutes });
    said.length = 0;
    await stack.refresh();
    return said.join("\n");
  };
  const days = (count: number) => count * 24 * 60;
  const within = (left: string) => `is ${phase} and must be registered within ${left}: `;
  expect(await saidAfter(days(4) - 1)).not.toContain("within");
  expect(await saidAfter(1)).toContain(within("7 days"));
  expect(await saidAfter(days(4) - 1)).toContain(within("7 days"));
  expect(await saidAfter(1)).toContain(within("3 days"));
  expect(await saidAfter(days(2) - 1)).toContain(within("3 days"));
  expect(await saidAfter(1)).toContain(within("a day"));
  expect(await saidAfter(days(1) - 1)).toContain(within("a day"));
  expect(await saidAfter(1)).toContain("is signup-expired: ");
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
