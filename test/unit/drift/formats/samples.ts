/** Reports for the printers: one that holds something of everything, a quiet one, one that could not tell, a large one. */
import {
  type CheckedResource,
  FINDING_CLASSES,
  type Finding,
  REPORT_SCHEMA_VERSION,
  type Report,
  report,
  type StackReport,
} from "../../../../provider/drift/report.ts";

export const NOW = "2026-11-23T03:00:42.000Z";
const PREVIOUS = "2026-11-22T03:00:40.000Z";

interface Number {
  readonly stack: string;
  readonly name: string;
  readonly number?: string;
}

export function urnOf({ stack, name }: Number): string {
  return `urn:pulumi:${stack}::whatsapp::pulumi-nodejs:dynamic/waba:PhoneNumber::${name}`;
}

export function finding(of: Number, rest: Partial<Finding> & Pick<Finding, "class" | "message">): Finding {
  const urn = urnOf(of);
  return {
    key: `${urn} ${rest.property ?? ""}`,
    urn,
    name: of.name,
    number: of.number ?? "+1 631-555-1111",
    wabaId: "900001",
    ...rest,
  };
}

export function resource(of: Number, rest: Partial<CheckedResource> = {}): CheckedResource {
  return {
    urn: urnOf(of),
    name: of.name,
    type: "waba:PhoneNumber",
    id: "100000001",
    number: of.number ?? "+1 631-555-1111",
    wabaId: "900001",
    outcome: "same",
    phase: "registered",
    nextAction: "Nothing to do.",
    verifiedName: "Acme",
    qualityRating: "GREEN",
    deadlines: [],
    ...rest,
  };
}

export function stackOf(stack: string, rest: Partial<StackReport> = {}): StackReport {
  return {
    project: "whatsapp",
    stack,
    cwd: `/srv/${stack}`,
    outcome: "checked",
    errors: [],
    recordedAt: "2026-11-20T09:12:00.000Z",
    resources: [],
    findings: [],
    resolved: [],
    unchecked: [],
    ...rest,
  };
}

/** The sums are made from the stacks, so that no sample contradicts itself. */
export function reportOf(stacks: readonly StackReport[], rest: Partial<Report> = {}): Report {
  const resources = stacks.flatMap((stack) => stack.resources);
  const findings = stacks.flatMap((stack) => stack.findings);
  const open = findings.filter(({ acknowledged }) => acknowledged === undefined);
  const count = (kind: string) => open.filter((one) => one.class === kind).length;
  const failed = stacks.filter(({ outcome }) => outcome === "failed").length;
  return report.parse({
    schemaVersion: REPORT_SCHEMA_VERSION,
    tool: { name: "pulumi-waba", version: "0.1.0" },
    startedAt: "2026-11-23T03:00:00.000Z",
    finishedAt: NOW,
    previousAt: PREVIOUS,
    exitCode: failed > 0 ? 1 : open.length > 0 ? 2 : 0,
    verdict:
      failed > 0 ? "It could not be told for all stacks." : open.length > 0 ? "There is drift." : "Nothing to report.",
    failOn: ["drift", "action", "access"],
    summary: {
      stacks: stacks.length,
      stacksFailed: failed,
      resources: resources.length,
      resourcesFailed: resources.filter(({ outcome }) => outcome === "failed").length,
      findings: Object.fromEntries(FINDING_CLASSES.map((kind) => [kind, count(kind)])),
      new: open.filter(({ memory }) => memory === "new").length,
      resolved: stacks.flatMap(({ resolved }) => resolved).length,
      acknowledged: findings.length - open.length,
      calls: 3 * stacks.length,
    },
    stacks,
    ...rest,
  });
}

const SUPPORT = { stack: "prod-acme", name: "support" };
const SALES = { stack: "prod-acme", name: "sales", number: "+1 631-555-2222" };
const HEAL = `pulumi up --stack prod-acme --target '${urnOf(SUPPORT)}'`;

/** Six numbers in three stacks that Meta changed alike. */
function alike(stack: string): Partial<StackReport> {
  const numbers = [1, 2].map((index) => ({
    stack,
    name: `line-${index}`,
    number: `+49 30 ${stack.length}000${index}`,
  }));
  return {
    resources: numbers.map((number) => resource(number, { outcome: "changed" })),
    findings: numbers.map((number, index) =>
      finding(number, {
        class: "noise",
        property: "messagingLimit",
        old: "TIER_1K",
        new: "TIER_10K",
        message: "Meta lets it write to more people a day.",
        memory: index === 0 ? "new" : "ongoing",
        ...(index === 0 ? {} : { since: PREVIOUS }),
      }),
    ),
  };
}

