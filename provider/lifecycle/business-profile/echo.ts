/** The args as achieved: what the outputs hold under an arg's name, and what a refresh hands back as inputs. Pure. */
import { isDeepStrictEqual } from "node:util";
import type { BusinessProfileInputs } from "../../schemas/business-profile-inputs.ts";
import { type Echo, type Observed, PARTS, type State } from "../../schemas/business-profile-state.ts";
import { withoutUndefined } from "../without-undefined.ts";
import { EMPTY, isAlike, TEXTS, type Text } from "./values.ts";

/** The state as the program now declares it: where Graph's value is as good as the declared one, it is written as declared. */
export function withDeclared(state: State, declared: BusinessProfileInputs): State {
  const { phoneNumberId, wabaId, onDelete, credential } = declared;
  return {
    ...state,
    observed: speltAs(state.observed, declared),
    ledger: { ...state.ledger, managed: PARTS.filter((part) => declared[part] !== undefined) },
    echo: withoutUndefined({ phoneNumberId, wabaId, picture: pictureAfter(state, declared), onDelete, credential }),
  };
}

/** The same values, written as in `model` where that means the same. */
export function speltAs(observed: Observed, model: Partial<Pick<Observed, Text>>): Observed {
  const alike = TEXTS.filter((name) => model[name] !== undefined && isAlike(name, observed[name], model[name]));
  return { ...observed, ...Object.fromEntries(alike.map((name) => [name, model[name]])) };
}

/** The same file in another place is the same picture. One that is not declared any more is not known any more. */
function pictureAfter({ echo: { picture } }: State, declared: BusinessProfileInputs): Echo["picture"] {
  if (declared.picture === undefined) return undefined;
  return picture?.sha256 === declared.picture.sha256 ? declared.picture : picture;
}

/** What is declared, as far as it was achieved: somebody else's text shows in its place, so that a preview names the property. */
export function echoOf({ observed, ledger: { managed }, echo }: State): Record<string, unknown> {
  const { picture, ...args } = echo;
  const texts = TEXTS.filter((name) => managed.includes(name)).map((name) => [name, observed[name] ?? EMPTY[name]]);
  const isPictureThere = managed.includes("picture") && observed.hasPicture;
  return withoutUndefined({ ...args, ...Object.fromEntries(texts), picture: isPictureThere ? picture : undefined });
}

/**
 * False when the state should say something else of the args than it does, though nothing is to be done at Meta: a
 * credential that changed, a part that is not declared any more, a picture in another place.
 */
export function isSettled(state: State, declared: BusinessProfileInputs): boolean {
  const now = withDeclared(state, declared);
  return isDeepStrictEqual([echoOf(state), state.ledger], [echoOf(now), now.ledger]);
}
