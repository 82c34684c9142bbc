/** From an HTTP answer to the value it carries, or the error it stands for. Pure. */
import type { z } from "zod";
import { errorEnvelope } from "../schemas/graph.ts";
import { type Call, UnexpectedAnswerError } from "./errors.ts";
import { refusal } from "./reasons.ts";
import { redact } from "./redact.ts";
import type { HttpAnswer } from "./transport.ts";
import { usageIn } from "./usage.ts";

/** Enough to recognise a proxy's page, too little to flood a terminal. */
const EXCERPT_CHARACTERS = 200;

/** What a message may and may not say of the credential that a call was made with. */
export interface Disclosure {
  /** Values that must not show in any message, whoever put them there. */
  readonly secrets: readonly string[];
  /** Where the token was found, for a message that it was refused. */
  readonly tokenSource: string;
}

/**
 * @throws GraphError when Graph refused, UnexpectedAnswerError when the answer is not Graph's
 */
export function readAnswer<Schema extends z.ZodType>(
  call: Call,
  answer: HttpAnswer,
  schema: Schema,
  { secrets, tokenSource }: Disclosure,
): z.infer<Schema> {
  const unexpected = (problem: string) =>
    new UnexpectedAnswerError(call, {
      httpStatus: answer.status,
      contentType: String(answer.headers["content-type"] ?? ""),
      excerpt: redact(answer.body, secrets).slice(0, EXCERPT_CHARACTERS),
      problem,
    });

  if (answer.body.trim() === "") throw unexpected("an empty body");
  const json = parse(answer.body);
  if (json === undefined) throw unexpected("not JSON");

  const refused = errorEnvelope.safeParse(json);
  if (refused.success) {
    const { error } = refused.data;
    // The details alone tell how long a block lasts.
    const parts = [error.message, error.error_user_msg, detailsIn(error.error_data)].filter(Boolean);
    const said = [...new Set(parts)].join(": ") || "(no message)";
    throw refusal(call, {
      httpStatus: answer.status,
      code: error.code,
      subcode: error.error_subcode,
      said: redact(said, secrets),
      fbtraceId: error.fbtrace_id,
      isTransient: error.is_transient === true,
      tokenSource,
      regainMinutes: Math.max(0, ...usageIn(answer.headers).map(({ regainMs }) => Math.ceil(regainMs / 60_000))),
    });
  }
  if (answer.status >= 400) throw unexpected("no error in Graph's form");

  const value = schema.safeParse(json);
  if (!value.success) {
    const fields = value.error.issues.map((issue) => `${issue.path.join(".") || "(root)"}: ${issue.message}`);
    throw unexpected(`not the shape that Graph documents (${fields.slice(0, 3).join("; ")})`);
  }
  return value.data;
}

/** An object, or JSON text on older edges. */
function detailsIn(data: z.infer<typeof errorEnvelope>["error"]["error_data"]): string | undefined {
  const object = typeof data === "string" ? parse(data) : data;
  const { details } = (typeof object === "object" && object !== null ? object : {}) as { details?: unknown };
  return typeof details === "string" ? details : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
