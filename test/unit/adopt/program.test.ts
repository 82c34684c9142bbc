import { stripTypeScriptTypes } from "node:module";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { expect, test } from "vitest";
import { declarationsOf } from "../../../provider/adopt/declarations.ts";
import { constantOf, type Nameable, resourceNames } from "../../../provider/adopt/names.ts";
import { typescriptOf } from "../../../provider/adopt/program.ts";
import type { PhoneNumberNode } from "../../../provider/schemas/graph.ts";
import { NOW } from "../../support/states.ts";

const WISHES = { withNames: true, known: new Set<string>(), takenNames: [] };

function node(id: string, verified_name: string, more: Partial<PhoneNumberNode> = {}): PhoneNumberNode {
  const digits = `+1631555${id.slice(-4)}`;
  return { id, verified_name, display_phone_number: digits, platform_type: "CLOUD_API", status: "CONNECTED", ...more };
}

const declared = (numbers: PhoneNumberNode[], wishes: Partial<typeof WISHES> = {}) =>
  declarationsOf(NOW, [{ wabaId: "900000", credential: undefined, numbers }], { ...WISHES, ...wishes });

test.each<[string, Nameable[], string[], string[]]>([
  ["a name in use is the resource's", [{ id: "1", text: "Åsa's Café & Bar", digits: "49" }], [], ["asas-cafe-bar"]],
  ["a name in another script gives none", [{ id: "1", text: "日本", digits: "81" }], [], ["number-81"]],
  [
    "numbers of one name all get their digits, so that the order is nothing",
    [
      { id: "1", text: "Shop", digits: "49" },
      { id: "2", text: "shop!", digits: "50" },
    ],
    [],
    ["shop-49", "shop-50"],
  ],
  [
    "shared digits, as of a number that moved, get Graph's id",
    [
      { id: "1", text: "Shop", digits: "49" },
      { id: "2", text: "Shop", digits: "49" },
    ],
    [],
    ["shop-49-1", "shop-49-2"],
  ],
  ["a name that the stack has is not given twice", [{ id: "1", text: "Shop", digits: "49" }], ["shop"], ["shop-49"]],
])("%s", (_what, numbers, taken, names) => {
  expect(resourceNames(numbers, taken)).toEqual(names);
});

test("names are unique, and their constants are unique and valid, whatever the numbers are called", () => {
  const text = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.constantFrom("Shop", "class", "1 Shop", "Number 1 shop", "waba"),
  );
  const numbers = fc.uniqueArray(
    fc.record({ id: fc.stringMatching(/^\d{1,4}$/), text, digits: fc.constantFrom("49", "50", "") }),
    {
      selector: ({ id }) => id,
      maxLength: 8,
    },
  );
  fc.assert(
    fc.property(numbers, (all) => {
      const names = resourceNames(all);
      const constants = names.map(constantOf);
      expect(new Set(names).size).toBe(all.length);
      expect(new Set(constants).size).toBe(all.length);
      const program = constants.map((constant) => `"use strict"; const ${constant} = 1;`).join("\n");
      expect(() => runInNewContext(program)).not.toThrow();
    }),
    { numRuns: 500, seed: 1 },
  );
});

/** What the printed program declares, by running it. */
function run(program: string): Record<string, unknown> {
  const made: Record<string, unknown> = {};
  class PhoneNumber {
    constructor(name: string, args: unknown) {
      expect(made).not.toHaveProperty([name]);
      made[name] = args;
    }
  }
  const script = stripTypeScriptTypes(program)
    .replace(/^import .*$/m, "")
    .replaceAll("export const", "const");
  runInNewContext(script, { waba: { PhoneNumber } });
  return made;
}

test("hostile names cannot leave their string or their comment", () => {
  const hostile = [
    '"); process.exit(1); //',
    `\`\${boom()}\``,
    "line\u2028break\nconst x = 1",
    "*/ \u202etxet",
    '\\"\\',
  ];
  const numbers = hostile.map((name, at) => node(`90000000${at}`, name));
  const program = typescriptOf(declared(numbers));
  expect(program).not.toMatch(/[^\P{C}\n]|\u2028/u);
  const args = Object.values(run(program)) as { displayName?: string }[];
  expect(args).toHaveLength(hostile.length);
  // A name that check would change or refuse is not declared.
  const names = args.map(({ displayName }) => displayName).filter((name) => name !== undefined);
  expect(new Set(names)).toEqual(new Set(hostile.filter((name) => name.length >= 3)));
});

test("the order is that of the digits, and what the stack has is left out", () => {
  const numbers = [node("900000003", "C Shop"), node("900000001", "A Shop"), node("900000002", "B Shop")];
  const adoption = declared(numbers, { known: new Set(["900000002"]) });
  expect(adoption.declarations.map(({ name }) => name)).toEqual(["a-shop", "c-shop"]);
  expect(adoption.skipped).toEqual(["number +16315550002 (900000002)"]);
});

test("a number in trouble is declared with a comment that says so, one without digits by its id", () => {
  const banned = node("900000001", "A Shop", { status: "BANNED" });
  const { display_phone_number: _digits, ...bare } = node("900000002", "B Shop");
  const program = typescriptOf(declared([banned, bare], { withNames: false }));
  expect(program).toContain("// 900000001 · A Shop · blocked: Meta banned the number\nexport const aShop = ");
  expect(run(program)).toEqual({
    "a-shop": { wabaId: "900000", phoneNumber: "+16315550001" },
    "b-shop": { wabaId: "900000", phoneNumberId: "900000002" },
  });
});
