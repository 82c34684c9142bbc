import { expect, test } from "vitest";
import { isRefreshing } from "../support/processes.ts";
import { NUMBERS, startStack, succeeded } from "../support/pulumi.ts";
import { copyStack } from "../support/stacks.ts";

const id = (at: number) => String(100_000_000 + at);
const NUMBER = (at: number) => ({ wabaId: "900000", phoneNumberId: id(at), pin: "123456" });
const REGISTER = "POST /{PNID}/register";

test("heal registers the numbers that wait for it and no other, and nothing where the program has more in mind", async () => {
  const stack = await startStack(NUMBERS, { numbers: 4, wabas: 1 });
  const { emulator, waba, up, declare, calls, numbers, exported } = stack;
  const heal = (only: string, ...more: string[]) => waba(["heal", "--only", only, ...more]);
  const program = {
    // A code that was used may stay declared.
    lost: { ...NUMBER(0), verification: { method: "SMS", language: "en", code: "123830" } },
    named: { ...NUMBER(1), displayName: "Lucky Shrub" },
    other: NUMBER(2),
    fine: NUMBER(3),
  };
  await declare(program);
  await succeeded(up());
  calls();
  for (const at of [0, 2]) emulator.patchNumber(id(at), { status: "DISCONNECTED", platform_type: "NOT_APPLICABLE" });
  emulator.reviewName(id(1), "APPROVED");
  await declare({ ...program, other: { ...NUMBER(2), displayName: "Another Name" } });
  const { text: before } = await exported();
  calls();
  const unasked = await heal("re-register");
  expect(unasked).toMatchObject({ exitCode: 2, stdout: expect.stringContaining("--yes") });
  const refused = await heal("registration", "--yes");
  expect(refused.exitCode).toBe(2);
  expect(refused.stderr).toContain("nothing was done. The program has other changes for other: displayName.");
  expect(Object.keys(calls()).filter((call) => !call.startsWith("GET "))).toEqual([]);
  expect((await exported()).text).toBe(before);

  const renamed = await succeeded(heal("re-register", "--yes"));
  expect(renamed.stdout).toMatch(/\(named\) is re-register-due\./);
  expect(renamed.stdout).toMatch(/wrote \{.*"did":"register the number".*"result":"ok"/);
  expect(renamed.stdout).toContain("numbers/test: named is registered.");
  expect(calls()[REGISTER]).toBe(1);
  const atMeta = emulator.state().numbers as Record<string, { status: string; verified_name: string }>;
  expect(atMeta[id(0)]?.status).toBe("DISCONNECTED");
  expect(atMeta[id(1)]?.verified_name).toBe("Lucky Shrub");

  emulator.patchNumber(id(1), { status: "DISCONNECTED", platform_type: "NOT_APPLICABLE" });
  await declare({ ...program, named: { ...program.named, pin: "654321" } });
  const otherPin = await heal("registration", "--yes");
  expect(otherPin).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("other changes for named: pin.") });
  expect(calls()[REGISTER]).toBeUndefined();

  await declare(program);
  const registered = await succeeded(heal("registration", "--yes"));
  expect(registered.stdout).toContain("numbers/test: lost is registered.");
  expect(registered.stdout).toContain("numbers/test: other is registered.");
  expect(registered.stdout).toContain("numbers/test: named is registered.");
  expect(calls()[REGISTER]).toBe(3);
  const phases = Object.values(await numbers()).map(({ outputs }) => outputs?.phase);
  expect(phases).toEqual(Array(4).fill("registered"));
  for (const { stdout, stderr } of [renamed, otherPin, registered])
    expect(`${stdout}${stderr}`).not.toMatch(/123456|654321|123830|emulator-token/);
});

test("Ctrl-C between the checks: the stacks that wait are named, and nothing is written", async () => {
  const stack = await startStack(NUMBERS, { numbers: 1, wabas: 1 });
  const { emulator, waba, up, declare, sandbox } = stack;
  await declare({ lost: NUMBER(0) });
  await succeeded(up());
  for (const name of ["s0", "s1"]) await copyStack(stack, name, {});
  emulator.patchNumber(id(0), { status: "DISCONNECTED", platform_type: "NOT_APPLICABLE" });
  emulator.clearRequests();
  const ctrlC = new AbortController();
  const args = ["heal", "--only", "registration", "--stacks", "s*", "--concurrency", "1", "--yes"];
  const running = waba(args, { signal: ctrlC.signal });
  await expect.poll(() => emulator.requests().requests.length, { timeout: 60_000 }).toBe(1);
  emulator.addFault({ match: { method: "GET" }, times: "always", latencyMs: 60_000 });
  await expect.poll(() => isRefreshing(sandbox, "s1"), { timeout: 60_000 }).toBe(true);
  ctrlC.abort();
  const { exitCode, stderr } = await running;
  expect(exitCode).toBe(1);
  expect(stderr).toContain("numbers/s0: nothing was done: it was interrupted before.");
  expect(stderr).toContain("numbers/s1: It was interrupted before it was checked.");
  expect(emulator.requests().requests.filter(({ method }) => method !== "GET")).toEqual([]);
});
