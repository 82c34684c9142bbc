/** Ice breakers and commands that a chat with a number offers, as they are sent and kept. */
import { z } from "zod";
import { COMMAND_LENGTHS, COMMANDS_MAX, ICE_BREAKER_LENGTH_MAX, ICE_BREAKERS_MAX } from "../limits.ts";

/** D: no emoji in any of them. */
function shown(max: number) {
  return z
    .string()
    .refine((value) => value.trim() !== "" && [...value].length <= max, `must have 1 to ${max} characters`)
    .refine((value) => !/\p{Extended_Pictographic}/u.test(value), "must not have emoji");
}

export const iceBreakers = z
  .array(shown(ICE_BREAKER_LENGTH_MAX))
  .max(ICE_BREAKERS_MAX, `must have at most ${ICE_BREAKERS_MAX} entries`);

export const chatCommands = z
  .array(
    z.strictObject({
      command_name: shown(COMMAND_LENGTHS.name),
      command_description: shown(COMMAND_LENGTHS.description),
    }),
  )
  .max(COMMANDS_MAX, `must have at most ${COMMANDS_MAX} entries`);

export const conversationalAutomation = z.object({
  enable_welcome_message: z.boolean().optional(),
  prompts: iceBreakers.optional(),
  commands: chatCommands.optional(),
});
