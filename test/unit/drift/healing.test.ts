import { expect, test } from "vitest";
import { isHealed, isHealedBy, refusals } from "../../../provider/drift/healing.ts";
import { type Step, StepEvents, withHidden } from "../../../provider/drift/steps.ts";
import { SECRET, URN } from "./resources.ts";

const TYPE = "pulumi-nodejs:dynamic/waba:PhoneNumber";
const step = (more: Partial<Step> = {}): Step => ({
  urn: URN,
  id: "1",
  type: TYPE,
  op: "update",
  changes: {},
  hidden: [],
  old: { pinState: "unknown", nameRequests: [{ name: "Lucky Shrub" }] },
  declared: {},
  outputs: {},
  ...more,
});
const renamed = (displayName: string) => ({ changes: { displayName: "update" }, declared: { displayName } });

test.each([
  ["registration", step()],
  ["registration", step({ changes: { pin: "add" } })],
  ["registration", step({ changes: { register: "add" }, declared: { register: true } })],
  ["re-register", step({ ...renamed("Lucky Shrub"), changes: { displayName: "update", pin: "add" } })],
  ["re-register", step({ ...renamed("Shown"), old: { newDisplayName: "Shown", nameRequests: [{ name: "Older" }] } })],
  ["re-register", step({ ...renamed("In use"), old: { verifiedName: "In use", registeredName: "Old" } })],
  ["registration", step({ changes: { verification: "update" }, old: { codeVerificationStatus: "VERIFIED" } })],
  ["registration", step({ urn: "urn:provider", type: "pulumi:providers:pulumi-nodejs" })],
] as const)("%s carries out %j", (what, planned) => {
  expect(refusals(what, [URN], [planned])).toEqual([]);
});

test.each([
  ["registration", step(renamed("Lucky Shrub")), /other changes for support: displayName/],
  ["re-register", step(renamed("Another")), /displayName/],
  ["re-register", step({ ...renamed("Old"), old: { verifiedName: "Old", registeredName: "Old" } }), /displayName/],
  ["re-register", step({ changes: { displayName: "delete" }, old: {} }), /displayName/],
  ["registration", step({ changes: { webhook: "update" } }), /webhook/],
  ["registration", step({ changes: { pin: "update" } }), /pin/],
  ["registration", step({ changes: { pin: "add" }, old: { pinState: "set" } }), /pin/],
  ["registration", step({ changes: { register: "delete" } }), /register/],
  ["registration", step({ changes: { verification: "update" } }), /verification/],
  [
    "registration",
    step({
      changes: { verification: "update" },
      old: { codeVerificationStatus: "VERIFIED" },
      declared: { onPremises: {} },
    }),
    /verification/,
  ],
  ["registration", step({ op: "replace" }), /would replace support/],
  ["registration", step({ op: "delete" }), /would delete support/],
  ["registration", step({ urn: "urn::bucket", type: "aws:s3/bucket:Bucket", op: "create" }), /also create bucket/],
  ["registration", step({ urn: "urn::other" }), /also update other/],
] as const)("%s refuses %j", (what, planned, why) => {
  expect(refusals(what, [URN], [step(), planned]).join()).toMatch(why);
});

test("a number is meant by its phase, if it could be read", () => {
  const resource = { urn: URN, name: "n", type: "waba:PhoneNumber", outcome: "changed", deadlines: [] } as const;
  const meant = (what: "re-register" | "registration", more: object) =>
    isHealedBy(what, { ...resource, deadlines: [], ...more });
  expect(meant("re-register", { phase: "re-register-due" })).toBe(true);
  expect(meant("registration", { phase: "re-register-due" })).toBe(false);
  for (const phase of ["deregistered", "ready-to-register"]) expect(meant("registration", { phase })).toBe(true);
  for (const phase of ["contested", "on-phone", "blocked", undefined])
    expect(meant("registration", { phase })).toBe(false);
  expect(meant("registration", { phase: "deregistered", outcome: "failed" })).toBe(false);
  expect(isHealed(step({ outputs: { registered: true, phase: "name-in-review" } }))).toBe(true);
  expect(isHealed(step({ outputs: { registered: true, phase: "re-register-due" } }))).toBe(false);
});

test("what a provider calls a change without a name is compared by its inputs", () => {
  const events = new StepEvents();
  const state = (inputs: object) => ({
    type: TYPE,
    urn: URN,
    id: "1",
    parent: "",
    provider: "",
    outputs: {},
    inputs: { ...inputs },
  });
  const metadata = (op: "update" | "refresh" | "same", old: object, now: object) => ({
    metadata: { op, urn: URN, type: TYPE, provider: "", old: state(old), new: state(now) },
  });
  const take = (event: object) => events.take({ sequence: 1, timestamp: 1, ...event });
  take({ resourcePreEvent: metadata("refresh", {}, {}) });
  take({ resOutputsEvent: metadata("refresh", {}, { displayName: "A" }) });
  take({
    resourcePreEvent: metadata(
      "update",
      { displayName: "A", pin: SECRET },
      { displayName: "B", pin: SECRET, register: true },
    ),
  });
  expect(events.planned.map(({ changes }) => changes)).toEqual([{ displayName: "update", register: "add" }]);
  expect(events.planned.map(({ id, hidden }) => [id, hidden])).toEqual([["1", ["pin"]]]);
  expect(events.done).toEqual([]);
  take({ resOutputsEvent: metadata("update", {}, {}) });
  expect(events.done).toHaveLength(1);
});

test("of a secret that both sides have, the provider says whether it changed; without its word it counts as changed", () => {
  const planned = [step({ id: "1", changes: { register: "add" }, hidden: ["pin", "webhook"] }), step({ id: "2" })];
  const changes = (compared: [string, string[]][]) => withHidden(planned, new Map(compared)).map((one) => one.changes);
  expect(changes([["1", ["webhook", "displayName"]]])).toEqual([{ register: "add", webhook: "update" }, {}]);
  expect(changes([["1", []]])).toEqual([{ register: "add" }, {}]);
  expect(changes([["2", []]])).toEqual([{ register: "add", pin: "update", webhook: "update" }, {}]);
});
