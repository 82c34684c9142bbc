import { expect, test } from "vitest";
import { type Intent, nextActionOf, phaseOf } from "../../../provider/lifecycle/phase.ts";
import { PHASES, type Phase } from "../../../provider/lifecycle/phases.ts";
import type { State } from "../../../provider/schemas/phone-number-state.ts";
import {
  CODE_VERIFICATION_STATUSES,
  NAME_STATUSES,
  NUMBER_STATUSES,
  PLATFORM_TYPES,
} from "../../../provider/schemas/words.ts";
import { ago, NOW, registered, unregistered } from "../../support/states.ts";

const ALL: Intent = { register: true, hasPin: true };
const CLIENT = { onPremises: true };
const CLIENTS = { platformType: "ON_PREMISE" };
const tenAttempts = { register: Array.from({ length: 10 }, (_, hour) => ago({ hours: hour + 1 })), deregister: [] };

const TABLE: [string, Phase, State, Partial<Intent>?][] = [
  ["a working number", "registered", registered()],
  [
    "a working number with an expired code",
    "registered",
    registered({ observed: { codeVerificationStatus: "EXPIRED" } }),
  ],
  ["a flagged number, which works", "registered", registered({ observed: { status: "FLAGGED" } })],
  ["a restricted number, which works", "registered", registered({ observed: { status: "RESTRICTED" } })],
  ["a banned number", "blocked", registered({ observed: { status: "BANNED" } })],
  ["a number that moved away", "migrated", registered({ observed: { status: "MIGRATED" } })],
  ["a deleted number that is still shown", "unknown", registered({ observed: { status: "DELETED" } })],
  ["a status that Meta added since", "unknown", registered({ observed: { status: "SLEEPING" } })],
  ["a platform that Meta added since", "unknown", registered({ observed: { platformType: "MARS" } })],
  ["a number whose platform is not shown", "unknown", registered({ observed: { platformType: undefined } as never })],
  [
    "a number on the app",
    "on-phone",
    unregistered({ observed: { platformType: "ON_PREMISE", status: "DISCONNECTED" } }),
  ],
  ["a number on the app by its flag", "on-phone", unregistered({ observed: { isOnBizApp: true } })],
  ["a number on app and Cloud API", "coexistence", registered({ observed: { isOnBizApp: true } })],
  ["a banned number on the app", "blocked", registered({ observed: { isOnBizApp: true, status: "BANNED" } })],
  [
    "a number whose new name is in review",
    "name-in-review",
    registered({ observed: { newNameStatus: "PENDING_REVIEW" } }),
  ],
  ["a number whose new name was declined", "name-declined", registered({ observed: { newNameStatus: "DECLINED" } })],
  ["a number whose new name expired", "name-expired", registered({ observed: { newNameStatus: "EXPIRED" } })],
  [
    "a number whose new name was approved",
    "re-register-due",
    registered({ observed: { newNameStatus: "APPROVED", newDisplayName: "Lucky Shrub" } }),
  ],
  [
    "an approved name, seen by the name alone",
    "re-register-due",
    registered({ observed: { verifiedName: "Lucky Shrub" } }),
  ],
  [
    "an approved name, seen by the certificate alone",
    "re-register-due",
    registered({ observed: { newCertificate: "c" } }),
  ],
  ["an approved name without a PIN", "needs-pin", registered({ observed: { newCertificate: "c" } }), { hasPin: false }],
  [
    "an approved name that nobody wants registered",
    "registered",
    registered({ observed: { newCertificate: "c" } }),
    { register: false },
  ],
  [
    "an approved name with no attempt left",
    "attempts-exhausted",
    registered({ observed: { newCertificate: "c" }, ledger: { attempts: tenAttempts } }),
  ],
  [
    "a number that was never verified",
    "needs-verification",
    unregistered({ observed: { codeVerificationStatus: "NOT_VERIFIED" } }),
  ],
  [
    "a new number whose code is too old",
    "needs-verification",
    unregistered({ observed: { codeVerificationStatus: "EXPIRED" } }),
  ],
  [
    "a number to which a code was sent",
    "code-sent",
    unregistered({
      observed: { codeVerificationStatus: "NOT_VERIFIED" },
      ledger: { codeRequestedAt: ago({ minutes: 5 }) },
    }),
  ],
  [
    "a number whose code was refused",
    "code-rejected",
    unregistered({
      observed: { codeVerificationStatus: "NOT_VERIFIED" },
      ledger: { codeRequestedAt: ago({ minutes: 5 }), codeTried: "s:h", codeTriedAt: ago({ minutes: 1 }) },
    }),
  ],
  [
    "a number to which another code was sent after a refused one",
    "code-sent",
    unregistered({
      observed: { codeVerificationStatus: "NOT_VERIFIED" },
      ledger: { codeTried: "s:h", codeRequestedAt: ago({ minutes: 1 }) },
    }),
  ],
  ["a verified number that nobody wants registered", "verified", unregistered(), { register: false }],
  ["a verified number without a PIN", "needs-pin", unregistered(), { hasPin: false }],
  ["a verified number with a PIN", "ready-to-register", unregistered()],
  ["a verified number with no attempt left", "attempts-exhausted", unregistered({ ledger: { attempts: tenAttempts } })],
  ["a first name in review", "name-not-provisioned", unregistered({ observed: { nameStatus: "PENDING_REVIEW" } })],
  ["a first name that was declined", "name-declined", unregistered({ observed: { nameStatus: "DECLINED" } })],
  ["a first name that expired", "name-expired", unregistered({ observed: { nameStatus: "EXPIRED" } })],
  [
    "a first name that was declined, while another one is in review",
    "name-in-review",
    unregistered({ observed: { nameStatus: "DECLINED", newNameStatus: "PENDING_REVIEW" } }),
  ],
  [
    "a first name that was declined, after a request of which Graph shows nothing yet",
    "name-in-review",
    unregistered({
      observed: { nameStatus: "DECLINED" },
      ledger: { nameRequests: [{ name: "Lucky Shrub", at: ago({ days: 1 }) }] },
    }),
  ],
  [
    "a first name that expired, while another one is in review",
    "name-in-review",
    unregistered({ observed: { nameStatus: "EXPIRED", newNameStatus: "PENDING_REVIEW" } }),
  ],
  [
    "a first name that expired, when another one was declined",
    "name-declined",
    unregistered({ observed: { nameStatus: "EXPIRED", newNameStatus: "DECLINED" } }),
  ],
  [
    "a first name that was declined, when another one expired",
    "name-expired",
    unregistered({ observed: { nameStatus: "DECLINED", newNameStatus: "EXPIRED" } }),
  ],
  [
    "a first name that was declined, when another one was approved",
    "ready-to-register",
    unregistered({ observed: { nameStatus: "DECLINED", newNameStatus: "APPROVED", newDisplayName: "Lucky Shrub" } }),
  ],
  [
    "a first name in review, and another one that was asked for",
    "name-not-provisioned",
    unregistered({ observed: { nameStatus: "PENDING_REVIEW", newNameStatus: "PENDING_REVIEW" } }),
  ],
  [
    "a registration that was lost",
    "deregistered",
    registered({ observed: { status: "DISCONNECTED", platformType: "NOT_APPLICABLE" } }),
  ],
  [
    "a registration that was lost, with an old code",
    "deregistered",
    registered({ observed: { status: "PENDING", platformType: "NOT_APPLICABLE", codeVerificationStatus: "EXPIRED" } }),
  ],
  [
    "a registration that was lost again",
    "contested",
    registered({
      observed: { status: "PENDING", platformType: "NOT_APPLICABLE" },
      ledger: { restoredAt: ago({ hours: 71 }) },
    }),
  ],
  [
    "a registration that was lost again after 72 hours",
    "deregistered",
    registered({
      observed: { status: "PENDING", platformType: "NOT_APPLICABLE" },
      ledger: { restoredAt: ago({ hours: 73 }) },
    }),
  ],
  [
    "CONNECTED without a platform, which was seen once",
    "deregistered",
    registered({ observed: { platformType: "NOT_APPLICABLE" } }),
  ],
  [
    "a registration that we took back ourselves within 72 hours of a restoration",
    "deregistered",
    registered({
      observed: { status: "DISCONNECTED", platformType: "NOT_APPLICABLE" },
      ledger: { restoredAt: ago({ hours: 1 }), deregisteredAt: ago({ minutes: 1 }) },
    }),
  ],
  ["14 days after embedded signup", "signup-expired", unregistered(), { signupFinishedAt: ago({ days: 14 }) }],
  ["just before", "ready-to-register", unregistered(), { signupFinishedAt: ago({ days: 13, hours: 23, minutes: 59 }) }],
  ["a registered number", "registered", registered(), { signupFinishedAt: ago({ days: 20 }) }],
  [
    "a number that was registered once",
    "deregistered",
    registered({ observed: { status: "PENDING", platformType: "NOT_APPLICABLE" } }),
    { signupFinishedAt: ago({ days: 20 }) },
  ],
  ["a client's number that is not declared so", "other-platform", registered({ observed: CLIENTS })],
  ["the Cloud API's number with a client declared", "other-platform", registered(), CLIENT],
  ["a client's number", "registered", registered({ observed: CLIENTS }), CLIENT],
  ["a client's number on the app", "coexistence", registered({ observed: { isOnBizApp: true } }), CLIENT],
  [
    "one that its client lost, or on the app",
    "on-phone",
    registered({ observed: { ...CLIENTS, status: "DISCONNECTED" } }),
    CLIENT,
  ],
  [
    "a client's number of which too little is shown",
    "unknown",
    registered({ observed: { ...CLIENTS, status: "PENDING" } }),
    CLIENT,
  ],
  ["a client without a certificate", "needs-certificate", unregistered(), CLIENT],
  [
    "a client with one",
    "ready-to-register",
    unregistered({ observed: { certificate: "c" } }),
    { ...CLIENT, hasPin: false },
  ],
  [
    "a client that needs the PIN",
    "needs-pin",
    unregistered({ observed: { certificate: "c", isPinEnabled: true } }),
    { ...CLIENT, hasPin: false },
  ],
  [
    "a client that sends its code itself",
    "ready-to-register",
    unregistered({ observed: { certificate: "c", codeVerificationStatus: "NOT_VERIFIED" } }),
    CLIENT,
  ],
  ["a client that waits for its code", "code-sent", unregistered({ ledger: { clientAskedAt: ago({}) } }), CLIENT],
  [
    "a client that refused its code",
    "code-rejected",
    unregistered({ ledger: { clientAskedAt: ago({}), codeTriedAt: ago({}) } }),
    CLIENT,
  ],
  [
    "a new name without its certificate",
    "needs-certificate",
    registered({ observed: { ...CLIENTS, newNameStatus: "APPROVED", newDisplayName: "New", certificate: "c" } }),
    CLIENT,
  ],
  [
    "a new name with it",
    "re-register-due",
    registered({ observed: { ...CLIENTS, newNameStatus: "APPROVED", newDisplayName: "New", newCertificate: "c" } }),
    CLIENT,
  ],
  ["register: false", "verified", unregistered(), { register: false, signupFinishedAt: ago({ days: 20 }) }],
];

