/** Realistic calls, and whether Meta's OpenAPI file knows what the emulator answers. */
import { beforeAll, expect, test } from "vitest";
import { ROUTES } from "../../emulator/routes.ts";
import { type Exchange, record } from "./exchange.ts";
import { LISTED_ANSWERS, LISTED_REQUESTS, operations, showsInAnswer, showsInRequest, surprises } from "./judge.ts";
import { SCENARIOS } from "./scenarios/scenarios.ts";
import { UNKNOWN_TO_FILE } from "./unknown-to-file.ts";

const TEMPLATES = ROUTES.map(({ method, template }) => `${method} ${template}`);

let exchanges: readonly Exchange[];
let failures: ReadonlyMap<string, unknown>;
beforeAll(async () => {
  ({ exchanges, failures } = await record(SCENARIOS));
});

test.each(TEMPLATES)("%s is held against the file, or the file does not know it", (route) => {
  const listed = UNKNOWN_TO_FILE.some(({ routes }) => routes.includes(route));
  expect(operations.has(route), `${route} must be in the file or in unknown-to-file.ts, not in both`).toBe(!listed);
  if (listed) return;
  const statuses = exchanges.filter((exchange) => exchange.route === route).map(({ status }) => status);
  expect(statuses, `no scenario shows a success of ${route}`).toContain(200);
  expect(Math.max(...statuses), `no scenario shows a refusal of ${route}`).toBeGreaterThanOrEqual(400);
});

test("no route stands in the table twice", () => {
  expect(TEMPLATES).toEqual([...new Set(TEMPLATES)]);
});

test("routes that are listed as unknown to the file are routes", () => {
  expect(TEMPLATES).toEqual(expect.arrayContaining(UNKNOWN_TO_FILE.flatMap(({ routes }) => routes)));
});

test.each(SCENARIOS)("$name: what differs from the file is listed in deviations.ts", ({ name }) => {
  expect(failures.get(name)).toBeUndefined();
  const lines = exchanges.filter(({ scenario }) => scenario === name).flatMap(surprises);
  expect([...new Set(lines)]).toEqual([]);
});

test.each(LISTED_ANSWERS)("still so: $route $rule $at", (listed) => {
  const shown = exchanges.some((exchange) => showsInAnswer(exchange, listed));
  expect(shown, "no answer differs like this any more: take it out of deviations.ts").toBe(true);
});

test.each(LISTED_REQUESTS)("still taken: $route $rule $at", (listed) => {
  const shown = exchanges.some((exchange) => showsInRequest(exchange, listed));
  expect(shown, "no request differs like this any more: take it out of request-deviations.ts").toBe(true);
});
