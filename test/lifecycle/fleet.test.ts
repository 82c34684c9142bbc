import { expect, test } from "vitest";
import type { NumberPatch } from "../../emulator/index.ts";
import { startCallback } from "../support/callback.ts";
import { EngineDouble, type Properties } from "../support/engine-double.ts";
import { type Lifecycle, startLifecycle } from "../support/lifecycle.ts";

const SIZE = 25;
/** In the middle: others come before and after it. */
const SICK = 12;
const idOf = (index: number): string => String(100000000 + index);
const SICK_ID = idOf(SICK);
const HEALTHY = Array.from({ length: SIZE }, (_, index) => index).filter((index) => index !== SICK);

const LOST: NumberPatch = { platform_type: "NOT_APPLICABLE", status: "DISCONNECTED" };
const REGISTER = "POST /{PNID}/register";
const SET_PIN = "POST /{PNID}";
const SET_WEBHOOK = "POST /{PNID}";

interface Fleet extends Lifecycle {
  readonly stacks: readonly EngineDouble[];
  /** What is declared of the sick number, besides what is declared of all. */
  sick: Properties;
  /** One `pulumi up` of all resources at once; the message of each that failed, by its index. */
  up(): Promise<Map<number, string>>;
}

/** 25 numbers of one account in one stack, each of which lost its registration. */
async function startFleet(): Promise<Fleet> {
  // The pace of writes is tested in pace.test.ts; here its waits would only stand in line.
  const lifecycle = await startLifecycle({ numbers: SIZE, wabas: 1 }, { WABA_WRITES_PER_MINUTE: "6000" });
  const { emulator, provider } = lifecycle;
  const { begin, ...shared } = provider;
  const stacks = Array.from({ length: SIZE }, () => new EngineDouble(shared));
  const fleet: Fleet = {
    ...lifecycle,
    stacks,
    sick: {},
    up: async () => {
      begin?.();
      const runs = await Promise.allSettled(stacks.map((stack, index) => stack.up(programOf(index))));
      return new Map(runs.flatMap((run, index) => (run.status === "rejected" ? [[index, messageOf(run.reason)]] : [])));
    },
  };
  const programOf = (index: number): Properties => ({
    wabaId: emulator.wabaIds[0],
    phoneNumber: `+1555${String(index).padStart(7, "0")}`,
    pin: "123456",
    ...(index === SICK ? fleet.sick : {}),
  });
  for (let index = 0; index < SIZE; index += 1) emulator.patchNumber(idOf(index), LOST);
  return fleet;
}

interface Sickness {
  readonly what: string;
  readonly falls: (fleet: Fleet) => unknown;
  /** Undefined: its run is an error. */
  readonly phase?: string;
  /** In the error, or else in what is said of the number. */
  readonly says: RegExp;
  /** To the sick number. */
  readonly writes: readonly string[];
}

const patch =
  (change: NumberPatch) =>
  ({ emulator }: Fleet) =>
    emulator.patchNumber(SICK_ID, change);
const declare = (args: Properties) => (fleet: Fleet) => {
  fleet.sick = args;
};
const refuse =
  (code: number) =>
  ({ emulator }: Fleet) =>
    emulator.addFault({
      match: { path: `/${SICK_ID}/register` },
      status: 400,
      body: { error: { message: "refused", type: "OAuthException", code, fbtrace_id: "A1" } },
    });

