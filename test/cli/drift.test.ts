import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openShell, type Shell } from "../support/waba.ts";

/** A project with the stacks `dev` (selected) and `prod`, without an engine that could preview. */
function openProject(): Shell {
  const shell = openShell();
  shell.pulumiDoes(
    'case "$1 $2" in',
    '  "version ") echo v3.259.0 ;;',
    `  "stack ls") echo '[{"name":"dev","current":true},{"name":"prod"}]' ;;`,
    "  *) echo 'error: the passphrase is wrong' >&2; exit 255 ;;",
    "esac",
  );
  return shell;
}

test.each([
  ["drift", "waba drift --stack prod-acme"],
  ["heal", "waba heal --only re-register --stack prod-acme"],
])("%s --help shows a real example", async (command, example) => {
  const { exitCode, stdout } = await openShell().waba([command, "--help"]);
  expect(exitCode).toBe(0);
  expect(stdout).toContain(example);
});

test.each([
  ["an unknown option", ["drift", "--stak", "prod"], /unknown option '--stak'/],
  ["a stack that is not there", ["drift", "--stack", "none"], /there is no stack none here/],
  ["a pattern that fits none", ["drift", "--stacks", "x*"], /no stack fits x\*/],
  ["more shards than stacks", ["drift", "--all", "--shard", "3/3"], /there are only 2 stacks for 3 shards/],
  ["a folder that is not there", ["drift", "--cwd", "nowhere"], /there is no folder/],
  ["a shard that is none", ["drift", "--shard", "5/4"], /must look like 1\/4/],
  ["an unknown class", ["drift", "--fail-on", "drifts"], /must be of: drift, action/],
  ["an output that nobody has", ["drift", "--class", "statu=noise"], /"statu" is neither an output nor a condition/],
  ["an unknown format", ["drift", "--format", "pdf"], /--format must be one of table/],
  ["a file of an unknown format", ["drift", "--output", "report"], /--format before --output/],
  ["a file in no folder", ["drift", "--output", "no/report.json"], /no\/report\.json cannot be written/],
  ["expectations that are not there", ["drift", "--expected", "none.yaml"], /there is no file none\.yaml/],
  ["nothing to heal named", ["heal"], /required option '--only <what>' not specified/],
])("%s: one clear line, exit code 1, before any work", async (_what, args, line) => {
  const { waba, pulumiRuns } = openProject();
  const { exitCode, stdout, stderr } = await waba(args);
  expect(exitCode).toBe(1);
  expect(stdout).toBe("");
  expect(stderr.trim().split("\n")).toEqual([expect.stringMatching(line)]);
  expect(stderr).toMatch(/^error: /);
  expect(pulumiRuns().filter((run) => !/ (version|stack ls --json.*)$/.test(run))).toEqual([]);
});

test("no engine, and no project: one clear line", async () => {
  const { waba, elsewhere } = openProject();
  expect(await waba(["drift"], { cwd: elsewhere })).toMatchObject({
    exitCode: 1,
    stderr: expect.stringMatching(/^error: .* is in no Pulumi project.*--cwd\n$/),
  });
  expect(await openShell().waba(["drift"])).toMatchObject({
    exitCode: 1,
    stderr: expect.stringMatching(/^error: the command pulumi is not on PATH.*\n$/),
  });
});

test("an engine that fails is told in the report, of every stack, and makes the exit code 1", async () => {
  const { waba } = openProject();
  const { exitCode, stdout, stderr } = await waba(["drift", "--all", "--format", "json"]);
  expect(exitCode).toBe(1);
  expect(JSON.parse(stdout).stacks).toMatchObject([
    { project: "numbers", stack: "dev", outcome: "failed", errors: ["the passphrase is wrong"] },
    { project: "numbers", stack: "prod", outcome: "failed", errors: ["the passphrase is wrong"] },
  ]);
  expect(stderr).toContain("It could not be told for 2 of 2 stacks.");
});

test("an earlier report that is not there is told; one that is broken is an error before any work", async () => {
  const { waba, project, pulumiRuns } = openProject();
  const missing = await waba(["drift", "--previous", "last.json"]);
  expect(missing.stderr).toContain("There is no earlier report last.json: every finding is new.");
  const runs = pulumiRuns().length;
  for (const text of ["{", "{}", '{"schemaVersion":2}']) {
    writeFileSync(join(project, "last.json"), text);
    const broken = await waba(["drift", "--previous", "last.json"]);
    expect(broken).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/^error: --previous last\.json is not a report/),
    });
  }
  expect(pulumiRuns()).toHaveLength(runs);
});

test("under GitHub Actions the step summary gets markdown, after what others wrote there", async () => {
  const { waba, project } = openProject();
  const summary = join(project, "summary.md");
  writeFileSync(summary, "before\n");
  const { stdout } = await waba(["drift"], { env: { GITHUB_STEP_SUMMARY: summary } });
  expect(stdout).toContain("Could not tell");
  expect(readFileSync(summary, "utf8")).toMatch(/^before\n[\s\S]*passphrase is wrong/);
  // GitHub refuses the whole of what is longer.
  writeFileSync(summary, "x".repeat(1024 * 1024 - 840));
  await waba(["drift"], { env: { GITHUB_STEP_SUMMARY: summary } });
  expect(readFileSync(summary, "utf8").slice(-400)).toContain("1 stack that could not be checked");
  expect(statSync(summary).size).toBeLessThanOrEqual(1024 * 1024);
});
