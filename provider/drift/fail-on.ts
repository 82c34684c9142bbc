/** Whether a finding fails the run, by what `--fail-on` says: the exit code's rule, and the printers'. */
import type { Finding, FindingClass } from "./report.ts";

/** What fails a run where nothing else was said, and by `new` alone. */
export const FAIL_ON_DEFAULT: readonly FindingClass[] = ["drift", "action", "access"];

/** Without a previous report all findings are new. */
export function fails(
  { class: kind, memory, acknowledged }: Pick<Finding, "class" | "memory" | "acknowledged">,
  failOn: readonly string[],
): boolean {
  if (acknowledged !== undefined || failOn.includes("none")) return false;
  if (failOn.includes("new") && memory === "ongoing") return false;
  if (failOn.includes("any")) return true;
  const classes = failOn.filter((word) => word !== "new");
  return (classes.length > 0 ? classes : FAIL_ON_DEFAULT).includes(kind);
}
