/** How far a long run is, on stderr: one line that changes on a terminal, elsewhere a line now and then. */
import type { StackReport } from "../drift/report.ts";

const PAUSE_MS = 5000;

type Stream = Pick<NodeJS.WriteStream, "write" | "isTTY">;

export class Progress {
  readonly #total: number;
  readonly #stream: Stream;
  readonly #now: () => number;
  #failed = 0;
  #toldAt: number;

  /** Of one stack there is no progress to tell. */
  constructor(total: number, stream: Stream, now: () => number = () => performance.now()) {
    this.#total = total;
    this.#stream = stream;
    this.#now = now;
    this.#toldAt = now();
  }

  checked({ outcome, stack }: Pick<StackReport, "outcome" | "stack">, done: number): void {
    if (outcome === "failed") this.#failed += 1;
    if (this.#total < 2) return;
    const failed = this.#failed === 0 ? "" : `, ${this.#failed} failed`;
    const line = `checked ${done} of ${this.#total} stacks${failed} (${stack})`;
    if (this.#stream.isTTY) this.#stream.write(`\r\u001B[K${line}`);
    else if (this.#now() - this.#toldAt >= PAUSE_MS) {
      this.#toldAt = this.#now();
      this.#stream.write(`${line}\n`);
    }
  }

  end(): void {
    if (this.#stream.isTTY && this.#total >= 2) this.#stream.write("\r\u001B[K");
  }
}
