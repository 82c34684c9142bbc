import { expect, test } from "vitest";
import { type Break, type Called, type Course, take, WAYS } from "./crash/course.ts";
import { PATHS, type Path } from "./crash/paths.ts";

/** Twice is as good as once: repeated where their answer was lost. */
const REPEATABLE = [
  "/{PNID} pin",
  "/{PNID} webhook_configuration",
  "/{PNID} no webhook_configuration",
  "/{PNID}/settings",
  "/{WABA}/subscribed_apps",
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
  for (const [stays, what] of [
    [false, ""],
    [true, " with all that follows"],
  ] as const) {
    test.each(TABLE)(`%s${what}, then ${goOn.how}`, async (_what, { path, undisturbed, stage, call, drop, write }) => {
      const course = await take(path, undefined, { stage, call, drop, stays, dies: false, goOn });
      expect(course.stages.flat().find(({ cut }) => cut)?.what).toBe(write);
      expectSameEnd(course, undisturbed);
      expectNothingTwice(course, undisturbed);
      expectEveryAttemptCounted(course);
    });
  }
}

for (const goOn of WAYS) {
  test.each(TABLE)(
    `%s, the process dies, then ${goOn.how}`,
    async (_what, { path, undisturbed, stage, call, drop }) => {
      const course = await take(path, undefined, { stage, call, drop, stays: true, dies: true, goOn });
      expectSameNumber(course, undisturbed);
      expectNothingTwice(withoutMemory(course), withoutMemory(undisturbed));
    },
  );
}

/** What a number shows is the same; what only our ledger knows died with the process. */
function expectSameNumber({ resource, numbers }: Course, undisturbed: Course): void {
  expect(resource?.initErrors ?? []).toEqual([]);
  expect(resource?.id).toBe(undisturbed.resource?.id);
  const shown = ({ resource: any }: Course) => {
    const { phase, displayName, webhook, dataLocalizationRegion, verifiedName, status } = any?.outputs ?? {};
    return { phase, displayName, webhook, dataLocalizationRegion, verifiedName, status };
  };
  expect(shown({ resource, numbers, stages: [] })).toEqual(shown(undisturbed));
  expect(Object.keys(numbers)).toEqual(Object.keys(undisturbed.numbers));
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
  expect(Object.keys(numbers)).toEqual(Object.keys(undisturbed.numbers));
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
    const made = stages.flat().filter(({ what }) => what === `/{PNID}/${call}`);
    expect(attempts[call], call).toHaveLength(made.length);
  }
}
