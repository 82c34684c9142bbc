/**
 * node ci/issues.mjs drift.json: one issue a customer, found again by its label, its title and the mark in its first line.
 * Opened when something is found, written anew when something is new or resolved (with a comment, which notifies, where it
 * is new), closed when nothing is left. What stands as it stood is left alone, also the ticks that people set in it. Of a
 * customer of whom not all could be told, what was found is written, and the issue is never closed. On GitHub by `gh`, on GitLab by its API.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

const LABEL = "waba-drift";
const MARK = "<!-- pulumi-waba drift -->";
const [file] = process.argv.slice(2);
const report = JSON.parse(readFileSync(file, "utf8"));
const tracker = process.env.GITLAB_CI ? gitlab(process.env) : github();

const open = new Map((await tracker.open()).filter(({ body }) => body.startsWith(MARK)).map((one) => [one.title, one]));
for (const { project, stack, findings, resolved } of report.stacks) {
  const title = `WhatsApp: ${project}/${stack}`;
  const issue = open.get(title);
  const { exitCode, body } = printed(`${project}/${stack}`);
  // What fails the run is a task.
  if (exitCode === 1 && !body.includes("\n- [ ] ")) continue;
  if (exitCode === 0) {
    if (issue !== undefined) await tracker.close(issue.id, "Nothing is left to report.");
    continue;
  }
  const fresh = findings.filter(
    (one) => one.memory === "new" && one.class !== "noise" && one.acknowledged === undefined,
  );
  if (issue === undefined) await tracker.create(title, body);
  else if (fresh.length > 0 || resolved.length > 0) await tracker.update(issue.id, body);
  if (issue !== undefined && fresh.length > 0)
    await tracker.comment(issue.id, `New this time: ${fresh.length}. See above.`);
}

function printed(stack) {
  const env = { ...process.env };
  // The summary of the run has the whole report.
  delete env.GITHUB_STEP_SUMMARY;
  const args = ["waba", "report", file, "--stack", stack, "--format", "issue"];
  const { status, stdout, stderr } = spawnSync("npx", args, { encoding: "utf8", env });
  if (stdout === null || !stdout.startsWith(MARK))
    throw new Error(`waba report printed no issue of ${stack}: ${stderr}`);
  return { exitCode: status, body: stdout };
}

/** By GH_TOKEN and GH_REPO, which `gh` reads itself. */
function github() {
  const gh = (args, input) => execFileSync("gh", args, { encoding: "utf8", input, maxBuffer: 2 ** 28 });
  return {
    open: () => {
      const fields = ["--json", "number,title,body"];
      const listed = gh(["issue", "list", "--state", "open", "--label", LABEL, "--limit", "1000", ...fields]);
      return JSON.parse(listed).map(({ number, title, body }) => ({ id: String(number), title, body }));
    },
    create: (title, body) => {
      gh(["label", "create", LABEL, "--force", "--description", "By waba drift"]);
      gh(["issue", "create", "--title", title, "--label", LABEL, "--body-file", "-"], body);
    },
    update: (id, body) => gh(["issue", "edit", id, "--body-file", "-"], body),
    comment: (id, text) => gh(["issue", "comment", id, "--body", text]),
    close: (id, text) => gh(["issue", "close", id, "--comment", text]),
  };
}

/** By a project access token of the role Reporter, scope api: a job's own token may not write issues. */
function gitlab({ CI_API_V4_URL, CI_PROJECT_ID, GITLAB_ISSUES_TOKEN }) {
  const issues = `${CI_API_V4_URL}/projects/${CI_PROJECT_ID}/issues`;
  const headers = { "PRIVATE-TOKEN": GITLAB_ISSUES_TOKEN, "Content-Type": "application/json" };
  const call = async (method, path, body) => {
    const answer = await fetch(`${issues}${path}`, { method, headers, body: body && JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${method} of GitLab's issues: HTTP ${answer.status}`);
    return answer;
  };
  return {
    open: async () => {
      const found = [];
      for (let page = "1"; page; ) {
        const answer = await call("GET", `?state=opened&labels=${LABEL}&per_page=100&page=${page}`);
        for (const { iid, title, description } of await answer.json())
          found.push({ id: iid, title, body: description });
        page = answer.headers.get("x-next-page");
      }
      return found;
    },
    create: (title, body) => call("POST", "", { title, description: body, labels: LABEL }),
    update: (id, body) => call("PUT", `/${id}`, { description: body }),
    comment: (id, text) => call("POST", `/${id}/notes`, { body: text }),
    close: async (id, text) => {
      await call("POST", `/${id}/notes`, { body: text });
      await call("PUT", `/${id}`, { state_event: "close" });
    },
  };
}
