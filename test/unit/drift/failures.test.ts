import { expect, test } from "vitest";
import { Events, type Observation } from "../../../provider/drift/events.ts";
import { judgedFailures, readCallLog } from "../../../provider/drift/failures.ts";
import { number, options } from "./resources.ts";

type Failed = Extract<Observation, { outcome: "failed" }>;
const failed = (id: string, outputs: object = {}): Failed => ({
  outcome: "failed",
  old: { ...number(outputs), id, urn: `urn::${id}` },
  said: "The engine's words.",
});
const failure = (readOf: string, error: string, code?: string) => ({
  readOf,
  error,
  message: `${error} of ${readOf}`,
  code,
});
const tokenOf = (name = "default") => ({ source: `where ${name} is`, digest: `digest of ${name}` });
const judge = (observations: Failed[], failures: ReturnType<typeof failure>[], classes = new Map()) =>
  judgedFailures(observations, { calls: 0, failures }, tokenOf, options(classes));

test("a lost token is one line a credential, whatever accounts it was for", () => {
  const reads = [
    failed("1", { credential: "acme" }),
    failed("2", { credential: "acme", wabaId: "900001" }),
    failed("3"),
  ];
  const { findings, errors } = judge(
    reads,
    ["1", "2", "3"].map((id) => failure(id, "AccessTokenError", "190/463")),
  );
  expect(errors).toEqual([]);
  expect(findings.map(({ credential, wabaId, message, unread }) => [credential, wabaId, message, unread])).toEqual([
    ["acme", undefined, "Meta does not take the token of the credential acme any more (code 190/463).", 2],
    [undefined, "900000", "Meta does not take the default token any more (code 190/463).", 1],
  ]);
  expect(findings[0]?.nextAction).toContain("where acme is");
});

test("the finding of a lost token or account is the same, whichever of its numbers failed", () => {
  const key = (id: string, error: string) => judge([failed(id)], [failure(id, error)]).findings[0]?.key;
  for (const error of ["AccessTokenError", "NotFoundError"]) expect(key("1", error)).toBe(key("2", error));
  expect(key("1", "AccessTokenError")).not.toBe(key("1", "NotFoundError"));
});

test("stacks that share a token have one cause, and those that lost an account by it one for each account", () => {
  const cause = (error: string, wabaId: string, stack: string, digest = "d") => {
    const place = { ...options(), place: { cwd: ".", stack } };
    const lost = { calls: 0, failures: [failure("1", error)] };
    return judgedFailures([failed("1", { wabaId })], lost, () => ({ source: "s", digest }), place).findings[0]?.cause;
  };
  const token = cause("AccessTokenError", "900000", "a");
  expect(token).toMatch(/^[0-9a-f]{20}$/);
  expect(cause("AccessTokenError", "900001", "b")).toBe(token);
  expect(cause("AccessTokenError", "900000", "b", "another")).not.toBe(token);
  const account = cause("NotFoundError", "900000", "a");
  expect(cause("PermissionError", "900000", "b")).toBe(account);
  expect(new Set([token, account, cause("NotFoundError", "900001", "a")]).size).toBe(3);
});

test("a lost account is one line an account", () => {
  const reads = [failed("1"), failed("2"), failed("3", { wabaId: "900001" })];
  const { findings } = judge(reads, [
    failure("1", "NotFoundError", "100/33"),
    failure("2", "PermissionError", "200"),
    failure("3", "NotFoundError", "100/33"),
  ]);
  expect(findings.map(({ class: kind, wabaId }) => [kind, wabaId])).toEqual([
    ["access", "900000"],
    ["access", "900001"],
  ]);
});

