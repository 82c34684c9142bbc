import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { SeedFile } from "../../emulator/index.ts";
import { SCHEMA_VERSION } from "../../provider/schemas/migrations.ts";
import { echo, ledger, observed, readState } from "../../provider/schemas/phone-number-state.ts";
import {
  ADDRESS,
  CALLBACK,
  credentialsOf,
  type Frozen,
  type FrozenVersion,
  numberAt,
  START,
} from "../frozen/freeze.ts";
import { fileOf } from "../frozen/versions.ts";
import { startLifecycle, WABA } from "../support/lifecycle.ts";

/** Nobody answers there. */
const DEAD_CALLBACK = "http://127.0.0.1:1/hook";
const VERSIONS = Array.from({ length: SCHEMA_VERSION }, (_, at) => at + 1);

const STACKS = VERSIONS.filter((version) => existsSync(fileOf(version))).flatMap((version) => {
  const { stacks } = JSON.parse(
    readFileSync(fileOf(version), "utf8").replaceAll(CALLBACK, DEAD_CALLBACK),
  ) as FrozenVersion;
  return Object.entries(stacks).map(([name, frozen]) => [version, name, frozen] as const);
});

/** The stack as it was left, at an emulator that shows the number as Graph did then. */
async function thaw(frozen: Frozen) {
  const lifecycle = await startLifecycle({ seed: seedOf(frozen) }, credentialsOf({ token: "emulator-token" }));
  const { stack, emulator, pass, calls } = lifecycle;
  pass({ minutes: (Date.parse(frozen.at) - START.getTime()) / 60_000 });
  const { resource, program, next } = JSON.parse(JSON.stringify(frozen).replaceAll(ADDRESS, emulator.url)) as Frozen;
  expect(await numberAt(emulator, resource.id)).toEqual(frozen.number);
  stack.resource = resource;
  calls();
  return { ...lifecycle, resource, program, next };
}

function seedOf({ number, pin, code, region }: Frozen): SeedFile {
  const { display_phone_number: shown, is_pin_enabled: _asPin, webhook_configuration, ...fields } = number;
  const { phone_number: callback } = (webhook_configuration ?? {}) as { phone_number?: string };
  const hidden = {
    pin: pin ?? null,
    ...(code === undefined ? {} : { code: { value: code } }),
    ...(region === undefined ? {} : { data_localization_region: region }),
    ...(callback === undefined ? {} : { webhook_configuration: { phone_number: callback } }),
  };
  const seeded = { ...fields, ...hidden, phone_number: `+${String(shown).replace(/\D/g, "")}`, waba_id: WABA };
  return { phone_numbers: [seeded] as NonNullable<SeedFile["phone_numbers"]> };
}

test("each version up to this one has its frozen stacks: node test/frozen/make.ts", () => {
  for (const version of VERSIONS) {
    expect(existsSync(fileOf(version)) ? "" : `test/frozen/v${version}.json is missing`).toBe("");
  }
  expect(STACKS.length).toBeGreaterThan(30);
});

test("every key that this version can keep stands in one of its frozen stacks", () => {
  const kept = STACKS.filter(([version]) => version === SCHEMA_VERSION).map(([, , { resource }]) => resource.outputs);
  const found = new Set(kept.flatMap((outputs) => Object.keys(outputs)));
  const known = [observed, ledger, echo].flatMap(({ shape }) => Object.keys(shape));
  expect(known.filter((key) => !found.has(key))).toEqual([]);
});

test.each(STACKS)("state version %i, %s: it is read, all of it", (version, _name, { resource }) => {
  expect(resource.outputs.schemaVersion).toBe(version);
  const { observed, ledger, echo, onPremisesDeclared } = readState(resource.id, resource.outputs);
  const derived = ["phase", "nextAction", "registered", "nameInReview", "registerBy", "schemaVersion"];
  const read = {
    ...echo,
    ...observed,
    ...ledger,
    onPremisesDeclared,
    pinDeclared: expect.anything(),
    baseUrl: expect.anything(),
  };
  for (const key of Object.keys(resource.outputs).filter((name) => !derived.includes(name))) {
    expect(read).toHaveProperty(key);
  }
});

test.each(STACKS)(
  "state version %i, %s: a preview shows what it showed then, without a call",
  async (_v, _n, frozen) => {
    const { stack, program, next, calls } = await thaw(frozen);
    expect(await stack.preview(program)).toEqual(next.preview);
    expect(calls()).toEqual([]);
  },
);

test.each(STACKS)(
  "state version %i, %s: a refresh shows what it showed then, and another changes nothing",
  async (_v, _n, frozen) => {
    const { stack, next, writes } = await thaw(frozen);
    expect(await stack.refresh()).toBe(next.refreshShowsChange);
    expect(stack.outputs).toMatchObject({ phase: next.phaseAfterRefresh, schemaVersion: SCHEMA_VERSION });
    const first = stack.resource;
    await stack.refresh();
    expect(stack.resource).toEqual(first);
    expect(writes()).toEqual([]);
  },
);

test.each(STACKS)("state version %i, %s: an up does what it did then", async (_v, _n, frozen) => {
  const { stack, program, next, writes } = await thaw(frozen);
  await stack.up(program).catch(() => undefined);
  expect(writes()).toEqual(next.writes);
  expect(stack.outputs.phase).toBe(next.phaseAfterUp);
});

test.each(STACKS)("state version %i, %s: an update leaves outputs of this version", async (_v, _n, frozen) => {
  const { stack, program, writes } = await thaw(frozen);
  const timeout = { ...program, waitTimeoutSeconds: 7 };
  await stack.up(timeout).catch(() => undefined);
  writes();
  expect(stack.outputs).toMatchObject({ waitTimeoutSeconds: 7, schemaVersion: SCHEMA_VERSION });
  expect(stack.outputs).not.toHaveProperty("undefined");
  expect((await stack.up(timeout)).op).toBe("same");
  expect(writes()).toEqual([]);
});

test.each(STACKS)(
  "state version %i, %s: a destroy forgets it, or deregisters our own where that was declared",
  async (_v, _n, frozen) => {
    const { stack, resource, writes, emulator } = await thaw(frozen);
    await stack.destroy();
    const { onDelete, registered, registeredByOthersAt } = resource.outputs;
    const deregisters = onDelete === "deregister" && registered === true && registeredByOthersAt === undefined;
    expect(writes()).toEqual(deregisters ? ["POST /{PNID}/deregister"] : []);
    if (!deregisters) expect(await numberAt(emulator, resource.id)).toEqual(frozen.number);
  },
);

const SENT = STACKS.filter(([, name]) => name === "code sent");
test.each(SENT)(
  "state version %i, %s: the code of then is tried, and the number registered",
  async (_v, _n, frozen) => {
    const { stack, program, writes } = await thaw(frozen);
    await stack.up({ ...program, verification: { method: "SMS", language: "en", code: frozen.code } });
    expect(writes()).toEqual(["POST /{PNID}/verify_code", "POST /{PNID}/register"]);
    expect(stack.outputs.phase).toBe("registered");
  },
);
