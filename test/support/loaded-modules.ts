/** Loaded into a process before all else: whoever sends it a message is told which modules were loaded since. */
import { registerHooks } from "node:module";

/** Their addresses. */
export type Loaded = readonly string[];

const loaded: string[] = [];

registerHooks({
  load(url, context, nextLoad) {
    loaded.push(url);
    return nextLoad(url, context);
  },
});
process.on("message", () => process.send?.(loaded));
