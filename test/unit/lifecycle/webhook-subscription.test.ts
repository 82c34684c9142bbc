import fc from "fast-check";
import { expect, test } from "vitest";
import { Holders } from "../../../provider/lifecycle/holders.ts";
import { compareWebhookSubscription } from "../../../provider/lifecycle/webhook-subscription/compare.ts";
import { echoOf, isNoted, isSettled, withDeclared } from "../../../provider/lifecycle/webhook-subscription/echo.ts";
import { identityIn, idOf } from "../../../provider/lifecycle/webhook-subscription/identity.ts";
import { outputsOf } from "../../../provider/lifecycle/webhook-subscription/outputs.ts";
import { plan, type Step } from "../../../provider/lifecycle/webhook-subscription/plan.ts";
import { withoutUndefined } from "../../../provider/lifecycle/without-undefined.ts";
import type { WebhookSubscriptionInputs } from "../../../provider/schemas/webhook-subscription-inputs.ts";
import { readState, type State } from "../../../provider/schemas/webhook-subscription-state.ts";
import { ago, NOW } from "../../support/states.ts";

const [A, B] = ["https://a.example/hook", "https://b.example/hook"];
const WABA = "102290129340398";

interface Parts {
  readonly shown?: string | undefined;
  readonly own?: string | undefined;
  readonly token?: string | undefined;
  readonly refused?: State["ledger"]["refused"] | undefined;
}

function stateOf({ shown, own, token, refused }: Parts): State {
  return {
    id: idOf(WABA, "670843887433847"),
    observed: withoutUndefined({ appId: "670843887433847", overrideCallbackUri: shown }),
    ledger: withoutUndefined({ ownCallbackUrl: own, refused }),
    echo: withoutUndefined({ wabaId: WABA, verifyToken: token }),
    baseUrl: "https://graph.facebook.com",
  };
}

const wants = (callbackUrl?: string, verifyToken = "t"): WebhookSubscriptionInputs =>
  callbackUrl === undefined ? { wabaId: WABA } : { wabaId: WABA, callbackUrl, verifyToken };
const refusedAt = (minutes: number) => ({ callbackUrl: A, verifyToken: "t", at: ago({ minutes }), code: "2200" });
const SET: Step = { do: "setOverride", override: { callbackUrl: A, verifyToken: "t" } };

test.each<[string, Parts, WebhookSubscriptionInputs, Step | undefined]>([
  ["no address, none declared", {}, wants(), undefined],
  ["somebody's address, none declared", { shown: B }, wants(), undefined],
  ["no address, one declared", {}, wants(A), SET],
  ["somebody's address in place of a declared one", { shown: B, own: A, token: "t" }, wants(A), SET],
  ["the declared address, set by somebody", { shown: A }, wants(A), undefined],
  ["the declared address, set by us", { shown: A, own: A, token: "t" }, wants(A), undefined],
  ["the declared address, set by us with another token", { shown: A, own: A, token: "u" }, wants(A), SET],
  [
    "the declared address, and ours was another with another token",
    { shown: A, own: B, token: "u" },
    wants(A),
    undefined,
  ],
  ["our address, none declared", { shown: A, own: A, token: "t" }, wants(), { do: "removeOverride", callbackUrl: A }],
  ["somebody's address in place of ours, none declared", { shown: B, own: A, token: "t" }, wants(), undefined],
  ["an address that did not answer nine minutes ago", { refused: refusedAt(9) }, wants(A), undefined],
  ["an address that did not answer ten minutes ago", { refused: refusedAt(10) }, wants(A), SET],
  [
    "an address that did not answer, with another token",
    { refused: { ...refusedAt(1), verifyToken: "u" } },
    wants(A),
    SET,
  ],
  ["another address that did not answer", { refused: { ...refusedAt(1), callbackUrl: B } }, wants(A), SET],
])("%s", (_what, parts, declared, step) => {
  expect(plan(NOW, stateOf(parts), declared)).toEqual(step);
});

const address = fc.constantFrom(undefined, A, B);
const token = fc.constantFrom("t", "u");
const parts = fc
  .record({ shown: address, own: address, token, refused: fc.constantFrom(undefined, refusedAt(1), refusedAt(11)) })
  .map(({ own, token: known, ...rest }) => ({ ...rest, own, token: own === undefined ? undefined : known }));
const declared = fc.tuple(address, token).map(([url, verifyToken]) => wants(url, verifyToken));

test("what a step does is what is declared: then nothing is left to do, to say or to note", () => {
  fc.assert(
    fc.property(parts, declared, (before, program) => {
      const found = withDeclared(stateOf(before), program);
      const step = plan(NOW, found, program);
      const after = withDeclared(step === undefined ? found : done(found, step), program);
      expect(plan(NOW, after, program)).toBeUndefined();
      expect([isSettled(after, program), isNoted(after, program)]).toEqual([true, true]);
      const { callbackUrl, verifyToken } = program;
      if (callbackUrl === undefined) expect(echoOf(after)).toEqual({ wabaId: WABA });
      else if (after.ledger.refused === undefined)
        expect(echoOf(after)).toEqual({ wabaId: WABA, callbackUrl, verifyToken });
    }),
  );
});

test("a preview shows no change exactly where an up would neither call nor write anything", () => {
  fc.assert(
    fc.property(parts, declared, (before, program) => {
      const state = stateOf(before);
      const context = { now: () => NOW, say: () => undefined, holders: new Holders() };
      const { changes } = compareWebhookSubscription(context, state.id, outputsOf(state), program);
      const idle = plan(NOW, state, program) === undefined;
      const stored = readState(state.id, outputsOf(state));
      const writes = JSON.stringify(outputsOf(withDeclared(stored, program))) !== JSON.stringify(outputsOf(stored));
      if (changes === false) expect([idle, writes]).toEqual([true, false]);
      else expect(idle && !writes).toBe(false);
    }),
  );
});

function done(state: State, step: Step): State {
  const { refused: _over, ...ledger } = state.ledger;
  const { callbackUrl, verifyToken } = step.do === "setOverride" ? step.override : {};
  return {
    ...state,
    observed: withoutUndefined({ ...state.observed, overrideCallbackUri: callbackUrl }),
    ledger: withoutUndefined({ ...ledger, ownCallbackUrl: callbackUrl }),
    echo: withoutUndefined({ ...state.echo, verifyToken }),
  };
}

test.each([
  ["102290129340398/670843887433847", { wabaId: WABA, appId: "670843887433847" }],
  ["102290129340398", { wabaId: WABA, appId: undefined }],
  ["102290129340398/", undefined],
  ["/670843887433847", undefined],
  ["102290129340398/app", undefined],
  ["a102290129340398", undefined],
  ["102290129340398/670843887433847/1", undefined],
])("the id %s", (id, identity) => {
  expect(identityIn(id)).toEqual(identity);
});
