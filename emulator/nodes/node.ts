/** A kind of object that Graph shows: which fields it has, how sure each is and who says so, and how it is read. */
import type { FieldShape } from "../calls/fields.ts";
import type { Params } from "../calls/params.ts";
import type { GraphCall } from "../calls/request.ts";
import type { Json, JsonObject } from "../json.ts";
import type { Known } from "../known.ts";
import type { Settings } from "../settings.ts";
import type { State } from "../state/state.ts";

/** What a field may be worked out from besides its subject. */
export interface View {
  readonly state: State;
  readonly now: number;
  readonly settings: Settings;
  /** Where links of edges point to; control looks without a call. */
  readonly call?: GraphCall;
}

export interface FieldSpec<Subject> extends Known {
  /** The sub-fields that a composite field knows. */
  readonly sub?: FieldShape;
  /** Undefined means that the field is unset and left out. */
  read(subject: Subject, view: View): Json | undefined;
  /** In place of `read`: a list, with the modifiers and the braces of the field as its parameters. */
  readonly edge?: (subject: Subject, params: Params, view: View) => JsonObject | undefined;
}

export interface NodeType<Subject> {
  /** As Graph's refusals call it. */
  readonly name: string;
  readonly defaults: readonly string[];
  /** `id` is not in it: it is always answered, last. */
  readonly fields: { readonly [name: string]: FieldSpec<Subject> };
}
