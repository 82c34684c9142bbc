import fc from "fast-check";
import { expect, test } from "vitest";
import { count } from "../../../../provider/count.ts";
import { some, subject, values } from "../../../../provider/drift/formats/wording.ts";
import type { Finding } from "../../../../provider/drift/report.ts";
import { distance } from "../../../../provider/time-text.ts";
import { cut, visible } from "../../../../provider/visible.ts";

const NOW = "2026-11-23T03:00:00.000Z";
const bare: Finding = { key: "k", class: "drift", message: "It changed." };

test.each<[Partial<Finding>, { old: string | undefined; new: string | undefined }]>([
  [
    { old: "CONNECTED", new: "BANNED" },
    { old: "CONNECTED", new: "BANNED" },
  ],
  [{ new: "BANNED" }, { old: "(none)", new: "BANNED" }],
  [{ old: "BANNED" }, { old: "BANNED", new: "(none)" }],
  [
    { old: "", new: " x" },
    { old: '""', new: '" x"' },
  ],
  [
    { old: null, new: 0 },
    { old: "null", new: "0" },
  ],
  [
    { old: false, new: ["a", { b: 1 }] },
    { old: "false", new: '["a",{"b":1}]' },
  ],
  [
    { old: "a\nb", new: "\u202eabc" },
    { old: "a\\nb", new: "\\u{202e}abc" },
  ],
  [
    { old: "x".repeat(200), new: "y" },
    { old: `${"x".repeat(160)}… (+40 characters)`, new: "y" },
  ],
  [
    { secret: true, old: "a", new: "b" },
    { old: "(secret)", new: "(secret)" },
  ],
  [{}, { old: undefined, new: undefined }],
])("values of %j", (rest, expected) => {
  expect(values({ ...bare, property: "p", ...rest })).toEqual({ property: "p", ...expected });
});

test("a finding about no property has no values", () => {
  expect(values({ ...bare, old: "a", new: "b" })).toBeUndefined();
});

test.each<[Partial<Finding>, string[]]>([
  [{ number: "+1 631-555-1111", name: "support" }, ["+1 631-555-1111", "support"]],
  [{ number: "support", name: "support" }, ["support"]],
  [{ credential: "acme", wabaId: "1" }, ["credential acme"]],
  [{ wabaId: "1" }, ["account 1"]],
  [{}, ["the whole stack"]],
])("%j is about %j", (rest, expected) => {
  expect(subject({ ...bare, ...rest })).toEqual(expected);
});

test.each([
  ["2026-11-23T03:00:59.000Z", "now"],
  ["2026-11-23T03:59:00.000Z", "in 59 minutes"],
  ["2026-11-23T04:00:00.000Z", "in 1 hour"],
  ["2026-11-25T02:59:00.000Z", "in 47 hours"],
  ["2026-11-25T03:00:00.000Z", "in 2 days"],
  ["2026-11-21T02:00:00.000Z", "2 days ago"],
])("%s is %s", (time, expected) => {
  expect(distance(time, NOW)).toBe(expected);
});

test("numbers of things", () => {
  expect([count(1, "number"), count(12_000, "number"), count(0, "stack")]).toEqual([
    "1 number",
    "12,000 numbers",
    "0 stacks",
  ]);
  expect([some(["a", "b"], 2), some(["a", "b", "c"], 2)]).toEqual(["a, b", "a, b and 1 more"]);
});

test.each([
  ["\u001b[31mred", "\\u{1b}[31mred"],
  ["a\tb\r\nc", "a\\tb\\r\\nc"],
  ["\u200fabc\u2066d", "\\u{200f}abc\\u{2066}d"],
  ["zero\u200bwidth\ufeff", "zero\\u{200b}width\\u{feff}"],
  ["\u2028\u0085", "\\u{2028}\\u{85}"],
  ["half \ud83d", "half \ufffd"],
  ["\u{e0041}\uffff", "\\u{e0041}\\u{ffff}"],
  ["ئەمە می‌خواهم שלום 👩‍👩‍👧 ❤️", "ئەمە می‌خواهم שלום 👩‍👩‍👧 ❤️"],
])("%j is shown as %j", (text, expected) => {
  expect(visible(text)).toBe(expected);
});

test("what is cut says by how much, and cuts no character in half", () => {
  expect(cut("abcdef", 3)).toBe("abc… (+3 characters)");
  expect(cut("ab😀d", 3)).toBe("ab… (+3 characters)");
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), fc.integer({ min: 1, max: 40 }), (text, max) => {
      const shown = cut(text, max);
      expect(shown.isWellFormed()).toBe(true);
      const [, kept = shown, lost = "0"] = /^(.*)… \(\+(\d+) characters\)$/su.exec(shown) ?? [];
      expect(text.startsWith(kept)).toBe(true);
      expect(kept.length + Number(lost)).toBe(text.length);
    }),
  );
});
