import { createHmac } from "node:crypto";
import { expect, test, vi } from "vitest";
import type { EmulatorOptions } from "../../emulator/index.ts";
import { startEmulator } from "../../emulator/index.ts";
import { createRandom } from "../../emulator/random.ts";
import { Deliveries } from "../../emulator/webhooks/deliveries.ts";
import { CAKE_SHOP, type Graph, ICE_CREAM, START, startGraph, WABA } from "./emulator-client.ts";
import { gate, type Receiver, startReceiver, VERIFY_TOKEN, wellBehaved } from "./webhook-receiver.ts";

const CAKE_DIGITS = "16315551111";
const REMOVED = { wabaId: WABA, field: "account_update", value: { event: "PARTNER_REMOVED" } };

interface Setup {
  readonly graph: Graph;
  readonly receiver: Receiver;
}

/** An app with a callback URL; a failed attempt is not repeated unless a test wants it. */
async function startApp(
  answer?: Parameters<typeof startReceiver>[0],
  webhook: EmulatorOptions["webhook"] = {},
  options: EmulatorOptions = {},
): Promise<Setup> {
  const receiver = await startReceiver(answer);
  const graph = await startGraph({ webhook: { url: receiver.url, retryDelaysMs: [], ...webhook }, ...options });
  return { graph, receiver };
}

function messageTo(number: string, text = "hi"): Parameters<Graph["emulator"]["sendWebhook"]>[0] {
  const metadata = { display_phone_number: CAKE_DIGITS, phone_number_id: number };
  return { wabaId: WABA, field: "messages", value: { messaging_product: "whatsapp", metadata, text } };
}

function outcomes({ graph }: Setup) {
  return graph.emulator.webhooks().deliveries.map(({ outcome, status, attempts }) => ({ outcome, status, attempts }));
}

async function override(graph: Graph, level: "number" | "account", url: string): Promise<void> {
  const setting = { override_callback_uri: url, verify_token: VERIFY_TOKEN };
  const reply =
    level === "number"
      ? await graph.post(`/${CAKE_SHOP}`, { webhook_configuration: setting })
      : await graph.post(`/${WABA}/subscribed_apps`, setting);
  expect(reply.status).toBe(200);
}

function sign(text: string, secret: string): string {
  return `sha256=${createHmac("sha256", secret).update(text).digest("hex")}`;
}

test("an event comes as Meta writes it, signed, at the emulator's time in seconds", async () => {
  const { graph, receiver } = await startApp();
  graph.emulator.advanceClock(1.9);
  expect(graph.emulator.sendWebhook(REMOVED)).toEqual({ urls: [receiver.url] });
  await graph.emulator.webhooksSettled();
  const [request] = receiver.received;
  expect(request?.method).toBe("POST");
  expect(request?.headers["content-type"]).toBe("application/json");
  expect(request?.text).toBe(
    `{"object":"whatsapp_business_account","entry":[{"id":"${WABA}","time":${START / 1000 + 1},` +
      `"changes":[{"field":"account_update","value":{"event":"PARTNER_REMOVED"}}]}]}`,
  );
  expect(request?.headers["x-hub-signature-256"]).toBe(sign(request?.text ?? "", "emulator-app-secret"));
  expect(receiver.received.length).toBe(1);
});

test("the signature is by the app's secret over the bytes that come, where other than ASCII is escaped", async () => {
  const { graph, receiver } = await startApp(undefined, {}, { appSecret: "hush-hush" });
  graph.emulator.sendWebhook(messageTo(CAKE_SHOP, "Grüße 🎂\n\u007f"));
  await graph.emulator.webhooksSettled();
  const request = receiver.received[0];
  expect(request?.text).toContain("Gr\\u00fc\\u00dfe \\ud83c\\udf82\\n\\u007f");
  expect(request?.headers["x-hub-signature-256"]).toBe(sign(request?.text ?? "", "hush-hush"));
  expect(receiver.messages()[0]?.entry[0]?.changes[0]?.value.text).toBe("Grüße 🎂\n\u007f");
  const { state, requests, webhooks } = graph.emulator;
  expect(JSON.stringify([state(), requests(), webhooks()])).not.toContain("hush-hush");
});

