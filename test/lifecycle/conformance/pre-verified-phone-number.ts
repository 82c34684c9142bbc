/** PreVerifiedPhoneNumber, as the conformance suite must know it. What a code costs is told in ../pre-verified.test.ts. */
import type { Lifecycle } from "../../support/lifecycle.ts";
import { asSomebody } from "../../support/somebody.ts";
import type { Subject } from "./subject.ts";

const [BUSINESS, PARTNER, OTHER, STRANGER] = ["506914307656634", "5506914307651", "5506914307652", "5506914307653"];
const PHONE = "+15550783881";
const CODE = "123830";
const [SHARE, UNSHARE] = ["POST /{BIZ}/share_preverified_numbers", "DELETE /{BIZ}/share_preverified_numbers"];
const least = () => ({ businessId: BUSINESS, phoneNumber: PHONE });
const full = () => ({ ...least(), sharedWith: [PARTNER, OTHER] });

/** What another program of the business does. */
function sharing({ emulator, stack }: Lifecycle, method: "POST" | "DELETE", partner: string): Promise<void> {
  const params = { preverified_id: stack.resource?.id ?? "", partner_business_id: partner };
  return asSomebody(emulator, `${method} ${BUSINESS}/share_preverified_numbers`, params);
}

export const PRE_VERIFIED_PHONE_NUMBER: Subject<{ names: Record<string, string> }> = {
  className: "PreVerifiedPhoneNumber",
  handlers: "preVerifiedPhoneNumber",
  options: { seed: { businesses: [BUSINESS, PARTNER, OTHER, STRANGER].map((id) => ({ id, name: `Business ${id}` })) } },
  ground: async () => ({ names: {} }),
  least,
  full,
  parts: () => ({
    partners: { sharedWith: [OTHER, PARTNER] },
    none: { sharedWith: [] },
    verification: { verification: { method: "SMS", language: "en" } },
    onDelete: { onDelete: "delete" },
    credential: { credential: "acme" },
  }),
  values: () => ({
    businessId: { right: [BUSINESS], wrong: ["my-business", 506914307656634, ""] },
    phoneNumber: { right: [PHONE, "+1 (555) 078-3881"], wrong: ["15550783881", "+999 123 4567", "", 5] },
    verification: {
      right: [
        { method: "IVR", language: "en_US" },
        { method: "VOICE", language: "en", code: "123-830", attempt: 2 },
      ],
      wrong: [
        { method: "EMAIL", language: "en" },
        { method: "SMS", language: "english" },
        { method: "SMS", language: "en", code: "12383" },
        { method: "SMS", language: "en", attempt: 0 },
        "SMS",
      ],
    },
    sharedWith: { right: [[], [STRANGER]], wrong: [PARTNER, ["partner"], [PARTNER, PARTNER], [BUSINESS]] },
    onDelete: { right: ["retain", "delete"], wrong: ["deregister", true] },
    credential: { right: ["acme"], wrong: ["", "nobody"] },
  }),
  secretArgs: ["verification"],
  secretOutputs: [],
  secrets: () => [CODE],
  steering: { credential: "acme", onDelete: "delete" },
  changes: [
    {
      what: "another partner",
      to: () => ({ ...full(), sharedWith: [PARTNER, OTHER, STRANGER] }),
      shows: ["sharedWith"],
      writes: [SHARE],
    },
    {
      what: "one partner in place of another",
      to: () => ({ ...full(), sharedWith: [PARTNER, STRANGER] }),
      shows: ["sharedWith"],
      writes: [SHARE, UNSHARE],
    },
    { what: "no partners any more", to: least, shows: ["sharedWith"], writes: [UNSHARE, UNSHARE] },
    { what: "partners for the first time", from: least, to: full, shows: ["sharedWith"], writes: [SHARE, SHARE] },
  ],
  drifts: [
    {
      what: "a partner was unshared",
      happens: (lifecycle) => sharing(lifecycle, "DELETE", PARTNER),
      shows: ["sharedWith"],
      writes: [SHARE],
    },
    {
      what: "somebody shared it with another business",
      happens: (lifecycle) => sharing(lifecycle, "POST", STRANGER),
      shows: "none",
      writes: [],
    },
  ],
  ends: [{ args: { onDelete: "delete" }, writes: ["DELETE /{PREID}"] }],
  atMeta: (emulator) => Object.entries(emulator.state()).filter(([key]) => key.startsWith("preverified")),
  missingId: "999999999999999",
};
