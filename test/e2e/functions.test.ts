import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CAKE_SHOP, ICE_CREAM, WABA } from "../support/lifecycle.ts";
import { FUNCTIONS, type Stack, startStack, succeeded } from "../support/pulumi.ts";

const LIST = "GET /{WABA}/phone_numbers";
const SANDBOX = "1972385232742143";
const SECRET = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };

async function start(): Promise<Stack> {
  const stack = await startStack(FUNCTIONS);
  const config = { wabaId: WABA, managed: CAKE_SHOP.id, businessId: "506914307656634" };
  for (const [key, value] of Object.entries(config)) await succeeded(stack.pulumi(["config", "set", key, value]));
  return stack;
}

test("a program calls the functions in preview and up, and no certificate is in clear", async () => {
  const { emulator, sandbox, pulumi, up, calls, exported } = await start();
  const { certificate } = (emulator.state().numbers as Record<string, { certificate: string }>)[CAKE_SHOP.id] ?? {};
  if (certificate === undefined) throw new Error("the emulator shows no certificate");

  const preview = await succeeded(pulumi(["preview", "--diff"]));
  expect(preview.stdout).toMatch(/firstPhase *: "needs-verification"/);
  // The number is not in the stack yet, so what waits for it is not known.
  expect(preview.stdout).toMatch(/lateName *: \[unknown\]|lateName *: output<string>/);
  expect(calls()).toEqual({ [LIST]: 2, "GET /{BIZ}/preverified_numbers": 1 });

  const made = await succeeded(up("--diff", "--debug"));
  // The resource read a list of its own, and what waited for it was read anew.
  expect(calls()).toEqual({ [LIST]: 3, "GET /{PNID}": 1, "GET /{BIZ}/preverified_numbers": 1 });
  const { stdout } = await succeeded(pulumi(["stack", "output", "--json"]));
  expect(JSON.parse(stdout)).toMatchObject({
    phoneNumbers: [{ id: ICE_CREAM.id }, { id: CAKE_SHOP.id, phase: "registered" }, { id: SANDBOX }],
    firstPhase: "needs-verification",
    lateName: "John's Cake Shop",
    lateCertificate: "[secret]",
    wholeLate: { id: CAKE_SHOP.id },
    sandboxIds: [SANDBOX],
    preVerifiedIds: [],
  });
  const { resources } = await exported();
  expect(resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs).toMatchObject({
    // The certificate alone is encrypted, not all that stands beside it.
    phoneNumbers: [{}, { verifiedName: "John's Cake Shop", certificate: SECRET }, {}],
    wholeLate: { verifiedName: "John's Cake Shop", certificate: SECRET },
  });

  const states = await filesIn(sandbox);
  expect(states.some((text) => text.includes("wholeLate"))).toBe(true);
  for (const text of [preview.stdout, made.stdout, made.stderr, stdout, ...states]) {
    expect(text).not.toContain(certificate);
    expect(text).not.toContain(JSON.stringify(certificate).slice(1, -1));
  }
  const shown = await succeeded(pulumi(["stack", "output", "lateCertificate", "--show-secrets"]));
  expect(shown.stdout).toContain(certificate);
});

test("what cannot be read ends the program with the message alone, which says what to do", async () => {
  const { pulumi } = await start();
  const refused = await pulumi(["preview"], { WABA_ALLOWED_WABA_IDS: "999999" });
  expect(refused.exitCode).not.toBe(0);
  const printed = refused.stdout + refused.stderr;
  expect(printed).toContain(`Account ${WABA} is not among waba:allowedWabaIds (999999)`);
  expect(printed).not.toMatch(/\n\s+at /);
});

test("the stack's configuration is read as well, secrets without a warning", async () => {
  const { emulator, pulumi } = await start();
  await succeeded(pulumi(["config", "set", "--secret", "waba:accessToken"], {}, { input: emulator.token }));
  const { stdout, stderr } = await succeeded(pulumi(["preview"], { WABA_ACCESS_TOKEN: "" }));
  expect(stdout + stderr).toContain("needs-verification");
  expect(stdout + stderr).not.toMatch(/warning/i);
});

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(files.map((file) => readFile(file, "utf8")));
}
