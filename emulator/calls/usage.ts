/**
 * How much of Meta's hourly call limits each app has used: per WABA for the calls that Meta lists there, and for all
 * other calls together. Every answer to a counted call tells it in a header; whether calls beyond the limit are
 * refused is an option. A test may set the figures (`UsageBook.set`).
 */
import { APP_CALLS_PER_HOUR, HOUR, MINUTE, REGISTERED_WABA_CALLS_PER_HOUR, WABA_CALLS_PER_HOUR } from "../limits.ts";
import { appThrottled, wabaThrottled } from "../refusals/rate.ts";
import type { GraphRefusal } from "../refusals/refusal.ts";
import type { Route } from "../routes/route.ts";
import type { Match } from "../routes.ts";
import { HourCount } from "../rules/hour-count.ts";
import type { State } from "../state/state.ts";

export interface UsageLimits {
  /** Of one app on one WABA while that has no registered number, in a rolling hour. */
  readonly wabaCallsPerHour: number;
  /** The same once it has one. */
  readonly registeredWabaCallsPerHour: number;
  /** Of one app, for all calls that do not count for a WABA. */
  readonly appCallsPerHour: number;
}

/** D: the calls that count for the WABA; those of them that are not emulated have no row. */
const WABA_CALLS = new Set([
  "GET /{WABA}",
  "GET /{WABA}/phone_numbers",
  "GET /{PNID}",
  "GET /{WABA}/subscribed_apps",
  "POST /{WABA}/subscribed_apps",
  "DELETE /{WABA}/subscribed_apps",
]);

/** Who a call counts for: an app, and with it one WABA or, when it is left out, none. */
export interface UsageSubject {
  readonly appId: string;
  readonly wabaId: string | undefined;
}

/** K: of several ids in one read each counts, so the read does not. The on-premises client is not Graph. */
const UNCOUNTED = new Set(["/", "/v1/account", "/v1/account/verify"]);

/** What is not emulated does not count: Meta's answer is not known. */
export function isCounted({ route, refusal }: Match): boolean {
  return refusal?.facts.status !== 501 && !UNCOUNTED.has(route?.template ?? "");
}

/** I: a call on an object that the token does not reach counts for the app alone; `wabaId` is then undefined. */
export function subjectOf(appId: string, route: Route | undefined, wabaId: string | undefined): UsageSubject {
  const counts = route !== undefined && WABA_CALLS.has(`${route.method} ${route.template}`);
  return { appId, wabaId: counts ? wabaId : undefined };
}

/** How an app stands after a call. */
export interface Reading extends UsageSubject {
  /** Whole percent of the limit, rounded up, 100 at most. */
  readonly percent: number;
  /** Until calls are taken again, in whole minutes rounded up; 0 while they are taken. */
  readonly regainMinutes: number;
}

interface Meter {
  readonly subject: UsageSubject;
  readonly count: HourCount;
  readonly set?: { readonly percent: number; readonly until: number; readonly isBlocked: boolean };
}

export class UsageBook {
  readonly limits: UsageLimits;
  readonly enforced: boolean;
  readonly #meters = new Map<string, Meter>();

  constructor(limits: UsageLimits, enforced: boolean) {
    this.limits = limits;
    this.enforced = enforced;
  }

