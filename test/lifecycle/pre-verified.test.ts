/** What is special to pre-verified numbers: their way to an account, their codes, their 90 days. */
import { expect, test } from "vitest";
import { type Lifecycle, startLifecycle } from "../support/lifecycle.ts";
import {
  ACCOUNT,
  ADD,
  BUSINESS,
  graph,
  idOf,
  LIST,
  LOOK,
  PARTNER,
  PARTNERS,
  PHONE,
  POOLED,
  READ,
  REQUEST,
  SHARE,
  SMS,
  start,
  VERIFY,
  verified,
  withCode,
} from "../support/pre-verified.ts";

test("a number is added, verified, shared, claimed by a PhoneNumber and registered, each call once", async () => {
  const lifecycle = await start();
  const { stack, emulator, calls, said } = lifecycle;
  await stack.up(POOLED);
  const id = idOf(stack);
  expect(calls()).toEqual([LIST, ADD, REQUEST, READ]);
  expect(stack.outputs).toMatchObject({ phase: "code-sent", codeVerificationStatus: "NOT_VERIFIED" });
  expect(stack.outputs.nextAction).toContain("raise verification.attempt above 1");

  await stack.up(withCode(emulator.code(id)));
  expect(calls()).toEqual([READ, READ, VERIFY, READ]);
  expect(stack.outputs).toMatchObject({
    phase: "verified",
    codeVerificationStatus: "VERIFIED",
    codeVerificationTime: "2026-11-23T12:00:00.000Z",
    verificationExpiresAt: "2027-02-21T12:00:00.000Z",
  });
  expect(stack.outputs.nextAction).toContain("can be renewed from 2027-01-07T12:00:00.000Z on");

  const shared = { ...POOLED, sharedWith: [PARTNER] };
  await stack.up(shared);
  expect(calls()).toEqual([READ, READ, PARTNERS, SHARE]);
  expect(stack.outputs).toMatchObject({ sharedWith: [PARTNER], partners: [PARTNER], phase: "verified" });

  const claimed = { wabaId: ACCOUNT, phoneNumber: PHONE, displayName: "Lucky Shrub", pin: "123456", preVerifiedId: id };
  const number = await numberIn(lifecycle);
  await number.stack.up(claimed);
  expect(number.writes()).toEqual(["POST /{WABA}/phone_numbers", "POST /{PNID}/register"]);
  expect(number.stack.outputs.phase).toBe("registered");
  calls();

  said.length = 0;
  expect((await stack.up(shared)).op).toBe("same");
  expect(calls()).toEqual(LOOK);
  const { id: numberId } = number.stack.resource ?? expect.unreachable();
  expect(stack.outputs).toMatchObject({ phase: "claimed", claimedBy: ACCOUNT, phoneNumberId: numberId });
  expect(stack.outputs.nextAction).toContain(`has it as number ${numberId}`);
  expect(said).toEqual([expect.stringContaining(`account ${ACCOUNT} has claimed it as number ${numberId}`)]);

  said.length = 0;
  expect(await stack.refresh()).toBe(false);
  expect((await stack.up({ ...shared, sharedWith: [], verification: { ...SMS, attempt: 2 } })).op).toBe("update");
  expect(said).toEqual([]);
  await stack.up({ ...POOLED, onDelete: "delete" });
  await stack.destroy();
  expect(calls()).toEqual([]);
  expect(said.at(-1)).toContain("forgotten and not deleted: it is not in the pool any more");
  expect(await graph(emulator, "GET", `/${numberId}?fields=platform_type`)).toMatchObject({
    platform_type: "CLOUD_API",
  });
});

/** A stack of numbers at the same Graph. */
async function numberIn({ emulator, writes }: Lifecycle) {
  const { stack } = await startLifecycle({}, { WABA_BASE_URL: emulator.url, WABA_ACCESS_TOKEN: emulator.token });
  writes();
  return { stack, writes };
}

