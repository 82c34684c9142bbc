/** What is told of numbers that a client of the business has, or is to have. */
import { expect, test } from "vitest";
import { explain } from "../../../provider/explain/explanation.ts";
import type { Subject } from "../../../provider/explain/subject.ts";
import { askedOfClient } from "../../../provider/lifecycle/on-premises.ts";
import { type Intent, phaseOf } from "../../../provider/lifecycle/phase.ts";
import type { Phase } from "../../../provider/lifecycle/phases.ts";
import type { State } from "../../../provider/schemas/phone-number-state.ts";
import { ago, NOW, registered, unregistered } from "../../support/states.ts";

function subject(state: State, wanted: Partial<Intent> = {}): Subject {
  const intent = { register: true, hasPin: true, onPremises: true, ...wanted };
  const onPremisesDeclared = intent.onPremises;
  const known = { ...state, onPremisesDeclared };
  return {
    state: known,
    intent,
    phase: phaseOf(NOW, known, intent),
    wabaId: state.echo.wabaId,
    managed: { resource: "x" },
  };
}

const ON_CLIENT = registered({ observed: { platformType: "ON_PREMISE" } });
const BLOCKED_AT_META = registered({
  observed: {
    platformType: "ON_PREMISE",
    healthStatus: {
      canSendMessage: "BLOCKED",
      entities: [
        { entityType: "PHONE_NUMBER", canSendMessage: "BLOCKED", errors: [{ errorCode: 133010 }] },
        { entityType: "WABA", id: "1", canSendMessage: "LIMITED" },
      ],
    },
  },
});
const WAITING = unregistered({ observed: { certificate: "a certificate" } });
const REFUSED = unregistered({
  observed: { certificate: "a certificate" },
  ledger: { refusals: [{ ...askedOfClient(WAITING), at: ago({ minutes: 1 }), code: "1005", times: 2 }] },
});

test.each<[string, Subject, Phase, string[]]>([
  ["one that its client has", subject(ON_CLIENT), "registered", []],
  [
    "one that its client has, which is not on the Cloud API",
    subject(BLOCKED_AT_META),
    "registered",
    ["sending is LIMITED by WABA 1"],
  ],
  [
    "one that a client has, where the Cloud API is declared",
    subject(ON_CLIENT, { onPremises: false }),
    "other-platform",
    ["it is registered with an on-premises client, and no onPremises is declared"],
  ],
  [
    "one that the Cloud API has, where a client is declared",
    subject(registered()),
    "other-platform",
    ["it is registered with the Cloud API, and onPremises is declared"],
  ],
  ["one without a certificate", subject(unregistered()), "needs-certificate", ["Graph shows no certificate"]],
  [
    "one whose client had a code sent, though Graph calls it verified",
    subject(unregistered({ ledger: { clientAskedAt: ago({ minutes: 1 }) } })),
    "code-sent",
    ["the on-premises client waits for its code"],
  ],
  [
    "one that the client refused twice",
    subject(REFUSED),
    "ready-to-register",
    ["the on-premises client refused the last registration (code 1005)"],
  ],
  [
    "one that is not registered, as declared",
    subject(WAITING, { register: false }),
    "verified",
    ["the program declares register: false"],
  ],
  ["one that its client has, with register: false", subject(ON_CLIENT, { register: false }), "registered", []],
])("what blocks %s", (_what, it, phase, blocks) => {
  const { phase: told, blocks: said } = explain(NOW, it);
  expect(told).toBe(phase);
  expect(said).toHaveLength(blocks.length);
  for (const [nth, part] of blocks.entries()) expect(said[nth]?.what).toContain(part);
});

test("a number that its client has waits for no registration; one that waits does so until signup's 14 days are over", () => {
  const seen = { firstSeenAt: ago({ days: 4 }), registeredName: undefined } as unknown as Partial<State["ledger"]>;
  const echo = { embeddedSignupFinishedAt: ago({ days: 4 }) };
  const until = (observed: State["observed"], signup: boolean) =>
    explain(
      NOW,
      subject(unregistered({ observed, ledger: seen, ...(signup && { echo }) }), {
        signupFinishedAt: signup ? ago({ days: 4 }) : undefined,
      }),
    ).deadlines.map(({ at, certainty }) => [at, certainty]);
  const onClient = { status: "CONNECTED", platformType: "ON_PREMISE" };
  expect(until(onClient, true)).toEqual([]);
  expect(until(onClient, false)).toEqual([]);
  expect(until({}, true)).toEqual([[ago({ days: -10 }), "exact"]]);
  expect(until({}, false)).toEqual([[ago({ days: -10 }), "atTheLatest"]]);
});
