/**
 * What `delete` does at Meta where `onDelete: "delete"` is declared: it takes the number out of the pool. One that an
 * account claimed is not there any more, and the account's number is never touched.
 */
import { NotFoundError } from "../../graph/errors.ts";
import type { PreVerifiedNumbers } from "../../graph/pre-verified-numbers.ts";
import type { State } from "../../schemas/pre-verified-phone-number-state.ts";
import type { Context } from "../context.ts";
import { presenceOf } from "./presence.ts";

export async function deleteForGood(context: Context, api: PreVerifiedNumbers, state: State): Promise<void> {
  const label = api.label(state.id);
  const forget = (why: string) => context.say(`${label}: forgotten and not deleted: ${why}.`);
  if (context.holders.leave(state.id)) return forget("another resource of this stack has it");
  const presence = await presenceOf(context, api, state);
  if (presence.is !== "there") return forget("it is not in the pool any more");
  try {
    await api.delete(state.id);
  } catch (error) {
    // The answer to a first try was lost.
    if (!(error instanceof NotFoundError)) throw error;
  }
}
