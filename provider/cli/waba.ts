#!/usr/bin/env node
/** The `waba` command. Exit code 1 where it could not do what was asked, with one line that says why. */
import "../node-version.ts";
import { isBug } from "../bug.ts";
import { visibleLines } from "../visible.ts";
import { createProgram } from "./program.ts";

try {
  await createProgram().parseAsync();
} catch (error) {
  const { message, stack = message } = error instanceof Error ? error : new Error(String(error));
  process.stderr.write(`error: ${visibleLines(isBug(error) ? stack : message)}\n`);
  process.exitCode = 1;
}
