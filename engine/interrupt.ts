const exitCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/**
 * Aborts at the first Ctrl-C or SIGTERM, so that what runs can clear up; the process then has its exit code set already.
 * The second one ends it at once.
 */
export function onInterrupt(): AbortSignal {
  const controller = new AbortController();
  for (const [name, code] of Object.entries(exitCodes)) {
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(code);
      process.exitCode = code;
      controller.abort(new Error(`interrupted by ${name}`));
    });
  }
  return controller.signal;
}
