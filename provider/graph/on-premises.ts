/**
 * Calls to an on-premises client, which a business runs itself: `/v1/account` with a number's certificate and
 * `/v1/account/verify` with the code that it asked for. Nothing is repeated here: each call may cost an attempt.
 *
 * Source: Meta's reference of the on-premises API, which Meta ended in October 2025.
 */
import { z } from "zod";
import type { AuditLog } from "./audit.ts";
import { type Call, NetworkError, TOO_MANY_REQUESTS, UnexpectedAnswerError } from "./errors.ts";
import {
  OnPremisesCodeError,
  OnPremisesError,
  type OnPremisesRefusal,
  OnPremisesTokenError,
} from "./on-premises-errors.ts";
import { redact } from "./redact.ts";
import { type HttpAnswer, type Transport, TransportError } from "./transport.ts";

const REQUEST_TIMEOUT_MS = 25_000;
const EXCERPT_CHARACTERS = 200;
const THE_CLIENT = { peer: "the on-premises client", setting: "onPremises.baseUrl" } as const;

export interface OnPremisesOptions {
  /** Without `/v1`. */
  readonly baseUrl: string;
  readonly token: string;
  readonly transport: Transport;
  readonly audit?: AuditLog | undefined;
}

export interface Account {
  readonly cc: string;
  /** Without the calling code. */
  readonly phoneNumber: string;
  readonly method: "sms" | "voice";
  readonly cert: string;
  readonly pin?: string | undefined;
}

interface Request {
  readonly path: string;
  readonly body: Readonly<Record<string, string>>;
  /** What it holds that nobody may read in an error, besides the token. */
  readonly secrets: readonly string[];
  /** The statuses of what was done. */
  readonly expected: readonly number[];
}

const refusalEnvelope = z.object({
  errors: z.array(z.object({ code: z.number(), title: z.string().optional(), details: z.string().optional() })).min(1),
});

type RefusalClass = new (call: Call, refusal: OnPremisesRefusal, remedy: string) => OnPremisesError;

export class OnPremisesClient {
  readonly #options: OnPremisesOptions;

  constructor(options: OnPremisesOptions) {
    this.#options = options;
  }

  /**
   * @returns whether the number is registered, or the client had a code sent and waits for it
   * @throws OnPremisesError, OnPremisesTokenError, UnexpectedAnswerError or NetworkError
   */
  async register(call: Call, { phoneNumber, pin, ...account }: Account): Promise<"registered" | "codeSent"> {
    const body = { ...account, phone_number: phoneNumber, ...(pin === undefined ? {} : { pin }) };
    const secrets = [account.cert, ...(pin === undefined ? [] : [pin])];
    const status = await this.#post(call, { path: "/v1/account", body, secrets, expected: [201, 202] });
    return status === 202 ? "codeSent" : "registered";
  }

  /** @throws OnPremisesCodeError, OnPremisesError, OnPremisesTokenError, UnexpectedAnswerError or NetworkError */
  async verify(call: Call, code: string): Promise<void> {
    await this.#post(call, { path: "/v1/account/verify", body: { code }, secrets: [code], expected: [200, 201] });
  }

  async #post(call: Call, request: Request): Promise<number> {
    const result = this.#send(call, request);
    await this.#options.audit?.record(call, `POST ${request.path}`, result);
    return result;
  }

  async #send(call: Call, { path, body, secrets, expected }: Request): Promise<number> {
    const { baseUrl, token, transport } = this.#options;
    const url = new URL(`${baseUrl.replace(/\/+$/, "")}${path}`);
    const answer = await transport
      .send({
        method: "POST",
        url,
        headers: {
          "content-type": "application/json",
          accept: "application/json",
          authorization: `Bearer ${token}`,
        },
        body: JSON.stringify(body),
        timeoutMs: REQUEST_TIMEOUT_MS,
      })
      .catch((error: unknown) => {
        throw asNetworkError(error, call, url.host);
      });
    if (expected.includes(answer.status)) return answer.status;
    throw errorOf(call, path, answer, [token, ...secrets]);
  }
}

function asNetworkError(error: unknown, call: Call, host: string): unknown {
  if (!(error instanceof TransportError)) return error;
  const hint = error.distrusted ? " (a certificate of your own is trusted by NODE_EXTRA_CA_CERTS)" : "";
  return new NetworkError(call, { host, sent: error.sent, problem: `${error.message}${hint}`, ...THE_CLIENT });
}

/** What the client itself failed at, or a server in between, is no refusal: it may have been done all the same. */
function errorOf(call: Call, path: string, { status, headers, body }: HttpAnswer, secrets: readonly string[]): Error {
  const envelope = refusalEnvelope.safeParse(parse(body));
  const [first] = envelope.success ? envelope.data.errors : [];
  if (first === undefined || status < 400 || status >= 500) {
    return new UnexpectedAnswerError(call, {
      httpStatus: status,
      contentType: String(headers["content-type"] ?? ""),
      excerpt: redact(body, secrets).slice(0, EXCERPT_CHARACTERS),
      problem: "not an answer of that call",
      ...THE_CLIENT,
    });
  }
  const said = redact([first.title, first.details].filter(Boolean).join(": ") || "(no message)", secrets);
  const [Refused, remedy] = meaningOf(path, status, said);
  return new Refused(call, { status, code: first.code, said }, remedy);
}

function meaningOf(path: string, status: number, said: string): [RefusalClass, string] {
  if (status === 401)
    return [OnPremisesTokenError, "log in to the client anew (/v1/users/login) and declare its token"];
  if (status === TOO_MANY_REQUESTS) return [OnPremisesError, "wait some hours, then run pulumi up"];
  // Not a text: the word for it, of which the code (1005) alone says less.
  if (said.includes("biz_link_on_prem_reg_blocked")) {
    return [
      OnPremisesError,
      "Meta takes no such registration since October 2025: take onPremises out to have it on the Cloud API",
    ];
  }
  if (path.endsWith("/verify")) {
    return [OnPremisesCodeError, "raise verification.attempt for another code, and declare that as verification.code"];
  }
  return [OnPremisesError, "check the declared PIN and what the client says, and run pulumi up again"];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
