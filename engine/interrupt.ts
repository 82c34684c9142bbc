const exitCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/** One Ctrl-C may arrive by several ways; a person's second one comes later than this. */
const sameWithinMs = 1_000;

/**
 * Aborts at the first Ctrl-C or SIGTERM, so that what runs can clear up; the process then has its exit code set already.
 * The second one ends it at once.
 */
export function onInterrupt(): AbortSignal {
  const controller = new AbortController();
  let first: number | undefined;
  for (const [name, code] of Object.entries(exitCodes)) {
    process.on(name, () => {
      if (first !== undefined && performance.now() - first < sameWithinMs) return;
      if (controller.signal.aborted) process.exit(code);
      first = performance.now();
      process.exitCode = code;
      controller.abort(new Error(`interrupted by ${name}`));
    });
  }
  return controller.signal;
}
