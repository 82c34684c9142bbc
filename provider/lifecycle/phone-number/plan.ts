/**
 * What to do next about a number: one step, or nothing. Pure, and asked by `diff` and by `create` and `update` alike,
 * so that a preview shows a change exactly where an `up` would make a call. A step that would not be taken now (no
 * budget, no PIN, in review, declined, living on the app) is no step.
 */
import type { PhoneNumberInputs } from "../../schemas/phone-number-inputs.ts";
import type { Ledger, Observed, State } from "../../schemas/phone-number-state.ts";
import { nextAttemptAt } from "../attempts.ts";
import { type CodeStep, codeStep, wasTried } from "../codes.ts";
import { achievedName, isApproved, nameStep, reregistrationDue } from "../name.ts";
import { askedOfClient } from "../on-premises.ts";
import { type Intent, isRegistered, phaseOf } from "../phase.ts";
import type { Phase } from "../phases.ts";
import { type Asked, heldUntil, refusalOf, registrableAs } from "../refusals.ts";
import { type ClientStep, clientStep } from "./on-premises.ts";

/** `property` is the arg that the step works off: the one that a preview should name. */
export type Step =
  | CodeStep
  | ClientStep
  | { readonly do: "setPin"; readonly property: "pin"; readonly pin: string }
  | { readonly do: "setRegion"; readonly property: "dataLocalizationRegion"; readonly region: string }
  | { readonly do: "deregister"; readonly property: "dataLocalizationRegion" }
  | { readonly do: "setWebhook"; readonly property: "webhook"; readonly webhook: Webhook }
  | { readonly do: "removeWebhook"; readonly property: "webhook" }
  | {
      readonly do: "register";
      readonly property: "register" | "pin" | "displayName";
      readonly pin: string;
      /** The number has a PIN that we do not know: set ours before, Graph does not ask for the old one. */
      readonly setPinFirst: boolean;
      readonly why: "first" | "lost" | "name" | "region";
    }
  | { readonly do: "requestDisplayName"; readonly property: "displayName"; readonly name: string }
  | {
      readonly do: "refuse";
      readonly property: "displayName" | "dataLocalizationRegion";
      readonly reason: string;
    };

type Webhook = NonNullable<PhoneNumberInputs["webhook"]>;

/** The declared inputs as far as they steer steps. */
export type Declared = Pick<
  PhoneNumberInputs,
  | "displayName"
  | "pin"
  | "register"
  | "verification"
  | "dataLocalizationRegion"
  | "allowReregister"
  | "webhook"
  | "embeddedSignupFinishedAt"
  | "onPremises"
>;

const HANDS_OFF: readonly Phase[] = [
  "unknown",
  "migrated",
  "blocked",
  "on-phone",
  "coexistence",
  "other-platform",
  "contested",
  "signup-expired",
];

export function intentOf(declared: Declared): Intent {
  return {
    register: declared.register ?? true,
    hasPin: declared.pin !== undefined,
    onPremises: declared.onPremises !== undefined,
    signupFinishedAt: declared.embeddedSignupFinishedAt,
  };
}

export function plan(now: Date, state: State, declared: Declared): Step | undefined {
  for (const step of stepsDue(now, state, declared)) {
    if (heldStepUntil(now, state, step) === undefined) return step;
    // Registered without its region, the number would have to be deregistered for it.
    if (step.do === "setRegion") return undefined;
  }
  return undefined;
}

/** Steps that are due, and not taken now since Graph refused them a short while ago. */
export function heldSteps(now: Date, state: State, declared: Declared): { step: Step; until: Date; code: string }[] {
  return [...stepsDue(now, state, declared)].flatMap((step) => {
    const until = heldStepUntil(now, state, step);
    const code = refusalOf(state.ledger, step.do)?.code;
    return until === undefined || code === undefined ? [] : [{ step, until, code }];
  });
}

/** A PIN that differs from the one we set is worth a try: the state tells them apart where the first could be set. */
function heldStepUntil(now: Date, state: State, step: Step): Date | undefined {
  const isOtherPin = step.do === "register" && state.echo.pin !== undefined && state.echo.pin !== step.pin;
  return isOtherPin ? undefined : heldUntil(now, state.ledger, refusable(state, step));
}

/** A step as the ledger knows it when it is refused. */
export function refusable(state: State, step: Step): Asked {
  const { observed, ledger } = state;
  if (step.do === "registerWithClient") return askedOfClient(state);
  const asked = { step: step.do, of: subjectOf(step, observed, ledger) };
  return step.do === "setWebhook" ? { ...asked, token: step.webhook.verifyToken } : asked;
}

function subjectOf(step: Step, observed: Observed, ledger: Ledger): string {
  switch (step.do) {
    case "register":
      return registrableAs(observed);
    case "requestCode":
      // A refusal that holds until the attempt is raised is noted there.
      return `${ledger.codeAttempt ?? 0}`;
    case "requestDisplayName":
      return step.name;
    case "setRegion":
      return step.region;
    case "setWebhook":
      return step.webhook.callbackUrl;
    default:
      return "";
  }
}