test.each(TABLE)("%s is %s", (_what, phase, state, intent = {}) => {
  expect(phaseOf(NOW, state, { ...ALL, ...intent })).toBe(phase);
});

test("every phase stands in the table", () => {
  expect(new Set(TABLE.map(([, phase]) => phase))).toEqual(new Set(Object.keys(PHASES)));
});

const MADE: [typeof registered, Intent][] = [
  [registered, ALL],
  [registered, { register: false, hasPin: false }],
  [unregistered, ALL],
  [registered, { ...ALL, ...CLIENT }],
];

test("every mixture of Meta's values has a phase, and one with an unlisted value is unknown", () => {
  const or = <T extends string>(values: readonly T[]) => [...values, "SOMETHING_NEW", undefined];
  let seen = 0;
  for (const status of or(NUMBER_STATUSES))
    for (const platformType of or(PLATFORM_TYPES))
      for (const codeVerificationStatus of or(CODE_VERIFICATION_STATUSES))
        for (const nameStatus of or(NAME_STATUSES))
          for (const newNameStatus of or(NAME_STATUSES))
            for (const isOnBizApp of [true, false])
              for (const [make, intent] of MADE) {
                const values = { status, platformType, codeVerificationStatus, nameStatus, newNameStatus };
                const state = make({ observed: { ...values, isOnBizApp } as State["observed"] });
                const phase = phaseOf(NOW, state, intent);
                seen += 1;
                if (newNameStatus === "PENDING_REVIEW" && (phase === "name-declined" || phase === "name-expired"))
                  expect.fail(`${phase} hides a review: ${JSON.stringify(values)}`);
                if (!(phase in PHASES)) expect.fail(`no phase for ${JSON.stringify(values)}`);
                if (Object.values(values).includes("SOMETHING_NEW") !== (phase === "unknown")) {
                  const plain = status !== "DELETED" && status !== "UNKNOWN" && platformType !== "ON_PREMISE";
                  if (phase !== "unknown" || (plain && platformType !== undefined))
                    expect.fail(`${phase}: ${JSON.stringify(values)}`);
                }
              }
  expect(seen).toBe(13 * 5 * 5 * 9 * 9 * 2 * MADE.length);
});

test("an exhausted budget says when the next attempt is allowed", () => {
  const state = unregistered({ ledger: { attempts: tenAttempts } });
  expect(nextActionOf(NOW, state, "attempts-exhausted")).toContain(ago({ hours: 10 - 72 }));
});
