import { expect, test } from "vitest";
import { CAKE_SHOP, WABA } from "../support/lifecycle.ts";
import { NUMBERS, startStack, succeeded } from "../support/pulumi.ts";

const CAKE = { wabaId: WABA, phoneNumber: CAKE_SHOP.phoneNumber, pin: "123456" };
/** The tokens of the stack's configuration alone are left. */
const BY_CONFIG = { WABA_ACCESS_TOKEN: "" };

test("a token that was rotated in the configuration, its old one revoked: the documented commands go on, and never send the old one", async () => {
  const { emulator, pulumi, declare, numbers } = await startStack(NUMBERS);
  const used = () => {
    const tokens = new Set(emulator.requests().requests.map(({ token }) => token));
    emulator.clearRequests();
    return [...tokens];
  };
  const setToken = (token: string) =>
    succeeded(pulumi(["config", "set", "--secret", "waba:accessToken"], {}, { input: token }));
  for (const token of ["first-token", "second-token"]) emulator.addToken({ token });
  await declare({ cake: CAKE });
  await setToken("first-token");
  await succeeded(pulumi(["up", "--yes", "--skip-preview"], BY_CONFIG));
  expect(used()).toEqual(["first-token"]);

  emulator.patchToken("first-token", { revoked: true });
  await setToken("second-token");
  const refused = await pulumi(["refresh", "--yes", "--skip-preview"], BY_CONFIG);
  expect(refused.exitCode).not.toBe(0);
  expect(refused.stdout + refused.stderr).toMatch(
    /code 190.*The token came from waba:accessToken in the stack's configuration.*WABA_ACCESS_TOKEN.*--run-program/,
  );
  used();
  await succeeded(pulumi(["refresh", "--yes", "--skip-preview"], { WABA_ACCESS_TOKEN: "second-token" }));
  expect(used()).toEqual(["second-token"]);
  await succeeded(pulumi(["up", "--yes", "--skip-preview", "--run-program"], BY_CONFIG));
  expect(used()).toEqual(["second-token"]);
  await succeeded(pulumi(["refresh", "--yes", "--skip-preview"], BY_CONFIG));
  expect(used()).toEqual(["second-token"]);
  expect((await numbers()).cake?.outputs).toMatchObject({ phase: "registered" });
});
