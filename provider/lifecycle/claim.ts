/**
 * One thing at Meta is one resource of a stack. The engine names the resource that fails, and tells a provider no name: so
 * the other one is told by what it declares.
 */
import { DeclarationError } from "./declaration-error.ts";
import type { Holders } from "./holders.ts";

interface Claimed {
  readonly id: string;
  /** As "number". */
  readonly noun: string;
  /** How messages name this one. */
  readonly label: string;
  /** As it stands in the program, as far as it tells which one is meant. Never a secret. */
  readonly declared: Readonly<Record<string, string | undefined>>;
}

/** @throws DeclarationError where another resource of this process returned it */
export function claim({ holders }: { readonly holders: Holders }, { id, noun, label, declared }: Claimed): void {
  const own = declarationText(declared);
  const other = holders.take(id, own);
  if (other === undefined) return;
  const search = other === own ? `both declare ${own}` : `this one declares ${own}, the other one ${other}`;
  throw new DeclarationError(
    `Two resources declare one ${noun} · ${label} · ${search}: search the program for it · a ${noun} can be managed ` +
      "once: take one of them out",
  );
}

/** What `holders.take` is told by an update, which always has its resource. */
export function declarationText(declared: Claimed["declared"]): string {
  const given = Object.entries(declared).filter(([, value]) => value !== undefined);
  return given.map(([name, value]) => `${name}: ${JSON.stringify(value)}`).join(", ");
}
