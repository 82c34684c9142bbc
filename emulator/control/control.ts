/**
 * What a test does behind Graph's back: look, move time, decide reviews, change and delete numbers, revoke tokens,
 * order faults. The HTTP routes under `/__emulator/` and the handle of `startEmulator` both call these.
 */
import type { z } from "zod";
import { APPROVED_NAME_STATUSES } from "../../provider/schemas/words.ts";
import type { RequestReport } from "../calls/request-log.ts";
import type { JsonObject } from "../json.ts";
import { SECOND } from "../limits.ts";
import { settleDueReviews } from "../operations/due-reviews.ts";
import { numberNow, preverifiedNow } from "../operations/operation.ts";
import { digitsOf, type NumberRecord } from "../records/number.ts";
import type { WabaRecord } from "../records/waba.ts";
import { type NameDecision, nameInReview } from "../rules/display-name.ts";
import { withBadge } from "../rules/official-business-account.ts";
import { decideReview, type RejectionReason } from "../rules/review.ts";
import { liveCode } from "../rules/verification.ts";
import {
  changedToken,
  type NewToken,
  newToken,
  type TokenPatch,
  type TokenRecord,
  tokenChange,
  tokenOrder,
} from "../tokens.ts";
import { accountUpdates } from "../webhooks/account-events.ts";
import type { WebhookReport } from "../webhooks/deliveries.ts";
import { nameUpdate, qualityUpdates } from "../webhooks/number-events.ts";
import type { World } from "../world.ts";
import {
  type BusinessPatch,
  businessPatch,
  clockStep,
  type FaultOrder,
  faultOrder,
  type NumberPatch,
  nameReview,
  numberPatch,
  type UsageOrder,
  usageOrder,
  type WabaPatch,
  type WebhookOrder,
  wabaPatch,
  webhookOrder,
} from "./inputs.ts";
import { numberView, stateView, tokenView, usageView, wabaView } from "./views.ts";

/** A control call that cannot be done; `status` is the one its route answers. */
export class ControlError extends Error {
  readonly status: 400 | 404;

  constructor(status: 400 | 404, message: string) {
    super(message);
    this.name = "ControlError";
    this.status = status;
  }
}

export interface Control {
  /** All there is, PINs and codes included. */
  state(): JsonObject;
  /** Back to the start: seed, tokens, clock, log, faults, randomness. */
  reset(): void;
  requests(): RequestReport;
  clearRequests(): void;
  /** The code that Meta would have sent to a phone number or a pre-verified number, while it is alive. */
  code(id: string): string;
  /** A reason goes with a rejection only; UNKNOWN when it is left out. */
  reviewName(numberId: string, decision: NameDecision, reason?: RejectionReason): JsonObject;
  patchNumber(numberId: string, patch: NumberPatch): JsonObject;
  deleteNumber(numberId: string): void;
  patchWaba(wabaId: string, patch: WabaPatch): JsonObject;
  patchBusiness(businessId: string, patch: BusinessPatch): JsonObject;
  /** Answers the emulator's time after the step. */
  advanceClock(seconds: number): { readonly now: string };
  addToken(token: NewToken): JsonObject;
  patchToken(token: string, patch: TokenPatch): JsonObject;
  /** What each app has used of Meta's hourly limits. */
  usage(): JsonObject;
  /** Answers as `usage`. What was counted before is forgotten. */
  setUsage(order: UsageOrder): JsonObject;
  /** Answers the faults still to come. */
  addFault(fault: FaultOrder): JsonObject;
  clearFaults(): void;
  /** What was sent to callback URLs, and how that went. */
  webhooks(): WebhookReport;
  /** What is on its way goes on. */
  clearWebhooks(): void;
  /** Sends an event as Meta would; answers the callback URLs that get it: none when no app is subscribed. */
  sendWebhook(order: WebhookOrder): { readonly urls: readonly string[] };
  /** Resolves when every webhook was delivered or given up. */
  webhooksSettled(): Promise<void>;
}