test("a review of a name tells the app, by bare digits", async () => {
  const { graph, receiver } = await startApp();
  await graph.post(`/${CAKE_SHOP}`, { new_display_name: "Cake Palace" });
  graph.emulator.reviewName(CAKE_SHOP, "APPROVED");
  await graph.emulator.webhooksSettled();
  expect(receiver.messages().map(({ entry }) => entry[0]?.changes[0])).toEqual([
    {
      field: "phone_number_name_update",
      value: expect.objectContaining({
        display_phone_number: CAKE_DIGITS,
        decision: "APPROVED",
        requested_verified_name: "Cake Palace",
      }),
    },
  ]);
});

type Level = "number" | "account" | "app";

test.each<[string, readonly Level[], string, Level | undefined]>([
  ["messages", ["number", "account", "app"], CAKE_SHOP, "number"],
  ["messages", ["account", "app"], CAKE_SHOP, "account"],
  ["messages", ["number", "account", "app"], ICE_CREAM, "account"],
  ["messages", ["number", "app"], ICE_CREAM, "app"],
  ["messages", ["app"], CAKE_SHOP, "app"],
  ["messages", ["number"], ICE_CREAM, undefined],
  ["calls", ["number", "account", "app"], CAKE_SHOP, "number"],
  ["account_settings_update", ["account", "app"], CAKE_SHOP, "account"],
  ["smb_app_state_sync", ["account", "app"], CAKE_SHOP, "account"],
  ["message_template_status_update", ["number", "account", "app"], CAKE_SHOP, "app"],
  ["account_update", ["number", "account", "app"], CAKE_SHOP, "app"],
  ["phone_number_name_update", ["number", "account", "app"], CAKE_SHOP, "app"],
  ["phone_number_quality_update", ["number", "account"], CAKE_SHOP, "number"],
  ["account_update", ["account"], CAKE_SHOP, "account"],
  ["account_update", [], CAKE_SHOP, undefined],
])("%s with addresses of %j, about number %s, goes to: %s", async (field, levels, number, expected) => {
  const receivers = { number: await startReceiver(), account: await startReceiver(), app: await startReceiver() };
  const graph = await startGraph(levels.includes("app") ? { webhook: { url: receivers.app.url } } : {});
  for (const level of ["number", "account"] as const) {
    if (levels.includes(level)) await override(graph, level, receivers[level].url);
  }
  const { urls } = graph.emulator.sendWebhook({ ...messageTo(number), field });
  await graph.emulator.webhooksSettled();
  expect(urls).toEqual(expected === undefined ? [] : [receivers[expected].url]);
  const got = Object.entries(receivers).filter(([, { messages }]) => messages().length > 0);
  expect(got.map(([level]) => level)).toEqual(expected === undefined ? [] : [expected]);
});

test("an event that names only digits finds its number, in its own account", async () => {
  const receiver = await startReceiver();
  const graph = await startGraph();
  await override(graph, "number", receiver.url);
  const value = { display_phone_number: "+1 631-555-1111" };
  const field = "phone_number_name_update";
  expect(graph.emulator.sendWebhook({ wabaId: WABA, field, value }).urls).toEqual([receiver.url]);
  const other = { display_phone_number: "16315552222" };
  expect(graph.emulator.sendWebhook({ wabaId: WABA, field, value: other }).urls).toEqual([]);
});

test("an override that is patched into a number counts as one that was set", async () => {
  const { graph, receiver } = await startApp();
  const patched = await startReceiver();
  graph.emulator.patchNumber(CAKE_SHOP, { webhook_configuration: { phone_number: patched.url } });
  expect(graph.emulator.sendWebhook(messageTo(CAKE_SHOP)).urls).toEqual([patched.url]);
  await graph.emulator.webhooksSettled();
  expect([patched.fields(), receiver.fields()]).toEqual([["messages"], []]);
});

