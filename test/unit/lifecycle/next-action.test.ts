import { expect, test } from "vitest";
import { nextActionOf } from "../../../provider/lifecycle/phase.ts";
import { PHASES, type Phase } from "../../../provider/lifecycle/phases.ts";
import { ago, NOW, registered, unregistered } from "../../support/states.ts";

const NUMBER = "+16315551111";
const PHASE_NAMES = Object.keys(PHASES) as Phase[];

test.each(PHASE_NAMES)("%s says what comes next, with nothing left to fill in", (phase) => {
  const next = nextActionOf(NOW, unregistered(), phase);
  expect(next.length).toBeGreaterThan(10);
  expect(next).not.toMatch(/[{}]number|undefined/);
});

test.each<[Phase, string]>([
  ["code-sent", `npx waba code verify ${NUMBER},`],
  ["code-sent", `npx waba code request ${NUMBER}.`],
  ["code-rejected", `npx waba code verify ${NUMBER}.`],
  ["code-rejected", `npx waba code request ${NUMBER}.`],
  ["needs-verification", `npx waba code request ${NUMBER}.`],
  ["name-in-review", `npx waba wait ${NUMBER} --for name.`],
  ["name-not-provisioned", `npx waba wait ${NUMBER} --for name.`],
])("%s names the exact command %s", (phase, command) => {
  expect(nextActionOf(NOW, unregistered(), phase)).toContain(command);
});

test("a number whose digits were never shown is named by its id", () => {
  const state = unregistered({ observed: { displayPhoneNumber: undefined } as never });
  expect(nextActionOf(NOW, state, "code-sent")).toContain(`npx waba code verify ${state.id},`);
});

test("after Meta refused to send a code, the command is named beside the attempt", () => {
  const next = nextActionOf(NOW, unregistered({ ledger: { codeAttempt: 3 } }), "needs-verification");
  expect(next).toContain("above 3 ");
  expect(next).toContain(`npx waba code request ${NUMBER}.`);
});

test("a number that did not come by embedded signup, since we asked a code for it, has no 14 days", () => {
  const ledger = { codeRequestedAt: NOW.toISOString() };
  expect(nextActionOf(NOW, unregistered(), "ready-to-register")).toContain("embedded signup");
  expect(nextActionOf(NOW, unregistered({ ledger }), "ready-to-register")).not.toContain("embedded signup");
});

test("a number that works and may send nothing is told with what Meta says and proposes", () => {
  const healthStatus = (canSendMessage: string) => ({
    canSendMessage,
    entities: [
      {
        entityType: "WABA",
        errors: [{ errorCode: 141006, errorDescription: "No payment method", possibleSolution: "Add one" }],
      },
    ],
  });
  const blocked = registered({ observed: { healthStatus: healthStatus("BLOCKED") } });
  expect(nextActionOf(NOW, blocked, "registered")).toBe(
    "Meta lets it send nothing (code 141006: No payment method: Add one): see WhatsApp Manager.",
  );
  expect(nextActionOf(NOW, registered({ observed: { healthStatus: healthStatus("LIMITED") } }), "registered")).toBe(
    "Nothing to do.",
  );
});

const UNREGISTERED = { errorCode: 133010, errorDescription: "The phone number is not registered." };
const LOCKED = { errorCode: 131031, errorDescription: "The account has been locked." };
const blocked = (entityType: string, ...errors: object[]) => ({ entityType, canSendMessage: "BLOCKED", errors });

test.each<[object[], boolean, string]>([
  [[blocked("PHONE_NUMBER", UNREGISTERED)], true, "Nothing to do."],
  [[blocked("PHONE_NUMBER", UNREGISTERED), { entityType: "WABA", canSendMessage: "LIMITED" }], true, "Nothing to do."],
  [
    [blocked("PHONE_NUMBER", UNREGISTERED), blocked("WABA", LOCKED)],
    true,
    "Meta lets it send nothing (code 131031: The account has been locked.): see WhatsApp Manager.",
  ],
  [[], true, "Meta lets it send nothing: see WhatsApp Manager."],
  [
    [blocked("PHONE_NUMBER", UNREGISTERED)],
    false,
    "Meta lets it send nothing (code 133010: The phone number is not registered.): see WhatsApp Manager.",
  ],
])("with %j, and a client declared: %j, a number that is blocked says %j", (entities, onPremisesDeclared, next) => {
  const healthStatus = { canSendMessage: "BLOCKED", entities };
  const state = registered({ observed: { healthStatus } as never });
  expect(nextActionOf(NOW, { ...state, onPremisesDeclared }, "registered")).toBe(next);
});

test.each([
  [
    "no name is declared",
    {},
    { newNameStatus: "EXPIRED" },
    /No displayName is declared: declare it .*WhatsApp Manager/,
  ],
  [
    "another one is",
    { displayName: "John's Cake Shop" },
    { newNameStatus: "EXPIRED", newDisplayName: "Lucky" },
    /^"Lucky" is not declared/,
  ],
  [
    "it is",
    { displayName: "Lucky" },
    { newNameStatus: "EXPIRED", newDisplayName: "Lucky" },
    /the name is asked for again/,
  ],
  ["Graph shows no text", { displayName: "Lucky" }, { newNameStatus: "EXPIRED" }, /the name is asked for again/],
  ["the first name expired", {}, { nameStatus: "EXPIRED" }, /No displayName is declared/],
])(
  "of an expired name, when %s, only what pulumi up does is promised",
  (_what, { displayName }: { displayName?: string }, observed, text) => {
    const { echo, ...state } = registered({ observed });
    const { displayName: _default, ...rest } = echo;
    const declared = displayName === undefined ? rest : { ...rest, displayName };
    expect(nextActionOf(NOW, { ...state, echo: declared }, "name-expired")).toMatch(text);
  },
);

const DEAD = {
  step: "setWebhook",
  of: "https://a.example",
  at: ago({ minutes: 5 }),
  since: ago({ days: 1 }),
  code: "2200",
  times: 3,
};
const CAPPED = {
  step: "requestDisplayName",
  of: "Lucky",
  at: ago({}),
  code: "100/2388010",
  times: 2,
  until: ago({ days: -4 }),
};

test("a webhook that is not achieved is what comes next, with since when and until when", () => {
  const next = nextActionOf(NOW, registered({ ledger: { refusals: [DEAD] } }), "registered");
  expect(next).toContain("https://a.example: refused since 2026-11-22T12:00:00.000Z (code 2200)");
  expect(next).toContain("again from 2026-11-23T12:05:00.000Z on");
  expect(next).not.toContain("Nothing to do");
});

test("a name that Meta takes later is what comes next, beside the webhook", () => {
  const state = registered({ ledger: { refusals: [DEAD, CAPPED] } });
  const next = nextActionOf(NOW, state, "registered");
  expect(next).toContain('refused the display name "Lucky" (code 100/2388010)');
  expect(next).toContain("again from 2026-11-27T12:00:00.000Z on");
  expect(next).toContain("https://a.example");
  expect(nextActionOf(NOW, state, "name-declined")).toMatch(/^Declare another displayName.*"Lucky".*https:/);
  expect(nextActionOf(NOW, state, "blocked")).not.toContain("Lucky");
});

test("a first name's deadline runs while another one is in review, and not once the number is registered", () => {
  expect(nextActionOf(NOW, unregistered(), "name-in-review")).toContain("embedded signup");
  expect(nextActionOf(NOW, registered(), "name-in-review")).not.toContain("embedded signup");
});
