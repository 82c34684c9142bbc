/**
 * What a drift check found, as data: what `waba drift --format json` prints, what `--previous` reads, and what every
 * printer is given. Never a secret: a secret property is told by its name, its values are left out.
 */
import { z } from "zod";

export const REPORT_SCHEMA_VERSION = 1;

/** What a difference means, by classes.ts. `access` is a token or an account that we lost: one line a customer. */
export const FINDING_CLASSES = ["drift", "action", "access", "pending", "noise"] as const;
export const findingClass = z.enum(FINDING_CLASSES);
export type FindingClass = z.infer<typeof findingClass>;

const time = z.iso.datetime();
/** As Graph or the state has it; `undefined` where there was none. */
const value = z.json();

export const finding = z.object({
  /** The same for the same finding of a later run: made of project, stack, resource, property and what it became. */
  key: z.string(),
  class: findingClass,
  /** Undefined where the whole stack or a credential is meant. */
  urn: z.string().optional(),
  /** The resource's name in the program. */
  name: z.string().optional(),
  /** As people read it: `+1 631-555-1111`, or Graph's id. */
  number: z.string().optional(),
  wabaId: z.string().optional(),
  credential: z.string().optional(),
  /** An output's name, as `platformType`, or `webhook.callbackUrl`. */
  property: z.string().optional(),
  old: value.optional(),
  new: value.optional(),
  /** True where the values are left out since they are secret. */
  secret: z.boolean().optional(),
  /** One sentence: what it is, without the values. */
  message: z.string(),
  nextAction: z.string().optional(),
  /** A command that mends it, ready to be copied: `pulumi up --stack … --target …`. */
  heal: z.string().optional(),
  deadline: time.optional(),
  /** By the report of `--previous`; undefined where there was none. */
  memory: z.enum(["new", "ongoing"]).optional(),
  /** When the first of the reports that follow each other showed it. */
  since: time.optional(),
  /** By waba-drift.yaml; an expired entry counts again, and is not shown here. */
  acknowledged: z.object({ reason: z.string(), until: time }).optional(),
});
export type Finding = z.infer<typeof finding>;

export const checkedResource = z.object({
  urn: z.string(),
  name: z.string(),
  /** As `waba:PhoneNumber`. */
  type: z.string(),
  id: z.string().optional(),
  number: z.string().optional(),
  wabaId: z.string().optional(),
  credential: z.string().optional(),
  /** `failed`: could not be read. `gone`: Graph proved that it is not there any more. */
  outcome: z.enum(["same", "changed", "gone", "failed"]),
  phase: z.string().optional(),
  nextAction: z.string().optional(),
  verifiedName: z.string().optional(),
  qualityRating: z.string().optional(),
  deadlines: z.array(z.object({ what: z.string(), at: time })),
});
export type CheckedResource = z.infer<typeof checkedResource>;

export const stackReport = z.object({
  project: z.string(),
  stack: z.string(),
  cwd: z.string(),
  /** `failed`: of this stack, or of some of its resources, it could not be told whether it drifted. */
  outcome: z.enum(["checked", "failed"]),
  /** Why it could not be told; one sentence each. */
  errors: z.array(z.string()),
  /** When the state was last written: what `old` values are as of. */
  recordedAt: time.optional(),
  resources: z.array(checkedResource),
  findings: z.array(finding),
  /** Findings of the previous report that are gone. */
  resolved: z.array(finding),
  /** Findings of the previous report of which nothing could be told this time. */
  unchecked: z.array(finding),
});
export type StackReport = z.infer<typeof stackReport>;

const counts = z.record(findingClass, z.int());

export const report = z.object({
  schemaVersion: z.literal(REPORT_SCHEMA_VERSION),
  tool: z.object({ name: z.literal("pulumi-waba"), version: z.string() }),
  startedAt: time,
  finishedAt: time,
  /** When the previous report was finished; undefined without one. */
  previousAt: time.optional(),
  /** 0 nothing to report, 2 something in the classes of `failOn`, 1 it could not be told. */
  exitCode: z.union([z.literal(0), z.literal(1), z.literal(2)]),
  /** Why the exit code is what it is: one sentence. */
  verdict: z.string(),
  failOn: z.array(z.string()),
  summary: z.object({
    stacks: z.int(),
    stacksFailed: z.int(),
    resources: z.int(),
    resourcesFailed: z.int(),
    /** Without those acknowledged. */
    findings: counts,
    new: z.int().optional(),
    resolved: z.int().optional(),
    acknowledged: z.int(),
    /** HTTP calls to Graph. */
    calls: z.int(),
  }),
  stacks: z.array(stackReport),
});
export type Report = z.infer<typeof report>;
