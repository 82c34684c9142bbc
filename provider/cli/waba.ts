#!/usr/bin/env node
/** The `waba` command: one file a subcommand. */
import "../node-version.ts";
import { Command } from "commander";
import { isBug } from "../bug.ts";
import { adoptCommand } from "./adopt.ts";
import { codeCommand } from "./code.ts";
import { doctorCommand } from "./doctor.ts";
import { driftCommand } from "./drift.ts";
import { emulatorCommand } from "./emulator.ts";
import { explainCommand } from "./explain.ts";
import { healCommand } from "./heal.ts";
import { waitCommand } from "./wait.ts";

const program = new Command("waba")
  .description("Phone numbers of WhatsApp Business Accounts with Pulumi")
  .addCommand(adoptCommand())
  .addCommand(codeCommand())
  .addCommand(doctorCommand())
  .addCommand(driftCommand())
  .addCommand(emulatorCommand())
  .addCommand(explainCommand())
  .addCommand(healCommand())
  .addCommand(waitCommand())
  .showSuggestionAfterError(false);

try {
  await program.parseAsync();
} catch (error) {
  const { message, stack = message } = error instanceof Error ? error : new Error(String(error));
  process.stderr.write(`error: ${isBug(error) ? stack : message}\n`);
  process.exitCode = 1;
}
