/**
 * The real plugin process as the lifecycle's tests need it: on the test's clock, without waiting, and with a table of
 * handlers that is loaded anew for each operation, as the engine's new process for each would do. One process serves all
 * tests of a worker; steered-process.ts is the half that runs in it.
 */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Handlers, providerText } from "../../provider/resources/provider-text.ts";
import type { Properties, Provider } from "./engine-double.ts";
import { type Plugin, startPlugin } from "./plugin.ts";
import type { Order, Wait } from "./steered-process.ts";
import type { World } from "./world.ts";

const ROOT = join(import.meta.dirname, "../..");
const RUNTIME = pathToFileURL(join(ROOT, "dist/provider/runtime.js")).href;
const WARNING = "warning: ";

let operations = 0;
let marks = 0;
/** Marks that were sent and not yet read on both streams, each with how often. */
const awaited = new Map<string, { seen: number; readonly done: () => void; readonly fail: (error: Error) => void }>();
/** What the process was last told. */
let current: { world: World; now: number; env: object; told: Promise<void> } | undefined;
let started: Promise<Plugin> | undefined;

/** @param env the WABA_ variables of its processes */
export function pluginProvider(of: Handlers, world: World, env: Readonly<Record<string, string>>): Provider {
  let text = operationText(of);
  const order = (plugin: Plugin): Promise<void> => {
    const now = world.now();
    const told = steer(plugin, { now, env });
    current = { world, now, env, told };
    return told;
  };
  const call = async <T>(run: (plugin: Plugin, text: { __provider: string }) => Promise<T>): Promise<T> => {
    started ??= start();
    const plugin = await started;
    const stands = current?.world === world && current.env === env && current.now === world.now();
    await (stands ? current?.told : order(plugin));
    try {
      return await run(plugin, { __provider: text });
    } finally {
      await order(plugin);
    }
  };
  return {
    begin: () => {
      text = operationText(of);
    },
    check: (olds, news) =>
      call(async (plugin, by) => {
        const { inputs, failures } = await plugin.check({ ...olds, ...by }, { ...news, ...by });
        return { inputs: withoutText(inputs), failures };
      }),
    diff: (id, olds, news) => call((plugin, by) => plugin.diff(id, { ...olds, ...by }, { ...news, ...by })),
    create: (inputs) =>
      call(async (plugin, by) => {
        const { id, outs } = await plugin.create({ ...inputs, ...by }).catch(rethrown);
        return { id, outs: withoutText(outs) };
      }),
    update: (id, olds, news) =>
      call(async (plugin, by) => {
        const { outs } = await plugin.update(id, { ...olds, ...by }, { ...news, ...by }).catch(rethrown);
        return { outs: withoutText(outs) };
      }),
    read: (id, props) =>
      call(async (plugin, by) => {
        const { id: read, props: outs, inputs } = await plugin.read(id, { ...props, ...by });
        return {
          ...(read === undefined ? {} : { id: read }),
          ...(outs === undefined ? {} : { props: withoutText(outs) }),
          ...(inputs === undefined ? {} : { inputs: withoutText(inputs) }),
        };
      }),
    delete: (id, props) => call((plugin, by) => plugin.delete(id, { ...props, ...by })),
  };
}

/** The plugin keeps one provider for each text, and Node one module for each address. */
function operationText(of: Handlers): string {
  operations += 1;
  return providerText(of).replace("pulumi-waba/runtime", `${RUNTIME}?operation=${operations}`);
}

/** Our functions see the text of their operation alone: between operations it is no part of a state. */
function withoutText({ __provider: _text, ...properties }: Properties): Properties {
  return properties;
}

function rethrown(error: unknown): never {
  const partial = error as { properties?: Properties };
  if (partial.properties !== undefined) partial.properties = withoutText(partial.properties);
  throw error;
}

async function start(): Promise<Plugin> {
  const preload = pathToFileURL(join(import.meta.dirname, "steered-process.ts")).href;
  const plugin = await startPlugin({ cwd: ROOT, env: {}, nodeArgs: ["--import", preload], onLine: heard });
  plugin.process.on("message", async (wait: Wait) => {
    await current?.world.sleep(wait.ms);
    plugin.process.send(wait);
  });
  plugin.process.once("exit", () => {
    started = undefined;
    current = undefined;
    const ended = new Error(`the plugin's process ended:\n${plugin.output().slice(-2000)}`);
    for (const { fail } of awaited.values()) fail(ended);
    awaited.clear();
  });
  return plugin;
}

function steer({ process }: Plugin, order: Omit<Order, "mark">): Promise<void> {
  marks += 1;
  const mark = `\u0001${marks}`;
  const done = new Promise<void>((done, fail) => awaited.set(mark, { seen: 0, done, fail }));
  process.send({ ...order, mark } satisfies Order);
  return done;
}

function heard(line: string, stream: "stdout" | "stderr"): void {
  const mark = awaited.get(line);
  if (mark !== undefined) {
    mark.seen += 1;
    if (mark.seen < 2) return;
    awaited.delete(line);
    mark.done();
  } else if (stream === "stdout") current?.world.say(line);
  else if (line.startsWith(WARNING)) current?.world.say(line.slice(WARNING.length));
}
