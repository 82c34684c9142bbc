import { expect, test } from "vitest";
import { ALWAYS, FAILING, PASS, upWhileFailing } from "../support/failing.ts";
import { ICE_CREAM, startLifecycle, WABA } from "../support/lifecycle.ts";

const SMS = { method: "SMS", language: "en" };
const ICE = {
  wabaId: WABA,
  phoneNumber: ICE_CREAM.phoneNumber,
  displayName: "Jasper's Ice Cream",
  pin: "654321",
  verification: SMS,
};

const withCode = (program: object, code: string) => ({ ...program, verification: { ...SMS, code } });

test("no second code is sent while the first is waited for", async () => {
  const { stack, writes } = await startLifecycle();
  await stack.up(ICE);
  writes();
  expect((await stack.up(ICE)).op).toBe("same");
  expect(writes()).toEqual([]);
});

test("a wrong code is tried once, and a raised attempt has another one sent", async () => {
  const { stack, emulator, writes } = await startLifecycle();
  await stack.up(ICE);
  const wrong = emulator.code(ICE_CREAM.id) === "111111" ? "222222" : "111111";
  await stack.up(withCode(ICE, wrong));
  expect(stack.outputs.phase).toBe("code-rejected");
  await stack.up(withCode(ICE, wrong));
  expect(writes()).toEqual(["POST /{PNID}/request_code", "POST /{PNID}/verify_code"]);

  const again = { ...ICE, verification: { ...SMS, code: wrong, attempt: 2 } };
  await stack.up(again);
  expect(stack.outputs.phase).toBe("code-sent");
  await stack.up({ ...again, verification: { ...again.verification, code: emulator.code(ICE_CREAM.id) } });
  expect(stack.outputs.phase).toBe("registered");
  expect(writes()).toEqual(["POST /{PNID}/request_code", "POST /{PNID}/verify_code", "POST /{PNID}/register"]);
});

test("a code that was declared before one was asked for is not tried", async () => {
  const { stack, writes } = await startLifecycle();
  await stack.up(withCode(ICE, "123830"));
  await stack.up(withCode(ICE, "123830"));
  expect(writes()).toEqual(["POST /{PNID}/request_code"]);
});

test("a number that is verified already needs no code", async () => {
  const { stack, emulator, writes } = await startLifecycle();
  emulator.patchNumber(ICE_CREAM.id, { code_verification_status: "VERIFIED" });
  await stack.up(ICE);
  expect(stack.outputs.phase).toBe("registered");
  expect(writes()).toEqual(["POST /{PNID}/register"]);
});

test.each(FAILING)(
  "asking for a code while Graph answers %s, then %s: the code can be used",
  async (_f, _w, [, fault], [, goOn]) => {
    const lifecycle = await startLifecycle();
    const { stack, emulator, writes } = lifecycle;
    const program = ICE;
    const error = await upWhileFailing(lifecycle, { match: { path: "/*/request_code" }, ...fault }, program);
    // Not knowing is no error: the code may be on its way, and asking again would send a second one.
    expect(error).toBeUndefined();
    expect(stack.outputs.phase).toBe("code-sent");
    await goOn(lifecycle, program);
    expect(writes()).toEqual(["POST /{PNID}/request_code"]);
    if (fault.drop === "after") {
      await stack.up({ ...program, verification: { ...SMS, code: emulator.code(ICE_CREAM.id) } });
    } else {
      await stack.up({ ...program, verification: { ...SMS, attempt: 2 } });
      await stack.up({ ...program, verification: { ...SMS, attempt: 2, code: emulator.code(ICE_CREAM.id) } });
    }
    expect(stack.outputs.phase).toBe("registered");
  },
);

test.each(FAILING)(
  "verifying a code while Graph answers %s, then %s: the same code is used",
  async (_f, _w, [, fault, message], [, goOn]) => {
    const lifecycle = await startLifecycle();
    const { stack, emulator, writes } = lifecycle;
    await stack.up(ICE);
    const program = withCode(ICE, emulator.code(ICE_CREAM.id));
    writes();
    const error = await upWhileFailing(lifecycle, { match: { path: "/*/verify_code" }, ...fault }, program);
    if (fault.drop === "after") expect(error).toBeUndefined();
    else expect(error?.message).toMatch(message);

    await goOn(lifecycle, program);
    expect(stack.outputs.phase).toBe("registered");
    expect(writes()).toEqual([
      "POST /{PNID}/verify_code",
      ...(fault.drop === "after" ? [] : ["POST /{PNID}/verify_code"]),
      "POST /{PNID}/register",
    ]);
  },
);

test("a code whose request got no answer, nor the read after it, is not requested twice", async () => {
  const { stack, emulator, writes } = await startLifecycle();
  emulator.addFault({ match: { path: "/*/request_code" }, drop: "after" });
  const read = { method: "GET", path: `/${ICE_CREAM.id}` };
  emulator.addFault({ match: read, ...PASS });
  emulator.addFault({ match: read, times: ALWAYS, drop: "before" });
  await stack.up(ICE);
  await stack.up(ICE);
  expect(stack.outputs.phase).toBe("code-sent");
  expect(writes()).toEqual(["POST /{PNID}/request_code"]);
});

test("Meta's refusal to send a code holds until the attempt is raised", async () => {
  const { stack, emulator, writes, said } = await startLifecycle();
  const tooOften = { error: { message: "Request code error", code: 136024, error_subcode: 2388367, fbtrace_id: "A1" } };
  emulator.addFault({ match: { path: "/*/request_code" }, status: 400, body: tooOften });
  await expect(stack.up(ICE)).rejects.toThrow(/136024\/2388367.*raise verification\.attempt/);
  await stack.up(ICE);
  await stack.up(ICE);
  expect(writes()).toEqual(["POST /{PNID}/request_code"]);
  expect(stack.outputs.nextAction).toContain("raise verification.attempt above 1");
  expect(said.join()).toContain("is needs-verification: Meta sent no code.");
  await stack.up({ ...ICE, verification: { ...SMS, attempt: 2 } });
  expect(stack.outputs.phase).toBe("code-sent");
});
