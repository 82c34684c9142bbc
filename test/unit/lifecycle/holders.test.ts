import { expect, test } from "vitest";
import { Holders } from "../../../provider/lifecycle/holders.ts";

const ID = "1972385232742141";
type Event = "read" | "compared" | "take";

/** What the engine asks before the deletions, and whether each of them leaves another resource with the number. */
const OPERATIONS: [string, Event[], boolean[]][] = [
  ["up without refresh, the resource is gone from the program", [], [false]],
  ["up, the resource is gone from the program", ["read", "compared"], [false]],
  ["up --replace", ["read", "compared", "take"], [true]],
  ["up --replace without refresh", ["take"], [true]],
  ["up after an interrupted replacement", ["read", "read", "compared", "compared", "compared"], [true]],
  ["the same without refresh, or in the process of a new configuration", ["compared"], [true]],
  [
    "up after two interrupted replacements",
    ["read", "compared", "read", "compared", "read", "compared", "compared"],
    [true, true],
  ],
  ["the same without refresh", ["compared"], [true, true]],
  ["destroy after an interrupted replacement", ["read", "compared", "read", "compared"], [true, false]],
  ["destroy", ["read", "compared"], [false]],
  ["up, a renamed resource takes the number over", ["read", "compared", "take"], [true]],
];

test.each(OPERATIONS)("%s", (_operation, events, left) => {
  const holders = new Holders();
  for (const event of events) holders[event](ID, "a declaration");
  expect(left.map(() => holders.leave(ID))).toEqual(left);
  expect(holders.leave("another number")).toBe(false);
});

test("a number is taken once, until the next process", () => {
  const holders = new Holders();
  expect([holders.take(ID, "one"), holders.take(ID, "two"), holders.take(ID, "three")]).toEqual([
    undefined,
    "one",
    "one",
  ]);
  holders.clear();
  expect(holders.take(ID, "two")).toBeUndefined();
});

test("the comparison after a read is the refresh's, the one after it the program's", () => {
  const holders = new Holders();
  expect(holders.isInRefresh("1")).toBe(false);
  holders.read("1");
  expect(holders.isInRefresh("1")).toBe(true);
  holders.compared("1");
  expect(holders.isInRefresh("1")).toBe(false);
});
