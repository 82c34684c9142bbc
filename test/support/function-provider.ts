/** Our functions themselves as a provider, in the test's own process, with a process's shared state a provider. */
import { readSettings } from "../../provider/config.ts";
import type { Transport } from "../../provider/graph/transport.ts";
import { createContext, type Process } from "../../provider/lifecycle/context.ts";
import { Holders } from "../../provider/lifecycle/holders.ts";
import { checkPhoneNumber } from "../../provider/lifecycle/phone-number/check.ts";
import { comparePhoneNumber } from "../../provider/lifecycle/phone-number/compare.ts";
import {
  createPhoneNumber,
  deletePhoneNumber,
  readPhoneNumber,
  updatePhoneNumber,
} from "../../provider/lifecycle/phone-number/handlers.ts";
import type { Provider } from "./engine-double.ts";
import type { World } from "./world.ts";

/** @param env the WABA_ variables of its processes */
export function functionProvider(
  { now, say, sleep }: World,
  env: Readonly<Record<string, string>>,
  transport: Transport,
): Provider {
  const settings = () => readSettings(env, () => undefined);
  // Waiting moves the clock of the deadline, and takes no time.
  let elapsed = 0;
  const shared: Process = {
    transport,
    fieldSets: new Map(),
    shares: new Map(),
    holders: new Holders(),
    effects: {
      elapsed: () => elapsed,
      random: () => 0.5,
      sleep: async (ms) => {
        elapsed += ms;
        await sleep(ms);
      },
    },
    now: () => new Date(now()),
    salt: () => "salt",
    say,
    warn: say,
  };
  const context = () => createContext(settings(), shared);
  return {
    begin: () => {
      shared.holders.clear();
      shared.shares.clear();
    },
    check: async (_olds, news) => checkPhoneNumber(settings, news),
    diff: async (id, olds, news) => comparePhoneNumber(shared, id, olds, news),
    create: (inputs) => createPhoneNumber(context(), inputs),
    update: (id, olds, news) => updatePhoneNumber(context(), id, olds, news),
    read: (id, props) => readPhoneNumber(context(), id, props),
    delete: (id, props) => deletePhoneNumber(context, id, props),
  };
}
