import { expect, test } from "vitest";
import { CAKE_SHOP, startLifecycle, WABA } from "../support/lifecycle.ts";

const CAKE = { wabaId: WABA, phoneNumber: CAKE_SHOP.phoneNumber, pin: "123456" };
const DEREGISTER = { ...CAKE, onDelete: "deregister" };
const gone = (lifecycle: Awaited<ReturnType<typeof startLifecycle>>) => lifecycle.emulator.deleteNumber(CAKE_SHOP.id);

test("retain calls nothing at all, also with a dead token", async () => {
  const { stack, emulator, provider, calls } = await startLifecycle();
  await stack.up(CAKE);
  const { id, outputs } = stack.resource as NonNullable<typeof stack.resource>;
  emulator.patchToken(emulator.token, { revoked: true });
  calls();
  await provider.delete(id, outputs);
  expect(calls()).toEqual([]);
});

test("deregister ends the registration after a fresh read, once", async () => {
  const { stack, writes, calls, atMeta } = await startLifecycle();
  await stack.up(DEREGISTER);
  const { id, outputs } = stack.resource as NonNullable<typeof stack.resource>;
  calls();
  await stack.destroy();
  expect(calls()).toEqual(["GET /{WABA}/phone_numbers", "GET /{PNID}", "POST /{PNID}/deregister"]);
  expect(await atMeta(CAKE_SHOP.id)).toMatchObject({ platform_type: "NOT_APPLICABLE" });
  stack.resource = { id, outputs, inputs: {}, initErrors: [] };
  await stack.destroy();
  expect(writes()).toEqual([]);
});

test.each<[string, (lifecycle: Awaited<ReturnType<typeof startLifecycle>>) => unknown, RegExp]>([
  [
    "somebody registered it since",
    ({ emulator }) => emulator.patchNumber(CAKE_SHOP.id, { last_onboarded_time: "2026-11-23T11:59:00+0000" }),
    /somebody else registered it at 2026-11-23T11:59:00/,
  ],
  [
    "it lives on the app",
    ({ emulator }) => emulator.patchNumber(CAKE_SHOP.id, { is_on_biz_app: true }),
    /lives on the WhatsApp Business app/,
  ],
  [
    "it is not registered",
    ({ emulator }) => emulator.patchNumber(CAKE_SHOP.id, { platform_type: "NOT_APPLICABLE", status: "PENDING" }),
    /it is not registered/,
  ],
  ["it is gone", gone, /not on its account any more/],
])("%s: forgotten, with a line that says why", async (_what, happens, line) => {
  const lifecycle = await startLifecycle();
  const { stack, provider, writes, said } = lifecycle;
  await stack.up(DEREGISTER);
  const { id, outputs } = stack.resource as NonNullable<typeof stack.resource>;
  await happens(lifecycle);
  provider.begin?.();
  await provider.delete(id, outputs);
  expect(writes()).toEqual([]);
  expect(said.join("\n")).toMatch(line);
});

test("what others registered is left alone also after a refresh has seen it, until we register it again", async () => {
  const { stack, emulator, provider, writes, said } = await startLifecycle();
  await stack.up(DEREGISTER);
  emulator.patchNumber(CAKE_SHOP.id, { last_onboarded_time: "2026-11-23T09:00:00+0000" });
  await stack.refresh();
  await stack.refresh();
  const { id, outputs } = stack.resource as NonNullable<typeof stack.resource>;
  provider.begin?.();
  await provider.delete(id, outputs);
  expect(writes()).toEqual([]);
  expect(said.join("\n")).toContain("somebody else registered it at 2026-11-23T09:00:00+0000");

  emulator.patchNumber(CAKE_SHOP.id, { platform_type: "NOT_APPLICABLE", status: "DISCONNECTED" });
  await stack.up(DEREGISTER);
  expect(stack.outputs.registered).toBe(true);
  expect(stack.outputs).not.toHaveProperty("registeredByOthersAt");
  writes();
  await stack.destroy();
  expect(writes()).toEqual(["POST /{PNID}/deregister"]);
});

test("a registration of ours that the read after it did not show yet is ours", async () => {
  const { stack, emulator, provider, writes } = await startLifecycle();
  await stack.up(DEREGISTER);
  emulator.patchNumber(CAKE_SHOP.id, { platform_type: "NOT_APPLICABLE", status: "DISCONNECTED" });
  await stack.up(DEREGISTER);
  const { outputs } = stack.resource as NonNullable<typeof stack.resource>;
  const old = { ...outputs, lastOnboardedTime: "2023-08-22T19:05:53+0000" };
  stack.resource = { ...(stack.resource as NonNullable<typeof stack.resource>), outputs: old };
  await stack.refresh();
  const { id, outputs: refreshed } = stack.resource;
  writes();
  provider.begin?.();
  await provider.delete(id, refreshed);
  expect(writes()).toEqual(["POST /{PNID}/deregister"]);
});

