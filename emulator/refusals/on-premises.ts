/**
 * Refusals of the on-premises client: an envelope of its own. K for the codes and their HTTP status, as they are in
 * Meta's list of that API's errors; the details are ours.
 */
import { echo, GraphRefusal } from "./refusal.ts";

/** T: seen in every answer of a client of the last version. */
export const CLIENT = { api_status: "stable", version: "v2.45.1" } as const;

function refused(status: number, code: number, title: string, details: string): GraphRefusal {
  return new GraphRefusal({
    status,
    code,
    message: title,
    body: { meta: CLIENT, errors: [{ code, title, details: echo(details) }] },
  });
}

/** D: what Meta answers since it ended the on-premises API. */
export const onPremisesEnded = () => refused(403, 1005, "Access denied", "Unknown error: biz_link_on_prem_reg_blocked");
export const accessDenied = (reason: string) => refused(403, 1005, "Access denied", `Registration refused: ${reason}`);
export const noAccountAsked = () => refused(404, 1006, "Resource not found", "No registration waits for a code");
export const missingValue = (name: string) =>
  refused(400, 1008, "Required parameter is missing", `Parameter '${name}' is mandatory`);
export const badValue = (name: string, rule: string) =>
  refused(400, 1009, "Parameter value is not valid", `Parameter '${name}' ${rule}`);
export const tooManyTries = () => refused(429, 1015, "Too many requests", "Codes were asked for too often");

/** What Graph would have refused before the operation. K: 1000 for a body that cannot be read, 1005 for a bad token. */
export function asClientRefusal(refusal: GraphRefusal): GraphRefusal {
  const { status, body, message } = refusal.facts;
  // What the emulator itself failed at must not look like an answer of the client's.
  if (body !== undefined || status >= 500) return refusal;
  const denied = status === 401 || status === 403;
  return refused(status, denied ? 1005 : 1000, denied ? "Access denied" : "Generic error", message);
}
