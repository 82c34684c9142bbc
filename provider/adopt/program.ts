/** The program that adopts: TypeScript for an index.ts, or JSON for other programs. Pure. */
import { visible } from "../visible.ts";
import type { Adoption, Declaration } from "./declarations.ts";
import { constantOf } from "./names.ts";

const ADOPTION_SCHEMA_VERSION = 1;

const HEAD = `import * as waba from "pulumi-waba";

// Printed by waba adopt. pulumi up adopts these numbers without a call that writes.
// A display name is declared to have it changed, and a pin (6 digits, a secret) to have a number registered:
//   pin: new pulumi.Config().requireSecret("pin"), or waba.pinFrom(…)
`;

export function typescriptOf({ declarations }: Adoption): string {
  return `${[HEAD, ...declarations.map(statement)].join("\n")}`;
}

export function jsonOf({ declarations, skipped }: Adoption): string {
  const numbers = declarations.map(({ name, args, id, phase }) => ({ name, args, id, phase }));
  return `${JSON.stringify({ schemaVersion: ADOPTION_SCHEMA_VERSION, numbers, skipped }, undefined, 2)}\n`;
}

function statement({ name, args, id, verifiedName, note }: Declaration): string {
  const comment = [id, verifiedName, note].filter((part) => part !== undefined).join(" · ");
  const lines = Object.entries(args).map(([key, value]) => `  ${key}: ${literal(value)},`);
  return [
    `// ${visible(comment)}`,
    `export const ${constantOf(name)} = new waba.PhoneNumber(${literal(name)}, {`,
    ...lines,
    "});",
    "",
  ].join("\n");
}

/** As formatters write it; what could turn the direction of the source or end its line is escaped. */
function literal(text: string): string {
  return JSON.stringify(text).replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (mark) => `\\u{${mark.codePointAt(0)?.toString(16)}}`,
  );
}