test("a replacement that adopts the same number leaves it alive", async () => {
  const { stack, provider, writes, said } = await startLifecycle();
  await stack.up(DEREGISTER);
  const { id, outputs, inputs } = stack.resource as NonNullable<typeof stack.resource>;
  provider.begin?.();
  const { id: adopted } = await provider.create(inputs);
  expect(adopted).toBe(id);
  await provider.delete(id, outputs);
  expect(writes()).toEqual([]);
  expect(said.join("\n")).toContain("another resource of this stack has it");
});

test("an update that returned the same number keeps it alive", async () => {
  const { stack, provider, writes } = await startLifecycle();
  await stack.up(DEREGISTER);
  const { id, outputs, inputs } = stack.resource as NonNullable<typeof stack.resource>;
  provider.begin?.();
  await provider.update(id, outputs, { ...inputs, displayName: "Another Name" });
  expect(writes()).toEqual(["POST /{PNID}"]);
  await provider.delete(id, outputs);
  expect(writes()).toEqual([]);
});

test("after an interrupted replacement, the refresh of both resources in one process keeps it alive", async () => {
  const { stack, provider, writes } = await startLifecycle();
  await stack.up(DEREGISTER);
  const { id, outputs } = stack.resource as NonNullable<typeof stack.resource>;
  provider.begin?.();
  await provider.read(id, outputs);
  await provider.read(id, outputs);
  await provider.delete(id, outputs);
  expect(writes()).toEqual([]);
});

test("after an interrupted replacement, the comparison of the live one keeps it alive without any refresh", async () => {
  const { stack, provider, writes, said } = await startLifecycle();
  await stack.up(DEREGISTER);
  const { id, outputs, inputs } = stack.resource as NonNullable<typeof stack.resource>;
  provider.begin?.();
  await provider.diff(id, outputs, inputs);
  await provider.delete(id, outputs);
  expect(writes()).toEqual([]);
  expect(said.join("\n")).toContain("another resource of this stack has it");
});

test("a number that is replaced by another one is deregistered without any refresh too", async () => {
  const { stack, provider, writes } = await startLifecycle();
  await stack.up(DEREGISTER);
  const { id, outputs, inputs } = stack.resource as NonNullable<typeof stack.resource>;
  provider.begin?.();
  const { replaces } = await provider.diff(id, outputs, { ...inputs, phoneNumber: "+16315552222" });
  expect(replaces).toEqual(["phoneNumber"]);
  await provider.delete(id, outputs);
  expect(writes()).toEqual(["POST /{PNID}/deregister"]);
});

test("a destroy that also finds what an interrupted replacement left deregisters the number, once", async () => {
  const { stack, provider, writes, atMeta } = await startLifecycle();
  await stack.up(DEREGISTER);
  const { id, outputs, inputs } = stack.resource as NonNullable<typeof stack.resource>;
  provider.begin?.();
  for (const _resource of ["live", "left behind"]) {
    await provider.read(id, outputs);
    await provider.diff(id, outputs, inputs);
  }
  await provider.delete(id, outputs);
  expect(writes()).toEqual([]);
  await provider.delete(id, outputs);
  expect(writes()).toEqual(["POST /{PNID}/deregister"]);
  expect(await atMeta(CAKE_SHOP.id)).toMatchObject({ platform_type: "NOT_APPLICABLE" });
});

test("all ten calls used: an error that says when, and no call", async () => {
  const { stack, provider, writes } = await startLifecycle();
  await stack.up(DEREGISTER);
  const { id, outputs } = stack.resource as NonNullable<typeof stack.resource>;
  const full = Array.from({ length: 10 }, () => "2026-11-23T11:00:00.000Z");
  provider.begin?.();
  const spent = { ...outputs, attempts: { register: [], deregister: full } };
  await expect(provider.delete(id, spent)).rejects.toThrow(/after 2026-11-26T11:00:00.000Z/);
  expect(writes()).toEqual([]);
});

test("a token that lost access proves nothing: an error that names the permission", async () => {
  const { stack, emulator, provider } = await startLifecycle();
  await stack.up(DEREGISTER);
  const { id, outputs } = stack.resource as NonNullable<typeof stack.resource>;
  emulator.patchToken(emulator.token, { wabas: [] } as never);
  provider.begin?.();
  await expect(provider.delete(id, outputs)).rejects.toThrow(/whatsapp_business_management/);
  await expect(stack.refresh()).rejects.toThrow(/whatsapp_business_management/);
  expect(stack.resource).toBeDefined();
});

test("another Graph is refused before any call, by read, update and delete", async () => {
  const { stack, anotherStack } = await startLifecycle();
  const other = await startLifecycle();
  await stack.up(DEREGISTER);
  const elsewhere = anotherStack({ WABA_BASE_URL: other.emulator.url });
  elsewhere.resource = stack.resource;
  await expect(elsewhere.refresh()).rejects.toThrow(/was last read from http.*nothing was called/);
  await expect(elsewhere.upWithoutRefresh({ ...DEREGISTER, displayName: "Another Name" })).rejects.toThrow(
    /last read from/,
  );
  await expect(elsewhere.destroy()).rejects.toThrow(/last read from/);
  expect(other.calls()).toEqual([]);
  expect(elsewhere.resource).toBeDefined();
});
