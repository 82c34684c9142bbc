/**
 * What Meta has closed: a banned number neither registers, nor deregisters, nor changes its PIN or name; one that moved
 * away or was deleted takes no write at all. D for the codes of register. I: that the others answer the same.
 */
import type { NumberRecord } from "../records/number.ts";
import type { GraphRefusal } from "../refusals/refusal.ts";
import { accountLocked, numberDeleted, numberMigrated } from "../refusals/registration.ts";

export function refusalWhenClosed(number: NumberRecord): GraphRefusal | undefined {
  return number.status === "BANNED" ? accountLocked() : refusalWhenGone(number);
}

export function refusalWhenGone({ status }: NumberRecord): GraphRefusal | undefined {
  if (status === "DELETED") return numberDeleted();
  return status === "MIGRATED" ? numberMigrated() : undefined;
}