  /**
   * Counts one call and tells what its answer says; with a refusal, the call must not run. K: refused calls count
   * too, so one who goes on calling prolongs the wait.
   */
  meter(subject: UsageSubject, state: State, now: number): { reading: Reading; refusal: GraphRefusal | undefined } {
    const meter = this.#meter(subject);
    const limit = this.#limit(subject, state);
    const refused = this.#blockedUntil(meter, limit, now) > now;
    meter.count.add(now);
    const refusal = subject.wabaId === undefined ? appThrottled : wabaThrottled;
    return { reading: this.#read(meter, limit, now), refusal: refused ? refusal() : undefined };
  }

  /**
   * From now on at least this much is used; what was counted before is forgotten. It lasts an hour, or with
   * `regainMinutes` for those: then calls are refused, whether limits are enforced or not.
   */
  set(subject: UsageSubject, percent: number, regainMinutes: number | undefined, now: number): void {
    const isBlocked = regainMinutes !== undefined;
    const until = now + (isBlocked ? regainMinutes * MINUTE : HOUR);
    this.#meters.set(key(subject), { subject, count: new HourCount(), set: { percent, until, isBlocked } });
  }

  /** All that was counted or set, in the order in which it came. `limit`: calls an hour. */
  report(state: State, now: number): (Reading & { readonly calls: number; readonly limit: number })[] {
    return [...this.#meters.values()].map((meter) => {
      const limit = this.#limit(meter.subject, state);
      return { ...this.#read(meter, limit, now), calls: meter.count.total(now), limit };
    });
  }

  #meter(subject: UsageSubject): Meter {
    const known = this.#meters.get(key(subject));
    if (known !== undefined) return known;
    const meter = { subject, count: new HourCount() };
    this.#meters.set(key(subject), meter);
    return meter;
  }

  #limit({ wabaId }: UsageSubject, state: State): number {
    if (wabaId === undefined) return this.limits.appCallsPerHour;
    const { registeredWabaCallsPerHour, wabaCallsPerHour } = this.limits;
    return state.hasRegisteredNumber(wabaId) ? registeredWabaCallsPerHour : wabaCallsPerHour;
  }

  #read(meter: Meter, limit: number, now: number): Reading {
    const counted = Math.min(100, Math.ceil((meter.count.total(now) * 100) / limit));
    const wait = this.#blockedUntil(meter, limit, now) - now;
    return {
      ...meter.subject,
      percent: Math.max(counted, setPercent(meter, now)),
      regainMinutes: Math.max(0, Math.ceil(wait / MINUTE)),
    };
  }

  #blockedUntil({ count, set }: Meter, limit: number, now: number): number {
    const isFull = set !== undefined && (set.isBlocked || (this.enforced && set.percent >= 100));
    const counted = this.enforced ? now + count.untilBelow(limit, now) : now;
    return isFull ? Math.max(set.until, counted) : counted;
  }
}

function setPercent({ set }: Meter, now: number): number {
  return set !== undefined && now < set.until ? set.percent : 0;
}

function key({ appId, wabaId }: UsageSubject): string {
  return wabaId === undefined ? appId : `${appId}/${wabaId}`;
}

/**
 * As Meta sends it: of a WABA an array, one entry a kind of call; of an app a plain object without a wait. I: one
 * kind, as the others count messages; of processor and wall time a stand-in has nothing true to tell.
 */
export function usageHeaders(readings: readonly Reading[]): { [name: string]: string } {
  const headers: { [name: string]: string } = {};
  const wabas: { [id: string]: object[] } = {};
  for (const { wabaId, percent, regainMinutes } of readings) {
    const shares = { call_count: percent, total_cputime: 1, total_time: 1 };
    if (wabaId === undefined) headers["x-app-usage"] = JSON.stringify(shares);
    else {
      wabas[wabaId] = [
        { type: "whatsapp_business_management", ...shares, estimated_time_to_regain_access: regainMinutes },
      ];
    }
  }
  if (Object.keys(wabas).length > 0) headers["x-business-use-case-usage"] = JSON.stringify(wabas);
  return headers;
}

/** What the option says, over the figures that Meta names. */
export function usageLimits(given: boolean | Partial<Record<keyof UsageLimits, number | undefined>>): UsageLimits {
  const figures = typeof given === "boolean" ? {} : given;
  return {
    wabaCallsPerHour: figures.wabaCallsPerHour ?? WABA_CALLS_PER_HOUR,
    registeredWabaCallsPerHour: figures.registeredWabaCallsPerHour ?? REGISTERED_WABA_CALLS_PER_HOUR,
    appCallsPerHour: figures.appCallsPerHour ?? APP_CALLS_PER_HOUR,
  };
}
