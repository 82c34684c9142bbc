import { createHmac } from "node:crypto";
import dns from "node:dns";
import { expect, onTestFinished, test, vi } from "vitest";
import { CursorError, PinMismatchError, UnexpectedAnswerError } from "../../../provider/graph/errors.ts";
import { type FieldSets, PhoneNumbers } from "../../../provider/graph/phone-numbers.ts";
import { redact } from "../../../provider/graph/redact.ts";
import { createTransport, TransportError } from "../../../provider/graph/transport.ts";
import { json, refused, type Scripted, scriptedClient, TOKEN } from "../../support/graph-answers.ts";

const SUCCESS = json(200, { success: true });
const NODE = json(200, { id: "1", display_phone_number: "+1 631-555-1111" });
const CUT = new TransportError("other side closed", true);
const page = (ids: string[], after?: string) =>
  json(200, {
    data: ids.map((id) => ({ id })),
    paging: { cursors: { after }, ...(after === undefined ? {} : { next: `http://graph.test/?after=${after}` }) },
  });

function numbers(script: Scripted[], fieldSets: FieldSets = new Map(), appSecret?: string) {
  const scripted = scriptedClient(script, appSecret === undefined ? {} : { appSecret });
  const { requests } = scripted;
  return {
    ...scripted,
    api: new PhoneNumbers(scripted.client, "http://graph.test/v25.0", fieldSets),
    asked: (name: string) => requests.map(({ url }) => url.searchParams.get(name)),
  };
}
const failure = async (run: Promise<unknown>) => {
  const error = await run.then(
    () => undefined,
    (caught: unknown) => caught,
  );
  expect(error).toBeInstanceOf(Error);
  return error as Error;
};

test("a list is read page after page, and a number that moved between them stands in it once", async () => {
  const { api, asked } = numbers([page(["1", "2"], "a"), page(["2", "3"], "b"), page(["4"])]);
  expect((await api.list("9")).map(({ id }) => id)).toEqual(["1", "2", "3", "4"]);
  expect(asked("after")).toEqual([null, "a", "b"]);
  expect(asked("limit")).toEqual(["100", "100", "100"]);
});

test.each([
  ["itself", ["a"], 2],
  ["the one before it", ["a", "b"], 1_000],
  ["an earlier one", ["a", "b", "c"], 1_000],
])("a cursor that leads to %s ends with an error, not with a part of the list", async (_what, circle, calls) => {
  const script = Array.from({ length: 1_200 }, (_, index) => page([`${index}`], circle[index % circle.length]));
  const { api, requests } = numbers(script);
  const error = await failure(api.list("9"));
  expect(error).toBeInstanceOf(UnexpectedAnswerError);
  expect(error.message).toContain("list the numbers · account 9");
  expect(requests.length).toBeLessThanOrEqual(calls);
});

test("a page that has a next one and no cursor is an error, not the end of the list", async () => {
  const { api } = numbers([json(200, { data: [{ id: "1" }], paging: { next: "http://graph.test/" } })]);
  expect(await failure(api.list("9"))).toBeInstanceOf(UnexpectedAnswerError);
});

test("a cursor that Graph refuses restarts the list, from its beginning", async () => {
  const { api, asked } = numbers([page(["1"], "a"), refused(400, 131059), page(["1"], "b"), page(["2"])]);
  expect((await api.list("9")).map(({ id }) => id)).toEqual(["1", "2"]);
  expect(asked("after")).toEqual([null, "a", null, "b"]);
});

test("a cursor that Graph refuses again is an error", async () => {
  const { api, requests } = numbers([page([], "a"), refused(400, 131059), page([], "b"), refused(400, 131059), NODE]);
  expect(await failure(api.list("9"))).toBeInstanceOf(CursorError);
  expect(requests).toHaveLength(4);
});

test("certificates that Graph refuses once are not asked for again, by any resource of the address", async () => {
  const fieldSets: FieldSets = new Map();
  const { api, asked } = numbers([refused(400, 100), NODE, NODE, page(["1"])], fieldSets);
  await api.get("1");
  await api.get("1");
  await api.list("9");
  const certificates = asked("fields").map((fields) => fields?.split(",").includes("certificate"));
  expect(certificates).toEqual([true, false, false, false]);

  const other = numbers([NODE], fieldSets);
  await other.api.get("1");
  expect(other.asked("fields")).toEqual([asked("fields").at(-1)]);
});

test("a read that is refused with the fewest fields too is an error, and the next one asks for all again", async () => {
  const refusals = Array.from({ length: 4 }, () => refused(400, 100));
  const { api, asked } = numbers([...refusals, NODE]);
  await failure(api.get("1"));
  await api.get("1");
  const fields = asked("fields");
  expect(new Set(fields.slice(0, 4)).size).toBe(4);
  expect(fields[4]).toBe(fields[0]);
});

test("a refusal that fields have no part in is not answered with fewer fields", async () => {
  const { api, requests } = numbers([refused(400, 100, { error_subcode: 33 }), NODE]);
  await failure(api.get("1"));
  expect(requests).toHaveLength(1);
});

