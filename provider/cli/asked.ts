/** What a command asks of the stack before it looks at Graph: its configuration, and its numbers. */
import { resolve } from "node:path";
import type { ReadConfig } from "../config.ts";
import { isFolder, isInProject, readStackConfig, readStackNumbers, StackError, type StackNumbers } from "./stack.ts";
import type { TargetFlags } from "./target.ts";

/** What the stack says; nothing where none is meant. */
export interface Asked extends StackNumbers {
  readonly config: ReadConfig;
}

/** Both are asked, whatever of them is needed: what the stack allows must hold for a number that it does not have. */
export async function asked(flags: TargetFlags): Promise<Asked> {
  const { cwd, stack } = flags;
  const nothing = { config: () => undefined, numbers: [], preVerified: [] };
  if (stack === false) return nothing;
  if (!isFolder(cwd)) throw new StackError(`there is no folder ${cwd}: --cwd takes the folder of the Pulumi project`);
  if (!asksStack(flags)) {
    // Who names a folder means the stack in it.
    if (resolve(cwd) === process.cwd()) return nothing;
    throw new StackError(`${cwd} is in no Pulumi project. --no-stack goes without one`);
  }
  const choice = { cwd, stack };
  try {
    const [config, numbers] = await Promise.all([readStackConfig(choice), readStackNumbers(choice)]);
    return { config, ...numbers };
  } catch (error) {
    if (!(error instanceof StackError)) throw error;
    throw new StackError(`the stack could not be asked: ${error.message}. --no-stack goes without it`);
  }
}

export function asksStack({ cwd, stack }: TargetFlags): boolean {
  return stack !== false && (stack !== undefined || isInProject(cwd));
}
