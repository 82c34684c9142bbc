/** How Graph shows a number's settings. A block that was never set is left out (D). */
import { createHash } from "node:crypto";
import type { JsonObject } from "../json.ts";
import { OPENAPI } from "../known.ts";
import { NO_STORAGE_MINUTES } from "../limits.ts";
import type { NumberRecord } from "../records/number.ts";
import type { NodeType } from "./node.ts";

const CALLING_KEYS = {
  status: true,
  call_icon_visibility: true,
  call_icons: { restrict_to_user_countries: true },
  call_hours: { status: true, timezone_id: true, weekly_operating_hours: true, holiday_schedule: true },
  callback_permission_status: true,
  srtp_key_exchange_protocol: true,
  sip: { status: true, servers: true },
  audio: { additional_codecs: true },
  video: { status: true },
} as const;

const WITHOUT_PASSWORDS: NodeType<NumberRecord> = {
  name: "WhatsAppBusinessPhoneNumberSettings",
  defaults: ["calling", "storage_configuration", "user_identity_change", "payload_encryption"],
  fields: {
    calling: {
      marks: "D",
      source: "Meta's guide: call settings",
      note: "what was set, without defaults; ip_addresses, restrictions and a server's app_id (O) are not made up",
      sub: CALLING_KEYS,
      read: (number) => callingOf(number, false),
    },
    payload_encryption: {
      marks: "O",
      source: OPENAPI,
      note: "no cloud_encryption_key: there is no such key here",
      sub: { status: true, client_encryption_key_fingerprint: true },
      read: (number) => {
        const block = number.settings?.payload_encryption;
        if (block === undefined) return undefined;
        const key = block.status === "ENABLED" ? block.client_encryption_key : undefined;
        return {
          status: block.status,
          client_encryption_key_fingerprint: key === undefined ? undefined : fingerprint(key),
        };
      },
    },
    storage_configuration: {
      marks: "D",
      source: "Meta's guide: local storage",
      note: "left out when messages are stored as usual (I; the file has `default`)",
      sub: { status: true, data_localization_region: true, retention_minutes: true },
      read: (number) => {
        const region = number.data_localization_region;
        if (region !== undefined) return { status: "IN_COUNTRY_STORAGE_ENABLED", data_localization_region: region };
        if (number.retention_minutes === undefined) return undefined;
        return { status: "NO_STORAGE_ENABLED", retention_minutes: NO_STORAGE_MINUTES };
      },
    },
    user_identity_change: {
      marks: "D",
      source: "Meta's guide: identity change check",
      sub: { enable_identity_key_check: true },
      read: (number) => number.settings?.user_identity_change,
    },
  },
};
const WITH_PASSWORDS: NodeType<NumberRecord> = {
  ...WITHOUT_PASSWORDS,
  fields: {
    ...WITHOUT_PASSWORDS.fields,
    calling: {
      marks: "D O",
      source: OPENAPI,
      note: "the password of each server is called sip_user_password, as in the guide",
      sub: CALLING_KEYS,
      read: (number) => callingOf(number, true),
    },
  },
};

export function settingsNode(withPasswords: boolean): NodeType<NumberRecord> {
  return withPasswords ? WITH_PASSWORDS : WITHOUT_PASSWORDS;
}

function callingOf(number: NumberRecord, withPasswords: boolean): JsonObject | undefined {
  const calling = number.settings?.calling;
  if (calling === undefined || withPasswords || calling.sip?.servers === undefined) return calling;
  const servers = calling.sip.servers.map(({ sip_user_password: _, ...server }) => server);
  return { ...calling, sip: { ...calling.sip, servers } };
}

/** O for the form. */
function fingerprint(key: string): string {
  return `SHA256:${createHash("sha256").update(key).digest("base64")}`;
}
