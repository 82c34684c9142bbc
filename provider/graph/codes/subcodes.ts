/**
 * Subcodes that say more than their code. Most are documented without the code they come under, so they count under any,
 * and as a code. Sources: Meta's tables for embedded signup and for moving numbers, and answers that were seen.
 */
import {
  AccessTokenError,
  AlreadyOnAccountError,
  CodeNotSentError,
  CodeRejectedError,
  GraphError,
  NameChangesExhaustedError,
  NotFoundError,
  NotRegisteredError,
  PermissionError,
  type Reason,
  TransientError,
} from "../errors.ts";
import { A_MINUTE, GRANT, NEW_TOKEN, PAGES, rows } from "./row.ts";

const ANOTHER_CODE =
  "Give the newest code: npx waba code verify {number}, or verification.code. For another one raise verification.attempt";

export const SUBCODES: readonly Reason[] = [
  ...rows({ retry: "never", class: AccessTokenError, page: PAGES.graph, remedy: NEW_TOKEN }, [
    [{ code: 190, subcode: 458 }, "the person or system user of the token took the app off"],
    [{ code: 190, subcode: 460 }, "the password behind the access token was changed"],
    [{ code: 190, subcode: 463 }, "the access token is expired"],
    [{ code: 190, subcode: 467 }, "the access token is not valid"],
  ]),
  ...rows({ retry: "never", class: PermissionError, page: PAGES.graph, remedy: GRANT }, [
    [{ subcode: 1349174 }, "a permission is missing"],
    [{ subcode: 1349175 }, "a permission is missing"],
    [{ subcode: 1349176 }, "a permission is missing"],
    [{ subcode: 2388185 }, "the token may not make message templates"],
  ]),
  ...rows({ retry: "never", class: NotFoundError, page: PAGES.graph }, [
    [
      { code: 100, subcode: 33 },
      "no such object, or the token may not see it",
      `Check the id and the account. If they are right: ${GRANT}`,
    ],
  ]),
  ...rows({ retry: "never", class: GraphError, page: PAGES.signup }, [
    [
      { subcode: 2388001 },
      "no certificate can be made: the display name is not provisioned, the number is not verified, or it is still on an app",
      "Wait until nameStatus is APPROVED or AVAILABLE_WITHOUT_REVIEW (1 to 3 days), and disconnect the number from the app",
    ],
    [
      { subcode: 2388009 },
      "the display name cannot be changed",
      "Declare a displayName that follows Meta's guidelines; while another one is in review, wait for it",
    ],
    [
      { subcode: 2388098 },
      "a business that is not verified may have only a few WhatsApp accounts",
      "Have the business verified in Meta Business Suite (Security Center), or use an account that it has",
    ],
    [
      { subcode: 2494067 },
      "the business has as many WhatsApp accounts as it may have",
      "Use an account that it has, or ask Meta's support for more",
    ],
    [
      { subcode: 2388103 },
      "the number cannot be moved",
      "Meta wants: its name approved, two-step verification off, both accounts approved and of one business, a payment " +
        "method and a subscribed app on the new one",
    ],
  ]),
  ...rows({ retry: "wait", class: NameChangesExhaustedError, page: PAGES.signup }, [
    [
      { subcode: 2388010 },
      "the display name cannot be changed; as far as we know, Meta's ten changes of 30 days are used up",
      "It is asked for again by a pulumi up from four days on, another displayName at once. Which names were asked for, " +
        "WhatsApp Manager shows",
    ],
  ]),
  ...rows({ retry: "never", class: AlreadyOnAccountError, page: PAGES.signup }, [
    [
      { subcode: 2388012 },
      "the number is already on this account",
      'Run again: it is then found in the list and adopted (unless adopt is "never")',
    ],
  ]),
  ...rows({ retry: "wait", class: GraphError, page: PAGES.signup }, [
    [
      { subcode: 2388002 },
      "Meta could not check whether the number may be used",
      "Run again in a few minutes; if it stays, check that no other provider or app has the number",
    ],
  ]),
  ...rows({ retry: "wait", class: CodeNotSentError, page: PAGES.signup }, [
    [
      { subcode: 2388091 },
      "no code could be sent to this number",
      "Check that the number takes calls or texts and is on no WhatsApp app; try the other verification.method. Meta speaks " +
        "of an hour, and it has lasted more than a day",
    ],
    [
      { subcode: 2388367 },
      "codes were requested too often",
      "Wait a day, then raise verification.attempt or run npx waba code request {number}",
    ],
    [
      { subcode: 2494158 },
      "codes were requested too often",
      "Wait a day, then raise verification.attempt or run npx waba code request {number}",
    ],
    [
      { subcode: 2593037 },
      "the code could not be requested",
      "Wait an hour, then raise verification.attempt or run npx waba code request {number}",
    ],
  ]),
  ...rows({ retry: "never", class: CodeRejectedError, page: PAGES.signup }, [
    [
      { subcode: 2388093 },
      "the code is wrong or too old",
      `${ANOTHER_CODE}. After too many wrong ones Meta takes none for 12 hours`,
    ],
    [{ subcode: 2593039 }, "the code could not be verified", ANOTHER_CODE],
  ]),
  ...rows({ retry: "never", class: NotRegisteredError, page: PAGES.registration }, [
    [{ subcode: 2207051 }, "the number is not registered", "Run pulumi up: it registers the number"],
  ]),
  ...rows({ retry: "yes", class: TransientError, page: PAGES.codes, remedy: A_MINUTE }, [
    [{ subcode: 2494100 }, "the number is in maintenance for more throughput, about a minute"],
  ]),
];
