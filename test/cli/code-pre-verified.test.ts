/** `waba code` on numbers of a business's pool, which belong to no account yet. */
import { expect, onTestFinished, test } from "vitest";
import { startEmulator } from "../../emulator/index.ts";
import {
  ACCOUNT,
  BUSINESS,
  claim,
  idOf,
  LIST,
  PHONE,
  POOLED,
  READ,
  REQUEST,
  SEED,
  start,
  VERIFY,
  withCode,
} from "../support/pre-verified.ts";
import { openShell } from "../support/waba.ts";

const TYPE = "pulumi-nodejs:dynamic/waba:PreVerifiedPhoneNumber";
const { verification: _none, ...UNVERIFIED } = POOLED;

/** A pre-verified number in the pool, and in the stack of a project. */
async function startPool(program: object = UNVERIFIED) {
  const lifecycle = await start();
  const { stack, emulator, calls } = lifecycle;
  await stack.up({ ...program });
  const shell = openShell();
  const config = { accessToken: emulator.token, baseUrl: emulator.url };
  const id = idOf(stack);
  const inStack = () => {
    const { outputs } = stack.resource ?? expect.unreachable();
    shell.hasStack({ config, numbers: [{ id, outputs, type: TYPE, urn: "urn:pulumi:dev::numbers::x::pooled" }] });
  };
  inStack();
  calls();
  const environment = { WABA_ACCESS_TOKEN: emulator.token, WABA_BASE_URL: emulator.url };
  return { ...lifecycle, ...shell, id, inStack, environment };
}

test("a code is requested for a pre-verified number of the stack and verified, and the next up sends none", async () => {
  const { stack, emulator, waba, calls, id, pulumiRuns } = await startPool();
  expect(stack.outputs.nextAction).toContain(`Or: npx waba code request ${PHONE}.`);
  const requested = await waba(["code", "request", "+1 (555) 078-3881", "--voice"]);
  expect(requested).toMatchObject({ exitCode: 0, stderr: "" });
  expect(requested.stdout).toContain(`A code is on its way to pre-verified number ${PHONE} (${id}) by VOICE.`);
  expect(requested.stdout).toContain(`Then: npx waba code verify ${PHONE}\n`);
  expect(calls()).toEqual([READ, REQUEST]);
  expect(pulumiRuns()).toHaveLength(2);

  const code = emulator.code(id);
  const given = await waba(["code", "verify", PHONE], { input: `${code.slice(0, 3)}-${code.slice(3)}\n` });
  expect(given).toMatchObject({ exitCode: 0, stderr: "" });
  expect(given.stdout).toBe(
    `Pre-verified number ${PHONE} (${id}) is verified. Next: pulumi up, which goes on from there.\n`,
  );
  expect(calls()).toEqual([READ, VERIFY]);
  await stack.up(POOLED);
  expect(stack.outputs.phase).toBe("verified");
  expect(calls()).not.toContain(REQUEST);
});

test("the command that nextAction names gives the code of a program, also by the resource's id", async () => {
  const { stack, emulator, waba, id, writes } = await startPool(POOLED);
  expect(stack.outputs).toMatchObject({ phase: "code-sent" });
  expect(stack.outputs.nextAction).toContain(`npx waba code verify ${PHONE},`);
  expect((await waba(["code", "verify", id], { input: emulator.code(id) })).exitCode).toBe(0);
  expect(writes()).toEqual([VERIFY]);
});

/** The command has the time of this machine, and so has this emulator. */
async function startRenewal(verifiedAt: string) {
  const preverified = { id: "913000000000001", business_id: BUSINESS, phone_number: PHONE };
  const seed = { ...SEED, preverified_numbers: [{ ...preverified, code_verification_time: verifiedAt }] };
  const emulator = await startEmulator({ seed });
  onTestFinished(() => emulator.close());
  const { waba, elsewhere } = openShell();
  const env = { WABA_ACCESS_TOKEN: emulator.token, WABA_BASE_URL: emulator.url };
  const code = (what: "request" | "verify", input = "") =>
    waba(["code", what, preverified.id, "--business", BUSINESS, "--no-stack"], { env, cwd: elsewhere, input });
  const writes = () => emulator.requests().requests.filter(({ method }) => method !== "GET");
  return { emulator, id: preverified.id, code, writes };
}

