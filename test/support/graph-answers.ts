/** A transport that answers from a script, and remembers what it was asked. */
import type { AuditLog } from "../../provider/graph/audit.ts";
import { type Effects, GraphClient } from "../../provider/graph/client.ts";
import { Pace } from "../../provider/graph/pace.ts";
import type { HttpAnswer, HttpRequest, Transport } from "../../provider/graph/transport.ts";

export type Scripted = HttpAnswer | Error;

export function json(status: number, body: unknown): HttpAnswer {
  return { status, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

export function refused(status: number, code: number, more: Record<string, unknown> = {}): HttpAnswer {
  return json(status, {
    error: { message: `(#${code}) refused`, type: "OAuthException", code, fbtrace_id: "Az8", ...more },
  });
}

export const TOKEN = "EAAB-very-secret-token";

/** A client on a scripted transport. Waiting takes no time, and moves its clock. */
export function scriptedClient(
  script: Scripted[],
  { appSecret, audit, writesPerMinute = 9999 }: { appSecret?: string; audit?: AuditLog; writesPerMinute?: number } = {},
) {
  const requests: HttpRequest[] = [];
  const waits: number[] = [];
  let elapsed = 0;
  const transport: Transport = {
    async send(request) {
      requests.push(request);
      const answer = script.shift();
      if (answer === undefined) throw new Error("the script has no more answers");
      if (answer instanceof Error) throw answer;
      return answer;
    },
    close: async () => {},
  };
  const effects: Effects = {
    elapsed: () => elapsed,
    random: () => 0.5,
    sleep: async (ms) => {
      waits.push(ms);
      elapsed += ms;
    },
  };
  const credential = { accessToken: TOKEN, appSecret, source: "the environment variable WABA_ACCESS_TOKEN" };
  const pace = new Pace({ writesPerMinute, elapsed: effects.elapsed });
  const client = new GraphClient({
    baseUrl: "http://graph.test/",
    apiVersion: "v25.0",
    credential,
    transport,
    audit,
    pace,
    effects,
  });
  const pass = (ms: number): void => {
    elapsed += ms;
  };
  return { client, pace, requests, waits, pass };
}
