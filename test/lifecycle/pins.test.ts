import { expect, test } from "vitest";
import { CAKE_SHOP, ICE_CREAM, startLifecycle, WABA } from "../support/lifecycle.ts";

const ICE = { wabaId: WABA, phoneNumber: ICE_CREAM.phoneNumber, displayName: "Jasper's Ice Cream", pin: "654321" };
const CAKE = { wabaId: WABA, phoneNumber: CAKE_SHOP.phoneNumber, displayName: "John's Cake Shop", pin: "654321" };

const blocked = (code: number, message: string) => ({
  error: {
    message: `(#${code}) ${message}`,
    type: "OAuthException",
    code,
    error_user_msg: "Muitas tentativas",
    error_data: { messaging_product: "whatsapp", details: "Please wait 43200 seconds before you try again." },
    fbtrace_id: "Az8",
  },
});

test.each([
  [133008, "Too many two step verification PIN guesses"],
  [133009, "Two step verification PIN guessed too fast"],
])("%i ends the run with Graph's own waiting time, after one call", async (code, message) => {
  const { stack, emulator, writes, pass, atMeta } = await startLifecycle();
  emulator.patchNumber(ICE_CREAM.id, { code_verification_status: "VERIFIED" });
  emulator.addFault({ match: { path: "/*/register" }, status: 400, body: blocked(code, message) });

  const error: Error = await stack.up(ICE).then(
    () => expect.unreachable(),
    (caught: Error) => caught,
  );
  expect(error.message).toContain(`(#${code}) ${message}: Muitas tentativas: Please wait 43200 seconds before`);
  expect(error.message).toContain("Wait as long as Graph says");
  expect(error.message).not.toContain(ICE.pin);
  expect(writes()).toEqual(["POST /{PNID}/register"]);
  expect(stack.outputs).toMatchObject({
    phase: "ready-to-register",
    pinState: "unknown",
    attempts: { register: ["2026-11-23T12:00:00.000Z"] },
  });
  expect(stack.outputs).not.toHaveProperty("pin");

  pass({ minutes: 9 });
  // Another run so soon would be another guess.
  await stack.up(ICE);
  expect(writes()).toEqual([]);
  pass({ hours: 12 });
  await stack.up(ICE);
  expect(writes()).toEqual(["POST /{PNID}/register"]);
  expect(await atMeta(ICE_CREAM.id)).toMatchObject({ status: "CONNECTED" });
  expect(stack.outputs.attempts).toMatchObject({ register: [expect.any(String), expect.any(String)] });
});

test("a PIN that Meta retired is sent all the same, and never set before", async () => {
  const { stack, emulator, writes } = await startLifecycle({ pinRetired: true });
  emulator.patchNumber(ICE_CREAM.id, { code_verification_status: "VERIFIED" });
  await stack.up(ICE);
  expect(stack.outputs.phase).toBe("registered");
  expect(writes()).toEqual(["POST /{PNID}/register"]);
  expect((await stack.up(ICE)).op).toBe("same");
});

test("an adopted number keeps its PIN, whatever is declared, until it must be registered again", async () => {
  const { stack, emulator, writes } = await startLifecycle();
  await stack.up(CAKE);
  expect((await stack.up({ ...CAKE, pin: "111111" })).op).toBe("same");
  expect(writes()).toEqual([]);
  expect(stack.outputs.pinState).toBe("unknown");

  await stack.up({ ...CAKE, pin: "111111", displayName: "Lucky Shrub" });
  emulator.reviewName(CAKE_SHOP.id, "APPROVED");
  await stack.up({ ...CAKE, pin: "111111", displayName: "Lucky Shrub" });
  expect(writes()).toEqual(["POST /{PNID}", "POST /{PNID}", "POST /{PNID}/register"]);
  expect(stack.outputs).toMatchObject({ pinState: "set", pin: "111111", phase: "registered" });
});
