/** The steps of a plan, as calls. What costs something at Meta is noted before its call. */
import { neverSent } from "../../graph/errors.ts";
import type { PreVerifiedNumbers } from "../../graph/pre-verified-numbers.ts";
import type { CodeMethod, PreVerifiedPhoneNumberInputs } from "../../schemas/pre-verified-phone-number-inputs.ts";
import type { Ledger, State } from "../../schemas/pre-verified-phone-number-state.ts";
import { type CodeRun, requestCode, verifyCode } from "../code-steps.ts";
import type { Context } from "../context.ts";
import { partnersOf, refreshed } from "./observe.ts";
import type { Step } from "./plan.ts";

/** What a run works with. */
export interface Run {
  readonly context: Pick<Context, "now" | "salt" | "say" | "warn">;
  readonly api: PreVerifiedNumbers;
  readonly declared: PreVerifiedPhoneNumberInputs;
}

/** @param keep for what is achieved, or noted, before the rest of the step may fail */
export async function take(run: Run, step: Step, found: State, keep: (state: State) => void): Promise<State> {
  let state = found;
  const change = (changed: State) => {
    state = changed;
    keep(changed);
  };
  switch (step.do) {
    case "requestCode":
      await requestCode(codeRunOf(run, () => state, change));
      return state;
    case "verifyCode":
      await verifyCode(
        codeRunOf(run, () => state, change),
        step.code,
      );
      return state;
    case "share":
      for (const partner of step.partners) {
        await run.api.share(state.echo.businessId, state.id, partner);
        change(withPartners(state, (partners) => [...partners, partner]));
        change(withOwn(state, (own) => [...own, partner]));
      }
      return state;
    case "unshare":
      for (const partner of step.partners) {
        await run.api.unshare(state.echo.businessId, state.id, partner);
        change(withPartners(state, (partners) => partners.filter((id) => id !== partner)));
        change(withOwn(state, (own) => own.filter((id) => id !== partner)));
      }
      return state;
  }
}

type Ids = readonly string[];

function withPartners(state: State, change: (partners: Ids) => Ids): State {
  const partners = [...new Set(change(state.observed.partners ?? []))].toSorted();
  return { ...state, observed: { ...state.observed, partners } };
}

function withOwn(state: State, change: (own: Ids) => Ids): State {
  return { ...state, echo: { ...state.echo, sharedWith: [...new Set(change(state.echo.sharedWith ?? []))] } };
}

function codeRunOf(
  { context, api, declared }: Run,
  state: () => State,
  change: (state: State) => void,
): CodeRun<CodeMethod, Ledger> {
  const { id, observed: before } = state();
  const read = async () => {
    const node = await api.get(id);
    change(refreshed(state(), node, await partnersOf(api, state(), declared)));
  };
  return {
    context,
    label: api.label(id),
    verification: declared.verification,
    ledger: () => state().ledger,
    requestCode: (by) => api.requestCode(id, by),
    verifyCode: (code) => api.verifyCode(id, code),
    noted: async (ledger, call) => {
      const known = state();
      change({ ...known, ledger });
      try {
        await call();
      } catch (error) {
        if (neverSent(error)) change(known);
        throw error;
      }
    },
    keep: (ledger) => change({ ...state(), ledger }),
    read,
    readIfPossible: async () => {
      try {
        await read();
        return true;
      } catch {
        return false;
      }
    },
    isProven: () => isNewProof(before, state().observed),
  };
}

/** A renewal is verified before and after: only its time tells. */
export function isNewProof(before: State["observed"], after: State["observed"]): boolean {
  const isSame =
    before.codeVerificationStatus === "VERIFIED" && before.codeVerificationTime === after.codeVerificationTime;
  return after.codeVerificationStatus === "VERIFIED" && !isSame;
}
