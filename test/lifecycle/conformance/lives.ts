/** What a preview shows, an `up` does, and a refresh sees. */
import { expect, test } from "vitest";
import type { Properties } from "../../support/engine-double.ts";
import { set } from "./stage.ts";
import type { Ground, Subject } from "./subject.ts";

const SAME = { op: "same", properties: [] };

export function lives<G extends Ground>(subject: Subject<G>): void {
  const { className, changes, drifts, gone, steering } = subject;

  test(`${className}: create, refresh and up show nothing, for every subset of its parts`, async () => {
    const { ground: first } = await set(subject);
    const { length } = subsets(subject.parts(first));
    expect(length).toBeGreaterThan(2);
    for (let index = 0; index < length; index += 1) {
      const { stack, provider, ground, writes } = await set(subject);
      const [label, args] = subsets(subject.parts(ground))[index] as [string, Properties];
      const program = { ...subject.least(ground), ...args };
      await stack.up(program);
      expect(stack.resource?.initErrors, label).toEqual([]);
      writes();
      const { id, outputs } = stack.resource ?? expect.unreachable(label);
      const read = await provider.read(id, outputs);
      expect(await provider.diff(id, read.props ?? {}, read.inputs ?? {}), label).toEqual({ changes: false });
      provider.begin?.();
      expect(await stack.refresh(), label).toBe(false);
      expect(stack.outputs, label).toEqual(outputs);
      expect(await stack.preview(program), label).toEqual(SAME);
      expect(await stack.up(program), label).toEqual(SAME);
      expect(writes(), label).toEqual([]);
    }
  });

  test(`${className}: outputs under the args' names hold what was achieved, and a refresh hands just that back`, async () => {
    const { stack, ground } = await set(subject);
    const program = subject.full(ground);
    await stack.up(program);
    expect(stack.outputs).toMatchObject(program);
    await stack.refresh();
    expect(stack.resource?.inputs).toEqual(program);
  });

  test(`${className}: what is there already is adopted without a write, and told of`, async () => {
    const { stack, anotherStack, ground, writes, said } = await set(subject);
    const program = subject.full(ground);
    await stack.up(program);
    writes();
    said.length = 0;
    const other = anotherStack();
    await other.up(program);
    expect(writes()).toEqual(subject.adoptionWrites ?? []);
    expect(said.join("\n")).toContain("Adopted");
    expect(other.resource?.id).toBe(stack.resource?.id);
    expect(other.outputs).toEqual(stack.outputs);
    expect(await other.up(program)).toEqual(SAME);
    expect(writes()).toEqual([]);
  });

  test.each(changes.map((change) => [change.what, change] as const))(
    `${className}: %s is shown under its properties, done, and then there is peace`,
    async (_what, { from, to, shows, writes: expected }) => {
      const { stack, ground, writes } = await set(subject);
      await stack.up((from ?? subject.full)(ground));
      writes();
      const program = to(ground);
      const preview = { op: "update", properties: shows };
      expect(await stack.preview(program)).toEqual(preview);
      expect(writes()).toEqual([]);
      expect(await stack.up(program)).toEqual(preview);
      expect(writes()).toEqual(expected);
      expect(await stack.refresh()).toBe(false);
      expect(await stack.up(program)).toEqual(SAME);
      expect(writes()).toEqual([]);
    },
  );

  test.each(drifts.map((drift) => [drift.what, drift] as const))(
    `${className}: %s, which a refresh shows and an up heals`,
    async (_what, { happens, shows, writes: expected }) => {
      const stage = await set(subject);
      const { stack, ground, writes } = stage;
      const program = subject.full(ground);
      await stack.up(program);
      await happens(stage, ground);
      writes();
      expect(await stack.preview(program)).toEqual(SAME);
      const preview = shows === "none" ? SAME : { op: "update", properties: shows };
      expect(await stack.refresh()).toBe(shows !== "none");
      expect(await stack.preview(program)).toEqual(preview);
      expect(writes()).toEqual([]);
      expect(await stack.upWithoutRefresh(program)).toEqual(preview);
      expect(writes()).toEqual(expected);
      expect(await stack.up(program)).toEqual(SAME);
      expect(writes()).toEqual([]);
      expect(stack.outputs).toMatchObject(program);
    },
  );

  test.skipIf(gone === undefined)(
    `${className}: one that is gone at Meta leaves the stack with a warning, and up makes it again`,
    async () => {
      const stage = await set(subject);
      const { stack, ground, writes, said } = stage;
      const program = subject.full(ground);
      await stack.up(program);
      const before = stack.resource;
      await gone?.happens(stage, ground);
      writes();
      said.length = 0;
      expect(await stack.refresh()).toBe(true);
      expect(stack.resource).toBeUndefined();
      expect(said.join("\n")).toMatch(/taken out of the stack; the next pulumi up/);
      expect(writes()).toEqual([]);
      expect((await stack.up(program)).op).toBe("create");
      expect(writes()).toEqual(gone?.writes);
      expect(stack.outputs).toMatchObject(program);

      // An up that did not refresh finds out by itself.
      stack.resource = before;
      await gone?.happens(stage, ground);
      const edited = subject.changes[0]?.to(ground) ?? program;
      await stack.upWithoutRefresh(edited);
      expect(await stack.up(edited)).toEqual(SAME);
    },
  );

  test.each(Object.entries(steering))(
    `${className}: another %s is written into the state with no call at all`,
    async (arg, value) => {
      const { stack, ground, calls } = await set(subject);
      const program = { ...subject.full(ground), [arg]: value };
      await stack.up(subject.full(ground));
      calls();
      expect(await stack.upWithoutRefresh(program)).toEqual({ op: "update", properties: [arg] });
      expect(stack.outputs).toMatchObject({ [arg]: value });
      expect(await stack.upWithoutRefresh(subject.full(ground))).toEqual({ op: "update", properties: [arg] });
      expect(stack.outputs).not.toHaveProperty(arg);
      expect(calls()).toEqual([]);
    },
  );

  test(`${className}: get reads by the id alone, two reads are the same, and one that is not there is an error`, async () => {
    const { stack, provider, ground, writes } = await set(subject);
    await stack.up(subject.full(ground));
    writes();
    const id = stack.resource?.id ?? expect.unreachable();
    const first = await provider.read(id, {});
    expect(first.id).toBe(id);
    expect(await provider.read(id, first.props ?? {})).toEqual(first);
    for (const ours of ["schemaVersion", ...subject.secretOutputs]) expect(first.props).not.toHaveProperty(ours);
    await expect(provider.read(subject.missingId, {})).rejects.toThrow(subject.missingId.split("/").at(-1));
    expect(writes()).toEqual([]);
  });
}

/** All subsets of some parts of a program, each as one program with the names of what it is made of. */
function subsets(parts: Readonly<Record<string, Properties>>): [string, Properties][] {
  const all: [string, Properties][] = [["", {}]];
  for (const [name, part] of Object.entries(parts)) {
    all.push(...all.map(([names, args]): [string, Properties] => [`${names} ${name}`, { ...args, ...part }]));
  }
  return all;
}
