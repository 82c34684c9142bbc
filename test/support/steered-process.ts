/**
 * Loaded into the plugin's process before all else: its clock stands where the test's stands, its waits are the test's,
 * and so are its WABA_ variables. Nothing is exported but types.
 */
import { syncBuiltinESMExports } from "node:module";
import { performance } from "node:perf_hooks";
import timers from "node:timers/promises";
import v8 from "node:v8";
import vm from "node:vm";

/** From the test, before and after each call of the plugin. */
export interface Order {
  /** Printed on both streams: whatever was printed before belongs to what came before the order. */
  readonly mark: string;
  readonly now: number;
  /** All of them: a variable that is not here is not set. */
  readonly env: Readonly<Record<string, string>>;
}

/** To the test: the code waits. The test sends it back when the wait is over. */
export interface Wait {
  readonly wait: number;
  readonly ms: number;
}

let now = Date.now();
let waited = 0;
let waits = 0;
const waiting = new Map<number, () => void>();

Date.now = () => now;
globalThis.Date = new Proxy(Date, {
  construct: (date, args, target) => Reflect.construct(date, args.length === 0 ? [now] : args, target) as Date,
});

const elapsed = performance.now.bind(performance);
performance.now = () => elapsed() + waited;
timers.setTimeout = (<T>(ms = 0, value?: T) =>
  new Promise<T | undefined>((resolve) => {
    waits += 1;
    waiting.set(waits, () => {
      waited += ms;
      resolve(value);
    });
    process.send?.({ wait: waits, ms } satisfies Wait);
  })) as typeof timers.setTimeout;
// What keeps the heap of one operation's process small would collect all of this one for each of thousands.
v8.setFlagsFromString = () => undefined;
const runInNewContext = vm.runInNewContext.bind(vm);
vm.runInNewContext = (code, ...rest) => (code === "gc" ? undefined : runInNewContext(code, ...rest));
syncBuiltinESMExports();

process.on("message", (message: Order | Wait) => {
  if ("wait" in message) {
    waiting.get(message.wait)?.();
    waiting.delete(message.wait);
    return;
  }
  now = message.now;
  for (const name of Object.keys(process.env)) if (name.startsWith("WABA_")) delete process.env[name];
  Object.assign(process.env, message.env);
  for (const stream of [process.stdout, process.stderr]) stream.write(`${message.mark}\n`);
});
// The test's own process died: nobody else would end this one.
process.on("disconnect", () => process.exit());
