/** What the file finds in an answer, less what deviations.ts lists. */
import { DEVIATIONS, type Deviation, REFUSALS } from "./deviations.ts";
import type { Exchange } from "./exchange.ts";
import { type Finding, openContract } from "./openapi.ts";

export const { operations } = openContract();

/** One place of a row of deviations.ts. */
export interface ListedPlace {
  readonly route: string;
  readonly at: string;
  readonly rule: string;
}

export const LISTED: readonly ListedPlace[] = DEVIATIONS.flatMap(({ routes, at, rule }: Deviation) =>
  routes.flatMap((route) => at.map((place) => ({ route, at: place, rule }))),
);

/** A line for everything that differs from the file and is not listed. */
export function surprises(exchange: Exchange): string[] {
  return findings(exchange)
    .filter((finding) => !LISTED.some((listed) => covers(listed, exchange, finding)))
    .map(({ at, rule, said }) => `${exchange.route} ${exchange.status}: ${rule} ${at} (${said})`);
}

export function shows(exchange: Exchange, listed: ListedPlace): boolean {
  return findings(exchange).some((finding) => covers(listed, exchange, finding));
}

function covers({ route, at, rule }: ListedPlace, exchange: Exchange, finding: Finding): boolean {
  const same = route === (exchange.status === 200 ? exchange.route : REFUSALS);
  return same && at === finding.at && rule === finding.rule;
}

function findings({ route, status, body }: Exchange): readonly Finding[] {
  return operations.get(route ?? "")?.checkAnswer(status, body) ?? [];
}
