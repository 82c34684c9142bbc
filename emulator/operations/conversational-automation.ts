/** POST /{PNID}/conversational_automation; it is read as a field of the number. */

import { optionalFlag, optionalShape } from "../calls/params.ts";
import { chatCommands, iceBreakers } from "../records/conversational-automation.ts";
import { nothingToDo } from "../refusals/request.ts";
import { type NumberOperation, SUCCESS } from "./operation.ts";

/** I: a key that is left out stays as it was; an empty list takes all away. */
export const configureAutomation: NumberOperation = (state, params, { number }) => {
  const enable_welcome_message = optionalFlag(params, "enable_welcome_message");
  const prompts = optionalShape(params, "prompts", iceBreakers);
  const commands = optionalShape(params, "commands", chatCommands);
  if (enable_welcome_message === undefined && prompts === undefined && commands === undefined) throw nothingToDo();
  const current = number.conversational_automation;
  state.putNumber({
    ...number,
    conversational_automation: {
      enable_welcome_message: enable_welcome_message ?? current?.enable_welcome_message,
      prompts: prompts ?? current?.prompts,
      commands: commands ?? current?.commands,
    },
  });
  return SUCCESS;
};
