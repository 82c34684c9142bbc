import { expect, test } from "vitest";
import { CAKE_SHOP, ICE_CREAM, startLifecycle, WABA } from "../support/lifecycle.ts";

const CAKE = { wabaId: WABA, phoneNumber: CAKE_SHOP.phoneNumber, displayName: "John's Cake Shop", pin: "654321" };

test("a registered number is adopted by its digits, without a write", async () => {
  const { stack, writes, said } = await startLifecycle();
  await stack.up(CAKE);
  expect(stack.resource?.id).toBe(CAKE_SHOP.id);
  expect(stack.outputs).toMatchObject({
    phase: "registered",
    registered: true,
    displayName: "John's Cake Shop",
    registeredName: "John's Cake Shop",
    pinState: "unknown",
  });
  expect(stack.outputs).not.toHaveProperty("pin");
  expect(writes()).toEqual([]);
  expect(said.join()).toContain("Adopted number +1 631-555-1111 (1972385232742141)");
});

test("a number is adopted by its id alone", async () => {
  const { stack, writes } = await startLifecycle();
  await stack.up({ wabaId: WABA, phoneNumberId: CAKE_SHOP.id });
  expect(stack.outputs).toMatchObject({ displayPhoneNumber: "+1 631-555-1111", phoneNumberId: CAKE_SHOP.id });
  expect(stack.outputs).not.toHaveProperty("displayName");
  expect(writes()).toEqual([]);
});

test("after an adoption a refresh and a preview show nothing", async () => {
  const { stack } = await startLifecycle();
  await stack.up(CAKE);
  expect(await stack.refresh()).toBe(false);
  expect((await stack.preview(CAKE)).op).toBe("same");
});

test.each([
  ["an id that nobody has", { phoneNumberId: "5555555555" }, /does not exist, or the token may not see it/],
  [
    "two identities that differ",
    { phoneNumberId: CAKE_SHOP.id, phoneNumber: ICE_CREAM.phoneNumber },
    /mean two numbers/,
  ],
  ["a number that must not be there", { phoneNumber: CAKE_SHOP.phoneNumber, adopt: "never" }, /already has the number/],
  [
    "a number that must be there",
    { phoneNumber: "+4915112345678", adopt: "require" },
    /does not have the number .* is declared with adopt: "require"/,
  ],
  ["a new number without a name", { phoneNumber: "+4915112345678" }, /declare displayName/],
])("%s is refused before any write", async (_what, identity, message) => {
  const { stack, writes } = await startLifecycle();
  await expect(stack.up({ wabaId: WABA, ...identity })).rejects.toThrow(message);
  expect(stack.resource).toBeUndefined();
  expect(writes()).toEqual([]);
});

test("a number of another account is refused, and its account is the remedy", async () => {
  const { stack, emulator, writes } = await startLifecycle({ numbers: 2, wabas: 2 });
  const [first, second] = emulator.wabaIds;
  const other = { wabaId: first, phoneNumberId: "100000001" };
  await expect(stack.up(other)).rejects.toThrow(/not on this account .* declare the wabaId of the account that has it/);
  expect(writes()).toEqual([]);
  await stack.up({ ...other, wabaId: second });
  expect(stack.resource?.id).toBe("100000001");
});

test("an account that the token may not see is an error that names permissions", async () => {
  const { stack, emulator } = await startLifecycle({}, { WABA_ACCESS_TOKEN: "narrow" });
  emulator.addToken({ token: "narrow", wabas: ["1"] });
  await expect(stack.up(CAKE)).rejects.toThrow(/100\/33.*whatsapp_business_management/);
});

test("an addition that Graph refused is its error at once: nothing is looked for, and nothing adopted", async () => {
  const { stack, emulator, calls } = await startLifecycle();
  const error = { message: "(#100) refused", type: "OAuthException", code: 100, fbtrace_id: "A1" };
  emulator.addFault({ match: { method: "POST", path: "/{WABA}/phone_numbers" }, status: 400, body: { error } });
  await expect(stack.up({ wabaId: WABA, phoneNumber: "+16315554444", displayName: "New" })).rejects.toThrow(/code 100/);
  expect(calls()).toEqual(["GET /{WABA}/phone_numbers", "POST /{WABA}/phone_numbers"]);
});

test("two resources for one number: the second fails by name", async () => {
  const { provider } = await startLifecycle();
  await provider.create(CAKE);
  await expect(provider.create({ ...CAKE, phoneNumber: undefined, phoneNumberId: CAKE_SHOP.id })).rejects.toThrow(
    `Two resources declare one number · number +1 631-555-1111 (${CAKE_SHOP.id}) · this one declares phoneNumberId: ` +
      `"${CAKE_SHOP.id}", wabaId: "${WABA}", the other one phoneNumber: "+16315551111", wabaId: "${WABA}": search the program`,
  );
  await expect(provider.create(CAKE)).rejects.toThrow(`both declare phoneNumber: "+16315551111", wabaId: "${WABA}"`);
});

test("two resources of a stack that manage one number are told of at every refresh", async () => {
  const { stack, provider, said } = await startLifecycle();
  await stack.up(CAKE);
  await stack.refresh();
  expect(said.join()).not.toContain("Two resources");
  await provider.read(CAKE_SHOP.id, stack.outputs);
  expect(said.at(-1)).toMatch(/Two resources of this stack manage number \+1 631-555-1111 .*Take one of them out/);
});

test("a list of several pages is read to its end", async () => {
  const { stack, emulator, calls } = await startLifecycle({ numbers: 250, wabas: 1 });
  await stack.up({ wabaId: emulator.wabaIds[0], phoneNumber: "+15550000249" });
  expect(stack.resource?.id).toBe("100000249");
  expect(calls()).toEqual(Array(3).fill("GET /{WABA}/phone_numbers"));
});

test("get reads a number by its id alone, and fails on one that is not there", async () => {
  const { provider } = await startLifecycle();
  const read = await provider.read(CAKE_SHOP.id, { __provider: "text" });
  expect(read.props).toMatchObject({ wabaId: WABA, verifiedName: "John's Cake Shop", phase: "registered" });
  await expect(provider.read("5555555555", { __provider: "text" })).rejects.toThrow(/no such object/);
});

test("get shows what Graph says and nothing of ours, so that two reads are the same", async () => {
  const { provider, pass } = await startLifecycle();
  const first = await provider.read(ICE_CREAM.id, { __provider: "text" });
  pass({ hours: 1 });
  const second = await provider.read(ICE_CREAM.id, first.props ?? {});
  expect(second).toEqual(first);
  expect(first.props).toMatchObject({
    phase: "needs-verification",
    nextAction: "Nothing to do here: the number is only read.",
  });
  for (const key of ["firstSeenAt", "attempts", "pinState", "schemaVersion"])
    expect(first.props).not.toHaveProperty(key);
});

test("destroy calls nothing, so that it works when the token is dead", async () => {
  const { stack, emulator, provider, calls } = await startLifecycle();
  await stack.up(CAKE);
  emulator.patchToken(emulator.token, { revoked: true });
  calls();
  await provider.delete(CAKE_SHOP.id, stack.outputs);
  expect(calls()).toEqual([]);
});
