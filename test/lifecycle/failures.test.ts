import { expect, test } from "vitest";
import { ALWAYS, FAILING, FAILURES, PASS, upWhileFailing } from "../support/failing.ts";
import { CAKE_SHOP, ICE_CREAM, type Lifecycle, startLifecycle, WABA } from "../support/lifecycle.ts";

const SMS = { method: "SMS", language: "en" };
const ICE = { wabaId: WABA, phoneNumber: ICE_CREAM.phoneNumber, displayName: "Jasper's Ice Cream", pin: "654321" };
const NEW = { ...ICE, phoneNumber: "+4915112345678", displayName: "Blumen Berlin", verification: SMS };
const LUCKY = { wabaId: WABA, phoneNumber: CAKE_SHOP.phoneNumber, displayName: "Lucky Shrub", pin: "654321" };

test.each(FAILING)(
  "adding a number while Graph answers %s, then %s: one number",
  async (_f, _w, [, fault, message], [, goOn]) => {
    const lifecycle = await startLifecycle();
    const { stack, emulator, writes } = lifecycle;
    const error = await upWhileFailing(
      lifecycle,
      { match: { method: "POST", path: "/*/phone_numbers" }, ...fault },
      NEW,
    );
    if (fault.drop === "after") expect(error).toBeUndefined();
    else expect(error?.message).toMatch(message);

    await goOn(lifecycle, NEW);
    expect(stack.outputs.phase).toBe("code-sent");
    const added = emulator
      .requests()
      .requests.filter(({ route, method }) => route === "/{WABA}/phone_numbers" && method === "POST");
    expect(added).toHaveLength(fault.drop === "after" ? 1 : 2);
    expect(writes().filter((call) => call.endsWith("request_code"))).toHaveLength(1);
    const numbers = await list(lifecycle);
    expect(
      numbers.filter((digits) => digits === "+49 15112345678" || digits.replace(/\D/g, "") === "4915112345678"),
    ).toHaveLength(1);
  },
);

test.each(FAILING)(
  "registering while Graph answers %s, then %s: registered, every attempt counted",
  async (_f, _w, [, fault, message], [, goOn]) => {
    const lifecycle = await startLifecycle();
    const { stack, emulator, writes } = lifecycle;
    emulator.patchNumber(ICE_CREAM.id, { code_verification_status: "VERIFIED" });
    const error = await upWhileFailing(lifecycle, { match: { path: "/*/register" }, ...fault }, ICE);
    if (fault.drop === "after") expect(error).toBeUndefined();
    else expect(error?.message).toMatch(message);
    expect(stack.resource?.id).toBe(ICE_CREAM.id);

    await goOn(lifecycle, ICE);
    expect(stack.outputs).toMatchObject({ phase: "registered", pin: "654321" });
    const made = writes().filter((call) => call.endsWith("/register")).length;
    expect(made).toBe(fault.drop === "after" ? 1 : 2);
    expect((stack.outputs.attempts as { register: string[] }).register).toHaveLength(made);
    expect((await stack.up(ICE)).op).toBe("same");
  },
);

test.each(FAILING)(
  "asking for a name while Graph answers %s, then %s: one request in review",
  async (_f, _w, [, fault, message], [, goOn]) => {
    const lifecycle = await startLifecycle();
    const { stack, emulator, atMeta } = lifecycle;
    const error = await upWhileFailing(
      lifecycle,
      { match: { method: "POST", path: `/${CAKE_SHOP.id}` }, ...fault },
      LUCKY,
    );
    if (fault.drop === "after") expect(error).toBeUndefined();
    else expect(error?.message).toMatch(message);

    await goOn(lifecycle, LUCKY);
    expect(stack.outputs).toMatchObject({ phase: "name-in-review", displayName: "Lucky Shrub" });
    expect(stack.outputs.nameRequests).toHaveLength(1);
    expect(await atMeta(CAKE_SHOP.id)).toMatchObject({
      new_display_name: "Lucky Shrub",
      new_name_status: "PENDING_REVIEW",
    });
    emulator.reviewName(CAKE_SHOP.id, "APPROVED");
    await stack.up(LUCKY);
    expect(stack.outputs.phase).toBe("registered");
  },
);

test.each(FAILURES)(
  "a refresh while Graph answers %s is an error, and the number stays in the stack",
  async (_what, fault, message) => {
    const lifecycle = await startLifecycle();
    const { stack, emulator, writes } = lifecycle;
    await stack.up(LUCKY);
    writes();
    emulator.addFault({ match: { method: "GET" }, times: ALWAYS, ...fault });
    await expect(stack.refresh()).rejects.toThrow(message);
    expect(stack.resource?.id).toBe(CAKE_SHOP.id);
    expect(writes()).toEqual([]);
  },
);

test("a name whose request got no answer, nor the read after it, is in the ledger when the next run finds it", async () => {
  const { stack, emulator, writes } = await startLifecycle();
  emulator.addFault({ match: { method: "POST", path: `/${CAKE_SHOP.id}` }, drop: "after" });
  const read = { method: "GET", path: `/${CAKE_SHOP.id}` };
  emulator.addFault({ match: read, ...PASS });
  emulator.addFault({ match: read, times: ALWAYS, drop: "before" });
  await expect(stack.up(LUCKY)).rejects.toThrow(/could not request the display name "Lucky Shrub"/);
  expect(stack.outputs.nameRequests).toMatchObject([{ name: "Lucky Shrub", unconfirmed: true }]);
  await stack.up(LUCKY);
  expect(stack.outputs).toMatchObject({ phase: "name-in-review", nameRequests: [{ name: "Lucky Shrub" }] });
  expect(writes()).toEqual(["POST /{PNID}"]);
});

