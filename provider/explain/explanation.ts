/**
 * Why a number is where it is, as data: what `waba explain --format json` prints and its text is made from. The phase, its
 * meaning and the next action are those of the provider's own outputs and warnings (lifecycle/phase.ts, phases.ts); the
 * evidence is the data beside the rules. Holds no secret. Pure.
 */
import { z } from "zod";
import { evidenceOf, GROUNDS } from "../lifecycle/evidence.ts";
import { nextActionOf } from "../lifecycle/phase.ts";
import { PHASES, type Phase } from "../lifecycle/phases.ts";
import { type Budget, type Budgets, budgetsOf } from "./budgets.ts";
import { deadlinesOf } from "./deadlines.ts";
import { obstaclesOf } from "./obstacles.ts";
import type { Subject } from "./subject.ts";

export const EXPLANATION_SCHEMA_VERSION = 1;

const time = z.iso.datetime();
const budget: z.ZodType<Budget> = z.object({
  used: z.int(),
  left: z.int(),
  of: z.int(),
  hours: z.int(),
  /** When one more is free again: the oldest that counts falls out. */
  oldestFallsOutAt: time.optional(),
});

export const explanation = z.object({
  schemaVersion: z.literal(EXPLANATION_SCHEMA_VERSION),
  /** When the number was read. */
  at: time,
  id: z.string(),
  /** As Graph writes it. */
  number: z.string().optional(),
  wabaId: z.string().optional(),
  /** The resource's name; undefined where no stack manages the number. */
  resource: z.string().optional(),
  phase: z.enum(Object.keys(PHASES) as [Phase, ...Phase[]]),
  meaning: z.string(),
  /** What decided, by the rule that decided; `null` where Graph does not show the field. */
  evidence: z.array(
    z.object({
      field: z.string(),
      value: z.union([z.string(), z.boolean(), z.array(z.string()), z.null()]),
      source: z.enum(["graph", "stack", "program"]),
    }),
  ),
  name: z.object({
    inUse: z.string().optional(),
    /** Asked for and not in use. */
    requested: z.string().optional(),
    requestedStatus: z.string().optional(),
  }),
  /** What stands in the way now. */
  blocks: z.array(z.object({ what: z.string(), until: time.optional() })),
  nextAction: z.string(),
  deadlines: z.array(
    z.object({ what: z.string(), at: time, certainty: z.enum(["exact", "atTheEarliest", "atTheLatest"]) }),
  ),
  /** As far as this stack made them; others may have called too. Undefined without a stack. */
  budgets: z.object({ register: budget, deregister: budget, names: budget }).optional(),
  health: z.object({
    canSendMessage: z.string().optional(),
    errors: z.array(
      z.object({
        entity: z.string(),
        id: z.string().optional(),
        code: z.int(),
        description: z.string().optional(),
        possibleSolution: z.string().optional(),
      }),
    ),
  }),
  /** Meta's page on it. */
  page: z.url(),
  /** What could not be known, one sentence each. */
  unknown: z.array(z.string()),
});
export type Explanation = z.infer<typeof explanation>;

const NO_STACK =
  "No stack manages this number, so Graph alone speaks: what was declared (a PIN, register: false, the end of an embedded " +
  "signup), attempts made, names asked for and codes sent are not known.";
const DECLARE = "To have it managed, declare it (npx waba adopt prints the program). ";
const OTHERS = "Attempts and names that others used up count at Meta too, and Graph does not show them.";

export function explain(now: Date, subject: Subject): Explanation {
  const { state, intent, phase, wabaId, managed } = subject;
  const { observed } = state;
  const next = nextActionOf(now, state, phase);
  const evidence = evidenceOf(now, state, intent, phase);
  const budgets: Budgets | undefined = managed && budgetsOf(now, state.ledger);
  return {
    schemaVersion: EXPLANATION_SCHEMA_VERSION,
    at: now.toISOString(),
    id: state.id,
    number: observed.displayPhoneNumber,
    wabaId,
    resource: managed?.resource,
    phase,
    meaning: PHASES[phase].meaning,
    // Without a stack, the other sources are our guesses.
    evidence: evidence
      .filter(({ source }) => managed !== undefined || source === "graph")
      .map(({ value, ...rest }) => ({
        ...rest,
        value: typeof value === "object" && value !== null ? [...value] : value,
      })),
    name: nameOf(subject),
    blocks: obstaclesOf(now, subject),
    nextAction: managed === undefined ? `${DECLARE}${next}` : next,
    deadlines: deadlinesOf(now, subject),
    budgets,
    health: {
      canSendMessage: observed.healthStatus?.canSendMessage,
      errors: (observed.healthStatus?.entities ?? []).flatMap(({ entityType, id, errors = [] }) =>
        errors.map(({ errorCode, errorDescription, possibleSolution }) => ({
          entity: entityType,
          id,
          code: errorCode,
          description: errorDescription,
          possibleSolution,
        })),
      ),
    },
    page: GROUNDS[phase].page,
    unknown: [managed === undefined ? NO_STACK : OTHERS],
  };
}

function nameOf({ state: { observed, ledger } }: Subject): Explanation["name"] {
  const request = ledger.nameRequests.at(-1);
  const requested = observed.newDisplayName ?? (request?.outcome === undefined ? request?.name : undefined);
  const isOpen = observed.newNameStatus !== undefined && observed.newNameStatus !== "NONE";
  return {
    inUse: observed.verifiedName,
    requested: requested === observed.verifiedName ? undefined : requested,
    requestedStatus: isOpen ? observed.newNameStatus : undefined,
  };
}
