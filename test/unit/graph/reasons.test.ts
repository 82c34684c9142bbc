import { expect, test } from "vitest";
import {
  AccessTokenError,
  AlreadyOnAccountError,
  AppThrottledError,
  AttemptsExhaustedError,
  CallbackRefusedError,
  CodeNotSentError,
  CodeRejectedError,
  CursorError,
  GraphError,
  IncompleteDeregistrationError,
  InvalidParameterError,
  NameChangesExhaustedError,
  NotFoundError,
  NotRegisteredError,
  PermissionError,
  PinMismatchError,
  type Reason,
  type Retry,
  ThrottledError,
  TransientError,
  VerificationNeededError,
} from "../../../provider/graph/errors.ts";
import { REASONS, reasonFor, refusal } from "../../../provider/graph/reasons.ts";

type Expected = readonly [code: number, subcode: number | undefined, retry: Retry, kind: Reason["class"]];

/** Meta's tables as we know them, written down apart from ours: a row that is lost or shadowed shows here. */
const CONTRACT: readonly Expected[] = [
  [0, undefined, "never", AccessTokenError],
  [1, undefined, "yes", TransientError],
  [2, undefined, "yes", TransientError],
  [3, undefined, "never", PermissionError],
  [4, undefined, "wait", AppThrottledError],
  [4, 2446079, "wait", AppThrottledError],
  [10, undefined, "never", PermissionError],
  [17, undefined, "wait", AppThrottledError],
  [33, undefined, "never", NotFoundError],
  [100, undefined, "never", InvalidParameterError],
  [100, 33, "never", NotFoundError],
  [102, undefined, "never", AccessTokenError],
  [104, undefined, "never", AccessTokenError],
  [190, undefined, "never", AccessTokenError],
  [190, 458, "never", AccessTokenError],
  [190, 460, "never", AccessTokenError],
  [190, 463, "never", AccessTokenError],
  [190, 467, "never", AccessTokenError],
  [200, undefined, "never", PermissionError],
  [210, undefined, "never", PermissionError],
  [299, undefined, "never", PermissionError],
  [300, undefined, "never", GraphError],
  [368, undefined, "never", PermissionError],
  [613, undefined, "wait", ThrottledError],
  [803, undefined, "never", NotFoundError],
  [2200, undefined, "never", CallbackRefusedError],
  [2201, undefined, "never", CallbackRefusedError],
  [2500, undefined, "never", GraphError],
  [2635, undefined, "never", GraphError],
  [80007, undefined, "wait", ThrottledError],
  [80008, undefined, "wait", ThrottledError],
  [130497, undefined, "never", PermissionError],
  [131000, undefined, "yes", TransientError],
  [131005, undefined, "never", PermissionError],
  [131008, undefined, "never", InvalidParameterError],
  [131009, undefined, "never", InvalidParameterError],
  [131016, undefined, "yes", TransientError],
  [131031, undefined, "never", GraphError],
  [131037, undefined, "never", GraphError],
  [131042, undefined, "never", GraphError],
  [131045, undefined, "never", GraphError],
  [131057, undefined, "yes", TransientError],
  [131057, 2494100, "yes", TransientError],
  [131059, undefined, "never", CursorError],
  [133000, undefined, "never", IncompleteDeregistrationError],
  [133004, undefined, "yes", TransientError],
  [133005, undefined, "never", PinMismatchError],
  [133006, undefined, "never", VerificationNeededError],
  [133008, undefined, "wait", GraphError],
  [133009, undefined, "wait", GraphError],
  [133010, undefined, "never", NotRegisteredError],
  [133015, undefined, "wait", GraphError],
  [133016, undefined, "wait", AttemptsExhaustedError],
  [133016, 2494055, "wait", AttemptsExhaustedError],
  [134011, undefined, "never", GraphError],
  [136024, undefined, "wait", CodeNotSentError],
  [136024, 2388091, "wait", CodeNotSentError],
  [136024, 2388367, "wait", CodeNotSentError],
  [136025, undefined, "never", CodeRejectedError],
  [136025, 2388093, "never", CodeRejectedError],
  [137000, undefined, "never", GraphError],
  [138000, undefined, "never", GraphError],
  [138015, undefined, "never", GraphError],
  [200000, undefined, "never", GraphError],
];

