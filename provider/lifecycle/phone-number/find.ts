/**
 * Observe and Ensure: the declared number among those of its account, adopted, or else added.
 * What can be refused is refused before the first write.
 */
import { accountRefusal } from "../../config.ts";
import { AlreadyOnAccountError, mayHaveHappened, NotFoundError } from "../../graph/errors.ts";
import type { PhoneNumbers } from "../../graph/phone-numbers.ts";
import type { PhoneNumberNode } from "../../schemas/graph.ts";
import type { PhoneNumberInputs } from "../../schemas/phone-number-inputs.ts";
import type { Context } from "../context.ts";
import { DeclarationError } from "../declaration-error.ts";
import { describe, findIn, hasDigits, partsOf } from "./identity.ts";
import { obstaclesToMigration } from "./migration.ts";

/** The number's id, and the number itself where the list already showed it. */
export interface Found {
  readonly id: string;
  readonly node: PhoneNumberNode | undefined;
  /** Whether this run put it on the account. */
  readonly isNew: boolean;
}

/** @throws DeclarationError, or what Graph's calls throw */
export async function findOrAdd(context: Context, api: PhoneNumbers, declared: PhoneNumberInputs): Promise<Found> {
  const { wabaId, phoneNumber, displayName, adopt = "ifExists" } = declared;
  const who = `${describe(declared)}, account ${wabaId}`;
  const reader = context.reader(declared.credential);
  const existing = findIn(await reader.all(api, wabaId), declared);
  if (existing !== undefined) return adopted(context, api, declared, existing);

  if (declared.phoneNumberId !== undefined) throw await whyNotThere(api, declared.phoneNumberId, wabaId);
  if (adopt === "require" || phoneNumber === undefined) {
    throw new DeclarationError(
      `The account does not have the number · ${who} · it is declared with adopt: "require", so it is not added · ` +
        "check the digits and wabaId, or leave adopt out to have it added",
    );
  }
  if (declared.migrate !== undefined) return migrated(context, api, { ...declared, phoneNumber }, declared.migrate);
  if (displayName === undefined) {
    throw new DeclarationError(
      `The account does not have the number, and it cannot be added without a name · ${who} · declare displayName, ` +
        "or correct the digits or wabaId if the number should be there",
    );
  }
  const { preVerifiedId } = declared;
  const number = { ...partsOf(phoneNumber), verifiedName: displayName };
  return ensure(context, api, declared, {
    call: () =>
      preVerifiedId === undefined ? api.add(wabaId, number) : api.claim(wabaId, { ...number, preVerifiedId }),
    done: preVerifiedId === undefined ? `Added ${who}` : `Claimed pre-verified number ${preVerifiedId} as ${who}`,
  });
}

/** Meta's conditions that can be seen are looked at before its call: a number that moves stops working where it was. */
async function migrated(
  context: Context,
  api: PhoneNumbers,
  declared: PhoneNumberInputs & { phoneNumber: string },
  { fromWabaId }: { fromWabaId: string },
): Promise<Found> {
  const { wabaId, phoneNumber } = declared;
  const refusal = accountRefusal(context.settings, fromWabaId);
  if (refusal !== undefined) throw new DeclarationError(`The number cannot be moved · ${refusal}`);
  const source = findIn(await context.reader(declared.credential).all(api, fromWabaId), { phoneNumber });
  const who = `${describe(declared)}, from account ${fromWabaId} to ${wabaId}`;
  if (source === undefined) {
    throw new DeclarationError(
      `The number cannot be moved · ${who} · neither account has it · check the digits and migrate.fromWabaId`,
    );
  }
  const obstacles = obstaclesToMigration(source);
  if ((await api.apps.list(wabaId)).count === 0) {
    obstacles.push(
      `no app is subscribed to account ${wabaId}: subscribe yours first (POST /${wabaId}/subscribed_apps)`,
    );
  }
  if (obstacles.length > 0) {
    throw new DeclarationError(
      `The number cannot be moved yet, and nothing was done · ${who} · ${obstacles.join("; ")}`,
    );
  }
  return ensure(context, api, declared, {
    call: () => api.migrate(wabaId, partsOf(phoneNumber)),
    done: `Moved ${who}`,
  });
}

/** The one call that puts the number on the account. A lost answer is made up for by the account's list. */
async function ensure(
  context: Context,
  api: PhoneNumbers,
  declared: PhoneNumberInputs,
  { call, done }: { readonly call: () => Promise<string>; readonly done: string },
): Promise<Found> {
  const { wabaId, phoneNumber } = declared;
  try {
    const id = await call();
    api.introduce(id, phoneNumber, wabaId);
    context.say(`${done} as ${id}.`);
    return { id, node: undefined, isNew: true };
  } catch (error) {
    const taken = error instanceof AlreadyOnAccountError;
    if (!taken && !mayHaveHappened(error)) throw error;
    const node = findIn(await listUnless(api, wabaId, error), declared);
    if (node === undefined) throw error;
    if (taken) return adopted(context, api, declared, node);
    context.say(`${done} as ${node.id}; Graph's answer was lost.`);
    return { id: node.id, node, isNew: true };
  }
}

/** A list that fails too must not hide why we look. */
async function listUnless(api: PhoneNumbers, wabaId: string, cause: unknown): Promise<PhoneNumberNode[]> {
  try {
    return await api.list(wabaId);
  } catch {
    throw cause;
  }
}

function adopted(context: Context, api: PhoneNumbers, declared: PhoneNumberInputs, node: PhoneNumberNode): Found {
  const { wabaId, phoneNumber, adopt } = declared;
  // The list may be one that another number's look-up read.
  api.introduce(node.id, node.display_phone_number, wabaId);
  const who = `${api.label(node.id)}, account ${wabaId}`;
  if (adopt === "never") {
    throw new DeclarationError(
      `The account already has the number · ${who} · it is declared with adopt: "never" · leave adopt out to manage ` +
        "the number that is there",
    );
  }
  if (phoneNumber !== undefined && !hasDigits(node, phoneNumber)) {
    throw new DeclarationError(
      `phoneNumber and phoneNumberId mean two numbers · ${phoneNumber} is declared with the id of ${who} · ` +
        "correct one of them, or leave one out",
    );
  }
  context.say(`Adopted ${who}: it was already there.`);
  return { id: node.id, node, isNew: false };
}

/** An id that the account's list lacks: it may be another account's, or nothing that the token may see. */
async function whyNotThere(api: PhoneNumbers, id: string, wabaId: string): Promise<Error> {
  try {
    await api.get(id);
    return new DeclarationError(
      `The number is not on this account · ${api.label(id)}, account ${wabaId} · Graph shows it elsewhere · ` +
        "declare the wabaId of the account that has it",
    );
  } catch (error) {
    if (!(error instanceof NotFoundError)) return error instanceof Error ? error : new Error(String(error));
    return new DeclarationError(
      `The number does not exist, or the token may not see it · number ${id}, account ${wabaId} · ${error.message}`,
    );
  }
}