test("without a subscription nothing comes, and the overrides of numbers are back with it", async () => {
  const { graph, receiver } = await startApp();
  const number = await startReceiver();
  await override(graph, "number", number.url);
  await graph.send("DELETE", `/${WABA}/subscribed_apps`);
  expect(graph.emulator.sendWebhook(messageTo(CAKE_SHOP))).toEqual({ urls: [] });
  expect(graph.emulator.sendWebhook(REMOVED)).toEqual({ urls: [] });
  expect(graph.emulator.webhooks()).toEqual({ deliveries: [] });
  await graph.send("POST", `/${WABA}/subscribed_apps`);
  graph.emulator.sendWebhook(messageTo(CAKE_SHOP));
  graph.emulator.sendWebhook(REMOVED);
  await graph.emulator.webhooksSettled();
  expect([number.fields(), receiver.fields()]).toEqual([["messages"], ["account_update"]]);
});

test("another app gets its events at its override only, and one address gets an event once", async () => {
  const { graph, receiver } = await startApp();
  const other = await startReceiver();
  graph.emulator.addToken({ token: "other", appId: "111222333" });
  await graph.send("POST", `/${WABA}/subscribed_apps`, { token: "other" });
  expect(graph.emulator.sendWebhook(messageTo(CAKE_SHOP)).urls).toEqual([receiver.url]);
  const setting = { override_callback_uri: other.url, verify_token: VERIFY_TOKEN };
  await graph.post(`/${WABA}/subscribed_apps`, setting, { token: "other" });
  expect(graph.emulator.sendWebhook(messageTo(CAKE_SHOP)).urls).toEqual([receiver.url, other.url]);
  await override(graph, "account", other.url);
  expect(graph.emulator.sendWebhook(messageTo(CAKE_SHOP)).urls).toEqual([other.url]);
  await graph.send("POST", `/${WABA}/subscribed_apps`, { token: "other" });
  await graph.send("DELETE", `/${WABA}/subscribed_apps`);
  expect(graph.emulator.sendWebhook(messageTo(CAKE_SHOP)).urls).toEqual([]);
});

test("a number that is in two accounts has an override in one, and an account of a seed may have no app", async () => {
  const receiver = await startReceiver();
  const phone_number = `+${CAKE_DIGITS}`;
  const seed = {
    wabas: [{ id: "1001" }, { id: "1002" }, { id: "1003", subscribed_apps: [] }],
    phone_numbers: ["1001", "1002", "1003"].map((waba_id) => ({ id: `2${waba_id}`, waba_id, phone_number })),
  };
  const graph = await startGraph({ seed });
  graph.emulator.patchNumber("21001", { webhook_configuration: { phone_number: receiver.url } });
  graph.emulator.patchNumber("21003", { webhook_configuration: { phone_number: receiver.url } });
  const sent = (wabaId: string, value: { readonly [name: string]: string | object }) =>
    graph.emulator.sendWebhook({ wabaId, field: "messages", value: value as never }).urls;
  for (const value of [{ display_phone_number: CAKE_DIGITS }, { metadata: { phone_number_id: "21001" } }]) {
    expect(sent("1001", value)).toEqual([receiver.url]);
    expect(sent("1002", value)).toEqual([]);
  }
  expect(sent("1003", { display_phone_number: CAKE_DIGITS })).toEqual([]);
});

test("an app that chose its fields gets no others, at an override neither", async () => {
  const { graph, receiver } = await startApp(undefined, { fields: ["account_update"] });
  const number = await startReceiver();
  await override(graph, "number", number.url);
  expect(graph.emulator.sendWebhook(messageTo(CAKE_SHOP)).urls).toEqual([]);
  expect(graph.emulator.sendWebhook(REMOVED).urls).toEqual([receiver.url]);
});

