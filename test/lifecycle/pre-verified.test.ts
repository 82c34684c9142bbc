/** What is special to pre-verified numbers: their codes, their 90 days, and that an account's claim ends them. */
import { expect, test } from "vitest";
import type { Emulator } from "../../emulator/index.ts";
import type { EngineDouble, Properties } from "../support/engine-double.ts";
import { type Lifecycle, startLifecycle } from "../support/lifecycle.ts";

const [BUSINESS, PARTNER] = ["506914307656634", "5506914307651"];
const [ACCOUNT, PARTNERS_ACCOUNT] = ["910000000000002", "910000000000003"];
const PHONE = "+15550783881";
const SMS = { method: "SMS", language: "en" };
const POOLED = { businessId: BUSINESS, phoneNumber: PHONE, verification: SMS };
const [ADD, REQUEST, VERIFY] = [
  "POST /{BIZ}/add_phone_numbers",
  "POST /{PREID}/request_code",
  "POST /{PREID}/verify_code",
];
const [SHARE, UNSHARE] = ["POST /{BIZ}/share_preverified_numbers", "DELETE /{BIZ}/share_preverified_numbers"];
const [LIST, READ, PARTNERS] = ["GET /{BIZ}/preverified_numbers", "GET /{PREID}", "GET /{PREID}/partners"];
/** The emulator takes an id that nobody has any more for a number's. */
const LOOK = ["GET /{PNID}", LIST, "GET /{BIZ}/owned_whatsapp_business_accounts", "GET /{WABA}/phone_numbers"];

const SEED = {
  businesses: [
    { id: BUSINESS, name: "Lucky Shrub" },
    { id: PARTNER, name: "Partner" },
  ],
  wabas: [
    { id: ACCOUNT, name: "Ours", business_id: BUSINESS },
    { id: PARTNERS_ACCOUNT, name: "Partner's client", business_id: PARTNER },
  ],
};

const start = (env = {}) => startLifecycle({ seed: SEED }, env, { of: "preVerifiedPhoneNumber" });

const withCode = (code: string, more: Properties = {}) => ({ ...POOLED, ...more, verification: { ...SMS, code } });

async function verified(lifecycle: Lifecycle, more: Properties = {}): Promise<string> {
  const { stack, emulator, calls } = lifecycle;
  await stack.up({ ...POOLED, ...more });
  const id = idOf(stack);
  await stack.up(withCode(emulator.code(id), more));
  expect(stack.outputs.phase).toBe("verified");
  calls();
  return id;
}

function idOf({ resource }: EngineDouble): string {
  return resource?.id ?? expect.unreachable();
}

async function graph({ url, token }: Emulator, method: string, path: string): Promise<Record<string, string>> {
  const response = await fetch(`${url}/v25.0${path}`, { method, headers: { authorization: `Bearer ${token}` } });
  expect(response.status).toBe(200);
  return (await response.json()) as Record<string, string>;
}

/** As a PhoneNumber with preVerifiedId does, or a partner. */
async function claim(emulator: Emulator, id: string, account = ACCOUNT): Promise<string> {
  const path = `/${account}/phone_numbers?preverified_id=${id}&verified_name=Lucky%20Shrub`;
  return (await graph(emulator, "POST", path)).id ?? "";
}

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
      "sent, and the 90 days begin anew.",
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

test("one that a partner's account claimed is claimed, by nobody that the token sees, and is looked for once", async () => {
  const lifecycle = await start();
  const { stack, emulator, calls, said } = lifecycle;
  const program = { ...POOLED, sharedWith: [PARTNER] };
  const id = await verified(lifecycle, { sharedWith: [PARTNER] });
  await claim(emulator, id, PARTNERS_ACCOUNT);
  calls();
  said.length = 0;
  for (const _run of [1, 2]) expect((await stack.up(program)).op).toBe("same");
  expect(calls()).toEqual(LOOK);
  expect(stack.outputs.phase).toBe("claimed");
  expect(stack.outputs).not.toHaveProperty("phoneNumberId");
  expect(stack.outputs.nextAction).toContain("pulumi up --replace");
  expect(said).toEqual([expect.stringContaining("a partner's account has claimed it, or somebody deleted it")]);
});

test("the allowed accounts are those that are asked who claimed it", async () => {
  const lifecycle = await start({ WABA_ALLOWED_WABA_IDS: PARTNERS_ACCOUNT });
  const { stack, emulator } = lifecycle;
  const id = await verified(lifecycle, { sharedWith: [PARTNER] });
  const numberId = await claim(emulator, id, PARTNERS_ACCOUNT);
  await stack.refresh();
  expect(stack.outputs).toMatchObject({ phase: "claimed", claimedBy: PARTNERS_ACCOUNT, phoneNumberId: numberId });
});

test("an up without a refresh finds out by itself that it was claimed, and neither adds nor shares", async () => {
  const lifecycle = await start();
  const { stack, emulator, writes } = lifecycle;
  const numberId = await claim(emulator, await verified(lifecycle));
  writes();
  await stack.upWithoutRefresh({ ...POOLED, sharedWith: [PARTNER] });
  expect(stack.outputs).toMatchObject({ phase: "claimed", phoneNumberId: numberId });
  expect(writes()).toEqual([]);
});

test("one that left the pool unverified is gone: it leaves the stack with a warning, and up adds it again", async () => {
  const { stack, emulator, writes, said } = await start();
  await stack.up(POOLED);
  const before = stack.resource;
  await graph(emulator, "DELETE", `/${idOf(stack)}`);
  writes();
  said.length = 0;
  await stack.upWithoutRefresh({ ...POOLED, sharedWith: [PARTNER] }).then(
    () => expect.unreachable(),
    (error: Error) => expect(error.message).toMatch(/is not in the pool of business .* run pulumi up/),
  );
  stack.resource = before;
  expect(await stack.refresh()).toBe(true);
  expect(stack.resource).toBeUndefined();
  expect(said.join()).toMatch(/no account claimed it. It is taken out of the stack; the next pulumi up adds it again/);
  await stack.up(POOLED);
  expect(writes()).toEqual([ADD, REQUEST]);
});

