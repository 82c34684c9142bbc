/** Meta's health status of a number, as the outputs hold it: whether it may send, and what Meta says to do. Pure. */
import { observed } from "../schemas/phone-number-state.ts";

const health = observed.shape.healthStatus.unwrap();

const BLOCKED = "BLOCKED";
const NOT_REGISTERED = 133010;

function errorsIn(status: unknown) {
  const { data } = health.safeParse(status);
  const blocked = (data?.entities ?? []).filter(({ canSendMessage }) => canSendMessage === BLOCKED);
  return blocked.flatMap(({ entityType, errors = [] }) => errors.map((error) => ({ entityType, ...error })));
}

/** A sentence; undefined where it is not blocked. */
export function blockedBecause(status: unknown): string | undefined {
  if (health.safeParse(status).data?.canSendMessage !== BLOCKED) return undefined;
  const said = errorsIn(status).map(({ entityType, errorCode, errorDescription }) =>
    [entityType, errorDescription ?? "", `(code ${errorCode})`].filter(Boolean).join(" "),
  );
  return `Meta blocks the number from sending${said.length === 0 ? "" : `: ${said.join("; ")}`}.`;
}

/** Meta's possible solutions. */
export function solutionsOf(status: unknown): string | undefined {
  const solutions = [...new Set(errorsIn(status).flatMap(({ possibleSolution }) => possibleSolution ?? []))];
  return solutions.length === 0 ? undefined : solutions.join(" ");
}

export function isOnlyUnregistered(status: unknown): boolean {
  const errors = errorsIn(status);
  return errors.length > 0 && errors.every(({ errorCode }) => errorCode === NOT_REGISTERED);
}
