/** What is never done: without leave, by a dead token, to another Graph, with a secret. */
import { expect, test } from "vitest";
import type { FaultOrder } from "../../../emulator/index.ts";
import type { Properties, Provider, Resource } from "../../support/engine-double.ts";
import { ALWAYS, FAILURES } from "../../support/failing.ts";
import { CREDENTIALS, set } from "./stage.ts";
import type { Ground, Subject } from "./subject.ts";

const NO_SUCH_OBJECT = { message: "no such object", type: "GraphMethodException", code: 100, error_subcode: 33 };
const FORBIDDEN = { message: "(#200) permission", type: "OAuthException", code: 200 };

/** How another resource of a stack shows before the deletion: each is what the engine asks of it. */
const OTHERS: [string, (provider: Provider, resource: Resource, program: Properties) => Promise<unknown>][] = [
  ["which was created in its place", (provider, _resource, program) => provider.create(program)],
  ["which was updated", (provider, { id, outputs }, program) => provider.update(id, outputs, program)],
  [
    "which was read beside it",
    async (provider, { id, outputs }) => [await provider.read(id, outputs), await provider.read(id, outputs)],
  ],
  [
    "which was compared after the refresh, and stays",
    async (provider, { id, outputs }, program) => {
      await provider.read(id, outputs);
      return [await provider.diff(id, outputs, program), await provider.diff(id, outputs, program)];
    },
  ],
];

