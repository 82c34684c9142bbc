/**
 * Graph's error codes: what each means, what a user does about it, and whether we may try again.
 * Source: Meta's page "Cloud API error codes" and the reference pages of the edges; what Meta does not document says so.
 * Order matters: the first row that fits is taken, so a code with a subcode stands before the bare code.
 */
import {
  AccessTokenError,
  AlreadyOnAccountError,
  AttemptsExhaustedError,
  type Call,
  CallbackRefusedError,
  CodeNotSentError,
  CodeRejectedError,
  CursorError,
  type GraphAnswer,
  GraphError,
  InvalidParameterError,
  NotFoundError,
  NotRegisteredError,
  PermissionError,
  PinMismatchError,
  type Reason,
  ThrottledError,
  TransientError,
  VerificationNeededError,
} from "./errors.ts";

/** Where Meta lists its codes. */
export const ERROR_PAGE = "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes";

const NEW_TOKEN =
  "The token came from {tokenSource}: set a valid one there. refresh and destroy see the configuration of the last up, so " +
  "give a new token by the environment (WABA_ACCESS_TOKEN, WABA_CREDENTIALS), or run once with --run-program";
const GRANT =
  "Give the token's system user the WhatsApp Business Account with full control, and the permissions " +
  "whatsapp_business_management and whatsapp_business_messaging";
const COME_BACK = "Run again later: each further call now can prolong the block";
const AGAIN = "Run again in a minute: the next run goes on from here";
const SUPPORT = "See WhatsApp Manager for this number; if it shows nothing, ask Meta's support with the fbtrace_id";

