import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { report } from "../../provider/drift/report.ts";
import { isRefreshing, processesOf } from "../support/processes.ts";
import { NUMBERS, type Stack, startStack, succeeded } from "../support/pulumi.ts";
import { copyStack } from "../support/stacks.ts";

const BY_CONFIG = { WABA_ACCESS_TOKEN: "" };

/** Stacks s0, s1, … of two numbers, each by a token of its own. */
async function fleet(count: number): Promise<Stack> {
  const stack = await startStack(NUMBERS, { numbers: 2, wabas: 1 });
  const { emulator, declare, up } = stack;
  await declare({
    a: { wabaId: "900000", phoneNumberId: "100000000", pin: "123456" },
    b: { wabaId: "900000", phoneNumberId: "100000001", pin: "123456" },
  });
  await succeeded(up());
  for (let at = 0; at < count; at += 1) {
    emulator.addToken({ token: `token-${at}` });
    await copyStack(stack, `s${at}`, { "waba:accessToken": `token-${at}` });
  }
  emulator.clearRequests();
  return stack;
}

test("of ten customers one token is revoked: nine are checked, one line tells it, and an expectation silences it", async () => {
  const stack = await fleet(10);
  const { emulator, waba, sandbox, pulumi } = stack;
  emulator.patchToken("token-3", { revoked: true });
  const all = await waba(["drift", "--stacks", "s*", "--format", "json"], { env: BY_CONFIG });
  expect(all.exitCode).toBe(2);
  const { summary, stacks } = report.parse(JSON.parse(all.stdout));
  expect(summary).toMatchObject({ stacks: 10, stacksFailed: 1, resources: 20, resourcesFailed: 2 });
  const findings = stacks.flatMap(({ stack: name, findings: found }) => found.map((finding) => [name, finding]));
  expect(findings).toEqual([["s3", expect.objectContaining({ class: "access", wabaId: "900000" })]]);
  expect(stacks[3]?.findings[0]).toMatchObject({
    message: "Meta does not take the default token any more (code 190).",
    unread: 2,
  });
  expect(stacks[3]?.findings[0]?.nextAction).toContain("waba:accessToken in the stack's configuration");
  // What the revoked token asked was refused; each other stack reads its account once.
  const lists = emulator.requests().requests.filter(({ token }) => token !== "token-3");
  expect(lists.map(({ method, route }) => `${method} ${route}`)).toEqual(Array(9).fill("GET /{WABA}/phone_numbers"));
  expect((await pulumi(["stack", "--show-name"])).stdout.trim()).toBe("test");

  const byEnv = await waba(["drift", "--stacks", "s*"], { env: { WABA_ACCESS_TOKEN: "token-3" } });
  expect(byEnv.exitCode).toBe(2);
  expect(byEnv.stdout.match(/Meta does not take/g)).toHaveLength(1);
  expect(byEnv.stdout).toContain("10 stacks");
  expect(`${byEnv.stdout}${all.stdout}`).not.toContain("token-3");

  await writeFile(
    join(sandbox, "projects/numbers/waba-drift.yaml"),
    "expected:\n  - { stack: s3, class: access, reason: The customer left, until: 2999-01-01 }\n",
  );
  const known = await waba(["drift", "--stack", "s3", "--stack", "s4"], { env: BY_CONFIG });
  expect(known).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("The customer left") });
  const missing = await waba(["drift", "--stack", "s4", "--stack", "s99", "--format", "json"], { env: BY_CONFIG });
  expect(missing.exitCode).toBe(1);
  expect(report.parse(JSON.parse(missing.stdout)).stacks).toMatchObject([
    { stack: "s4", outcome: "checked", resources: [{}, {}] },
    { stack: "s99", outcome: "failed", errors: ["There is no stack of this name."] },
  ]);
});

test("Ctrl-C ends the engine's processes, and what was checked is told all the same", async () => {
  const { emulator, sandbox, waba } = await fleet(3);
  const ctrlC = new AbortController();
  const args = ["drift", "--stacks", "s*", "--concurrency", "1", "--format", "json"];
  const running = waba(args, { env: BY_CONFIG, signal: ctrlC.signal });
  const calls = () => emulator.requests().requests.length;
  await expect.poll(calls, { timeout: 60_000 }).toBe(1);
  emulator.addFault({ match: { method: "GET" }, times: "always", latencyMs: 60_000 });
  await expect.poll(() => isRefreshing(sandbox, "s1"), { timeout: 60_000 }).toBe(true);
  ctrlC.abort();
  const { exitCode, stdout } = await running;
  expect(exitCode).toBe(1);
  const interrupted = ["It was interrupted before it was checked."];
  expect(report.parse(JSON.parse(stdout)).stacks).toMatchObject([
    { stack: "s0", outcome: "checked", errors: [] },
    { stack: "s1", outcome: "failed", errors: interrupted },
    { stack: "s2", outcome: "failed", errors: interrupted },
  ]);
  expect(await processesOf(sandbox)).toEqual([]);
});
