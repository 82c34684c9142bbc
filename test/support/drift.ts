/** Something that happened at Meta to a number that was at rest, and what has to follow from it. */
import { expect } from "vitest";
import type { EmulatorOptions, NumberPatch } from "../../emulator/index.ts";
import { startCallback } from "./callback.ts";
import type { Preview, Properties } from "./engine-double.ts";
import { ICE_CREAM, type Lifecycle, startLifecycle, WABA } from "./lifecycle.ts";

export const IDENTITY = { wabaId: WABA, phoneNumber: ICE_CREAM.phoneNumber };
export const SMS = { method: "SMS", language: "en" };

export const REGISTER = "POST /{PNID}/register";
/** A name that is asked for, a PIN or a webhook. */
export const SET = "POST /{PNID}";

/** `shows` and `writes` are what the next preview and the next `up` make of it. */
export interface Drift {
  readonly what: string;
  readonly happens: (lifecycle: Lifecycle) => unknown;
  /** The properties that the preview names; "none" where it shows no change. */
  readonly shows: readonly string[] | "none";
  readonly writes: readonly string[];
  /** After that `up`. */
  readonly phase: string;
  readonly options?: EmulatorOptions;
}

export const patch =
  (change: NumberPatch) =>
  ({ emulator }: Lifecycle) =>
    emulator.patchNumber(ICE_CREAM.id, change);

/** The ice cream's number, registered by us with everything declared, so that every arg is achieved. */
export async function registered(options: EmulatorOptions = {}): Promise<Lifecycle & { program: Properties }> {
  const lifecycle = await startLifecycle(options);
  const { stack, emulator, writes } = lifecycle;
  const { url } = await startCallback();
  const program = {
    ...IDENTITY,
    displayName: "Jasper's Ice Cream",
    pin: "654321",
    register: true,
    verification: SMS,
    dataLocalizationRegion: "DE",
    allowReregister: true,
    webhook: { callbackUrl: url, verifyToken: "my-token" },
  };
  await stack.up(program);
  await stack.up({ ...program, verification: { ...SMS, code: emulator.code(ICE_CREAM.id) } });
  expect((await stack.up(program)).op).toBe("same");
  expect(stack.outputs).toMatchObject({ ...program, phase: "registered" });
  writes();
  return { ...lifecycle, program };
}

/** Nothing is said before the refresh, nothing is done that was not shown, and once it is done there is peace. */
export async function expectShownAndDone(lifecycle: Lifecycle, program: Properties, drift: Drift): Promise<void> {
  const { stack, writes } = lifecycle;
  await drift.happens(lifecycle);
  writes();
  expect(await stack.preview(program)).toEqual({ op: "same", properties: [] });

  expect(await stack.refresh()).toBe(drift.shows !== "none");
  const preview: Preview =
    drift.shows === "none" ? { op: "same", properties: [] } : { op: "update", properties: drift.shows };
  expect(await stack.preview(program)).toEqual(preview);
  expect(writes()).toEqual([]);

  expect(await stack.upWithoutRefresh(program)).toEqual(preview);
  expect(writes()).toEqual(drift.writes);
  expect(stack.outputs.phase).toBe(drift.phase);
  expect(await stack.up(program)).toEqual({ op: "same", properties: [] });
  expect(writes()).toEqual([]);
}