export const REASONS: readonly Reason[] = [
  {
    code: 190,
    meaning: "the access token is expired or not valid",
    remedy: NEW_TOKEN,
    retry: "never",
    class: AccessTokenError,
  },
  {
    code: 0,
    meaning: "the app's user could not be authenticated",
    remedy: NEW_TOKEN,
    retry: "never",
    class: AccessTokenError,
  },
  {
    code: 102,
    meaning: "the session of the token is not valid",
    remedy: NEW_TOKEN,
    retry: "never",
    class: AccessTokenError,
  },
  {
    code: 104,
    meaning: "the request carries no token, or its signature is wrong",
    remedy: NEW_TOKEN,
    retry: "never",
    class: AccessTokenError,
  },
  {
    code: 3,
    meaning: "the app lacks a capability or a permission",
    remedy: GRANT,
    retry: "never",
    class: PermissionError,
  },
  { code: 10, meaning: "a permission is missing", remedy: GRANT, retry: "never", class: PermissionError },
  {
    code: 200,
    through: 299,
    meaning: "a permission is missing",
    remedy: GRANT,
    retry: "never",
    class: PermissionError,
  },
  { code: 131005, meaning: "access denied", remedy: GRANT, retry: "never", class: PermissionError },
  {
    code: 100,
    subcode: 33,
    meaning: "no such object, or the token may not see it",
    remedy: `Check the id and the account. If they are right: ${GRANT}`,
    retry: "never",
    class: NotFoundError,
  },
  {
    code: 33,
    meaning: "the number was deleted",
    remedy: "Check the id in WhatsApp Manager; a deleted number can be added again after 5 minutes",
    retry: "never",
    class: NotFoundError,
  },
  {
    code: 100,
    subcode: 2388001,
    meaning: "no certificate can be made: the display name is not provisioned, or the number is still on an app",
    remedy: "Wait until nameStatus is APPROVED or AVAILABLE_WITHOUT_REVIEW, and disconnect the number from the app",
    retry: "never",
    class: GraphError,
  },
  {
    code: 100,
    subcode: 2388012,
    meaning: "the number is already on this account",
    remedy: 'Run again: it is then found in the list and adopted (unless adopt is "never")',
    retry: "never",
    class: AlreadyOnAccountError,
  },
  {
    code: 2388012,
    meaning: "the number is already on this account",
    remedy: "Run again: it is then found in the list and adopted",
    retry: "never",
    class: AlreadyOnAccountError,
  },
  {
    code: 100,
    subcode: 2388103,
    meaning: "the number cannot be moved",
    remedy: "See the preconditions on Meta's page about migrating numbers between accounts",
    retry: "never",
    class: GraphError,
  },
  {
    code: 100,
    meaning: "a parameter is not valid, or not allowed in the number's state",
    remedy:
      "See what Graph said; of a number that lives on the WhatsApp Business app it refuses most calls in this way",
    retry: "never",
    class: InvalidParameterError,
  },
  { code: 131008, meaning: "a parameter is missing", remedy: SUPPORT, retry: "never", class: InvalidParameterError },
  {
    code: 131009,
    meaning: "the value of a parameter is not valid",
    remedy: "Correct the value that Graph names",
    retry: "never",
    class: InvalidParameterError,
  },
  {
    code: 4,
    meaning: "the app's calls of this hour are used up",
    remedy: COME_BACK,
    retry: "wait",
    class: ThrottledError,
  },
  {
    code: 17,
    meaning: "the user's calls of this hour are used up",
    remedy: COME_BACK,
    retry: "wait",
    class: ThrottledError,
  },
  { code: 613, meaning: "a limit of this call is used up", remedy: COME_BACK, retry: "wait", class: ThrottledError },
  {
    code: 80007,
    meaning: "the account's calls of this hour are used up",
    remedy: COME_BACK,
    retry: "wait",
    class: ThrottledError,
  },
  {
    code: 80008,
    meaning: "the account's calls of this hour are used up",
    remedy: COME_BACK,
    retry: "wait",
    class: ThrottledError,
  },
  {
    code: 1,
    meaning: "Graph failed, or could not read the request",
    remedy: AGAIN,
    retry: "yes",
    class: TransientError,
  },
  { code: 2, meaning: "Graph is down or overloaded", remedy: AGAIN, retry: "yes", class: TransientError },
  { code: 131000, meaning: "something went wrong at Meta", remedy: AGAIN, retry: "yes", class: TransientError },
  { code: 131016, meaning: "the service is unavailable", remedy: AGAIN, retry: "yes", class: TransientError },
  {
    code: 131057,
    meaning: "the account is in maintenance, about a minute",
    remedy: AGAIN,
    retry: "yes",
    class: TransientError,
  },
  {
    code: 133004,
    meaning: "the server is temporarily unavailable",
    remedy: AGAIN,
    retry: "yes",
    class: TransientError,
  },
  {
    code: 368,
    meaning: "the account is blocked for a policy violation",
    remedy: SUPPORT,
    retry: "never",
    class: PermissionError,
  },
  {
    code: 130497,
    meaning: "the account may not be used in this country",
    remedy: SUPPORT,
    retry: "never",
    class: PermissionError,
  },
  {
    code: 131031,
    meaning: "the account is locked, or a value such as the PIN does not match",
    remedy: "Check the PIN, and the account's state in WhatsApp Manager",
    retry: "never",
    class: GraphError,
  },
  {
    code: 131037,
    meaning: "a 555 number needs an approved display name first",
    remedy: "Wait for the approval of the display name",
    retry: "never",
    class: GraphError,
  },
  {
    code: 131042,
    meaning: "the account's payment method is missing or refused",
    remedy: "Set the payment method in WhatsApp Manager",
    retry: "never",
    class: GraphError,
  },
  {
    code: 131059,
    meaning: "the cursor of a list is not valid any more",
    remedy: AGAIN,
    retry: "never",
    class: CursorError,
  },
  {
    code: 131045,
    meaning: "the number's registration is broken",
    remedy: "Deregister the number (Graph: POST /{number id}/deregister), then run pulumi up: it registers it again",
    retry: "never",
    class: GraphError,
  },
  {
    code: 133000,
    meaning: "an earlier deregistration did not finish",
    remedy: "Deregister it once more (Graph: POST /{number id}/deregister), then run pulumi up",
    retry: "never",
    class: GraphError,
  },
  {
    code: 133005,
    meaning: "the two-step PIN does not match",
    remedy: "Declare the number's PIN, or reset it in WhatsApp Manager (Two-step verification), and run again",
    retry: "never",
    class: PinMismatchError,
  },
  {
    code: 133006,
    meaning: "the number must be verified by a code first",
    remedy: 'Declare verification: { method: "SMS", language: "en" } and run again',
    retry: "never",
    class: VerificationNeededError,
  },
  {
    code: 133008,
    meaning: "the PIN was guessed too often",
    remedy: "Wait as long as Graph says, then declare the right PIN",
    retry: "wait",
    class: GraphError,
  },
  {
    code: 133009,
    meaning: "the PIN was guessed too fast",
    remedy: "Wait as long as Graph says, then run again",
    retry: "wait",
    class: GraphError,
  },
  {
    code: 133010,
    meaning: "the number is not registered",
    remedy: "Run pulumi up: it registers the number",
    retry: "never",
    class: NotRegisteredError,
  },
  {
    code: 133015,
    meaning: "the number was deleted a short while ago",
    remedy: "Wait 5 minutes, then run again",
    retry: "wait",
    class: GraphError,
  },
  {
    code: 133016,
    meaning: "ten registrations or deregistrations in 72 hours are used up",
    remedy: "Meta blocks it for 72 hours from now on; nextAction shows until when. Do not try by hand meanwhile",
    retry: "wait",
    class: AttemptsExhaustedError,
  },
  {
    code: 136024,
    subcode: 2388367,
    meaning: "codes were requested too often",
    remedy: "Wait a day, then raise verification.attempt",
    retry: "wait",
    class: CodeNotSentError,
  },
  {
    code: 136024,
    subcode: 2388091,
    meaning: "no code could be sent to this number",
    remedy: "Check that the number takes calls or texts and is on no WhatsApp app; try the other verification.method",
    retry: "wait",
    class: CodeNotSentError,
  },
  {
    code: 136024,
    meaning: "no code was sent",
    remedy: "See what Graph said; a number that is verified needs none",
    retry: "wait",
    class: CodeNotSentError,
  },
  {
    code: 136025,
    meaning: "the code is wrong or too old",
    remedy: "Give the newest code, or raise verification.attempt for another one",
    retry: "never",
    class: CodeRejectedError,
  },
  {
    code: 200000,
    meaning: "the number cannot be added to this account",
    remedy: SUPPORT,
    retry: "never",
    class: GraphError,
  },
  {
    code: 2200,
    through: 2201,
    meaning: "Meta called the webhook's address and did not get its challenge back",
    remedy:
      "The address must answer GET with the value of hub.challenge when hub.verify_token is the declared verifyToken. It is " +
      "tried again by a pulumi up from ten minutes on; an address that is changed is tried at once",
    retry: "never",
    class: CallbackRefusedError,
  },
];

const UNLISTED: Omit<Reason, "code"> = {
  meaning: "a code that Meta does not document here",
  remedy: `Look the code up: ${ERROR_PAGE}`,
  retry: "never",
  class: GraphError,
};

/** The row for a code, by subcode first; undefined for a code that Meta does not document. */
export function reasonFor(code: number, subcode: number | undefined): Reason | undefined {
  return REASONS.find(
    (reason) =>
      code >= reason.code &&
      code <= (reason.through ?? reason.code) &&
      (reason.subcode === undefined || reason.subcode === subcode),
  );
}

/** The error that stands for Graph's refusal of a call. What Graph calls transient, or answers unknown codes and 5xx with, is that. */
export function refusal(call: Call, answer: GraphAnswer): GraphError {
  const listed = reasonFor(answer.code, answer.subcode);
  const reason = listed ?? { code: answer.code, ...UNLISTED };
  const failed = listed === undefined && answer.httpStatus >= 500;
  if (failed) return new TransientError(call, answer, { ...reason, retry: "yes" });
  if (answer.isTransient && reason.retry === "never") return new TransientError(call, answer, reason);
  return new reason.class(call, answer, reason);
}
