import { expect, test } from "vitest";
import type { Finished } from "../../engine/child.ts";
import { providerText } from "../../provider/resources/provider-text.ts";
import { CAKE_SHOP, ICE_CREAM, WABA } from "../support/lifecycle.ts";
import { NUMBERS, ofType, PHONE_NUMBER, startStack, succeeded } from "../support/pulumi.ts";

const PINS = ["774411", "885522"];
const TOKEN = "emulator-token";

test("no PIN, code, token or certificate is in the state or in the output in clear, at any step of two numbers' lives", async () => {
  const { emulator, pulumi, up, declare, exported } = await startStack(NUMBERS);
  const said: string[] = [];
  const secrets = new Set([...PINS, TOKEN]);
  const cake = { wabaId: WABA, phoneNumber: CAKE_SHOP.phoneNumber, displayName: "Lucky Shrub", pin: PINS[0] };
  const ice = {
    wabaId: WABA,
    phoneNumber: ICE_CREAM.phoneNumber,
    pin: PINS[1],
    verification: { method: "SMS", language: "en" },
  };

  async function step(run: Promise<Finished>) {
    const { stdout, stderr } = await succeeded(run);
    said.push(stdout, stderr);
    for (const { certificate, new_certificate, code } of numbersOf(emulator)) {
      for (const secret of [certificate, new_certificate, code?.value]) if (secret !== undefined) secrets.add(secret);
    }
    const { text, resources } = await exported();
    const numbers = ofType(resources, PHONE_NUMBER);
    for (const secret of secrets) {
      // The program's own configuration is plain on purpose, and the engine keeps it as its default provider's inputs.
      const kept = JSON.stringify(numbers);
      expect(kept.includes(secret) ? `the state of a number holds ${secret}` : "").toBe("");
      expect(said.join("").includes(secret) ? `the output holds ${secret}` : "").toBe("");
    }
    expect(text).not.toContain(TOKEN);
    return numbers;
  }

  await declare({ cake, ice });
  await step(up("--diff"));
  const code = emulator.code(ICE_CREAM.id);
  secrets.add(code);
  await declare({ cake, ice: { ...ice, verification: { ...ice.verification, code } } });
  await step(up("--diff"));
  await step(pulumi(["refresh", "--yes", "--skip-preview", "--diff"]));
  emulator.reviewName(CAKE_SHOP.id, "APPROVED");
  await step(pulumi(["refresh", "--yes", "--skip-preview", "--diff"]));
  await step(up("--diff"));
  const numbers = await step(pulumi(["refresh", "--yes", "--skip-preview"]));

  const texts = numbers.flatMap(({ inputs, outputs }) => [inputs?.__provider, outputs?.__provider]);
  expect(new Set(texts)).toEqual(new Set([providerText("phoneNumber")]));
  expect(Buffer.byteLength(String(texts[0]))).toBeLessThanOrEqual(400);
  for (const { outputs } of numbers)
    expect(outputs).toMatchObject({ pin: { ciphertext: expect.any(String) }, phase: "registered" });
  expect(secrets.size).toBeGreaterThan(6);
});

interface Secrets {
  certificate?: string;
  new_certificate?: string;
  code?: { value: string };
}

function numbersOf(emulator: Awaited<ReturnType<typeof startStack>>["emulator"]): Secrets[] {
  return Object.values(emulator.state().numbers as Record<string, Secrets>);
}