test("no second code is sent while the first is waited for, a wrong one is tried once, a raised attempt sends another", async () => {
  const { stack, emulator, writes } = await start();
  await stack.up(POOLED);
  expect((await stack.up(POOLED)).op).toBe("same");
  const wrong = emulator.code(idOf(stack)) === "111111" ? "222222" : "111111";
  expect(await stack.preview(withCode(wrong))).toEqual({ op: "update", properties: ["verification"] });
  expect(writes()).toEqual([ADD, REQUEST]);
  for (const _run of [1, 2]) await stack.up(withCode(wrong));
  expect(stack.outputs.phase).toBe("code-rejected");
  expect(writes()).toEqual([VERIFY]);
  await stack.up({ ...POOLED, verification: { ...SMS, code: wrong, attempt: 2 } });
  expect(stack.outputs.phase).toBe("code-sent");
  await stack.up({ ...POOLED, verification: { ...SMS, code: emulator.code(idOf(stack)), attempt: 2 } });
  expect(stack.outputs.phase).toBe("verified");
  expect(writes()).toEqual([REQUEST, VERIFY]);
});

test("a code that is declared of a number that we add cannot be its code: it is not tried", async () => {
  const { stack, writes } = await start();
  await stack.up(withCode("123830"));
  expect(stack.outputs.phase).toBe("code-sent");
  expect(writes()).toEqual([ADD, REQUEST]);
});

test("Meta's refusal to send a code holds until the attempt is raised", async () => {
  const { stack, emulator, writes } = await start();
  const tooOften = { error: { message: "Request code error", code: 136024, error_subcode: 2388367, fbtrace_id: "A1" } };
  emulator.addFault({ match: { path: "/*/request_code" }, status: 400, body: tooOften });
  await expect(stack.up(POOLED)).rejects.toThrow(/136024\/2388367/);
  for (const _run of [1, 2]) await stack.up(POOLED);
  expect(writes()).toEqual([ADD, REQUEST]);
  expect(stack.outputs.nextAction).toContain("Meta sent no code");
  await stack.up({ ...POOLED, verification: { ...SMS, attempt: 2 } });
  expect(stack.outputs.phase).toBe("code-sent");
});

test("a renewal is shown from the 45th day on, made by a raised attempt, and the 90 days begin anew", async () => {
  const lifecycle = await start();
  const { stack, emulator, writes, pass } = lifecycle;
  const id = await verified(lifecycle);
  pass({ days: 44 });
  expect((await stack.up(POOLED)).op).toBe("same");
  expect(stack.outputs.phase).toBe("verified");
  pass({ days: 1 });
  expect((await stack.up(POOLED)).op).toBe("same");
  expect(stack.outputs.phase).toBe("renewal-due");
  expect(stack.outputs.nextAction).toBe(
    "Renew it before 2027-02-21T12:00:00.000Z. Raise verification.attempt above 1 and run pulumi up: another code is " +
      `sent, and the 90 days begin anew. Or: npx waba code request ${PHONE}.`,
  );
  expect(writes()).toEqual([]);

  const again = { ...POOLED, verification: { ...SMS, attempt: 2 } };
  expect(await stack.up(again)).toEqual({ op: "update", properties: ["verification"] });
  expect(stack.outputs).toMatchObject({ phase: "code-sent", codeVerificationStatus: "VERIFIED" });
  const program = { ...again, verification: { ...again.verification, code: emulator.code(id) } };
  // The number is verified all along: that alone must not pass for an answer that was lost.
  emulator.addFault({ match: { path: "/*/verify_code" }, drop: "before" });
  await expect(stack.up(program)).rejects.toThrow(/could not verify/);
  await stack.up(program);
  expect(stack.outputs).toMatchObject({ phase: "verified", verificationExpiresAt: "2027-04-07T12:00:00.000Z" });
  expect(writes()).toEqual([REQUEST, VERIFY, VERIFY]);
  expect((await stack.up(again)).op).toBe("same");
});

