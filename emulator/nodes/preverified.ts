/** How Graph shows a pre-verified number. The fields that only the OpenAPI file names contradict the SDK and do not exist. */
import { graphTime } from "../clock.ts";
import { digitsOf } from "../records/number.ts";
import { type PreverifiedRecord, preverifiedStatus, verifiedUntil } from "../records/preverified.ts";
import type { NodeType } from "./node.ts";

const SDK = "Meta's SDK specification";
const PREVERIFIED_GUIDE = "Meta's guide: pre-verified numbers";

export const PREVERIFIED_NODE: NodeType<PreverifiedRecord> = {
  name: "WhatsAppBusinessPreVerifiedPhoneNumber",
  // I: no answer without `fields` was ever published.
  defaults: ["phone_number", "code_verification_status", "verification_expiry_time"],
  fields: {
    code_verification_status: {
      marks: "S",
      source: SDK,
      note: "the guide's prose says UNVERIFIED",
      read: (preverified, { now }) => preverifiedStatus(preverified, now),
    },
    code_verification_time: {
      marks: "D S",
      source: PREVERIFIED_GUIDE,
      note: "the latest proof; left out before the first (I)",
      read: ({ verified_at }) => (verified_at === undefined ? undefined : graphTime(verified_at)),
    },
    owner_business: {
      marks: "S",
      source: SDK,
      sub: { id: true, name: true },
      read: ({ business_id }, { state }) => ({ id: business_id, name: state.business(business_id)?.name }),
    },
    phone_number: { marks: "S", source: SDK, note: "bare digits (I)", read: (preverified) => digitsOf(preverified) },
    verification_expiry_time: {
      marks: "D S",
      source: PREVERIFIED_GUIDE,
      note: "90 days after the latest proof",
      read: (preverified) => {
        const until = verifiedUntil(preverified);
        return until === undefined ? undefined : graphTime(until);
      },
    },
  },
};
