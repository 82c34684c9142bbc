/**
 * What Graph refuses with, and its wire form. Operations throw refusals, rules return them; `envelope` is the one place
 * that renders them. The wording of messages is ours: clients must go by code and subcode.
 */
import type { JsonObject } from "../json.ts";

interface RefusalFacts {
  readonly status: number;
  readonly code: number;
  readonly message: string;
  readonly type?: string;
  readonly subcode?: number;
  /** Whether the same call may work later; refusals with a subcode say that it will not unless told otherwise. */
  readonly transient?: boolean;
  readonly title?: string;
  readonly userMessage?: string;
  /** In place of Graph's envelope: what is not Graph has its own. */
  readonly body?: JsonObject;
  /** Cloud API refusals carry an object with details. */
  readonly details?: string;
}

export class GraphRefusal extends Error {
  readonly facts: RefusalFacts;

  constructor(facts: RefusalFacts) {
    super(facts.message);
    this.name = "GraphRefusal";
    this.facts = facts;
  }
}

export function envelope(refusal: GraphRefusal, traceId: string): JsonObject {
  const { message, type = "OAuthException", code, subcode, transient, title, userMessage, details } = refusal.facts;
  if (refusal.facts.body !== undefined) return refusal.facts.body;
  return {
    error: {
      message,
      type,
      code,
      error_subcode: subcode,
      is_transient: transient ?? (subcode === undefined ? undefined : false),
      error_user_title: title,
      error_user_msg: userMessage,
      error_data: details === undefined ? undefined : { messaging_product: "whatsapp", details },
      fbtrace_id: traceId,
    },
  };
}

/** Request text that ends up in a message is cut, so that an answer stays small. */
const ECHO_CHARACTERS_MAX = 100;

export function echo(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? String(value));
  return text.length > ECHO_CHARACTERS_MAX ? `${text.slice(0, ECHO_CHARACTERS_MAX)}...` : text;
}

export function badRequest(code: number, message: string, more: Partial<RefusalFacts> = {}): GraphRefusal {
  return new GraphRefusal({ status: 400, code, message: `(#${code}) ${message}`, ...more });
}

/** Management refusals have a subcode, texts for people, and no code in front of the message (seen live). */
export function managed(
  code: number,
  subcode: number | undefined,
  message: string,
  title: string,
  userMessage: string,
): GraphRefusal {
  return new GraphRefusal({
    status: 400,
    code,
    message,
    title,
    userMessage,
    ...(subcode === undefined ? {} : { subcode }),
  });
}
