import { expect, test } from "vitest";
import { ICE_CREAM, WABA } from "../support/lifecycle.ts";
import { NUMBERS, startStack, succeeded } from "../support/pulumi.ts";

const REQUEST = "POST /{PNID}/request_code";
const VERIFY = "POST /{PNID}/verify_code";
const REGISTER = "POST /{PNID}/register";

test("a code is sent once for a declaration, and verifies and registers once it is in the configuration", async () => {
  const { emulator, up, declare, numbers, calls } = await startStack(NUMBERS);
  const verification = { method: "SMS", language: "en" };
  const ice = { wabaId: WABA, phoneNumber: ICE_CREAM.phoneNumber, pin: "654321" };
  await declare({ ice: { ...ice, verification } });
  await succeeded(up());
  expect(calls()).toMatchObject({ [REQUEST]: 1 });
  expect((await numbers()).ice?.outputs).toMatchObject({
    phase: "code-sent",
    nextAction: expect.stringContaining(`npx waba code verify ${ICE_CREAM.phoneNumber}, then run pulumi up`),
  });
  expect((await succeeded(up())).stdout).toContain("2 unchanged");
  expect(calls()).toEqual({ "GET /{WABA}/phone_numbers": 1 });

  const code = emulator.code(ICE_CREAM.id);
  await declare({ ice: { ...ice, verification: { ...verification, code: `${code.slice(0, 3)}-${code.slice(3)}` } } });
  await succeeded(up());
  const { [REQUEST]: requested, [VERIFY]: verified, [REGISTER]: registered } = calls();
  expect({ requested, verified, registered }).toEqual({ requested: undefined, verified: 1, registered: 1 });
  expect((await numbers()).ice?.outputs).toMatchObject({ phase: "registered", registeredName: "Jasper's Ice Cream" });
  expect((await succeeded(up())).stdout).toContain("2 unchanged");
  expect(calls()).toEqual({ "GET /{WABA}/phone_numbers": 1 });
});