test("what hangs on a number of a lost account is of that account, also where it does not say so", () => {
  const part = (phoneNumberId: string) => {
    const { wabaId: _, ...rest } = number({ phoneNumberId }).outputs;
    const id = `${phoneNumberId}/settings`;
    return { ...failed(id), old: { ...number(), id, urn: `urn::${id}`, outputs: rest } };
  };
  const reads = [part("1"), failed("1"), part("2")];
  const { findings } = judge(
    reads,
    reads.map(({ old }) => failure(old.id, "NotFoundError", "100/33")),
  );
  expect(findings.map(({ wabaId, unread, message }) => [wabaId, unread, message])).toEqual([
    ["900000", 2, "With the default token account 900000 cannot be read any more (code 100/33)."],
    [
      undefined,
      1,
      "With the default token an account that the stack does not name cannot be read any more (code 100/33).",
    ],
  ]);
});

test.each([
  "NetworkError",
  "TransientError",
  "ThrottledError",
  "BlockedError",
  "UnexpectedAnswerError",
  "ConfigError",
  "StateError",
])("%s is no finding: it could not be told", (error) => {
  expect(judge([failed("1")], [failure("1", error)])).toEqual({ findings: [], errors: [`${error} of 1`] });
});

test("without a line of the provider's the engine's words are the reason; many reasons are cut", () => {
  expect(judge([failed("1")], []).errors).toEqual(["The engine's words."]);
  const many = Array.from({ length: 9 }, (_, at) => String(at));
  const { errors } = judge(
    many.map((id) => failed(id)),
    many.map((id) => failure(id, "NetworkError")),
  );
  expect(errors).toHaveLength(6);
  expect(errors.at(-1)).toBe("4 more of other numbers.");
});

test("lost access may be called noise, and does not vanish", () => {
  const lost = [failure("1", "AccessTokenError", "190")];
  expect(judge([failed("1")], lost, new Map([["access", "ignored"]])).findings[0]?.class).toBe("noise");
  expect(judge([failed("1")], lost, new Map([["access", "pending"]])).findings[0]?.class).toBe("pending");
});

test("a call log's calls are counted, and a line that was cut off counts for nothing", () => {
  const text = [
    '{"time":"t","call":"GET /a","status":200}',
    '{"time":"t","readOf":"1","error":"E","message":"m"}',
    '{"ti',
    "",
  ].join("\n");
  expect(readCallLog(text)).toEqual({ calls: 1, failures: [{ readOf: "1", error: "E", message: "m" }] });
});

test("the engine's events: reads, what is gone, what never ended; others' resources and leftovers are passed over", () => {
  const told: Observation[] = [];
  const events = new Events((observation) => void told.push(observation));
  const take = (event: object) => events.take({ sequence: 1, timestamp: 1, ...event });
  const state = (name: string, more: object = {}) => ({
    ...number(),
    urn: `urn::${name}`,
    parent: "",
    provider: "",
    ...more,
  });
  const begin = (name: string, more: object = {}) =>
    take({
      resourcePreEvent: { metadata: { op: "refresh", ...state(name, more), old: state(name, more), provider: "" } },
    });
  const end = (op: string, name: string, now?: object) =>
    take({ resOutputsEvent: { metadata: { op, ...state(name), old: state(name), new: now, provider: "" } } });
  for (const name of ["same", "changed", "gone", "failed"]) begin(name);
  begin("leaving", { delete: true });
  begin("theirs", { type: "aws:s3/bucket:Bucket" });
  end("same", "same", state("same"));
  end("update", "changed", state("changed"));
  end("delete", "gone");
  end("same", "theirs", state("theirs"));
  take({ diagnosticEvent: { severity: "error", urn: "urn::failed", message: "why\n", color: "never" } });
  take({ diagnosticEvent: { severity: "error", message: "preview failed", color: "never" } });
  expect(events.end()).toBe(1);
  expect(
    told.map((one) => [one.outcome, one.old.urn, "isUpdate" in one && one.isUpdate, "said" in one && one.said]),
  ).toEqual([
    ["read", "urn::same", false, false],
    ["read", "urn::changed", true, false],
    ["gone", "urn::gone", false, false],
    ["failed", "urn::failed", false, "why"],
  ]);
  expect(events.isUnreadable).toBe(false);
  take({ resourcePreEvent: { metadata: { op: "refresh" } } });
  expect(events.isUnreadable).toBe(true);
});
