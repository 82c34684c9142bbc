/** A deregistration that Meta did not finish (133000): it is finished before the number is registered. */
import { expect, test } from "vitest";
import { ICE_CREAM, type Lifecycle, startLifecycle, WABA } from "../support/lifecycle.ts";

const ICE = { wabaId: WABA, phoneNumber: ICE_CREAM.phoneNumber, pin: "654321" };
const REGISTER = "POST /{PNID}/register";
const DEREGISTER = "POST /{PNID}/deregister";
const REGION = "POST /{PNID}/settings";
const incomplete = {
  status: 500,
  body: {
    error: { message: "(#133000) Incomplete deregistration", type: "OAuthException", code: 133000, fbtrace_id: "A" },
  },
};

async function startHalf(): Promise<Lifecycle> {
  const lifecycle = await startLifecycle();
  lifecycle.emulator.patchNumber(ICE_CREAM.id, { code_verification_status: "VERIFIED", deregister_incomplete: true });
  return lifecycle;
}

function attemptsOf({ stack }: Lifecycle): { register: number; deregister: number } {
  const { register, deregister } = stack.outputs.attempts as Record<"register" | "deregister", string[]>;
  return { register: register.length, deregister: deregister.length };
}

test("it is deregistered once more and registered, in one run that says so, and each call is counted", async () => {
  const lifecycle = await startHalf();
  const { stack, writes, said } = lifecycle;
  await stack.up(ICE);
  expect(writes()).toEqual([REGISTER, DEREGISTER, REGISTER]);
  expect(attemptsOf(lifecycle)).toEqual({ register: 2, deregister: 1 });
  expect(stack.outputs).toMatchObject({ phase: "registered", pin: ICE.pin });
  expect(stack.outputs).not.toHaveProperty("deregisteredAt");
  expect(said.join("\n")).toContain("an earlier deregistration was not finished at Meta");
  expect((await stack.up(ICE)).op).toBe("same");
});

test("its storage region is set anew, since a deregistration takes it", async () => {
  const { stack, writes, emulator } = await startHalf();
  await stack.up({ ...ICE, dataLocalizationRegion: "DE" });
  expect(writes()).toEqual([REGION, REGISTER, DEREGISTER, REGION, REGISTER]);
  expect(stack.outputs).toMatchObject({ phase: "registered", dataLocalizationRegion: "DE" });
  expect(emulator.state()).toMatchObject({ numbers: { [ICE_CREAM.id]: { data_localization_region: "DE" } } });
});

test("where that does not help, no further run deregisters, and the error says what a person does", async () => {
  const lifecycle = await startHalf();
  const { stack, emulator, writes, pass } = lifecycle;
  emulator.addFault({ match: { path: "/*/register" }, times: "always", ...incomplete });
  await expect(stack.up(ICE)).rejects.toThrow(/code 133000.*Deregister it once more/);
  expect(writes()).toEqual([REGISTER, DEREGISTER, REGISTER]);
  await expect(stack.up(ICE)).rejects.toThrow(/code 133000/);
  expect(writes()).toEqual([REGISTER]);
  await stack.up(ICE);
  expect(writes()).toEqual([]);
  pass({ hours: 2 });
  await expect(stack.up(ICE)).rejects.toThrow(/code 133000/);
  expect(writes()).toEqual([REGISTER]);
  expect(attemptsOf(lifecycle)).toEqual({ register: 4, deregister: 1 });
});

test.each(["before", "after"] as const)(
  "a deregistration cut off %s its effect: the next run goes on",
  async (drop) => {
    const lifecycle = await startHalf();
    const { stack, emulator, writes } = lifecycle;
    emulator.addFault({ match: { path: "/*/deregister" }, drop });
    await expect(stack.up(ICE)).rejects.toThrow(/could not deregister/);
    expect(writes()).toEqual([REGISTER, DEREGISTER]);
    await stack.up(ICE);
    expect(writes()).toEqual(drop === "after" ? [REGISTER] : [REGISTER, DEREGISTER, REGISTER]);
    expect(stack.outputs.phase).toBe("registered");
    expect(attemptsOf(lifecycle)).toEqual(
      drop === "after" ? { register: 2, deregister: 1 } : { register: 3, deregister: 2 },
    );
  },
);

test("Meta's word that all deregistrations are used fills the ledger, and the number is not registered again", async () => {
  const lifecycle = await startHalf();
  const { stack, emulator, writes } = lifecycle;
  const error = { message: "(#133016) exceeded", type: "OAuthException", code: 133016, fbtrace_id: "A" };
  emulator.addFault({ match: { path: "/*/deregister" }, status: 400, body: { error } });
  await expect(stack.up(ICE)).rejects.toThrow(/code 133000/);
  expect(writes()).toEqual([REGISTER, DEREGISTER]);
  expect(attemptsOf(lifecycle)).toEqual({ register: 1, deregister: 10 });
});

test("a number that works is never deregistered for it", async () => {
  const lifecycle = await startLifecycle();
  const { stack, emulator, writes } = lifecycle;
  emulator.patchNumber(ICE_CREAM.id, { code_verification_status: "VERIFIED" });
  await stack.up({ ...ICE, displayName: "Jasper's Ice Cream" });
  await stack.up({ ...ICE, displayName: "Lucky Shrub" });
  emulator.reviewName(ICE_CREAM.id, "APPROVED");
  emulator.addFault({ match: { path: "/*/register" }, ...incomplete });
  writes();
  await expect(stack.up({ ...ICE, displayName: "Lucky Shrub" })).rejects.toThrow(/code 133000/);
  expect(writes()).toEqual([REGISTER]);
});
