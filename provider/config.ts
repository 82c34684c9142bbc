/**
 * What a run is configured with: tokens, address, version, limits. From the environment first, then from the stack's
 * configuration: under `refresh` and `destroy` the engine hands a plugin the configuration of the last `up`, and a
 * rotated token must work at once. Secrets leave this file only as `Credential.accessToken` and `appSecret`.
 */
import { readFileSync } from "node:fs";
import { z } from "zod";
import type { Credential } from "./graph/client.ts";
import type { ReadStrategy } from "./graph/reader.ts";

/** A value of the stack's configuration by its full key, as "waba:accessToken"; objects come as JSON text. */
export type ReadConfig = (key: string) => string | undefined;
export type Environment = Readonly<Record<string, string | undefined>>;

/** The configuration cannot be used. The message says what to set, and where. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

export interface Settings {
  /** Default `https://graph.facebook.com`. */
  readonly baseUrl: string;
  /** Default `v25.0`. */
  readonly apiVersion: string;
  /** `list`, the default: reads share lists of an account; `get`: each number is read by its id. */
  readonly readStrategy: ReadStrategy;
  /** With one credential. Default 60. */
  readonly writesPerMinute: number;
  /** When set, no other account is ever called. */
  readonly allowedWabaIds: ReadonlySet<string> | undefined;
  /** The file that gets a line for every write. */
  readonly auditLog: string | undefined;
  /**
   * The credential of that name, or the default one.
   * @throws ConfigError
   */
  credential(name: string | undefined): Credential;
}

/** Where a change of the configuration takes effect. */
const RUN_PROGRAM = "and run pulumi up --run-program once: a refresh sees the configuration of the last up";
const DEFAULT_BASE_URL = "https://graph.facebook.com";
const DEFAULT_API_VERSION = "v25.0";

const namedCredentials = z.record(
  z.string(),
  z.union([
    z.strictObject({ accessToken: z.string().min(1), appSecret: z.string().min(1).optional() }),
    z.strictObject({ accessTokenEnv: z.string().min(1), appSecret: z.string().min(1).optional() }),
  ]),
);
type NamedCredential = { from: string; entry: z.infer<typeof namedCredentials>[string] };

/**
 * The variable by which `waba drift` and `waba heal` hand the stack's present configuration to the plugin, as JSON of its
 * `waba:` keys, instead of the one that the engine recorded at the last `up`.
 */
export const PRESENT_CONFIG = "WABA_STACK_CONFIG";
const presentConfig = z.record(z.string(), z.string());

/** @throws ConfigError for a value that is set and unusable; a token that is missing shows with `credential()` */
export function readSettings(env: Environment, recorded: ReadConfig): Settings {
  const config = presentIn(env) ?? recorded;
  const setting = (variable: string, key: string) => nonEmpty(env[variable]) ?? nonEmpty(config(`waba:${key}`));
  const named = namedCredentialsOf(env, config);
  const allowed = setting("WABA_ALLOWED_WABA_IDS", "allowedWabaIds");
  return {
    baseUrl: baseUrlOf(setting("WABA_BASE_URL", "baseUrl") ?? DEFAULT_BASE_URL),
    apiVersion: apiVersionOf(setting("WABA_API_VERSION", "apiVersion") ?? DEFAULT_API_VERSION),
    readStrategy: readStrategyOf(setting("WABA_READ_STRATEGY", "readStrategy") ?? "list"),
    writesPerMinute: writesPerMinuteOf(setting("WABA_WRITES_PER_MINUTE", "writesPerMinute") ?? "60"),
    allowedWabaIds: allowed === undefined ? undefined : wabaIdsOf(allowed),
    auditLog: nonEmpty(env.WABA_AUDIT_LOG),
    credential: (name) => (name === undefined ? defaultCredential(env, config) : namedCredential(name, named(), env)),
  };
}

