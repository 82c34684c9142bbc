import { expect, test } from "vitest";
import { ICE_CREAM, WABA } from "../support/lifecycle.ts";
import { NUMBERS, startStack, succeeded } from "../support/pulumi.ts";

const NUMBER = ICE_CREAM.phoneNumber;
/** The token of the stack's configuration alone is left. */
const WITHOUT_TOKEN = { WABA_ACCESS_TOKEN: "" };

test("waba code and waba wait read the real stack: its encrypted token, its account and its number", async () => {
  const { emulator, pulumi, waba, up, declare, calls } = await startStack(NUMBERS);
  await declare({ ice: { wabaId: WABA, phoneNumber: NUMBER, pin: "654321" } });
  await succeeded(up());
  calls();
  const env = WITHOUT_TOKEN;
  const lacking = await waba(["code", "request", NUMBER], { env });
  expect(lacking.exitCode).toBe(1);
  expect(lacking.stderr).toContain("no access token");
  expect(calls()).toEqual({});

  await succeeded(pulumi(["config", "set", "--secret", "waba:accessToken", emulator.token]));
  await succeeded(pulumi(["config", "set", "waba:allowedWabaIds", WABA]));
  const requested = await succeeded(waba(["code", "request", NUMBER], { env }));
  expect(requested.stdout).toContain(`npx waba code verify ${NUMBER}`);
  expect(calls()).toEqual({ "GET /{PNID}": 1, "POST /{PNID}/request_code": 1 });
  const input = emulator.code(ICE_CREAM.id);
  const verified = await succeeded(waba(["code", "verify", NUMBER], { env, input }));
  expect(calls()).toEqual({ "GET /{PNID}": 1, "POST /{PNID}/verify_code": 1 });
  await succeeded(up());
  const { "POST /{PNID}/register": registered, ...others } = calls();
  expect({ registered, others }).toEqual({
    registered: 1,
    others: { "GET /{PNID}": 2, "GET /{WABA}/phone_numbers": 1 },
  });
  const waited = await succeeded(waba(["wait", NUMBER, "--for", "registered"], { env }));
  expect(waited.stdout).toContain(`number +1 631-555-2222 (${ICE_CREAM.id}): registered as "Jasper's Ice Cream"`);
  expect(calls()).toEqual({ "GET /{PNID}": 1 });
  for (const { stdout, stderr } of [requested, verified, waited]) {
    expect(`${stdout}${stderr}`).not.toContain(emulator.token);
  }

  await succeeded(pulumi(["config", "set", "waba:allowedWabaIds", "888888"]));
  const refused = await waba(["wait", NUMBER, "--for", "registered"], { env });
  expect(refused.stderr).toContain(`account ${WABA} is not among waba:allowedWabaIds (888888)`);
  const wrongPassphrase = await waba(["wait", NUMBER, "--for", "name"], { env: { PULUMI_CONFIG_PASSPHRASE: "wrong" } });
  expect(wrongPassphrase.exitCode).toBe(1);
  expect(wrongPassphrase.stderr).toMatch(
    /^error: the stack could not be asked: pulumi config --json failed: .*passphrase/,
  );
});
