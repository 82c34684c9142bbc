import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { doctorReport } from "../../provider/doctor/report.ts";
import { CAKE_SHOP, WABA } from "../support/lifecycle.ts";
import { NUMBERS, startStack, succeeded } from "../support/pulumi.ts";

const ROOT = join(import.meta.dirname, "../..");

test("the program that waba adopt prints is up without a write, and doctor and explain read its real stack", async () => {
  const { sandbox, pulumi, waba, up, calls, numbers, emulator } = await startStack(NUMBERS, { seed: "hard" });
  const project = join(sandbox, "projects/numbers");
  await succeeded(waba(["adopt", "--waba", WABA, "--out", "index.ts"]));
  expect(calls()).toEqual({ "GET /{WABA}/phone_numbers": 1 });
  await writeFile(
    join(project, "Pulumi.yaml"),
    "name: numbers\nruntime: { name: nodejs, options: { typescript: false } }\noptions: { refresh: always }\n",
  );
  await writeFile(join(project, "package.json"), '{ "type": "module", "main": "index.ts" }');
  await mkdir(join(project, "node_modules"));
  await symlink(ROOT, join(project, "node_modules/pulumi-waba"), "junction");
  await symlink(join(ROOT, "node_modules/@pulumi"), join(project, "node_modules/@pulumi"), "junction");

  await succeeded(up());
  expect(Object.keys(await numbers())).toHaveLength(23);
  await succeeded(pulumi(["preview", "--expect-no-changes"]));
  const writes = Object.keys(calls()).filter((call) => !call.startsWith("GET "));
  expect(writes).toEqual([]);

  const { stdout, stderr } = await waba(["doctor", "--format", "json"]);
  expect(stderr).toBe("");
  const report = doctorReport.parse(JSON.parse(stdout));
  expect(report.findings.filter(({ level }) => level === "failure")).toEqual([]);
  expect(report.findings.filter(({ check }) => check === "engine" || check === "project")).toMatchObject([
    { level: "ok", message: expect.stringMatching(/\/pulumi \d+\.\d+\.\d+$/) },
    { level: "ok" },
  ]);
  expect(
    report.accounts.flatMap((account) => account.numbers).filter(({ resource }) => resource === undefined),
  ).toEqual([]);
  expect(calls()).toEqual({ "GET /debug_token": 1, "GET /{WABA}/phone_numbers": 1, "GET /{WABA}/subscribed_apps": 1 });

  const explained = await succeeded(waba(["explain", "johns-cake-shop"]));
  expect(explained.stdout).toContain(`(${CAKE_SHOP.id}) · account ${WABA} · resource "johns-cake-shop"`);
  expect(explained.stdout).toContain("left       register: 10 of 10 in 72 hours");
  expect(`${stdout}${explained.stdout}`).not.toContain(emulator.token);
});
