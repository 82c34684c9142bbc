/** The commands of examples/ci, as the pipelines hold them, on the real engine: a night, a pull request, a merge. */
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runChild } from "../../engine/child.ts";
import { locateEngine } from "../../engine/locate.ts";
import { NUMBERS, type Stack, startStack, succeeded } from "../support/pulumi.ts";
import { copyStack } from "../support/stacks.ts";
import { CI, githubStep, gitlab } from "../support/workflows.ts";

const WABA_JS = join(import.meta.dirname, "../../dist/provider/cli/waba.js");
const id = (at: number) => String(100_000_000 + at);
const NUMBER = (at: number) => ({ wabaId: "900000", phoneNumberId: id(at), pin: "123456" });
const STACKS = "prod-acme prod-globex";

/** A checkout with two customers, in which the commands of the pipelines run. */
async function checkout() {
  const stack = await startStack(NUMBERS, { numbers: 3, wabas: 1 });
  const { sandbox, emulator, declare, up } = stack;
  await declare({ a: NUMBER(0), b: NUMBER(1) });
  await succeeded(up());
  for (const name of STACKS.split(" ")) await copyStack(stack, name, {});
  const cwd = join(sandbox, "projects/numbers");
  mkdirSync(join(cwd, "ci"));
  for (const file of ["issues.mjs", "preview.mjs"]) cpSync(join(CI, file), join(cwd, "ci", file));
  const bin = join(cwd, "node_modules/.bin");
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, "waba"), `#!/bin/sh\nexec node '${WABA_JS}' "$@"\n`, { mode: 0o755 });
  const gh = [
    "#!/bin/sh",
    `echo "$*" >> '${sandbox}/gh.log'`,
    // What was opened is listed from then on.
    `case "$1 $2" in "issue list") cat '${sandbox}/issues.json' ;; "issue create") cat > '${sandbox}/body.md' ;; esac`,
  ];
  writeFileSync(join(bin, "gh"), `${gh.join("\n")}\n`, { mode: 0o755 });
  const { folder } = await locateEngine();
  const run = async (commands: string, env: Record<string, string> = {}) => {
    const PATH = [bin, folder, process.env.PATH].join(":");
    const summary = { GITHUB_STEP_SUMMARY: join(sandbox, "summary.md"), GITHUB_OUTPUT: join(sandbox, "output") };
    return runChild("bash", ["-eo", "pipefail", "-c", commands], {
      cwd,
      env: { ...stack.environment, ...summary, PATH, ...env },
    });
  };
  emulator.clearRequests();
  return { ...stack, cwd, run };
}

type Checkout = Stack & { cwd: string; run: (commands: string, env?: Record<string, string>) => Promise<Ran> };
type Ran = Awaited<ReturnType<typeof runChild>>;

/** The jobs of one night, as drift.yml has them, and what it asked of `gh`. */
async function night({ run, cwd, sandbox }: Checkout, open: readonly object[]): Promise<string[]> {
  for (const file of ["gh.log", "output", "summary.md"]) rmSync(join(sandbox, file), { force: true });
  writeFileSync(join(sandbox, "issues.json"), JSON.stringify(open));
  const shards = ["1", "2"].map((SHARD) => run(githubStep("drift", "Check"), { SHARD, SHARDS: "2" }));
  for (const { exitCode, stderr } of await Promise.all(shards)) expect(exitCode, stderr).toBe(0);
  mkdirSync(join(cwd, "shards"), { recursive: true });
  for (const shard of [1, 2]) cpSync(join(cwd, `drift-${shard}.json`), join(cwd, `shards/drift-${shard}.json`));
  await succeeded(run(githubStep("drift", "Report")));
  await succeeded(run(githubStep("drift", "Open, update and close issues")));
  mkdirSync(join(cwd, "last"), { recursive: true });
  cpSync(join(cwd, "drift.json"), join(cwd, "last/drift.json"));
  return readFileSync(join(sandbox, "gh.log"), "utf8").trim().split("\n").slice(1);
}