/** Subcodes that Meta documents without the code that they come under. */
const ANYWHERE: readonly (readonly [subcode: number, Retry, Reason["class"]])[] = [
  [1349174, "never", PermissionError],
  [1349175, "never", PermissionError],
  [1349176, "never", PermissionError],
  [2207051, "never", NotRegisteredError],
  [2388001, "never", GraphError],
  [2388002, "wait", GraphError],
  [2388009, "never", GraphError],
  [2388010, "wait", NameChangesExhaustedError],
  [2388012, "never", AlreadyOnAccountError],
  [2388091, "wait", CodeNotSentError],
  [2388093, "never", CodeRejectedError],
  [2388098, "never", GraphError],
  [2388103, "never", GraphError],
  [2388185, "never", PermissionError],
  [2388367, "wait", CodeNotSentError],
  [2494067, "never", GraphError],
  [2494100, "yes", TransientError],
  [2494158, "wait", CodeNotSentError],
  [2593037, "wait", CodeNotSentError],
  [2593039, "never", CodeRejectedError],
];

const UNDER_ANY_CODE: readonly Expected[] = ANYWHERE.flatMap(([subcode, ...expected]) => [
  [subcode, undefined, ...expected] as const,
  ...[100, 200, 136024, 987_654].map((code) => [code, subcode, ...expected] as const),
]);

test.each([...CONTRACT, ...UNDER_ANY_CODE])("code %i, subcode %s has its row", (code, subcode, retry, kind) => {
  const reason = reasonFor(code, subcode);
  expect(reason).toMatchObject({ retry });
  expect(reason?.class).toBe(kind);
});

test("every subcode of ours is one of Meta's tables, and every code", () => {
  const codes = CONTRACT.map(([code]) => code);
  const subcodes = [...CONTRACT.map(([, subcode]) => subcode), ...ANYWHERE.map(([subcode]) => subcode)];
  for (const { code, subcode } of REASONS) {
    if (subcode === undefined) expect(codes).toContain(code);
    else expect(subcodes).toContain(subcode);
  }
});

test.each([5, 99, 101, 199, 301, 2199, 2202, 130_496, 131_001, 133_007, 137_999, 139_000, 199_999])(
  "%i is a code that nobody documents",
  (code) => {
    expect(reasonFor(code, undefined)).toBeUndefined();
  },
);

test("an unknown subcode leaves its code what it is", () => {
  expect(reasonFor(133005, 7)).toBe(reasonFor(133005, undefined));
  expect(reasonFor(100, 34)).toBe(reasonFor(100, undefined));
});

test.each([
  ["add", 100, undefined, true, false],
  ["register", 100, undefined, true, true],
  [undefined, 100, undefined, false, true],
  ["add", 100, 2388012, false, false],
  ["add", 100, 33, false, false],
  ["add", 200_000, undefined, true, false],
] as const)(
  "Graph's %s of code %i/%s speaks of the cap of numbers: %s, and of the app: %s",
  (kind, code, subcode, ofCap, ofApp) => {
    const { remedy = "" } = reasonFor(code, subcode, kind) ?? {};
    expect([remedy.includes("2 registered numbers"), remedy.includes("WhatsApp Business app")]).toEqual([ofCap, ofApp]);
  },
);

test("no row is hidden by an earlier one", () => {
  for (const reason of REASONS) {
    expect(reasonFor(reason.code ?? 987_654, reason.subcode, reason.kind)).toBe(reason);
  }
});

test("a throttled call is never one to be retried at once", () => {
  for (const reason of REASONS.filter((row) => row.class === ThrottledError || row.class === AppThrottledError))
    expect(reason.retry).toBe("wait");
});

test("what has to be waited for says how long", () => {
  const time = /\b(minutes?|hours?|a day|days|72 hours)\b/;
  for (const { retry, meaning, remedy } of REASONS) if (retry === "wait") expect(`${meaning}. ${remedy}`).toMatch(time);
});

test("every row says what it means, what to do, and where Meta describes it", () => {
  for (const { meaning, remedy, page } of REASONS) {
    expect(meaning.length).toBeGreaterThan(10);
    expect(remedy.length).toBeGreaterThan(10);
    expect(page).toMatch(/^https:\/\/developers\.facebook\.com\/docs\//);
  }
});

test("what Graph calls transient may be tried again, but for what must be waited for", () => {
  const call = { what: "read the number", on: "number 1" };
  const answer = {
    httpStatus: 400,
    subcode: undefined,
    said: "",
    fbtraceId: undefined,
    isTransient: true,
    tokenSource: "",
  };
  for (const { code, subcode, retry } of REASONS) {
    const { retryable } = refusal(call, { ...answer, code: code ?? 987_654, subcode });
    expect(retryable).toBe(retry !== "wait");
  }
});
