import { expect, test } from "vitest";
import type { Emulator } from "../../emulator/index.ts";
import { startPrivateServer } from "../support/private-certificates.ts";
import { CAKE_SHOP, type Graph, ICE_CREAM, kept, type Reply, startGraph, WABA } from "./emulator-client.ts";
import { gate, type Receiver, startReceiver, VERIFY_TOKEN, wellBehaved } from "./webhook-receiver.ts";

const SHOWN = `/${CAKE_SHOP}?fields=webhook_configuration`;
const NOT_SUBSCRIBED =
  "(#100) Before override the current callback uri, your app must be subscribed to receive messages for WhatsApp Business Account";

function setting(url: string, more: object = {}): { readonly webhook_configuration: object } {
  return { webhook_configuration: { override_callback_uri: url, verify_token: VERIFY_TOKEN, ...more } };
}

async function shown(graph: Graph): Promise<unknown> {
  return (await graph.get(SHOWN)).body.webhook_configuration;
}

function unsubscribe(graph: Graph): Promise<Reply> {
  return graph.send("DELETE", `/${WABA}/subscribed_apps`);
}

function traces({ state, requests, webhooks }: Emulator): string {
  return JSON.stringify([state(), requests(), webhooks()]);
}

const text = (url: string) => JSON.stringify(setting(url).webhook_configuration);
const query = (url: string) => new URLSearchParams({ webhook_configuration: text(url) });

