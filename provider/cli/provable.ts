/** A number whose ownership a code proves, on an account or in the pool of a business, as `waba code` deals with it. */
import { DeclarationError } from "../lifecycle/declaration-error.ts";
import { livesOnApp } from "../lifecycle/phase.ts";
import { nextActionOf, phaseOf, takesCode } from "../lifecycle/pre-verified-phone-number/phase.ts";
import { isNewProof } from "../lifecycle/pre-verified-phone-number/steps.ts";
import type { State } from "../schemas/pre-verified-phone-number-state.ts";
import { sentence } from "../sentence.ts";
import { asked } from "./asked.ts";
import { isPreVerified, onPreVerifiedTarget, type PreVerifiedTarget } from "./pre-verified-target.ts";
import { onTargetOf, type PoolFlags, type Target, upText } from "./target.ts";

export interface Provable {
  /** How messages name the number. */
  label(): string;
  /**
   * Why no code is of use now; undefined where one is. Meta counts codes, and wrong ones.
   * @throws DeclarationError where one could do harm, or what Graph's calls throw
   */
  whyNoCode(): Promise<string | undefined>;
  requestCode(by: { readonly method: "SMS" | "VOICE"; readonly language: string }): Promise<void>;
  verifyCode(code: string): Promise<void>;
  /** Whether Graph shows the proof, after a code whose answer was lost. */
  isProven(): Promise<boolean>;
}

/** @throws ConfigError, StackError, DeclarationError, what Graph's calls throw, or what `run` throws */
export async function onProvable(
  number: string,
  flags: PoolFlags,
  run: (number: Provable) => Promise<void>,
): Promise<void> {
  const stack = await asked(flags);
  if (isPreVerified(stack, number, flags)) {
    await onPreVerifiedTarget(stack, number, flags, (target) => run(ofPool(target)));
  } else {
    await onTargetOf(stack, number, flags, (target) => run(ofAccount(target, flags)));
  }
}

function ofAccount(target: Target, flags: PoolFlags): Provable {
  const { id, api, label, read } = target;
  return {
    label,
    whyNoCode: async () => {
      const { observed } = await read();
      if (livesOnApp(observed)) {
        throw new DeclarationError(
          `nothing was done: ${label()} lives on the WhatsApp Business app, and a code could cost its owner the ` +
            "account. Disconnect it from the app first",
        );
      }
      if (observed.codeVerificationStatus !== "VERIFIED") return undefined;
      return `${sentence(label())} is verified already and needs no code. Next: ${upText(flags)}`;
    },
    requestCode: (by) => api().requestCode(id, by),
    verifyCode: (code) => api().verifyCode(id, code),
    isProven: async () => (await read()).observed.codeVerificationStatus === "VERIFIED",
  };
}

function ofPool({ id, api, label, read }: PreVerifiedTarget): Provable {
  let before: State["observed"] = {};
  return {
    label,
    whyNoCode: async () => {
      const now = new Date();
      const state = await read();
      before = state.observed;
      const phase = phaseOf(now, state);
      if (takesCode(phase)) return undefined;
      const text = `${label()} is ${phase} and takes no code. ${nextActionOf(now, state)}`;
      if (phase === "verified") return sentence(text);
      throw new DeclarationError(`nothing was done: ${text}`);
    },
    requestCode: (by) => api().requestCode(id, by),
    verifyCode: (code) => api().verifyCode(id, code),
    isProven: async () => isNewProof(before, (await read()).observed),
  };
}
