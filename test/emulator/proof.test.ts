import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import type { EmulatorOptions } from "../../emulator/index.ts";
import { CAKE_SHOP, type Graph, ICE_CREAM, type Reply, START, startGraph } from "./emulator-client.ts";

const SECRET = "a-secret-of-ours";
const TOKEN = "emulator-token";
const MISSING = "API calls from the server require an appsecret_proof argument";
const WRONG = "Invalid appsecret_proof provided in the API argument";

function hmac(text: string, secret = SECRET): string {
  return createHmac("sha256", secret).update(text).digest("hex");
}

function refusal({ status, body }: Reply): unknown {
  return status === 200 ? "ok" : [status, body.error.code, body.error.message];
}

const refused = (message: string) => [400, 100, message];

test("a proof is checked wherever it comes from: query, form and JSON", async () => {
  const graph = await startGraph({ appSecret: SECRET });
  const send = (proof: string): Promise<Reply>[] => [
    graph.get(`/${CAKE_SHOP}?appsecret_proof=${proof}`),
    graph.get(`/${CAKE_SHOP}?access_token=${TOKEN}&appsecret_proof=${proof}`, { token: null }),
    graph.post(`/${CAKE_SHOP}?appsecret_proof=${proof}`, { pin: "123456" }),
    graph.send("POST", `/${CAKE_SHOP}`, { form: { pin: "123456", appsecret_proof: proof } }),
    graph.post(`/${CAKE_SHOP}`, { pin: "123456", appsecret_proof: proof }),
  ];
  for (const reply of await Promise.all(send(hmac(TOKEN)))) expect(refusal(reply)).toBe("ok");
  for (const reply of await Promise.all(send(hmac(TOKEN, "another")))) {
    expect(refusal(reply)).toEqual(refused(WRONG));
    expect(reply.body.error).toMatchObject({ type: "GraphMethodException" });
  }
});

test.each([
  ["of another token", hmac("other")],
  ["in upper case", hmac(TOKEN).toUpperCase()],
  ["cut short", hmac(TOKEN).slice(0, -1)],
  ["that is no text", "[1]"],
])("a proof %s is refused, before the object is looked up, and changes nothing", async (_what, proof) => {
  const graph = await startGraph({ appSecret: SECRET });
  const before = graph.emulator.state();
  const reply = await graph.post(`/${CAKE_SHOP}?appsecret_proof=${proof}`, { pin: "000000" });
  expect(refusal(reply)).toEqual(refused(WRONG));
  expect(refusal(await graph.get(`/404404404?appsecret_proof=${proof}`))).toEqual(refused(WRONG));
  expect(graph.emulator.state()).toEqual(before);
});

test("a token that does not work is refused before its proof", async () => {
  const graph = await startGraph({ appSecret: SECRET, requireProof: true });
  expect((await graph.get(`/${CAKE_SHOP}?appsecret_proof=wrong`, { token: "nobody" })).body.error.code).toBe(190);
  expect((await graph.get(`/${CAKE_SHOP}`, { token: null })).body.error.code).toBe(104);
});

test.each<[EmulatorOptions, string | undefined, unknown]>([
  [{}, undefined, "ok"],
  [{}, "wrong", "ok"],
  [{ appSecret: SECRET }, undefined, "ok"],
  [{ appSecret: SECRET }, "wrong", refused(WRONG)],
  [{ requireProof: true }, undefined, refused(MISSING)],
  [{ requireProof: true }, "", refused(MISSING)],
  [{ requireProof: true }, "wrong", refused(WRONG)],
  [{ requireProof: true }, hmac(TOKEN, "emulator-app-secret"), "ok"],
  [{ requireProof: true, appSecret: SECRET }, hmac(TOKEN), "ok"],
  [{ requireProof: true, appSecret: SECRET }, hmac(TOKEN, "emulator-app-secret"), refused(WRONG)],
])("with the options %j the proof %j is answered with %j", async (options, proof, expected) => {
  const graph = await startGraph(options);
  const query = proof === undefined ? "" : `?appsecret_proof=${proof}`;
  expect(refusal(await graph.get(`/${CAKE_SHOP}${query}`))).toEqual(expected);
});

