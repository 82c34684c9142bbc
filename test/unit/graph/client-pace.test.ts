/** The client and its pace: what it waits, what it does not call, and what it says of that. */
import { expect, test } from "vitest";
import { z } from "zod";
import { AccessTokenError, BlockedError, ThrottledError } from "../../../provider/graph/errors.ts";
import { json, refused, scriptedClient } from "../../support/graph-answers.ts";

const READ = { what: "read the number", on: "number 1", account: "102" };
const ELSEWHERE = { what: "read the number", on: "number 2", account: "103" };
const REGISTER = { call: { ...READ, what: "register the number" }, path: "/1/register", params: {} };
const anything = z.object({});
const ok = json(200, { success: true });

const throttledFor = (minutes: number, code = 80007) => ({
  ...refused(400, code),
  headers: {
    "x-business-use-case-usage": JSON.stringify({
      "102": [{ type: "whatsapp", call_count: 100, estimated_time_to_regain_access: minutes }],
    }),
  },
});

test.each([
  [7, "in about 7 minutes"],
  [1, "in about a minute"],
])("throttled for %i minutes: the refusal and each further call say so, and none is made", async (minutes, said) => {
  const { client, requests } = scriptedClient([throttledFor(minutes), ok]);
  const read = () => client.get(READ, "/1", {}, anything);
  const refusal = await read().catch((error: Error) => error);
  expect(refusal).toBeInstanceOf(ThrottledError);
  expect(refusal).toMatchObject({ message: expect.stringContaining(`Run again ${said}`) });
  const blocked = await read().catch((error: Error) => error);
  expect(blocked).toBeInstanceOf(BlockedError);
  expect(blocked).toMatchObject({ message: expect.stringContaining(`run again ${said}`) });
  expect(requests).toHaveLength(1);
  await client.get(ELSEWHERE, "/2", {}, anything);
  expect(requests).toHaveLength(2);
});

test("a token that Graph refused: no account is called again, and each call says why", async () => {
  const { client, requests } = scriptedClient([refused(401, 190, { error_subcode: 463 }), ok]);
  await expect(client.get(READ, "/1", {}, anything)).rejects.toBeInstanceOf(AccessTokenError);
  const next = await client.get(ELSEWHERE, "/2", {}, anything).catch((error: Error) => error);
  expect(next).toBeInstanceOf(AccessTokenError);
  expect(next).toMatchObject({ code: 190, subcode: 463, message: expect.stringContaining("number 2") });
  await expect(client.post(REGISTER, anything)).rejects.toThrow(/could not register the number.*190\/463/);
  expect(requests).toHaveLength(1);
});

test("throttled without a word for how long: an hour to the person, five minutes to us", async () => {
  const { client, requests, pass } = scriptedClient([refused(400, 80007), ok]);
  const read = () => client.get(READ, "/1", {}, anything);
  await expect(read()).rejects.toThrow(/Run again in an hour/);
  await expect(read()).rejects.toThrow(/run again in about 5 minutes/);
  pass(299_999);
  await read().catch(() => undefined);
  expect(requests).toHaveLength(1);
});

test("a block that ends within the operation's time is waited out", async () => {
  const { client, pace, requests, waits } = scriptedClient([ok]);
  pace.observe([{ account: "102", percent: 0, regainMs: 30_000 }]);
  await client.get(READ, "/1", {}, anything);
  expect(waits).toEqual([30_000]);
  expect(requests).toHaveLength(1);
});

test.each([4, 17])("code %i is about the app or the user: no account is called", async (code) => {
  const { client, requests } = scriptedClient([refused(400, code), ok]);
  await expect(client.get(READ, "/1", {}, anything)).rejects.toBeInstanceOf(ThrottledError);
  await expect(client.get(ELSEWHERE, "/2", {}, anything)).rejects.toBeInstanceOf(BlockedError);
  expect(requests).toHaveLength(1);
});

test("the last of a hundred writes at once waits longer than an operation may take, and is made", async () => {
  const { client, pace, requests, waits } = scriptedClient([ok, ok], { writesPerMinute: 60 });
  for (let write = 0; write < 100; write += 1) pace.turn("102", true);
  await client.post(REGISTER, anything);
  expect(waits).toEqual([109_200]);
  await client.get(READ, "/1", {}, anything);
  expect(requests).toHaveLength(2);
});

test("a write whose account Meta begins to throttle while it waits for its place is not made", async () => {
  const scripted = scriptedClient([ok], { writesPerMinute: 60 });
  const { client, pace, requests } = scripted;
  for (let write = 0; write < 100; write += 1) pace.turn("102", true);
  const writing = client.post(REGISTER, anything);
  pace.observe([{ account: "102", percent: 100, regainMs: 600_000 }]);
  await expect(writing).rejects.toBeInstanceOf(BlockedError);
  expect(requests).toEqual([]);
});

test("a deletion waits for its place among the writes", async () => {
  const { client, pace, requests, waits } = scriptedClient([ok], { writesPerMinute: 60 });
  for (let write = 0; write < 100; write += 1) pace.turn("102", true);
  await client.delete({ call: REGISTER.call, path: "/1/subscribed_apps" }, anything);
  expect(waits).toEqual([109_200]);
  expect(requests).toMatchObject([{ method: "DELETE" }]);
});
