/** A request of the provider's own client, held against Meta's file. */
import { expect } from "vitest";
import type { HttpRequest } from "../../provider/graph/transport.ts";
import { operations, surprises } from "./judge.ts";

/**
 * That it is a call of the route, and sends what the file knows.
 * @param ids what an id in its path is, as { "1906385232743451": "{PNID}" }
 * @returns what it sends as JSON
 */
export function expectInFile(
  request: HttpRequest | undefined,
  route: string,
  ids: Readonly<Record<string, string>>,
): unknown {
  const { method, url, body } = request ?? expect.unreachable(`${route} was not called`);
  const path = Object.entries(ids).reduce((rest, [id, name]) => rest.replace(id, name), url.pathname);
  expect(`${method} ${path.replace("/v25.0", "")}`).toBe(route);
  const sent: unknown = typeof body === "string" ? JSON.parse(body) : undefined;
  const exchange = { scenario: "", route, sent, query: url.searchParams, status: 200, body: { success: true } };
  expect(surprises(exchange).filter((line) => line.startsWith("sent: "))).toEqual([]);
  return sent;
}

/** The file's examples of what a route answers. */
export const examplesOf = (route: string) => operations.get(route)?.answerExamples("200") ?? [];
