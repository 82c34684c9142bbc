/** What the version of now does next with the stack that a story left behind, and with the same program. */
import type { Emulator } from "../../emulator/index.ts";
import type { EngineDouble, Preview, Properties, Resource } from "../support/engine-double.ts";

/** Where a story ended. */
export interface Ending {
  readonly stack: EngineDouble;
  readonly emulator: Emulator;
  readonly program: Properties;
  readonly now: Date;
}

/** Each with the stack as the story left it. */
export interface Next {
  readonly preview: Preview;
  readonly refreshShowsChange: boolean;
  /** Of `up` with a refresh. */
  readonly writes: readonly string[];
}

/** @param up of the program, which some stories refuse */
export async function nextOf(
  { stack, emulator, program }: Ending,
  resource: Resource,
  up: () => Promise<unknown>,
): Promise<Next & { readonly refreshed: Properties }> {
  const preview = await stack.preview(program);
  const refreshShowsChange = await stack.refresh();
  const refreshed = stack.resource?.outputs ?? {};
  stack.resource = resource;
  const before = emulator.requests().requests.length;
  await up();
  const calls = emulator.requests().requests.slice(before);
  const writes = calls.map(({ method, route }) => `${method} ${route}`).filter((call) => !call.startsWith("GET"));
  return { preview, refreshShowsChange, refreshed, writes };
}
