import { expect, test } from "vitest";
import type { EmulatorOptions } from "../../emulator/index.ts";
import { CAKE_SHOP, ICE_CREAM, startLifecycle, WABA } from "../support/lifecycle.ts";

const CAKE = { wabaId: WABA, phoneNumber: CAKE_SHOP.phoneNumber, displayName: "John's Cake Shop", pin: "654321" };
const LUCKY = { ...CAKE, displayName: "Lucky Shrub" };

test("a name is asked for once, and nothing changes while Meta reviews it", async () => {
  const { stack, writes } = await startLifecycle();
  await stack.up(LUCKY);
  expect(writes()).toEqual(["POST /{PNID}"]);
  expect(stack.outputs).toMatchObject({
    phase: "name-in-review",
    nameInReview: true,
    displayName: "Lucky Shrub",
    verifiedName: "John's Cake Shop",
    newDisplayName: "Lucky Shrub",
    nameReviewLastSeenAt: "2026-11-23T12:00:00.000Z",
  });
  expect(await stack.refresh()).toBe(false);
  expect((await stack.up(LUCKY)).op).toBe("same");
  expect(writes()).toEqual([]);
});

test.each<[string, EmulatorOptions]>([
  ["the name changes at the approval", { nameFlip: "approval" }],
  ["the name changes with the registration", { nameFlip: "register" }],
  ["Meta shows no certificates", { certificates: false }],
])("an approved name is registered by the next up, which names the property, where %s", async (_what, options) => {
  const { stack, emulator, writes, atMeta } = await startLifecycle(options);
  await stack.up(LUCKY);
  const before = stack.outputs;
  emulator.reviewName(CAKE_SHOP.id, "APPROVED");
  writes();

  expect((await stack.preview(LUCKY)).op).toBe("same");
  expect(await stack.refresh()).toBe(true);
  expect(stack.outputs).toMatchObject({ phase: "re-register-due", displayName: "John's Cake Shop" });
  expect(await stack.preview(LUCKY)).toMatchObject({
    op: "update",
    properties: expect.arrayContaining(["displayName"]),
  });
  expect(writes()).toEqual([]);

  await stack.up(LUCKY);
  expect(writes()).toEqual(["POST /{PNID}", "POST /{PNID}/register"]);
  expect(stack.outputs).toMatchObject({
    phase: "registered",
    displayName: "Lucky Shrub",
    registeredName: "Lucky Shrub",
  });
  expect(await atMeta(CAKE_SHOP.id)).toMatchObject({ verified_name: "Lucky Shrub" });
  if (options.certificates !== false) {
    expect(stack.outputs.certificate).not.toBe(before.certificate);
    expect(stack.outputs.certificateFingerprint).toMatch(/^[0-9a-f]{64}$/);
  }

  expect(await stack.refresh()).toBe(false);
  expect((await stack.up(LUCKY)).op).toBe("same");
  expect(writes()).toEqual([]);
});

test.each([
  ["its text and status", { new_name_status: "APPROVED", new_display_name: "Lucky Shrub" }],
  ["its status", { new_name_status: "APPROVED" }],
  ["its certificate", { new_certificate: "new" }],
])(
  "a read that is older than the registration of a new name, and shows %s, leads to no other write",
  async (_what, more) => {
    const { stack, emulator, writes } = await startLifecycle({ nameFlip: "register" });
    const lucky = { ...LUCKY, pin: "123456" };
    await stack.up(lucky);
    emulator.reviewName(CAKE_SHOP.id, "APPROVED");
    writes();
    const body = {
      id: CAKE_SHOP.id,
      display_phone_number: "+1 631-555-1111",
      verified_name: "John's Cake Shop",
      name_status: "APPROVED",
      code_verification_status: "VERIFIED",
      status: "CONNECTED",
      platform_type: "CLOUD_API",
      ...more,
    };
    // The refresh, the read of the update, and the one after the registration.
    emulator.addFault({ match: { method: "GET", path: "/*" }, times: 3, status: 200, body });
    await stack.up(lucky);
    expect(writes()).toEqual(["POST /{PNID}/register"]);
    await stack.up(lucky);
    expect(writes()).toEqual([]);
    expect(stack.outputs).toMatchObject({ phase: "registered", registeredName: "Lucky Shrub" });
  },
);

test("a refresh that was accepted is not reported again", async () => {
  const { stack, emulator } = await startLifecycle();
  await stack.up(LUCKY);
  emulator.reviewName(CAKE_SHOP.id, "APPROVED");
  expect(await stack.refresh()).toBe(true);
  expect(await stack.refresh()).toBe(false);
});

test("a declined name is not asked for again, and the next action says so", async () => {
  const { stack, emulator, writes } = await startLifecycle();
  await stack.up(LUCKY);
  emulator.reviewName(CAKE_SHOP.id, "REJECTED");
  writes();
  expect((await stack.up(LUCKY)).op).toBe("same");
  expect(stack.outputs).toMatchObject({
    phase: "name-declined",
    displayName: "Lucky Shrub",
    verifiedName: "John's Cake Shop",
  });
  expect(stack.outputs.nextAction).toContain("another displayName");
  expect(writes()).toEqual([]);
  await stack.up({ ...CAKE, displayName: "Lucky Shrub Ltd" });
  expect(writes()).toEqual(["POST /{PNID}"]);
});

