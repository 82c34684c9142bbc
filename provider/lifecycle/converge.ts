/**
 * Takes a resource to what is declared, one planned step after the other, and stops at the first that fails. Each kind
 * of step is taken once in a run: a read that is older than our write would have us do it again.
 */
import { InitError } from "./init-error.ts";

interface Course<State, Step> {
  readonly found: State;
  /** The plan: what a preview shows, and an `up` does. */
  readonly next: (state: State) => Step | undefined;
  /** @param keep for what is achieved, or noted, before the rest of the step may fail */
  readonly take: (step: Step, state: State, keep: (state: State) => void) => Promise<State>;
  /** The resource's id and outputs, as far as it got. */
  readonly id: string;
  readonly outputsOf: (state: State) => Record<string, unknown>;
  /** As the engine handed them over, with the provider's text. */
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** @throws InitError with what was achieved until then */
export async function converge<State, Step extends { readonly do: string }>(
  course: Course<State, Step>,
): Promise<State> {
  const done = new Set<string>();
  let state = course.found;
  try {
    for (;;) {
      const step = course.next(state);
      if (step === undefined || done.has(step.do)) return state;
      done.add(step.do);
      state = await course.take(step, state, (kept) => {
        state = kept;
      });
    }
  } catch (cause) {
    const properties = { ...course.outputsOf(state), __provider: course.inputs.__provider };
    throw new InitError(course.id, properties, cause instanceof Error ? cause : new Error(String(cause)));
  }
}
