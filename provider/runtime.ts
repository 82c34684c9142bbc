/**
 * What the plugin process loads at run time: `pulumi-waba/runtime`. One table of handlers a class, typed as Pulumi's
 * dynamic providers. The text in the state (resources/provider-text.ts) hands over the configuration with each call.
 *
 * All state of the process is here, in module scope: one connection pool and one table of learned fields serve every
 * resource of an operation.
 */
import "./node-version.ts";
import { randomBytes } from "node:crypto";
import type { dynamic } from "@pulumi/pulumi";
import { isBug } from "./bug.ts";
import { readSettings, type Settings } from "./config.ts";
import { failureLogged, logged } from "./graph/call-log.ts";
import { createTransport } from "./graph/transport.ts";
import { type Context, createContext, type Process } from "./lifecycle/context.ts";
import { Holders } from "./lifecycle/holders.ts";
import { checkPhoneNumber } from "./lifecycle/phone-number/check.ts";
import {
  comparePhoneNumber,
  createPhoneNumber,
  deletePhoneNumber,
  readPhoneNumber,
  updatePhoneNumber,
} from "./lifecycle/phone-number/handlers.ts";

type Properties = Record<string, unknown>;
type Provider = Required<Omit<dynamic.ResourceProvider<Properties, Properties>, "configure">>;

/** Each handler as Pulumi knows it, with the engine's configuration before its own arguments. */
export type Handlers = {
  [Method in keyof Provider]: (
    config: dynamic.Config | undefined,
    ...args: Parameters<Provider[Method]>
  ) => ReturnType<Provider[Method]>;
};

export const phoneNumber: Handlers = {
  check: (config, _olds, news) => told(async () => checkPhoneNumber(() => settingsOf(config), news)),
  diff: (_config, id, olds, news) => told(async () => comparePhoneNumber(shared, id, olds, news)),
  create: (config, inputs) => told(() => createPhoneNumber(contextOf(config), inputs)),
  read: (config, id, props = {}) =>
    failureLogged(
      id,
      told(() => readPhoneNumber(contextOf(config), id, props)),
      process.env,
    ),
  update: (config, id, olds, news) => told(() => updatePhoneNumber(contextOf(config), id, olds, news)),
  delete: (config, id, props) => told(() => deletePhoneNumber(() => contextOf(config), id, props)),
};

/** Our errors are told by their messages. The plugin prints stacks as well, and only a bug's is worth reading. */
async function told<Result>(run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof Error && !isBug(error)) error.stack = "";
    throw error;
  }
}

const now = () => new Date();
/** The engine shows what a dynamic provider prints, under the stack. */
const say = (line: string) => void process.stdout.write(`${line}\n`);
const shared: Process = {
  transport: logged(createTransport(process.env), process.env),
  fieldSets: new Map(),
  shares: new Map(),
  holders: new Holders(),
  now,
  salt: () => randomBytes(8).toString("hex"),
  say,
  warn: (line) => void process.stderr.write(`warning: ${line}\n`),
};
const settings = new Map<dynamic.Config | undefined, Settings>();

function settingsOf(config: dynamic.Config | undefined): Settings {
  const known = settings.get(config);
  if (known !== undefined) return known;
  const read = readSettings(process.env, (key) => config?.get(key));
  settings.set(config, read);
  return read;
}

function contextOf(config: dynamic.Config | undefined): Context {
  return createContext(settingsOf(config), shared);
}
