/** Stacks of the classes besides PhoneNumber, as each state version left them. */
import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as businessProfile from "../../provider/schemas/business-profile-state.ts";
import * as phoneNumberSettings from "../../provider/schemas/phone-number-settings-state.ts";
import * as preVerifiedPhoneNumber from "../../provider/schemas/pre-verified-phone-number-state.ts";
import * as webhookSubscription from "../../provider/schemas/webhook-subscription-state.ts";
import { CLASSES, type Class } from "../frozen/class-stories.ts";
import { ADDRESS, CALLBACK, credentialsOf, START } from "../frozen/freeze.ts";
import type { FrozenClass, FrozenPart } from "../frozen/freeze-class.ts";
import { classFileOf } from "../frozen/versions.ts";
import { startLifecycle } from "../support/lifecycle.ts";

/** Nobody answers there. */
const DEAD_CALLBACK = "http://127.0.0.1:1/hook";
const STATES = { businessProfile, phoneNumberSettings, preVerifiedPhoneNumber, webhookSubscription };
/** Outputs that follow from the state and are made anew. */
const DERIVED = ["phase", "nextAction", "schemaVersion"];
const DELETES = { unsubscribe: "DELETE /{WABA}/subscribed_apps", delete: "DELETE /{PREID}" };

const versionsOf = (of: Class) => Array.from({ length: STATES[of].SCHEMA_VERSION }, (_, at) => at + 1);
const FILES = CLASSES.flatMap((of) =>
  versionsOf(of).map((version) => [of, version, classFileOf(of, version)] as const),
);
const STACKS = FILES.filter(([, , file]) => existsSync(file)).flatMap(([of, version, file]) => {
  const { stacks } = JSON.parse(readFileSync(file, "utf8").replaceAll(CALLBACK, DEAD_CALLBACK)) as FrozenClass;
  return Object.entries(stacks).map(([name, frozen]) => [of, version, name, frozen] as const);
});

/** The stack as it was left, at an emulator that shows Meta's side as it was then. */
async function thaw(of: Class, frozen: FrozenPart) {
  const credentials = credentialsOf({ token: "emulator-token" });
  const lifecycle = await startLifecycle({ seed: frozen.seed }, credentials, { of });
  const { stack, emulator, pass } = lifecycle;
  pass({ minutes: (Date.parse(frozen.at) - START.getTime()) / 60_000 });
  const { resource, program, next } = JSON.parse(
    JSON.stringify(frozen).replaceAll(ADDRESS, emulator.url),
  ) as FrozenPart;
  stack.resource = resource;
  return { ...lifecycle, resource, program, next };
}

test.each(FILES)("%s: state version %i has its frozen stacks: node test/frozen/make.ts", (_of, _version, file) => {
  expect(existsSync(file)).toBe(true);
});

test.each(CLASSES)("%s: every key that this version can keep stands in one of its frozen stacks", (of) => {
  const { SCHEMA_VERSION, observed, ledger, echo } = STATES[of];
  const kept = STACKS.filter(([name, version]) => name === of && version === SCHEMA_VERSION);
  const found = new Set(kept.flatMap(([, , , { resource }]) => Object.keys(resource.outputs)));
  const known = [observed, ledger, echo].flatMap(({ shape }) => Object.keys(shape));
  expect(known.filter((key) => !found.has(key))).toEqual([]);
});

test.each(STACKS)("%s, state version %i, %s: it is read, all of it", (of, version, _name, { resource }) => {
  expect(resource.outputs.schemaVersion).toBe(version);
  const { observed, ledger, echo, baseUrl } = STATES[of].readState(resource.id, resource.outputs);
  const read = { ...echo, ...observed, ...ledger, baseUrl };
  const own = Object.keys(resource.outputs).filter((name) => !DERIVED.includes(name));
  for (const key of own) expect(read).toHaveProperty(key);
});

test.each(STACKS)("%s, state version %i, %s: a preview shows what it showed then, without a call", async (...it) => {
  const { stack, program, next, calls } = await thaw(it[0], it[3]);
  expect(await stack.preview(program)).toEqual(next.preview);
  expect(calls()).toEqual([]);
});

test.each(STACKS)(
  "%s, state version %i, %s: a refresh shows what it showed then, leaves this version, and another changes nothing",
  async (of, _version, _name, frozen) => {
    const { stack, next, writes } = await thaw(of, frozen);
    expect(await stack.refresh()).toBe(next.refreshShowsChange);
    expect(stack.outputs).toMatchObject({ schemaVersion: STATES[of].SCHEMA_VERSION });
    const first = stack.resource;
    await stack.refresh();
    expect(stack.resource).toEqual(first);
    expect(writes()).toEqual([]);
  },
);

test.each(STACKS)("%s, state version %i, %s: an up does what it did then", async (of, _version, _name, frozen) => {
  const { stack, program, next, writes } = await thaw(of, frozen);
  await stack.up(program).catch(() => undefined);
  expect(writes()).toEqual(next.writes);
  expect(stack.outputs).toMatchObject({ schemaVersion: STATES[of].SCHEMA_VERSION });
});

test.each(STACKS)("%s, state version %i, %s: a destroy retains it, or ends it as declared", async (...it) => {
  const { stack, resource, writes } = await thaw(it[0], it[3]);
  await stack.destroy();
  const { onDelete } = resource.outputs;
  expect(writes()).toEqual(onDelete === "unsubscribe" || onDelete === "delete" ? [DELETES[onDelete]] : []);
});
