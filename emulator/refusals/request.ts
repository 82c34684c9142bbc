/** Refusals of the request itself: parameters, fields, bodies, and what is not emulated. */
import { BATCH_MAX, IDS_MAX } from "../limits.ts";
import { badRequest, echo, GraphRefusal } from "./refusal.ts";

export const missingParam = (name: string) => badRequest(100, `The parameter ${name} is required.`);
export const invalidParam = (name: string, rule: string, value: unknown) =>
  badRequest(100, `Param ${name} ${rule} - got ${echo(value)}`);
/** For values that are not echoed. */
export const malformedParam = (name: string, rule: string) => badRequest(100, `Param ${echo(name)} ${rule}`);
export const invalidBody = (reason: string) => badRequest(100, `Invalid request body: ${reason}`);
export const invalidRequest = (reason: string) => badRequest(100, `Invalid request: ${reason}`);
export const nothingToDo = () => badRequest(100, "The request has no parameter that this node can update.");
export const unknownField = (field: string, nodeType: string) =>
  badRequest(100, `Tried accessing nonexisting field (${echo(field)}) on node type (${nodeType})`);
export const noSubfields = (field: string) => badRequest(100, `Subfields are not supported by ${field}`);
/** K: general Graph behaviour for a `fields` it cannot read. */
export const fieldsSyntax = (reason: string) =>
  new GraphRefusal({ status: 400, code: 2500, message: `Syntax error in fields: ${reason}` });
/** K for the texts: a root that answers nothing by itself. */
export const unsupportedRequest = (method: string) =>
  new GraphRefusal({
    status: 400,
    code: 100,
    type: "GraphMethodException",
    message: `Unsupported ${echo(method.toLowerCase())} request. Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api`,
  });
/** R of other nodes: an edge that no node has. */
export const unknownPath = (segments: readonly string[]) =>
  new GraphRefusal({
    status: 400,
    code: 2500,
    message: `Unknown path components: ${echo(`/${segments.join("/")}`)}`,
  });
/** K: what stands where an id belongs, and is none. */
export const unknownAlias = (alias: string) =>
  badRequest(803, `Some of the aliases you requested do not exist: ${echo(alias)}`, { status: 404 });
/** K: Meta's code for a version that is not served; one that has ended is not refused but runs on a later one. */
export const unknownVersion = (version: string) =>
  badRequest(2635, `There is no version ${echo(version)} of the Graph API.`);
/** K */
export const tooManyIds = (count: number) => badRequest(100, `Too many IDs. Maximum: ${IDS_MAX}. Provided: ${count}.`);
/** K */
export const batchTooLarge = () =>
  badRequest(100, `Too many requests in batch message. Maximum batch size is ${BATCH_MAX}`);
/** K: a modifier where only an edge takes one. */
export const noModifiers = (field: string) => badRequest(100, `Modifiers are not supported by ${field}`);
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
