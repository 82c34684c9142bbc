/**
 * A number as it is now, with what the stack remembers of it: read anew, by the same steps as a refresh. Without a
 * stack's state, Graph alone speaks, and what it does not remember is not known. Pure.
 */

import { type Intent, phaseOf } from "../lifecycle/phase.ts";
import type { Phase } from "../lifecycle/phases.ts";
import { firstState, refreshed, wabaIdOf, withoutUndefined } from "../lifecycle/phone-number/observe.ts";
import { intentIn } from "../lifecycle/phone-number/outputs.ts";
import type { PhoneNumberNode } from "../schemas/graph.ts";
import { readState, type State } from "../schemas/phone-number-state.ts";

export interface Subject {
  readonly state: State;
  readonly intent: Intent;
  readonly phase: Phase;
  readonly wabaId: string | undefined;
  /** Undefined where no stack manages the number. */
  readonly managed: { readonly resource: string } | undefined;
}

/** What a stack holds of a number. */
export interface Recorded {
  /** The resource's name. */
  readonly name: string;
  /** Without secrets. */
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** As where nothing is declared: a phase must not depend on what nobody said. */
const UNDECLARED: Intent = { register: true, hasPin: true };

/** @throws StateError for a state that a newer version wrote */
export function subjectOf(now: Date, node: PhoneNumberNode, recorded: Recorded | undefined, baseUrl: string): Subject {
  // A number that a program only reads (PhoneNumber.get) has no ledger.
  const isManaged = recorded?.outputs.schemaVersion !== undefined;
  const state = isManaged
    ? refreshed(now, readState(node.id, recorded.outputs), node)
    : firstState({ now: () => now, settings: { baseUrl } }, node, withoutUndefined({ wabaId: wabaIdOf(node) }));
  const intent = isManaged ? intentIn(state) : UNDECLARED;
  return {
    state,
    intent,
    phase: phaseOf(now, state, intent),
    wabaId: state.echo.wabaId ?? wabaIdOf(node),
    managed: isManaged ? { resource: recorded.name } : undefined,
  };
}
