/** The lifecycle against an emulator: our handlers, on a clock that a test moves, and the requests that they made. */
import { onTestFinished } from "vitest";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../emulator/index.ts";
import { readSettings } from "../../provider/config.ts";
import type { Effects } from "../../provider/graph/client.ts";
import { createTransport } from "../../provider/graph/transport.ts";
import { createContext, type Process } from "../../provider/lifecycle/context.ts";
import { checkPhoneNumber } from "../../provider/lifecycle/phone-number/check.ts";
import { diffPhoneNumber } from "../../provider/lifecycle/phone-number/diff.ts";
import {
  createPhoneNumber,
  deletePhoneNumber,
  readPhoneNumber,
  updatePhoneNumber,
} from "../../provider/lifecycle/phone-number/handlers.ts";
import { EngineDouble, type Properties, type Provider } from "./engine-double.ts";

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
  /** A second stack, in a process of its own as far as that matters. */
  anotherStack(env?: Record<string, string>): EngineDouble;
  /** Writes and reads since the last call, as "POST /{PNID}/register". */
  calls(): string[];
  writes(): string[];
  /** Moves Meta's clock and ours. */
  pass(time: { days?: number; hours?: number; minutes?: number }): void;
  /** The number as Graph shows it now. */
  atMeta(id: string): Promise<Record<string, unknown>>;
}

export async function startLifecycle(
  options: EmulatorOptions = {},
  env: Record<string, string> = {},
): Promise<Lifecycle> {
  let time = Date.parse("2026-11-23T12:00:00.000Z");
  const clock = () => time;
  const emulator = await startEmulator({ clock, ...options });
  const transport = createTransport({});
  onTestFinished(async () => {
    await transport.close();
    await emulator.close();
  });

  const said: string[] = [];
  const say = (line: string) => void said.push(line);
  // Waiting moves the clock of the deadline, and takes no time.
  let elapsed = 0;
  const sleep = async (ms: number) => {
    elapsed += ms;
  };
  const effects: Effects = { elapsed: () => elapsed, random: () => 0.5, sleep };

  function providerIn(environment: Record<string, string>): Provider {
    const settings = () =>
      readSettings({ WABA_BASE_URL: emulator.url, WABA_ACCESS_TOKEN: emulator.token, ...environment }, () => undefined);
    const shared: Process = {
      transport,
      fieldSets: new Map(),
      claimed: new Set(),
      managed: new Map(),
      effects,
      now: () => new Date(time),
      salt: () => "salt",
      say,
      warn: say,
    };
    const context = () => createContext(settings(), shared);
    return {
      begin: () => {
        shared.claimed.clear();
        shared.managed.clear();
      },
      check: async (_olds, news) => checkPhoneNumber(settings, news),
      diff: async (id, olds, news) => diffPhoneNumber(new Date(time), id, olds, news, say),
      create: (inputs) => createPhoneNumber(context(), inputs),
      update: (id, olds, news) => updatePhoneNumber(context(), id, olds, news),
      read: (id, props) => readPhoneNumber(context(), id, props),
      delete: (id, props) => deletePhoneNumber(context, id, props),
    };
  }

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
    anotherStack: (environment = env) => new EngineDouble(providerIn(environment)),
    calls: routes,
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