/** The first is the next one; a later one can be taken while the first is held. */
function stepsDue(now: Date, state: State, declared: Declared): Step[] {
  const phase = phaseOf(now, state, intentOf(declared));
  if (HANDS_OFF.includes(phase)) return [];
  return [
    verificationStep(phase, state, declared),
    regionStep(now, phase, state, declared),
    registrationStep(now, phase, state, declared),
    displayNameStep(now, state, declared),
    pinStep(state, declared),
    webhookStep(state, declared),
  ].filter((step) => step !== undefined);
}

function verificationStep(phase: Phase, { ledger }: State, { verification, onPremises }: Declared): Step | undefined {
  if (onPremises !== undefined) return undefined;
  if (phase !== "needs-verification" && phase !== "code-sent" && phase !== "code-rejected") return undefined;
  return codeStep(ledger, verification);
}

/**
 * Meta takes a storage region only while the number is not registered. So a region that changes costs one call of
 * deregister and one of register, and the number does not work in between: only where the program allows it.
 */
function regionStep(now: Date, phase: Phase, { observed, ledger, echo }: State, declared: Declared): Step | undefined {
  const { dataLocalizationRegion: region, allowReregister, pin } = declared;
  if (region === undefined || region === echo.dataLocalizationRegion) return undefined;
  const property = "dataLocalizationRegion";
  if (phase === "ready-to-register" || phase === "deregistered") return { do: "setRegion", property, region };
  if (!isRegistered(observed)) return undefined;
  if (allowReregister !== true) {
    return {
      do: "refuse",
      property,
      reason:
        `Meta stores its messages ${echo.dataLocalizationRegion === undefined ? "in its default place" : `in ${echo.dataLocalizationRegion}`}, ` +
        `and moves them to ${region} only while the number is not registered. Declare allowReregister: true to have it ` +
        "deregistered, moved and registered again (it cannot send meanwhile), or declare the region that it has.",
    };
  }
  // Without a usable name, or on a locked account, the number could not be registered again.
  const usable = observed.nameStatus === undefined || isApproved(observed.nameStatus) || phase === "re-register-due";
  const locked = observed.healthStatus?.canSendMessage === "BLOCKED";
  const { register, deregister } = ledger.attempts;
  const spent = [register, deregister].some((attempts) => nextAttemptAt(now, attempts) !== undefined);
  return spent || locked || !usable || pin === undefined ? undefined : { do: "deregister", property };
}

/** After the registration: a failed one should not leave an address behind. */
function webhookStep({ observed, echo }: State, { webhook, register }: Declared): Step | undefined {
  const current = observed.webhookConfiguration?.phoneNumber;
  if (webhook === undefined) {
    const ours = echo.webhook?.verifyToken !== undefined && echo.webhook.callbackUrl === current;
    return ours ? { do: "removeWebhook", property: "webhook" } : undefined;
  }
  if (!isRegistered(observed) && register !== false) return undefined;
  const { callbackUrl, verifyToken } = webhook;
  if (
    current === callbackUrl &&
    (echo.webhook?.verifyToken === undefined || echo.webhook.verifyToken === verifyToken)
  ) {
    return undefined;
  }
  return { do: "setWebhook", property: "webhook", webhook };
}

function registrationStep(now: Date, phase: Phase, state: State, declared: Declared): Step | undefined {
  const { pin, onPremises, verification } = declared;
  if (onPremises !== undefined) {
    const isNewCode = verification?.code !== undefined && !wasTried(state.ledger, verification.code);
    return clientStep(now, phase, state, declared, { wantsDueName: wantsDueName(state, declared), isNewCode });
  }
  if (pin === undefined) return undefined;
  if (phase === "re-register-due" && !wantsDueName(state, declared)) return undefined;
  if (phase !== "ready-to-register" && phase !== "deregistered" && phase !== "re-register-due") return undefined;
  const setPinFirst = state.observed.isPinEnabled === true && state.echo.pin !== pin;
  if (phase === "ready-to-register") return { do: "register", property: "pin", pin, setPinFirst, why: "first" };
  if (phase === "deregistered") {
    const why = state.ledger.deregisteredAt === undefined ? "lost" : "region";
    return { do: "register", property: "register", pin, setPinFirst, why };
  }
  return { do: "register", property: "displayName", pin, setPinFirst, why: "name" };
}

/** A declared name that is another one than the approved must be asked for, not overruled by registering. */
function wantsDueName(state: State, { displayName }: Declared): boolean {
  if (displayName === undefined) return true;
  const due = reregistrationDue(state)?.name;
  return displayName === due || (due === undefined && displayName !== achievedName(state));
}

function displayNameStep(now: Date, state: State, declared: Declared): Step | undefined {
  const name = nameStep(now, state, declared.displayName);
  if (name.do === "request" && declared.displayName !== undefined) {
    return { do: "requestDisplayName", property: "displayName", name: declared.displayName };
  }
  if (name.do === "refuse") {
    const inReview = name.inReview === "" ? "another name" : JSON.stringify(name.inReview);
    return {
      do: "refuse",
      property: "displayName",
      reason:
        `Meta still reviews ${inReview}, and takes one change at a time. Declare that name until the review is over ` +
        "(phase is no longer name-in-review), then change it.",
    };
  }
  return undefined;
}

function pinStep({ observed, echo }: State, { pin }: Declared): Step | undefined {
  const rotated = pin !== undefined && echo.pin !== undefined && pin !== echo.pin;
  return rotated && isRegistered(observed) ? { do: "setPin", property: "pin", pin } : undefined;
}