const FORBIDDEN = { error: { message: "(#200) permission", type: "OAuthException", code: 200 } };

test("where the accounts cannot be listed, nothing proves that it is gone", async () => {
  const lifecycle = await start();
  const { stack, emulator } = lifecycle;
  await stack.up({ ...POOLED, verification: undefined });
  await graph(emulator, "DELETE", `/${idOf(stack)}`);
  emulator.addFault({ match: { path: "/*/owned_whatsapp_business_accounts" }, status: 403, body: FORBIDDEN });
  await stack.refresh();
  expect(stack.outputs.phase).toBe("claimed");
});

test("where an account may not be asked, nothing proves that it is gone", async () => {
  const { stack, emulator } = await start();
  await stack.up({ ...POOLED, verification: undefined });
  await graph(emulator, "DELETE", `/${idOf(stack)}`);
  emulator.addFault({ match: { path: `/${ACCOUNT}/phone_numbers` }, status: 403, body: FORBIDDEN });
  await stack.refresh();
  expect(stack.outputs.phase).toBe("claimed");
});

test("a partner may have verified and claimed what waited for its code: it is not gone", async () => {
  const { stack, emulator } = await start();
  await stack.up({ ...POOLED, sharedWith: [PARTNER] });
  await graph(emulator, "DELETE", `/${idOf(stack)}`);
  await stack.refresh();
  expect(stack.outputs.phase).toBe("claimed");
});

test("one that Graph hides by its id and shows in the pool is there", async () => {
  const lifecycle = await start();
  const { stack, emulator } = lifecycle;
  const id = await verified(lifecycle);
  const error = { message: "no such object", type: "GraphMethodException", code: 100, error_subcode: 33 };
  emulator.addFault({ match: { method: "GET", path: `/${id}` }, status: 400, body: { error } });
  expect(await stack.refresh()).toBe(false);
  expect(stack.outputs.phase).toBe("verified");
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

test("a deletion whose answer was lost is done", async () => {
  const { stack, emulator, writes } = await start();
  await stack.up({ ...POOLED, onDelete: "delete" });
  writes();
  emulator.addFault({ match: { method: "DELETE" }, drop: "after" });
  await stack.destroy();
  expect(writes()[0]).toBe("DELETE /{PREID}");
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

const WAY = [ADD, REQUEST, VERIFY, SHARE, UNSHARE, "DELETE /{PREID}"];

/** From nothing to nothing, one write after the other; each run that is cut is made once more. */
async function live({ stack, emulator }: Lifecycle, dies: boolean): Promise<void> {
  const isCut = () => emulator.requests().requests.some(({ status }) => status === null);
  const run = async (program: Properties) => {
    const known = stack.resource;
    const before = isCut();
    await stack.up(program).catch(() => undefined);
    if (isCut() === before) return;
    if (dies) stack.resource = known;
    await stack.up(program);
  };
  const program = { ...POOLED, onDelete: "delete" };
  await run(program);
  const id = idOf(stack);
  // Whether the code left, only the person knows who waits for it.
  const attempt = isCodeWaiting(emulator, id) ? 1 : 2;
  if (attempt === 2) await run({ ...program, verification: { ...SMS, attempt } });
  const proven = { ...program, verification: { ...SMS, attempt, code: emulator.code(id) } };
  await run(proven);
  expect(stack.outputs.phase).toBe("verified");
  await run({ ...proven, sharedWith: [PARTNER] });
  expect(stack.outputs.partners).toEqual([PARTNER]);
  await run(proven);
  expect(stack.outputs).not.toHaveProperty("sharedWith");
  await stack.destroy().catch(() => stack.destroy());
  expect(stack.resource).toBeUndefined();
}

function isCodeWaiting(emulator: Emulator, id: string): boolean {
  try {
    return emulator.code(id) !== "";
  } catch {
    return false;
  }
}

/** The writes that had an effect at Meta. */
function effects({ emulator }: Lifecycle, drop?: "before" | "after"): string[] {
  const { requests } = emulator.requests();
  const writes = requests.filter(({ method }) => method !== "GET");
  const done = writes.filter(({ status }) => status === 200 || (status === null && drop === "after"));
  return done.map(({ method, route }) => `${method} ${route}`);
}

test("the whole way is six writes", async () => {
  const lifecycle = await start();
  await live(lifecycle, false);
  expect(effects(lifecycle)).toEqual(WAY);
});

const CUTS = (["before", "after"] as const).flatMap((drop) =>
  [false, true].flatMap((dies) => WAY.map((write) => [drop, write, dies ? "the process dies" : "it lives"] as const)),
);

test.each(CUTS)("cut %s the effect of %s, and %s: every write has its effect, once", async (drop, write, how) => {
  const lifecycle = await start();
  const [method = "", route = ""] = write.split(" ");
  lifecycle.emulator.addFault({ match: { method, path: route }, drop });
  const dies = how === "the process dies";
  await live(lifecycle, dies);
  expect(lifecycle.emulator.requests().requests.filter(({ status }) => status === null)).toMatchObject([
    { method, route },
  ]);
  // Graph does not show that a code was sent: who forgot it has another one sent.
  const forgotten = dies && drop === "after" && [ADD, REQUEST].includes(write) ? [REQUEST] : [];
  expect(effects(lifecycle, drop)).toEqual(WAY.flatMap((one) => (one === REQUEST ? [one, ...forgotten] : [one])));
});
