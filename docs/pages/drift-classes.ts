/** docs/drift-classes.md: what each difference and each standing condition means, from the tables that decide it. */
import { CLASSES, type ClassRow } from "../../provider/drift/classes.ts";
import { CONDITIONS } from "../../provider/drift/conditions.ts";
import { MADE, table } from "./table.ts";

export function driftClasses(): string {
  const told = CLASSES.filter((row) => row.class !== "ignored");
  const ignored = CLASSES.filter((row) => row.class === "ignored");
  return `# Classes of drift

${MADE}

\`waba drift --class NAME=CLASS\`, or \`classes:\` in waba-drift.yaml, gives a property or a condition another class:
\`drift\`, \`action\`, \`access\`, \`pending\`, \`noise\`, or \`ignored\`. A property of an object is named with a dot; the object's name alone
means all of it. \`access\` as a name stands for tokens and accounts that were lost; those are never ignored, but may be noise.
\`gone\` stands for what is not there any more, in the same way.

A property without a row here is drift where the program declares it, and noise where it does not.

## Properties

${table(
  ["resource", "property", "class", "except", "means"],
  told.map((row) => [row.type, `\`${row.property}\``, row.class, exceptions(row), row.means]),
)}
Never told, since something else tells it or it is of no interest:

${table(
  ["resource", "property", "since"],
  ignored.map((row) => [row.type, `\`${row.property}\``, row.means]),
)}
## Conditions

They are told as long as they stand, also where nothing changed since the state was written. A change that led to one is told by it.
Where that change is drift, it tells the condition instead.

${table(
  ["condition", "read from", "class", "means"],
  CONDITIONS.map(({ name, property, class: kind, means }) => [`\`${name}\``, `\`${property}\``, kind, means]),
)}`;
}

function exceptions({ except = [] }: ClassRow): string {
  return except
    .map(({ becomes, when, class: kind }) => {
      const values = becomes?.map((value) => (value === "" ? "nothing" : `\`${value}\``)).join(", ");
      return `${kind}: ${values === undefined ? when : `becomes ${values}`}`;
    })
    .join("; ");
}
