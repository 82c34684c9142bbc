import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { z } from "zod";
import { OPERATION_TIMEOUT_MS } from "../../../provider/graph/client.ts";
import {
  AccessTokenError,
  AttemptsExhaustedError,
  DeadlineError,
  GraphError,
  NetworkError,
  NotFoundError,
  PermissionError,
  PinMismatchError,
  ThrottledError,
  TransientError,
  UnexpectedAnswerError,
} from "../../../provider/graph/errors.ts";
import { TransportError } from "../../../provider/graph/transport.ts";
import { json, refused, type Scripted, scriptedClient, TOKEN } from "../../support/graph-answers.ts";

const READ = { what: "read the number", on: "number 1" };
const REGISTER = { what: "register the number", on: "number 1" };
const node = z.object({ id: z.string() });
const ok = json(200, { id: "1" });
const success = z.object({ success: z.literal(true) });
const cut = new TransportError("other side closed", true);
const unreachable = new TransportError("connect ECONNREFUSED", false);

const get = (script: Scripted[]) => {
  const scripted = scriptedClient(script);
  return { ...scripted, result: scripted.client.get(READ, "/1", { fields: "id" }, node) };
};
const post = (script: Scripted[], repeatable = false) => {
  const scripted = scriptedClient(script);
  const write = { call: REGISTER, path: "/1/register", params: { pin: "987654" }, secrets: ["987654"], repeatable };
  return { ...scripted, result: scripted.client.post(write, success) };
};

test("asks the version's address with the token in a header, never in the address", async () => {
  const { requests, result } = get([ok]);
  expect(await result).toEqual({ id: "1" });
  expect(requests[0]?.url.href).toBe("http://graph.test/v25.0/1?fields=id");
  expect(requests[0]?.headers.authorization).toBe(`Bearer ${TOKEN}`);
});

test("adds the proof of the app's secret where one is configured", async () => {
  const { client, requests } = scriptedClient([ok], { appSecret: "app-secret" });
  await client.get(READ, "/1", {}, node);
  const proof = createHmac("sha256", "app-secret").update(TOKEN).digest("hex");
  expect(requests[0]?.url.searchParams.get("appsecret_proof")).toBe(proof);
});

test.each<[string, Scripted[], number]>([
  ["a server that is overloaded", [refused(503, 2), ok], 2],
  ["a refusal that says it is transient", [refused(400, 100, { is_transient: true }), ok], 2],
  ["a server that failed with a code that nobody documents", [refused(500, 987654), ok], 2],
  ["a proxy's error page", [{ status: 502, headers: {}, body: "<html>" }, ok], 2],
  ["a connection that was cut", [cut, ok], 2],
  ["three failures in a row", [refused(503, 2), cut, refused(500, 131016), ok], 4],
])("reads again after %s", async (_what, script, calls) => {
  const { requests, result } = get(script);
  expect(await result).toEqual({ id: "1" });
  expect(requests).toHaveLength(calls);
});

test("waits a random part of a bound that doubles, and gives up after four tries", async () => {
  const { requests, waits, result } = get([cut, cut, cut, cut]);
  await expect(result).rejects.toBeInstanceOf(NetworkError);
  expect(requests).toHaveLength(4);
  expect(waits).toEqual([250, 500, 1_000]);
});

test.each<[string, Scripted, new (...args: never[]) => Error]>([
  ["a refused token", refused(401, 190, { error_subcode: 463 }), AccessTokenError],
  ["a missing permission, HTTP 500 though it is", refused(500, 3), PermissionError],
  ["a missing object", refused(400, 100, { error_subcode: 33 }), NotFoundError],
  ["an app that is throttled", refused(400, 4), ThrottledError],
  ["an account that is throttled", refused(400, 80007), ThrottledError],
  ["a code that nobody documents", refused(400, 987654), GraphError],
  ["a throttled app, transient though Graph calls it", refused(400, 4, { is_transient: true }), ThrottledError],
  ["a shape that Graph does not have", json(200, { data: 1 }), UnexpectedAnswerError],
])("does not read again after %s", async (_what, answer, reason) => {
  const { requests, result } = get([answer, ok]);
  await expect(result).rejects.toBeInstanceOf(reason);
  expect(requests).toHaveLength(1);
});

test.each<[string, Scripted]>([
  ["the connection is cut", cut],
  ["Graph is overloaded", refused(503, 2)],
  ["a proxy fails", { status: 502, headers: {}, body: "" }],
])("does not register again when %s: it may have happened", async (_what, answer) => {
  const { requests, result } = post([answer, json(200, { success: true })]);
  await expect(result).rejects.toBeInstanceOf(Error);
  expect(requests).toHaveLength(1);
});