test("a read that fails three times is no failure", async () => {
  const { stack, emulator } = await startLifecycle();
  await stack.up(LUCKY);
  emulator.addFault({ match: { method: "GET" }, times: ALWAYS - 1, status: 503, body: "" });
  expect(await stack.refresh()).toBe(false);
});

test("a number that was deleted in WhatsApp Manager leaves the stack only on proof", async () => {
  const { stack, emulator, said, calls } = await startLifecycle();
  await stack.up(LUCKY);
  emulator.deleteNumber(CAKE_SHOP.id);
  calls();
  expect(await stack.refresh()).toBe(true);
  expect(stack.resource).toBeUndefined();
  expect(calls()).toEqual(["GET /{WABA}/phone_numbers", "GET /{PNID}"]);
  expect(said.at(-1)).toContain(
    "A pulumi up whose program declares it, this one included, adds it again: as a new number with a new verification. " +
      'adopt: "require" prevents that.',
  );
});

test.each([
  ["declared by its id alone", { wabaId: WABA, phoneNumberId: CAKE_SHOP.id }, "without phoneNumber in place of its id"],
  ["declared without a name", { wabaId: WABA, phoneNumber: CAKE_SHOP.phoneNumber }, "without displayName"],
])("a number %s is not said to be added again, as no up does", async (_how, program, lacks) => {
  const { stack, emulator, said, writes } = await startLifecycle();
  await stack.up(program);
  emulator.deleteNumber(CAKE_SHOP.id);
  await expect(stack.up(program)).rejects.toThrow(/does not exist|without a name/);
  const left = said.filter((line) => line.includes("taken out of the stack"));
  expect(left.join("\n")).toContain(`No pulumi up adds it again ${lacks}`);
  expect(left.join("\n")).not.toContain("this one included");
  expect(writes()).toEqual([]);
});

test("a number that was deleted at Meta is added again by the same up, which shows it and says so before", async () => {
  const { stack, emulator, said, writes } = await startLifecycle();
  const program = { ...LUCKY, displayName: "John's Cake Shop", verification: SMS };
  await stack.up(program);
  emulator.deleteNumber(CAKE_SHOP.id);
  emulator.advanceClock(600);
  writes();
  expect(await stack.up(program)).toEqual({ op: "create", properties: [] });
  expect(stack.resource?.id).not.toBe(CAKE_SHOP.id);
  expect(writes()).toEqual(["POST /{WABA}/phone_numbers", "POST /{PNID}/request_code"]);
  const warned = said.findIndex((line) => line.includes("this one included, adds it again"));
  expect(warned).toBeGreaterThan(-1);
  expect(said.findIndex((line) => line.startsWith("Added number"))).toBeGreaterThan(warned);
});

test('with adopt: "require" no up adds a number again that was deleted at Meta', async () => {
  const { stack, emulator, said, writes } = await startLifecycle();
  const program = { ...LUCKY, displayName: "John's Cake Shop", verification: SMS, adopt: "require" };
  await stack.up(program);
  emulator.deleteNumber(CAKE_SHOP.id);
  writes();
  for (const _up of ["the one that finds it gone", "the next"]) {
    await expect(stack.up(program)).rejects.toThrow(/The account does not have the number .*adopt: "require"/);
    expect(stack.resource).toBeUndefined();
  }
  expect(said.at(-1)).toContain('It is declared with adopt: "require", so no pulumi up adds it again.');
  expect(writes()).toEqual([]);
});

test("a token that lost the account is an error that names the permission, and nothing is dropped", async () => {
  const { stack, emulator } = await startLifecycle();
  await stack.up(LUCKY);
  emulator.patchToken(emulator.token, { revoked: true });
  await expect(stack.refresh()).rejects.toThrow(/could not list the numbers.*code 190.*WABA_ACCESS_TOKEN/);
  emulator.patchToken(emulator.token, { revoked: false });
  expect(stack.resource?.id).toBe(CAKE_SHOP.id);
});

test("a token without the account is an error, although Graph says that the number does not exist", async () => {
  const lifecycle = await startLifecycle();
  await lifecycle.stack.up(LUCKY);
  lifecycle.emulator.addToken({ token: "narrow", wabas: ["1"] });
  const narrow = lifecycle.anotherStack({ WABA_ACCESS_TOKEN: "narrow" });
  narrow.resource = lifecycle.stack.resource;
  await expect(narrow.refresh()).rejects.toThrow(/100\/33.*full control/);
  expect(narrow.resource?.id).toBe(CAKE_SHOP.id);
});

async function list({ emulator }: Lifecycle): Promise<string[]> {
  const response = await fetch(`${emulator.url}/v25.0/${WABA}/phone_numbers`, {
    headers: { authorization: `Bearer ${emulator.token}` },
  });
  const { data } = (await response.json()) as { data: { display_phone_number: string }[] };
  return data.map(({ display_phone_number }) => display_phone_number);
}
