/**
 * The lifecycle against an emulator, on a clock that a test moves, and the requests that it made. The provider is our
 * functions, or in the vitest project `plugin` the real plugin process with the built package.
 */
import { inject, onTestFinished } from "vitest";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../emulator/index.ts";
import { createTransport, type Transport } from "../../provider/graph/transport.ts";
import type { Handlers } from "../../provider/resources/provider-text.ts";
import { EngineDouble, type Properties, type Provider } from "./engine-double.ts";
import { functionProvider } from "./function-provider.ts";
import { pluginProvider } from "./steered-plugin.ts";
import type { World } from "./world.ts";

declare module "vitest" {
  interface ProvidedContext {
    through?: "plugin";
  }
}

export const WABA = "102290129340398";
/** Registered with PIN 123456 as "John's Cake Shop". */
export const CAKE_SHOP = { id: "1972385232742141", phoneNumber: "+16315551111" };
/** Neither verified nor registered; "Jasper's Ice Cream". */
export const ICE_CREAM = { id: "1754951608042154", phoneNumber: "+16315552222" };

export interface Lifecycle {
  readonly emulator: Emulator;
  readonly stack: EngineDouble;
  readonly provider: Provider;
  /** What the provider said to the person, warnings among it. */
  readonly said: string[];
  /** What it waited instead of waiting, in milliseconds. */
  readonly waits: number[];
  /** Called in each wait: what happens meanwhile. */
  whileWaiting(happens: (nth: number) => unknown): void;
  /** A second stack, in a process of its own as far as that matters. */
  anotherStack(env?: Record<string, string>): EngineDouble;
  /** Writes and reads since the last call, as "POST /{PNID}/register". */
  calls(): string[];
  writes(): string[];
  /** What was sent by each such call, oldest first. */
  sent(call: string): object[];
  /** Moves Meta's clock and ours. */
  pass(time: { days?: number; hours?: number; minutes?: number }): void;
  /** The number as Graph shows it now. */
  atMeta(id: string): Promise<Record<string, unknown>>;
}

/** For those who are not one test, or look between our functions and the wire. */
export interface Wiring {
  /** Where what was started is handed over to be closed: else it is at the end of the test. */
  readonly onEnd?: (close: () => Promise<void>) => void;
  /** Stands between our functions and the wire: not through the plugin. */
  readonly through?: (transport: Transport) => Transport;
  /** The class whose resources they are. */
  readonly of?: Handlers;
}

export async function startLifecycle(
  options: EmulatorOptions = {},
  env: Record<string, string> = {},
  { onEnd = onTestFinished, through, of = "phoneNumber" }: Wiring = {},
): Promise<Lifecycle> {
  let time = Date.parse("2026-11-23T12:00:00.000Z");
  const emulator = await startEmulator({ clock: () => time, ...options });
  onEnd(() => emulator.close());

  const said: string[] = [];
  const waits: number[] = [];
  let happens: (nth: number) => unknown = () => undefined;
  const world: World = {
    now: () => time,
    say: (line) => void said.push(line),
    sleep: async (ms) => {
      waits.push(ms);
      await happens(waits.length);
    },
  };
  const always = { WABA_BASE_URL: emulator.url, WABA_ACCESS_TOKEN: emulator.token };
  let providerIn = (own: Record<string, string>) => pluginProvider(of, world, { ...always, ...own });
  if (inject("through") !== "plugin") {
    const transport = createTransport({});
    onEnd(() => transport.close());
    const wire = through?.(transport) ?? transport;
    providerIn = (own) => functionProvider(of, world, { ...always, ...own }, wire);
  } else if (through !== undefined) throw new Error("the plugin's wire cannot be watched");

  let seen = 0;
  const routes = () => {
    const { requests } = emulator.requests();
    const fresh = requests.slice(seen).map(({ method, route }) => `${method} ${route}`);
    seen = requests.length;
    return fresh;
  };
  const provider = providerIn(env);
  return {
    emulator,
    provider,
    stack: new EngineDouble(provider),
    said,
    waits,
    whileWaiting: (meanwhile) => {
      happens = meanwhile;
    },
    anotherStack: (environment = env) => new EngineDouble(providerIn(environment)),
    calls: routes,
    sent: (call) =>
      emulator
        .requests()
        .requests.flatMap(({ method, route, params }) => (`${method} ${route}` === call ? [params] : [])),
    writes: () => routes().filter((call) => !call.startsWith("GET")),
    pass: ({ days = 0, hours = 0, minutes = 0 }) => {
      time += ((days * 24 + hours) * 60 + minutes) * 60_000;
    },
    atMeta: async (id) => {
      const fields =
        "verified_name,name_status,new_display_name,new_name_status,status,platform_type,code_verification_status";
      const response = await fetch(`${emulator.url}/v25.0/${id}?fields=${fields}`, {
        headers: { authorization: `Bearer ${emulator.token}` },
      });
      seen += 1;
      return (await response.json()) as Properties;
    },
  };
}
