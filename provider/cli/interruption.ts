/** Ctrl-C, and being told to end: work stops, and what was done is still told. */

/** The engine takes the first as a wish, and ends its plugins at once with the second. */
const AGAIN_MS = 1500;

export interface Interruption {
  readonly signal: AbortSignal;
  /** From then on signals end the process as ever. */
  dispose(): void;
}

/** @param insists false where the engine writes: it then ends what it has begun, unless it is told a second time */
export function interruption(insists: boolean): Interruption {
  const controller = new AbortController();
  let again: NodeJS.Timeout | undefined;
  const interrupted = () => {
    if (controller.signal.aborted) return void controller.signal.dispatchEvent(new Event("abort"));
    process.stderr.write("Interrupted: ending the engine; what was checked is told.\n");
    controller.abort();
    if (insists) again = setInterval(() => controller.signal.dispatchEvent(new Event("abort")), AGAIN_MS);
  };
  const signals = ["SIGINT", "SIGTERM"] as const;
  for (const name of signals) process.on(name, interrupted);
  return {
    signal: controller.signal,
    dispose: () => {
      clearInterval(again);
      for (const name of signals) process.off(name, interrupted);
    },
  };
}
