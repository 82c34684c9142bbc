/**
 * What can go wrong between us and Graph, as classes of reason. They are thrown here and in `client.ts`, the lowest
 * layer that knows; whoever catches asks `instanceof`, never a status code or a text.
 * docs/errors.md is made from REASONS.
 */

/** What a call was about, in words a user knows. Never holds a secret. */
export interface Call {
  /** What we did, as "register": it stands in messages as "We could not register". */
  readonly what: string;
  /** On which number or account, as "number +16315551111 (1972385232742141)". */
  readonly on: string;
  /** The number as commands take it, with the flags that lead to it. */
  readonly number?: string;
  /** What was asked for, where one code means another thing of it than of other calls. */
  readonly kind?: CallKind;
  /** The account whose quota the call uses, where it is known. */
  readonly account?: string;
}

export type CallKind = "add" | "register";

export interface GraphAnswer {
  readonly httpStatus: number;
  readonly code: number;
  readonly subcode: number | undefined;
  /** Meta's own words, redacted. Localised: for people only. */
  readonly said: string;
  readonly fbtraceId: string | undefined;
  readonly isTransient: boolean;
  /** Where the token of the call was found. */
  readonly tokenSource: string;
  /** Until Meta takes calls again, as its headers said. */
  readonly regainMinutes?: number;
}

/** How a refusal is met: `yes` a bounded retry where the call may be repeated, `wait` not within an `up`, `never`. */
export type Retry = "yes" | "wait" | "never";

export interface Reason {
  /** Left out where the subcode says it all, whatever code it comes under. */
  readonly code?: number;
  readonly subcode?: number;
  /** The last code of a range that begins with `code`. */
  readonly through?: number;
  /** Of such a call alone. */
  readonly kind?: CallKind;
  readonly meaning: string;
  /** Where Meta describes it. */
  readonly page: string;
  /** What the user does next. `{tokenSource}` stands for the place where the token was found, `{number}` for the number. */
  readonly remedy: string;
  readonly retry: Retry;
  readonly class: new (call: Call, answer: GraphAnswer, reason: Reason) => GraphError;
}

/** How people and Meta's pages write a code: `133016`, or `100/33` with its subcode. */
export function codeText(code: number, subcode: number | undefined): string {
  return subcode === undefined ? `${code}` : `${code}/${subcode}`;
}

/** The minutes of Meta's headers are nearer to the truth than the table. */
function remedyOf(
  { retry, remedy }: Reason,
  { regainMinutes = 0, tokenSource }: GraphAnswer,
  { number = "NUMBER" }: Call,
): string {
  if (retry === "wait" && regainMinutes > 0) {
    return `Run again in ${aboutMinutes(regainMinutes)}: each further call now can prolong the block`;
  }
  return remedy.replaceAll("{tokenSource}", tokenSource).replaceAll("{number}", number);
}

function aboutMinutes(minutes: number): string {
  return minutes === 1 ? "about a minute" : `about ${minutes} minutes`;
}

/** Graph answered, and refused. */
export class GraphError extends Error {
  override readonly name: string = "GraphError";
  readonly code: number;
  readonly subcode: number | undefined;
  readonly fbtraceId: string | undefined;
  readonly retryable: boolean;
  /** Each further call before a while has passed is refused too, or makes it worse. */
  readonly mustWait: boolean;

  constructor(call: Call, answer: GraphAnswer, reason: Reason) {
    const code = codeText(answer.code, answer.subcode);
    const trace = answer.fbtraceId === undefined ? "" : ` · fbtrace_id ${answer.fbtraceId}`;
    super(
      `We could not ${call.what} · ${call.on} · Graph said: ${answer.said} (code ${code}, HTTP ${answer.httpStatus}; ` +
        `${reason.meaning}) · ${remedyOf(reason, answer, call)}${trace}`,
    );
    this.code = answer.code;
    this.subcode = answer.subcode;
    this.fbtraceId = answer.fbtraceId;
    this.mustWait = reason.retry === "wait";
    // A throttled call is never made again at once, whatever else Graph says of it.
    this.retryable = reason.retry === "yes" || (answer.isTransient && reason.retry !== "wait");
  }
}

export class AccessTokenError extends GraphError {
  override readonly name = "AccessTokenError";
  readonly #said: readonly [GraphAnswer, Reason];

  constructor(call: Call, answer: GraphAnswer, reason: Reason) {
    super(call, answer, reason);
    this.#said = [answer, reason];
  }

