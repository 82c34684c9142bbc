/** Whether a number is still there. "Gone" needs proof: Graph says of a lost permission what it says of a lost number. */
import { NotFoundError } from "../../graph/errors.ts";
import type { PhoneNumbers } from "../../graph/phone-numbers.ts";
import type { PhoneNumberNode } from "../../schemas/graph.ts";
import type { State } from "../../schemas/phone-number-state.ts";
import { findIn } from "./identity.ts";
import { observe } from "./observe.ts";

/** Undefined only on proof: the token still lists the account, and the complete list lacks the number. */
export async function observeOrProveGone(
  api: PhoneNumbers,
  state: Pick<State, "id" | "echo">,
): Promise<Awaited<ReturnType<typeof observe>> | undefined> {
  const { id, echo } = state;
  try {
    return await observe(api, state);
  } catch (error) {
    if (!(error instanceof NotFoundError) || echo.wabaId === undefined) throw error;
    const listed: PhoneNumberNode | undefined = findIn(await api.list(echo.wabaId), { phoneNumberId: id });
    return listed === undefined ? undefined : [listed, undefined];
  }
}
