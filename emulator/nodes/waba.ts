/** How Graph shows a WhatsApp Business Account. */
import { createHash } from "node:crypto";
import type { Json, JsonObject } from "../json.ts";
import { OPENAPI } from "../known.ts";
import { SECOND } from "../limits.ts";
import { expandNumbers } from "../operations/list-numbers.ts";
import { isBanned, type WabaRecord } from "../records/waba.ts";
import { notEmulated } from "../refusals/request.ts";
import { accountHealth } from "../rules/health.ts";
import type { State } from "../state/state.ts";
import type { FieldSpec, NodeType, View } from "./node.ts";

const SDK = "Meta's SDK specification";
const REFERENCE = "Meta's reference of the account node";
/** Of accounts that say nothing else: the seed's day. */
const CREATED_AT = Date.parse("2023-08-22T18:00:00Z");

/** Documented, and refused as not emulated rather than as nonexisting. */
const DOCUMENTED = [
  "assigned_users",
  "audiences",
  "dcc_config",
  "is_enabled_for_insights",
  "message_templates",
  "on_behalf_of_business_info",
  "purchase_order_number",
  "schedules",
  "subscribed_apps",
];

function notYet(name: string): FieldSpec<WabaRecord> {
  const read = () => {
    throw notEmulated(`The field ${name} of a WhatsApp Business Account`);
  };
  return { marks: "S", source: SDK, note: "not emulated: 501", read };
}

function known(
  marks: string,
  source: string,
  read: (waba: WabaRecord, view: View) => Json | undefined,
  note?: string,
): FieldSpec<WabaRecord> {
  return { marks, source, read, ...(note === undefined ? {} : { note }) };
}

export const WABA_NODE: NodeType<WabaRecord> = {
  name: "WhatsAppBusinessAccount",
  /** D: of the guide's sample. */
  defaults: ["name", "currency", "timezone_id", "message_template_namespace"],
  fields: {
    account_review_status: known("D S", SDK, (waba) => waba.account_review_status ?? "APPROVED"),
    business_verification_status: known(
      "S",
      SDK,
      (waba, { state }) => state.business(waba.business_id)?.verification_status ?? "verified",
      "of the business; lower case, the file has upper case",
    ),
    country: known("S", SDK, (waba) => waba.country ?? "US"),
    creation_time: known(
      "S",
      SDK,
      (waba) => Math.floor((waba.created_at ?? CREATED_AT) / SECOND),
      "seconds since 1970 (I for the form)",
    ),
    currency: known("D S", REFERENCE, (waba) => waba.currency ?? "USD"),
    health_status: {
      ...known("D S", "Meta's guide: health status", (waba) => accountHealth(waba), "codes and texts are inferred"),
      sub: {
        can_send_message: true,
        entities: {
          entity_type: true,
          id: true,
          can_send_message: true,
          additional_info: true,
          errors: { error_code: true, error_description: true, possible_solution: true },
        },
      },
    },
    message_template_namespace: known("D S", REFERENCE, ({ id }) => namespaceOf(id)),
    name: known("D S", OPENAPI, (waba) => waba.name),
    phone_numbers: {
      marks: "K",
      source: "Graph's field expansion",
      note: "left out when the list is empty; takes what the edge takes: limit, after, before, sort, filtering",
      read: () => undefined,
      edge: expandNumbers,
    },
    owner_business_info: {
      ...known("S", SDK, (waba, { state }) => ownerOf(waba, state), "id and name are I"),
      sub: { id: true, name: true },
    },
    ownership_type: known("S", SDK, () => "SELF", "the file's words differ"),
    primary_business_location: known("S", SDK, (waba) => waba.country ?? "US", "as country (I)"),
    status: known("S", SDK, (waba) => (isBanned(waba) ? "DISABLED" : "ACTIVE"), "I for the words"),
    timezone_id: known("D S", REFERENCE, (waba) => waba.timezone_id ?? "1"),
    whatsapp_business_manager_messaging_limit: known(
      "D S",
      SDK,
      (waba, { state }) => messagingLimit(waba, state),
      "of the business: as its account's oldest number has it (of several the one with the lowest id), TIER_250 without one (I)",
    ),
    ...Object.fromEntries(DOCUMENTED.map((name) => [name, notYet(name)])),
  },
};

function ownerOf(waba: WabaRecord, state: State): JsonObject {
  return { id: waba.business_id, name: state.business(waba.business_id)?.name };
}

function messagingLimit(waba: WabaRecord, state: State): string {
  const oldest = state.sorted(waba.id, "creation_time.asc")[0];
  const number = oldest === undefined ? undefined : state.number(oldest.id);
  return number?.whatsapp_business_manager_messaging_limit ?? "TIER_250";
}

/** In the form of Meta's samples: groups of hexadecimal digits, joined by underscores. */
function namespaceOf(id: string): string {
  const hex = createHash("sha256").update(`namespace ${id}`).digest("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join("_");
}
