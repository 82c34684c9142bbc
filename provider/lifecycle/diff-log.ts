/**
 * The diff log: one JSON line for every comparison of a resource, appended to the file that WABA_DIFF_LOG names: `diffOf`
 * (the resource's id), and `changed`, the args that are recorded and declared with values that differ. Names alone, no
 * value. `waba heal` reads it: in the engine's plan all secrets look alike.
 */
import { appendFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";

type Properties = Readonly<Record<string, unknown>>;

const line = z.object({ diffOf: z.string(), changed: z.array(z.string()) });

/** @throws where the file cannot be written: heal would take a silence for no change */
export function logComparison(file: string, id: string, olds: Properties, news: Properties): void {
  const changed = Object.keys(news).filter(
    (name) => olds[name] !== undefined && !isDeepStrictEqual(olds[name], news[name]),
  );
  appendFileSync(file, `${JSON.stringify({ diffOf: id, changed } satisfies z.infer<typeof line>)}\n`, { mode: 0o600 });
}

/** By the resources' ids; the last comparison counts, as the ones before are of a refresh. */
export function comparisonsIn(text: string): ReadonlyMap<string, readonly string[]> {
  const lines = text.split("\n").filter((json) => json !== "");
  return new Map(lines.map((json) => line.parse(JSON.parse(json))).map(({ diffOf, changed }) => [diffOf, changed]));
}