export function createControl(world: World): Control {
  const find = (id: string): NumberRecord => {
    settleDueReviews(world);
    const number = numberNow(world.state, id, { now: world.clock.now(), settings: world.settings });
    if (number === undefined) throw new ControlError(404, `no phone number ${id}`);
    return number;
  };
  const findWaba = (id: string): WabaRecord => {
    const waba = world.state.waba(id);
    if (waba === undefined) throw new ControlError(404, `no WhatsApp Business Account ${id}`);
    return waba;
  };
  const findPreverified = (id: string) => preverifiedNow(world.state, id, world.clock.now());
  const keep = (number: NumberRecord): JsonObject => {
    world.state.putNumber(number);
    return numberView(world, number);
  };
  const putToken = (record: TokenRecord): JsonObject => {
    world.tokens.put(record);
    return tokenView(record);
  };
  /** A token that sees nothing is a test's good right, and a typing error looks the same. */
  const unknownWabas = ({ wabas }: TokenRecord): readonly string[] | undefined => {
    const unknown = (wabas ?? []).filter((id) => world.state.waba(id) === undefined);
    return unknown.length === 0 ? undefined : unknown;
  };
  return {
    state: () => {
      settleDueReviews(world);
      return stateView(world);
    },
    reset: () => world.reset(),
    requests: () => world.log.report(),
    clearRequests: () => world.log.clear(),
    code: (id) => {
      const code = liveCode((findPreverified(id) ?? find(id)).verification, world.clock.now());
      if (code === undefined)
        throw new ControlError(404, `no code is waiting for ${id}: none was sent, or it is used or expired`);
      return code;
    },
    reviewName: (id, decision, reason) => {
      const input = check(nameReview, { decision, rejection_reason: reason });
      const { nameFlip } = world.settings;
      const decided = decideReview(find(id), input.decision, input.rejection_reason, nameFlip, world.clock.now());
      if (decided === undefined) throw new ControlError(400, `no display name of ${id} is in review`);
      const view = keep(decided.number);
      if (decided.notice !== undefined) world.emit(nameUpdate(decided.number, decided.notice));
      return view;
    },
    patchNumber: (id, patch) => {
      const before = find(id);
      const change = check(numberPatch, patch);
      checkDisplay(before, change.display_phone_number);
      const after = patched(before, change, world.clock.now());
      const view = keep(after);
      for (const event of qualityUpdates(before, after)) world.emit(event);
      return view;
    },
    deleteNumber: (id) => {
      if (!world.state.removeNumber(id, world.clock.now())) throw new ControlError(404, `no phone number ${id}`);
    },
    patchWaba: (id, patch) => {
      const waba = findWaba(id);
      const changed = merged(waba, check(wabaPatch, patch));
      if (world.state.business(changed.business_id) === undefined) {
        throw new ControlError(400, `business_id: no business ${changed.business_id}`);
      }
      world.state.putWaba(changed);
      for (const event of accountUpdates(waba, changed)) world.emit(event);
      return wabaView(changed);
    },
    patchBusiness: (id, patch) => {
      const business = world.state.business(id);
      if (business === undefined) throw new ControlError(404, `no business ${id}`);
      const changed = merged(business, check(businessPatch, patch));
      world.state.putBusiness(changed);
      return { ...changed };
    },
    advanceClock: (seconds) => {
      world.clock.advance(check(clockStep, { advanceSeconds: seconds }).advanceSeconds * SECOND);
      settleDueReviews(world);
      return { now: new Date(world.clock.now()).toISOString() };
    },
    addToken: (token) => {
      const record = newToken(check(tokenOrder, token), world.app, world.clock.now());
      return { ...putToken(record), unknown_wabas: unknownWabas(record) };
    },
    patchToken: (token, patch) => {
      const known = world.tokens.get(token);
      if (known === undefined) throw new ControlError(404, "no such token");
      const changed = changedToken(known, check(tokenChange, patch), world.clock.now());
      return { ...putToken(changed), unknown_wabas: unknownWabas(changed) };
    },
    usage: () => usageView(world),
    setUsage: (order) => {
      const { wabaId, appId = world.app.id, percent = 100, regainMinutes } = check(usageOrder, order);
      if (wabaId !== undefined) findWaba(wabaId);
      world.usage.set({ appId, wabaId }, percent, regainMinutes, world.clock.now());
      return usageView(world);
    },
    clearFaults: () => world.faults.clear(),
    addFault: (fault) => {
      world.faults.add(check(faultOrder, withoutNulls(fault)));
      return { faults: world.faults.pending() as unknown as readonly JsonObject[] };
    },
    webhooks: () => world.deliveries.report(),
    clearWebhooks: () => world.deliveries.clear(),
    sendWebhook: (order) => {
      const { wabaId, field, value } = check(webhookOrder, order);
      findWaba(wabaId);
      return { urls: world.emit({ waba_id: wabaId, field, value }) };
    },
    webhooksSettled: () => world.deliveries.settled(),
  };
}

