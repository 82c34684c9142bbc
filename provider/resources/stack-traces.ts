/**
 * The SDK takes four stack traces for each property of a resource, in search of promises that never end, and maps each
 * through source maps: of a preview of a thousand numbers that was 13 s of 20 (docs/decisions/program.md). So while a
 * resource of ours is made there are none. Where the program declared it is told all the same: the SDK asks for that by
 * a limit of its own.
 */

export interface PausedStackTraces {
  readonly resume: () => void;
  /** What was thrown meanwhile, with a trace to who called `made`; traces are taken again. */
  readonly traced: (error: unknown, made: new (...args: never[]) => object) => unknown;
}

/**
 * Until `resume`. With PULUMI_DEBUG_PROMISE_LEAKS set, whose traces these are, they stay. The `super` between stands in
 * each class itself: the SDK counts four frames from it to the line of the program.
 */
export function pauseStackTraces(env: NodeJS.ProcessEnv = process.env): PausedStackTraces {
  const { stackTraceLimit } = Error;
  const resume = () => {
    Error.stackTraceLimit = stackTraceLimit;
  };
  if (!env.PULUMI_DEBUG_PROMISE_LEAKS) Error.stackTraceLimit = 0;
  return {
    resume,
    traced: (error, made) => {
      resume();
      if (error instanceof Error) Error.captureStackTrace(error, made);
      return error;
    },
  };
}
