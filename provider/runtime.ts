/**
 * What the plugin process loads at run time: `pulumi-waba/runtime`. One table of handlers a class, typed as Pulumi's
 * dynamic providers. The text in the state (resources/provider-text.ts) hands over the configuration with each call.
 *
 * A handler is loaded when it is first called: check and diff need nothing of Graph, and a class that no program
 * declares costs nothing. All state of the process is here, in module scope: one connection pool and one table of
 * learned fields serve every resource of an operation.
 */
import "./node-version.ts";
import { randomBytes } from "node:crypto";
import type { dynamic } from "@pulumi/pulumi";
import { isBug } from "./bug.ts";
import type { Settings } from "./config.ts";
import { watchingForFleet } from "./heap.ts";
import type { Context, Process } from "./lifecycle/context.ts";
import { Holders } from "./lifecycle/holders.ts";

type Properties = Record<string, unknown>;
type Provider = Required<Omit<dynamic.ResourceProvider<Properties, Properties>, "configure">>;

/** Each handler as Pulumi knows it, with the engine's configuration before its own arguments. */
export type Handlers = {
  [Method in keyof Provider]: (
    config: dynamic.Config | undefined,
    ...args: Parameters<Provider[Method]>
  ) => ReturnType<Provider[Method]>;
};

const callLog = once(() => import("./graph/call-log.ts"));
const configuration = once(() => import("./config.ts"));

type Load<Handler> = () => Promise<Handler>;

/** Where the handlers of a class are. */
interface ResourceClass {
  readonly check: Load<(settings: () => Settings, news: Properties) => dynamic.CheckResult>;
  readonly diff: Load<
    (
      seen: Pick<Context, "now" | "say" | "warn" | "holders">,
      id: string,
      olds: Properties,
      news: Properties,
    ) => dynamic.DiffResult
  >;
  readonly create: Load<(context: Context, inputs: Properties) => Promise<dynamic.CreateResult>>;
  readonly read: Load<(context: Context, id: string, props: Properties) => Promise<dynamic.ReadResult>>;
  readonly update: Load<
    (context: Context, id: string, olds: Properties, news: Properties) => Promise<dynamic.UpdateResult>
  >;
  readonly delete: Load<(context: () => Context, id: string, props: Properties) => Promise<void>>;
}

const phoneNumberCalls = once(() => import("./lifecycle/phone-number/handlers.ts"));

export const phoneNumber = handlersOf({
  check: async () => (await import("./lifecycle/phone-number/check.ts")).checkPhoneNumber,
  diff: async () => (await import("./lifecycle/phone-number/compare.ts")).comparePhoneNumber,
  create: async () => (await phoneNumberCalls()).createPhoneNumber,
  read: async () => (await phoneNumberCalls()).readPhoneNumber,
  update: async () => (await phoneNumberCalls()).updatePhoneNumber,
  delete: async () => (await phoneNumberCalls()).deletePhoneNumber,
});

const preVerifiedPhoneNumberCalls = once(() => import("./lifecycle/pre-verified-phone-number/handlers.ts"));

export const preVerifiedPhoneNumber = handlersOf({
  check: async () => (await import("./lifecycle/pre-verified-phone-number/check.ts")).checkPreVerifiedPhoneNumber,
  diff: async () => (await import("./lifecycle/pre-verified-phone-number/compare.ts")).comparePreVerifiedPhoneNumber,
  create: async () => (await preVerifiedPhoneNumberCalls()).createPreVerifiedPhoneNumber,
  read: async () => (await preVerifiedPhoneNumberCalls()).readPreVerifiedPhoneNumber,
  update: async () => (await preVerifiedPhoneNumberCalls()).updatePreVerifiedPhoneNumber,
  delete: async () => (await preVerifiedPhoneNumberCalls()).deletePreVerifiedPhoneNumber,
});

const webhookSubscriptionCalls = once(() => import("./lifecycle/webhook-subscription/handlers.ts"));

export const webhookSubscription = handlersOf({
  check: async () => (await import("./lifecycle/webhook-subscription/check.ts")).checkWebhookSubscription,
  diff: async () => (await import("./lifecycle/webhook-subscription/compare.ts")).compareWebhookSubscription,
  create: async () => (await webhookSubscriptionCalls()).createWebhookSubscription,
  read: async () => (await webhookSubscriptionCalls()).readWebhookSubscription,
  update: async () => (await webhookSubscriptionCalls()).updateWebhookSubscription,
  delete: async () => (await webhookSubscriptionCalls()).deleteWebhookSubscription,
});

