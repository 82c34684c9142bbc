/**
 * Listens on the wire between the provider and the emulator, and writes down every rule that a call breaks. It judges
 * by what the last answers showed the provider and by what is true at Meta, never by the provider's own state.
 */
import type { Emulator } from "../../../emulator/index.ts";
import type { HttpAnswer, HttpRequest, Transport } from "../../../provider/graph/transport.ts";
import type { Properties } from "../../support/engine-double.ts";

const HOUR_MS = 60 * 60 * 1000;
const MONTH_MS = 30 * 24 * HOUR_MS;
const APPROVED = ["APPROVED", "AVAILABLE_WITHOUT_REVIEW"];

interface Call {
  readonly id: string;
  /** "register", or "" for the number itself. */
  readonly edge: string;
  readonly params: Properties;
}

/** What is kept of a number from one call to the next. Times are milliseconds of the emulator's clock. */
interface Record {
  shown?: Properties;
  readonly registers: number[];
  readonly deregisters: number[];
  readonly names: number[];
  /** Names that were asked for, and answered. */
  readonly asked: Set<string>;
  /** By text: when Meta's refusal was seen. */
  readonly declined: Map<string, number>;
  /** The attempts for which a text message was or may have been sent. */
  readonly messages: number[];
}

export class Referee {
  readonly broken: string[] = [];
  /** The last program that was run. */
  declared: Properties = {};
  readonly #records = new Map<string, Record>();
  readonly #lags: boolean;
  #emulator: Emulator | undefined;

  /** @param lags reads may be older than writes: then only what they showed is held against a call */
  constructor(lags: boolean) {
    this.#lags = lags;
  }

  watch(emulator: Emulator): void {
    this.#emulator = emulator;
  }

