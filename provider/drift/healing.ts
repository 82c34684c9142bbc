/**
 * What `waba heal` may do unattended: register numbers, and nothing else. Which numbers need it, and whether the engine's
 * plan for them is that and no more. Pure.
 */
import type { Healing } from "./commands.ts";
import { OURS } from "./events.ts";
import type { CheckedResource } from "./report.ts";
import type { Step } from "./steps.ts";

type Outputs = Step["old"];

/** The phases out of which a registration leads, by what was asked for. */
export const HEALED_PHASES: Record<Healing, readonly string[]> = {
  "re-register": ["re-register-due"],
  registration: ["deregistered", "ready-to-register"],
};

export function isHealedBy(what: Healing, { type, phase, outcome }: CheckedResource): boolean {
  return type === "waba:PhoneNumber" && outcome !== "failed" && HEALED_PHASES[what].includes(phase ?? "");
}

const UPDATES = ["update"];
/** The engine's own: a changed configuration shows as an update of the default provider. */
const HARMLESS_TYPES = /^pulumi:(?:providers:|pulumi:Stack$)/;

/** Why the plan is not carried out: a sentence a reason; none where it registers these numbers and does nothing else. */
export function refusals(what: Healing, targets: readonly string[], plan: readonly Step[]): string[] {
  return plan.flatMap((step) => {
    if (targets.includes(step.urn)) return refusalOf(what, step);
    return HARMLESS_TYPES.test(step.type) && step.op !== "delete"
      ? []
      : [`The program would also ${step.op} ${nameOf(step)}.`];
  });
}

function refusalOf(what: Healing, step: Step): string[] {
  if (!UPDATES.includes(step.op) || !step.type.startsWith(OURS))
    return [`The program would ${step.op} ${nameOf(step)}.`];
  const others = Object.entries(step.changes).filter(
    ([property, kind]) => !isOfRegistration(what, property, kind, step),
  );
  if (others.length === 0) return [];
  const names = others.map(([property]) => property).join(", ");
  return [`The program has other changes for ${nameOf(step)}: ${names}.`];
}

function isOfRegistration(what: Healing, property: string, kind: string, { old, declared }: Step): boolean {
  // A number that was adopted: its PIN is set before it is registered.
  if (property === "pin") return kind === "add" && old.pinState === "unknown";
  // Of a verified number no code is asked for or tried, and a code that was used may stay declared.
  if (property === "verification")
    return old.codeVerificationStatus === "VERIFIED" && declared.onPremises === undefined;
  // What was lost with the registration is not achieved, and so not among the old inputs.
  if (property === "register") return what === "registration" && declared.register === true;
  if (property !== "displayName" || what !== "re-register") return false;
  const approved = approvedName(old);
  return approved !== undefined && approved === declared.displayName;
}

/** Whether the name that waits for its registration is another than the declared one: no registration is planned then. */
export function isNameOfOthers(outputs: Outputs): boolean {
  const approved = approvedName(outputs);
  const isOurs = approved === outputs.displayName || approved === lastAskedFor(outputs);
  return approved !== undefined && outputs.displayName !== undefined && !isOurs;
}

/** The name that waits for its registration, wherever Graph shows it; undefined where there is none. */
function approvedName(outputs: Outputs): unknown {
  const { newDisplayName, verifiedName, registeredName } = outputs;
  const shown = [newDisplayName, lastAskedFor(outputs), verifiedName === registeredName ? undefined : verifiedName];
  return shown.find((name) => name !== undefined);
}

function lastAskedFor({ nameRequests }: Outputs): unknown {
  const last: unknown = Array.isArray(nameRequests) ? nameRequests.at(-1) : undefined;
  return typeof last === "object" && last !== null && "name" in last ? last.name : undefined;
}

/** Whether the number is registered after what was done, by whichever name. */
export function isHealed({ outputs }: Step): boolean {
  return outputs.registered === true && outputs.phase !== "re-register-due";
}

function nameOf({ urn }: Step): string {
  return urn.split("::").at(-1) ?? urn;
}