const businessProfileCalls = once(() => import("./lifecycle/business-profile/handlers.ts"));

export const businessProfile = handlersOf({
  check: async () => (await import("./lifecycle/business-profile/check.ts")).checkBusinessProfile,
  diff: async () => (await import("./lifecycle/business-profile/compare.ts")).compareBusinessProfile,
  create: async () => (await businessProfileCalls()).businessProfileHandlers.create,
  read: async () => (await businessProfileCalls()).businessProfileHandlers.read,
  update: async () => (await businessProfileCalls()).businessProfileHandlers.update,
  delete: async () => (await businessProfileCalls()).businessProfileHandlers.delete,
});

const phoneNumberSettingsCalls = once(() => import("./lifecycle/phone-number-settings/handlers.ts"));

export const phoneNumberSettings = handlersOf({
  check: async () => (await import("./lifecycle/phone-number-settings/check.ts")).checkPhoneNumberSettings,
  diff: async () => (await import("./lifecycle/phone-number-settings/compare.ts")).comparePhoneNumberSettings,
  create: async () => (await phoneNumberSettingsCalls()).phoneNumberSettingsHandlers.create,
  read: async () => (await phoneNumberSettingsCalls()).phoneNumberSettingsHandlers.read,
  update: async () => (await phoneNumberSettingsCalls()).phoneNumberSettingsHandlers.update,
  delete: async () => (await phoneNumberSettingsCalls()).phoneNumberSettingsHandlers.delete,
});

function handlersOf(handlers: ResourceClass): Handlers {
  const [checked, compared, read] = [once(handlers.check), once(handlers.diff), once(handlers.read)];
  return {
    check: (config, _olds, news) =>
      told(async () => {
        const [check, settings] = await Promise.all([checked(), settingsOf(config)]);
        return check(settings, news);
      }),
    diff: (_config, id, olds, news) =>
      told(async () => {
        const file = process.env.WABA_DIFF_LOG;
        if (file) (await import("./lifecycle/diff-log.ts")).logComparison(file, id, olds, news);
        return (await compared())(seen, id, olds, news);
      }),
    create: (config, inputs) => told(async () => (await handlers.create())((await contextOf(config))(), inputs)),
    read: (config, id, props = {}) =>
      told(async () => {
        const [handler, context, { failureLogged }] = await Promise.all([read(), contextOf(config), callLog()]);
        return failureLogged(id, () => handler(context(), id, props), process.env);
      }),
    update: (config, id, olds, news) =>
      told(async () => (await handlers.update())((await contextOf(config))(), id, olds, news)),
    delete: (config, id, props) => told(async () => (await handlers.delete())(await contextOf(config), id, props)),
  };
}

/** A module that is loaded is looked up anew by each `import()`: of a thousand reads that was a tenth. */
function once<Loaded>(load: Load<Loaded>): Load<Loaded> {
  let loading: Promise<Loaded> | undefined;
  return () => (loading ??= load());
}

/** Our errors are told by their messages. The plugin prints stacks as well, and only a bug's is worth reading. */
async function told<Result>(run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof Error && !isBug(error)) error.stack = "";
    throw error;
  }
}

/** The engine shows what a dynamic provider prints, under the stack. */
const seen = {
  now: () => new Date(),
  say: (line: string) => void process.stdout.write(`${line}\n`),
  warn: (line: string) => void process.stderr.write(`warning: ${line}\n`),
  holders: new Holders(),
};
const known = new Map<dynamic.Config | undefined, Settings>();
let shared: Process | undefined;

/** Settings that cannot be used throw when they are asked for. */
async function settingsOf(config: dynamic.Config | undefined): Promise<() => Settings> {
  const { readSettings } = await configuration();
  return () => {
    const settings = known.get(config) ?? readSettings(process.env, (key) => config?.get(key));
    known.set(config, settings);
    return settings;
  };
}

const graph = once(() => Promise.all([import("./lifecycle/context.ts"), import("./graph/transport.ts"), callLog()]));

async function contextOf(config: dynamic.Config | undefined): Promise<() => Context> {
  const [settings, [{ createContext }, { createTransport }, { logged }]] = await Promise.all([
    settingsOf(config),
    graph(),
  ]);
  shared ??= {
    ...seen,
    transport: watchingForFleet(logged(createTransport(process.env), process.env)),
    fieldSets: new Map(),
    shares: new Map(),
    salt: () => randomBytes(8).toString("hex"),
  };
  const all = shared;
  return () => createContext(settings(), all);
}