const SICKNESSES: Sickness[] = [
  { what: "is banned", falls: patch({ status: "BANNED" }), phase: "blocked", says: /Appeal/, writes: [] },
  { what: "moved away", falls: patch({ status: "MIGRATED" }), phase: "migrated", says: /is migrated/, writes: [] },
  { what: "is on the app", falls: patch({ is_on_biz_app: true }), phase: "on-phone", says: /from the app/, writes: [] },
  { what: "has an unlisted status", falls: patch({ status: "SHADOWED" }), phase: "unknown", says: /newer/, writes: [] },
  { what: "lacks a PIN", falls: declare({ pin: undefined }), phase: "needs-pin", says: /Declare pin/, writes: [] },
  {
    what: "is not verified",
    falls: patch({ code_verification_status: "NOT_VERIFIED" }),
    phase: "needs-verification",
    says: /verification: .* declared: a code is sent/,
    writes: [],
  },
  {
    what: "has a declined name",
    falls: patch({ name_status: "DECLINED" }),
    phase: "name-declined",
    says: /another displayName/,
    writes: [],
  },
  {
    what: "was lost again within 72 hours",
    falls: async ({ emulator, up }) => {
      await up();
      emulator.patchNumber(SICK_ID, LOST);
      await up();
      emulator.patchNumber(SICK_ID, LOST);
      emulator.clearRequests();
    },
    phase: "contested",
    says: /is contested/,
    writes: [],
  },
  {
    what: "has a webhook that does not answer",
    falls: async (fleet) => {
      const callback = await startCallback();
      callback.alive = false;
      fleet.sick = { webhook: { callbackUrl: callback.url, verifyToken: "my-token" } };
    },
    phase: "registered",
    says: /2200/,
    writes: [SET_PIN, REGISTER, SET_WEBHOOK],
  },
  {
    what: "has used its attempts up",
    falls: refuse(133016),
    phase: "attempts-exhausted",
    says: /133016/,
    writes: [SET_PIN, REGISTER],
  },
  {
    what: "is refused by Meta",
    falls: refuse(131009),
    says: /could not register the number .*100000012.*131009/,
    writes: [SET_PIN, REGISTER],
  },
  {
    what: "cannot be read",
    falls: (fleet) => {
      fleet.sick = { dataLocalizationRegion: "DE" };
      fleet.emulator.addFault({ match: { path: `/${SICK_ID}` }, times: "always", status: 500, body: "<html>" });
    },
    says: /could not read the number .*100000012/,
    writes: [],
  },
  {
    what: "was deleted",
    falls: ({ emulator }) => emulator.deleteNumber(SICK_ID),
    says: /does not have the number, .*declare displayName/,
    writes: [],
  },
  {
    what: "is declared on another account",
    falls: declare({ wabaId: "5555555" }),
    says: /account 5555555/,
    writes: [],
  },
];

test.each(SICKNESSES.map((sickness) => [sickness.what, sickness] as const))(
  "one of 25 numbers %s: the other 24 are registered, and come to rest",
  async (_what, { falls, phase, says, writes }) => {
    const fleet = await startFleet();
    const { emulator, stacks, up, said } = fleet;
    await falls(fleet);

    const errors = await up();
    expect([...errors.keys()]).toEqual(phase === undefined ? [SICK] : []);
    const ofSick = phase === undefined ? errors.get(SICK) : said.filter((line) => line.includes(SICK_ID)).join("\n");
    expect(ofSick).toMatch(says);
    if (phase !== undefined) expect(stacks[SICK]?.outputs.phase).toBe(phase);
    expect(writesIn(fleet, (id) => id === SICK_ID)).toEqual(writes);

    for (const index of HEALTHY) expect(stacks[index]?.outputs.phase, idOf(index)).toBe("registered");
    const numbers = Object.values(emulator.state().numbers as object) as { id: string; platform_type: string }[];
    const registered = numbers.filter((number) => number.platform_type === "CLOUD_API" && number.id !== SICK_ID);
    expect(registered).toHaveLength(HEALTHY.length);

    emulator.clearRequests();
    await up();
    expect(writesIn(fleet, (id) => id !== SICK_ID)).toEqual([]);
    for (const index of HEALTHY) expect(stacks[index]?.resource?.initErrors, idOf(index)).toEqual([]);
  },
);

/** Writes to the numbers in question, since the log was cleared. */
function writesIn({ emulator }: Fleet, to: (id: string) => boolean): string[] {
  return emulator
    .requests()
    .requests.filter(({ method, path }) => method !== "GET" && to(path.split("/").at(2) ?? ""))
    .map(({ method, route }) => `${method} ${route}`);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
