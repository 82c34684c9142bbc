import { expect, test } from "vitest";
import { NotFoundError, PermissionError, ThrottledError } from "../../../provider/graph/errors.ts";
import { REASONS, reasonFor } from "../../../provider/graph/reasons.ts";

test("a subcode is asked before its bare code", () => {
  expect(reasonFor(100, 33)?.class).toBe(NotFoundError);
  expect(reasonFor(100, undefined)?.class).not.toBe(NotFoundError);
});

test("a range covers its codes and no others", () => {
  expect(reasonFor(200, undefined)?.class).toBe(PermissionError);
  expect(reasonFor(299, undefined)?.class).toBe(PermissionError);
  expect(reasonFor(300, undefined)).toBeUndefined();
});

test("no row is hidden by an earlier one", () => {
  for (const reason of REASONS) expect(reasonFor(reason.code, reason.subcode)).toBe(reason);
});

test("a throttled call is never one to be retried at once", () => {
  for (const reason of REASONS.filter((row) => row.class === ThrottledError)) expect(reason.retry).toBe("wait");
});

test("every row says what it means and what to do", () => {
  for (const { meaning, remedy } of REASONS) {
    expect(meaning.length).toBeGreaterThan(10);
    expect(remedy.length).toBeGreaterThan(10);
  }
});
