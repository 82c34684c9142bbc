import { expect, test } from "vitest";
import { pinFrom } from "../../provider/functions/pin-from.ts";
import { FLEET, ofType, PHONE_NUMBER, startStack, succeeded } from "../support/pulumi.ts";

const SEED = "0123456789abcdef0123456789abcdef";

test("the fleet: each customer by a token of its own, each number by a PIN of its own", async () => {
  const { emulator, pulumi, up, exported } = await startStack(FLEET, { numbers: 4, wabas: 2 });
  emulator.addToken({ token: "token-of-acme", wabas: ["900000"] });
  emulator.addToken({ token: "token-of-globex", wabas: ["900001"] });
  const credentials = { acme: { accessToken: "token-of-acme" }, globex: { accessToken: "token-of-globex" } };
  for (const [key, input] of Object.entries({ "waba:credentials": JSON.stringify(credentials), pinSeed: SEED })) {
    await succeeded(pulumi(["config", "set", "--secret", key], {}, { input }));
  }

  await succeeded(up());
  const { text: before, resources } = await exported();
  const managed = ofType(resources, PHONE_NUMBER).map(
    ({ outputs }) => `${outputs?.phoneNumber} by ${outputs?.credential}`,
  );
  expect(managed.toSorted()).toEqual([
    "+15550000000 by acme",
    "+15550000001 by globex",
    "+15550000002 by acme",
    "+15550000003 by globex",
  ]);
  const { counts, requests } = emulator.requests();
  expect(new Set(requests.map(({ token }) => token))).toEqual(new Set(["token-of-acme", "token-of-globex"]));
  expect(counts["POST /{PNID}"]).toBe(2);
  expect(counts["POST /{PNID}/register"] ?? 0).toBe(0);

  const { stdout } = await succeeded(pulumi(["stack", "output", "--json"]));
  const { total, open } = JSON.parse(stdout) as { total: number; open: string[] };
  expect(total).toBe(4);
  expect(open).toEqual([
    expect.stringContaining("+15550000000 is name-in-review"),
    expect.stringContaining("+15550000002 is name-in-review"),
  ]);

  // Approved names are registered, each under the number's own PIN; the others keep the PIN that they have.
  for (const id of ["100000000", "100000002"]) emulator.reviewName(id, "APPROVED");
  await succeeded(up());
  const held = emulator.state().numbers as Record<string, { pin: string; verified_name: string }>;
  expect(Object.values(held).map(({ verified_name, pin }) => [verified_name, pin])).toEqual([
    ["Acme Berlin", pinFrom(SEED, "+15550000000")],
    ["Business 1", "123456"],
    ["Acme Support", pinFrom(SEED, "+15550000002", 2)],
    ["Business 3", "123456"],
  ]);
  const after = (await exported()).text;
  for (const secret of [SEED, "token-of-acme", "token-of-globex", pinFrom(SEED, "+15550000000")]) {
    expect(`${before}${after}`.includes(secret) ? `the state holds ${secret}` : "").toBe("");
  }
});
