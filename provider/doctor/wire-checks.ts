/** What the answers' headers tell: the version, the clock, the quota; and where the calls went. Pure. */
import { graphRefusal, type Settings } from "../config.ts";
import { distance } from "../time-text.ts";
import { GRAPH_VERSIONS, VERSIONS_PAGE } from "./graph-versions.ts";
import type { Findings } from "./report.ts";
import type { Wire } from "./wire.ts";

const META = "https://graph.facebook.com";
const DAY_MS = 24 * 60 * 60 * 1000;
/** A version that ends so soon is a warning. */
const VERSION_WARNING_MS = 90 * DAY_MS;
/** The ledger's windows are hours; a minute is more than any network takes. */
const SKEW_MAX_MS = 60_000;
const QUOTA_WARNING_PERCENT = 75;

export function checkWire(findings: Findings, settings: Settings, wire: Wire, now: Date): void {
  checkAddress(findings, settings);
  checkVersion(findings, settings.apiVersion, wire.version, now);
  checkClock(findings, wire.skewMs);
  checkQuota(findings, wire);
}

/** Numbers of the stack that were read from another Graph: pulumi would refuse to touch them. */
export function checkSameGraph(
  findings: Findings,
  settings: Settings,
  numbers: readonly { readonly name: string; readonly baseUrl: string | undefined }[],
) {
  for (const { name, baseUrl } of numbers) {
    const refusal = graphRefusal(settings, baseUrl);
    if (refusal === undefined) continue;
    const remedy = "Set waba:baseUrl (or WABA_BASE_URL) to where the stack's numbers are";
    // One tells it: the others of the stack are the same.
    return findings.fail("address", refusal, remedy, `resource ${name}`);
  }
}

/** Without a call: where calls would go. */
export function checkAddress(findings: Findings, { baseUrl }: Pick<Settings, "baseUrl">) {
  if (baseUrl.replace(/\/+$/, "") === META) return findings.ok("address", `calls go to ${META}`);
  findings.warn(
    "address",
    `calls go to ${baseUrl}, which is not Meta's: an emulator or a proxy`,
    `For live numbers unset WABA_BASE_URL and waba:baseUrl (the default is ${META})`,
  );
}

function checkVersion(findings: Findings, asked: string, answered: string | undefined, now: Date) {
  if (answered === undefined) return findings.skip("the version that answered: no answer named one");
  const remedy = `Set waba:apiVersion to a later one, or leave it out. Meta's table: ${VERSIONS_PAGE}`;
  if (asked !== answered) {
    return findings.warn("version", `${asked} was asked for, and ${answered} answered: ${asked} has ended`, remedy);
  }
  const row = GRAPH_VERSIONS.find(({ name }) => name === asked);
  if (row === undefined) return findings.ok("version", `${asked}, newer than this package's table`);
  if (row.ends === undefined) return findings.ok("version", `${asked}; Meta has named no end`);
  const left = Date.parse(row.ends) - now.getTime();
  const ends = `${asked} ends on ${row.ends}`;
  if (left > VERSION_WARNING_MS) return findings.ok("version", ends);
  const when = left > 0 ? distance(row.ends, now) : "a day that has passed";
  findings.warn("version", `${ends}, ${when}: then Meta answers with a later one`, remedy);
}

function checkClock(findings: Findings, skewMs: number | undefined) {
  if (skewMs === undefined) return findings.skip("the clock: no answer had a date");
  const seconds = Math.round(Math.abs(skewMs) / 1000);
  const text = `this clock is ${seconds} s ${skewMs < 0 ? "behind" : "ahead of"} Meta's`;
  if (Math.abs(skewMs) <= SKEW_MAX_MS) return findings.ok("clock", text);
  findings.warn("clock", `${text}: Meta's windows of 72 hours and 14 days are counted by it`, "Set the clock (NTP)");
}

function checkQuota(findings: Findings, { usage }: Wire): void {
  for (const { account, percent, regainMs } of usage) {
    if (percent < QUOTA_WARNING_PERCENT) continue;
    const whose = account === undefined ? "the app" : `account ${account}`;
    const regain = regainMs > 0 ? `; Meta takes calls again in ${Math.ceil(regainMs / 60_000)} minutes` : "";
    findings.warn(
      "quota",
      `${percent} % of Meta's hourly quota of ${whose} is used${regain}`,
      "Make fewer calls for an hour: waba:readStrategy list, fewer runs, or spread them",
    );
  }
  const highest = Math.max(0, ...usage.map(({ percent }) => percent));
  if (highest < QUOTA_WARNING_PERCENT) findings.ok("quota", `at most ${highest} % of an hourly quota is used`);
}