test("going back to the name in use after a refusal asks Meta nothing", async () => {
  const { stack, emulator, writes } = await startLifecycle();
  await stack.up(LUCKY);
  emulator.reviewName(CAKE_SHOP.id, "REJECTED");
  await stack.refresh();
  writes();
  await stack.up(CAKE);
  expect(stack.outputs).toMatchObject({ displayName: "John's Cake Shop", phase: "registered" });
  expect(writes()).toEqual([]);
  expect(await stack.refresh()).toBe(false);
  expect((await stack.preview(CAKE)).op).toBe("same");
});

test("a name that was declined earlier is not asked for again either", async () => {
  const { stack, emulator, writes } = await startLifecycle();
  await stack.up(LUCKY);
  emulator.reviewName(CAKE_SHOP.id, "REJECTED");
  await stack.up({ ...CAKE, displayName: "Lucky Shrub Ltd" });
  emulator.reviewName(CAKE_SHOP.id, "REJECTED");
  await stack.refresh();
  writes();
  await stack.up(LUCKY);
  expect(writes()).toEqual([]);
  expect(await stack.refresh()).toBe(false);
  expect((await stack.preview(LUCKY)).op).toBe("same");
});

test("a name that Meta declined for somebody else is not asked for either, when another one has taken its place", async () => {
  const { stack, emulator, writes, pass } = await startLifecycle();
  const declined = { new_display_name: "Lucky Shrub", new_name_status: "DECLINED" };
  emulator.patchNumber(CAKE_SHOP.id, declined);
  await stack.up(CAKE);
  await stack.up({ ...CAKE, displayName: "Lucky Shrub Ltd" });
  emulator.reviewName(CAKE_SHOP.id, "REJECTED");
  await stack.refresh();
  writes();
  await stack.up(LUCKY);
  expect(writes()).toEqual([]);
  pass({ days: 30 });
  await stack.up(LUCKY);
  expect(writes()).toEqual(["POST /{PNID}"]);
});

test("an eleventh name in 30 days is not asked for, and every run says from when on it can be", async () => {
  const { stack, emulator, writes, pass, said } = await startLifecycle();
  for (let name = 1; name <= 10; name += 1) {
    await stack.up({ ...CAKE, displayName: `Name ${name}` });
    emulator.reviewName(CAKE_SHOP.id, "REJECTED");
    pass({ days: 1 });
  }
  writes();
  await stack.up({ ...CAKE, displayName: "Name 11" });
  expect(writes()).toEqual([]);
  expect(said.at(-1)).toContain('"Name 11" can be asked for from 2026-12-23T12:00:00.000Z on');
  pass({ days: 20 });
  await stack.up({ ...CAKE, displayName: "Name 11" });
  expect(writes()).toEqual(["POST /{PNID}"]);
});

test("an eleventh name, when others asked for ten, is one warning and then left alone for four days", async () => {
  const { stack, anotherStack, emulator, writes, pass, said } = await startLifecycle();
  const others = anotherStack();
  for (let name = 1; name <= 10; name += 1) {
    await others.up({ ...CAKE, displayName: `Name ${name}` });
    emulator.reviewName(CAKE_SHOP.id, "REJECTED");
  }
  await stack.up(CAKE);
  emulator.patchNumber(CAKE_SHOP.id, { new_display_name: null, new_name_status: "NONE" });
  writes();
  const eleventh = { ...CAKE, displayName: "Name 11" };
  said.length = 0;
  await stack.up(eleventh);
  expect(said.filter((line) => line.includes("2388010"))).toHaveLength(1);
  expect(stack.resource?.initErrors).toEqual([]);
  expect(writes()).toEqual(["POST /{PNID}"]);
  for (let runs = 0; runs < 2; runs += 1) {
    pass({ days: 1, hours: 23 });
    expect((await stack.up(eleventh)).op).toBe("same");
    expect(stack.outputs).toMatchObject({ phase: "registered", displayName: "John's Cake Shop", nameRequests: [] });
    expect(stack.outputs.nextAction).toContain("again from 2026-11-27T12:00:00.000Z on");
  }
  expect(writes()).toEqual([]);
  await stack.up({ ...CAKE, displayName: "Name 12" });
  expect(writes()).toEqual(["POST /{PNID}"]);
  pass({ days: 30 });
  await stack.up({ ...CAKE, displayName: "Name 12" });
  expect(stack.outputs).toMatchObject({ phase: "name-in-review", displayName: "Name 12" });
  expect(stack.outputs.refusals).toBeUndefined();
});

