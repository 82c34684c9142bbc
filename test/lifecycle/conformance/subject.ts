/**
 * What the conformance suite must know of a class to hold it to the rules of every resource.
 *
 * To add one: a file beside this one that says it as a `Subject` (webhook-subscription.ts is the shortest example), a file
 * `<class>.test.ts` that calls `conforms(SUBJECT)`, and the class's row in test/support/function-provider.ts. Both runs, with
 * our functions and through the real plugin, follow by themselves. What is special to the class has tests of its own in
 * test/lifecycle.
 *
 * Say in `full` all that can be managed, in `changes` every kind of edit, and in `drifts` everything that somebody else may
 * do: the suite cuts each call of each of them, before and after its effect, and shows each drift under its own property.
 */
import type { Emulator, EmulatorOptions } from "../../../emulator/index.ts";
import type { Handlers } from "../../../provider/resources/provider-text.ts";
import type { Properties } from "../../support/engine-double.ts";
import type { Lifecycle } from "../../support/lifecycle.ts";

/** What programs and events refer to, made anew for each stack: addresses that answer, files. */
export interface Ground {
  /** What differs from run to run, as ports do, by a name that does not: so that two runs can be compared. */
  readonly names: Readonly<Record<string, string>>;
}

export interface Subject<G extends Ground> {
  /** As messages and types call it. */
  readonly className: string;
  /** Its table in provider/runtime.ts. */
  readonly handlers: Handlers;
  /** What is at Meta at the start: the resource is not there. */
  readonly options?: EmulatorOptions;
  readonly ground: (lifecycle: Lifecycle) => Promise<G>;
  /** The account that programs declare; `allowedWabaIds` is tried with another. Left out where it is of no account. */
  readonly wabaId?: string;

  /** The least that can be declared. */
  readonly least: (ground: G) => Properties;
  /** All that can be managed, reached in one `up`. */
  readonly full: (ground: G) => Properties;
  /** Parts of a program, each with its args: create, refresh and up of every subset shows nothing. */
  readonly parts: (ground: G) => Readonly<Record<string, Properties>>;
  /** By arg, values beside `full`: those that check takes, those that it refuses. Secrets in both. */
  readonly values: (ground: G) => Readonly<Record<string, { readonly right: unknown[]; readonly wrong: unknown[] }>>;
  /** Args whose value the engine must not print. */
  readonly secretArgs: readonly string[];
  /** Outputs that the class marks as secrets. */
  readonly secretOutputs: readonly string[];
  /** Every secret text that `full`, `changes` and `values` hold. */
  readonly secrets: (ground: G) => readonly string[];
  /** Args that only steer us: another value calls nothing. */
  readonly steering: Properties;

  /** Edits of a program, each from `full` unless told otherwise. */
  readonly changes: readonly Change<G>[];
  /** What somebody else does. */
  readonly drifts: readonly Drift<G>[];
  /** Somebody takes the resource away at Meta, and what an `up` of `full` calls to make it again; left out where nobody can. */
  readonly gone?: {
    readonly happens: (lifecycle: Lifecycle, ground: G) => unknown;
    readonly writes: readonly string[];
  };
  /** Ends besides `retain`, by the args that declare them. */
  readonly ends: readonly { readonly args: Properties; readonly writes: readonly string[] }[];

  /** What adopting a `full` one calls all the same, since Graph does not show it. */
  readonly adoptionWrites?: readonly string[];
  /** Writes of which nothing is seen unless another one refers to them: made again where that one was not made. */
  readonly withoutEffect?: readonly string[];
  /** True where an id alone does not tell the account: `get` then asks Graph before it refuses one that is not allowed. */
  readonly findsAccountByGet?: true;

  /** Its part of Meta, for comparing how two stories end. */
  readonly atMeta: (emulator: Emulator) => unknown;
  /** An id of the right form that nobody has. */
  readonly missingId: string;
}

export interface Change<G> {
  readonly what: string;
  readonly from?: (ground: G) => Properties;
  readonly to: (ground: G) => Properties;
  /** The properties that a preview names. */
  readonly shows: readonly string[];
  /** What is called, by route. */
  readonly writes: readonly string[];
}

export interface Drift<G> {
  readonly what: string;
  readonly happens: (lifecycle: Lifecycle, ground: G) => unknown;
  /** What a refresh and a preview make of it; "none" where it is not managed. */
  readonly shows: readonly string[] | "none";
  /** What the next `up` calls. */
  readonly writes: readonly string[];
}
