/**
 * What to do next about a profile: one call for all that differs, or nothing. Pure, and asked by `diff` and by `create` and
 * `update` alike, so that a preview shows a change exactly where an `up` would make a call.
 */
import type { BusinessProfileInputs, Picture } from "../../schemas/business-profile-inputs.ts";
import type { Observed, State } from "../../schemas/business-profile-state.ts";
import { isAlike, TEXTS, type Text } from "./values.ts";

export interface Step {
  readonly do: "setProfile";
  readonly texts: Partial<Pick<Observed, Text>>;
  /** A file that is not the one we set last. What Meta shows of a picture tells nothing of its file. */
  readonly picture?: Picture;
}

export function plan({ observed, echo }: State, declared: BusinessProfileInputs): Step | undefined {
  if (observed.livesOnApp) return undefined;
  const names = TEXTS.filter((name) => declared[name] !== undefined && !isAlike(name, observed[name], declared[name]));
  const isPictureSet = observed.hasPicture && echo.picture?.sha256 === declared.picture?.sha256;
  const picture = isPictureSet ? undefined : declared.picture;
  if (names.length === 0 && picture === undefined) return undefined;
  const texts = Object.fromEntries(names.map((name) => [name, declared[name]]));
  return { do: "setProfile", texts, ...(picture === undefined ? {} : { picture }) };
}
