/**
 * appsecret_proof: HMAC-SHA256 of the token under the app's secret, in lower-case hex; with `appsecret_time` of
 * `token|time`, which is good for five minutes by the emulator's clock. It comes by query, form or JSON.
 * Of tokens of other apps the secret is not known, so nothing is asked of them.
 */
import { createHmac } from "node:crypto";
import type { App } from "../app.ts";
import { APPSECRET_PROOF_LIFETIME, SECOND } from "../limits.ts";
import { invalidProof, missingProof } from "../refusals/access.ts";
import type { TokenRecord } from "../tokens.ts";
import type { Params } from "./params.ts";

function proofOf(secret: string, token: string, time?: string): string {
  return createHmac("sha256", secret)
    .update(time === undefined ? token : `${token}|${time}`)
    .digest("hex");
}

/** Throws what Graph refuses with when the proof is missing where the app requires one, or when it is wrong. */
export function checkProof(app: App, token: TokenRecord, params: Params, now: number): void {
  if (token.app_id !== app.id) return;
  const proof = params.get("appsecret_proof");
  if (proof === undefined || proof === null || proof === "") {
    // I: the app's own token holds the secret, so it proves itself.
    if (app.requiresProof && token.type !== "APP") throw missingProof();
    return;
  }
  if (!app.checksProof) return;
  const given = params.get("appsecret_time");
  const time = given === undefined || given === null || given === "" ? undefined : String(given);
  if (time !== undefined && !isFresh(time, now)) throw invalidProof();
  if (proof !== proofOf(app.secret, token.token, time)) throw invalidProof();
}

function isFresh(time: string, now: number): boolean {
  return /^\d{1,15}$/.test(time) && Math.abs(now - Number(time) * SECOND) <= APPSECRET_PROOF_LIFETIME;
}

interface Signed {
  readonly token: string | undefined;
  readonly params: Params;
}

/** K: in a batch, an item with the token of the whole is proven by the whole; one with its own token proves itself. */
export function withBatchProof(item: Signed, batch: Signed): Params {
  if (item.params.has("appsecret_proof") || (item.token !== undefined && item.token !== batch.token)) {
    return item.params;
  }
  const params = new Map(item.params);
  for (const name of ["appsecret_proof", "appsecret_time"]) {
    if (batch.params.has(name)) params.set(name, batch.params.get(name));
  }
  return params;
}
