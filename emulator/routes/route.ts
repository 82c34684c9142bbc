/** One row of the table of contents: a Graph route, what it runs on, what it takes, and who says so. */
import type { JsonObject } from "../json.ts";
import type { Known } from "../known.ts";
import type {
  BusinessOperation,
  NumberChallenge,
  NumberOperation,
  PreverifiedOperation,
  RootOperation,
  WabaChallenge,
  WabaOperation,
} from "../operations/operation.ts";
import type { GraphRefusal } from "../refusals/refusal.ts";
import type { Scope } from "../tokens.ts";

interface RouteFacts extends Known {
  readonly method: "GET" | "POST" | "DELETE";
  readonly template: string;
  /** The HTTP status of an answer that is no refusal; 200 when left out. */
  readonly statusOf?: (answer: JsonObject) => number;
  /** In place of the refusal that Graph would answer: what is not Graph has its own. */
  readonly refusalOf?: (refusal: GraphRefusal) => GraphRefusal;
  /** A write that refuses by itself numbers that moved away or were deleted; the others never see them. */
  readonly seesGone?: true;
  /** The permissions that the token needs, besides reaching the object. */
  readonly scopes: readonly Scope[];
  /** Parameters by name; those that every route takes (`access_token`, `fields` of reads) apart. */
  readonly params?: { readonly [name: string]: Known & { readonly required?: boolean } };
}

export type Route = RouteFacts &
  (
    | { readonly on: "number"; readonly run: NumberOperation; readonly challenge?: NumberChallenge }
    | { readonly on: "waba"; readonly run: WabaOperation; readonly challenge?: WabaChallenge }
    | { readonly on: "business"; readonly run: BusinessOperation }
    | { readonly on: "preverified"; readonly run: PreverifiedOperation }
    | { readonly on: "root"; readonly run: RootOperation }
  );

/** What an id may name. */
export type NodeKind = Exclude<Route["on"], "root">;
