import { type ChildProcess, spawn } from "node:child_process";

/** How a program ended, as the engine wants to hear it. */
export type Outcome =
  | { readonly kind: "done" }
  | { readonly kind: "bail" }
  | { readonly kind: "failed"; error: string };

// The SDK's own word for "the user has been told already" (@pulumi/pulumi/cmd/run).
const alreadyReported = 32;
const killAfterMs = 5_000;

/** The node processes that run programs; `interrupt` is how the engine's Ctrl-C reaches them. */
export class Children {
  readonly #running = new Set<ChildProcess>();

  run(args: readonly string[], environment: Record<string, string>): Promise<Outcome> {
    return new Promise((resolve) => {
      // Like Pulumi's host: the `node` of PATH, which need not be the one that runs this file.
      const child = spawn("node", args, {
        stdio: ["ignore", "inherit", "inherit"],
        env: { ...process.env, ...environment },
      });
      this.#running.add(child);
      child.on("error", (cause) => {
        this.#running.delete(child);
        resolve({ kind: "failed", error: `could not start node: ${cause.message}; is node on the PATH?` });
      });
      child.on("exit", (code, signal) => {
        this.#running.delete(child);
        resolve(outcome(code, signal));
      });
    });
  }

  interrupt(): void {
    for (const child of this.#running) {
      child.kill("SIGINT");
      setTimeout(() => child.kill("SIGKILL"), killAfterMs).unref();
    }
  }

  /** Resolves when no program runs any more. */
  async idle(): Promise<void> {
    await Promise.all([...this.#running].map((child) => new Promise((resolve) => child.once("exit", resolve))));
  }
}

export function outcome(code: number | null, signal: NodeJS.Signals | null): Outcome {
  if (code === 0) return { kind: "done" };
  if (code === alreadyReported) return { kind: "bail" };
  if (code === null) return { kind: "failed", error: `Program was ended by ${signal}` };
  return { kind: "failed", error: `Program exited with non-zero exit code: ${code}` };
}
