/** Whether what a program declares of a number can be right, and its normal form. Pure. */
import type { Settings } from "../../config.ts";
import { phoneNumberInputs } from "../../schemas/phone-number-inputs.ts";
import { type Args, type Checked, checkArgs, type Failure } from "../check.ts";

const ARGS: Args = {
  of: "PhoneNumber",
  shape: phoneNumberInputs.shape,
  printable: [
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
  ],
  required: { wabaId: "is required: the id of the WhatsApp Business Account" },
  contradictions,
};

export function checkPhoneNumber(settings: () => Settings, news: Readonly<Record<string, unknown>>): Checked {
  return checkArgs(ARGS, settings, news);
}

/** Args that cannot go together, as far as they are known. */
function contradictions(inputs: Readonly<Record<string, unknown>>): Failure[] {
  const { migrate, preVerifiedId, phoneNumber, phoneNumberId, displayName, wabaId } = inputs;
  const failures: Failure[] = [];
  if (phoneNumber === undefined && phoneNumberId === undefined) {
    failures.push({
      property: "phoneNumber",
      reason: 'is required, or phoneNumberId: which number is meant? For example phoneNumber: "+16315551111"',
    });
  }
  if (migrate !== undefined && preVerifiedId !== undefined) {
    failures.push(exclusion("preVerifiedId", "migrate", "declare where the number comes from once"));
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
  const why = "a number is registered with the client or with the Cloud API";
  return Object.keys(others).map((property) => exclusion(property, "onPremises", why));
}

/** Of two properties, so the reason names both, and no value. */
function exclusion(property: string, other: string, why: string): Failure {
  return { property: "", reason: `${property} and ${other} exclude each other: ${why}` };
}