/** Something of everything that a report can hold. */
export function everything(): Report {
  return reportOf([
    stackOf("prod-acme", {
      resources: [
        resource(SUPPORT, {
          outcome: "changed",
          phase: "deregistered",
          nextAction: "Run pulumi up: it is registered again.",
          deadlines: [{ what: "registerBy", at: "2026-11-26T09:00:00.000Z" }],
        }),
        resource(SALES, {
          outcome: "changed",
          phase: "name-in-review",
          verifiedName: "Acme Sales",
          deadlines: [{ what: "name review usually ends", at: "2026-11-24T12:00:00.000Z" }],
        }),
        resource(
          { stack: "prod-acme", name: "old", number: "+1 631-555-3333" },
          { outcome: "gone", phase: "migrated" },
        ),
      ],
      findings: [
        finding(SALES, {
          class: "pending",
          property: "nameStatus",
          old: "APPROVED",
          new: "PENDING_REVIEW",
          message: "Meta reviews the display name that was asked for.",
          nextAction: "Wait for Meta's review, usually 1 to 3 days.",
          memory: "ongoing",
          since: "2026-11-21T03:00:40.000Z",
        }),
        finding(SUPPORT, {
          class: "drift",
          property: "platformType",
          old: "CLOUD_API",
          new: "NOT_APPLICABLE",
          message: "The number was registered and is not any more.",
          nextAction: "Run pulumi up: it is registered again.",
          heal: HEAL,
          deadline: "2026-11-26T09:00:00.000Z",
          memory: "new",
        }),
        finding(SUPPORT, {
          class: "drift",
          property: "webhook.verifyToken",
          old: "must never be shown",
          new: "nor this",
          secret: true,
          message: "The webhook's verify token is not the declared one.",
          heal: HEAL,
          memory: "new",
        }),
        finding(
          { stack: "prod-acme", name: "old", number: "+1 631-555-3333" },
          {
            class: "drift",
            message: "The number is not at Meta any more.",
            memory: "ongoing",
            since: "2026-11-19T03:00:00.000Z",
            acknowledged: { reason: "Moves to another provider; ticket OPS-12", until: "2026-12-01T00:00:00.000Z" },
          },
        ),
      ],
      resolved: [
        finding(SALES, {
          class: "action",
          property: "qualityRating",
          old: "GREEN",
          new: "RED",
          message: "The quality is low.",
        }),
      ],
    }),
    stackOf("prod-beta", {
      outcome: "failed",
      errors: ["reading +44 20 7946 0001 failed: no answer from graph.facebook.com within 30 s (ETIMEDOUT)"],
      resources: [
        resource(
          { stack: "prod-beta", name: "main", number: "+44 20 7946 0001" },
          {
            outcome: "failed",
            phase: undefined,
            nextAction: undefined,
          },
        ),
      ],
      unchecked: [
        finding(
          { stack: "prod-beta", name: "main", number: "+44 20 7946 0001" },
          {
            class: "drift",
            property: "verifiedName",
            old: "Beta",
            new: "Beta Ltd",
            message: "The name that people see is another.",
          },
        ),
      ],
    }),
    stackOf("prod-gamma", {
      resources: [resource({ stack: "prod-gamma", name: "main", number: "+972 2-555-0001" }, { phase: undefined })],
      findings: [
        {
          key: "whatsapp prod-gamma access gamma",
          class: "access",
          credential: "gamma",
          message: "Meta takes the token no more (code 190, subcode 463): the access token is expired.",
          nextAction: "Set a valid token for the credential gamma.",
          memory: "new",
        },
      ],
    }),
    stackOf("prod-x", alike("prod-x")),
    stackOf("prod-yy", alike("prod-yy")),
    stackOf("prod-zzz", alike("prod-zzz")),
    stackOf("staging", { resources: [resource({ stack: "staging", name: "only", number: "+1 631-555-9999" })] }),
  ]);
}

/** All as it was recorded. */
export function quiet(): Report {
  return reportOf([stackOf("prod-acme", { resources: [resource(SUPPORT), resource(SALES)] })]);
}

/** One number that lost its registration: short enough for the documentation. */
export function few(): Report {
  const lost = {
    outcome: "changed" as const,
    phase: "deregistered",
    nextAction: "Run pulumi up: it is registered again.",
    deadlines: [{ what: "registration after embedded signup", at: "2026-11-26T09:00:00.000Z" }],
  };
  const change = finding(SUPPORT, {
    class: "drift",
    property: "platformType",
    old: "CLOUD_API",
    new: "NOT_APPLICABLE",
    message: "The number was registered and is not any more.",
    nextAction: "Run pulumi up: it is registered again.",
    heal: HEAL,
    memory: "new",
  });
  return reportOf([stackOf("prod-acme", { resources: [resource(SUPPORT, lost)], findings: [change] })]);
}

/** Many stacks of four numbers, each with changes of its own. */
export function fleet(stacks: number): Report {
  return reportOf(
    Array.from({ length: stacks }, (_, at) => {
      const stack = `customer-${String(at).padStart(4, "0")}`;
      const numbers = [1, 2, 3, 4].map((line) => ({ stack, name: `line-${line}`, number: `+1 500-${at}-000${line}` }));
      return stackOf(stack, {
        resources: numbers.map((number, line) =>
          resource(number, {
            outcome: "changed",
            deadlines: [
              { what: "registerBy", at: new Date(Date.parse(NOW) + (at * 4 + line + 1) * 3_600_000).toISOString() },
            ],
          }),
        ),
        findings: numbers.map((number) =>
          finding(number, {
            class: "drift",
            property: "verifiedName",
            old: `Customer ${at}`,
            new: `Customer ${at} ${number.name}`,
            message: "The name that people see is another.",
            nextAction: "Run pulumi up.",
            heal: `pulumi up --stack ${stack} --target '${urnOf(number)}'`,
            memory: "new",
          }),
        ),
      });
    }),
  );
}
