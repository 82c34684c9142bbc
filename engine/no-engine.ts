import { minimumEngine } from "./path-engine.ts";
import type { Step } from "./steps.ts";

/** A way that was tried, and why it gave no engine. */
export interface Attempt {
  readonly step: Step;
  readonly reason: string;
}

const titles: Record<Step, string> = {
  path: "on the PATH",
  "cached installer": "fetched before",
  "cached go": "built before",
  installer: "Pulumi's installer",
  go: "built with Go",
};

/** No way led to an engine; the message is all that a person needs to get one. */
export class NoEngineError extends Error {
  override readonly name = "NoEngineError";
  readonly attempts: readonly Attempt[];

  constructor(attempts: readonly Attempt[], options: { forced: string | undefined; minimumGo: string }) {
    super(describe(attempts, options));
    this.attempts = attempts;
  }
}

function describe(
  attempts: readonly Attempt[],
  { forced, minimumGo }: { forced: string | undefined; minimumGo: string },
) {
  const width = Math.max(...attempts.map(({ step }) => titles[step].length));
  const lines = attempts.map(({ step, reason }) => {
    const indented = reason.split("\n").join(`\n${" ".repeat(width + 4)}`);
    return `  ${titles[step].padEnd(width)}  ${indented}`;
  });
  return [
    "No Pulumi engine could be found, fetched or built. What was tried:",
    ...lines,
    `Install Pulumi ${minimumEngine} or newer (https://www.pulumi.com/docs/install/) or Go ${minimumGo} or newer (https://go.dev/dl/), then run this again.`,
    ...(forced ? [`WABA_ENGINE=${forced} leaves out every other way; without it they are tried too.`] : []),
  ].join("\n");
}
