import fc from "fast-check";
import { expect, test } from "vitest";
import { inShard, matches, selected, shardIn } from "../../../provider/drift/selection.ts";

const stack = (name: string, isSelected = false) => ({ name, isSelected, recordedAt: undefined });
const LISTED = [stack("prod-b"), stack("dev", true), stack("acme/prod-a")];
const names = (wanted: Partial<Parameters<typeof selected>[1]>) => {
  const { found, missing } = selected(LISTED, { stacks: [], patterns: [], all: false, ...wanted });
  return [found.map(({ name }) => name), missing];
};

test.each([
  [{}, ["dev"], []],
  [{ all: true }, ["acme/prod-a", "dev", "prod-b"], []],
  [{ patterns: ["prod-*"] }, ["acme/prod-a", "prod-b"], []],
  [{ patterns: ["prod-*"], stacks: ["dev"] }, ["acme/prod-a", "dev", "prod-b"], []],
  [{ stacks: ["prod-a"] }, ["acme/prod-a"], []],
  [{ stacks: ["acme/numbers/dev", "none"] }, ["dev"], ["none"]],
  [{ patterns: ["x*"] }, [], []],
])("%j selects %j and misses %j", (wanted, found, missing) => {
  expect(names(wanted)).toEqual([found, missing]);
});

test.each([
  ["prod-1", "prod-?", true],
  ["prod-12", "prod-?", false],
  ["prod.1", "prod.?", true],
  ["prodx1", "prod.?", false],
  ["a(b", "a(b", true],
  ["acme/prod", "acme/*", true],
  ["acme/prod", "*", true],
])("%s fits %s: %s", (name, pattern, fits) => {
  expect(matches(name, pattern)).toBe(fits);
});

test("a text without wildcards fits itself alone", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[^*?]{1,20}$/), fc.string(), (text, other) => {
      expect(matches(text, text)).toBe(true);
      expect(matches(other, text)).toBe(other === text || other.split("/").at(-1) === text);
    }),
  );
});

test("every stack is in exactly one shard, and shards differ by one at most", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string()), fc.integer({ min: 1, max: 20 }), (all, count) => {
      const shards = Array.from({ length: count }, (_, at) => inShard(all, { index: at + 1, count }));
      expect(shards.flat().toSorted()).toEqual(all.toSorted());
      const sizes = shards.map(({ length }) => length);
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    }),
  );
});

test.each(["0/4", "5/4", "1/0", "1", "a/b", "1/4x", "-1/4"])("%s is no shard", (text) => {
  expect(shardIn(text)).toBeUndefined();
});

test("1/4 is a shard", () => {
  expect(shardIn("1/4")).toEqual({ index: 1, count: 4 });
});
