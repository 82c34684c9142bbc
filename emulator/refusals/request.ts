/** Refusals of the request itself: parameters, fields, bodies, and what is not emulated. */
import { badRequest, echo, GraphRefusal } from "./refusal.ts";

export const missingParam = (name: string) => badRequest(100, `The parameter ${name} is required.`);
export const invalidParam = (name: string, rule: string, value: unknown) =>
  badRequest(100, `Param ${name} ${rule} - got ${echo(value)}`);
export const invalidBody = (reason: string) => badRequest(100, `Invalid request body: ${reason}`);
export const nothingToDo = () => badRequest(100, "The request has no parameter that this node can update.");
export const unknownField = (field: string, nodeType: string) =>
  badRequest(100, `Tried accessing nonexisting field (${echo(field)}) on node type (${nodeType})`);
export const noSubfields = (field: string) => badRequest(100, `Subfields are not supported by ${field}`);
/** K: general Graph behaviour for a `fields` it cannot read. */
export const fieldsSyntax = (reason: string) =>
  new GraphRefusal({ status: 400, code: 2500, message: `Syntax error in fields: ${reason}` });
/** I: documented for message templates since v24. */
export const badCursor = () => badRequest(131059, "The paging cursor is not valid. Start again without a cursor.");
/**
 * Code 3 lets a client that retries on 5xx give up at once; the status and the message say that it is the emulator
 * speaking, not Meta.
 */
export const notEmulated = (what: string) =>
  new GraphRefusal({
    status: 501,
    code: 3,
    type: "EmulatorNotImplemented",
    message: `${what} is not emulated: this is a local stand-in for the Graph API, and it does not know what Meta would answer here.`,
  });