/** Callers in code are checked like callers over HTTP: both may come from untyped programs. */
export function check<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => [issue.path.join("."), issue.message].filter(Boolean).join(": "));
  throw new ControlError(400, problems.join("; "));
}

/** Null is as good as left out, in what a call matches too. */
function withoutNulls(order: unknown): unknown {
  if (typeof order !== "object" || order === null || Array.isArray(order)) return order;
  const given = Object.entries(order).filter(([, value]) => value !== null);
  return Object.fromEntries(given.map(([name, value]) => [name, name === "match" ? withoutNulls(value) : value]));
}

/** Null unsets. */
function merged<Item extends object>(item: Item, patch: object): Item {
  const set = Object.fromEntries(Object.entries(patch).map(([name, value]) => [name, value ?? undefined]));
  return { ...item, ...set };
}

function patched(number: NumberRecord, patch: z.output<typeof numberPatch>, now: number): NumberRecord {
  const { embedded_signup_finished_at: signup, is_pin_enabled, official_business_account, pin, ...fields } = patch;
  const status = patch.new_name_status;
  const badged =
    official_business_account === undefined ? number : withBadge(number, official_business_account.oba_status, now);
  const changed: NumberRecord = {
    ...merged(badged, fields),
    ...(signup === undefined ? {} : { signup_finished_at: signup === null ? undefined : Date.parse(signup) }),
    // A proof that is patched in ages from now on.
    ...(patch.code_verification_status === "VERIFIED" ? { verified_at: now } : {}),
    pin: pinAfter(number.pin, is_pin_enabled, pin),
    // The 14 days to register run from now when an approval is patched in.
    ...(status === undefined
      ? {}
      : { name_approved_at: status !== null && APPROVED_NAME_STATUSES.includes(status) ? now : undefined }),
  };
  return nameInReview(changed) === undefined ? { ...changed, name_review: undefined } : changed;
}

/** Another spelling, and never another number. */
function checkDisplay(number: NumberRecord, display: string | null | undefined): void {
  if (typeof display !== "string" || display.replace(/\D/g, "") === digitsOf(number)) return;
  throw new ControlError(400, `display_phone_number: must have the number's own digits, ${digitsOf(number)}`);
}

function pinAfter(current: string | undefined, enabled: boolean | undefined, pin: string | null | undefined) {
  const after = pin === undefined ? (enabled === false ? undefined : current) : (pin ?? undefined);
  if (enabled !== undefined && enabled !== (after !== undefined)) {
    throw new ControlError(400, enabled ? "is_pin_enabled: true needs a pin" : "is_pin_enabled: false excludes a pin");
  }
  return after;
}
