import { expect, test } from "vitest";
import type { Properties } from "../support/engine-double.ts";
import { type Break, type Called, type Course, take, WAYS } from "./crash/course.ts";
import { begin, PATHS, type Path } from "./crash/paths.ts";

const ADD = "/{WABA}/phone_numbers";
/** Twice is as good as once: repeated where their answer was lost. */
const REPEATABLE = [
  "/{PNID} pin",
  "/{PNID} webhook_configuration",
  "/{PNID} no webhook_configuration",
  "/{PNID}/settings",
  "/{WABA}/subscribed_apps",
  "/v1/account",
];
/** What one attempt more, or one code more, changes in the outputs. */
const COUNTED = { attempts: 0, codeAttempt: 0, codeTried: 0, codeTriedAt: 0, verification: 0 };

interface Row extends Pick<Break, "stage" | "call"> {
  readonly path: Path;
  readonly undisturbed: Course;
  readonly write: string;
}

/** Every write that an undisturbed run makes: what is added to a path is covered by itself. */
async function rowsOf(path: Path): Promise<Row[]> {
  const closing: (() => Promise<void>)[] = [];
  const undisturbed = await take(path, (close) => void closing.push(close));
  for (const close of closing) await close();
  return undisturbed.stages.flatMap((calls, stage) =>
    calls.flatMap(({ write, what }, call) => (write ? [{ path, undisturbed, stage, call, write: what }] : [])),
  );
}

const ROWS: Row[] = [];
for (const path of PATHS) ROWS.push(...(await rowsOf(path)));

const TABLE = ROWS.flatMap((row) =>
  (["before", "after"] as const).map(
    (drop) => [`${row.path.what}: ${row.write} is cut ${drop} its effect`, { ...row, drop }] as const,
  ),
);

test("the paths end where they should, and their writes are those that are cut below", () => {
  const ends = PATHS.map((path) => ROWS.find((row) => row.path === path)?.undisturbed.resource?.outputs.phase);
  expect(ends).toEqual(PATHS.map(({ phase }) => phase));
  expect([...new Set(ROWS.map(({ write }) => write))].toSorted()).toEqual([
    "/v1/account",
    "/v1/account/verify",
    "/{PNID} new_display_name",
    "/{PNID} no webhook_configuration",
    "/{PNID} pin",
    "/{PNID} webhook_configuration",
    "/{PNID}/deregister",
    "/{PNID}/register",
    "/{PNID}/request_code",
    "/{PNID}/settings",
    "/{PNID}/verify_code",
    "/{WABA}/phone_numbers cc,migrate_phone_number,phone_number",
    "/{WABA}/phone_numbers cc,phone_number,preverified_id,verified_name",
    "/{WABA}/phone_numbers cc,phone_number,verified_name",
    "/{WABA}/subscribed_apps",
  ]);
});

for (const goOn of WAYS) {
  test.each(TABLE)(`%s, then ${goOn.how}`, async (_what, row) => {
    const course = await take(row.path, undefined, { ...row, stays: false, dies: false, goOn });
    expectCut(course, row);
    expectSameEnd(course, row.undisturbed);
    expectNothingTwice(course, row.undisturbed);
    expectEveryAttemptCounted(course);
  });
}

/** Without the third way: a refresh before the refresh of a run adds little. */
for (const goOn of WAYS.slice(0, 2)) {
  test.each(TABLE)(`%s with all that follows, then ${goOn.how}`, async (_what, row) => {
    const course = await take(row.path, undefined, { ...row, stays: true, dies: false, goOn });
    expectCut(course, row);
    expectSameEnd(course, row.undisturbed);
    expectNothingTwice(course, row.undisturbed);
    expectEveryAttemptCounted(course);
  });

  test.each(TABLE)(`%s, the process dies, then ${goOn.how}`, async (_what, row) => {
    const course = await take(row.path, undefined, { ...row, stays: true, dies: true, goOn });
    expectCut(course, row);
    expectSameNumber(course, row.undisturbed);
    expectNothingTwice(withoutMemory(course), withoutMemory(row.undisturbed));
  });
}

const ADDING = ROWS.filter(({ write }) => write.startsWith(ADD)).map(({ path }) => [path.what, path] as const);

