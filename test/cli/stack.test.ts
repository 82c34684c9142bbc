/** What the commands make of what `pulumi` says of a stack, and of the folder that they run in. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CAKE_SHOP, ICE_CREAM, WABA } from "../support/lifecycle.ts";
import { startProject } from "../support/waba.ts";

const NUMBER = ICE_CREAM.phoneNumber;
const ICE = { wabaId: WABA, phoneNumber: NUMBER, displayName: "Jasper's Ice Cream", pin: "654321" };
const SECRET = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "v1:x" };
const REQUEST = ["code", "request", NUMBER];

test.each(["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"])("a folder below one with a %s belongs to it", async (file) => {
  const { waba, project, pulumiRuns, elsewhere, environment } = await startProject(ICE);
  rmSync(join(project, "Pulumi.yaml"));
  writeFileSync(join(project, file), "");
  const below = join(project, "src/numbers");
  mkdirSync(below, { recursive: true });
  const { exitCode, stderr } = await waba(REQUEST, { cwd: below });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  expect(pulumiRuns()).toHaveLength(2);
  // Who names a stack means one, wherever it runs.
  expect((await waba([...REQUEST, "--stack", "dev"], { cwd: elsewhere, env: environment })).exitCode).toBe(0);
  expect(pulumiRuns()).toContain(`${elsewhere}: stack export --non-interactive --stack dev`);
});

test.each<[string, string[], RegExp]>([
  ["fails without an error line", ["echo first >&2", "echo last >&2", "exit 3"], /failed: last\. --no-stack/],
  ["fails without a word", ["exit 3"], /failed: Command failed: pulumi .*\. --no-stack/],
  ["asks for an answer", ["/bin/cat", "exit 3"], /failed: Command failed/],
  ["has no resources", ['[ "$1" = stack ] && echo \'{"deployment":{}}\' || echo {}'], /the stack has no number/],
])("a pulumi that %s", async (_what, lines, said) => {
  const { waba, pulumiDoes, environment } = await startProject(ICE);
  pulumiDoes(...lines);
  const { exitCode, stderr } = await waba(REQUEST, { env: environment });
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(said);
});

test("a number is known as declared before it was read, by its id alone where the rest is secret, and once", async () => {
  const { waba, hasStack, config, resource, calls, pass } = await startProject(ICE);
  const { id, outputs } = resource();
  const { displayPhoneNumber: _, ...unread } = outputs;
  hasStack({ config, numbers: [{ id, outputs: unread }] });
  expect((await waba(REQUEST)).exitCode).toBe(0);
  pass({ hours: 1 });
  const secrets = { ...outputs, wabaId: SECRET, credential: SECRET, baseUrl: SECRET, nameRequests: SECRET };
  hasStack({ config, numbers: [{ id, outputs: secrets }] });
  // Its account is not known, so the one that is named may be it.
  calls();
  expect((await waba([...REQUEST, "--waba", WABA])).exitCode).toBe(0);
  expect(calls()).not.toContain("GET /{WABA}/phone_numbers");
  pass({ hours: 1 });
  calls();
  // The stack that manages it reads it as well.
  hasStack({ config, numbers: [resource(), resource()] });
  expect((await waba(REQUEST)).exitCode).toBe(0);
  expect(calls()).toEqual(["GET /{PNID}", "POST /{PNID}/request_code"]);
});

test("resources of other types, and those that are not made yet, are no numbers", async () => {
  const { waba, hasStack, config, resource } = await startProject(ICE);
  const { outputs } = resource();
  const other = { ...resource(), type: "pulumi-nodejs:dynamic/waba:Other" };
  hasStack({ config, numbers: [other, { id: "", outputs }] });
  expect((await waba(REQUEST)).stderr).toContain(`the stack has no number ${NUMBER}`);
});

test("a name is waited for until the stack saw its outcome; the last one counts", async () => {
  const { waba, hasStack, config, resource } = await startProject({ wabaId: WABA, phoneNumber: CAKE_SHOP.phoneNumber });
  const { id, outputs } = resource();
  const at = "2026-11-23T12:00:00.000Z";
  const wait = async (nameRequests: object[]) => {
    hasStack({ config, numbers: [{ id, outputs: { ...outputs, nameRequests } }] });
    return (await waba(["wait", CAKE_SHOP.phoneNumber, "--for", "name", "--every", "30", "--timeout", "1"])).stdout;
  };
  expect(await wait([{ name: "First", at, outcome: "APPROVED" }])).toContain(`the name "John's Cake Shop" is APPROVED`);
  expect(
    await wait([
      { name: "First", at, outcome: "APPROVED" },
      { name: "Next", at },
    ]),
  ).toContain('the name "Next" yet');
});

test("without a stack, a number by its digits needs an account", async () => {
  const { waba, environment, calls } = await startProject(ICE);
  const unknown = await waba([...REQUEST, "--no-stack"], { env: environment });
  expect(unknown.stderr).toBe(
    `error: without a stack, name its account (--waba <id>), or Graph's id of the number instead of ${NUMBER}\n`,
  );
  expect(calls()).toEqual([]);
  const { stdout } = await waba([...REQUEST, "--no-stack", "--waba", WABA], { env: environment });
  expect(stdout).toContain(`npx waba code verify ${NUMBER} --no-stack --waba ${WABA}\n`);
});

test("what is of no consequence for the command is a warning", async () => {
  const { waba, elsewhere } = await startProject(ICE);
  const { exitCode, stderr } = await waba(REQUEST, { env: { WABA_AUDIT_LOG: join(elsewhere, "not/audit.log") } });
  expect(exitCode).toBe(0);
  expect(stderr).toMatch(/^warning: .*audit/);
});

test.each(["+1234567", "+1 (631) 555.2222", "12345", "12345678901234567890"])("%s can be a number", async (number) => {
  const { waba, elsewhere } = await startProject(ICE);
  const { stderr } = await waba(["code", "request", number], { cwd: elsewhere });
  expect(stderr).not.toContain("must look like");
});

test.each(["+123456", "+0316315552222", "+1234567890123456", "1234", "123456789012345678901", "+1631x5552222"])(
  "%s cannot be a number",
  async (number) => {
    const { waba, elsewhere } = await startProject(ICE);
    const { exitCode, stderr } = await waba(["code", "request", number], { cwd: elsewhere });
    expect(exitCode).toBe(1);
    expect(stderr).toContain("It must look like +16315551111, or be Graph's id of the number.");
  },
);
