import { type ChildProcess, spawn } from "node:child_process";

export interface ChildOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Ends the child with SIGINT, as Ctrl-C would. */
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs?: number;
  /** A process group of its own, so that its children end with it; a Ctrl-C in the terminal then does not reach it. */
  readonly ownGroup?: boolean;
  /** Written to its standard input: where a secret goes, since arguments show in every process list. */
  readonly input?: string | undefined;
  readonly onOutput?: ((chunk: string, stream: "stdout" | "stderr") => void) | undefined;
}

export interface Finished {
  /** 128 + the signal's number when a signal ended it, as shells count. */
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
}

const killAfterMs = 10_000;
const signalNumbers: Partial<Record<NodeJS.Signals, number>> = { SIGINT: 2, SIGKILL: 9, SIGTERM: 15 };

/** Runs a program to its end. Rejects only when it could not be started. */
export function runChild(command: string, args: readonly string[], options: ChildOptions = {}): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: [options.input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
      detached: options.ownGroup === true && process.platform !== "win32",
    });
    const output = { stdout: "", stderr: "" };
    child.stdin?.end(options.input);
    for (const stream of ["stdout", "stderr"] as const) {
      child[stream]?.setEncoding("utf8").on("data", (chunk: string) => {
        output[stream] += chunk;
        options.onOutput?.(chunk, stream);
      });
    }
    let timedOut = false;
    const stop = () => end(child, options.ownGroup === true);
    const timer = options.timeoutMs === undefined ? undefined : setTimeout(onTimeout, options.timeoutMs);
    function onTimeout() {
      timedOut = true;
      stop();
    }
    options.signal?.addEventListener("abort", stop);
    if (options.signal?.aborted) stop();
    const settle = () => {
      clearTimeout(timer);
      options.signal?.removeEventListener("abort", stop);
    };
    child.on("error", (cause) => {
      settle();
      reject(cause);
    });
    child.on("close", (code, signal) => {
      settle();
      const exitCode = code ?? 128 + (signalNumbers[signal ?? "SIGKILL"] ?? 1);
      resolve({ exitCode, ...output, timedOut });
    });
  });
}

function end(child: ChildProcess, group: boolean): void {
  send(child, group, "SIGINT");
  const kill = setTimeout(() => send(child, group, "SIGKILL"), killAfterMs).unref();
  child.once("close", () => clearTimeout(kill));
}

function send(child: ChildProcess, group: boolean, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (group && process.platform !== "win32") process.kill(-child.pid, signal);
    else child.kill(signal);
  } catch {
    // It has ended already.
  }
}
