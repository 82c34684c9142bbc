/** What stands of a number, whether or not it is new: from its present outputs and the time. Pure. */
import { approvalEndsAt } from "../lifecycle/name.ts";
import type { PropertyClass } from "./classes.ts";
import { type Condition, HEALTH_BLOCKED, phaseCondition, QUALITY_RED, SIGNUP_DEADLINE } from "./conditions.ts";
import type { ResourceState } from "./events.ts";
import { blockedBecause, isOnlyUnregistered, solutionsOf } from "./health.ts";
import { nextActionOf, text, time } from "./subject.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const SIGNUP_WARNING_MS = 7 * DAY_MS;

/** By a property's or a condition's name, as `--class` and waba-drift.yaml say. */
export type Classes = ReadonlyMap<string, PropertyClass>;

export interface Standing {
  readonly condition: Condition;
  readonly message?: string | undefined;
  readonly nextAction?: string | undefined;
  readonly deadline?: string | undefined;
}

/** Without those that `--class` has ignored. */
export function standing(now: ResourceState, at: Date, classes: Classes): Standing[] {
  const { outputs } = now;
  const phase = phaseCondition(text(outputs.phase) ?? "");
  const registerBy = time(outputs.registerBy);
  const isNear = registerBy !== undefined && Date.parse(registerBy) - at.getTime() <= SIGNUP_WARNING_MS;
  const isBlocked = blockedBecause(outputs.healthStatus) !== undefined;
  // That it is not registered is told by its platform and its phase.
  const isNews = isBlocked && !isOnlyUnregistered(outputs.healthStatus);
  const all: (Standing | undefined)[] = [
    phase && {
      condition: phase,
      deadline: deadlineOf(phase.name, outputs),
    },
    isNear && outputs.phase !== "signup-expired"
      ? { condition: SIGNUP_DEADLINE, deadline: registerBy, nextAction: nextActionOf(now) }
      : undefined,
    outputs.qualityRating === "RED"
      ? {
          condition: QUALITY_RED,
          nextAction: "Look in WhatsApp Manager at what customers block and report, and send less of it.",
        }
      : undefined,
    isNews
      ? {
          condition: HEALTH_BLOCKED,
          message: blockedBecause(outputs.healthStatus),
          nextAction: solutionsOf(outputs.healthStatus),
        }
      : undefined,
  ];
  return all.flatMap((one) => {
    if (one === undefined) return [];
    const { condition } = one;
    const [top = ""] = condition.property.split(".");
    const said = classes.get(condition.name) ?? classes.get(condition.property) ?? classes.get(top);
    if (said === "ignored") return [];
    return [said === undefined ? one : { ...one, condition: { ...condition, class: said } }];
  });
}

function deadlineOf(phase: string, outputs: ResourceState["outputs"]): string | undefined {
  if (phase === "re-register-due") return approvalEnd(outputs);
  return phase === "renewal-due" ? time(outputs.verificationExpiresAt) : undefined;
}

/** The approval came after its review was last seen open, so this is the earliest that it can end. */
export function approvalEnd(outputs: ResourceState["outputs"]): string | undefined {
  const seen = time(outputs.nameReviewLastSeenAt);
  return seen === undefined ? undefined : approvalEndsAt(seen);
}