  /** What it means for another call with that token. */
  of(call: Call): AccessTokenError {
    return new AccessTokenError(call, ...this.#said);
  }
}
export class PermissionError extends GraphError {
  override readonly name = "PermissionError";
}
/** No such object, or the token may not see it: Graph answers the same to both. */
export class NotFoundError extends GraphError {
  override readonly name = "NotFoundError";
}
export class ThrottledError extends GraphError {
  override readonly name = "ThrottledError";
}
/** What all calls of the app or of the token may use, not of one account, is used up. */
export class AppThrottledError extends ThrottledError {}
export class TransientError extends GraphError {
  override readonly name = "TransientError";
}
/** A parameter or a field that Graph does not take. */
export class InvalidParameterError extends GraphError {
  override readonly name = "InvalidParameterError";
}
/** A cursor of a list that Graph does not take any more: the list is read from its beginning. */
export class CursorError extends GraphError {
  override readonly name = "CursorError";
}
export class PinMismatchError extends GraphError {
  override readonly name = "PinMismatchError";
}
export class VerificationNeededError extends GraphError {
  override readonly name = "VerificationNeededError";
}
export class NotRegisteredError extends GraphError {
  override readonly name = "NotRegisteredError";
}
/** Meta did not finish a deregistration: another one has to, before the number can be registered. */
export class IncompleteDeregistrationError extends GraphError {
  override readonly name = "IncompleteDeregistrationError";
}
export class AttemptsExhaustedError extends GraphError {
  override readonly name = "AttemptsExhaustedError";
}
export class AlreadyOnAccountError extends GraphError {
  override readonly name = "AlreadyOnAccountError";
}
/** Meta called a webhook's address and did not get its challenge back. */
export class CallbackRefusedError extends GraphError {
  override readonly name = "CallbackRefusedError";
}
/** Meta takes no other display name, as far as we know since ten were asked for in 30 days. */
export class NameChangesExhaustedError extends GraphError {
  override readonly name = "NameChangesExhaustedError";
}
export class CodeNotSentError extends GraphError {
  override readonly name = "CodeNotSentError";
}
export class CodeRejectedError extends GraphError {
  override readonly name = "CodeRejectedError";
}

export const TOO_MANY_REQUESTS = 429;

/** Who did not answer as it should, where it is not Graph, and the setting that leads there. */
interface Peer {
  readonly peer?: string;
  readonly setting?: string;
}

interface UnexpectedAnswer extends Peer {
  readonly httpStatus: number;
  readonly contentType: string;
  readonly excerpt: string;
  readonly problem: string;
}

/** The answer is not one that Graph gives: HTML, empty, cut off, or of another shape. */
export class UnexpectedAnswerError extends Error {
  override readonly name = "UnexpectedAnswerError";
  /** True when the status says that a server in between or Graph itself failed. */
  readonly retryable: boolean;
  /** True when the status says that there were too many calls. */
  readonly throttled: boolean;

  constructor(call: Call, answer: UnexpectedAnswer) {
    const { peer = "Graph", setting = "waba:baseUrl" } = answer;
    super(
      `We could not ${call.what} · ${call.on} · the answer was not ${peer}'s: HTTP ${answer.httpStatus}, ` +
        `${answer.contentType || "no content type"}, ${answer.problem}; it begins ${JSON.stringify(answer.excerpt)} · ` +
        `check ${setting} and any proxy in between, and run again: nothing is lost`,
    );
    this.retryable = answer.httpStatus >= 500;
    this.throttled = answer.httpStatus === TOO_MANY_REQUESTS;
  }
}

/** A cursor that leads in a circle must not keep an operation going for ever. */
export function endless(call: Call): UnexpectedAnswerError {
  return new UnexpectedAnswerError(call, {
    httpStatus: 200,
    contentType: "application/json",
    excerpt: "",
    problem: "a list of pages without an end",
  });
}

/** There was no complete answer. `sent` tells whether Graph may have carried out the call all the same. */
export class NetworkError extends Error {
  override readonly name = "NetworkError";
  readonly sent: boolean;
  readonly retryable = true;

  constructor(call: Call, failure: Peer & { host: string; sent: boolean; problem: string }) {
    const { peer = "Graph" } = failure;
    const outcome = failure.sent ? `${peer} may have carried it out` : `it never reached ${peer}`;
    super(
      `We could not ${call.what} · ${call.on} · no answer from ${failure.host}: ${failure.problem}; ${outcome} · ` +
        "check the network and run again: the next run looks first at what Graph has",
    );
    this.sent = failure.sent;
  }
}

/** Meta throttles the account or the app, and said so before this call, which was not made: each one prolongs the block. */
export class BlockedError extends Error {
  override readonly name = "BlockedError";

  constructor(call: Call, minutes: number) {
    super(
      `We did not ${call.what} · ${call.on} · Meta throttles it, and each further call now can prolong that · run again ` +
        `in ${aboutMinutes(minutes)}: nothing is lost`,
    );
  }
}

/** The time that one Pulumi operation may take on one number was used up. */
export class DeadlineError extends Error {
  override readonly name = "DeadlineError";

  constructor(call: Call, seconds: number) {
    super(
      `We could not ${call.what} · ${call.on} · ${seconds} s were used up by earlier calls · run again: nothing is lost`,
    );
  }
}

/** True when Graph surely saw nothing of a write that is not repeatable: it was not made, or did not get there. */
export function neverSent(error: unknown): boolean {
  if (error instanceof NetworkError) return !error.sent;
  return error instanceof BlockedError || error instanceof DeadlineError;
}

/** True when the call may have had its effect although we got no proof: look before doing it again. */
export function mayHaveHappened(error: unknown): boolean {
  if (error instanceof NetworkError) return error.sent;
  return error instanceof UnexpectedAnswerError || error instanceof TransientError;
}
