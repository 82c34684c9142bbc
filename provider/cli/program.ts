/** The commands of `waba`, one file a subcommand. */
import { Command } from "commander";
import { codeCommand } from "./code.ts";
import { emulatorCommand } from "./emulator.ts";
import { waitCommand } from "./wait.ts";

export function createProgram(): Command {
  return new Command("waba")
    .description("Phone numbers of WhatsApp Business Accounts with Pulumi")
    .addCommand(codeCommand())
    .addCommand(emulatorCommand())
    .addCommand(waitCommand())
    .addHelpText("after", "\nExamples:\n  npx waba code request +16315551111\n  npx waba emulator --port 4010")
    .showSuggestionAfterError(false);
}
