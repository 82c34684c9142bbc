/**
 * What only Graph can tell: reads alone, one call a credential and two an account and a page of its numbers. One sick
 * account or token never hides the others.
 */
import type { Settings } from "../config.ts";
import type { Recorded } from "../explain/subject.ts";
import { GraphClient } from "../graph/client.ts";
import { type FieldSets, PhoneNumbers } from "../graph/phone-numbers.ts";
import { accountsOf } from "../graph/tokens.ts";
import type { Transport } from "../graph/transport.ts";
import { checkAccount } from "./account-checks.ts";
import { type AccountReport, Findings } from "./report.ts";
import { checkToken, type Working } from "./token-checks.ts";
import { Wire } from "./wire.ts";
import { checkAddress, checkSameGraph, checkWire } from "./wire-checks.ts";

/** At Meta's limits a few at once are as fast as many. */
const AT_ONCE = 8;

/** What there is to look at. */
export interface Charge {
  readonly settings: Settings;
  /** By account; undefined stands for the default credential. */
  readonly accounts: ReadonlyMap<string, string | undefined>;
  /** Credentials to look at besides those of accounts. */
  readonly credentials: readonly (string | undefined)[];
  readonly numbers: readonly (Recorded & {
    readonly id: string;
    readonly wabaId: string | undefined;
    readonly baseUrl: string | undefined;
  })[];
}

export interface Seen {
  readonly accounts: AccountReport[];
  readonly calls: number;
}

export async function checkGraph(
  findings: Findings,
  charge: Charge,
  transport: Transport,
  now: () => Date,
): Promise<Seen> {
  const { settings } = charge;
  const { baseUrl, apiVersion } = settings;
  const wire = new Wire(now);
  const listening = wire.listening(transport);
  const fieldSets: FieldSets = new Map();
  const client = (credential: ReturnType<Settings["credential"]>) =>
    new GraphClient({ baseUrl, apiVersion, credential, transport: listening });

  const tokens = new Map<string | undefined, Working | undefined>();
  for (const name of new Set([...charge.accounts.values(), ...charge.credentials])) {
    tokens.set(name, await checkToken({ findings, settings, client, now: now() }, name));
  }
  const accounts = charge.accounts.size > 0 ? charge.accounts : grantedTo(tokens);
  if (accounts.size === 0) findings.skip("accounts: none is known here; name one by --waba");

  const looks = [...accounts].map(([wabaId, credential]) => async () => {
    const own = new Findings();
    const token = tokens.get(credential);
    if (token === undefined) {
      own.skip(
        `account ${wabaId}: no call with ${credential === undefined ? "the token" : `credential ${credential}`} succeeds`,
      );
      return { own, account: undefined };
    }
    const api = new PhoneNumbers(client(settings.credential(credential)), `${baseUrl}/${apiVersion}`, fieldSets);
    const recorded = new Map(charge.numbers.filter((number) => number.wabaId === wabaId).map((it) => [it.id, it]));
    const appId = token.facts?.app_id;
    const check = { findings: own, settings, api, now: now(), wabaId, credential, appId, recorded };
    return { own, account: await checkAccount(check) };
  });
  const seen = await someAtOnce(looks);
  for (const { own } of seen) {
    findings.all.push(...own.all);
    findings.notChecked.push(...own.notChecked);
  }
  checkSameGraph(findings, settings, charge.numbers);
  if (wire.calls === 0) checkAddress(findings, settings);
  else checkWire(findings, settings, wire, now());
  return { accounts: seen.flatMap(({ account }) => account ?? []), calls: wire.calls };
}

/** The accounts that Graph says a token is for. */
function grantedTo(tokens: ReadonlyMap<string | undefined, Working | undefined>): Map<string, string | undefined> {
  const granted = [...tokens].flatMap(([name, token]) =>
    (token?.facts === undefined ? [] : (accountsOf(token.facts) ?? [])).map((id) => [id, name] as const),
  );
  return new Map(granted);
}

/** In the order of `looks`. */
async function someAtOnce<T>(looks: readonly (() => Promise<T>)[]): Promise<T[]> {
  const results: T[] = [];
  for (let at = 0; at < looks.length; at += AT_ONCE) {
    results.push(...(await Promise.all(looks.slice(at, at + AT_ONCE).map((look) => look()))));
  }
  return results;
}
