#!/usr/bin/env node
/** The `waba` command: one file a subcommand. */
import "../node-version.ts";
import { Command } from "commander";
import { codeCommand } from "./code.ts";
import { emulatorCommand } from "./emulator.ts";
import { waitCommand } from "./wait.ts";

const program = new Command("waba")
  .description("Phone numbers of WhatsApp Business Accounts with Pulumi")
  .addCommand(codeCommand())
  .addCommand(emulatorCommand())
  .addCommand(waitCommand())
  .showSuggestionAfterError(false);

try {
  await program.parseAsync();
} catch (error) {
  // Our own errors are told by their messages; a bug shows its stack.
  const own = error instanceof Error && error.constructor !== Error && !(error instanceof TypeError);
  process.stderr.write(`error: ${own ? (error as Error).message : ((error as Error).stack ?? String(error))}\n`);
  process.exitCode = 1;
}
