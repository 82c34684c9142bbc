import { expect, test } from "vitest";
import type { Emulator } from "../../emulator/index.ts";
import { ALWAYS, FAILING, PASS, upWhileFailing } from "../support/failing.ts";
import { ICE_CREAM, startLifecycle, WABA } from "../support/lifecycle.ts";
import { asSomebody } from "../support/somebody.ts";

const SMS = { method: "SMS", language: "en" };
const ICE = {
  wabaId: WABA,
  phoneNumber: ICE_CREAM.phoneNumber,
  displayName: "Jasper's Ice Cream",
  pin: "654321",
  verification: SMS,
};

/** As a colleague does, or `waba code request`. */
const requestElsewhere = (emulator: Emulator) =>
  asSomebody(emulator, `POST ${ICE_CREAM.id}/request_code`, { code_method: "SMS", language: "en" });

const withCode = (program: object, code: string) => ({ ...program, verification: { ...SMS, code } });

test("no second code is sent while the first is waited for", async () => {
  const { stack, writes } = await startLifecycle();
  await stack.up(ICE);
  writes();
  expect((await stack.up(ICE)).op).toBe("same");
  expect(writes()).toEqual([]);
});

test("a code that Meta throttled is sent by the next up, and nobody is told to declare what is declared", async () => {
  const { stack, emulator, writes } = await startLifecycle();
  const body = { error: { code: 80007, message: "limit" } };
  emulator.addFault({ match: { method: "POST", path: "/{PNID}/request_code" }, status: 400, body });
  await stack.up(ICE).catch(() => undefined);
  expect(stack.outputs.phase).toBe("needs-verification");
  expect(stack.outputs.nextAction).toMatch(/^Run pulumi up with verification: .* declared: a code is sent/);
  await stack.up(ICE);
  expect(stack.outputs.phase).toBe("code-sent");
  expect(writes()).toEqual(["POST /{PNID}/request_code", "POST /{PNID}/request_code"]);
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

test("the code of a moment ago is taken in the run that meets the number, and none is sent", async () => {
  const { stack, emulator, writes } = await startLifecycle();
  await requestElsewhere(emulator);
  writes();
  await stack.up(withCode(ICE, emulator.code(ICE_CREAM.id)));
  expect(stack.outputs.phase).toBe("registered");
  expect(writes()).toEqual(["POST /{PNID}/verify_code", "POST /{PNID}/register"]);
  expect((await stack.up(ICE)).op).toBe("same");
});

test("a code that was sent after the adoption, by somebody else, is taken too", async () => {
  const { stack, emulator, writes } = await startLifecycle();
  await stack.up({ ...ICE, verification: undefined });
  await requestElsewhere(emulator);
  writes();
  const program = withCode(ICE, emulator.code(ICE_CREAM.id));
  expect(await stack.preview(program)).toEqual({ op: "update", properties: ["verification"] });
  await stack.up(program);
  expect(stack.outputs.phase).toBe("registered");
  expect(writes()).toEqual(["POST /{PNID}/verify_code", "POST /{PNID}/register"]);
});

test.each(["wrong", "too old"])(
  "a declared code that is %s at the adoption is tried once, and one is sent",
  async (how) => {
    const { stack, emulator, writes, said, pass } = await startLifecycle();
    await requestElsewhere(emulator);
    const sent = emulator.code(ICE_CREAM.id);
    if (how === "too old") pass({ minutes: 11 });
    const old = how === "too old" ? sent : sent === "111111" ? "222222" : "111111";
    writes();
    for (const _run of [1, 2, 3]) await stack.up(withCode(ICE, old));
    expect(stack.outputs.phase).toBe("code-sent");
    expect(writes()).toEqual(["POST /{PNID}/verify_code", "POST /{PNID}/request_code"]);
    const refused = said.findIndex((line) =>
      line.includes("did not take the declared verification.code (code 136025/2388093)"),
    );
    expect(said[refused]).toContain("A code lives ten minutes");
    expect(said[refused + 1]).toContain("a verification code is on its way by SMS");
    await stack.up(withCode(ICE, emulator.code(ICE_CREAM.id)));
    expect(stack.outputs.phase).toBe("registered");
  },
);

test("a declared code that Graph refuses for any other reason at the adoption does not keep ours from being sent", async () => {
  const { stack, emulator, writes } = await startLifecycle();
  const error = { message: "(#100) no code was requested", type: "OAuthException", code: 100, fbtrace_id: "A1" };
  emulator.addFault({ match: { path: "/*/verify_code" }, status: 400, body: { error } });
  await stack.up(withCode(ICE, "123830"));
  expect(stack.outputs.phase).toBe("code-sent");
  expect(writes()).toEqual(["POST /{PNID}/verify_code", "POST /{PNID}/request_code"]);
});

test("a declared code whose answer was lost at the adoption is tried again, and none is sent meanwhile", async () => {
  const { stack, emulator, writes } = await startLifecycle();
  await requestElsewhere(emulator);
  const program = withCode(ICE, emulator.code(ICE_CREAM.id));
  writes();
  emulator.addFault({ match: { path: "/*/verify_code" }, drop: "before" });
  await expect(stack.up(program)).rejects.toThrow(/could not verify/);
  await stack.up(program);
  expect(stack.outputs.phase).toBe("registered");
  expect(writes()).toEqual(["POST /{PNID}/verify_code", "POST /{PNID}/verify_code", "POST /{PNID}/register"]);
});

test("a code that is declared of a number that we add cannot be its code: it is not tried", async () => {
  const { stack, emulator, writes } = await startLifecycle();
  const added = { ...ICE, phoneNumber: "+4915112345678", displayName: "Blumen Berlin" };
  emulator.addFault({ match: { path: "/*/request_code" }, status: 401, body: { error: { message: "x", code: 190 } } });
  await expect(stack.up(withCode(added, "123830"))).rejects.toThrow(/code 190/);
  await stack.up(withCode(added, "123830"));
  await stack.up(withCode(added, "123830"));
  expect(stack.outputs.phase).toBe("code-sent");
  expect(writes()).toEqual(["POST /{WABA}/phone_numbers", "POST /{PNID}/request_code", "POST /{PNID}/request_code"]);
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
