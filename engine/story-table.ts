import Table from "cli-table3";

/** The number at one moment of the story, as Graph shows it, and what Pulumi made of it. */
export interface Moment {
  readonly moment: string;
  readonly phase: string;
  readonly status: string;
  readonly verifiedName: string;
  readonly newName: string;
  /** The beginning of its SHA-256: enough to see that it changed. */
  readonly certificate: string;
}

/** The moments as a table, for a terminal of 120 columns. */
export function storyTable(moments: readonly Moment[]): string {
  const table = new Table({
    head: ["after", "phase in the stack", "status at Meta", "verified_name", "new name", "certificate"],
    style: { head: [], border: [], compact: true },
  });
  for (const { moment, phase, status, verifiedName, newName, certificate } of moments) {
    table.push([moment, phase, status, verifiedName, newName, certificate]);
  }
  return table.toString();
}
