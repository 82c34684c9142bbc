/** What is not touched whatever a program declares: accounts that are not allowed, and what another Graph showed. */
import { accountRefusal, graphRefusal, type Settings } from "../config.ts";
import { sentence } from "../sentence.ts";
import { DeclarationError } from "./declaration-error.ts";

interface Configured {
  readonly settings: Settings;
}

/**
 * @param what the resource in a message, as "the number"
 * @throws DeclarationError
 */
export function requireAllowed({ settings }: Configured, wabaId: string | undefined, what: string): void {
  const refusal = accountRefusal(settings, wabaId);
  if (refusal !== undefined) throw new DeclarationError(`${sentence(refusal)}; nothing was done with ${what}`);
}

/**
 * An empty emulator must not prove that what is live is gone, and Meta must not get what was meant for an emulator.
 * @param label the resource by its id
 * @throws DeclarationError
 */
export function requireSameGraph(
  { settings }: Configured,
  readFrom: string | undefined,
  { what, label }: { readonly what: string; readonly label: string },
): void {
  const refusal = graphRefusal(settings, readFrom, what);
  if (refusal !== undefined) throw new DeclarationError(`${sentence(refusal)} · ${label} · nothing was called`);
}
