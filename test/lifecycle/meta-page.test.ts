/**
 * The examples of Meta's page "Manage phone numbers and certificates", one by one: its queries by our functions, what it
 * says of adding, verifying and registering by the resource.
 */
import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import type { SeedFile } from "../../emulator/index.ts";
import { CAKE_SHOP, ICE_CREAM, startLifecycle, WABA } from "../support/lifecycle.ts";
import { lookingAt } from "../support/look-ups.ts";

const SANDBOX = "1972385232742143";
const BUSINESS = "506914307656634";

test("all phone numbers of an account", async () => {
  const { emulator } = await startLifecycle();
  const { phoneNumbers } = await lookingAt(emulator).run.phoneNumbers({ wabaId: WABA });
  expect(phoneNumbers.filter(({ id }) => id !== SANDBOX)).toMatchObject([
    {
      id: ICE_CREAM.id,
      verifiedName: "Jasper's Ice Cream",
      displayPhoneNumber: "+1 631-555-2222",
      codeVerificationStatus: "NOT_VERIFIED",
    },
    {
      id: CAKE_SHOP.id,
      verifiedName: "John's Cake Shop",
      displayPhoneNumber: "+1 631-555-1111",
      qualityRating: "GREEN",
    },
  ]);
});

test("several numbers on one account, each by its digits, in two calls to Graph", async () => {
  const { emulator, calls } = await startLifecycle({ numbers: 120, wabas: 1 });
  const [wabaId = ""] = emulator.wabaIds;
  const { run } = lookingAt(emulator);
  const { phoneNumbers } = await run.phoneNumbers({ wabaId });
  for (const { id, phoneNumber = "" } of phoneNumbers) {
    expect((await run.phoneNumber({ wabaId, phoneNumber })).id).toBe(id);
  }
  expect(new Set(phoneNumbers.map(({ id }) => id)).size).toBe(120);
  expect(calls()).toEqual(["GET /{WABA}/phone_numbers", "GET /{WABA}/phone_numbers"]);
});

test("the status of a name's change: name_status and new_certificate, and the registration with the new one", async () => {
  const { stack, emulator } = await startLifecycle();
  const { another } = lookingAt(emulator);
  const read = () => another().phoneNumber({ phoneNumberId: CAKE_SHOP.id });
  const before = await read();
  expect(before).toMatchObject({ nameStatus: "APPROVED", verifiedName: "John's Cake Shop", nameInReview: false });
  expect(before).not.toHaveProperty("newCertificate");

  const program = { wabaId: WABA, phoneNumber: CAKE_SHOP.phoneNumber, displayName: "Lucky Shrub", pin: "654321" };
  await stack.up(program);
  expect(await read()).toMatchObject({ newNameStatus: "PENDING_REVIEW", nameInReview: true, phase: "name-in-review" });

  emulator.reviewName(CAKE_SHOP.id, "APPROVED");
  const approved = await read();
  expect(approved).toMatchObject({ newNameStatus: "APPROVED", newCertificate: expect.any(String) });
  expect(approved.newCertificate).not.toBe(before.certificate);

  await stack.refresh();
  await stack.up(program);
  const registered = await read();
  expect(registered).toMatchObject({ verifiedName: "Lucky Shrub", phase: "registered" });
  expect(registered.certificate).toBe(approved.newCertificate);
  expect(registered).not.toHaveProperty("newCertificate");
});

test("the verification status of all numbers by the account, and of one by its id", async () => {
  const { emulator } = await startLifecycle();
  const { run, another } = lookingAt(emulator);
  const statuses = async () =>
    (await another().phoneNumbers({ wabaId: WABA })).phoneNumbers.map(
      ({ codeVerificationStatus }) => codeVerificationStatus,
    );
  expect(await statuses()).toEqual(["NOT_VERIFIED", "VERIFIED", "NOT_VERIFIED"]);
  expect(await run.phoneNumber({ phoneNumberId: ICE_CREAM.id })).toMatchObject({
    codeVerificationStatus: "NOT_VERIFIED",
  });
  // The age of its code alone: the number works.
  emulator.patchNumber(CAKE_SHOP.id, { code_verification_status: "EXPIRED" });
  expect(await run.phoneNumber({ phoneNumberId: CAKE_SHOP.id })).toMatchObject({
    codeVerificationStatus: "EXPIRED",
    phase: "registered",
  });
});

