import { expect, test } from "vitest";
import { type Graph, startGraph, WABA } from "./emulator-client.ts";
import { gate, startReceiver, VERIFY_TOKEN, wellBehaved } from "./webhook-receiver.ts";

const EDGE = `/${WABA}/subscribed_apps`;
const APP = "670843887433847";
const OTHER_APP = "111222333";
const NOT_SUBSCRIBED =
  "(#100) Before override the current callback uri, your app must be subscribed to receive messages for WhatsApp Business Account";

function setting(url: string): { readonly override_callback_uri: string; readonly verify_token: string } {
  return { override_callback_uri: url, verify_token: VERIFY_TOKEN };
}

async function listed(graph: Graph): Promise<unknown> {
  return (await graph.get(EDGE)).body.data;
}

const app = {
  whatsapp_business_api_data: {
    id: APP,
    link: `https://www.facebook.com/games/?app_id=${APP}`,
    name: "Emulator App",
  },
};

test("the app is subscribed at the start, leaves, and comes back, each any number of times", async () => {
  const graph = await startGraph();
  expect((await graph.get(EDGE)).body).toEqual({ data: [app] });
  for (let call = 0; call < 2; call++) {
    expect((await graph.send("DELETE", EDGE)).body).toEqual({ success: true });
    expect((await graph.get(EDGE)).body).toEqual({ data: [] });
  }
  for (let call = 0; call < 2; call++) {
    expect((await graph.send("POST", EDGE)).body).toEqual({ success: true });
    expect((await graph.get(EDGE)).body).toEqual({ data: [app] });
  }
});

test("the accounts of a fleet are subscribed too", async () => {
  const graph = await startGraph({ numbers: 2, wabas: 2 });
  expect((await graph.get("/900001/subscribed_apps")).body).toEqual({ data: [app] });
});

test.each([
  ["JSON", (graph: Graph, url: string) => graph.post(EDGE, setting(url))],
  ["a form", (graph: Graph, url: string) => graph.send("POST", EDGE, { form: setting(url) })],
  ["the query", (graph: Graph, url: string) => graph.send("POST", `${EDGE}?${new URLSearchParams(setting(url))}`)],
])("an override of the account comes by %s, and a call without one clears it", async (_form, set) => {
  const graph = await startGraph();
  const receiver = await startReceiver();
  const { status, body } = await set(graph, receiver.url);
  expect([status, body]).toEqual([200, { success: true }]);
  expect(receiver.challenges().map(({ url }) => url.searchParams.get("hub.verify_token"))).toEqual([VERIFY_TOKEN]);
  expect(await listed(graph)).toEqual([{ ...app, override_callback_uri: receiver.url }]);
  await graph.send("POST", EDGE);
  expect(await listed(graph)).toEqual([app]);
  expect(receiver.received.length).toBe(1);
  expect(JSON.stringify([graph.emulator.state(), graph.emulator.requests()])).not.toContain(VERIFY_TOKEN);
});

test("an override in the call that would subscribe is refused, subscribes nothing and calls nobody", async () => {
  const graph = await startGraph();
  const receiver = await startReceiver();
  await graph.send("DELETE", EDGE);
  const { status, body } = await graph.post(EDGE, setting(receiver.url));
  expect(status).toBe(400);
  expect(body.error).toMatchObject({ code: 100, message: NOT_SUBSCRIBED });
  expect(receiver.received).toEqual([]);
  expect(await listed(graph)).toEqual([]);
});

test("a URL that fails the challenge leaves the override of before", async () => {
  const graph = await startGraph();
  const good = await startReceiver();
  const bad = await startReceiver((_request, response) => void response.end("no"));
  await graph.post(EDGE, setting(good.url));
  const { status, body } = await graph.post(EDGE, setting(bad.url));
  expect([status, body.error.code]).toEqual([400, 2201]);
  expect(await listed(graph)).toEqual([{ ...app, override_callback_uri: good.url }]);
});

test.each([
  ["a URI of 201 characters", { ...setting(`https://a.example/${"x".repeat(183)}`) }],
  ["http over a network", { ...setting("http://a.example/hook") }],
  ["no verify token", { override_callback_uri: "http://127.0.0.1:1" }],
  ["no URL", setting("hook")],
])("an override with %s is refused, and the one of before stays", async (_what, wrong) => {
  const graph = await startGraph();
  const receiver = await startReceiver();
  await graph.post(EDGE, setting(receiver.url));
  const { status, body } = await graph.post(EDGE, wrong);
  expect([status, body.error.code]).toEqual([400, 100]);
  expect(await listed(graph)).toEqual([{ ...app, override_callback_uri: receiver.url }]);
});

test("an override ends with the subscription", async () => {
  const graph = await startGraph();
  const receiver = await startReceiver();
  await graph.post(EDGE, setting(receiver.url));
  await graph.send("DELETE", EDGE);
  await graph.send("POST", EDGE);
  expect(await listed(graph)).toEqual([app]);
});

test("every app subscribes for itself", async () => {
  const graph = await startGraph();
  const receiver = await startReceiver();
  graph.emulator.addToken({ token: "other", appId: OTHER_APP });
  const other = { token: "other" };
  expect((await graph.post(EDGE, setting(receiver.url), other)).body.error.message).toBe(NOT_SUBSCRIBED);
  await graph.send("POST", EDGE, other);
  await graph.post(EDGE, setting(receiver.url), other);
  const named = {
    id: OTHER_APP,
    link: `https://www.facebook.com/games/?app_id=${OTHER_APP}`,
    name: `App ${OTHER_APP}`,
  };
  const subscribed = { whatsapp_business_api_data: named, override_callback_uri: receiver.url };
  expect(await listed(graph)).toEqual([app, subscribed]);
  await graph.send("POST", EDGE);
  expect(await listed(graph)).toEqual([app, subscribed]);
  await graph.send("DELETE", EDGE);
  expect(await listed(graph)).toEqual([subscribed]);
});

test("during a slow challenge another app subscribes, and both are there afterwards", async () => {
  const graph = await startGraph();
  const [asked, answer] = [gate(), gate()];
  const receiver = await startReceiver(async (request, response) => {
    asked.open();
    await answer.opened;
    await wellBehaved(request, response);
  });
  graph.emulator.addToken({ token: "other", appId: OTHER_APP });
  const slow = graph.post(EDGE, setting(receiver.url));
  await asked.opened;
  await graph.send("POST", EDGE, { token: "other" });
  answer.open();
  expect((await slow).status).toBe(200);
  expect(await listed(graph)).toEqual([
    { ...app, override_callback_uri: receiver.url },
    { whatsapp_business_api_data: expect.objectContaining({ id: OTHER_APP }) },
  ]);
});