export function limits<G extends Ground>(subject: Subject<G>): void {
  const { className, ends, wabaId, secretOutputs } = subject;

  test(`${className}: destroy calls nothing unless declared otherwise, so that it works when the token is dead`, async () => {
    const { stack, provider, emulator, ground, calls } = await set(subject);
    await stack.up(subject.full(ground));
    const before = subject.atMeta(emulator);
    emulator.patchToken(emulator.token, { revoked: true });
    calls();
    await provider.delete(stack.resource?.id ?? "", stack.outputs);
    expect(calls()).toEqual([]);
    expect(subject.atMeta(emulator)).toEqual(before);
  });

  test.each(ends.map((end) => [JSON.stringify(end.args), end] as const))(
    `${className}: destroy with %s calls just that, once, and takes what is gone for done`,
    async (_args, { args, writes: expected }) => {
      const { stack, provider, ground, writes, said } = await set(subject);
      await stack.up({ ...subject.full(ground), ...args });
      const { id, outputs } = stack.resource ?? expect.unreachable();
      writes();
      await stack.destroy();
      expect(writes()).toEqual(expected);
      provider.begin?.();
      said.length = 0;
      await provider.delete(id, outputs);
      expect(writes()).toEqual([]);
      expect(said.join("\n")).toContain("forgotten");
    },
  );

  test.each(ends.flatMap(({ args }) => OTHERS.map(([how]) => [JSON.stringify(args), how, args] as const)))(
    `${className}: destroy with %s leaves what another resource of the stack has, %s`,
    async (_args, how, args) => {
      const { stack, provider, ground, writes } = await set(subject);
      const program = { ...subject.full(ground), ...args };
      await stack.up(program);
      const resource = stack.resource ?? expect.unreachable();
      writes();
      provider.begin?.();
      await OTHERS.find(([one]) => one === how)?.[1](provider, resource, program);
      await provider.delete(resource.id, resource.outputs);
      expect(writes()).toEqual([]);
    },
  );

  test(`${className}: two resources for one thing: the second fails by name, and a refresh warns of both`, async () => {
    const { stack, provider, ground, said } = await set(subject);
    const program = subject.full(ground);
    await stack.up(program);
    const { id, outputs } = stack.resource ?? expect.unreachable();
    await expect(provider.create(program)).rejects.toThrow("Two resources declare one ");
    provider.begin?.();
    said.length = 0;
    await provider.read(id, outputs);
    expect(said.join("\n")).not.toContain("Two resources");
    await provider.read(id, outputs);
    expect(said.join("\n")).toMatch(/Two resources of this stack manage .*Take one of them out/);
  });

  test(`${className}: a dead token is an error that names its place, and takes nothing out of the stack`, async () => {
    const { stack, emulator, ground } = await set(subject);
    await stack.up(subject.full(ground));
    const before = stack.resource;
    emulator.patchToken(emulator.token, { revoked: true });
    await expect(stack.refresh()).rejects.toThrow(/code 190.*WABA_ACCESS_TOKEN/);
    expect(stack.resource).toEqual(before);
  });

  test.each<[string, Omit<FaultOrder, "match" | "times">]>([
    ["says that there is no such object", { status: 400, body: { error: NO_SUCH_OBJECT } }],
    ["refuses for want of a permission", { status: 403, body: { error: FORBIDDEN } }],
    ...FAILURES.map(([what, fault]): [string, typeof fault] => [`answers ${what}`, fault]),
  ])(`${className}: where a read %s, nothing is taken for gone`, async (_what, fault) => {
    const { stack, emulator, ground } = await set(subject);
    await stack.up(subject.full(ground));
    const before = stack.resource;
    emulator.addFault({ match: { method: "GET" }, times: "always", ...fault });
    await expect(stack.refresh()).rejects.toThrow("We could not ");
    expect(stack.resource).toEqual(before);
    emulator.clearFaults();
    expect(await stack.refresh()).toBe(false);
  });

  test.each(FAILURES)(
    `${className}: a create whose writes meet %s says so, and the next up goes on`,
    async (_what, fault, says) => {
      const { stack, emulator, ground } = await set(subject);
      const program = subject.full(ground);
      emulator.addFault({ match: { method: "POST" }, times: ALWAYS, ...fault });
      await expect(stack.up(program)).rejects.toThrow(says);
      emulator.clearFaults();
      await stack.up(program);
      expect(stack.outputs).toMatchObject(program);
      expect((await stack.up(program)).op).toBe("same");
    },
  );

  test(`${className}: what another Graph showed is neither read nor changed nor ended`, async () => {
    const { stack, ground } = await set(subject);
    const program = { ...subject.full(ground), ...ends[0]?.args };
    await stack.up(program);
    const { id, outputs } = stack.resource ?? expect.unreachable();
    const elsewhere = await set(subject);
    const { provider, calls } = elsewhere;
    const refused = /was last read from http.*WABA_BASE_URL.*nothing was called/;
    await expect(provider.read(id, outputs)).rejects.toThrow(refused);
    for (const { to } of subject.changes.filter(({ from }) => from === undefined)) {
      await expect(provider.update(id, outputs, to(ground))).rejects.toThrow(refused);
    }
    if (ends.length > 0) await expect(provider.delete(id, outputs)).rejects.toThrow(refused);
    expect(calls()).toEqual([]);
  });

  test.skipIf(wabaId === undefined)(
    `${className}: an account that is not allowed is refused before any call`,
    async () => {
      const { stack, ground } = await set(subject);
      const program = { ...subject.full(ground), ...ends[0]?.args };
      await stack.up(program);
      const { id, outputs } = stack.resource ?? expect.unreachable();
      const { provider, calls } = await set(subject, { ...CREDENTIALS, WABA_ALLOWED_WABA_IDS: "5555555" });
      const refused = new RegExp(`Account ${wabaId} is not among waba:allowedWabaIds \\(5555555\\)`);
      expect((await provider.check({}, program)).failures.map(({ property }) => property)).toEqual(["wabaId"]);
      await expect(provider.create(program)).rejects.toThrow(refused);
      await expect(provider.read(id, outputs)).rejects.toThrow(refused);
      await expect(provider.read(id, {})).rejects.toThrow(refused);
      const looked = calls();
      if (subject.findsAccountByGet) expect(looked).toEqual([expect.stringMatching(/^GET /)]);
      else expect(looked).toEqual([]);
      for (const { to } of subject.changes.filter(({ from }) => from === undefined)) {
        await expect(provider.update(id, outputs, to(ground))).rejects.toThrow(refused);
      }
      if (ends.length > 0) await expect(provider.delete(id, outputs)).rejects.toThrow(refused);
      expect(calls()).toEqual([]);
    },
  );

  test(`${className}: the state of a newer version is refused with what to install`, async () => {
    const { stack, provider, ground, calls } = await set(subject);
    await stack.up(subject.full(ground));
    const { id, outputs } = stack.resource ?? expect.unreachable();
    calls();
    await expect(provider.read(id, { ...outputs, schemaVersion: 999 })).rejects.toThrow(
      /newer pulumi-waba.*npm install/,
    );
    expect(calls()).toEqual([]);
  });

  test(`${className}: no line, no error and no other output than its secret ones holds a secret`, async () => {
    const { stack, emulator, ground, said } = await set(subject);
    const secrets = [...subject.secrets(ground), emulator.token];
    const shown: unknown[] = [said];
    const run = async (program: Record<string, unknown>) => {
      shown.push(await stack.up(program).catch((error: Error) => [error.message, { ...error }]));
      const { outputs = {}, initErrors = [] } = stack.resource ?? {};
      const open = Object.entries(outputs).filter(([name]) => !secretOutputs.includes(name));
      shown.push(open, initErrors);
      if (stack.resource !== undefined)
        for (const { properties, ...rest } of [await stack.preview(program)]) shown.push(rest, properties);
    };
    const programs = [subject.full(ground), ...subject.changes.map(({ to }) => to(ground)), subject.full(ground)];
    for (const program of programs) {
      // A proxy that repeats what it was sent, now or before, is the worst that can answer.
      const known = JSON.stringify([program, stack.resource]);
      const held = secrets.filter((secret) => secret === emulator.token || known.includes(secret)).join(" ");
      const body = `<html>${held} ${encodeURIComponent(held)}</html>`;
      emulator.addFault({ match: { method: "POST" }, times: ALWAYS, status: 502, body });
      await run(program);
      emulator.clearFaults();
      await run(program);
    }
    await stack.refresh();
    const text = JSON.stringify(shown.map((part) => withoutProperties(part)));
    for (const secret of secrets) expect(text).not.toContain(secret);
    expect(text).toContain("We could not");
  });
}

/** What the engine keeps of a failure is a state, whose secret outputs it knows. */
function withoutProperties(part: unknown): unknown {
  return Array.isArray(part)
    ? part.map((item) =>
        typeof item === "object" && item !== null && "properties" in item ? { ...item, properties: undefined } : item,
      )
    : part;
}