test("numbers of the mode SANDBOX, and those of the mode LIVE", async () => {
  const { emulator } = await startLifecycle();
  const { run } = lookingAt(emulator);
  const sandbox = await run.phoneNumbers({ wabaId: WABA, accountMode: "SANDBOX" });
  expect(sandbox).toMatchObject({ accountMode: "SANDBOX", phoneNumbers: [{ id: SANDBOX, accountMode: "SANDBOX" }] });
  const live = await run.phoneNumbers({ wabaId: WABA, accountMode: "LIVE" });
  expect(live.phoneNumbers.map(({ id }) => id)).toEqual([ICE_CREAM.id, CAKE_SHOP.id]);
  const filters = emulator.requests().requests.map(({ params }) => params.filtering);
  expect(filters).toEqual([
    [{ field: "account_mode", operator: "EQUAL", value: "SANDBOX" }],
    [{ field: "account_mode", operator: "EQUAL", value: "LIVE" }],
  ]);
});

test("a number that is active in the WhatsApp Business app is found, and its registration is refused without a call", async () => {
  const { stack, emulator, writes } = await startLifecycle();
  emulator.patchNumber(ICE_CREAM.id, { platform_type: "ON_PREMISE", status: "DISCONNECTED" });
  const { run } = lookingAt(emulator);
  expect(await run.phoneNumber({ phoneNumberId: ICE_CREAM.id })).toMatchObject({
    phase: "on-phone",
    registered: false,
  });
  await stack.up({ wabaId: WABA, phoneNumber: ICE_CREAM.phoneNumber, pin: "654321" });
  expect(stack.outputs).toMatchObject({ phase: "on-phone", registered: false });
  expect(writes()).toEqual([]);
});

test("a new number is added, verified by a code and registered", async () => {
  const { stack, emulator, writes } = await startLifecycle();
  const phoneNumber = "+14195551518";
  const program = { wabaId: WABA, phoneNumber, displayName: "Lucky Shrub", pin: "654321" };
  const verification = { method: "SMS", language: "en_US" };
  await stack.up({ ...program, verification });
  const { id = "" } = stack.resource ?? {};
  const { another } = lookingAt(emulator);
  expect(await another().phoneNumber({ wabaId: WABA, phoneNumber })).toMatchObject({ id, phase: "needs-verification" });
  await stack.up({ ...program, verification: { ...verification, code: emulator.code(id) } });
  expect(await another().phoneNumber({ wabaId: WABA, phoneNumber })).toMatchObject({ id, phase: "registered" });
  expect(writes()).toEqual([
    "POST /{WABA}/phone_numbers",
    "POST /{PNID}/request_code",
    "POST /{PNID}/verify_code",
    "POST /{PNID}/register",
  ]);
});

const SIGNED_UP = {
  wabaId: WABA,
  phoneNumber: ICE_CREAM.phoneNumber,
  embeddedSignupFinishedAt: "2026-11-23T12:00:00Z",
  pin: "654321",
};

test("after embedded signup a number is registered without a code", async () => {
  const { stack, emulator, writes } = await startLifecycle();
  emulator.patchNumber(ICE_CREAM.id, {
    code_verification_status: "VERIFIED",
    embedded_signup_finished_at: SIGNED_UP.embeddedSignupFinishedAt,
  });
  await stack.up(SIGNED_UP);
  expect(stack.outputs.phase).toBe("registered");
  expect(writes()).toEqual(["POST /{PNID}/register"]);
});

test.each([
  ["on the fourteenth day", 13, "registered", ["POST /{PNID}/register"]],
  ["after fourteen days", 15, "signup-expired", []],
] as const)("a registration %s of embedded signup", async (_when, days, phase, made) => {
  const { stack, emulator, writes, pass } = await startLifecycle();
  emulator.patchNumber(ICE_CREAM.id, {
    code_verification_status: "VERIFIED",
    embedded_signup_finished_at: SIGNED_UP.embeddedSignupFinishedAt,
  });
  pass({ days });
  await stack.up(SIGNED_UP);
  expect(stack.outputs.phase).toBe(phase);
  expect(writes()).toEqual(made);
});

test("a pre-verified number is found in the business's pool, claimed and registered without a code, and leaves the pool", async () => {
  const [id, phone_number] = ["913000000000001", "+16315557777"];
  const seed = {
    businesses: [{ id: BUSINESS, name: "Lucky Shrub" }],
    wabas: [{ id: WABA, name: "Lucky Shrub", business_id: BUSINESS }],
    preverified_numbers: [
      { id, business_id: BUSINESS, phone_number, code_verification_time: "-1d" },
      { id: "913000000000002", business_id: BUSINESS, phone_number: "+16315557778" },
    ],
  } satisfies SeedFile;
  const { stack, emulator, writes } = await startLifecycle({ seed });
  const { run, another } = lookingAt(emulator);
  const verified = { businessId: BUSINESS, codeVerificationStatus: "VERIFIED" };
  const { preVerifiedPhoneNumbers } = await run.preVerifiedPhoneNumbers(verified);
  expect(preVerifiedPhoneNumbers).toMatchObject([{ id, phoneNumber: phone_number, ownerBusinessId: BUSINESS }]);

  const [{ id: preVerifiedId, phoneNumber } = { id: "" }] = preVerifiedPhoneNumbers;
  await stack.up({ wabaId: WABA, phoneNumber, preVerifiedId, displayName: "Lucky Shrub", pin: "654321" });
  expect(stack.outputs.phase).toBe("registered");
  expect(writes()).toEqual(["POST /{WABA}/phone_numbers", "POST /{PNID}/register"]);
  expect((await another().preVerifiedPhoneNumbers(verified)).preVerifiedPhoneNumbers).toEqual([]);
  expect((await another().phoneNumbers({ wabaId: WABA })).phoneNumbers).toMatchObject([
    { phoneNumber, phase: "registered" },
  ]);
});

