import { expect, test } from "vitest";
import { nextActionOf } from "../../../provider/lifecycle/phase.ts";
import { PHASES, type Phase } from "../../../provider/lifecycle/phases.ts";
import { NOW, registered, unregistered } from "../../support/states.ts";

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
