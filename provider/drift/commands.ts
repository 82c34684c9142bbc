/** Commands that a person copies out of a report. */
import { shellWord } from "../shell-word.ts";

export interface HealPlace {
  /** As the person named the project's folder; `.` where they are in it. */
  readonly cwd: string;
  readonly stack: string;
}

export type Healing = "re-register" | "registration";

export function healCommand({ cwd, stack }: HealPlace, what: Healing): string {
  return words(["npx", "waba", "heal", "--only", what, "--stack", stack, ...(cwd === "." ? [] : ["--cwd", cwd])]);
}

export function upCommand({ cwd, stack }: HealPlace, urn: string): string {
  const folder = cwd === "." ? [] : ["--cwd", cwd];
  return words(["pulumi", "up", "--refresh", "--stack", stack, ...folder, "--target", urn]);
}

function words(all: readonly string[]): string {
  return all.map(shellWord).join(" ");
}