test("one that is verified is left alone as long as Meta takes no renewal", async () => {
  const { code, writes } = await startRenewal("-1d");
  for (const what of ["request", "verify"] as const) {
    const { exitCode, stdout, stderr } = await code(what, "111111");
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toMatch(/ is verified and takes no code\. Claim it: .* and can be renewed from .* on\.\n$/);
  }
  expect(writes()).toEqual([]);
});

test("a renewal whose answer is lost is told by the time of the proof: the number was verified before too", async () => {
  const { code, emulator, id } = await startRenewal("-60d");
  expect((await code("request")).exitCode).toBe(0);
  const verify = { path: "/*/verify_code" };
  emulator.addFault({ match: verify, drop: "before" });
  const lost = await code("verify", emulator.code(id));
  expect(lost.exitCode).toBe(1);
  expect(lost.stderr).toMatch(/^error: We could not verify the code/);
  emulator.addFault({ match: verify, drop: "after" });
  expect(await code("verify", emulator.code(id))).toMatchObject({ exitCode: 0, stderr: "" });
});

test("one that an account claimed is not asked for a code, and the command says who has it", async () => {
  const { stack, emulator, waba, inStack, id, writes } = await startPool(POOLED);
  await stack.up(withCode(emulator.code(id)));
  const numberId = await claim(emulator, id);
  await stack.refresh();
  inStack();
  writes();
  const { exitCode, stderr } = await waba(["code", "request", PHONE]);
  expect(exitCode).toBe(1);
  expect(stderr).toContain(
    `is claimed and takes no code. Nothing to do. Account ${ACCOUNT} has it as number ${numberId}.`,
  );
  expect(writes()).toEqual([]);
});

test("without a stack it is found in the pool of the business that is named, or by its id", async () => {
  const { emulator, waba, elsewhere, environment, id, calls } = await startPool();
  const run = (args: string[], input = "") =>
    waba([...args, "--no-stack"], { env: environment, cwd: elsewhere, input });
  const requested = await run(["code", "request", PHONE, "--business", BUSINESS]);
  expect(requested).toMatchObject({ exitCode: 0, stderr: "" });
  expect(requested.stdout).toContain(`Then: npx waba code verify ${PHONE} --no-stack --business ${BUSINESS}\n`);
  expect(calls()).toEqual([LIST, READ, REQUEST]);
  expect((await run(["code", "verify", id, "--business", BUSINESS], emulator.code(id))).exitCode).toBe(0);
  const missing = await run(["code", "request", "+15550783882", "--business", BUSINESS]);
  expect(missing.exitCode).toBe(1);
  expect(missing.stderr).toContain(`the pool of business ${BUSINESS} has no number +15550783882`);
});

test("a wrong code is refused with the command for the same number", async () => {
  const { emulator, waba, id } = await startPool(POOLED);
  const wrong = emulator.code(id) === "111111" ? "222222" : "111111";
  const { exitCode, stderr } = await waba(["code", "verify", PHONE, "--stack", "dev"], { input: wrong });
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/^error: We could not verify the code · pre-verified number \+15550783881 \(\d+\) · /);
  expect(stderr).toContain(`npx waba code verify ${PHONE} --stack dev, or`);
});

test.each([
  [["--business", "mine"], "numeric id of a business portfolio"],
  [["--business", BUSINESS, "--waba", BUSINESS], "cannot be used with option '--waba <id>'"],
])("%j is refused by what is wrong with it", async (flags, message) => {
  const { exitCode, stderr } = await openShell().waba(["code", "request", PHONE, ...flags], { input: "" });
  expect(exitCode).toBe(1);
  expect(stderr).toContain(message);
});