test("nights: an issue is opened for each customer, left alone while it stands, and closed", async () => {
  const here = await checkout();
  const { emulator, sandbox, cwd, run, exported } = here;
  emulator.patchNumber(id(0), { status: "DISCONNECTED", platform_type: "NOT_APPLICABLE" });
  const { text: before } = await exported();
  const opened = await night(here, []);
  const titles = ["prod-acme", "prod-globex"].map((stack) => `WhatsApp: numbers/${stack}`);
  expect(opened.filter((call) => call.startsWith("issue create"))).toEqual(
    titles.map((title) => `issue create --title ${title} --label waba-drift --body-file -`),
  );
  const body = readFileSync(join(sandbox, "body.md"), "utf8");
  expect(body).toContain("NOT_APPLICABLE");
  expect(body).not.toContain("prod-acme");
  expect(readFileSync(join(sandbox, "output"), "utf8")).toBe("code=2\n");
  const summary = readFileSync(join(sandbox, "summary.md"), "utf8");
  expect(summary.match(/^## /gm)?.length ?? 0).toBeLessThan(2);
  expect(existsSync(join(cwd, "drift.html"))).toBe(true);
  const verdict = githubStep("drift", "Fail where it could not be told");
  const codes = [
    ["2", "success"],
    ["1", "success"],
    ["0", "failure"],
  ].map(async ([CODE = "", CHECK = ""]) => (await run(verdict, { CODE, CHECK })).exitCode);
  expect(await Promise.all(codes)).toEqual([0, 1, 1]);

  const open = titles.map((title, at) => ({ number: at + 1, title, body }));
  expect(await night(here, open)).toEqual([]);
  emulator.patchNumber(id(0), { status: "CONNECTED", platform_type: "CLOUD_API" });
  expect(await night(here, open)).toEqual([1, 2].map((at) => `issue close ${at} --comment Nothing is left to report.`));
  expect(emulator.requests().requests.every(({ method }) => method === "GET")).toBe(true);
  expect((await exported()).text).toBe(before);
});

test("a pull request counts what it would do, a merge does it for every stack; a stack that fails hides none", async () => {
  const { emulator, run, cwd, calls } = await checkout();
  emulator.patchNumber(id(0), { status: "DISCONNECTED", platform_type: "NOT_APPLICABLE" });
  const failing = await run(githubStep("preview", "Preview"), { STACKS: "prod-none prod-acme" });
  expect(failing).toMatchObject({ exitCode: 1, stdout: expect.stringContaining("::error::failed: prod-none\n") });
  const preview = readFileSync(join(cwd, "preview.md"), "utf8");
  expect(preview).toContain("| go on from where Meta stands, as to register again | 1 |");
  expect(preview).toContain("- `prod-acme` `a`: update");
  expect(preview).toContain("**1 could not be previewed: see the log.**");
  expect(calls()["POST /{PNID}/register"] ?? 0).toBe(0);

  // GitLab's commands on one of them, GitHub's on both.
  const [onGitlab = ""] = gitlab("up").script;
  await succeeded(run(onGitlab, { STACKS: "prod-acme" }));
  expect(calls()["POST /{PNID}/register"]).toBe(1);
  const merged = await run(githubStep("up", "Up"), { STACKS: "prod-none prod-globex", WABA_AUDIT_LOG: "audit.jsonl" });
  expect(merged).toMatchObject({ exitCode: 1, stdout: expect.stringContaining("::error::failed: prod-none\n") });
  expect(merged.stdout).toMatch(/Resources:\s+\d+ unchanged/);
  rmSync(join(cwd, "previews"), { recursive: true });
  const quiet = await succeeded(run(gitlab("preview").script.join("\n"), { STACKS: "prod-acme" }));
  expect(quiet.stdout).toContain("Nothing would be done.");
});

test("a night on GitLab, by its own commands", async () => {
  const { emulator, run, cwd } = await checkout();
  emulator.patchNumber(id(0), { status: "DISCONNECTED", platform_type: "NOT_APPLICABLE" });
  await succeeded(run(gitlab("check").script.join("\n"), { CI_NODE_INDEX: "1", CI_NODE_TOTAL: "2" }));
  const [, ...report] = gitlab("report").script;
  const withoutIssues = report.filter((line) => !line.includes("issues.mjs"));
  expect(withoutIssues).toHaveLength(report.length - 1);
  await succeeded(run(withoutIssues.join("\n"), { SHARDS: "2" }));
  expect(existsSync(join(cwd, "last/drift.json"))).toBe(false);
  await succeeded(run(withoutIssues.join("\n"), { SHARDS: "1" }));
  for (const file of ["drift.html", "drift.xml", "last/drift.json"]) expect(existsSync(join(cwd, file))).toBe(true);
});