test.each([
  [-301, false],
  [-300, true],
  [0, true],
  [300, true],
  [301, false],
])("a proof with a time %d seconds from now is taken: %j", async (offset, taken) => {
  const graph = await startGraph({ appSecret: SECRET });
  const time = START / 1000 + offset;
  const query = `appsecret_proof=${hmac(`${TOKEN}|${time}`)}&appsecret_time=${time}`;
  expect(refusal(await graph.get(`/${CAKE_SHOP}?${query}`))).toEqual(taken ? "ok" : refused(WRONG));
});

test("the time is part of what is proven, follows the emulator's clock, and comes as a JSON number too", async () => {
  const graph = await startGraph({ appSecret: SECRET });
  const time = START / 1000;
  const proof = hmac(`${TOKEN}|${time}`);
  const get = (query: string) => graph.get(`/${CAKE_SHOP}?${query}`).then(refusal);
  expect(await get(`appsecret_proof=${hmac(TOKEN)}&appsecret_time=${time}`)).toEqual(refused(WRONG));
  expect(await get(`appsecret_proof=${proof}&appsecret_time=${time + 1}`)).toEqual(refused(WRONG));
  expect(await get(`appsecret_proof=${proof}`)).toEqual(refused(WRONG));
  expect(await get(`appsecret_proof=${hmac(`${TOKEN}|now`)}&appsecret_time=now`)).toEqual(refused(WRONG));
  const post = () => graph.post(`/${CAKE_SHOP}`, { pin: "123456", appsecret_proof: proof, appsecret_time: time });
  expect(refusal(await post())).toBe("ok");
  graph.emulator.advanceClock(301);
  expect(refusal(await post())).toEqual(refused(WRONG));
});

test("tokens of other apps and the token of the app itself need no proof", async () => {
  const graph = await startGraph({ requireProof: true, appSecret: SECRET, tokens: [{ token: "t", appId: "4711" }] });
  expect((await graph.get(`/${CAKE_SHOP}`, { token: "t" })).status).toBe(200);
  const itself = await graph.get("/debug_token?input_token=emulator-token", { token: `670843887433847|${SECRET}` });
  expect(itself.status).toBe(200);
});

async function batch(graph: Graph, json: object): Promise<unknown[]> {
  const { body } = await graph.post("/", json);
  const items = body as unknown as readonly { readonly code: number; readonly body: string }[];
  return items.map(({ code, body: text }) => (code === 200 ? "ok" : JSON.parse(text).error.message));
}

test("in a batch the proof of the whole goes for items with its token; an item with its own token brings its own", async () => {
  const graph = await startGraph({ requireProof: true, appSecret: SECRET, tokens: ["second"] });
  const items = [
    { method: "GET", relative_url: CAKE_SHOP },
    { method: "POST", relative_url: CAKE_SHOP, body: "pin=123456" },
    { method: "GET", relative_url: `${ICE_CREAM}?access_token=second` },
    { method: "GET", relative_url: `${ICE_CREAM}?access_token=second&appsecret_proof=${hmac("second")}` },
    { method: "GET", relative_url: `${ICE_CREAM}?appsecret_proof=${hmac("second")}` },
  ];
  expect(await batch(graph, { batch: items, appsecret_proof: hmac(TOKEN) })).toEqual([
    "ok",
    "ok",
    MISSING,
    "ok",
    WRONG,
  ]);
  expect(refusal(await graph.post("/", { batch: items }))).toEqual(refused(MISSING));
  expect(refusal(await graph.post("/", { batch: items, appsecret_proof: "wrong" }))).toEqual(refused(WRONG));
});

test("neither proofs nor secrets stand in the log", async () => {
  const graph = await startGraph({ appSecret: SECRET });
  await graph.get(`/${CAKE_SHOP}?appsecret_proof=${hmac(TOKEN)}`);
  const text = JSON.stringify(graph.emulator.requests());
  expect(text).not.toContain(hmac(TOKEN));
  expect(text).not.toContain(SECRET);
  expect(text).toContain("[redacted]");
});
