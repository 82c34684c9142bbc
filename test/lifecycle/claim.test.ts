import { expect, test } from "vitest";

import { type Lifecycle, startLifecycle } from "../support/lifecycle.ts";

const [ACCOUNT, NUMBER, PRE_ID] = ["910000000000002", "+16315557777", "913000000000001"];
const CLAIM = {
  wabaId: ACCOUNT,
  phoneNumber: NUMBER,
  displayName: "Cake Palace",
  pin: "123456",
  preVerifiedId: PRE_ID,
};

function start(preverified: object = {}): Promise<Lifecycle> {
  const business_id = "912000000000001";
  return startLifecycle({
    seed: {
      businesses: [{ id: business_id, name: "Cake Palace" }],
      wabas: [{ id: ACCOUNT, name: "New", business_id }],
      preverified_numbers: [
        { id: PRE_ID, business_id, phone_number: NUMBER, code_verification_time: "-1d", ...preverified },
      ],
    },
  });
}

test("a pre-verified number is claimed and registered in one run, without a code", async () => {
  const { stack, writes } = await start();
  await stack.up(CLAIM);
  expect(writes()).toEqual(["POST /{WABA}/phone_numbers", "POST /{PNID}/register"]);
  expect(stack.resource?.id).not.toBe(PRE_ID);
  expect(stack.outputs).toMatchObject({
    phase: "registered",
    preVerifiedId: PRE_ID,
    codeVerificationStatus: "VERIFIED",
  });
  expect(await stack.refresh()).toBe(false);
  expect((await stack.up(CLAIM)).op).toBe("same");
  expect(writes()).toEqual([]);
});

test.each(["before", "after"] as const)("a claim whose answer is cut %s its effect happens once", async (drop) => {
  const { stack, emulator } = await start();
  emulator.addFault({ match: { method: "POST", path: "/{WABA}/phone_numbers" }, drop });
  await stack.up(CLAIM).catch(() => undefined);
  await stack.up(CLAIM);
  expect(stack.outputs.phase).toBe("registered");
  expect(Object.keys((emulator.state() as { numbers: object }).numbers)).toHaveLength(1);
});

test("a number that Graph does not give away is an error that says so, and nothing is left in the stack", async () => {
  const { stack } = await start();
  await expect(stack.up({ ...CLAIM, preVerifiedId: "913000000000009" })).rejects.toThrow(
    /claim the pre-verified number 913000000000009 · number \+16315557777/,
  );
  expect(stack.resource).toBeUndefined();
});