test.each(ADDING)("%s: a create of which the engine never heard, and a fresh stack", async (_what, path) => {
  const scene = await begin(path);
  const program = await path.stages[0]?.(scene);
  await scene.stack.up(program ?? {});
  const { resource, outputs } = scene.stack;
  const fresh = scene.anotherStack();
  const { length } = scene.emulator.requests().requests;
  await fresh.up(program ?? {});
  expect(fresh.resource?.id).toBe(resource?.id);
  expect(fresh.outputs.phase).toBe(outputs.phase);
  expect(scene.said.join("\n")).toContain(`Adopted number ${outputs.displayPhoneNumber} (${resource?.id})`);
  const calls = scene.emulator.requests().requests.slice(length);
  expect(calls.filter(({ method, route }) => method === "POST" && route === ADD)).toEqual([]);
});

function expectCut({ stages }: Course, { write }: Row): void {
  expect(stages.flat().find(({ cut }) => cut)?.what).toBe(write);
}

/** What a number shows is the same; what only our ledger knows died with the process. */
function expectSameNumber({ resource, numbers }: Course, undisturbed: Course): void {
  expect(resource?.initErrors ?? []).toEqual([]);
  expect(resource?.id).toBe(undisturbed.resource?.id);
  expect(shown(resource?.outputs)).toEqual(shown(undisturbed.resource?.outputs));
  expect(atMeta(numbers)).toEqual(atMeta(undisturbed.numbers));
}

function shown(outputs: Properties = {}): Properties {
  const { phase, displayName, webhook, dataLocalizationRegion, verifiedName, status } = outputs;
  return { phase, displayName, webhook, dataLocalizationRegion, verifiedName, status };
}

/** Every number of every account, as far as a program declares it. */
function atMeta(numbers: Course["numbers"]): Properties[] {
  return Object.values(numbers).map((number) => {
    const { id, waba_id, status, platform_type, verified_name, new_display_name, new_name_status } = number;
    const { webhook_configuration, data_localization_region } = number;
    const name = { verified_name, new_display_name, new_name_status };
    return { id, waba_id, status, platform_type, ...name, webhook_configuration, data_localization_region };
  });
}

/** Graph shows neither codes nor PINs. */
function withoutMemory({ stages, ...course }: Course): Course {
  const known = ({ what }: Called) => what !== "/{PNID} pin" && what !== "/{PNID}/request_code";
  return { ...course, stages: stages.map((calls) => calls.filter(known)) };
}

function expectSameEnd({ resource, numbers }: Course, undisturbed: Course): void {
  expect(resource?.initErrors ?? []).toEqual([]);
  expect(resource?.id).toBe(undisturbed.resource?.id);
  expect({ ...resource?.outputs, ...COUNTED }).toEqual({ ...undisturbed.resource?.outputs, ...COUNTED });
  expect(atMeta(numbers)).toEqual(atMeta(undisturbed.numbers));
  expect(Object.values(numbers).map(({ pin }) => pin)).toEqual(
    Object.values(undisturbed.numbers).map(({ pin }) => pin),
  );
}

/** Each write has its effect once and in its order; what may be repeated may be so. */
function expectNothingTwice(course: Course, undisturbed: Course): void {
  const done = effectsOf(course);
  const once = done.filter((what, index) => !(REPEATABLE.includes(what) && done[index - 1] === what));
  expect(once).toEqual(effectsOf(undisturbed));
  expect(done.length - once.length).toBeLessThanOrEqual(1);
}

function effectsOf({ stages }: Course): string[] {
  return stages.flat().flatMap(({ write, done, what }: Called) => (write && done ? [what] : []));
}

function expectEveryAttemptCounted({ stages, resource }: Course): void {
  if (resource === undefined) return;
  const { attempts } = resource.outputs as { attempts: Record<"register" | "deregister", string[]> };
  for (const call of ["register", "deregister"] as const) {
    const made = stages
      .flat()
      .filter(({ what }) => what === `/{PNID}/${call}` || (call === "register" && what === "/v1/account"));
    expect(attempts[call], call).toHaveLength(made.length);
  }
}
