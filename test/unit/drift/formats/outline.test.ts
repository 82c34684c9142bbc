import { expect, test } from "vitest";
import { fails } from "../../../../provider/drift/fail-on.ts";
import { print } from "../../../../provider/drift/formats/index.ts";
import { history, outline, spread, withoutSecrets } from "../../../../provider/drift/formats/outline.ts";
import type { Finding, Report } from "../../../../provider/drift/report.ts";
import { everything, finding, reportOf, resource, stackOf } from "./samples.ts";

const MESSAGE = "It changed.";

/** One finding a number, alike but for whose it is. */
function alikeOn(amount: number, rest: Partial<Finding> = {}) {
  return reportOf([
    stackOf("a", {
      findings: Array.from({ length: amount }, (_, index) =>
        finding(
          { stack: "a", name: `n${index}` },
          { class: "drift", property: "status", old: "CONNECTED", new: "BANNED", message: MESSAGE, ...rest },
        ),
      ),
    }),
  ]);
}

test("the same change on more than five numbers is one line, on five it is five", () => {
  const lines = (amount: number) => outline(alikeOn(amount)).groups.flatMap(({ changes }) => changes);
  expect(lines(5).map(({ places }) => places.length)).toEqual([1, 1, 1, 1, 1]);
  expect(lines(6).map(({ places }) => places.length)).toEqual([6]);
});

/** What the printers say of a token that so many stacks share, or of one each. */
function lost(stacks: number, isShared: boolean) {
  return reportOf(
    Array.from({ length: stacks }, (_, at) => {
      const stack = `customer-${at}`;
      const cause = isShared ? "one" : `cause-${at}`;
      const message = "Meta does not take the default token any more (code 190).";
      const found = { key: stack, class: "access" as const, wabaId: String(900000 + at), cause, unread: 4, message };
      return stackOf(stack, { resources: [resource({ stack, name: "a" }, { outcome: "failed" })], findings: [found] });
    }),
    { exitCode: 2 },
  );
}

test("a stack of which only a token was lost is not among those that could not be told", () => {
  const report = lost(3, true);
  expect(outline(report).failed).toEqual([]);
  const [first] = report.stacks;
  first?.errors.push("Meta throttles the account.");
  expect(outline(report).failed).toEqual([first]);
  expect(print("table", { ...report, exitCode: 1 }, { color: false, columns: 80 })).toContain("for 1 of 3 stacks");
});

test("a token that stacks share is one line for all of them; each customer's own is one line a customer", () => {
  const lines = (report: Report) => outline(report).groups.flatMap(({ changes }) => changes);
  expect(lines(lost(3, true)).map((change) => [change.places.length, spread(change)])).toEqual([[3, "3 stacks"]]);
  expect(lines(lost(7, false)).map(({ places }) => places.length)).toEqual(Array(7).fill(1));
});

test.each(["table", "markdown", "html"] as const)(
  "%s heads a shared token and alike numbers each by its own",
  (format) => {
    const heads = (report: Report) => {
      const text = print(format, report, { color: false, columns: 60 });
      return ["One cause in several stacks", "The same on many numbers"].filter((head) => text.includes(head));
    };
    expect(heads(lost(3, true))).toEqual(["One cause in several stacks"]);
    expect(heads(alikeOn(6))).toEqual(["The same on many numbers"]);
  },
);

test.each(["table", "markdown", "slack", "issue", "html"] as const)(
  "%s names the stacks of a lost token, and sums what could not be read",
  (format) => {
    const text = print(format, lost(3, true), { color: false, columns: 60 }).replace(/\s+/g, " ");
    expect(text.match(/Meta does not take/g)).toHaveLength(1);
    for (const said of ["3 stacks", "customer-0", "customer-2"]) expect(text).toContain(said);
    expect(text).toContain("12 numbers could not be read");
  },
);

