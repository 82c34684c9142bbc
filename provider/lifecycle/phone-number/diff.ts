/**
 * What an `up` would change: exactly what `plan` would do now, and what is only written into the state. No I/O.
 *
 * Where the declared args show the change, `changes` is left out: the engine then compares the inputs itself and
 * names the property. What no arg can show is `changes: true`, with a line that says why.
 */
import { declaredIn, type PhoneNumberInputs } from "../../schemas/phone-number-inputs.ts";
import { readState, type State } from "../../schemas/phone-number-state.ts";
import type { Context } from "../context.ts";
import { nameStep } from "../name.ts";
import { webhookTrouble } from "../troubles.ts";
import { holdsUnknown } from "../unknown.ts";
import { hasStaleRefusals, isSettled } from "./echo.ts";
import { digitsOf } from "./identity.ts";
import { heldSteps, plan, type Step } from "./plan.ts";

export interface Difference {
  readonly changes?: boolean;
  readonly replaces?: string[];
}

const NONE: Difference = { changes: false };
/** The engine finds the changed inputs itself. */
const BY_INPUTS: Difference = {};

/** @param inRefresh asked by a refresh: `news` is what was declared or achieved last, not the program of now */
export function diffPhoneNumber(
  now: Date,
  id: string,
  olds: Readonly<Record<string, unknown>>,
  news: Readonly<Record<string, unknown>>,
  { say, warn, inRefresh }: Pick<Context, "say" | "warn"> & { readonly inRefresh: boolean },
): Difference {
  const state = readState(id, olds);
  const replaces = replacedBy(state, news);
  if (replaces.length > 0) return { replaces };
  if (Object.entries(news).some(([key, value]) => key !== "__provider" && holdsUnknown(value))) return BY_INPUTS;
  const declared = declaredIn(news);
  if (declared.wabaId !== state.echo.wabaId) return BY_INPUTS;

  const client = state.onPremisesDeclared === true && declared.onPremises === undefined;
  // What a refresh hands back lacks a client that the number is not registered with yet.
  if (client && inRefresh) return BY_INPUTS;
  const step = plan(now, state, declared);
  const who = `Number ${state.observed.displayPhoneNumber ?? id} (${id})`;
  for (const held of heldSteps(now, state, declared)) {
    if (held.step.do !== "setWebhook") say(`${who}: ${heldText(held)}`);
    else if (!inRefresh) warn(`${who}: ${webhookTrouble(state.ledger)}`);
  }
  if (step === undefined) {
    const name = nameStep(now, state, declared.displayName);
    if (name.do === "wait") say(`${who}: ${waitText(declared.displayName, name.until)}`);
    if (client && state.echo.onPremises === undefined) {
      say(`${who}: its on-premises client is not declared any more; pulumi up takes note of it.`);
      return { changes: true };
    }
    if (!isSettled(now, state, declared)) return BY_INPUTS;
    if (inRefresh || !hasStaleRefusals(now, state, declared)) return NONE;
    say(`${who}: what Meta refused is not declared any more, or it is achieved; pulumi up takes note of it.`);
    return { changes: true };
  }
  if (isVisible(step, state, declared)) return BY_INPUTS;
  say(`${who}: ${REASONS[step.do]}`);
  return { changes: true };
}

function waitText(name: string | undefined, until: Date): string {
  return (
    `Meta allows ten display names in 30 days; ${JSON.stringify(name)} can be asked for from ${until.toISOString()} on. ` +
    "Run pulumi up then."
  );
}

function heldText({ step, until, code }: ReturnType<typeof heldSteps>[number]): string {
  return `Meta refused ${REFUSED[step.do]} (code ${code}), so it is left alone for a while. Run pulumi up from ${until.toISOString()} on.`;
}

const REFUSED: Record<Step["do"], string> = {
  register: "the registration",
  registerWithClient: "the registration with the on-premises client",
  verifyWithClient: "to take the code at the on-premises client",
  requestCode: "to send a code",
  verifyCode: "to take the code",
  setPin: "the two-step PIN",
  setRegion: "the storage region",
  deregister: "to deregister it for another storage region",
  setWebhook: "the webhook",
  removeWebhook: "to remove the webhook",
  requestDisplayName: "the display name",
  refuse: "it",
};

const REASONS: Record<Step["do"], string> = {
  register: "Meta shows that it must be registered again; pulumi up does so.",
  registerWithClient: "it must be registered with its on-premises client again; pulumi up does so.",
  verifyWithClient: "a code is to be tried at its on-premises client; pulumi up does so.",
  requestCode: "it needs another verification code; pulumi up has one sent.",
  verifyCode: "a verification code is to be tried; pulumi up does so.",
  setPin: "its two-step PIN is to be set; pulumi up does so.",
  setRegion: "its storage region is to be set; pulumi up does so.",
  deregister: "its storage region is to be changed; pulumi up deregisters it, sets the region and registers it again.",
  setWebhook: "Meta calls another webhook than the declared one; pulumi up sets it.",
  removeWebhook: "its webhook is to be removed; pulumi up does so.",
  requestDisplayName: "its display name is to be asked for again; pulumi up does so.",
  refuse: "what is declared cannot be done now; pulumi up says why.",
};

/** The identity is the number, not its spelling: an arg that is added or dropped changes nothing. */
function replacedBy({ id, observed, echo }: State, news: Readonly<Record<string, unknown>>): string[] {
  const { phoneNumber, phoneNumberId } = news;
  const known = [phoneNumber, phoneNumberId].some((value) => typeof value === "string" && !holdsUnknown(value));
  const differs = (value: unknown, current: readonly (string | undefined)[]) =>
    value !== undefined && current.some(Boolean) && (holdsUnknown(value) ? !known : !current.includes(value as string));
  const shown = observed.displayPhoneNumber === undefined ? undefined : `+${digitsOf(observed.displayPhoneNumber)}`;
  return [
    ...(differs(phoneNumber, [shown, echo.phoneNumber]) ? ["phoneNumber"] : []),
    ...(differs(phoneNumberId, [id]) ? ["phoneNumberId"] : []),
  ];
}

/** True when the inputs that a refresh leaves behind differ from the declared ones in the step's own property. */
function isVisible(step: Step, { echo }: State, declared: PhoneNumberInputs): boolean {
  const wanted = declared[step.property];
  if (step.do === "removeWebhook") return true;
  return wanted !== undefined && JSON.stringify(wanted) !== JSON.stringify(echo[step.property]);
}
