import { expect, test } from "vitest";
import { explain, explanation } from "../../../provider/explain/explanation.ts";
import type { Subject } from "../../../provider/explain/subject.ts";
import { textOf } from "../../../provider/explain/text.ts";
import { type Intent, nextActionOf, phaseOf } from "../../../provider/lifecycle/phase.ts";
import { PHASES } from "../../../provider/lifecycle/phases.ts";
import type { State } from "../../../provider/schemas/phone-number-state.ts";
import { ago, NOW, registered, unregistered } from "../../support/states.ts";

function subject(state: State, wanted: Partial<Intent> = {}, resource: string | null = "cake"): Subject {
  const intent = { register: true, hasPin: true, ...wanted };
  const managed = resource === null ? undefined : { resource };
  return { state, intent, phase: phaseOf(NOW, state, intent), wabaId: state.echo.wabaId, managed };
}

const nine = Array.from({ length: 9 }, (_, hour) => ago({ hours: hour + 1 }));

test("phase, meaning and next action are the provider's own, word for word", () => {
  const state = registered({ observed: { newNameStatus: "APPROVED", newDisplayName: "Lucky Shrub" } });
  const it = explain(NOW, subject(state));
  expect(it).toMatchObject({
    schemaVersion: 1,
    phase: "re-register-due",
    meaning: PHASES["re-register-due"].meaning,
    nextAction: nextActionOf(NOW, state, "re-register-due"),
    name: { inUse: "John's Cake Shop", requested: "Lucky Shrub", requestedStatus: "APPROVED" },
  });
  expect(explanation.parse(it)).toEqual(it);
});

test("what is left of Meta's budgets is counted from the ledger, with the time when the oldest falls out", () => {
  const nameRequests = [{ name: "Lucky Shrub", at: ago({ days: 29 }) }];
  const attempts = { register: nine, deregister: [ago({ hours: 73 })] };
  expect(explain(NOW, subject(registered({ ledger: { attempts, nameRequests } }))).budgets).toEqual({
    register: { used: 9, left: 1, of: 10, hours: 72, oldestFallsOutAt: ago({ hours: 9 - 72 }) },
    deregister: { used: 0, left: 10, of: 10, hours: 72, oldestFallsOutAt: undefined },
    names: { used: 1, left: 9, of: 10, hours: 720, oldestFallsOutAt: ago({ days: -1 }) },
  });
});

test.each<[string, Subject, { at: string; certainty: string }[]]>([
  [
    "a declared signup",
    subject(unregistered({ echo: { embeddedSignupFinishedAt: ago({ days: 13 }) } }), {
      signupFinishedAt: ago({ days: 13 }),
    }),
    [{ at: ago({ days: -1 }), certainty: "exact" }],
  ],
  [
    "a signup that nobody declared: 14 days after the number was first seen at the latest",
    subject(unregistered({ ledger: { firstSeenAt: ago({ days: 4 }) } })),
    [{ at: ago({ days: -10 }), certainty: "atTheLatest" }],
  ],
  [
    "an approved name: 14 days after it was last seen in review at the earliest",
    subject(
      registered({
        observed: { newNameStatus: "APPROVED", newDisplayName: "Lucky Shrub" },
        ledger: { nameReviewLastSeenAt: ago({ days: 3 }) },
      }),
    ),
    [{ at: ago({ days: -11 }), certainty: "atTheEarliest" }],
  ],
  [
    "a registration that was lost twice",
    subject(
      registered({
        observed: { status: "PENDING", platformType: "NOT_APPLICABLE" },
        ledger: { restoredAt: ago({ hours: 71 }) },
      }),
    ),
    [{ at: ago({ hours: -1 }), certainty: "exact" }],
  ],
  ["a number that works", subject(registered()), []],
  [
    "a signup that nobody declared, long past",
    subject(unregistered({ ledger: { firstSeenAt: ago({ days: 15 }) } })),
    [],
  ],
])("the deadline of %s", (_what, it, deadlines) => {
  expect(explain(NOW, it).deadlines.map(({ at, certainty }) => ({ at, certainty }))).toEqual(deadlines);
});

