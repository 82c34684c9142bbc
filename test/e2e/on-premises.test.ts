import { expect, test } from "vitest";
import { ICE_CREAM, WABA } from "../support/lifecycle.ts";
import { NUMBERS, startStack, succeeded } from "../support/pulumi.ts";

const ACCOUNT = "POST /v1/account";
const VERIFY = "POST /v1/account/verify";
const LISTED = { "GET /{WABA}/phone_numbers": 1 };
const TOKEN = "emulator-token-of-the-client";

test("a number is registered with an on-premises client by a code, drifts and is healed; its token is in clear nowhere", async () => {
  const { emulator, up, pulumi, declare, numbers, calls, exported } = await startStack(NUMBERS, {
    tokens: ["emulator-token", TOKEN],
  });
  const onPremises = { baseUrl: emulator.url, token: TOKEN, method: "sms" };
  const ice = { wabaId: WABA, phoneNumber: ICE_CREAM.phoneNumber, onPremises };
  const outputs = async () => (await numbers()).ice?.outputs;
  await declare({ ice }, "secret");
  const first = await succeeded(up());
  expect(calls()).toMatchObject({ [ACCOUNT]: 1 });
  expect(await outputs()).toMatchObject({ phase: "code-sent" });

  const verification = { method: "SMS", language: "en", code: emulator.code(ICE_CREAM.id) };
  await declare({ ice: { ...ice, verification } }, "secret");
  const second = await succeeded(up());
  const { [ACCOUNT]: accounts, [VERIFY]: verified } = calls();
  expect({ accounts, verified }).toEqual({ accounts: undefined, verified: 1 });
  expect(await outputs()).toMatchObject({ phase: "registered", registered: true, platformType: "ON_PREMISE" });
  expect((await succeeded(up())).stdout).toContain("2 unchanged");
  expect(calls()).toEqual(LISTED);

  emulator.patchNumber(ICE_CREAM.id, { status: "PENDING", platform_type: "NOT_APPLICABLE" });
  const shown = await succeeded(pulumi(["preview", "--diff"]));
  expect(shown.stdout).toContain("onPremises");
  expect(calls()).toEqual(LISTED);
  await succeeded(up());
  expect(calls()).toMatchObject({ [ACCOUNT]: 1 });
  expect(await outputs()).toMatchObject({ phase: "registered" });

  const { text } = await exported();
  for (const said of [text, first, second, shown].map((it) => JSON.stringify(it))) expect(said).not.toContain(TOKEN);
  calls();
  await succeeded(pulumi(["destroy", "--yes", "--skip-preview"]));
  expect(Object.keys(calls()).filter((call) => !call.startsWith("GET"))).toEqual([]);
});
