/** The commands of `waba`, one file a subcommand. */
import { Command } from "commander";
import { adoptCommand } from "./adopt.ts";
import { codeCommand } from "./code.ts";
import { doctorCommand } from "./doctor.ts";
import { driftCommand } from "./drift.ts";
import { emulatorCommand } from "./emulator.ts";
import { explainCommand } from "./explain.ts";
import { healCommand } from "./heal.ts";
import { reportCommand } from "./report.ts";
import { waitCommand } from "./wait.ts";

export function createProgram(): Command {
  return new Command("waba")
    .description("Phone numbers of WhatsApp Business Accounts with Pulumi")
    .addCommand(adoptCommand())
    .addCommand(codeCommand())
    .addCommand(doctorCommand())
    .addCommand(driftCommand())
    .addCommand(emulatorCommand())
    .addCommand(explainCommand())
    .addCommand(healCommand())
    .addCommand(reportCommand())
    .addCommand(waitCommand())
    .addHelpText(
      "after",
      "\nExamples:\n  npx waba drift --stack prod\n  npx waba explain +16315551111\n  npx waba emulator --port 4010",
    )
    .showSuggestionAfterError(false);
}
