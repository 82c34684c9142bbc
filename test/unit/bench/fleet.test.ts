import { expect, test } from "vitest";
import { declaredNumbers } from "../../../bench/fleet/program/fleet.ts";

test.each([
  [1500, 400, 20],
  [1000, 10, 1],
])("%i numbers of %i accounts in %i stacks: each number in one stack, each account too", (numbers, wabas, stacks) => {
  const each = Array.from({ length: stacks }, (_, stack) =>
    declaredNumbers({ numbers, wabas, stacks, stack, order: "turn" }),
  );
  expect(new Set(each.flat().map(({ phoneNumberId }) => phoneNumberId)).size).toBe(numbers);
  expect(each.flat()).toHaveLength(numbers);
  expect(each.flatMap((stack) => [...new Set(stack.map(({ wabaId }) => wabaId))])).toHaveLength(wabas);
});
