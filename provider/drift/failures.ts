/**
 * Reads that failed: a token or an account that we lost is a finding, one a customer; of anything else it could not be told
 * whether it drifted, and that is an error. By what the provider wrote into its call log, not by its messages. Pure.
 */
import { z } from "zod";
import type { Observation } from "./events.ts";
import type { Finding } from "./report.ts";
import { identityOf, keyOf, text } from "./subject.ts";
import type { VerdictOptions } from "./verdict.ts";

export interface Failure {
  /** The resource's id. */
  readonly readOf: string;
  /** The class of the reason. */
  readonly error: string;
  readonly message: string;
  readonly code?: string | undefined;
}

export interface CallLog {
  readonly calls: number;
  readonly failures: readonly Failure[];
}

const line = z.union([
  z.object({ call: z.string() }),
  z.object({ readOf: z.string(), error: z.string(), message: z.string(), code: z.string().optional() }),
]);

/** A line that was cut off counts for nothing. */
export function readCallLog(text: string): CallLog {
  const entries = text.split("\n").flatMap((json) => parsed(json) ?? []);
  return {
    calls: entries.filter((entry) => "call" in entry).length,
    failures: entries.flatMap((entry) => ("readOf" in entry ? [entry] : [])),
  };
}

function parsed(text: string): z.infer<typeof line> | undefined {
  if (text === "") return undefined;
  try {
    return line.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

type Failed = Extract<Observation, { outcome: "failed" }>;

const TOKEN_LOST = "AccessTokenError";
/** Of an account that a token may not see any more, Graph says that there is no such object. */
const ACCOUNT_LOST: readonly string[] = ["PermissionError", "NotFoundError"];
const ERRORS_MAX = 5;

export interface Judged {
  readonly findings: readonly Finding[];
  /** Why it could not be told; one sentence each. */
  readonly errors: readonly string[];
}

/** A token without its value. */
export interface KnownToken {
  /** Where it was found. */
  readonly source: string;
  /** One-way, the same for the same token. */
  readonly digest: string;
}

/** By the name of its credential; undefined where there is none. */
export type TokenOf = (credential: string | undefined) => KnownToken | undefined;

export function judgedFailures(
  failed: readonly Failed[],
  { failures }: CallLog,
  tokenOf: TokenOf,
  options: VerdictOptions,
): Judged {
  const accounts = accountsIn(failed);
  const known = failed.map((observation) => ({
    who: withAccount(observation.old, accounts),
    why: failures.find(({ readOf }) => readOf === observation.old.id),
    said: observation.said,
  }));
  const lost = known.flatMap(({ who, why }) => (why !== undefined && isLost(why) ? [{ who, why }] : []));
  const groups = Map.groupBy(lost, ({ who, why }) =>
    JSON.stringify([why.error === TOKEN_LOST, who.credential, why.error === TOKEN_LOST ? undefined : who.wabaId]),
  );
  const rest = known.filter(({ why }) => why === undefined || !isLost(why));
  const reasons = [...new Set(rest.map(({ why, said }) => why?.message ?? said ?? "The engine did not say why."))];
  const more = reasons.length - ERRORS_MAX;
  return {
    findings: [...groups.values()].flatMap((group) => accessFinding(group, tokenOf, options) ?? []),
    errors: more > 0 ? [...reasons.slice(0, ERRORS_MAX), `${more} more of other numbers.`] : reasons,
  };
}

type Accounts = ReadonlyMap<string, string | undefined>;

/** By the ids of the numbers that could not be read. */
function accountsIn(failed: readonly Failed[]): Accounts {
  return new Map(failed.flatMap(({ old }) => (old.id === "" ? [] : [[old.id, identityOf(old).wabaId] as const])));
}

/** What hangs on a number and was declared without its account is of the number's. */
function withAccount(old: Failed["old"], accounts: Accounts): ReturnType<typeof identityOf> {
  const who = identityOf(old);
  const wabaId = who.wabaId ?? accounts.get(text(old.outputs.phoneNumberId) ?? "");
  return wabaId === undefined ? who : { ...who, wabaId };
}

function isLost({ error }: Failure): boolean {
  return error === TOKEN_LOST || ACCOUNT_LOST.includes(error);
}

type Lost = { readonly who: ReturnType<typeof identityOf>; readonly why: Failure };

function accessFinding(
  group: readonly Lost[],
  tokenOf: TokenOf,
  { project, place, classes }: VerdictOptions,
): Finding | undefined {
  const [first] = group;
  if (first === undefined) return undefined;
  const { who, why } = first;
  const said = classes.get("access") ?? "access";
  // What could not be read may be called noise; it must not vanish.
  const kind = said === "ignored" ? "noise" : said;
  const { credential } = who;
  const accounts = new Set(group.map((lost) => lost.who.wabaId));
  const wabaId = accounts.size === 1 ? who.wabaId : undefined;
  const isToken = why.error === TOKEN_LOST;
  const whose = credential === undefined ? "the default token" : `the token of the credential ${credential}`;
  const token = tokenOf(credential);
  const code = why.code === undefined ? "" : ` (code ${why.code})`;
  return {
    key: keyOf([project, place.stack, "access", isToken, credential, isToken ? undefined : who.wabaId]),
    class: kind,
    ...(credential === undefined ? {} : { credential }),
    ...(wabaId === undefined ? {} : { wabaId }),
    message: isToken
      ? `Meta does not take ${whose} any more${code}.`
      : `With ${whose} ${wabaId === undefined ? "an account that the stack does not name" : `account ${wabaId}`} cannot be read any more${code}.`,
    ...(token === undefined ? {} : { cause: keyOf(["access", token.digest, isToken ? undefined : who.wabaId]) }),
    unread: group.length,
    nextAction: isToken
      ? `Make a new token of the system user, and put it where this one was found${token === undefined ? "" : `: ${token.source}`}.`
      : "See in Meta Business Suite whether the account still exists, and whether it is still shared with the token's system user.",
  };
}
