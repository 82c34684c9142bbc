import { expect, test } from "vitest";
import { ofType, RESOURCES, startStack, succeeded } from "../support/pulumi.ts";

const TYPE = "pulumi-nodejs:dynamic/waba:PreVerifiedPhoneNumber";
const DRIFT = ["refresh", "--preview-only", "--expect-no-changes", "--diff"];
const [BUSINESS, PARTNER, ACCOUNT] = ["506914307656634", "5506914307651", "910000000000002"];
const PHONE = "+15550783881";
const SEED = {
  businesses: [
    { id: BUSINESS, name: "Lucky Shrub" },
    { id: PARTNER, name: "Partner" },
  ],
  wabas: [{ id: ACCOUNT, name: "Ours", business_id: BUSINESS }],
};

test("a number is put into the pool, verified, shared, seen to drift, healed, and claimed by another resource's number", async () => {
  const { emulator, pulumi, up, declareResources, exported, calls } = await startStack(RESOURCES, { seed: SEED });
  const args = { businessId: BUSINESS, phoneNumber: PHONE, sharedWith: [PARTNER], onDelete: "delete" };
  const pooled = (verification: object) => ({ is: "PreVerifiedPhoneNumber", args: { ...args, verification } });
  const sms = { method: "SMS", language: "en" };
  const stored = async () => ofType((await exported()).resources, TYPE)[0] ?? expect.unreachable();

  await declareResources({ pooled: pooled(sms) });
  await succeeded(up());
  const { id } = await stored();
  expect(calls()).toMatchObject({ "POST /{BIZ}/add_phone_numbers": 1, "POST /{PREID}/request_code": 1 });
  expect(await stored()).toMatchObject({ outputs: { phase: "code-sent", sharedWith: [PARTNER] } });

  const code = emulator.code(id ?? "");
  await declareResources({ pooled: pooled({ ...sms, code }) });
  const verified = await succeeded(up());
  expect(verified.stdout + verified.stderr).not.toContain(code);
  expect(JSON.stringify(await exported())).not.toContain(code);
  expect(calls()).toMatchObject({ "POST /{PREID}/verify_code": 1 });
  await succeeded(pulumi(DRIFT));

  const query = new URLSearchParams({ preverified_id: id ?? "", partner_business_id: PARTNER });
  await fetch(`${emulator.url}/v25.0/${BUSINESS}/share_preverified_numbers?${query}`, {
    method: "DELETE",
    headers: { authorization: `Bearer ${emulator.token}` },
  });
  const drift = await pulumi(DRIFT);
  expect(drift.exitCode).toBe(7);
  expect(drift.stdout).toContain("sharedWith");
  calls();
  await succeeded(up());
  expect(calls()).toMatchObject({ "POST /{BIZ}/share_preverified_numbers": 1 });

  const number = { wabaId: ACCOUNT, phoneNumber: PHONE, displayName: "Lucky Shrub", pin: "123456", preVerifiedId: id };
  await declareResources({ pooled: pooled(sms), number: { is: "PhoneNumber", args: number } });
  await succeeded(up());
  calls();
  const after = await succeeded(up());
  expect(after.stdout + after.stderr).toContain(`account ${ACCOUNT} has claimed it`);
  expect(await stored()).toMatchObject({ id, outputs: { phase: "claimed", claimedBy: ACCOUNT } });
  expect(Object.keys(calls()).filter((call) => !call.startsWith("GET"))).toEqual([]);
  await succeeded(pulumi(["destroy", "--yes", "--skip-preview"]));
  expect(Object.keys(calls()).filter((call) => !call.startsWith("GET"))).toEqual([]);
});
