/** What is not in the pool any more: claimed by an account, by a partner's, or gone. */
import { expect, test } from "vitest";
import {
  ACCOUNT,
  ADD,
  claim,
  graph,
  idOf,
  LOOK,
  PARTNER,
  PARTNERS_ACCOUNT,
  POOLED,
  REQUEST,
  start,
  verified,
} from "../support/pre-verified.ts";

test("one that a partner's account claimed is claimed, by nobody that the token sees, and is looked for once", async () => {
  const lifecycle = await start();
  const { stack, emulator, calls, said } = lifecycle;
  const program = { ...POOLED, sharedWith: [PARTNER] };
  const id = await verified(lifecycle, { sharedWith: [PARTNER] });
  await claim(emulator, id, PARTNERS_ACCOUNT);
  calls();
  said.length = 0;
  for (const _run of [1, 2]) expect((await stack.up(program)).op).toBe("same");
  expect(calls()).toEqual(LOOK);
  expect(stack.outputs.phase).toBe("claimed");
  expect(stack.outputs).not.toHaveProperty("phoneNumberId");
  expect(stack.outputs.nextAction).toContain("pulumi up --replace");
  expect(said).toEqual([expect.stringContaining("a partner's account has claimed it, or somebody deleted it")]);
});

test("the allowed accounts are those that are asked who claimed it", async () => {
  const lifecycle = await start({ WABA_ALLOWED_WABA_IDS: PARTNERS_ACCOUNT });
  const { stack, emulator } = lifecycle;
  const id = await verified(lifecycle, { sharedWith: [PARTNER] });
  const numberId = await claim(emulator, id, PARTNERS_ACCOUNT);
  await stack.refresh();
  expect(stack.outputs).toMatchObject({ phase: "claimed", claimedBy: PARTNERS_ACCOUNT, phoneNumberId: numberId });
});

test("an up without a refresh finds out by itself that it was claimed, and neither adds nor shares", async () => {
  const lifecycle = await start();
  const { stack, emulator, writes } = lifecycle;
  const numberId = await claim(emulator, await verified(lifecycle));
  writes();
  await stack.upWithoutRefresh({ ...POOLED, sharedWith: [PARTNER] });
  expect(stack.outputs).toMatchObject({ phase: "claimed", phoneNumberId: numberId });
  expect(writes()).toEqual([]);
});

test("one that left the pool unverified is gone: it leaves the stack with a warning, and up adds it again", async () => {
  const { stack, emulator, writes, said } = await start();
  await stack.up(POOLED);
  const before = stack.resource;
  await graph(emulator, "DELETE", `/${idOf(stack)}`);
  writes();
  said.length = 0;
  await stack.upWithoutRefresh({ ...POOLED, sharedWith: [PARTNER] }).then(
    () => expect.unreachable(),
    (error: Error) => expect(error.message).toMatch(/is not in the pool of business .* run pulumi up/),
  );
  stack.resource = before;
  expect(await stack.refresh()).toBe(true);
  expect(stack.resource).toBeUndefined();
  expect(said.join()).toMatch(/no account claimed it. It is taken out of the stack; the next pulumi up adds it again/);
  await stack.up(POOLED);
  expect(writes()).toEqual([ADD, REQUEST]);
});

const FORBIDDEN = { error: { message: "(#200) permission", type: "OAuthException", code: 200 } };

test("where the accounts cannot be listed, nothing proves that it is gone", async () => {
  const lifecycle = await start();
  const { stack, emulator } = lifecycle;
  await stack.up({ ...POOLED, verification: undefined });
  await graph(emulator, "DELETE", `/${idOf(stack)}`);
  emulator.addFault({ match: { path: "/*/owned_whatsapp_business_accounts" }, status: 403, body: FORBIDDEN });
  await stack.refresh();
  expect(stack.outputs.phase).toBe("claimed");
});

test("where an account may not be asked, nothing proves that it is gone", async () => {
  const { stack, emulator } = await start();
  await stack.up({ ...POOLED, verification: undefined });
  await graph(emulator, "DELETE", `/${idOf(stack)}`);
  emulator.addFault({ match: { path: `/${ACCOUNT}/phone_numbers` }, status: 403, body: FORBIDDEN });
  await stack.refresh();
  expect(stack.outputs.phase).toBe("claimed");
});

test("a partner may have verified and claimed what waited for its code: it is not gone", async () => {
  const { stack, emulator } = await start();
  await stack.up({ ...POOLED, sharedWith: [PARTNER] });
  await graph(emulator, "DELETE", `/${idOf(stack)}`);
  await stack.refresh();
  expect(stack.outputs.phase).toBe("claimed");
});

test("one that Graph hides by its id and shows in the pool is there", async () => {
  const lifecycle = await start();
  const { stack, emulator } = lifecycle;
  const id = await verified(lifecycle);
  const error = { message: "no such object", type: "GraphMethodException", code: 100, error_subcode: 33 };
  emulator.addFault({ match: { method: "GET", path: `/${id}` }, status: 400, body: { error } });
  expect(await stack.refresh()).toBe(false);
  expect(stack.outputs.phase).toBe("verified");
});

test("a deletion whose answer was lost is done", async () => {
  const { stack, emulator, writes } = await start();
  await stack.up({ ...POOLED, onDelete: "delete" });
  writes();
  emulator.addFault({ match: { method: "DELETE" }, drop: "after" });
  await stack.destroy();
  expect(writes()[0]).toBe("DELETE /{PREID}");
});