  readonly through = (transport: Transport): Transport => ({
    close: () => transport.close(),
    send: async (request) => {
      const call = callOf(request);
      if (request.method === "POST" && this.#emulator !== undefined) this.#before(this.#emulator, call);
      let answer: HttpAnswer | undefined;
      try {
        answer = await transport.send(request);
        return answer;
      } finally {
        if (request.method === "GET") this.#seen(answer);
        else this.#after(call, answer);
      }
    },
  });

  #before(emulator: Emulator, call: Call): void {
    const { now, numbers } = emulator.state() as { now: string; numbers: { [id: string]: Properties } };
    const truth = numbers[call.id];
    if (truth === undefined) return;
    const record = this.#record(call.id);
    const { shown } = record;
    if (shown === undefined) this.#break(call, "written before it was read");
    const known = [shown, ...(this.#lags ? [] : [truth])].filter((number) => number !== undefined);
    if (known.some(livesOnApp)) this.#break(call, "lives on the app");
    if (known.some(({ status }) => status === "BANNED" || status === "MIGRATED"))
      this.#break(call, "is out of service");
    const time = Date.parse(now);
    if (call.edge === "register") this.#beforeRegister(call, record, known, time);
    if (call.edge === "deregister") this.#beforeDeregister(call, record, known, time);
    const { new_display_name: name } = call.params;
    if (typeof name !== "string") return;
    this.#beforeName(call, record, name, time);
    const isInReview = truth.new_display_name === name && truth.new_name_status === "PENDING_REVIEW";
    // Where reads lag, what was answered is known all the same.
    if (isInReview && (!this.#lags || record.asked.has(name))) this.#break(call, "is in review");
  }

  #beforeRegister(call: Call, { registers }: Record, known: Properties[], time: number): void {
    registers.push(time);
    if (within(registers, time, 72 * HOUR_MS) > 10) this.#break(call, "eleventh in 72 hours");
    for (const number of known) {
      if (number.code_verification_status === "NOT_VERIFIED") this.#break(call, "not verified");
      if (number.platform_type !== "CLOUD_API" && !hasUsableName(number)) this.#break(call, "without a usable name");
    }
  }

  /** Only for another region, and only where the number can come back. */
  #beforeDeregister(call: Call, { registers, deregisters }: Record, known: Properties[], time: number): void {
    deregisters.push(time);
    if (within(deregisters, time, 72 * HOUR_MS) > 10) this.#break(call, "eleventh in 72 hours");
    if (within(registers, time, 72 * HOUR_MS) >= 10) this.#break(call, "no registration left");
    const { allowReregister, dataLocalizationRegion, pin } = this.declared;
    if (allowReregister !== true || dataLocalizationRegion === undefined) this.#break(call, "nobody allowed it");
    if (pin === undefined) this.#break(call, "no PIN to come back with");
    const { can_send_message: health } = (known[0]?.health_status ?? {}) as Properties;
    if (health === "BLOCKED") this.#break(call, "locked, it cannot come back");
    if (!known.every(hasUsableName)) this.#break(call, "no name to come back with");
  }

  #beforeName(call: Call, { names, declined }: Record, name: string, time: number): void {
    names.push(time);
    if (within(names, time, MONTH_MS) > 10) this.#break(call, "eleventh name in 30 days");
    const at = declined.get(name);
    if (at !== undefined && time - at < MONTH_MS) this.#break(call, `${name} was declined`);
  }

  #seen(answer: HttpAnswer | undefined): void {
    if (answer === undefined || answer.status !== 200) return;
    const body = parsed(answer.body);
    const time = Date.parse((this.#emulator?.state().now as string | undefined) ?? "");
    for (const number of Array.isArray(body.data) ? (body.data as Properties[]) : [body]) {
      if (typeof number.id !== "string") continue;
      const record = this.#record(number.id);
      record.shown = number;
      if (number.new_name_status === "DECLINED") this.#seenDeclined(record, String(number.new_display_name), time);
    }
  }

  #seenDeclined({ declined }: Record, name: string, time: number): void {
    const before = declined.get(name);
    if (before === undefined || time - before >= MONTH_MS) declined.set(name, time);
  }

  #after(call: Call, answer: HttpAnswer | undefined): void {
    const { new_display_name: name } = call.params;
    if (typeof name === "string" && answer?.status === 200) this.#record(call.id).asked.add(name);
    const error = answer === undefined ? {} : ((parsed(answer.body).error ?? {}) as Properties);
    const refusal = [error.code, error.error_subcode].filter(Boolean).join("/");
    if (call.edge === "register" && !this.#lags && ["133006", "100/2388001", "133016"].includes(refusal)) {
      if (refusal !== "133016" || this.#record(call.id).registers.length > 10) this.#break(call, `answered ${refusal}`);
    }
    if (call.edge !== "request_code") return;
    const refused = answer !== undefined && answer.status >= 400 && answer.status < 500 && error.code !== 136024;
    if (refused) return;
    const { verification } = this.declared as { verification?: { attempt?: number } };
    const attempt = verification?.attempt ?? 1;
    const { messages } = this.#record(call.id);
    if (messages.some((earlier) => earlier >= attempt)) this.#break(call, `second text message for attempt ${attempt}`);
    messages.push(attempt);
  }

  #break({ id, edge, params }: Call, rule: string): void {
    this.broken.push(`POST /${id}/${edge} ${JSON.stringify(params)}: ${rule}`);
  }

  #record(id: string): Record {
    const known = this.#records.get(id);
    if (known !== undefined) return known;
    const fresh: Record = {
      registers: [],
      deregisters: [],
      names: [],
      asked: new Set(),
      declined: new Map(),
      messages: [],
    };
    this.#records.set(id, fresh);
    return fresh;
  }
}

function callOf({ url, body }: HttpRequest): Call {
  const [, _version, id = "", edge = ""] = url.pathname.split("/");
  return { id, edge, params: typeof body === "string" ? parsed(body) : {} };
}

function parsed(text: string): Properties {
  try {
    return JSON.parse(text) as Properties;
  } catch {
    return {};
  }
}

function hasUsableName({ name_status, new_name_status }: Properties): boolean {
  return [name_status, new_name_status].some((status) => APPROVED.includes(String(status)));
}

function livesOnApp(number: Properties): boolean {
  return number.is_on_biz_app === true || (number.platform_type === "ON_PREMISE" && number.status === "DISCONNECTED");
}

function within(times: readonly number[], now: number, window: number): number {
  return times.filter((time) => now - time < window).length;
}
