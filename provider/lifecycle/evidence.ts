/**
 * What each phase of phase.ts rests on, as field and value, and where Meta describes it. Each field that is named is one
 * that flips the phase when it changes (a test changes them all), so that no explanation can say other than the rules. Pure.
 */
import { PAGES } from "../graph/codes/row.ts";
import type { State } from "../schemas/phone-number-state.ts";
import { recentAttempts } from "./attempts.ts";
import type { Intent } from "./phase.ts";
import type { Phase } from "./phases.ts";
import { refusalOf } from "./refusals.ts";

/** Who says it: Graph at this moment, the stack (what we did and saw before), or the program. */
export type Source = "graph" | "stack" | "program";

export interface Evidence {
  /** An output's or an arg's name. */
  readonly field: Fact;
  /** Null where Graph does not show the field. */
  readonly value: string | boolean | readonly string[] | null;
  readonly source: Source;
}

type Read = (state: State, intent: Intent, now: Date) => Evidence["value"] | undefined;
interface FactRow {
  readonly source: Source;
  readonly read: Read;
  /** True where it says something that Graph does not show it. */
  readonly alsoAbsent?: true;
}

export const FACTS = {
  status: { source: "graph", read: ({ observed }) => observed.status, alsoAbsent: true },
  platformType: { source: "graph", read: ({ observed }) => observed.platformType, alsoAbsent: true },
  codeVerificationStatus: {
    source: "graph",
    read: ({ observed }) => observed.codeVerificationStatus,
    alsoAbsent: true,
  },
  isOnBizApp: { source: "graph", read: ({ observed }) => observed.isOnBizApp },
  isPinEnabled: { source: "graph", read: ({ observed }) => observed.isPinEnabled },
  nameStatus: { source: "graph", read: ({ observed }) => observed.nameStatus },
  newNameStatus: { source: "graph", read: ({ observed }) => observed.newNameStatus },
  newDisplayName: { source: "graph", read: ({ observed }) => observed.newDisplayName },
  /** Secrets: that there is one is all that counts. */
  certificate: {
    source: "graph",
    read: ({ observed }) => (observed.certificate === undefined ? undefined : true),
    alsoAbsent: true,
  },
  newCertificate: {
    source: "graph",
    read: ({ observed }) => (observed.newCertificate === undefined ? undefined : true),
  },
  verifiedName: { source: "graph", read: ({ observed }) => observed.verifiedName },
  registeredName: { source: "stack", read: ({ ledger }) => ledger.registeredName },
  restoredAt: { source: "stack", read: ({ ledger }) => ledger.restoredAt },
  clientAskedAt: { source: "stack", read: ({ ledger }) => ledger.clientAskedAt },
  codeRequestedAt: { source: "stack", read: ({ ledger }) => ledger.codeRequestedAt },
  codeTriedAt: { source: "stack", read: ({ ledger }) => ledger.codeTriedAt },
  nameRequests: {
    source: "stack",
    read: ({ ledger }) =>
      ledger.nameRequests.slice(-1).map(({ name, at, outcome = "no outcome seen" }) => `${name} (${at}: ${outcome})`),
  },
  registerRefused: { source: "stack", read: ({ ledger }) => refusalOf(ledger, "register")?.code },
  registerAttempts: {
    source: "stack",
    read: ({ ledger }, _intent, now) => recentAttempts(now, ledger.attempts.register),
  },
  register: { source: "program", read: (_state, { register }) => register },
  pinDeclared: { source: "program", read: (_state, { hasPin }) => hasPin },
  onPremisesDeclared: { source: "program", read: (_state, { onPremises = false }) => onPremises },
  embeddedSignupFinishedAt: { source: "program", read: (_state, { signupFinishedAt }) => signupFinishedAt },
} as const satisfies Record<string, FactRow>;
export type Fact = keyof typeof FACTS;

interface Ground {
  readonly facts: readonly Fact[];
  readonly page: string;
}

export const GROUNDS = {
  unknown: {
    facts: ["status", "platformType", "codeVerificationStatus", "nameStatus", "newNameStatus"],
    page: PAGES.numbers,
  },
  migrated: { facts: ["status"], page: PAGES.numbers },
  blocked: { facts: ["status"], page: PAGES.numbers },
  "on-phone": { facts: ["platformType", "status", "isOnBizApp"], page: PAGES.numbers },
  coexistence: { facts: ["isOnBizApp", "platformType"], page: PAGES.numbers },
  "other-platform": { facts: ["platformType", "status", "onPremisesDeclared"], page: PAGES.numbers },
  contested: { facts: ["status", "platformType", "registeredName", "restoredAt"], page: PAGES.registration },
  "signup-expired": { facts: ["status", "platformType", "embeddedSignupFinishedAt"], page: PAGES.signup },
  "code-rejected": {
    facts: ["codeVerificationStatus", "clientAskedAt", "codeRequestedAt", "codeTriedAt"],
    page: PAGES.numbers,
  },
  "code-sent": { facts: ["codeVerificationStatus", "clientAskedAt", "codeRequestedAt"], page: PAGES.numbers },
  "needs-verification": { facts: ["codeVerificationStatus", "registerRefused"], page: PAGES.numbers },
  verified: { facts: ["codeVerificationStatus", "register"], page: PAGES.numbers },
  "name-declined": { facts: ["newNameStatus", "nameStatus", "nameRequests"], page: PAGES.numbers },
  "name-expired": { facts: ["newNameStatus", "nameStatus", "nameRequests"], page: PAGES.numbers },
  "name-not-provisioned": { facts: ["nameStatus"], page: PAGES.numbers },
  "attempts-exhausted": { facts: ["registerAttempts"], page: PAGES.registration },
  "needs-pin": { facts: ["pinDeclared", "isPinEnabled"], page: PAGES.registration },
  "needs-certificate": { facts: ["certificate", "newCertificate", "onPremisesDeclared"], page: PAGES.registration },
  deregistered: { facts: ["status", "platformType", "registeredName"], page: PAGES.registration },
  "ready-to-register": {
    facts: ["status", "platformType", "codeVerificationStatus", "nameStatus"],
    page: PAGES.registration,
  },
  "re-register-due": {
    facts: ["newNameStatus", "newDisplayName", "newCertificate", "verifiedName", "registeredName"],
    page: PAGES.registration,
  },
  "name-in-review": { facts: ["newNameStatus", "nameRequests"], page: PAGES.numbers },
  registered: { facts: ["status", "platformType", "newNameStatus"], page: PAGES.registration },
} as const satisfies Record<Phase, Ground>;

/** What the phase of this number rests on, in the order in which it counts. */
export function evidenceOf(now: Date, state: State, intent: Intent, phase: Phase): Evidence[] {
  return GROUNDS[phase].facts.flatMap((field): Evidence[] => {
    const { source, read, alsoAbsent }: FactRow = FACTS[field];
    const value = read(state, intent, now);
    const isEmpty = value === undefined || (Array.isArray(value) && value.length === 0);
    if (isEmpty && alsoAbsent !== true) return [];
    return [{ field, value: value ?? null, source }];
  });
}
