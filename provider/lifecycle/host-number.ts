/** The number that a resource hangs on, as its profile does: read with all others of its account, and looked for before any write. */
import { NotFoundError } from "../graph/errors.ts";
import type { PhoneNumbers } from "../graph/phone-numbers.ts";
import type { PhoneNumberNode } from "../schemas/graph.ts";
import type { Context } from "./context.ts";
import { DeclarationError } from "./declaration-error.ts";
import { wabaIdOf } from "./phone-number/observe.ts";
import { observeOrProveGone } from "./phone-number/presence.ts";

export { wabaIdOf as accountOf };

export interface HostArgs {
  readonly phoneNumberId: string;
  readonly wabaId?: string | undefined;
  readonly credential?: string | undefined;
}

/** @throws DeclarationError where the declared account does not have it, or what Graph's calls throw */
export async function hostNumber(
  context: Pick<Context, "reader">,
  api: PhoneNumbers,
  { phoneNumberId, wabaId, credential }: HostArgs,
): Promise<PhoneNumberNode> {
  if (wabaId === undefined) return api.get(phoneNumberId);
  const listed = await context.reader(credential).all(api, wabaId);
  const node = listed.find(({ id }) => id === phoneNumberId);
  api.introduce(phoneNumberId, node?.display_phone_number, wabaId);
  if (node !== undefined) return node;
  throw await whyNotListed(api, phoneNumberId, wabaId);
}

/** Undefined only on proof: the token still lists the declared account, and the complete list lacks the number. */
export async function hostNumberOrGone(
  context: Pick<Context, "reader">,
  api: PhoneNumbers,
  { phoneNumberId, wabaId, credential }: HostArgs,
): Promise<PhoneNumberNode | undefined> {
  const number = { id: phoneNumberId, echo: wabaId === undefined ? {} : { wabaId } };
  const [node] = (await observeOrProveGone(api, number, context.reader(credential))) ?? [];
  return node;
}

async function whyNotListed(api: PhoneNumbers, id: string, wabaId: string): Promise<Error> {
  try {
    await api.get(id);
    return new DeclarationError(
      `The number is not on this account · ${api.label(id)}, account ${wabaId} · declare the wabaId of the account that ` +
        "has it; nothing was done",
    );
  } catch (error) {
    if (!(error instanceof NotFoundError)) return error instanceof Error ? error : new Error(String(error));
    return new DeclarationError(
      `The number does not exist, or the token may not see it · number ${id}, account ${wabaId} · ${error.message}`,
    );
  }
}
