/**
 * Whether what a program declares can be right, and its normal form. Pure and without I/O: the engine asks for one
 * resource after the other. Everything that is wrong is said at once, one line a property.
 */
import type { z } from "zod";
import { accountRefusal, ConfigError, type Settings } from "../../config.ts";
import { phoneNumberInputs } from "../../schemas/phone-number-inputs.ts";
import { holdsUnknown } from "../unknown.ts";

export interface Failure {
  /** Empty where the engine must not know it: see `failure`. */
  readonly property: string;
  readonly reason: string;
}

export interface Checked {
  readonly inputs: Record<string, unknown>;
  readonly failures: Failure[];
}

type Property = keyof typeof phoneNumberInputs.shape;
const PROPERTIES = Object.keys(phoneNumberInputs.shape) as Property[];

export function checkPhoneNumber(settings: () => Settings, news: Readonly<Record<string, unknown>>): Checked {
  const inputs: Record<string, unknown> = {};
  const failures: Failure[] = [];

  for (const [name, value] of Object.entries(news)) {
    if (name === "__provider" || value === undefined || value === null) continue;
    inputs[name] = value;
    if (!isProperty(name)) {
      failures.push(failure(name, `is not an argument of PhoneNumber; those are: ${PROPERTIES.join(", ")}`));
      continue;
    }
    if (holdsUnknown(value)) continue;
    const schema: z.ZodType = phoneNumberInputs.shape[name];
    const parsed = schema.safeParse(value);
    if (parsed.success) inputs[name] = parsed.data;
    else failures.push(asFailure(name, parsed.error.issues));
  }

  if (inputs.wabaId === undefined) {
    failures.push({ property: "wabaId", reason: "is required: the id of the WhatsApp Business Account" });
  }
  if (inputs.phoneNumber === undefined && inputs.phoneNumberId === undefined) {
    failures.push({
      property: "phoneNumber",
      reason: 'is required, or phoneNumberId: which number is meant? For example phoneNumber: "+16315551111"',
    });
  }
  failures.push(...contradictions(inputs));
  failures.push(...failuresOfSettings(settings, inputs));
  return { inputs, failures };
}

/** Args that cannot go together, as far as they are known. */
function contradictions(inputs: Readonly<Record<string, unknown>>): Failure[] {
  const { migrate, preVerifiedId, phoneNumber, displayName, wabaId } = inputs;
  const failures: Failure[] = [];
  if (migrate !== undefined && preVerifiedId !== undefined) {
    failures.push({
      property: "preVerifiedId",
      reason: "and migrate exclude each other: declare where the number comes from once",
    });
  }
  for (const [property, value] of Object.entries({ migrate, preVerifiedId })) {
    if (value === undefined || phoneNumber !== undefined) continue;
    failures.push({ property, reason: "needs phoneNumber: the number gets another id on this account" });
  }
  if (preVerifiedId !== undefined && displayName === undefined) {
    failures.push({ property: "preVerifiedId", reason: "needs displayName: Graph wants a name for a claimed number" });
  }
  failures.push(...ofCloudApiAlone(inputs));
  if (typeof migrate === "object" && migrate !== null && "fromWabaId" in migrate && migrate.fromWabaId === wabaId) {
    failures.push({ property: "migrate", reason: "must name the account that has the number now, not this one" });
  }
  return failures;
}

function ofCloudApiAlone({ onPremises, register, webhook, dataLocalizationRegion, onDelete }: Record<string, unknown>) {
  if (onPremises === undefined) return [];
  const others = {
    ...(register === false ? { register } : {}),
    ...(webhook === undefined ? {} : { webhook }),
    ...(dataLocalizationRegion === undefined ? {} : { dataLocalizationRegion }),
    ...(onDelete === "deregister" ? { onDelete } : {}),
  };
  const reason = "and onPremises exclude each other: a number is registered with the client or with the Cloud API";
  return Object.keys(others).map((property) => failure(property, reason));
}

function isProperty(name: string): name is Property {
  return Object.hasOwn(phoneNumberInputs.shape, name);
}

/** One line for each property, however many things are wrong with it. */
function asFailure(property: Property, issues: readonly z.core.$ZodIssue[]): Failure {
  const reasons = issues.map(({ path, message }) => [path.join("."), message].filter(Boolean).join(" "));
  return failure(property, reasons.join("; "));
}

/** Args that the engine may print. The others hold secrets, or may be a secret under a misspelt name. */
const PRINTABLE: readonly string[] = [
  "wabaId",
  "phoneNumber",
  "phoneNumberId",
  "displayName",
  "register",
  "adopt",
  "migrate",
  "preVerifiedId",
  "dataLocalizationRegion",
  "allowReregister",
  "embeddedSignupFinishedAt",
  "onDelete",
  "waitFor",
  "waitTimeoutSeconds",
  "credential",
];

/**
 * A failure under a property makes the engine print the property's value, secrets too (measured on 3.259). So what may
 * be a secret fails without a property, and the reason names it.
 */
function failure(property: string, reason: string): Failure {
  return PRINTABLE.includes(property) ? { property, reason } : { property: "", reason: `${property}: ${reason}` };
}

function failuresOfSettings(settings: () => Settings, inputs: Readonly<Record<string, unknown>>): Failure[] {
  const { credential, wabaId } = inputs;
  try {
    const current = settings();
    const known = typeof wabaId === "string" && !holdsUnknown(wabaId);
    const refusal = known ? accountRefusal(current, wabaId) : undefined;
    const failures = refusal === undefined ? [] : [{ property: "wabaId", reason: refusal }];
    if (credential === undefined) current.credential(undefined);
    else if (typeof credential === "string" && credential !== "" && !holdsUnknown(credential))
      current.credential(credential);
    return failures;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return [{ property: "credential", reason: error.message }];
  }
}
