/** Codes, where no subcode says more. Source: Meta's page "Cloud API error codes" and the reference pages of the edges. */
import {
  AccessTokenError,
  AppThrottledError,
  AttemptsExhaustedError,
  CallbackRefusedError,
  CodeNotSentError,
  CodeRejectedError,
  CursorError,
  GraphError,
  IncompleteDeregistrationError,
  InvalidParameterError,
  NotFoundError,
  NotRegisteredError,
  PermissionError,
  PinMismatchError,
  type Reason,
  ThrottledError,
  TransientError,
  VerificationNeededError,
} from "../errors.ts";
import { A_MINUTE, AN_HOUR, GRANT, MORE_NUMBERS, NEW_TOKEN, PAGES, rows, SUPPORT } from "./row.ts";

const ACCESS: readonly Reason[] = [
  ...rows({ retry: "never", class: AccessTokenError, page: PAGES.graph, remedy: NEW_TOKEN }, [
    [0, "the app's user could not be authenticated"],
    [102, "the session of the token is not valid"],
    [104, "the request carries no token, or its signature is wrong"],
    [190, "the access token is expired or not valid"],
  ]),
  ...rows({ retry: "never", class: PermissionError, page: PAGES.graph, remedy: GRANT }, [
    [3, "the app lacks a capability or a permission"],
    [10, "a permission is missing"],
    [{ code: 200, through: 299 }, "a permission is missing"],
    [131005, "access denied"],
  ]),
  ...rows({ retry: "never", class: PermissionError, page: PAGES.codes, remedy: SUPPORT }, [
    [368, "the account is blocked for a violation of Meta's policies"],
    [130497, "the account may not be used in this country"],
  ]),
];

const REQUESTS: readonly Reason[] = [
  ...rows({ retry: "never", class: NotFoundError, page: PAGES.codes }, [
    [
      33,
      "the number was deleted",
      "Check the id in WhatsApp Manager; a deleted number can be added again after 5 minutes",
    ],
    [803, "no such object", "Check the id and the account: both are digits alone"],
  ]),
  ...rows({ retry: "never", class: InvalidParameterError, page: PAGES.codes }, [
    [
      { code: 100, kind: "add" },
      "a parameter is not valid, or the business has as many numbers as it may have",
      `See what Graph said. ${MORE_NUMBERS}`,
    ],
    [
      { code: 100, kind: "register" },
      "the number cannot be registered as it is, or the business has as many registered numbers as it may have",
      `See what Graph said; of a number that lives on the WhatsApp Business app it refuses most calls in this way. ${MORE_NUMBERS}`,
    ],
    [
      100,
      "a parameter is not valid, or not allowed in the number's state",
      "See what Graph said; of a number that lives on the WhatsApp Business app it refuses most calls in this way",
    ],
    [131008, "a parameter is missing", SUPPORT],
    [131009, "the value of a parameter is not valid", "Correct the value that Graph names"],
  ]),
  ...rows({ retry: "never", class: GraphError, page: PAGES.graph }, [
    [300, "Graph refused the change", SUPPORT],
    [2500, "Graph does not know the address of the call", "Check waba:apiVersion, and look for a newer pulumi-waba"],
    [2635, "this version of Graph is at its end", "Set a newer waba:apiVersion"],
  ]),
  ...rows({ retry: "never", class: CursorError, page: PAGES.codes, remedy: A_MINUTE }, [
    [131059, "the cursor of a list is not valid any more"],
  ]),
];

const LIMITS: readonly Reason[] = [
  ...rows({ retry: "wait", class: AppThrottledError, page: PAGES.limits, remedy: AN_HOUR }, [
    [4, "the app's calls of this hour are used up"],
    [17, "the user's calls of this hour are used up"],
  ]),
  ...rows({ retry: "wait", class: ThrottledError, page: PAGES.limits, remedy: AN_HOUR }, [
    [613, "a limit of this call is used up"],
    [80007, "the account's calls of this hour are used up"],
    [80008, "the account's calls of this hour are used up"],
  ]),
  ...rows({ retry: "yes", class: TransientError, page: PAGES.codes, remedy: A_MINUTE }, [
    [1, "Graph failed, or could not read the request"],
    [2, "Graph is down or overloaded"],
    [131000, "something went wrong at Meta"],
    [131016, "the service is unavailable"],
    [131057, "the account is in maintenance, about a minute"],
    [133004, "the server is temporarily unavailable"],
  ]),
];

