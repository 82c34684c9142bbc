/** What happens to a number besides our runs: time, Meta's decisions, people in WhatsApp Manager, broken connections. */
import { ControlError, type FaultOrder, type NumberPatch } from "../../../emulator/index.ts";
import type { Callback } from "../../support/callback.ts";
import type { Lifecycle } from "../../support/lifecycle.ts";

export interface Scene {
  readonly lifecycle: Lifecycle;
  /** Undefined while there is no such number. */
  readonly id: string | undefined;
  readonly wabaId: string;
  readonly callback: Callback;
}

type Event = (scene: Scene) => unknown;

const patch =
  (change: NumberPatch) =>
  ({ lifecycle, id }: Scene) =>
    id === undefined ? undefined : lifecycle.emulator.patchNumber(id, change);
const review =
  (decision: "APPROVED" | "REJECTED" | "DEFERRED") =>
  ({ lifecycle, id }: Scene) =>
    id === undefined ? undefined : lifecycle.emulator.reviewName(id, decision);
const pass =
  (time: Parameters<Lifecycle["pass"]>[0]) =>
  ({ lifecycle }: Scene) =>
    lifecycle.pass(time);
const fault =
  (order: FaultOrder) =>
  ({ lifecycle }: Scene) =>
    lifecycle.emulator.addFault(order);

const PERSON = "person-token";

/** A call that somebody makes with a token of their own. */
async function call({ emulator }: Lifecycle, method: string, path: string, params?: object): Promise<void> {
  emulator.addToken({ token: PERSON });
  const headers = { authorization: `Bearer ${PERSON}`, "content-type": "application/json" };
  const body = params === undefined ? null : JSON.stringify(params);
  // Their connections break too.
  await fetch(`${emulator.url}/v25.0${path}`, { method, headers, body }).catch(() => undefined);
}

const byPerson =
  (...calls: [path: string, params: object][]) =>
  async ({ lifecycle, id }: Scene) => {
    if (id === undefined) return;
    const numbers = lifecycle.emulator.state().numbers as { [id: string]: { pin?: string } };
    const pin = numbers[id]?.pin ?? "123456";
    for (const [path, params] of calls) {
      await call(lifecycle, "POST", `/${id}${path}`, path === "/register" ? { ...params, pin } : params);
    }
  };
const REGISTER: [string, object] = ["/register", { messaging_product: "whatsapp" }];

/** A ban is lifted, a word is known again. */
function mend({ lifecycle: { emulator }, id }: Scene): void {
  const number = (emulator.state().numbers as { [id: string]: { platform_type: string } })[id ?? ""];
  if (number === undefined || id === undefined) return;
  emulator.patchNumber(id, { status: number.platform_type === "CLOUD_API" ? "CONNECTED" : "DISCONNECTED" });
}

export const EVENTS = {
  "a minute": pass({ minutes: 1 }),
  "ten minutes": pass({ minutes: 10 }),
  "an hour": pass({ hours: 1 }),
  "four days": pass({ days: 4 }),
  "a fortnight": pass({ days: 15 }),
  approval: review("APPROVED"),
  refusal: review("REJECTED"),
  deferral: review("DEFERRED"),
  "a name asked for by somebody": patch({ new_display_name: "Third Name", new_name_status: "PENDING_REVIEW" }),
  "a declined first name": patch({ name_status: "DECLINED" }),
  "an approved first name": patch({ name_status: "APPROVED" }),
  "an expired first name": patch({ name_status: "EXPIRED" }),
  "a name that Meta forgets": patch({ new_display_name: null, new_name_status: null, new_certificate: null }),
  "a rename in WhatsApp Manager": patch({ verified_name: "Eve's Cakes" }),
  loss: patch({ status: "DISCONNECTED", platform_type: "NOT_APPLICABLE" }),
  verification: patch({ code_verification_status: "VERIFIED" }),
  "an old code": patch({ code_verification_status: "EXPIRED" }),
  "another PIN": patch({ is_pin_enabled: true, pin: "999999" }),
  "no PIN": patch({ is_pin_enabled: false }),
  "a flag": patch({ status: "FLAGGED" }),
  "a ban": patch({ status: "BANNED" }),
  "an end of the trouble": mend,
  "a move away": patch({ status: "MIGRATED" }),
  "a word that nobody knows": patch({ status: "SLEEPING" }),
  "the app": patch({ is_on_biz_app: true }),
  "no app": patch({ is_on_biz_app: false }),
  "a deregistration that stopped halfway": patch({ deregister_incomplete: true }),
  "another webhook": patch({ webhook_configuration: { phone_number: "https://other.example/hook" } }),
  "no webhook": patch({ webhook_configuration: null }),
  "a webhook of the account": patch({ webhook_configuration: { whatsapp_business_account: "https://a.example/" } }),
  "the address dies": ({ callback }) => Object.assign(callback, { alive: false }),
  "the address lives": ({ callback }) => Object.assign(callback, { alive: true }),
  "a banned account": ({ lifecycle, wabaId }) => lifecycle.emulator.patchWaba(wabaId, { waba_ban_state: "DISABLE" }),
  "an account in order": ({ lifecycle, wabaId }) => lifecycle.emulator.patchWaba(wabaId, { waba_ban_state: null }),
  "no subscribed app": ({ lifecycle, wabaId }) => call(lifecycle, "DELETE", `/${wabaId}/subscribed_apps`),
  deletion: ({ lifecycle, id }) => id !== undefined && lifecycle.emulator.deleteNumber(id),
  "a registration by somebody": byPerson(REGISTER),
  "a deregistration by somebody": byPerson(["/deregister", {}]),
  "another region by somebody": byPerson(
    ["/deregister", {}],
    ["/settings", { storage_configuration: { status: "IN_COUNTRY_STORAGE_ENABLED", data_localization_region: "IN" } }],
    REGISTER,
  ),
  "a lost call, before its effect": fault({ match: { method: "POST" }, drop: "before" }),
  "a lost answer": fault({ match: { method: "POST" }, drop: "after" }),
  "a lost registration call": fault({ match: { method: "POST", path: "/*/register" }, drop: "before" }),
  "a lost answer to a registration": fault({ match: { method: "POST", path: "/*/register" }, drop: "after" }),
  "a lost read": fault({ match: { method: "GET" }, drop: "before" }),
  "reads that stay lost": fault({ match: { method: "GET" }, times: 4, drop: "before" }),
  "a failure of Graph": fault({ match: { method: "POST" }, status: 500, body: "" }),
} satisfies Record<string, Event>;
export type EventName = keyof typeof EVENTS;

/** What cannot happen in the number's state does not. */
export async function happen(name: EventName, scene: Scene): Promise<void> {
  try {
    await EVENTS[name](scene);
  } catch (error) {
    if (!(error instanceof ControlError)) throw error;
  }
}
