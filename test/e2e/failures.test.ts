import { expect, test } from "vitest";
import { CAKE_SHOP, ICE_CREAM, WABA } from "../support/lifecycle.ts";
import { NUMBERS, ofType, PHONE_NUMBER, startStack, succeeded } from "../support/pulumi.ts";

const ICE = { wabaId: WABA, phoneNumber: ICE_CREAM.phoneNumber, pin: "654321" };
const NEW = { wabaId: WABA, phoneNumber: "+4915112345678", displayName: "Blumen Berlin", pin: "654321" };
const MISMATCH = {
  error: { message: "(#133005) PIN mismatch", type: "OAuthException", code: 133005, fbtrace_id: "A1" },
};

test("a preview says everything that is wrong at once, one clear line a property, and calls nothing", async () => {
  const { emulator, pulumi, declare } = await startStack(NUMBERS);
  const verification = { method: "SMS", language: "en", code: "98765" };
  await declare({ support: { wabaId: "my account", pin: "12345", displayName: "x", verification } });
  const preview = await pulumi(["preview"], { WABA_ACCESS_TOKEN: "" });
  expect(preview.exitCode).not.toBe(0);
  const said = preview.stdout + preview.stderr;
  expect(said).toMatch(/wabaId.*must be the numeric id of a WhatsApp Business Account/);
  expect(said).toMatch(/pin.*must be 6 digits, as text/);
  expect(said).toMatch(/displayName.*must have at least 3 characters/);
  expect(said).toMatch(/phoneNumber.*is required, or phoneNumberId/);
  expect(said).toMatch(/credential.*no access token\. Set one: pulumi config set --secret waba:accessToken/);
  expect(said).toMatch(/verification: code must be the 6 digits/);
  expect(said).not.toMatch(/12345|98765/);

  await declare({ support: { ...ICE, phoneNumber: "6315551111" } });
  const other = await pulumi(["preview"]);
  expect(other.stdout).toMatch(/phoneNumber.*must be an international number with its country code/);
  expect(emulator.requests().requests).toEqual([]);
});

test("a registration that Meta refuses keeps the number, and the next up goes on", async () => {
  const { emulator, up, declare, exported, calls } = await startStack(NUMBERS);
  emulator.patchNumber(ICE_CREAM.id, { code_verification_status: "VERIFIED" });
  emulator.addFault({ match: { path: "/*/register" }, times: 2, status: 400, body: MISMATCH });
  await declare({ ice: ICE });
  const failed = await up();
  expect(failed.exitCode).not.toBe(0);
  expect(failed.stdout).toMatch(
    /could not register the number · number \+1 631-555-2222 .*133005.*Declare the number's PIN/,
  );

  const [kept] = ofType((await exported()).resources, PHONE_NUMBER);
  expect(kept).toMatchObject({ id: ICE_CREAM.id, initErrors: [expect.stringContaining("133005")] });
  calls();
  await succeeded(up());
  const [healed] = ofType((await exported()).resources, PHONE_NUMBER);
  expect(healed?.outputs).toMatchObject({ phase: "registered" });
  expect(calls()).toMatchObject({ "POST /{PNID}/register": 1 });
});

test("with a refresh in between, which clears the error, the next up goes on all the same", async () => {
  const { emulator, up, pulumi, declare, exported } = await startStack(NUMBERS);
  emulator.patchNumber(ICE_CREAM.id, { code_verification_status: "VERIFIED" });
  emulator.addFault({ match: { path: "/*/register" }, status: 500, body: "<html>Sorry</html>" });
  await declare({ ice: ICE });
  const failed = await up();
  expect(failed.stdout).toMatch(/the answer was not Graph's: HTTP 500/);
  await succeeded(pulumi(["refresh", "--yes", "--skip-preview"]));
  expect(ofType((await exported()).resources, PHONE_NUMBER)[0]?.initErrors ?? []).toEqual([]);
  await succeeded(up());
  expect(ofType((await exported()).resources, PHONE_NUMBER)[0]?.outputs).toMatchObject({ phase: "registered" });
});

test("a number whose addition got no answer is there once, and is not added twice", async () => {
  const { emulator, up, declare, exported } = await startStack(NUMBERS);
  emulator.addFault({ match: { method: "POST", path: "/*/phone_numbers" }, drop: "before" });
  await declare({ new: NEW });
  const failed = await up();
  expect(failed.exitCode).not.toBe(0);
  expect(failed.stdout).toMatch(/could not add the number .*no answer from 127\.0\.0\.1/);
  expect(ofType((await exported()).resources, PHONE_NUMBER)).toEqual([]);

  emulator.addFault({ match: { method: "POST", path: "/*/phone_numbers" }, drop: "after" });
  await succeeded(up());
  const numbers = Object.values(emulator.state().numbers as Record<string, { display_phone_number: string }>);
  expect(
    numbers.filter(({ display_phone_number }) => display_phone_number.replace(/\D/g, "") === "4915112345678"),
  ).toHaveLength(1);
});

test("one number in trouble does not stop the others, nor one in error with --continue-on-error", async () => {
  const { emulator, up, declare, exported } = await startStack(NUMBERS);
  emulator.patchNumber(CAKE_SHOP.id, { status: "BANNED" });
  emulator.patchNumber(ICE_CREAM.id, { code_verification_status: "VERIFIED" });
  const cake = { wabaId: WABA, phoneNumberId: CAKE_SHOP.id, displayName: "Lucky Shrub" };
  await declare({ cake, ice: ICE, wrong: { ...ICE, phoneNumber: "+16315559999", adopt: "require" } });
  // Without the flag the engine begins nothing more after an error.
  const mixed = await up("--continue-on-error");
  expect(mixed.stdout).toMatch(/does not have the number · number \+16315559999/);
  const phases = ofType((await exported()).resources, PHONE_NUMBER).map(({ outputs }) => outputs?.phase);
  expect(phases.toSorted()).toEqual(["blocked", "registered"]);
  expect(mixed.stdout + mixed.stderr).toContain("is blocked: Appeal in WhatsApp Manager");
});

test("a rotated token works from the environment at once, while the old one is refused with its source", async () => {
  const { emulator, pulumi, up, declare } = await startStack(NUMBERS);
  await declare({ ice: ICE });
  await succeeded(up());
  emulator.patchToken(emulator.token, { revoked: true });
  const refused = await pulumi(["refresh", "--preview-only"]);
  expect(refused.exitCode).not.toBe(0);
  const said = refused.stdout + refused.stderr;
  expect(said).toMatch(/code 190.*The token came from the environment variable WABA_ACCESS_TOKEN/);
  expect(said).not.toMatch(/\n\s+at .*\.js:\d+/);
  emulator.addToken({ token: "rotated" });
  await succeeded(pulumi(["refresh", "--preview-only", "--expect-no-changes"], { WABA_ACCESS_TOKEN: "rotated" }));
});
