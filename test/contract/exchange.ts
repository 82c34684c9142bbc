/** Calls to a running emulator, each with the route that answered it, for the file to be held against. */
import { type Emulator, type EmulatorOptions, startEmulator } from "../../emulator/index.ts";
import { START } from "../emulator/emulator-client.ts";

export interface Exchange {
  readonly scenario: string;
  /** The route by verb and template, or null where the emulator has none. */
  readonly route: string | null;
  /** The JSON body. */
  readonly sent: unknown;
  readonly query: URLSearchParams;
  readonly status: number;
  readonly body: unknown;
}

/** HTTP status, code, and the subcode where one is expected. */
type Refusal = readonly [status: number, code: number, subcode?: number];

interface Call {
  /** Null: none is sent. */
  readonly token?: string | null;
  readonly form?: URLSearchParams | FormData;
}

export interface Caller {
  readonly emulator: Emulator;
  /** A call that must succeed. */
  ok(method: string, path: string, json?: unknown, call?: Call): Promise<{ readonly [name: string]: unknown }>;
  /** A call that must be refused, and with this. */
  no(refusal: Refusal, method: string, path: string, json?: unknown, call?: Call): Promise<void>;
}

export interface Scenario {
  readonly name: string;
  readonly options?: EmulatorOptions;
  run(caller: Caller): Promise<void>;
}

export interface Recording {
  readonly exchanges: readonly Exchange[];
  /** By scenario: the first call that was not answered as expected. */
  readonly failures: ReadonlyMap<string, unknown>;
}

/** Each scenario on an emulator of its own. */
export async function record(scenarios: readonly Scenario[]): Promise<Recording> {
  const exchanges: Exchange[] = [];
  const failures = new Map<string, unknown>();
  for (const { name, options, run } of scenarios) {
    await using emulator = await startEmulator({ clock: () => START, ...options });
    const send = async (method: string, path: string, json: unknown, call: Call = {}): Promise<Exchange> => {
      const url = new URL(emulator.url + path);
      const answer = await fetch(url, request(method, json, call));
      const body: unknown = await answer.json();
      const entry = emulator.requests().requests.at(-1);
      const route = entry === undefined || entry.route === null ? null : `${entry.method} ${entry.route}`;
      const exchange = { scenario: name, route, sent: json, query: url.searchParams, status: answer.status, body };
      exchanges.push(exchange);
      return exchange;
    };
    const caller: Caller = {
      emulator,
      ok: async (method, path, json, call) => {
        const { status, body } = await send(method, path, json, call);
        if (status !== 200) throw new Error(`${name}: ${method} ${path}: ${JSON.stringify(body)}`);
        return body as { readonly [name: string]: unknown };
      },
      no: async ([status, code, subcode], method, path, json, call) => {
        const exchange = await send(method, path, json, call);
        const { error } = exchange.body as { error?: { code: number; error_subcode?: number } };
        const same = exchange.status === status && error?.code === code && error.error_subcode === subcode;
        const wanted = [status, code, subcode].filter((part) => part !== undefined).join("/");
        const got = `${exchange.status}, ${JSON.stringify(exchange.body)}`;
        if (!same) throw new Error(`${name}: ${method} ${path}: expected ${wanted}, got ${got}`);
      },
    };
    await run(caller).catch((error: unknown) => failures.set(name, error));
  }
  return { exchanges, failures };
}

function request(method: string, json: unknown, { token = "emulator-token", form }: Call): RequestInit {
  const headers = new Headers(token === null ? {} : { authorization: `Bearer ${token}` });
  if (form !== undefined) return { method, headers, body: form };
  if (json === undefined) return { method, headers };
  headers.set("content-type", "application/json");
  return { method, headers, body: JSON.stringify(json) };
}
