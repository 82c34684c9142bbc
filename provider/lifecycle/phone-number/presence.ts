/** Whether a number is still there. "Gone" needs proof: Graph says of a lost permission what it says of a lost number. */
import { NotFoundError } from "../../graph/errors.ts";
import type { PhoneNumbers } from "../../graph/phone-numbers.ts";
import type { Reader } from "../../graph/reader.ts";
import type { State } from "../../schemas/phone-number-state.ts";
import { findIn } from "./identity.ts";
import { observe } from "./observe.ts";

type Seen = Awaited<ReturnType<typeof observe>>;

/**
 * Undefined only on proof: the token still lists the account, and the complete list lacks the number.
 * @param reader where a shared list may answer for the number; without it the number itself is asked
 */
export async function observeOrProveGone(
  api: PhoneNumbers,
  state: Pick<State, "id" | "echo">,
  reader?: Reader,
): Promise<Seen | undefined> {
  const { id, echo } = state;
  const { wabaId } = echo;
  const read = reader === undefined ? undefined : () => reader.get(api, wabaId, id);
  try {
    return await observe(api, state, {}, read);
  } catch (error) {
    if (!(error instanceof NotFoundError) || wabaId === undefined) throw error;
    const all = reader === undefined ? await api.list(wabaId) : await reader.all(api, wabaId);
    const listed = findIn(all, { phoneNumberId: id });
    return listed === undefined ? undefined : [listed, undefined];
  }
}
