/** The step of a plan, as calls. */
import type { BusinessProfiles } from "../../graph/business-profiles.ts";
import type { State } from "../../schemas/business-profile-state.ts";
import { withoutUndefined } from "../without-undefined.ts";
import { fileOf } from "./picture.ts";
import type { Step } from "./plan.ts";

/** The upload first: a file that fails changes nothing. Graph's success says that all is set, so nothing is read again. */
export async function take(
  api: BusinessProfiles,
  { texts, picture }: Step,
  state: State,
  label: string,
): Promise<State> {
  const { phoneNumberId } = state.echo;
  const file = picture === undefined ? undefined : await fileOf(picture, label);
  const handle = file === undefined ? undefined : await api.uploadPicture(phoneNumberId, file);
  await api.update(phoneNumberId, texts, handle);
  const observed = { ...state.observed, ...texts, hasPicture: state.observed.hasPicture || handle !== undefined };
  return { ...state, observed, echo: withoutUndefined({ ...state.echo, picture: picture ?? state.echo.picture }) };
}
