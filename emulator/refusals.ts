/**
 * Everything Graph refuses with, one function a reason. Operations throw them, rules return them; `envelope` is the
 * one place that renders the wire form. The wording of messages is ours: clients must go by code and subcode.
 */
import type { JsonObject } from "./json.ts";

interface RefusalFacts {
  readonly status: number;
  readonly code: number;
  readonly message: string;
  readonly type?: string;
  readonly subcode?: number;
  readonly title?: string;
  readonly userMessage?: string;
  /** Cloud API refusals carry an object with details. */
  readonly details?: string;
}

export class GraphRefusal extends Error {
  readonly facts: RefusalFacts;

  constructor(facts: RefusalFacts) {
    super(facts.message);
    this.name = "GraphRefusal";
    this.facts = facts;
  }
}

export function envelope(refusal: GraphRefusal, traceId: string): JsonObject {
  const { message, type = "OAuthException", code, subcode, title, userMessage, details } = refusal.facts;
  return {
    error: {
      message,
      type,
      code,
      error_subcode: subcode,
      is_transient: subcode === undefined ? undefined : false,
      error_user_title: title,
      error_user_msg: userMessage,
      error_data: details === undefined ? undefined : { messaging_product: "whatsapp", details },
      fbtrace_id: traceId,
    },
  };
}

/** Request text that ends up in a message is cut, so that an answer stays small. */
const ECHO_CHARACTERS_MAX = 100;

function echo(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? String(value));
  return text.length > ECHO_CHARACTERS_MAX ? `${text.slice(0, ECHO_CHARACTERS_MAX)}...` : text;
}

function badRequest(code: number, message: string, more: Partial<RefusalFacts> = {}): GraphRefusal {
  return new GraphRefusal({ status: 400, code, message: `(#${code}) ${message}`, ...more });
}

/** Management refusals have a subcode, texts for people, and no code in front of the message (seen live). */
function managed(
  code: number,
  subcode: number | undefined,
  message: string,
  title: string,
  userMessage: string,
): GraphRefusal {
  return new GraphRefusal({
    status: 400,
    code,
    message,
    title,
    userMessage,
    ...(subcode === undefined ? {} : { subcode }),
  });
}

/** The request itself. */
export const missingParam = (name: string) => badRequest(100, `The parameter ${name} is required.`);
export const invalidParam = (name: string, rule: string, value: unknown) =>
  badRequest(100, `Param ${name} ${rule} - got ${echo(value)}`);
export const invalidBody = (reason: string) => badRequest(100, `Invalid request body: ${reason}`);
export const nothingToDo = () => badRequest(100, "The request has no parameter that this node can update.");
export const unknownField = (field: string, nodeType: string) =>
  badRequest(100, `Tried accessing nonexisting field (${echo(field)}) on node type (${nodeType})`);
export const noSubfields = (field: string) => badRequest(100, `Subfields are not supported by ${field}`);
/** K: general Graph behaviour for a `fields` it cannot read. */
export const fieldsSyntax = (reason: string) =>
  new GraphRefusal({ status: 400, code: 2500, message: `Syntax error in fields: ${reason}` });
/** I: documented for message templates since v24. */
export const badCursor = () => badRequest(131059, "The paging cursor is not valid. Start again without a cursor.");

/**
 * Code 3 lets a client that retries on 5xx give up at once; the status and the message say that it is the emulator
 * speaking, not Meta.
 */
export const notEmulated = (what: string) =>
  new GraphRefusal({
    status: 501,
    code: 3,
    type: "EmulatorNotImplemented",
    message: `${what} is not emulated: this is a local stand-in for the Graph API, and it does not know what Meta would answer here.`,
  });

/** Tokens and access. */
export const missingToken = () =>
  new GraphRefusal({ status: 401, code: 104, message: "An access token is required to request this resource." });
export const invalidToken = (subcode?: number) =>
  new GraphRefusal({
    status: 401,
    code: 190,
    message: "Error validating access token: it is malformed, expired, revoked or unknown.",
    ...(subcode === undefined ? {} : { subcode }),
  });
