/**
 * The call log: one JSON line for every HTTP call to Graph, reads too, and one for every read of a resource that failed,
 * appended to the file that WABA_CALL_LOG names. It is how `waba drift` counts calls and tells why a read failed.
 * A call is `time`, `call` (method and path, without its parameters), and `status` (absent where no answer came). A
 * failure is `time`, `readOf` (the resource's id), `error` (the class of the reason), `message`, and `code` where Graph
 * refused. No secret: messages of errors hold none.
 */
import { appendFileSync } from "node:fs";
import { codeText, GraphError } from "./errors.ts";
import type { Transport } from "./transport.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** The transport, with a line for each call where the environment asks for it. */
export function logged(transport: Transport, env: Environment): Transport {
  const file = env.WABA_CALL_LOG;
  if (!file) return transport;
  return {
    close: transport.close,
    send: async (request) => {
      const call = `${request.method} ${request.url.pathname}`;
      try {
        const answer = await transport.send(request);
        append(file, { call, status: answer.status });
        return answer;
      } catch (error) {
        append(file, { call });
        throw error;
      }
    },
  };
}

/** Hands the read's outcome on; a failure gets its line. */
export async function failureLogged<Result>(
  id: string,
  read: () => Promise<Result>,
  env: Environment,
): Promise<Result> {
  try {
    return await read();
  } catch (error) {
    const file = env.WABA_CALL_LOG;
    if (file) append(file, { readOf: id, ...described(error) });
    throw error;
  }
}

function described(error: unknown): Record<string, string> {
  if (!(error instanceof Error)) return { error: "Error", message: String(error) };
  const { name, message } = error;
  return {
    error: name,
    message,
    ...(error instanceof GraphError ? { code: codeText(error.code, error.subcode) } : {}),
  };
}

/** At once: a plugin that the engine ends must not take its lines along. */
function append(file: string, entry: Record<string, string | number>): void {
  try {
    appendFileSync(file, `${JSON.stringify({ time: new Date().toISOString(), ...entry })}\n`, { mode: 0o600 });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    process.stderr.write(`warning: the call log ${file} (WABA_CALL_LOG) could not be written: ${why}\n`);
  }
}
