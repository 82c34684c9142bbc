#!/usr/bin/env node
/** The `waba` command: one file a subcommand. */
import "../node-version.ts";
import { Command } from "commander";
import { emulatorCommand } from "./emulator.ts";

await new Command("waba")
  .description("Phone numbers of WhatsApp Business Accounts with Pulumi")
  .addCommand(emulatorCommand())
  .showSuggestionAfterError(false)
  .parseAsync();