test("a URL that does not answer holds up neither the API nor other URLs, and its own events wait in order", async () => {
  const first = gate();
  const { graph, receiver } = await startApp(async (request, response) => {
    if (receiver.messages().length === 1) await first.opened;
    await wellBehaved(request, response);
  });
  const other = await startReceiver();
  await override(graph, "number", other.url);
  for (const event of ["ACCOUNT_DELETED", "DISABLED_UPDATE", "PARTNER_ADDED"]) {
    graph.emulator.sendWebhook({ ...REMOVED, value: { event } });
  }
  graph.emulator.sendWebhook(messageTo(CAKE_SHOP));
  await vi.waitUntil(() => other.messages().length === 1 && receiver.messages().length === 1);
  expect((await graph.get(`/${CAKE_SHOP}`)).status).toBe(200);
  expect(graph.emulator.webhooks().deliveries.map(({ outcome }) => outcome)).toEqual([
    "pending",
    "pending",
    "pending",
    "delivered",
  ]);
  expect(receiver.messages().length).toBe(1);
  first.open();
  await graph.emulator.webhooksSettled();
  expect(receiver.messages().map(({ entry }) => entry[0]?.changes[0]?.value.event)).toEqual([
    "ACCOUNT_DELETED",
    "DISABLED_UPDATE",
    "PARTNER_ADDED",
  ]);
});

test("an event goes out after the answer to the call that caused it", async () => {
  const { graph, receiver } = await startApp(undefined, {}, { review: "instant" });
  const { status } = await graph.post(`/${CAKE_SHOP}`, { new_display_name: "Cake Palace" });
  expect([status, receiver.received.length]).toEqual([200, 0]);
  expect(graph.emulator.webhooks().deliveries.map(({ outcome }) => outcome)).toEqual(["pending"]);
  await graph.emulator.webhooksSettled();
  expect(receiver.fields()).toEqual(["phone_number_name_update"]);
});

test("settled waits for events that come while it waits", async () => {
  let sent = false;
  const { graph, receiver } = await startApp((request, response) => {
    if (!sent) graph.emulator.sendWebhook(REMOVED);
    sent = true;
    return wellBehaved(request, response);
  });
  graph.emulator.sendWebhook(REMOVED);
  await graph.emulator.webhooksSettled();
  expect(receiver.messages().length).toBe(2);
});

/** Answers one status after the other, the last one for ever. */
function statuses(...list: readonly number[]): Parameters<typeof startReceiver>[0] {
  let call = 0;
  return (_request, response) => {
    response.writeHead(list[Math.min(call++, list.length - 1)] ?? 500, { location: "/elsewhere" }).end();
  };
}

test.each([
  [[200], { outcome: "delivered", status: 200, attempts: 1 }],
  [[299], { outcome: "delivered", status: 299, attempts: 1 }],
  [[500, 404, 204], { outcome: "delivered", status: 204, attempts: 3 }],
  [[300], { outcome: "given_up", status: 300, attempts: 3 }],
  [[302], { outcome: "given_up", status: 302, attempts: 3 }],
  [[503, 500], { outcome: "given_up", status: 500, attempts: 3 }],
])("a URL that answers %j: %j", async (list, expected) => {
  const setup = await startApp(statuses(...list), { retryDelaysMs: [0, 0] });
  const log = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  setup.graph.emulator.sendWebhook(REMOVED);
  await setup.graph.emulator.webhooksSettled();
  expect(outcomes(setup)).toEqual([expected]);
  const bodies = setup.receiver.received.map(({ text }) => text);
  expect(bodies.length).toBe(expected.attempts);
  expect(new Set(bodies).size).toBe(1);
  expect(setup.receiver.received.every(({ url }) => url.pathname === "/hook")).toBe(true);
  expect(log.mock.calls.length).toBe(expected.outcome === "given_up" ? 1 : 0);
});