/** One refusal for a missing object and for one that the token may not see: Graph does not tell them apart. */
export const noSuchObject = (method: string, id: string) =>
  new GraphRefusal({
    status: 400,
    code: 100,
    subcode: 33,
    type: "GraphMethodException",
    message: `Unsupported ${method.toLowerCase()} request. Object with ID '${echo(id)}' does not exist, cannot be loaded due to missing permissions, or does not support this operation. Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api`,
  });

/** Adding a number. I for code 100 around the documented subcodes. */
export const alreadyListed = () =>
  managed(
    100,
    2388012,
    "Invalid parameter",
    "Phone number already added",
    "This phone number is already in your list of phone numbers.",
  );
export const registeredElsewhere = () =>
  managed(
    100,
    2388001,
    "Invalid parameter",
    "Cannot create certificate",
    "This phone number is registered to an existing WhatsApp account. Disconnect it there first.",
  );
export const recentlyDeleted = () =>
  badRequest(133015, "Recently deleted phone number", {
    details: "The phone number was deleted a moment ago. Wait 5 minutes before adding it again.",
  });

/** Verification. */
export const alreadyVerified = () =>
  managed(136024, undefined, "Request code error", "Already verified", "This phone number is already verified.");
export const codeRequestedTooOften = () =>
  managed(136024, 2388367, "Request code error", "Too many codes", "A code was requested too many times. Wait.");
export const codeNotAvailable = () =>
  managed(136024, 2388091, "Request code error", "Could not send the code", "Wait 1 hour, then try again.");
export const wrongCode = () =>
  managed(136025, 2388093, "Verify code error", "Code not verified", "The code is wrong or has expired.");
export const tooManyWrongCodes = () =>
  managed(136025, 2388093, "Verify code error", "Too many guesses", "Wrong codes too many times. Wait 12 hours.");

/** Registration. */
export const onBusinessApp = () =>
  new GraphRefusal({
    status: 400,
    code: 100,
    message: "Register endpoint is not available for SMB businesses.",
  });
/** I: what these two answer for a number on the app was never published. */
export const deregisterOnBusinessApp = () =>
  badRequest(100, "Deregister endpoint is not available for SMB businesses.");
export const pinOnBusinessApp = () => badRequest(100, "The two-step PIN cannot be set for SMB businesses.");
export const accountLocked = () =>
  new GraphRefusal({
    status: 403,
    code: 131031,
    message: "(#131031) Business account has been locked",
    details: "The account has been restricted or disabled for violating a platform policy.",
  });
export const pinMismatch = () =>
  badRequest(133005, "Two step verification PIN mismatch", { details: "The PIN is not the one that was set." });
export const pinGuessedTooOften = () =>
  badRequest(133008, "Too many two step verification PIN guesses", { details: "Wait 12 hours before trying again." });
export const needsVerification = () =>
  badRequest(133006, "Phone number re-verification needed", {
    details: "Verify the number with a code before registering it.",
  });
export const nameNotProvisioned = () =>
  managed(
    100,
    2388001,
    "Invalid parameter",
    "Cannot Create Certificate",
    "Your display name could not be processed. Please edit your display name and try again.",
  );
export const notRegistered = () =>
  badRequest(133010, "Account not registered", { details: "The phone number is not registered with the Cloud API." });
export const tooManyCalls = (call: "register" | "deregister", until: string) =>
  badRequest(133016, `Account ${call} rate limit exceeded`, {
    details: `Too many ${call} calls for this phone number. It is blocked until ${until}.`,
  });
export const regionIsFixed = () =>
  badRequest(100, "data_localization_region cannot be changed while the number is registered.");

/** The display name. I: Meta documents both subcodes as "cannot edit verified name"; which reason has which is open. */
export const nameChangeInFlight = () =>
  managed(100, 2388009, "Invalid parameter", "Cannot edit name", "Another display name is in review.");
export const tooManyNameChanges = () =>
  managed(100, 2388010, "Invalid parameter", "Cannot edit name", "The name was changed 10 times in 30 days.");
