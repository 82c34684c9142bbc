/**
 * Webhooks on their way: after the answer to the call that caused them, in order for each URL, tried again when the
 * URL does not answer with 2xx, then given up. Nothing here holds up the API.
 */
import { setTimeout as delay } from "node:timers/promises";
import type { JsonObject } from "../json.ts";
import { DELIVERIES_MAX, WEBHOOK_LEAD } from "../limits.ts";
import type { ResolvedOptions } from "../options.ts";
import type { Random } from "../random.ts";
import { callBack } from "./callback.ts";
import { type Challenge, verifyCallback } from "./challenge.ts";
import type { WebhookEvent } from "./event.ts";
import { messageBody, signature } from "./message.ts";

export interface Delivery {
  /** The emulator's time of the event. */
  readonly time: string;
  readonly url: string;
  readonly wabaId: string;
  readonly field: string;
  readonly value: JsonObject;
  /** Of the last attempt; null when nothing was answered. */
  readonly status: number | null;
  readonly attempts: number;
  readonly outcome: "pending" | "delivered" | "given_up";
}

export interface WebhookReport {
  /** The latest ones, oldest first. */
  readonly deliveries: readonly Delivery[];
}

export interface DeliveryTerms {
  readonly appSecret: string;
  /** Milliseconds of real time before each further attempt. */
  readonly retryDelaysMs: readonly number[];
  readonly timeoutMs: number;
  /** The app's own address, which proves itself before the first delivery. */
  readonly proof?: Challenge | undefined;
}

export function deliveryTerms({ appSecret, webhook }: Pick<ResolvedOptions, "appSecret" | "webhook">): DeliveryTerms {
  const { url, verifyToken, retryDelaysMs, timeoutMs } = webhook;
  const proof = url !== undefined && verifyToken !== undefined ? { url, verifyToken } : undefined;
  return { appSecret, retryDelaysMs, timeoutMs, proof };
}

type Wait = (milliseconds: number, signal: AbortSignal) => Promise<unknown>;
type Entry = { -readonly [Key in keyof Delivery]: Delivery[Key] };

export class Deliveries {
  readonly terms: DeliveryTerms;
  readonly #random: () => Random;
  readonly #wait: Wait;
  #entries: Entry[] = [];
  #queues = new Map<string, Promise<void>>();
  #stopping = new AbortController();
  #proven = false;

  constructor(terms: DeliveryTerms, random: () => Random, wait: Wait = realWait) {
    this.terms = terms;
    this.#random = random;
    this.#wait = wait;
  }

  add(event: WebhookEvent, url: string, now: number): void {
    const { waba_id, field, value } = event;
    const time = new Date(now).toISOString();
    const entry: Entry = { time, url, wabaId: waba_id, field, value, status: null, attempts: 0, outcome: "pending" };
    this.#entries.push(entry);
    // Cut seldom and in one go, as the log of requests.
    if (this.#entries.length >= 2 * DELIVERIES_MAX) this.#entries = this.#entries.slice(-DELIVERIES_MAX);
    const body = messageBody(event, now);
    const { signal } = this.#stopping;
    const queue = this.#queues;
    const lead = this.#wait(WEBHOOK_LEAD, signal).catch(() => undefined);
    const last: Promise<void> = Promise.all([queue.get(url), lead])
      .then(() => this.#deliver(entry, body, signal))
      .finally(() => {
        if (queue.get(url) === last) queue.delete(url);
      });
    queue.set(url, last);
  }

  report(): WebhookReport {
    return { deliveries: this.#entries.slice(-DELIVERIES_MAX).map((entry) => ({ ...entry })) };
  }

  /** Forgets what was sent; what is on its way goes on. */
  clear(): void {
    this.#entries = [];
  }

  /** Resolves when nothing is on its way, events included that come meanwhile. */
  async settled(): Promise<void> {
    while (this.#queues.size > 0) await Promise.all(this.#queues.values());
  }

  /** Drops what is on its way, and forgets the rest. */
  reset(): void {
    this.#stopping.abort();
    this.#stopping = new AbortController();
    this.#queues = new Map();
    this.#entries = [];
    this.#proven = false;
  }

  /** Drops what is on its way and what still comes. */
  close(): void {
    this.#stopping.abort();
  }

  async #deliver(entry: Entry, body: string, signal: AbortSignal): Promise<void> {
    const { retryDelaysMs } = this.terms;
    for (const pause of [0, ...retryDelaysMs]) {
      if (pause > 0) await this.#wait(pause, signal).catch(() => undefined);
      if (signal.aborted) return;
      const status = await this.#attempt(entry.url, body, signal);
      if (signal.aborted) return;
      entry.attempts++;
      entry.status = status;
      if (status !== null && status >= 200 && status <= 299) {
        entry.outcome = "delivered";
        return;
      }
    }
    entry.outcome = "given_up";
    const { origin, pathname } = new URL(entry.url);
    const reason = entry.status === null ? "no answer" : `status ${entry.status}`;
    process.stderr.write(
      `emulator: webhook ${entry.field} to ${origin}${pathname} given up after ${entry.attempts} attempts: ${reason}\n`,
    );
  }

  async #attempt(url: string, body: string, signal: AbortSignal): Promise<number | null> {
    const { appSecret, timeoutMs, proof } = this.terms;
    if (url === proof?.url && !this.#proven) {
      const failure = await verifyCallback(proof, { expected: challengeText(this.#random()), timeoutMs, signal });
      // A 200 with another body than the challenge is no success.
      if (failure !== undefined) return failure.status === 200 ? null : failure.status;
      this.#proven = true;
    }
    const headers = { "content-type": "application/json", "x-hub-signature-256": signature(body, appSecret) };
    const answer = await callBack(new URL(url), { method: "POST", headers, body, timeoutMs, signal }).catch(() => null);
    return answer?.status ?? null;
  }
}

/** A whole number as text; none starts with 0, as receivers may read it as a number. */
export function challengeText(random: Random): string {
  return `1${random.digits(9)}`;
}

function realWait(milliseconds: number, signal: AbortSignal): Promise<void> {
  return delay(milliseconds, undefined, { signal });
}
