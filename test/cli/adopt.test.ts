import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CAKE_SHOP, ICE_CREAM, WABA } from "../support/lifecycle.ts";
import { openShell, startProject } from "../support/waba.ts";

const CAKE = { wabaId: WABA, phoneNumber: CAKE_SHOP.phoneNumber };
const TWO = "2 numbers declared";

test("the numbers of the stack's accounts that it lacks are printed as a program, by one list", async () => {
  const { waba, calls, config, hasStack, resource } = await startProject(CAKE);
  const { exitCode, stdout, stderr } = await waba(["adopt", "--waba", WABA]);
  expect(exitCode).toBe(0);
  expect(stderr).toBe(
    `number +1 631-555-1111 (${CAKE_SHOP.id}) is left out: the stack has it\n${TWO}. Next: pulumi preview\n`,
  );
  expect(stdout).toContain(
    [
      `// ${ICE_CREAM.id} · Jasper's Ice Cream · needs-verification: ownership of the number is not verified`,
      'export const jaspersIceCream = new waba.PhoneNumber("jaspers-ice-cream", {',
      `  wabaId: "${WABA}",`,
      '  phoneNumber: "+16315552222",',
      "});",
    ].join("\n"),
  );
  expect(stdout).not.toContain("displayName:");
  expect(`${stdout}${stderr}`).not.toContain(config.accessToken);
  expect(calls()).toEqual(["GET /{WABA}/phone_numbers"]);

  hasStack({ config: { ...config, allowedWabaIds: WABA }, numbers: [resource()] });
  const byDefault = await waba(["adopt", "--with-names", "--format", "json"]);
  expect(JSON.parse(byDefault.stdout)).toMatchObject({
    schemaVersion: 1,
    numbers: [{ id: ICE_CREAM.id, args: { wabaId: WABA, displayName: "Jasper's Ice Cream" } }, {}],
    skipped: [`number +1 631-555-1111 (${CAKE_SHOP.id})`],
  });
  const refused = await waba(["adopt", "--waba", "888888"]);
  expect(refused).toMatchObject({ exitCode: 1, stdout: "" });
  expect(refused.stderr).toContain("nothing was listed: account 888888 is not among waba:allowedWabaIds");
});

test("an account that cannot be listed keeps nothing of the others back, and shows in the exit code", async () => {
  const { waba, environment: env, elsewhere: cwd } = await startProject(CAKE);
  const { exitCode, stdout, stderr } = await waba(["adopt", "--waba", "888888", "--waba", WABA], { env, cwd });
  expect(exitCode).toBe(1);
  expect(stdout.match(/new waba\.PhoneNumber\(/g)).toHaveLength(3);
  expect(stderr).toContain("error: account 888888 is left out: We could not list the numbers");
  const none = await waba(["adopt", "--waba", "888888", "--out", join(cwd, "none.ts")], { env, cwd });
  expect(none).toMatchObject({
    exitCode: 1,
    stderr: expect.stringMatching(/^error: We could not list .* 888888[^\n]+\n$/),
  });
  expect(existsSync(join(cwd, "none.ts"))).toBe(false);
});

test("a file is written once, and overwritten by --force alone", async () => {
  const { waba, environment: env, elsewhere: cwd } = await startProject(CAKE);
  const file = join(cwd, "numbers.ts");
  const adopt = ["adopt", "--waba", WABA, "--out", file];
  const written = await waba(adopt, { env, cwd });
  expect(written).toMatchObject({ exitCode: 0, stdout: "" });
  expect(written.stderr).toBe(`3 numbers declared in ${file}. Next: pulumi preview\n`);
  expect(existsSync(file)).toBe(true);
  writeFileSync(file, "mine");
  const again = await waba(adopt, { env, cwd });
  expect(again).toMatchObject({
    exitCode: 1,
    stderr: `error: ${file} exists already, and was left as it is: name another file, or add --force\n`,
  });
  expect(readFileSync(file, "utf8")).toBe("mine");
  expect((await waba([...adopt, "--force"], { env, cwd })).exitCode).toBe(0);
  expect(readFileSync(file, "utf8")).toContain("new waba.PhoneNumber(");
});

test("the accounts of a token are those that Graph says it is for, and of a business those that it owns", async () => {
  const { waba, emulator, environment, elsewhere: cwd, calls } = await startProject(CAKE);
  emulator.addToken({ token: "for-two", wabas: [WABA, "888888"] });
  const env = { ...environment, WABA_ACCESS_TOKEN: "for-two", WABA_ALLOWED_WABA_IDS: WABA };
  const one = await waba(["adopt", "--all-accounts", "--format", "json"], { env, cwd });
  expect(JSON.parse(one.stdout).numbers).toHaveLength(3);
  expect(one.exitCode).toBe(0);
  expect(one.stderr).toContain("account 888888 is left out: it is not among waba:allowedWabaIds");
  expect(calls()).toEqual(["GET /debug_token", "GET /{WABA}/phone_numbers"]);
  const all = await waba(["adopt", "--all-accounts"], { env: environment, cwd });
  expect(all).toMatchObject({ exitCode: 1, stdout: "" });
  expect(all.stderr).toMatch(/^error: Graph names no account that the token is for.*--waba <id>\n$/);
  calls();
  const owned = await waba(["adopt", "--business", "506914307656634", "--format", "json"], { env: environment, cwd });
  expect(JSON.parse(owned.stdout).numbers).toHaveLength(3);
  expect(calls()).toEqual(["GET /{BIZ}/owned_whatsapp_business_accounts", "GET /{WABA}/phone_numbers"]);
});

test.each<[string[], string]>([
  [["adopt", "--no-stack"], "which accounts? Name them by --waba <id>"],
  [["adopt", "--waba", "x"], "numeric id of a WhatsApp Business Account"],
  [["adopt", "--waba", WABA, "--force"], "--force is for --out"],
  [["adopt", "--format", "yaml"], "Allowed choices are ts, json"],
])("%j is refused by what is wrong with it", async (args, message) => {
  const { exitCode, stderr, stdout } = await openShell().waba(args, { env: { WABA_ACCESS_TOKEN: "none" } });
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
  expect(stderr).toContain(message);
});