test("back at the name in use, a name that Meta took no more is forgotten without a call", async () => {
  const { stack, emulator, calls } = await startLifecycle();
  await stack.up(CAKE);
  const error = { message: "refused", type: "OAuthException", code: 100, error_subcode: 2388010, fbtrace_id: "A1" };
  emulator.addFault({ match: { method: "POST", path: "/{PNID}" }, status: 400, body: { error } });
  await stack.up(LUCKY);
  expect(stack.outputs.nextAction).toContain("Lucky Shrub");
  await stack.refresh();
  calls();
  expect((await stack.upWithoutRefresh(CAKE)).op).toBe("update");
  expect(calls()).toEqual([]);
  expect(stack.outputs).toMatchObject({ phase: "registered", nextAction: "Nothing to do." });
  expect((await stack.up(CAKE)).op).toBe("same");
});

test("a name that is asked for in place of a declined first one is in review, and no warning", async () => {
  const { stack, emulator, writes, said } = await startLifecycle();
  const names = { name_status: "DECLINED", verified_name: "Jasper's Ice Cream" };
  emulator.patchNumber(ICE_CREAM.id, { code_verification_status: "VERIFIED", ...names });
  const ice = { wabaId: WABA, phoneNumber: ICE_CREAM.phoneNumber, pin: "654321" };
  await stack.up(ice);
  expect(stack.outputs.phase).toBe("name-declined");
  said.length = 0;
  await stack.upWithoutRefresh({ ...ice, displayName: "Jasper's Gelato" });
  expect(stack.outputs).toMatchObject({ phase: "name-in-review", nameInReview: true });
  expect(said.join()).not.toContain("name-declined");
  expect(writes()).toEqual(["POST /{PNID}"]);
  emulator.reviewName(ICE_CREAM.id, "APPROVED");
  await stack.up({ ...ice, displayName: "Jasper's Gelato" });
  expect(writes()).toContain("POST /{PNID}/register");
  expect(stack.outputs).toMatchObject({ phase: "registered", registeredName: "Jasper's Gelato" });
});

test("a first name that expired is asked for again once", async () => {
  const { stack, emulator, writes } = await startLifecycle();
  emulator.patchNumber(ICE_CREAM.id, { code_verification_status: "VERIFIED", name_status: "EXPIRED" });
  const ice = { wabaId: WABA, phoneNumber: ICE_CREAM.phoneNumber, displayName: "Jasper's Ice Cream", pin: "654321" };
  await stack.up(ice);
  await stack.up(ice);
  expect(writes()).toEqual(["POST /{PNID}"]);
});

test("another name while one is in review is refused before any call", async () => {
  const { stack, writes } = await startLifecycle();
  await stack.up(LUCKY);
  writes();
  await expect(stack.up({ ...CAKE, displayName: "Third Name" })).rejects.toThrow(/Meta still reviews "Lucky Shrub"/);
  expect(writes()).toEqual([]);
  expect((await stack.up(LUCKY)).op).not.toBe("create");
  expect(stack.outputs.displayName).toBe("Lucky Shrub");
});

test("a name that was not registered within 14 days is asked for again", async () => {
  const { stack, emulator, writes, pass } = await startLifecycle();
  await stack.up(LUCKY);
  emulator.reviewName(CAKE_SHOP.id, "APPROVED");
  pass({ days: 15 });
  writes();
  await stack.up(LUCKY);
  expect(writes()).toEqual(["POST /{PNID}"]);
  expect(stack.outputs.phase).toBe("name-in-review");
});

test("a name that somebody changed in WhatsApp Manager is drift, and is asked back", async () => {
  const { stack, emulator, writes } = await startLifecycle();
  await stack.up(CAKE);
  emulator.patchNumber(CAKE_SHOP.id, { verified_name: "Eve's Cakes" });
  expect(await stack.refresh()).toBe(true);
  expect(stack.outputs.displayName).toBe("Eve's Cakes");
  await stack.up(CAKE);
  expect(writes()).toEqual(["POST /{PNID}"]);
});

test("a name that is not declared is nobody's business", async () => {
  const { stack, emulator, writes } = await startLifecycle();
  const nameless = { wabaId: WABA, phoneNumber: CAKE_SHOP.phoneNumber };
  await stack.up(nameless);
  emulator.patchNumber(CAKE_SHOP.id, {
    quality_rating: "YELLOW",
    new_display_name: "Eve's Cakes",
    new_name_status: "PENDING_REVIEW",
  });
  expect(await stack.refresh()).toBe(false);
  expect((await stack.up(nameless)).op).toBe("same");
  expect(writes()).toEqual([]);
});

test("a read that is older than our request, and shows what was there before, leads to no second request", async () => {
  const { stack, emulator, writes } = await startLifecycle();
  const before = { new_display_name: "Third Name", new_name_status: "DECLINED" } as const;
  emulator.patchNumber(CAKE_SHOP.id, before);
  const program = { wabaId: WABA, phoneNumber: CAKE_SHOP.phoneNumber, displayName: "Lucky Shrub" };
  await stack.up(program);
  expect(writes()).toEqual(["POST /{PNID}"]);
  emulator.patchNumber(CAKE_SHOP.id, before);
  expect((await stack.up(program)).op).toBe("same");
  expect(stack.outputs.phase).toBe("name-in-review");
  expect(writes()).toEqual([]);
});
