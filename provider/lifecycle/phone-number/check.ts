/**
 * Whether what a program declares can be right, and its normal form. Pure and without I/O: the engine asks for one
 * resource after the other. Everything that is wrong is said at once, one line a property.
 */
import type { z } from "zod";
import { ConfigError, type Settings } from "../../config.ts";
import { phoneNumberInputs } from "../../schemas/phone-number-inputs.ts";
import { holdsUnknown } from "../unknown.ts";

export interface Failure {
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
      failures.push({
        property: name,
        reason: `is not an argument of PhoneNumber; those are: ${PROPERTIES.join(", ")}`,
      });
      continue;
    }
    if (holdsUnknown(value)) continue;
    const schema: z.ZodType = phoneNumberInputs.shape[name];
    const parsed = schema.safeParse(value);
    if (parsed.success) inputs[name] = parsed.data;
    else failures.push(...parsed.error.issues.map((issue) => asFailure(name, issue)));
  }

  if (inputs.wabaId === undefined) {
    failures.push({ property: "wabaId", reason: "is required: the id of the WhatsApp Business Account" });
  }
  if (inputs.phoneNumber === undefined && inputs.phoneNumberId === undefined) {
    failures.push({
      property: "phoneNumber",
      reason: 'or phoneNumberId is required: which number is it? For example phoneNumber: "+16315551111"',
    });
  }
  failures.push(...failuresOfSettings(settings, inputs));
  return { inputs, failures };
}

function isProperty(name: string): name is Property {
  return Object.hasOwn(phoneNumberInputs.shape, name);
}

/** The value itself is never shown: it may be a secret in the wrong place. */
function asFailure(property: Property, issue: z.core.$ZodIssue): Failure {
  const path = [property, ...issue.path].join(".");
  const nested = path === property ? "" : `${path} `;
  return { property, reason: `${nested}${issue.message}` };
}

function failuresOfSettings(settings: () => Settings, inputs: Readonly<Record<string, unknown>>): Failure[] {
  const { credential, wabaId } = inputs;
  try {
    const { allowedWabaIds, credential: find } = settings();
    const failures: Failure[] = [];
    if (
      allowedWabaIds !== undefined &&
      typeof wabaId === "string" &&
      !holdsUnknown(wabaId) &&
      !allowedWabaIds.has(wabaId)
    ) {
      failures.push({
        property: "wabaId",
        reason: `account ${wabaId} is not among waba:allowedWabaIds (${[...allowedWabaIds].join(", ")})`,
      });
    }
    if (credential === undefined) find(undefined);
    else if (typeof credential === "string" && credential !== "" && !holdsUnknown(credential)) find(credential);
    return failures;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return [{ property: "credential", reason: error.message }];
  }
}