test("what is given up is told in one line, and the next event is tried again", async () => {
  const setup = await startApp(statuses(500, 500, 200), { retryDelaysMs: [0] });
  const log = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  setup.graph.emulator.sendWebhook(REMOVED);
  setup.graph.emulator.sendWebhook(REMOVED);
  await setup.graph.emulator.webhooksSettled();
  expect(outcomes(setup)).toEqual([
    { outcome: "given_up", status: 500, attempts: 2 },
    { outcome: "delivered", status: 200, attempts: 1 },
  ]);
  expect(log.mock.calls).toEqual([
    [`emulator: webhook account_update to ${setup.receiver.url} given up after 2 attempts: status 500\n`],
  ]);
});

test.each<[string, Parameters<typeof startReceiver>[0]]>([
  ["cuts the connection", (_request, response) => void response.destroy()],
  ["never answers", () => undefined],
])("a URL that %s has no status", async (_how, answer) => {
  const setup = await startApp(answer, { timeoutMs: 50 });
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
  setup.graph.emulator.sendWebhook(REMOVED);
  await setup.graph.emulator.webhooksSettled();
  expect(outcomes(setup)).toEqual([{ outcome: "given_up", status: null, attempts: 1 }]);
});

test("by default four attempts are made: at once, and after 1, 5 and 30 seconds", async () => {
  const receiver = await startReceiver(statuses(500));
  const { resolveOptions } = await import("../../emulator/options.ts");
  const { deliveryTerms } = await import("../../emulator/webhooks/deliveries.ts");
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
  const waits: number[] = [];
  const wait = async (milliseconds: number) => void waits.push(milliseconds);
  const deliveries = new Deliveries(deliveryTerms(resolveOptions({})), () => createRandom(1, "test"), wait);
  deliveries.add({ waba_id: WABA, field: "account_update", value: {} }, receiver.url, START);
  await deliveries.settled();
  expect(waits.slice(1)).toEqual([1000, 5000, 30_000]);
  expect(deliveries.report().deliveries[0]).toMatchObject({ attempts: 4, outcome: "given_up" });
  expect(receiver.received.length).toBe(4);
});

test("with a verify token the app's URL proves itself before its first delivery, and only then", async () => {
  const setup = await startApp(undefined, { verifyToken: VERIFY_TOKEN });
  setup.graph.emulator.sendWebhook(REMOVED);
  setup.graph.emulator.sendWebhook(REMOVED);
  await setup.graph.emulator.webhooksSettled();
  expect(setup.receiver.received.map(({ method }) => method)).toEqual(["GET", "POST", "POST"]);
  const { state, requests, webhooks } = setup.graph.emulator;
  expect(JSON.stringify([state(), requests(), webhooks()])).not.toContain(VERIFY_TOKEN);
});

test("after a reset the app's URL proves itself again", async () => {
  const { graph, receiver } = await startApp(undefined, { verifyToken: VERIFY_TOKEN });
  for (let round = 1; round <= 2; round++) {
    graph.emulator.sendWebhook(REMOVED);
    await graph.emulator.webhooksSettled();
    graph.emulator.reset();
  }
  expect(receiver.received.map(({ method }) => method)).toEqual(["GET", "POST", "GET", "POST"]);
});

test.each<[string, Parameters<typeof startReceiver>[0], number | null]>([
  ["refuses the verify token", undefined, 403],
  ["answers something else", (_request, response) => void response.end("ok"), null],
])("an app's URL that %s gets nothing", async (_how, answer, status) => {
  const setup = await startApp(answer, { verifyToken: "another", retryDelaysMs: [0] });
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
  setup.graph.emulator.sendWebhook(REMOVED);
  await setup.graph.emulator.webhooksSettled();
  expect(outcomes(setup)).toEqual([{ outcome: "given_up", status, attempts: 2 }]);
  expect(setup.receiver.messages()).toEqual([]);
});

test("the verify token is for the app's URL alone", async () => {
  const { graph } = await startApp(undefined, { verifyToken: "another" });
  const number = await startReceiver();
  await override(graph, "number", number.url);
  graph.emulator.sendWebhook(messageTo(CAKE_SHOP));
  await graph.emulator.webhooksSettled();
  expect([number.challenges().length, number.messages().length]).toEqual([1, 1]);
});

