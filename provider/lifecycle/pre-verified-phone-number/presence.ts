/**
 * What became of a pre-verified number that Graph does not know by its id any more. An account that claims it gives it
 * another id, so it is gone only where nobody can have claimed it.
 */
import { NotFoundError, PermissionError } from "../../graph/errors.ts";
import type { PreVerifiedNumbers } from "../../graph/pre-verified-numbers.ts";
import type { PreVerifiedNode } from "../../schemas/graph.ts";
import type { State } from "../../schemas/pre-verified-phone-number-state.ts";
import type { Context } from "../context.ts";
import { withoutUndefined } from "../without-undefined.ts";

/** More accounts than these are not asked, once a number, who has it now. */
const MOST_ACCOUNTS = 25;

export type Presence =
  | { readonly is: "there"; readonly node: PreVerifiedNode }
  | { readonly is: "claimed"; readonly by?: Place }
  | { readonly is: "gone" };

interface Place {
  readonly claimedBy: string;
  readonly phoneNumberId: string;
}

/** @throws what Graph's calls throw, where it cannot be told */
export async function presenceOf(context: Context, api: PreVerifiedNumbers, state: State): Promise<Presence> {
  const { id, echo, ledger } = state;
  if (ledger.claimedAt !== undefined) return { is: "claimed" };
  try {
    return { is: "there", node: await api.get(id) };
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
  }
  // Graph says of a lost permission what it says of a lost number: the whole list tells them apart.
  const listed = (await api.list(echo.businessId)).find((node) => node.id === id);
  if (listed !== undefined) return { is: "there", node: listed };
  const { place, isSure } = await lookFor(context, api, echo);
  if (place !== undefined) return { is: "claimed", by: place };
  return isSure && !couldBeClaimed(state) ? { is: "gone" } : { is: "claimed" };
}

/** Only a verified one can be claimed; one that waits for its code may have been verified since we looked. */
function couldBeClaimed({ observed, ledger, echo }: State): boolean {
  const isShared = [...(echo.sharedWith ?? []), ...(observed.partners ?? [])].length > 0;
  return observed.codeVerificationStatus === "VERIFIED" || (isShared && ledger.codeRequestedAt !== undefined);
}

/** `isSure` where every account that can be its new one was asked. */
async function lookFor(
  { settings }: Context,
  api: PreVerifiedNumbers,
  { businessId, phoneNumber }: State["echo"],
): Promise<{ place: Place | undefined; isSure: boolean }> {
  const owned = await unlessForbidden(() => api.accounts(businessId));
  const { allowedWabaIds } = settings;
  const known = allowedWabaIds === undefined ? (owned?.ids ?? []) : [...allowedWabaIds];
  const asked = known.slice(0, MOST_ACCOUNTS);
  let isSure = owned?.isAll === true && owned.ids.every((wabaId) => asked.includes(wabaId));
  for (const wabaId of asked) {
    const found = await unlessForbidden(async () => ({ id: await api.claimedOn(wabaId, phoneNumber) }));
    if (found?.id !== undefined) return { place: { claimedBy: wabaId, phoneNumberId: found.id }, isSure };
    isSure = isSure && found !== undefined;
  }
  return { place: undefined, isSure };
}

async function unlessForbidden<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof NotFoundError || error instanceof PermissionError) return undefined;
    throw error;
  }
}

/** The state of a number that left the pool: the last that was seen of it there, and when that was noticed. */
export function withClaim(now: Date, state: State, by: Place | undefined): State {
  const { claimedAt = now.toISOString() } = state.ledger;
  return { ...state, ledger: withoutUndefined({ ...state.ledger, claimedAt, ...by }) };
}
