/** What the file finds in calls and answers, less what is listed as a deviation. */
import { DEVIATIONS, type Deviation, REFUSALS } from "./deviations.ts";
import type { Exchange } from "./exchange.ts";
import { type Finding, openContract } from "./openapi.ts";
import { TAKEN } from "./request-deviations.ts";

export const { operations } = openContract();

/** One place of a row. */
interface ListedPlace {
  readonly route: string;
  readonly at: string;
  readonly rule: string;
}

export const LISTED_ANSWERS: readonly ListedPlace[] = DEVIATIONS.flatMap(places);
/** Of bodies and of queries (`?name`). */
export const LISTED_REQUESTS: readonly ListedPlace[] = TAKEN.flatMap(places);

function places({ routes, at, rule }: Deviation): ListedPlace[] {
  return routes.flatMap((route) => at.map((place) => ({ route, at: place, rule })));
}

/** A line for everything in the answer, and in a request that was taken, that differs from the file and is not listed. */
export function surprises(exchange: Exchange): string[] {
  const line = ({ at, rule, said }: Finding) => `${exchange.route} ${exchange.status}: ${rule} ${at} (${said})`;
  const answer = findings(exchange).filter(
    (finding) => !LISTED_ANSWERS.some((listed) => covers(listed, exchange, finding)),
  );
  const sent = requestFindings(exchange).filter(
    (finding) => !LISTED_REQUESTS.some((listed) => covers(listed, exchange, finding)),
  );
  return [...answer.map(line), ...sent.map((finding) => `sent: ${line(finding)}`)];
}

export function showsInAnswer(exchange: Exchange, listed: ListedPlace): boolean {
  return findings(exchange).some((finding) => covers(listed, exchange, finding));
}

export function showsInRequest(exchange: Exchange, listed: ListedPlace): boolean {
  return requestFindings(exchange).some((finding) => covers(listed, exchange, finding));
}

function covers({ route, at, rule }: ListedPlace, exchange: Exchange, finding: Finding): boolean {
  const { status, route: asked } = exchange;
  const same = status === 200 ? route === asked : route === REFUSALS || route === `${asked} ${status}`;
  return same && at === finding.at && rule === finding.rule;
}

function findings({ route, status, body }: Exchange): readonly Finding[] {
  return operations.get(route ?? "")?.checkAnswer(status, body) ?? [];
}

/** Only of what was taken: what a refused call got wrong is its point. */
function requestFindings({ route, status, sent, query }: Pick<Exchange, "route" | "status" | "sent" | "query">) {
  const operation = operations.get(route ?? "");
  if (status !== 200 || operation === undefined) return [];
  return [...(sent === undefined ? [] : operation.checkBody(sent)), ...operation.checkQuery(query)];
}