test("on-premises: a number's certificate registers it with the client, which has a code sent; so does its next one", async () => {
  const { stack, emulator, writes } = await startLifecycle();
  const { another } = lookingAt(emulator);
  const read = () => another().phoneNumber({ phoneNumberId: ICE_CREAM.id });
  const sent = () =>
    emulator.requests().requests.flatMap(({ route, params }) => (route === "/v1/account" ? [params] : []));
  const account = { cc: "1", phone_number: "6315552222", method: "sms", cert: "[redacted]" };
  const fingerprintOf = (certificate = "") => createHash("sha256").update(certificate).digest("hex");
  const first = await read();

  const onPremises = { baseUrl: emulator.url, token: emulator.token, method: "sms" };
  const program = { wabaId: WABA, phoneNumber: ICE_CREAM.phoneNumber, onPremises };
  await stack.up(program);
  expect(stack.outputs.phase).toBe("code-sent");
  const code = emulator.code(ICE_CREAM.id);
  const verified = { ...program, verification: { method: "SMS", language: "en", code } };
  await stack.up(verified);
  expect(writes()).toEqual(["POST /v1/account", "POST /v1/account/verify"]);
  expect(sent()).toEqual([account]);
  expect(stack.outputs).toMatchObject({ phase: "registered", registered: true, platformType: "ON_PREMISE" });
  expect(stack.outputs.certificateFingerprint).toBe(fingerprintOf(first.certificate));
  // What only looks means the Cloud API.
  expect(await read()).toMatchObject({ phase: "other-platform", registered: false, platformType: "ON_PREMISE" });

  const renamed = { ...verified, displayName: "Lucky Shrub" };
  await stack.up(renamed);
  emulator.reviewName(ICE_CREAM.id, "APPROVED");
  const { newCertificate } = await read();
  await stack.up(renamed);
  expect(writes()).toEqual(["POST /{PNID}", "POST /v1/account"]);
  expect(newCertificate).not.toBe(first.certificate);
  expect(sent()).toEqual([account, account]);
  expect(stack.outputs.certificateFingerprint).toBe(fingerprintOf(newCertificate));
  expect(stack.outputs).toMatchObject({ phase: "registered", verifiedName: "Lucky Shrub" });
});

test("a number is migrated to another account of the business: verified and registered anew, under a new id", async () => {
  const [from, to, old, phoneNumber] = ["910000000000001", "910000000000002", "911000000000001", "+16315557777"];
  const seed: SeedFile = {
    businesses: [{ id: BUSINESS, name: "Lucky Shrub" }],
    wabas: [from, to].map((id) => ({ id, name: "Lucky Shrub", business_id: BUSINESS })),
    phone_numbers: [
      {
        id: old,
        waba_id: from,
        phone_number: phoneNumber,
        verified_name: "Lucky Shrub",
        name_status: "APPROVED",
        code_verification_status: "VERIFIED",
        platform_type: "CLOUD_API",
        pin: null,
        status: "CONNECTED",
      },
    ],
  };
  const { stack, emulator, writes } = await startLifecycle({ seed });
  const { another } = lookingAt(emulator);
  const verification = { method: "SMS", language: "en" };
  const program = { wabaId: to, phoneNumber, pin: "654321", migrate: { fromWabaId: from }, verification };
  await stack.up(program);
  const { id = "" } = stack.resource ?? {};
  await stack.up({ ...program, verification: { ...verification, code: emulator.code(id) } });
  expect(writes()).toEqual([
    "POST /{WABA}/phone_numbers",
    "POST /{PNID}/request_code",
    "POST /{PNID}/verify_code",
    "POST /{PNID}/register",
  ]);
  const moved = await another().phoneNumber({ wabaId: to, phoneNumber });
  expect(moved).toMatchObject({ id, phase: "registered", verifiedName: "Lucky Shrub" });
  expect(id).not.toBe(old);
});
