/**
 * What an `up` would change: exactly what `plan` would do now, and what is only written into the state. No I/O.
 *
 * Where the declared args show the change, `changes` is left out: the engine then compares the inputs itself and
 * names the property. What no arg can show is `changes: true`, with a line that says why.
 */
import type { PhoneNumberInputs } from "../../schemas/phone-number-inputs.ts";
import { readState, type State } from "../../schemas/phone-number-state.ts";
import { holdsUnknown } from "../unknown.ts";
import { digitsOf } from "./identity.ts";
import { plan, type Step } from "./plan.ts";

export interface Difference {
  readonly changes?: boolean;
  readonly replaces?: string[];
}

const NONE: Difference = { changes: false };
/** The engine finds the changed inputs itself. */
const BY_INPUTS: Difference = {};

export function diffPhoneNumber(
  now: Date,
  id: string,
  olds: Readonly<Record<string, unknown>>,
  news: Readonly<Record<string, unknown>>,
  say: (line: string) => void,
): Difference {
  const state = readState(id, olds);
  const replaces = replacedBy(state, news);
  if (replaces.length > 0) return { replaces };
  const declared = news as PhoneNumberInputs;
  if (news.wabaId !== state.echo.wabaId || steers(state, declared)) return BY_INPUTS;
  if (Object.entries(news).some(([key, value]) => key !== "__provider" && holdsUnknown(value))) return BY_INPUTS;

  const step = plan(now, state, declared);
  if (step === undefined) return NONE;
  if (isVisible(step, state, declared)) return BY_INPUTS;
  say(`Number ${state.observed.displayPhoneNumber ?? id} (${id}): ${REASONS[step.do]}`);
  return { changes: true };
}

const REASONS: Record<Step["do"], string> = {
  register: "Meta shows that it must be registered again; pulumi up does so.",
  requestCode: "it needs another verification code; pulumi up has one sent.",
  verifyCode: "a verification code is to be tried; pulumi up does so.",
  setPin: "its two-step PIN is to be set; pulumi up does so.",
  requestDisplayName: "its display name is to be asked for again; pulumi up does so.",
  refuse: "its display name cannot be changed now; pulumi up says why.",
};

/** The identity is the number, not its spelling: an arg that is added or dropped changes nothing. */
function replacedBy({ id, observed }: State, news: Readonly<Record<string, unknown>>): string[] {
  const { phoneNumber, phoneNumberId } = news;
  const known = [phoneNumber, phoneNumberId].some((value) => typeof value === "string" && !holdsUnknown(value));
  const differs = (value: unknown, current: string | undefined) =>
    value !== undefined && current !== undefined && (holdsUnknown(value) ? !known : value !== current);
  const digits = observed.displayPhoneNumber === undefined ? undefined : `+${digitsOf(observed.displayPhoneNumber)}`;
  return [
    ...(differs(phoneNumber, digits) ? ["phoneNumber"] : []),
    ...(differs(phoneNumberId, id) ? ["phoneNumberId"] : []),
  ];
}

/** True when only our own ways change: that is written to the state, and no call to Graph goes with it. */
export function steers({ echo }: State, declared: PhoneNumberInputs): boolean {
  const wantsRegistration = declared.register !== false;
  const wantedRegistration = echo.register !== false;
  return (
    declared.adopt !== echo.adopt || declared.credential !== echo.credential || wantsRegistration !== wantedRegistration
  );
}

/** True when the inputs that a refresh leaves behind differ from the declared ones in the step's own property. */
function isVisible(step: Step, { echo }: State, declared: PhoneNumberInputs): boolean {
  const wanted = declared[step.property];
  return wanted !== undefined && JSON.stringify(wanted) !== JSON.stringify(echo[step.property]);
}
