/** The body of a webhook, and its signature. */
import { createHmac } from "node:crypto";
import type { WebhookEvent } from "./event.ts";

/**
 * D: Meta signs, and sends, text without other than ASCII characters: `ä` is `\u00e4`, in lower case. A receiver that
 * parses and writes the JSON again gets other bytes than the signed ones.
 */
export function messageBody({ waba_id, field, value }: WebhookEvent, now: number): string {
  const entry = { id: waba_id, time: Math.floor(now / 1000), changes: [{ field, value }] };
  return JSON.stringify({ object: "whatsapp_business_account", entry: [entry] }).replace(/[^\x20-\x7e]/g, escaped);
}

/** Of the header X-Hub-Signature-256. */
export function signature(body: string, appSecret: string): string {
  return `sha256=${createHmac("sha256", appSecret).update(body).digest("hex")}`;
}

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
