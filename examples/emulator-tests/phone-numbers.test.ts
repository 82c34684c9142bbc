/** How to test a program against the emulator. Run by `npx vitest run --root examples/emulator-tests`. */
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { type Emulator, startEmulator } from "pulumi-waba/emulator";
import { afterEach, beforeEach, expect, test } from "vitest";
import { PhoneNumbers } from "./phone-numbers.ts";

const WABA = "102290129340398";
const CAKE_SHOP = "1972385232742141";
const DAY = 24 * 3600;

let emulator: Emulator;
let numbers: PhoneNumbers;

// Starting one takes a few milliseconds, so every test has its own.
beforeEach(async () => {
  emulator = await startEmulator();
  numbers = new PhoneNumbers({ baseUrl: emulator.url, token: emulator.token });
});
afterEach(() => emulator.close());

test("a new number is verified by the code that Meta sends, and registered", async () => {
  const id = await numbers.add(WABA, { cc: "1", phone_number: "6315550100", verified_name: "Lucky Shrub" });
  await numbers.sendCode(id);
  await expect(numbers.verify(id, "999999")).rejects.toMatchObject({ code: 136025 });
  await numbers.verify(id, emulator.code(id));
  await numbers.register(id, "123456");
  expect(await numbers.read(id)).toMatchObject({ status: "CONNECTED", platform_type: "CLOUD_API" });
});

test("a new name is in use once Meta has approved it and the number was registered again", async () => {
  await numbers.rename(CAKE_SHOP, "Cake Palace");
  expect(await numbers.read(CAKE_SHOP)).toMatchObject({ new_name_status: "PENDING_REVIEW" });
  emulator.reviewName(CAKE_SHOP, "APPROVED");
  await numbers.register(CAKE_SHOP, "123456");
  const number = await numbers.read(CAKE_SHOP);
  expect(number.verified_name).toBe("Cake Palace");
  expect(number.new_display_name).toBeUndefined();
});

test("an approved name expires when nobody registers for 14 days", async () => {
  await numbers.rename(CAKE_SHOP, "Cake Palace");
  emulator.reviewName(CAKE_SHOP, "APPROVED");
  emulator.advanceClock(14 * DAY);
  expect(await numbers.read(CAKE_SHOP)).toMatchObject({ new_name_status: "EXPIRED" });
});

test("a read goes on after an error that passes, and writes are not repeated", async () => {
  const busy = { error: { message: "Service temporarily unavailable", type: "OAuthException", code: 2 } };
  emulator.addFault({ match: { method: "GET" }, times: 2, status: 500, body: busy });
  expect(await numbers.read(CAKE_SHOP)).toMatchObject({ status: "CONNECTED" });
  emulator.clearRequests();
  emulator.addFault({ match: { method: "POST" }, status: 500, body: busy });
  await expect(numbers.rename(CAKE_SHOP, "Cake Palace")).rejects.toMatchObject({ code: 2 });
  expect(emulator.requests().counts).toEqual({ "POST /{PNID}": 1 });
});

test("an answer that is lost after the effect is found out by a read", async () => {
  for (const fault of [{ drop: "after" }, { truncate: true }] as const) {
    emulator.reset();
    emulator.addFault({ match: { method: "POST" }, ...fault });
    await numbers.renameOnce(CAKE_SHOP, "Cake Palace");
    expect(emulator.requests().counts).toEqual({ "POST /{PNID}": 1, "GET /{PNID}": 1 });
  }
});

test("reads that lag behind writes show the old name for a while", async () => {
  emulator.addFault({ match: { method: "POST" }, staleMs: 5000 });
  await numbers.rename(CAKE_SHOP, "Cake Palace");
  expect((await numbers.read(CAKE_SHOP)).new_display_name).toBeUndefined();
  emulator.advanceClock(5);
  expect((await numbers.read(CAKE_SHOP)).new_display_name).toBe("Cake Palace");
});

test("the hard cases are there to be read", async () => {
  await using hard = await startEmulator({ seed: "hard" });
  const client = new PhoneNumbers({ baseUrl: hard.url, token: hard.token });
  expect(await client.read("1972385232742211")).toMatchObject({ status: "BANNED" });
  await expect(client.register("1972385232742209", "123456")).rejects.toMatchObject({ code: 100 });
});

test("Meta's decision on a name arrives as a signed webhook", async () => {
  const received: { signature: unknown; body: string }[] = [];
  const receiver = createServer(async (request, response) => {
    received.push({ signature: request.headers["x-hub-signature-256"], body: await text(request) });
    response.end();
  }).listen(0, "127.0.0.1");
  await once(receiver, "listening");
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/webhooks`;
  await using meta = await startEmulator({ webhook: { url }, appSecret: "app-secret" });

  await new PhoneNumbers({ baseUrl: meta.url, token: meta.token }).rename(CAKE_SHOP, "Cake Palace");
  meta.reviewName(CAKE_SHOP, "REJECTED", "NAME_FORMAT_UNACCEPTABLE");
  await meta.webhooksSettled();
  receiver.close();

  expect(received.length).toBe(1);
  const { signature, body } = received[0] ?? { signature: "", body: "{}" };
  expect(signature).toBe(`sha256=${createHmac("sha256", "app-secret").update(body).digest("hex")}`);
  expect(JSON.parse(body).entry[0].changes[0]).toMatchObject({
    field: "phone_number_name_update",
    value: {
      decision: "REJECTED",
      requested_verified_name: "Cake Palace",
      rejection_reason: "NAME_FORMAT_UNACCEPTABLE",
    },
  });
});