test("over HTTP: send, list, and forget what was sent", async () => {
  const { graph, receiver } = await startApp();
  const sent = await graph.control("POST", "webhooks", REMOVED);
  expect([sent.status, sent.body]).toEqual([200, { urls: [receiver.url] }]);
  await graph.emulator.webhooksSettled();
  const listed = await graph.control("GET", "webhooks");
  expect(listed.body).toEqual({
    deliveries: [
      {
        time: new Date(START).toISOString(),
        url: receiver.url,
        ...REMOVED,
        status: 200,
        attempts: 1,
        outcome: "delivered",
      },
    ],
  });
  expect(graph.emulator.webhooks()).toEqual(listed.body);
  expect((await graph.control("DELETE", "webhooks")).body).toEqual({ success: true });
  expect((await graph.control("GET", "webhooks")).body).toEqual({ deliveries: [] });
});

test.each([
  [{ ...REMOVED, wabaId: "1" }, 404, "no WhatsApp Business Account 1"],
  [{ ...REMOVED, wabaId: undefined }, 400, "wabaId"],
  [{ ...REMOVED, field: "" }, 400, "field"],
  [{ ...REMOVED, value: "x" }, 400, "value"],
  [{ ...REMOVED, more: 1 }, 400, "more"],
])("the event %j is refused with %d", async (order, status, message) => {
  const { graph, receiver } = await startApp();
  const reply = await graph.control("POST", "webhooks", order);
  expect(reply.status).toBe(status);
  expect(reply.text).toContain(message);
  await graph.emulator.webhooksSettled();
  expect(receiver.received).toEqual([]);
});

test("a report is a copy: what is delivered later does not change it", async () => {
  const { graph } = await startApp();
  graph.emulator.sendWebhook(REMOVED);
  const early = graph.emulator.webhooks();
  await graph.emulator.webhooksSettled();
  expect(early.deliveries[0]?.outcome).toBe("pending");
});

/** A receiver that holds every message. */
async function startHolding(): Promise<Setup & { readonly open: () => void }> {
  const { opened, open } = gate();
  const setup = await startApp(
    async (request, response) => {
      await opened;
      await wellBehaved(request, response);
    },
    // Longer than the test may take: a wait for it would fail.
    { retryDelaysMs: [0], timeoutMs: 60_000 },
  );
  return { ...setup, open };
}

test("a reset drops what is on its way and forgets the rest", async () => {
  const { graph, receiver, open } = await startHolding();
  graph.emulator.sendWebhook(REMOVED);
  graph.emulator.sendWebhook(REMOVED);
  await vi.waitUntil(() => receiver.messages().length === 1);
  graph.emulator.reset();
  await graph.emulator.webhooksSettled();
  expect(graph.emulator.webhooks()).toEqual({ deliveries: [] });
  open();
  graph.emulator.sendWebhook({ ...REMOVED, field: "security" });
  await graph.emulator.webhooksSettled();
  expect(receiver.fields()).toEqual(["account_update", "security"]);
});

test("closing ends what is on its way, and nothing goes out afterwards", async () => {
  const { graph, receiver } = await startHolding();
  graph.emulator.sendWebhook(REMOVED);
  await vi.waitUntil(() => receiver.messages().length === 1);
  await graph.emulator.close();
  await graph.emulator.webhooksSettled();
  graph.emulator.sendWebhook(REMOVED);
  await graph.emulator.webhooksSettled();
  expect(receiver.messages().length).toBe(1);
});

test.each([
  [{ url: "hook" }, "webhook.url"],
  [{ url: "ftp://a.example" }, "webhook.url"],
  [{ retryDelaysMs: [-1] }, "webhook.retryDelaysMs.0"],
  [{ timeoutMs: 0 }, "webhook.timeoutMs"],
])("the option webhook %j is refused by name", async (webhook, name) => {
  await expect(startEmulator({ webhook })).rejects.toThrow(`bad emulator option ${name}:`);
});
