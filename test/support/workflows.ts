/** The pipelines of examples/ci as data, and their commands as shells run them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";

export const CI = join(import.meta.dirname, "../../examples/ci");
export const WORKFLOWS = ["drift", "preview", "up"] as const;

const text = z.record(z.string(), z.coerce.string());
const step = z.object({
  name: z.string().optional(),
  uses: z.string().optional(),
  run: z.string().optional(),
  env: text.optional(),
});
const job = z.object({
  environment: z.string().optional(),
  if: z.string().optional(),
  permissions: text,
  steps: z.array(step),
  strategy: z.object({ matrix: z.object({ shard: z.array(z.int()) }) }).optional(),
  "timeout-minutes": z.int(),
});
const workflow = z.object({
  on: z.record(z.string(), z.unknown()),
  permissions: z.object({}).strict(),
  concurrency: z.object({ group: z.string() }),
  jobs: z.record(z.string(), job),
});

export function github(name: (typeof WORKFLOWS)[number]) {
  return workflow.parse(parse(readFileSync(join(CI, "github", `${name}.yml`), "utf8")));
}

/** The commands of a step. */
export function githubStep(name: (typeof WORKFLOWS)[number], called: string): string {
  const steps = Object.values(github(name).jobs).flatMap((one) => one.steps);
  const found = steps.find((one) => one.name === called)?.run;
  if (found === undefined) throw new Error(`${name}.yml has no commands called ${called}`);
  return found;
}

const gitlabJob = z.object({
  script: z.array(z.string()),
  rules: z.array(z.object({ if: z.string() })),
  environment: z.object({ name: z.string() }),
  parallel: z.int().optional(),
  resource_group: z.string().optional(),
});

const GITLAB_JOBS = ["check", "report", "preview", "up"] as const;

export function gitlab(name: (typeof GITLAB_JOBS)[number]): z.infer<typeof gitlabJob> {
  const file: unknown = parse(readFileSync(join(CI, ".gitlab-ci.yml"), "utf8"));
  return z
    .record(z.string(), z.unknown())
    .transform((jobs) => gitlabJob.parse(jobs[name]))
    .parse(file);
}

export { GITLAB_JOBS };