test("registers again when the call never reached Graph", async () => {
  const { requests, result } = post([unreachable, json(200, { success: true })]);
  expect(await result).toEqual({ success: true });
  expect(requests).toHaveLength(2);
});

test("repeats a write that has one effect however often it is made", async () => {
  const { requests, result } = post([cut, json(200, { success: true })], true);
  expect(await result).toEqual({ success: true });
  expect(requests).toHaveLength(2);
});

test("a chain of calls has one deadline", async () => {
  const { client, pass, requests } = scriptedClient([ok, ok]);
  await client.get(READ, "/1", {}, node);
  pass(OPERATION_TIMEOUT_MS - 1_000);
  await client.get(READ, "/1", {}, node);
  expect(requests[1]?.timeoutMs).toBe(1_000);
  pass(1_000);
  await expect(client.get(READ, "/1", {}, node)).rejects.toBeInstanceOf(DeadlineError);
  expect(requests).toHaveLength(2);
});

test("a message says what we did, on what, what Graph said, what to do, and the trace", async () => {
  const { result } = post([refused(400, 133005, { error_subcode: 7, error_data: { details: "PIN mismatch" } })]);
  const error = await result.catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(PinMismatchError);
  expect((error as Error).message).toBe(
    "We could not register the number · number 1 · Graph said: (#133005) refused: PIN mismatch (code 133005/7, HTTP 400; " +
      "the two-step PIN does not match) · Declare the number's PIN, or reset it in WhatsApp Manager (Two-step " +
      "verification), and run again · fbtrace_id Az8",
  );
});

test.each<[string, Record<string, unknown>, string]>([
  ["the details", { error_data: { details: "wait 5 s" } }, "(#133008) refused: wait 5 s (code"],
  ["details as JSON text", { error_data: '{"details":"wait 5 s"}' }, "(#133008) refused: wait 5 s (code"],
  [
    "the user's message and the details",
    { error_user_msg: "Espere", error_data: { details: "wait 5 s" } },
    "(#133008) refused: Espere: wait 5 s (code",
  ],
  ["the same twice", { error_user_msg: "wait", error_data: { details: "wait" } }, "(#133008) refused: wait (code"],
  ["text that is no JSON", { error_data: "wait 5 s" }, "(#133008) refused (code"],
  ["JSON text of another form", { error_data: '{"details":5}' }, "(#133008) refused (code"],
  ["JSON text that is null", { error_data: "null" }, "(#133008) refused (code"],
])("of what Graph says beside its message, %s is shown once", async (_what, more, said) => {
  const { result } = post([refused(400, 133008, more)]);
  await expect(result).rejects.toThrow(said);
});

test("a refused token is named by its source", async () => {
  const { result } = get([refused(401, 190)]);
  await expect(result).rejects.toThrow("The token came from the environment variable WABA_ACCESS_TOKEN");
});

test.each<[string, Scripted]>([
  ["Graph's message", refused(400, 133005, { message: `pin 987654 for ${TOKEN} is wrong` })],
  ["a proxy's page", { status: 502, headers: {}, body: `<html>${TOKEN} 987654</html>` }],
])("secrets that %s repeats are taken out", async (_where, answer) => {
  const error = await post([answer]).result.catch((caught: unknown) => caught);
  expect((error as Error).message).toContain("[secret]");
  expect((error as Error).message).not.toMatch(/987654|very-secret/);
});

test.each<[string, Scripted, string]>([
  ["an empty body", { status: 200, headers: {}, body: "" }, "an empty body"],
  [
    "HTML",
    { status: 404, headers: { "content-type": "text/html" }, body: "<h1>Not here</h1>" },
    "HTTP 404, text/html, not JSON",
  ],
  ["an error that is not Graph's", json(500, { oops: true }), "no error in Graph's form"],
  ["a cut body", { status: 200, headers: {}, body: '{"id":' }, "not JSON"],
])("%s is told as what it is", async (_what, answer, words) => {
  const { result } = get([answer, answer, answer, answer]);
  const error = await result.catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(UnexpectedAnswerError);
  expect((error as Error).message).toContain(words);
});

test.each(["message", "error_subcode", "is_transient", "error_user_msg", "error_data", "fbtrace_id"])(
  "an error whose %s is null, or odd, keeps its class",
  async (field) => {
    for (const odd of [null, { odd: true }]) {
      await expect(post([refused(400, 133016, { [field]: odd })]).result).rejects.toBeInstanceOf(
        AttemptsExhaustedError,
      );
    }
  },
);

test("a transient refusal of a known code keeps its words", async () => {
  const { result } = post([refused(503, 2)]);
  await expect(result).rejects.toBeInstanceOf(TransientError);
});
