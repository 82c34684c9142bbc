import { expect, test } from "vitest";
import { FLEET, startStack, succeeded } from "../support/pulumi.ts";

const SEED = "0123456789abcdef0123456789abcdef";
const TOKENS = { acme: "token-of-acme", globex: "token-of-globex" };
const WABAS = { acme: "900000", globex: "900001" };

test("examples/fleet: two customers, a token for each, and all PINs out of one secret", async () => {
  const { emulator, pulumi, up, calls } = await startStack(FLEET, { numbers: 4, wabas: 2 });
  const config =
    (...args: string[]) =>
    (input: string) =>
      succeeded(pulumi(["config", "set", ...args], {}, { input }));
  for (const customer of ["acme", "globex"] as const) {
    emulator.addToken({ token: TOKENS[customer], wabas: [WABAS[customer]] });
    await config("--secret", "--path", `waba:credentials.${customer}.accessToken`)(TOKENS[customer]);
  }
  await config("--secret", "pinSeed")(SEED);

  const first = await succeeded(up());
  expect(first.stdout).toContain("+ 5 created");
  const { counts, requests } = emulator.requests();
  expect(counts).toMatchObject({ "POST /{PNID}": 2 });
  expect(new Set(requests.map(({ token }) => token))).toEqual(new Set(Object.values(TOKENS)));
  const outputs = JSON.parse((await succeeded(pulumi(["stack", "output", "--json"]))).stdout);
  expect(outputs).toMatchObject({ total: 4 });
  calls();
  expect((await succeeded(up())).stdout).toContain("5 unchanged");
  expect(calls()).toEqual({ "GET /{PNID}": 4 });
  expect(first.stdout + first.stderr).not.toMatch(new RegExp([SEED, ...Object.values(TOKENS)].join("|")));
});