test("an attempt that is raised too early is made once Meta takes it, which a refresh shows", async () => {
  const lifecycle = await start();
  const { stack, writes, pass } = lifecycle;
  await verified(lifecycle);
  const again = { ...POOLED, verification: { ...SMS, attempt: 2 } };
  await stack.up(again);
  expect(writes()).toEqual([]);
  pass({ days: 50 });
  // Without a refresh no input differs, and the step is due all the same.
  expect((await stack.preview(again)).op).toBe("update");
  expect(await stack.refresh()).toBe(true);
  expect(await stack.preview(again)).toEqual({ op: "update", properties: ["verification"] });
  await stack.up(again);
  expect(writes()).toEqual([REQUEST]);
});

test("a verification that ended is a warning, and a raised attempt makes it anew", async () => {
  const lifecycle = await start();
  const { stack, emulator, said, pass } = lifecycle;
  const id = await verified(lifecycle);
  pass({ days: 90 });
  said.length = 0;
  await stack.up(POOLED);
  expect(stack.outputs).toMatchObject({ phase: "expired", codeVerificationStatus: "EXPIRED" });
  expect(said.join()).toMatch(/is expired: Raise verification\.attempt above 1/);
  await stack.up({ ...POOLED, verification: { ...SMS, attempt: 2 } });
  await stack.up({ ...POOLED, verification: { ...SMS, attempt: 2, code: emulator.code(id) } });
  expect(stack.outputs.phase).toBe("verified");
});

test("one that somebody verified is adopted without a code, also when its renewal comes", async () => {
  const lifecycle = await start();
  const { anotherStack, writes, said, pass } = lifecycle;
  const id = await verified(lifecycle);
  writes();
  const stack = anotherStack();
  said.length = 0;
  await stack.up(POOLED);
  expect(idOf(stack)).toBe(id);
  expect(said[0]).toBe(`Adopted pre-verified number ${PHONE} (${id}), business ${BUSINESS}: it was already there.`);
  pass({ days: 60 });
  await stack.up(POOLED);
  expect(stack.outputs.phase).toBe("renewal-due");
  expect(writes()).toEqual([]);
});

test("a number that another business shares is not ours to manage", async () => {
  const lifecycle = await start();
  await verified(lifecycle, { sharedWith: [PARTNER] });
  await expect(lifecycle.anotherStack().up({ ...POOLED, businessId: PARTNER })).rejects.toThrow(
    `business ${BUSINESS} shares it with ${PARTNER}`,
  );
});

test("one that the narrowed list lacks is found by Meta's refusal to add it, and adopted", async () => {
  const lifecycle = await start();
  const { emulator, writes, said, anotherStack } = lifecycle;
  const id = await verified(lifecycle);
  writes();
  emulator.addFault({ match: { method: "GET", path: "/*/preverified_numbers" }, status: 200, body: { data: [] } });
  const stack = anotherStack();
  await stack.up(POOLED);
  expect(idOf(stack)).toBe(id);
  expect(writes()).toEqual([ADD]);
  expect(said.join()).toContain(`Adopted pre-verified number ${PHONE} (${id})`);
});

test("a trouble is said by a refresh, and not once more by the same run's update", async () => {
  const { stack, said } = await start();
  await stack.up({ ...POOLED, verification: undefined });
  said.length = 0;
  await stack.up({ ...POOLED, verification: undefined, sharedWith: [PARTNER] });
  expect(said.filter((line) => line.includes("is needs-verification"))).toHaveLength(1);
});

test("another number, or another business, is another resource", async () => {
  const { stack, writes } = await start();
  await stack.up({ ...POOLED, onDelete: "delete" });
  writes();
  const other = { ...POOLED, phoneNumber: "+15550783882", onDelete: "delete" };
  expect(await stack.preview(other)).toEqual({ op: "replace", properties: ["phoneNumber"] });
  expect((await stack.preview({ ...POOLED, businessId: PARTNER })).properties).toEqual(["businessId"]);
  await stack.up(other);
  expect(writes()).toEqual([ADD, REQUEST, "DELETE /{PREID}"]);
});
