/** GET /debug_token: what a token is, may do, and whether it works. */

import { requiredText } from "../calls/params.ts";
import type { JsonObject } from "../json.ts";
import { DATA_ACCESS, SECOND } from "../limits.ts";
import { invalidToken, otherApp } from "../refusals/access.ts";
import type { GraphRefusal } from "../refusals/refusal.ts";
import { SCOPES, type TokenRecord, whyInvalid } from "../tokens.ts";
import type { RootOperation } from "./operation.ts";

/** I: whoever has a token of the app counts as one of its developers. */
export const debugToken: RootOperation = (state, params, { token: asker, tokens, now }) => {
  const record = tokens.find(requiredText(params, "input_token"));
  // K: an answer like any other, with the reason inside.
  if (record === undefined) return { data: { ...problem(invalidToken()), is_valid: false, scopes: [] } };
  if (record.app_id !== asker.app_id) throw otherApp();
  const refusal = whyInvalid(record, now);
  const scopes = record.scopes ?? SCOPES;
  const { app } = tokens;
  return {
    data: {
      app_id: record.app_id,
      type: record.type,
      // I: of other apps only the id is known here.
      application: record.app_id === app.id ? app.name : `App ${record.app_id}`,
      ...(record.type === "APP" ? {} : times(record)),
      ...(refusal === undefined ? {} : problem(refusal)),
      is_valid: refusal === undefined,
      scopes: [...scopes],
      ...(record.type === "APP" ? {} : { granular_scopes: scopes.map((scope) => granular(scope, record, businesses)) }),
      user_id: record.user_id,
    },
  };

  function businesses(): string[] {
    return [...new Set((record?.wabas ?? []).flatMap((id) => state.waba(id)?.business_id ?? []))];
  }
};

/** D: without `target_ids` a permission is for all assets. */
function granular(scope: string, { wabas }: TokenRecord, businesses: () => string[]): JsonObject {
  if (wabas === undefined) return { scope };
  if (scope.startsWith("whatsapp_business_")) return { scope, target_ids: [...wabas] };
  return scope === "business_management" ? { scope, target_ids: businesses() } : { scope };
}

function times({ type, issued_at, expires_at }: TokenRecord): JsonObject {
  return {
    data_access_expires_at: type === "USER" ? seconds(issued_at + DATA_ACCESS) : 0,
    expires_at: expires_at === undefined ? 0 : seconds(expires_at),
    issued_at: seconds(issued_at),
  };
}

function problem({ facts: { code, message, subcode } }: GraphRefusal): JsonObject {
  return { error: { code, message, subcode } };
}

function seconds(milliseconds: number): number {
  return Math.floor(milliseconds / SECOND);
}