function presentIn(env: Environment): ReadConfig | undefined {
  const text = nonEmpty(env[PRESENT_CONFIG]);
  if (text === undefined) return undefined;
  const parsed = presentConfig.safeParse(jsonOf(text));
  if (parsed.success) return (key) => parsed.data[key];
  throw new ConfigError(`the environment variable ${PRESENT_CONFIG} is not of the right form. Unset it.`);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Why an account is not called, or undefined where it may be. Where accounts are listed, an unknown one is none of them. */
export function accountRefusal({ allowedWabaIds }: Settings, wabaId: string | undefined): string | undefined {
  if (allowedWabaIds === undefined || (wabaId !== undefined && allowedWabaIds.has(wabaId))) return undefined;
  const account = wabaId === undefined ? "the number's account is not known, so it" : `account ${wabaId}`;
  const allowed = [...allowedWabaIds].join(", ");
  return `${account} is not among waba:allowedWabaIds (${allowed}): add the account there, or declare another one`;
}

/** Why what was read from another Graph is not touched: an empty emulator must not prove live numbers gone. */
export function graphRefusal(
  { baseUrl }: Settings,
  readFrom: string | undefined,
  what = "the number",
): string | undefined {
  if (readFrom === undefined || readFrom === baseUrl) return undefined;
  return (
    `${what} was last read from ${readFrom}, and the configuration now says ${baseUrl}: set waba:baseUrl (or ` +
    `WABA_BASE_URL) back; to move the stack for good, take ${what} out with pulumi state delete and run pulumi up: ` +
    "it is adopted"
  );
}

function defaultCredential(env: Environment, config: ReadConfig): Credential {
  const appSecret = nonEmpty(env.WABA_APP_SECRET) ?? nonEmpty(config("waba:appSecret"));
  const fromEnv = nonEmpty(env.WABA_ACCESS_TOKEN);
  if (fromEnv !== undefined)
    return { accessToken: fromEnv, appSecret, source: "the environment variable WABA_ACCESS_TOKEN" };
  const fromConfig = nonEmpty(config("waba:accessToken"));
  if (fromConfig !== undefined) {
    return { accessToken: fromConfig, appSecret, source: "waba:accessToken in the stack's configuration" };
  }
  const variable = nonEmpty(config("waba:accessTokenEnv"));
  if (variable !== undefined) {
    const accessToken = tokenIn(env, variable, "waba:accessTokenEnv in the stack's configuration");
    return { accessToken, appSecret, source: `the environment variable ${variable}` };
  }
  throw new ConfigError(
    `no access token. Set one: pulumi config set --secret waba:accessToken (it asks for the value), ${RUN_PROGRAM}; or ` +
      "set the environment variable WABA_ACCESS_TOKEN",
  );
}

function namedCredential(name: string, named: ReadonlyMap<string, NamedCredential>, env: Environment): Credential {
  const found = named.get(name);
  if (found === undefined) {
    const known = named.size === 0 ? "none is configured" : `configured are: ${[...named.keys()].join(", ")}`;
    throw new ConfigError(
      `no credential of the name ${JSON.stringify(name)}; ${known}. Set it: pulumi config set --secret --path ` +
        `'waba:credentials.${name}.accessToken' (it asks for the value), ${RUN_PROGRAM}; or WABA_CREDENTIALS as JSON`,
    );
  }
  const { entry, from } = found;
  if ("accessToken" in entry) {
    return { accessToken: entry.accessToken, appSecret: entry.appSecret, source: `${name} in ${from}` };
  }
  const accessToken = tokenIn(env, entry.accessTokenEnv, `${name} in ${from}`);
  return { accessToken, appSecret: entry.appSecret, source: `the environment variable ${entry.accessTokenEnv}` };
}

function tokenIn(env: Environment, variable: string, namedBy: string): string {
  const token = nonEmpty(env[variable]);
  if (token !== undefined) return token;
  throw new ConfigError(
    `${namedBy} says that the token is in the environment variable ${variable}, which is not set. Set it, or name ` +
      `another one, ${RUN_PROGRAM}`,
  );
}

/** By name, the environment's last so that they win. Read on first use: most stacks have none. */
function namedCredentialsOf(env: Environment, config: ReadConfig): () => ReadonlyMap<string, NamedCredential> {
  let all: Map<string, NamedCredential> | undefined;
  return () => {
    if (all !== undefined) return all;
    const file = nonEmpty(env.WABA_CREDENTIALS_FILE);
    const sources: [string, string | undefined][] = [
      ["waba:credentials in the stack's configuration", nonEmpty(config("waba:credentials"))],
      [`the file ${file} (WABA_CREDENTIALS_FILE)`, file === undefined ? undefined : contentOf(file)],
      ["the environment variable WABA_CREDENTIALS", nonEmpty(env.WABA_CREDENTIALS)],
    ];
    all = new Map();
    for (const [from, text] of sources) {
      if (text === undefined) continue;
      for (const [name, entry] of Object.entries(credentialsIn(text, from))) all.set(name, { from, entry });
    }
    return all;
  };
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ConfigError(`the file that WABA_CREDENTIALS_FILE names cannot be read: ${why}`);
  }
}

function credentialsIn(text: string, from: string): z.infer<typeof namedCredentials> {
  const help = `It must be JSON as {"acme":{"accessToken":"…","appSecret":"…"}}; instead of accessToken, accessTokenEnv names a variable.`;
  const json = jsonOf(text);
  if (json === undefined) throw new ConfigError(`${from} is not JSON. ${help}`);
  const parsed = namedCredentials.safeParse(json);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues.map((issue) => issue.path.join(".") || "(root)").join(", ");
  throw new ConfigError(`${from} is not of the right form (${where}). ${help}`);
}

function baseUrlOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && (url.protocol === "http:" || url.protocol === "https:")) return text;
  throw new ConfigError(
    `waba:baseUrl (or WABA_BASE_URL) must be an http or https address; it is ${JSON.stringify(text)}.`,
  );
}

function apiVersionOf(text: string): string {
  if (/^v\d{1,3}\.\d{1,2}$/.test(text)) return text;
  throw new ConfigError(`waba:apiVersion (or WABA_API_VERSION) must look like v25.0; it is ${JSON.stringify(text)}.`);
}

function readStrategyOf(text: string): ReadStrategy {
  if (text === "list" || text === "get") return text;
  throw new ConfigError(
    `waba:readStrategy (or WABA_READ_STRATEGY) must be list or get; it is ${JSON.stringify(text)}.`,
  );
}

function writesPerMinuteOf(text: string): number {
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new ConfigError(
    `waba:writesPerMinute (or WABA_WRITES_PER_MINUTE) must be a whole number from 1 to 9999; it is ${JSON.stringify(text)}.`,
  );
}

/** Comma or space separated, or a JSON array as `pulumi config set --path` makes it. */
function wabaIdsOf(text: string): ReadonlySet<string> {
  const ids = text
    .replace(/[[\]"]/g, " ")
    .split(/[\s,]+/)
    .filter((id) => id !== "");
  const wrong = ids.find((id) => !/^\d+$/.test(id));
  if (ids.length > 0 && wrong === undefined) return new Set(ids);
  throw new ConfigError("waba:allowedWabaIds (or WABA_ALLOWED_WABA_IDS) must be account ids, separated by commas.");
}

/** Trimmed: a token out of a file ends in a line break. */
function nonEmpty(text: string | undefined): string | undefined {
  return text?.trim() || undefined;
}