test.each([
  ["another value", { new: "FLAGGED" }],
  ["another property", { property: "phase" }],
  ["another class", { class: "noise" as const }],
  ["another message", { message: "Another." }],
  ["another next action", { nextAction: "Wait." }],
])("%s is another change", (_, rest) => {
  const report = alikeOn(6);
  const [stack] = report.stacks;
  if (stack?.findings[0] === undefined) throw new Error("the sample holds no finding");
  stack.findings[0] = { ...stack.findings[0], ...rest };
  expect(
    outline(report)
      .groups.flatMap(({ changes }) => changes)
      .map(({ places }) => places.length),
  ).toEqual([1, 1, 1, 1, 1, 1]);
});

test("a line of many says how many are new, and since when the oldest is known", () => {
  const report = alikeOn(7, { memory: "new" });
  const findings = report.stacks[0]?.findings ?? [];
  findings[2] = { ...findings[2], memory: "ongoing", since: "2026-11-20T00:00:00.000Z" } as Finding;
  findings[4] = { ...findings[4], memory: "ongoing", since: "2026-11-18T00:00:00.000Z" } as Finding;
  const [change] = outline(report).groups.flatMap(({ changes }) => changes);
  expect(change && history(change)).toEqual({ fresh: 5, since: "2026-11-18T00:00:00.000Z" });
});

test("what fails the run is read first: stacks with it, and in them the classes in their order", () => {
  const { failed, groups } = outline(everything());
  expect(failed.map(({ stack }) => stack)).toEqual(["prod-beta"]);
  expect(groups.map(({ stack }) => stack?.stack)).toEqual(["prod-acme", "prod-gamma", undefined]);
  expect(groups[0]?.changes.map(({ finding: { class: kind } }) => kind)).toEqual(["drift", "drift", "pending"]);
});

test("what is expected, resolved or not checked is no change", () => {
  const { groups, acknowledged, resolved, unchecked } = outline(everything());
  const keys = groups.flatMap(({ changes }) =>
    changes.flatMap(({ places }) => places.map((place) => place.finding.key)),
  );
  expect([acknowledged.length, resolved.length, unchecked.length]).toEqual([1, 1, 1]);
  for (const { finding: other } of [...acknowledged, ...resolved, ...unchecked]) expect(keys).not.toContain(other.key);
});

test("no finding is lost: each is in exactly one place", () => {
  const report = everything();
  const { groups, acknowledged } = outline(report);
  const shown = [...groups.flatMap(({ changes }) => changes.flatMap(({ places }) => places)), ...acknowledged];
  expect(shown.map(({ finding: { key } }) => key).toSorted()).toEqual(
    report.stacks.flatMap(({ findings }) => findings.map(({ key }) => key)).toSorted(),
  );
});

const ACKNOWLEDGED = { reason: "known", until: "2027-01-01T00:00:00.000Z" };
test.each<[Pick<Finding, "class" | "memory" | "acknowledged">, string[], boolean]>([
  [{ class: "drift" }, ["drift"], true],
  [{ class: "drift" }, ["action"], false],
  [{ class: "noise" }, ["any"], true],
  [{ class: "drift" }, ["none"], false],
  [{ class: "drift", acknowledged: ACKNOWLEDGED }, ["any"], false],
  [{ class: "drift", memory: "ongoing" }, ["drift", "new"], false],
  [{ class: "drift", memory: "new" }, ["drift", "new"], true],
  [{ class: "drift" }, ["drift", "new"], true],
  [{ class: "action", memory: "new" }, ["drift", "new"], false],
  [{ class: "access", memory: "new" }, ["new"], true],
  [{ class: "pending", memory: "new" }, ["new"], false],
  [{ class: "pending", memory: "new" }, ["any", "new"], true],
  [{ class: "pending", memory: "ongoing" }, ["any", "new"], false],
])("%j under --fail-on %j fails the run: %s", (found, failOn, expected) => {
  expect(fails(found, failOn)).toBe(expected);
});

test("a secret's values are left out wherever a finding stands", () => {
  const secret = finding(
    { stack: "a", name: "n" },
    { class: "drift", message: MESSAGE, secret: true, old: "one", new: "two" },
  );
  const report = reportOf([stackOf("a", { findings: [secret], resolved: [secret], unchecked: [secret] })]);
  expect(JSON.stringify(withoutSecrets(report))).not.toMatch(/"one"|"two"/);
});