test.each<[string, Subject, string[]]>([
  [
    "a number on the app",
    subject(unregistered({ observed: { isOnBizApp: true } })),
    ["lives on the WhatsApp Business"],
  ],
  ["a banned number", subject(registered({ observed: { status: "BANNED" } })), ["Meta banned it"]],
  ["a name in review", subject(registered({ observed: { newNameStatus: "PENDING_REVIEW" } })), ["reviews the name"]],
  ["a first name in review", subject(unregistered({ observed: { nameStatus: "PENDING_REVIEW" } })), ["its first name"]],
  ["no PIN", subject(unregistered(), { hasPin: false }), ["no PIN is declared"]],
  ["no code", subject(unregistered({ observed: { codeVerificationStatus: "NOT_VERIFIED" } })), ["is not verified"]],
  ["register: false", subject(unregistered(), { register: false }), ["register: false"]],
  [
    "ten attempts",
    subject(unregistered({ ledger: { attempts: { register: [...nine, ago({ hours: 1 })], deregister: [] } } })),
    ["all registrations of 72 hours"],
  ],
  [
    "a refusal that came twice",
    subject(
      unregistered({
        ledger: {
          refusals: [
            {
              step: "register",
              of: "VERIFIED AVAILABLE_WITHOUT_REVIEW -",
              at: ago({ minutes: 1 }),
              code: "100",
              times: 2,
            },
          ],
        },
      }),
    ),
    ["Meta refused the last registration (code 100)"],
  ],
  [
    "sending that is limited",
    subject(
      registered({
        observed: { healthStatus: { entities: [{ entityType: "WABA", id: "1", canSendMessage: "LIMITED" }] } },
      }),
    ),
    ["sending is LIMITED by WABA 1"],
  ],
  ["a number that works", subject(registered()), []],
])("what blocks %s", (_what, it, blocks) => {
  const said = explain(NOW, it).blocks.map(({ what }) => what);
  expect(said).toHaveLength(blocks.length);
  for (const [nth, part] of blocks.entries()) expect(said[nth]).toContain(part);
});

test("without a stack only what Graph shows is evidence, and what is not known is said", () => {
  const it = explain(NOW, subject(registered({ observed: { verifiedName: "Lucky Shrub" } }), {}, null));
  expect(new Set(it.evidence.map(({ source }) => source))).toEqual(new Set(["graph"]));
  expect(it.budgets).toBeUndefined();
  expect(it.unknown.join()).toContain("No stack manages this number");
  expect(it.nextAction).toContain("npx waba adopt");
});

test("the text has a word for each kind of fact, and hostile names cannot steer a terminal", () => {
  const name = "Shop\u001b[2J\u202e";
  const state = registered({
    observed: { newNameStatus: "PENDING_REVIEW", newDisplayName: name },
    ledger: { nameRequests: [{ name, at: ago({ days: 1 }) }] },
  });
  const text = textOf(explain(NOW, subject(state)));
  expect(text).not.toMatch(/[^\P{C}\n]/u);
  expect(text.split("\n")).toEqual([
    'number +1 631-555-1111 (1972385232742141) · account 102290129340398 · resource "cake"',
    "phase      name-in-review: Meta reviews the display name that was asked for; a number that is registered works meanwhile",
    "evidence   newNameStatus = PENDING_REVIEW (Graph, now)",
    "           nameRequests = Shop\\u{1b}[2J\\u{202e} (2026-11-22T12:00:00.000Z: no outcome seen) (the stack)",
    'name       "John\'s Cake Shop" is in use; asked for: "Shop\\u{1b}[2J\\u{202e}" PENDING_REVIEW',
    // JSON's own escape, in the provider's words.
    'blocks     Meta reviews the name "Shop\\u001b[2J\\u{202e}"',
    "next       Wait for Meta's review, usually 1 to 3 days, then run pulumi up. To wait for it: npx waba wait +16315551111 --for name.",
    "left       register: 10 of 10 in 72 hours",
    "           deregister: 10 of 10 in 72 hours",
    "           another name: 9 of 10 in 30 days; the oldest falls out at 2026-12-22T12:00:00.000Z",
    "health     can send: not shown",
    "unknown    Attempts and names that others used up count at Meta too, and Graph does not show them.",
    "Meta       https://developers.facebook.com/docs/whatsapp/business-management-api/manage-phone-numbers",
    "",
  ]);
});
