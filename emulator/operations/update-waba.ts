/** POST /{WABA}: its name and its time zone. */

import { optionalText } from "../calls/params.ts";
import { WABA_NAME_LENGTH_MAX } from "../limits.ts";
import { invalidParam, nothingToDo } from "../refusals/request.ts";
import { SUCCESS, type WabaOperation } from "./operation.ts";

export const updateWaba: WabaOperation = (state, params, { waba }) => {
  const name = optionalText(params, "name")?.trim();
  const timezone_id = optionalText(params, "timezone_id");
  if (name === undefined && timezone_id === undefined) throw nothingToDo();
  if (name !== undefined && (name === "" || [...name].length > WABA_NAME_LENGTH_MAX)) {
    throw invalidParam("name", `must have 1 to ${WABA_NAME_LENGTH_MAX} characters`, name);
  }
  if (timezone_id !== undefined && !/^\d{1,3}$/.test(timezone_id)) {
    throw invalidParam("timezone_id", "must be the number of a time zone", timezone_id);
  }
  state.putWaba({ ...waba, name: name ?? waba.name, timezone_id: timezone_id ?? waba.timezone_id });
  return SUCCESS;
};