const NUMBERS: readonly Reason[] = [
  ...rows({ retry: "never", class: GraphError, page: PAGES.codes }, [
    [
      131031,
      "the account is locked, or a value such as the PIN does not match",
      "Check the PIN, and the account's state in WhatsApp Manager",
    ],
    [131037, "a 555 number needs an approved display name first", "Wait for the approval of the display name"],
    [
      131042,
      "the account's payment method is missing or refused",
      "Set the payment method in WhatsApp Manager (Payment settings)",
    ],
    [
      131045,
      "the number's registration is broken",
      "Deregister the number (Graph: POST /{number id}/deregister), then run pulumi up: it registers it again",
    ],
    [134011, "Meta's terms of payment are not accepted", "Accept them in WhatsApp Manager"],
    [137000, "the customer's identity key does not match", "Concerns messages alone: check the key of the customer"],
    [
      { code: 138000, through: 138_999 },
      "calling is not set up, or not allowed, for this number",
      "See the number's call settings in WhatsApp Manager; calling needs a messaging limit of at least 2,000",
    ],
    [
      200_000,
      "the number cannot be added to this account",
      `See what Graph said, and the account's state in WhatsApp Manager. ${MORE_NUMBERS}`,
    ],
  ]),
  ...rows({ retry: "wait", class: GraphError, page: PAGES.codes }, [
    [133015, "the number was deleted a short while ago", "Wait 5 minutes, then run again"],
  ]),
  ...rows({ retry: "never", class: IncompleteDeregistrationError, page: PAGES.registration }, [
    [
      133000,
      "an earlier deregistration did not finish",
      "Deregister it once more (Graph: POST /{number id}/deregister), then run pulumi up",
    ],
  ]),
  ...rows({ retry: "never", class: NotRegisteredError, page: PAGES.registration }, [
    [133010, "the number is not registered", "Run pulumi up: it registers the number"],
  ]),
  ...rows({ retry: "wait", class: AttemptsExhaustedError, page: PAGES.registration }, [
    [
      133016,
      "ten registrations or deregistrations in 72 hours are used up",
      "Meta blocks it for 72 hours from now on; nextAction shows until when. Do not try by hand meanwhile",
    ],
  ]),
  ...rows({ retry: "never", class: VerificationNeededError, page: PAGES.registration }, [
    [
      133006,
      "the number must be verified by a code first",
      'Declare verification: { method: "SMS", language: "en" } and run again',
    ],
  ]),
  ...rows({ retry: "never", class: PinMismatchError, page: PAGES.pins }, [
    [
      133005,
      "the two-step PIN does not match",
      "Declare the number's PIN, or reset it in WhatsApp Manager (Two-step verification), and run again",
    ],
  ]),
  ...rows({ retry: "wait", class: GraphError, page: PAGES.pins }, [
    [
      133008,
      "the PIN was guessed too often",
      "Wait as long as Graph says above (hours; where it names no time, 12), and declare the right PIN before the next run: " +
        "each try counts among the ten in 72 hours",
    ],
    [
      133009,
      "the PIN was tried too soon after a wrong one",
      "Wait as long as Graph says above (where it names no time, an hour), then run again: each try counts among the ten in " +
        "72 hours",
    ],
  ]),
  ...rows({ retry: "wait", class: CodeNotSentError, page: PAGES.numbers }, [
    [136024, "no code was sent", "See what Graph said, and wait an hour; a number that is verified needs none"],
  ]),
  ...rows({ retry: "never", class: CodeRejectedError, page: PAGES.numbers }, [
    [
      136025,
      "the code is wrong or too old",
      "Give the newest code: npx waba code verify {number}, or verification.code. For another one raise verification.attempt",
    ],
  ]),
  ...rows({ retry: "never", class: CallbackRefusedError, page: PAGES.graph }, [
    [
      { code: 2200, through: 2201 },
      "Meta called the webhook's address and did not get its challenge back",
      "The address must answer GET with the value of hub.challenge when hub.verify_token is the declared verifyToken. It is " +
        "tried again by a pulumi up from ten minutes on; another address or verifyToken is tried at once",
    ],
  ]),
];

export const CODES: readonly Reason[] = [...ACCESS, ...REQUESTS, ...LIMITS, ...NUMBERS];
