/** A number as the engine tells it, at rest, and what a check makes of it. */
import type { ResourceState } from "../../../provider/drift/events.ts";
import type { Finding, Report, StackReport } from "../../../provider/drift/report.ts";
import type { Classes } from "../../../provider/drift/standing.ts";
import { type VerdictOptions, verdictOf } from "../../../provider/drift/verdict.ts";

export const NOW = new Date("2026-11-23T12:00:00.000Z");
export const SECRET = {
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  ciphertext: "[secret]",
};
export const URN = "urn:pulumi:prod::numbers::pulumi-nodejs:dynamic/waba:PhoneNumber::support";

export const OUTPUTS = {
  __provider: "exports.handler = …",
  wabaId: "900000",
  displayPhoneNumber: "+1 631-555-1111",
  verifiedName: "Lucky Shrub",
  nameStatus: "APPROVED",
  newNameStatus: "NONE",
  status: "CONNECTED",
  platformType: "CLOUD_API",
  qualityRating: "GREEN",
  messagingLimit: "TIER_250",
  codeVerificationStatus: "VERIFIED",
  isOnBizApp: false,
  certificate: SECRET,
  healthStatus: { canSendMessage: "AVAILABLE", entities: [] },
  nameRequests: [{ name: "Lucky Shrub", at: "2026-11-01T12:00:00.000Z", outcome: "APPROVED" }],
  phase: "registered",
  nextAction: "Nothing to do.",
  registered: true,
  schemaVersion: 2,
} as const;

export function number(outputs: object = {}, inputs: object = { wabaId: "900000" }): ResourceState {
  const type = "pulumi-nodejs:dynamic/waba:PhoneNumber";
  return { urn: URN, type, id: "1972385232742141", inputs: { ...inputs }, outputs: { ...OUTPUTS, ...outputs } };
}

export function options(classes: Classes = new Map()): VerdictOptions {
  return { now: NOW, project: "numbers", place: { cwd: ".", stack: "prod" }, classes };
}

/** The findings of a read that shows `now` where `old` was recorded. */
export function findingsOf(old: object, now: object, more: { isUpdate?: boolean; classes?: Classes } = {}): Finding[] {
  const { isUpdate = false, classes } = more;
  const read = { outcome: "read", old: number(old), now: number(now), isUpdate } as const;
  return [...verdictOf(read, options(classes)).findings];
}

export function finding(more: Partial<Finding> = {}): Finding {
  return { key: "k1", class: "drift", urn: URN, name: "support", message: "It changed.", ...more };
}

export function stackReport(more: Partial<StackReport> = {}): StackReport {
  return {
    project: "numbers",
    stack: "prod",
    cwd: ".",
    outcome: "checked",
    errors: [],
    resources: [{ urn: URN, name: "support", type: "waba:PhoneNumber", outcome: "same", deadlines: [] }],
    findings: [],
    resolved: [],
    unchecked: [],
    ...more,
  };
}

export function reportOf(stacks: StackReport[], startedAt = "2026-11-22T03:00:00.000Z"): Report {
  return {
    schemaVersion: 1,
    tool: { name: "pulumi-waba", version: "0.1.0" },
    startedAt,
    finishedAt: startedAt,
    exitCode: 0,
    verdict: "",
    failOn: [],
    summary: {
      stacks: 0,
      stacksFailed: 0,
      resources: 0,
      resourcesFailed: 0,
      findings: { drift: 0, action: 0, access: 0, pending: 0, noise: 0 },
      acknowledged: 0,
      calls: 0,
    },
    stacks,
  };
}
