/** Observe and Ensure: the declared number in the pool of its business, adopted, or else added. */
import { AlreadyOnAccountError, mayHaveHappened } from "../../graph/errors.ts";
import type { PreVerifiedNumbers } from "../../graph/pre-verified-numbers.ts";
import type { PreVerifiedNode } from "../../schemas/graph.ts";
import type { PreVerifiedPhoneNumberInputs } from "../../schemas/pre-verified-phone-number-inputs.ts";
import type { Context } from "../context.ts";
import { DeclarationError } from "../declaration-error.ts";

type Declared = Pick<PreVerifiedPhoneNumberInputs, "businessId" | "phoneNumber">;

interface Found {
  readonly node: PreVerifiedNode;
  /** Whether this run put it into the pool. */
  readonly isNew: boolean;
}

/** @throws DeclarationError, or what Graph's calls throw */
export async function findOrAdd(context: Context, api: PreVerifiedNumbers, declared: Declared): Promise<Found> {
  const { businessId, phoneNumber } = declared;
  const existing = findInPool(await api.list(businessId, { phoneNumber }), declared);
  if (existing !== undefined) return adopted(context, api, declared, existing);
  const done = `Added pre-verified number ${phoneNumber} to business ${businessId}`;
  try {
    const id = await api.add(businessId, phoneNumber);
    context.say(`${done} as ${id}.`);
    return { node: { id, code_verification_status: "NOT_VERIFIED" }, isNew: true };
  } catch (error) {
    const isTaken = error instanceof AlreadyOnAccountError;
    if (!isTaken && !mayHaveHappened(error)) throw error;
    // The whole pool: what narrowed the list down may be what kept the number out of it.
    const node = findInPool(await listUnless(api, businessId, error), declared);
    if (node === undefined) throw error;
    if (isTaken) return adopted(context, api, declared, node);
    context.say(`${done} as ${node.id}; Graph's answer was lost.`);
    return { node, isNew: true };
  }
}

/** The one with these digits. */
export function findInPool(
  nodes: readonly PreVerifiedNode[],
  { phoneNumber }: Pick<Declared, "phoneNumber">,
): PreVerifiedNode | undefined {
  const digits = phoneNumber.replace(/\D/g, "");
  return nodes.find((node) => node.phone_number?.replace(/\D/g, "") === digits);
}

/** A list that fails too must not hide why we look. */
async function listUnless(api: PreVerifiedNumbers, businessId: string, cause: unknown): Promise<PreVerifiedNode[]> {
  try {
    return await api.list(businessId);
  } catch {
    throw cause;
  }
}

/** The pool also shows what others share with the business: theirs to verify, to share and to delete. */
function adopted(
  { say }: Context,
  api: PreVerifiedNumbers,
  { businessId, phoneNumber }: Declared,
  node: PreVerifiedNode,
): Found {
  api.introduce(node.id, phoneNumber);
  const owner = node.owner_business?.id;
  if (owner !== undefined && owner !== businessId) {
    throw new DeclarationError(
      `The pre-verified number is another business's · ${api.label(node.id)}, business ${owner} shares it with ` +
        `${businessId} · nothing was done · claim it by preVerifiedId of a PhoneNumber, or declare it under its owner`,
    );
  }
  say(`Adopted ${api.label(node.id)}, business ${businessId}: it was already there.`);
  return { node, isNew: false };
}