test("a PIN is set again after a lost answer", async () => {
  const { api, requests } = numbers([CUT, refused(503, 131016), SUCCESS]);
  await api.setPin("1", "987654");
  expect(requests.map(({ body }) => body)).toEqual(Array(3).fill('{"pin":"987654"}'));
});

test.each<[string, (api: PhoneNumbers) => Promise<unknown>]>([
  ["add", (api) => api.add("9", { cc: "1", phoneNumber: "6315551111", verifiedName: "Lucky Shrub" })],
  ["requestCode", (api) => api.requestCode("1", { method: "SMS", language: "en" })],
  ["verifyCode", (api) => api.verifyCode("1", "123830")],
  ["register", (api) => api.register("1", "987654")],
  ["requestDisplayName", (api) => api.requestDisplayName("1", "Lucky Shrub")],
])("%s is not made again after a lost answer", async (_what, write) => {
  const { api, requests } = numbers([CUT, SUCCESS]);
  await failure(write(api));
  expect(requests).toHaveLength(1);
});

test("the longest secret is masked first, so that no part of it remains", () => {
  expect(redact("tok token token-2, tok", ["tok", "token-2", "", "token"])).toBe(
    "[secret] [secret] [secret], [secret]",
  );
});

test("the app's secret and its proof stand in no message", async () => {
  const proof = createHmac("sha256", "app-s3cret").update(TOKEN).digest("hex");
  const message = `secret app-s3cret, proof ${proof}, token ${TOKEN}`;
  const { api } = numbers([refused(400, 133005, { message })], new Map(), "app-s3cret");
  const error = await failure(api.setPin("1", "987654"));
  expect(error.message).toContain("secret [secret], proof [secret], token [secret]");
  expect(error.message).not.toContain(proof.slice(0, 8));
});

test("a request gets 25 seconds, or what is left of the operation's time", async () => {
  const { api, pass, requests } = numbers([NODE, NODE, NODE, NODE]);
  await api.get("1");
  pass(20_000);
  await api.get("1");
  pass(10_500.5);
  await api.get("1");
  pass(24_000);
  await api.get("1");
  expect(requests.map(({ timeoutMs }) => timeoutMs)).toEqual([25_000, 25_000, 24_500, 500]);
});

test.each(["ENOTFOUND", "EAI_AGAIN"])("a host whose name is not found (%s) was never sent to", async (code) => {
  const notFound: unknown = (_host: string, _options: object, done: (error: Error) => void) =>
    process.nextTick(done, Object.assign(new Error(`getaddrinfo ${code} graph.invalid`), { code }));
  vi.spyOn(dns, "lookup").mockImplementation(notFound as typeof dns.lookup);
  const transport = createTransport({});
  onTestFinished(() => transport.close());
  const url = new URL("http://graph.invalid/v25.0/1");
  const error = await failure(transport.send({ method: "POST", url, headers: {}, body: "{}", timeoutMs: 5_000 }));
  expect(error).toBeInstanceOf(TransportError);
  expect(error).toMatchObject({ sent: false, message: `getaddrinfo ${code} graph.invalid` });
});

test.each([["LIMITED"], [null], [{ entities: null }], [{ entities: [{ id: 1 }] }]])(
  "health_status %j, which is not documented, does not break a read",
  async (health_status) => {
    const { api, requests } = numbers([json(200, { id: "1", status: "CONNECTED", health_status })]);
    const number = await api.get("1");
    expect(number).toMatchObject({ id: "1", status: "CONNECTED" });
    expect(number.health_status).toBeUndefined();
    expect(requests).toHaveLength(1);
  },
);

test("a webhook_configuration that is not documented does not break a read", async () => {
  const { api } = numbers([json(200, { id: "1", webhook_configuration: "none" })]);
  expect((await api.get("1")).id).toBe("1");
});

test.each([[null], [7], [{ details: 7 }], ["PIN mismatch"]])(
  "error_data %j does not change an error's class",
  async (error_data) => {
    const { api } = numbers([refused(400, 133005, { error_data })]);
    expect(await failure(api.register("1", "987654"))).toBeInstanceOf(PinMismatchError);
  },
);

test.each([
  ["its digits", (api: PhoneNumbers) => api.introduce("1", "+1 631-555-1111"), "+16315551111"],
  ["its id, while they are not known", () => undefined, "1"],
  [
    "the words that lead a command to it",
    (api: PhoneNumbers) => {
      api.introduce("1", "+1 631-555-1111");
      api.nameInCommands("1", "+16315551111 --stack dev");
    },
    "+16315551111 --stack dev",
  ],
])("the advice of a refusal names the number by %s", async (_what, tell, words) => {
  const { api } = numbers([refused(400, 136025)]);
  tell(api);
  expect((await failure(api.verifyCode("1", "123456"))).message).toContain(`npx waba code verify ${words}, or`);
});
