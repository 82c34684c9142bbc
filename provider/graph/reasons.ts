/**
 * Graph's error codes: what each means, what a user does about it, and whether and when we may try again. The rows stand
 * in codes/; the first that fits is taken, and those of subcodes are asked first.
 */
import { CODES } from "./codes/codes.ts";
import { AN_HOUR, PAGES } from "./codes/row.ts";
import { SUBCODES } from "./codes/subcodes.ts";
import {
  type Call,
  type CallKind,
  type GraphAnswer,
  GraphError,
  type Reason,
  ThrottledError,
  TOO_MANY_REQUESTS,
  TransientError,
} from "./errors.ts";

/** Where Meta lists its codes. */
export const ERROR_PAGE = PAGES.codes;

export const REASONS: readonly Reason[] = [...SUBCODES, ...CODES];

const UNLISTED: Reason = {
  meaning: "a code that Meta does not document here",
  remedy: `Look the code up: ${ERROR_PAGE}`,
  page: ERROR_PAGE,
  retry: "never",
  class: GraphError,
};

const TOO_MANY: Reason = {
  ...UNLISTED,
  meaning: "too many calls",
  remedy: AN_HOUR,
  retry: "wait",
  class: ThrottledError,
};

/** The row for a code, by subcode first, then by what the call was about; undefined for a code that Meta does not document. */
export function reasonFor(code: number, subcode: number | undefined, kind?: CallKind): Reason | undefined {
  return REASONS.find((reason) => {
    if (reason.kind !== undefined && reason.kind !== kind) return false;
    if (reason.code === undefined) return reason.subcode === subcode || reason.subcode === code;
    const inRange = code >= reason.code && code <= (reason.through ?? reason.code);
    return inRange && (reason.subcode === undefined || reason.subcode === subcode);
  });
}

/** The error that stands for Graph's refusal of a call. What Graph calls transient, or answers unknown codes and 5xx with, is that. */
export function refusal(call: Call, answer: GraphAnswer): GraphError {
  const listed = reasonFor(answer.code, answer.subcode, call.kind);
  const reason = listed ?? UNLISTED;
  const failed = listed === undefined && answer.httpStatus >= 500;
  if (listed === undefined && answer.httpStatus === TOO_MANY_REQUESTS)
    return new ThrottledError(call, answer, TOO_MANY);
  if (failed) return new TransientError(call, answer, { ...reason, retry: "yes" });
  if (answer.isTransient && reason.retry === "never") return new TransientError(call, answer, reason);
  return new reason.class(call, answer, reason);
}
