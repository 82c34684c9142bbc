/**
 * Keeps the heap of the plugin's process near what is in use. V8 lets a heap of 60 MB grow to 220 before it collects, and
 * the space for new objects to 134: docs/decisions/plugin-process.md has the figures. A fleet is known by its calls,
 * long before its garbage: the reads of all its accounts come first.
 */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Transport } from "./graph/transport.ts";

/** More than the lists of a thousand numbers in ten accounts. */
const CALLS_OF_A_FLEET = 12;
/** V8 reads both at its next collection. */
const NEW_SPACE_STAYS = "--semi-space-growth-factor=1";
const HEAP_GROWS_BY_A_TENTH = "--heap-growing-percent=10";
/** V8 prints what it does not know. */
const MEASURED_ON: readonly string[] = ["22", "24"];

/** @param isMany called once, when the process has made as many calls as a fleet makes, while the last is on its way */
export function watchingForFleet(transport: Transport, isMany: () => void = keepHeapSmall): Transport {
  let calls = 0;
  return {
    send: (request) => {
      calls += 1;
      if (calls === CALLS_OF_A_FLEET) setImmediate(isMany);
      return transport.send(request);
    },
    close: () => transport.close(),
  };
}

function keepHeapSmall(): void {
  if (!isMeasured()) return;
  setFlagsFromString(NEW_SPACE_STAYS);
  setFlagsFromString(HEAP_GROWS_BY_A_TENTH);
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  setFlagsFromString("--no-expose-gc");
  // What the start left behind goes, and the spaces shrink to what is in use.
  if (typeof collect === "function") collect({ type: "major", flavor: "last-resort" });
}

function isMeasured(): boolean {
  const [major = ""] = process.versions.node.split(".");
  return MEASURED_ON.includes(major);
}