test.each<[string, (graph: Graph, url: string) => Promise<Reply>]>([
  ["JSON", (graph, url) => graph.post(`/${CAKE_SHOP}`, setting(url))],
  ["JSON text in JSON", (graph, url) => graph.post(`/${CAKE_SHOP}`, { webhook_configuration: text(url) })],
  [
    "JSON text in a form",
    (graph, url) => graph.send("POST", `/${CAKE_SHOP}`, { form: Object.fromEntries(query(url)) }),
  ],
  ["JSON text in the query", (graph, url) => graph.send("POST", `/v25.0/${CAKE_SHOP}/?${query(url)}`)],
  [
    "a batch",
    (graph, url) =>
      graph.post("/", { batch: [{ method: "POST", relative_url: CAKE_SHOP, body: query(url).toString() }] }),
  ],
])("an override comes as %s, is proven during the call, and is shown", async (_form, set) => {
  const graph = await startGraph();
  const receiver = await startReceiver();
  const reply = await set(graph, receiver.url);
  expect(reply.status).toBe(200);
  expect(reply.text).toMatch(/success\\?":true/);
  expect(receiver.challenges().map(({ url }) => Object.fromEntries(url.searchParams))).toEqual([
    {
      "hub.mode": "subscribe",
      "hub.challenge": expect.stringMatching(/^[1-9]\d+$/),
      "hub.verify_token": VERIFY_TOKEN,
    },
  ]);
  expect(await shown(graph)).toEqual({ phone_number: receiver.url });
  expect((await graph.get(`/${ICE_CREAM}?fields=webhook_configuration`)).body).toEqual({ id: ICE_CREAM });
  expect(traces(graph.emulator)).not.toContain(VERIFY_TOKEN);
});

test("a query that the URL has of its own stays", async () => {
  const graph = await startGraph();
  const receiver = await startReceiver();
  const url = `${receiver.url}?tenant=a%20b`;
  expect((await graph.post(`/${CAKE_SHOP}`, setting(url))).status).toBe(200);
  expect(receiver.challenges()[0]?.url.searchParams.get("tenant")).toBe("a b");
  expect(await shown(graph)).toEqual({ phone_number: url });
});

test("two runs ask for the same challenges, and one run never twice for the same", async () => {
  const asked = async () => {
    const graph = await startGraph();
    const receiver = await startReceiver();
    for (let call = 0; call < 2; call++) await graph.post(`/${CAKE_SHOP}`, setting(receiver.url));
    return receiver.challenges().map(({ url }) => url.searchParams.get("hub.challenge"));
  };
  const first = await asked();
  expect(new Set(first).size).toBe(2);
  expect(await asked()).toEqual(first);
});

test("before the app is subscribed an override is refused as Meta does, and nobody is called", async () => {
  const graph = await startGraph();
  const receiver = await startReceiver();
  await unsubscribe(graph);
  const before = graph.emulator.state();
  const { status, body } = await graph.post(`/${CAKE_SHOP}`, { ...setting(receiver.url), pin: "000000" });
  expect(status).toBe(400);
  expect(body.error).toEqual({
    message: NOT_SUBSCRIBED,
    type: "OAuthException",
    code: 100,
    fbtrace_id: expect.any(String),
  });
  expect(receiver.received).toEqual([]);
  expect(graph.emulator.state()).toEqual(before);
  expect(graph.emulator.requests().requests.at(-1)).toMatchObject({ route: "/{PNID}", status: 400 });
  await graph.post(`/${WABA}/subscribed_apps`);
  expect((await graph.post(`/${CAKE_SHOP}`, setting(receiver.url))).status).toBe(200);
});

test.each([
  ["with the app subscribed", true],
  ["with no app subscribed", false],
])("an empty URI takes the override away, %s, and nobody is called", async (_how, subscribed) => {
  const graph = await startGraph();
  const receiver = await startReceiver();
  await graph.post(`/${CAKE_SHOP}`, setting(receiver.url));
  if (!subscribed) await unsubscribe(graph);
  const { status, body } = await graph.post(`/${CAKE_SHOP}`, { webhook_configuration: { override_callback_uri: "" } });
  expect([status, body]).toEqual([200, { success: true }]);
  expect(receiver.received.length).toBe(1);
  expect((await graph.get(SHOWN)).body).toEqual({ id: CAKE_SHOP });
});

const LONGEST = `https://a.example/${"x".repeat(200 - "https://a.example/".length)}`;

test.each<[string, unknown, string]>([
  ["201 characters", setting(`${LONGEST}x`).webhook_configuration, "at most 200 characters - got 201 characters"],
  ["no URL", setting("a.example/hook").webhook_configuration, "must be a valid URL"],
  ["no host", setting("https://").webhook_configuration, "must be a valid URL"],
  ["another scheme", setting("ftp://a.example/hook").webhook_configuration, "must be a valid URL"],
  ["http over a network", setting("http://a.example/hook").webhook_configuration, "must be an https URL"],
  ["no verify token", { override_callback_uri: "http://127.0.0.1:1" }, "The parameter verify_token is required."],
  ["an empty verify token", setting("http://127.0.0.1:1", { verify_token: "" }).webhook_configuration, "is required."],
  ["no URI", { verify_token: VERIFY_TOKEN }, "The parameter webhook_configuration[override_callback_uri] is required."],
  ["a list", [VERIFY_TOKEN], "Param webhook_configuration must be a JSON object"],
  ["broken JSON", `{"verify_token":"${VERIFY_TOKEN}`, "Param webhook_configuration must be a JSON object"],
  [
    "a verify token of another type",
    { override_callback_uri: "http://127.0.0.1:1", verify_token: { a: VERIFY_TOKEN } },
    "Param verify_token must be a string",
  ],
])(
  "a configuration with %s is refused, repeats no token and changes nothing",
  async (_what, configuration, message) => {
    const graph = await startGraph();
    const before = graph.emulator.state();
    const reply = await graph.post(`/${CAKE_SHOP}`, { webhook_configuration: configuration, pin: "000000" });
    expect(reply.status).toBe(400);
    expect(reply.body.error.code).toBe(100);
    expect(reply.body.error.message).toContain(message);
    expect(reply.text).not.toContain(VERIFY_TOKEN);
    expect(graph.emulator.state()).toEqual(before);
    expect(traces(graph.emulator)).not.toContain(VERIFY_TOKEN);
  },
);

test("200 characters are not too many: such a URL is called", async () => {
  const graph = await startGraph();
  const receiver = await startReceiver();
  const url = `${receiver.url}/${"x".repeat(200 - receiver.url.length - 1)}`;
  expect(url.length).toBe(200);
  expect((await graph.post(`/${CAKE_SHOP}`, setting(url))).status).toBe(200);
});

const challengeOf = (url: URL) => url.searchParams.get("hub.challenge") ?? "";

test.each<[string, Parameters<typeof startReceiver>[0], number, string]>([
  [
    "answers 404",
    (_request, response) => void response.writeHead(404).end(),
    2200,
    "HTTP Status Code = 404; HTTP Message = Not Found",
  ],
  ["answers 204", (_request, response) => void response.writeHead(204).end(), 2200, "HTTP Status Code = 204"],
  [
    "redirects",
    ({ url }, response) => {
      if (url.pathname === "/hook") response.writeHead(302, { location: `/elsewhere?${url.searchParams}` }).end();
      else response.end(challengeOf(url));
    },
    2200,
    "HTTP Status Code = 302; HTTP Message = Found",
  ],
  [
    "knows another token",
    (request, response) => {
      request.url.searchParams.set("hub.verify_token", "another");
      return wellBehaved(request, response);
    },
    2200,
    "HTTP Status Code = 403; HTTP Message = Forbidden",
  ],
  ["cuts the connection", (_request, response) => void response.destroy(), 2200, "curl_errno = 56"],
  ["never answers", () => undefined, 2200, "curl_errno = 28; curl_error = Connection timed out after 60 milliseconds"],
  [
    "never ends its answer",
    (_request, response) => void response.writeHead(200, { "content-length": 100 }).write("1"),
    2200,
    "curl_errno = 28",
  ],
  ["answers a page", (_request, response) => void response.end("<!DOCTYPE html>"), 2201, 'received="<!DOCTYPE html>"'],
  [
    "adds a line end",
    ({ url }, response) => void response.end(`${challengeOf(url)}\n`),
    2201,
    "does not match challenge",
  ],
  ["answers without end", (_request, response) => void response.write("1".repeat(70_000)), 2201, 'received="111'],
  ["repeats the query", ({ url }, response) => void response.end(url.search), 2201, "hub.verify_token=[redacted]"],
])("a URL that %s is refused with its reason, and nothing changes", async (_how, answer, code, message) => {
  const graph = await startGraph({ webhook: { timeoutMs: message.includes("errno = 28") ? 60 : 10_000 } });
  const receiver = await startReceiver(answer);
  const before = graph.emulator.state();
  const reply = await graph.post(`/${CAKE_SHOP}`, { ...setting(receiver.url), pin: "000000" });
  expect(reply.status).toBe(400);
  expect(reply.body.error).toMatchObject({ code, type: "OAuthException", message: expect.stringContaining(message) });
  expect(reply.body.error.message).toMatch(/^\(#220[01]\) (Callback verification failed|response does not match)/);
  expect(receiver.received.length).toBe(1);
  expect(reply.text + reply.headers.get("www-authenticate")).not.toContain(VERIFY_TOKEN);
  expect(graph.emulator.state()).toEqual(before);
  expect(traces(graph.emulator)).not.toContain(VERIFY_TOKEN);
});

test("a verify token with characters that a query changes is struck out of a page that repeats it, too", async () => {
  const graph = await startGraph();
  const token = "s3cret & more/+é";
  const receiver = await startReceiver(({ url }, response) => void response.end(url.search));
  const reply = await graph.post(`/${CAKE_SHOP}`, setting(receiver.url, { verify_token: token }));
  expect(reply.body.error.code).toBe(2201);
  expect(reply.text).not.toContain("s3cret");
});

test("a URL where nobody listens is refused", async () => {
  const graph = await startGraph();
  const { body } = await graph.post(`/${CAKE_SHOP}`, setting("http://127.0.0.1:1/hook"));
  expect(body.error.code).toBe(2200);
  expect(body.error.message).toContain("curl_errno = 7;");
});

test("a URL whose certificate nobody vouches for is refused, and told nothing", async () => {
  const graph = await startGraph();
  const { url, requests } = await startPrivateServer();
  const { body } = await graph.post(`/${CAKE_SHOP}`, setting(`${url}/hook`));
  expect(body.error.code).toBe(2200);
  expect(body.error.message).toContain("curl_errno = 60; curl_error = SSL certificate problem: unable to ");
  expect(requests()).toBe(0);
});

test("a failed override leaves the one of before", async () => {
  const graph = await startGraph();
  const good = await startReceiver();
  const bad = await startReceiver((_request, response) => void response.writeHead(500).end());
  await graph.post(`/${CAKE_SHOP}`, setting(good.url));
  expect((await graph.post(`/${CAKE_SHOP}`, setting(bad.url))).body.error.code).toBe(2200);
  expect(await shown(graph)).toEqual({ phone_number: good.url });
});

test("a call whose URL fails counts, and another reason to refuse it goes first", async () => {
  const graph = await startGraph();
  const slow = await startSlow((_request, response) => void response.writeHead(500).end());
  const call = graph.post(`/${CAKE_SHOP}`, setting(slow.receiver.url));
  await slow.asked;
  graph.emulator.deleteNumber(CAKE_SHOP);
  slow.answer();
  expect((await call).body.error).toMatchObject({ code: 100, error_subcode: 33 });
  expect((await graph.post(`/${ICE_CREAM}`, setting(slow.receiver.url))).body.error.code).toBe(2200);
  expect((await graph.control("GET", "usage")).body.usage).toEqual([expect.objectContaining({ calls: 2 })]);
});

test("a wrong key beside a good override refuses both", async () => {
  const graph = await startGraph();
  const receiver = await startReceiver();
  const { body } = await graph.post(`/${CAKE_SHOP}`, { ...setting(receiver.url), pin: "12345" });
  expect(body.error.message).toContain("pin");
  expect(await shown(graph)).toBeUndefined();
});

test("every level is shown, and those that are unset are left out", async () => {
  const application = "https://app.example/hook";
  const graph = await startGraph({ webhook: { url: application } });
  const [account, number] = [await startReceiver(), await startReceiver()];
  expect(await shown(graph)).toEqual({ application });
  await graph.post(`/${WABA}/subscribed_apps`, setting(account.url).webhook_configuration);
  expect(await shown(graph)).toEqual({ application, whatsapp_business_account: account.url });
  await graph.post(`/${CAKE_SHOP}`, setting(number.url));
  expect(await shown(graph)).toEqual({
    application,
    whatsapp_business_account: account.url,
    phone_number: number.url,
  });
  const list = await graph.get(`/${WABA}/phone_numbers?fields=webhook_configuration{phone_number}`);
  expect(list.body.data.find(({ id }) => id === CAKE_SHOP)?.webhook_configuration).toEqual({
    phone_number: number.url,
  });
});

test("an override leaves what else was patched into the field", async () => {
  const graph = await startGraph();
  const receiver = await startReceiver();
  const application = "https://app.example/hook";
  graph.emulator.patchNumber(CAKE_SHOP, { webhook_configuration: { application } });
  await graph.post(`/${CAKE_SHOP}`, setting(receiver.url));
  expect(await shown(graph)).toEqual({ phone_number: receiver.url, application });
});

/** One that answers the challenge when it is told to. */
async function startSlow(
  then = wellBehaved,
): Promise<{ receiver: Receiver; asked: Promise<void>; answer: () => void }> {
  const [asked, answer] = [gate(), gate()];
  const receiver = await startReceiver(async (request, response) => {
    asked.open();
    await answer.opened;
    await then(request, response);
  });
  return { receiver, asked: asked.opened, answer: answer.open };
}

test("during a slow challenge others write the number, and nothing of theirs is lost", async () => {
  const graph = await startGraph();
  const slow = await startSlow();
  const fast = await startReceiver();
  const first = graph.post(`/${CAKE_SHOP}`, { ...setting(slow.receiver.url), new_display_name: "Slow Cakes" });
  await slow.asked;
  expect((await graph.post(`/${CAKE_SHOP}`, { ...setting(fast.url), pin: "654321" })).status).toBe(200);
  expect(await shown(graph)).toEqual({ phone_number: fast.url });
  expect((await graph.get(`/${CAKE_SHOP}?fields=new_display_name`)).body).toEqual({ id: CAKE_SHOP });
  slow.answer();
  expect((await first).status).toBe(200);
  expect(await shown(graph)).toEqual({ phone_number: slow.receiver.url });
  expect(kept(graph, CAKE_SHOP)).toMatchObject({ pin: "654321", new_display_name: "Slow Cakes" });
});

test("what changes during a slow challenge counts: the number is gone, the app unsubscribed, the rules met meanwhile", async () => {
  const graph = await startGraph();
  const [one, two, three] = [await startSlow(), await startSlow(), await startSlow()];
  const deleted = graph.post(`/${ICE_CREAM}`, setting(one.receiver.url));
  const unsubscribed = graph.post(`/${CAKE_SHOP}`, { ...setting(two.receiver.url), pin: "654321" });
  const renamed = graph.post(`/${CAKE_SHOP}`, { ...setting(three.receiver.url), new_display_name: "Two Cakes" });
  await Promise.all([one.asked, two.asked, three.asked]);
  graph.emulator.deleteNumber(ICE_CREAM);
  one.answer();
  expect((await deleted).body.error).toMatchObject({ code: 100, error_subcode: 33 });
  await graph.post(`/${CAKE_SHOP}`, { new_display_name: "One Cake" });
  three.answer();
  expect((await renamed).body.error.code).toBe(100);
  expect(await shown(graph)).toBeUndefined();
  await unsubscribe(graph);
  two.answer();
  expect((await unsubscribed).body.error.message).toBe(NOT_SUBSCRIBED);
  expect(kept(graph, CAKE_SHOP)).toMatchObject({ pin: "123456", new_display_name: "One Cake" });
  expect(await shown(graph)).toBeUndefined();
});

test("a fault before the effect calls nobody, one after it has the override set", async () => {
  const graph = await startGraph();
  const receiver = await startReceiver();
  const match = { method: "POST", path: "/{PNID}" };
  for (const fault of [{ status: 503 }, { drop: "before" }] as const) {
    graph.emulator.addFault({ match: { method: "POST" }, ...fault });
    await graph.post(`/${CAKE_SHOP}`, setting(receiver.url)).catch(() => undefined);
  }
  expect(receiver.received).toEqual([]);
  graph.emulator.addFault({ match: { method: match.method }, drop: "after" });
  await expect(graph.post(`/${CAKE_SHOP}`, setting(receiver.url))).rejects.toThrow();
  expect(await shown(graph)).toEqual({ phone_number: receiver.url });
});

test("closing does not wait for a challenge", async () => {
  const graph = await startGraph();
  const slow = await startSlow();
  const call = graph.post(`/${CAKE_SHOP}`, setting(slow.receiver.url));
  const lost = expect(call).rejects.toThrow();
  await slow.asked;
  await graph.emulator.close();
  await lost;
  expect(kept(graph, CAKE_SHOP).webhook_configuration).toBeUndefined();
});
