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

export const finding = z
  .object({
    key: z
      .string()
      .describe(
        "The same for the same finding of a later run: made of project, stack, resource, property and what it became.",
      ),
    class: findingClass,
    urn: z.string().optional().describe("Left out where the whole stack or a credential is meant."),
    name: z.string().optional().describe("The resource's name in the program."),
    number: z.string().optional().describe("As people read it: `+1 631-555-1111`, or Graph's id."),
    wabaId: z.string().optional(),
    credential: z.string().optional(),
    property: z.string().optional().describe("An output's name, as `platformType`, or `webhook.callbackUrl`."),
    old: value.optional(),
    new: value.optional(),
    secret: z.boolean().optional().describe("True where the values are left out since they are secret."),
    message: z.string().describe("One sentence: what it is, without the values."),
    cause: z
      .string()
      .optional()
      .describe("The same in all stacks that lost one token, or one account by it: a one-way digest."),
    unread: z.int().optional().describe("How many resources could not be read on account of it."),
    nextAction: z.string().optional(),
    heal: z
      .string()
      .optional()
      .describe("A command that mends it, ready to be copied: `pulumi up --stack … --target …`."),
    deadline: time.optional(),
    memory: z
      .enum(["new", "ongoing"])
      .optional()
      .describe("By the report of `--previous`; left out where there was none."),
    since: time.optional().describe("When the first of the reports that follow each other showed it."),
    acknowledged: z
      .object({ reason: z.string(), until: time })
      .optional()
      .describe("By waba-drift.yaml; an expired entry counts again, and is not shown here."),
  })
  .meta({ id: "finding" });
export type Finding = z.infer<typeof finding>;

export const checkedResource = z
  .object({
    urn: z.string(),
    name: z.string(),
    type: z.string().describe("As `waba:PhoneNumber`."),
    id: z.string().optional(),
    number: z.string().optional(),
    wabaId: z.string().optional(),
    credential: z.string().optional(),
    outcome: z
      .enum(["same", "changed", "gone", "failed"])
      .describe("`failed`: could not be read. `gone`: Graph proved that it is not there any more."),
    phase: z.string().optional(),
    nextAction: z.string().optional(),
    verifiedName: z.string().optional(),
    qualityRating: z.string().optional(),
    deadlines: z.array(z.object({ what: z.string(), at: time })),
  })
  .meta({ id: "resource" });
export type CheckedResource = z.infer<typeof checkedResource>;

export const stackReport = z
  .object({
    project: z.string(),
    stack: z.string(),
    cwd: z.string(),
    outcome: z
      .enum(["checked", "failed"])
      .describe("`failed`: of this stack, or of some of its resources, it could not be told whether it drifted."),
    errors: z.array(z.string()).describe("Why it could not be told; one sentence each."),
    recordedAt: time.optional().describe("When the state was last written: what `old` values are as of."),
    resources: z.array(checkedResource),
    findings: z.array(finding),
    resolved: z.array(finding).describe("Findings of the previous report that are gone."),
    unchecked: z.array(finding).describe("Findings of the previous report of which nothing could be told this time."),
  })
  .meta({ id: "stack" });
export type StackReport = z.infer<typeof stackReport>;

const counts = z.record(findingClass, z.int());

export const report = z.object({
  schemaVersion: z.literal(REPORT_SCHEMA_VERSION),
  tool: z.object({ name: z.literal("pulumi-waba"), version: z.string() }),
  startedAt: time,
  finishedAt: time,
  previousAt: time.optional().describe("When the previous report was finished; left out without one."),
  exitCode: z
    .union([z.literal(0), z.literal(1), z.literal(2)])
    .describe("0 nothing to report, 2 something in the classes of `failOn`, 1 it could not be told."),
  verdict: z.string().describe("Why the exit code is what it is: one sentence."),
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
