/** What the answers to a run's calls say beside their bodies: the version that ran, the time at Meta, used quota. */
import type { Transport } from "../graph/transport.ts";
import { type Usage, usageIn } from "../graph/usage.ts";

/** Listens to a transport: counts its calls and keeps what their headers say. */
export class Wire {
  calls = 0;
  /** As the last answer named it. */
  version: string | undefined;
  /** Milliseconds that our clock is ahead of Meta's: the least of what the answers said. */
  skewMs: number | undefined;
  readonly #usage = new Map<string | undefined, Usage>();
  readonly #now: () => Date;

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** The highest of each account; the app's own without one. */
  get usage(): Usage[] {
    return [...this.#usage.values()];
  }

  listening(transport: Transport): Transport {
    return {
      close: () => transport.close(),
      send: async (request) => {
        this.calls += 1;
        const answer = await transport.send(request);
        this.#hear(answer.headers);
        return answer;
      },
    };
  }

  #hear(headers: Readonly<Record<string, string | string[] | undefined>>): void {
    const { "facebook-api-version": version, date } = headers;
    if (typeof version === "string") this.version = version;
    const at = typeof date === "string" ? Date.parse(date) : Number.NaN;
    if (!Number.isNaN(at)) {
      const skew = this.#now().getTime() - at;
      if (this.skewMs === undefined || Math.abs(skew) < Math.abs(this.skewMs)) this.skewMs = skew;
    }
    for (const usage of usageIn(headers)) {
      const before = this.#usage.get(usage.account);
      if (before === undefined || usage.percent > before.percent) this.#usage.set(usage.account, usage);
    }
  }
}
