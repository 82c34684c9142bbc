/** What is special to WebhookSubscription; the rules of every resource are in conformance. */
import { expect, test } from "vitest";
import { startCallback } from "../support/callback.ts";
import { ALWAYS } from "../support/failing.ts";
import { type Lifecycle, startLifecycle, WABA } from "../support/lifecycle.ts";
import { asSomebody } from "../support/somebody.ts";

const APP = "670843887433847";
const OTHER_APP = "111222333";
const SUBSCRIBE = "POST /{WABA}/subscribed_apps";
const ACCOUNT = { wabaId: WABA };
const OF = { of: "webhookSubscription" } as const;
const OTHERS = { WABA_CREDENTIALS: JSON.stringify({ other: { accessToken: "other-token" } }) };

/** The accounts' apps as Meta has them. */
function apps({ emulator }: Lifecycle): unknown {
  const wabas = emulator.state().wabas as unknown as { id: string; subscribed_apps: unknown }[];
  return wabas.find(({ id }) => id === WABA)?.subscribed_apps;
}

test("its id is the account's and the app's, and outputs say whose subscription it is", async () => {
  const { stack, calls } = await startLifecycle({}, {}, OF);
  await stack.up(ACCOUNT);
  expect(stack.resource?.id).toBe(`${WABA}/${APP}`);
  expect(stack.outputs).toMatchObject({ wabaId: WABA, appId: APP, appName: "Emulator App" });
  expect(calls()).toEqual(["GET /debug_token", "GET /{WABA}/subscribed_apps"]);
});

test("a refresh is one call", async () => {
  const { stack, calls } = await startLifecycle({}, {}, OF);
  await stack.up(ACCOUNT);
  calls();
  await stack.refresh();
  expect(calls()).toEqual(["GET /{WABA}/subscribed_apps"]);
});

test("an app that is subscribed is not subscribed again, which would clear an address that is not declared", async () => {
  const lifecycle = await startLifecycle({}, {}, OF);
  const { stack, writes } = lifecycle;
  const { url } = await startCallback();
  await asSomebody(lifecycle.emulator, `POST ${WABA}/subscribed_apps`, {
    override_callback_uri: url,
    verify_token: "theirs",
  });
  writes();
  await stack.up(ACCOUNT);
  expect(writes()).toEqual([]);
  expect(stack.outputs).toMatchObject({ overrideCallbackUri: url });
  expect(stack.outputs).not.toHaveProperty("callbackUrl");
  expect(apps(lifecycle)).toEqual([{ id: APP, override_callback_uri: url }]);
});

test("the subscriptions of two apps to one account are two resources", async () => {
  const lifecycle = await startLifecycle({}, OTHERS, OF);
  const { provider, emulator, writes } = lifecycle;
  emulator.addToken({ token: "other-token", appId: OTHER_APP });
  const mine = await provider.create(ACCOUNT);
  const theirs = await provider.create({ ...ACCOUNT, credential: "other" });
  expect([mine.id, theirs.id]).toEqual([`${WABA}/${APP}`, `${WABA}/${OTHER_APP}`]);
  expect(writes()).toEqual([SUBSCRIBE]);
  expect(apps(lifecycle)).toEqual([{ id: APP }, { id: OTHER_APP }]);
});

test("a token that now belongs to another app neither changes nor ends the subscription of the first", async () => {
  const lifecycle = await startLifecycle({}, OTHERS, OF);
  const { stack, emulator, writes } = lifecycle;
  const { url } = await startCallback();
  emulator.addToken({ token: "other-token", appId: OTHER_APP });
  const program = { ...ACCOUNT, onDelete: "unsubscribe" };
  await stack.up(program);
  const moved = { ...program, credential: "other" };
  await stack.up(moved);
  const refused = /now belongs to another app .*app 670843887433847.*app 111222333.*another resource; nothing was done/;
  await expect(stack.up({ ...moved, callbackUrl: url, verifyToken: "t" })).rejects.toThrow(refused);
  await expect(stack.destroy()).rejects.toThrow(refused);
  expect(writes()).toEqual([]);
  expect(apps(lifecycle)).toEqual([{ id: APP }]);
});

test("an address that does not answer is one warning a run, is left alone for ten minutes, and then set", async () => {
  const { stack, said, writes, pass } = await startLifecycle({}, {}, OF);
  const callback = await startCallback();
  callback.alive = false;
  const program = { ...ACCOUNT, callbackUrl: callback.url, verifyToken: "my-token" };
  await stack.up(program);
  expect(stack.resource?.initErrors).toEqual([]);
  expect(stack.outputs).toMatchObject({ refused: { callbackUrl: callback.url, code: "2200" } });
  expect(stack.outputs).not.toHaveProperty("callbackUrl");
  expect(writes()).toEqual([SUBSCRIBE]);
  expect(said.filter((line) => line.includes("2200"))).toHaveLength(1);

  said.length = 0;
  expect((await stack.up(program)).op).toBe("same");
  expect(said.filter((line) => line.includes("2200"))).toHaveLength(1);
  expect(said.join()).not.toContain("my-token");
  expect(writes()).toEqual([]);

  callback.alive = true;
  pass({ minutes: 10 });
  expect(await stack.up(program)).toEqual({ op: "update", properties: ["callbackUrl", "verifyToken"] });
  expect(stack.outputs).toMatchObject({ callbackUrl: callback.url });
  expect(stack.outputs).not.toHaveProperty("refused");
});

test.each([
  ["another address", "/alive", "my-token"],
  ["another token", "/hook", "mended-token"],
])("after an address that did not answer, %s is asked at once", async (_what, path, verifyToken) => {
  const { stack, writes } = await startLifecycle({}, {}, OF);
  const callback = await startCallback("/hook");
  callback.alive = false;
  await stack.up({ ...ACCOUNT, callbackUrl: callback.url, verifyToken: "my-token" });
  writes();
  callback.alive = true;
  const { url } = path === "/hook" ? callback : await startCallback(path);
  const program = { ...ACCOUNT, callbackUrl: url, verifyToken };
  await stack.up(program);
  expect(writes()).toEqual([SUBSCRIBE]);
  expect(stack.outputs).toMatchObject(program);
});

test("an address that did not answer and is not declared any more is told of no longer", async () => {
  const { stack, said, writes } = await startLifecycle({}, {}, OF);
  const callback = await startCallback();
  callback.alive = false;
  await stack.up({ ...ACCOUNT, callbackUrl: callback.url, verifyToken: "my-token" });
  writes();
  await stack.up(ACCOUNT);
  said.length = 0;
  expect((await stack.up(ACCOUNT)).op).toBe("same");
  expect(said).toEqual([]);
  expect(stack.outputs).not.toHaveProperty("refused");
  expect(writes()).toEqual([]);
});

test("an address that somebody changed is not removed with the program's", async () => {
  const lifecycle = await startLifecycle({}, {}, OF);
  const { stack, writes } = lifecycle;
  const [mine, theirs] = [await startCallback("/mine"), await startCallback("/theirs")];
  await stack.up({ ...ACCOUNT, callbackUrl: mine.url, verifyToken: "t" });
  await asSomebody(lifecycle.emulator, `POST ${WABA}/subscribed_apps`, {
    override_callback_uri: theirs.url,
    verify_token: "theirs",
  });
  writes();
  await stack.up(ACCOUNT);
  expect(writes()).toEqual([]);
  expect(apps(lifecycle)).toEqual([{ id: APP, override_callback_uri: theirs.url }]);
  expect((await stack.up(ACCOUNT)).op).toBe("same");
});

test("a subscription whose address somebody changed since the last look is not ended", async () => {
  const lifecycle = await startLifecycle({}, {}, OF);
  const { stack, provider, said, writes } = lifecycle;
  const { url } = await startCallback();
  await stack.up({ ...ACCOUNT, onDelete: "unsubscribe" });
  await asSomebody(lifecycle.emulator, `POST ${WABA}/subscribed_apps`, {
    override_callback_uri: url,
    verify_token: "theirs",
  });
  writes();
  provider.begin?.();
  await provider.delete(stack.resource?.id ?? "", stack.outputs);
  expect(said.at(-1)).toMatch(/forgotten and not ended: somebody changed its address/);
  expect(writes()).toEqual([]);
});

test("another account is another subscription: the old one stays", async () => {
  const { stack, emulator, writes } = await startLifecycle({ numbers: 2, wabas: 2 }, {}, OF);
  const [first = "", second = ""] = emulator.wabaIds;
  await stack.up({ wabaId: first });
  const preview = await stack.up({ wabaId: second });
  expect(preview).toEqual({ op: "replace", properties: ["wabaId"] });
  expect(stack.resource?.id).toBe(`${second}/${APP}`);
  expect(writes()).toEqual([]);
});

test("get takes the account's id alone for the token's app, and refuses what is no id", async () => {
  const { provider } = await startLifecycle({}, {}, OF);
  expect(await provider.read(WABA, {})).toMatchObject({ id: WABA, props: { wabaId: WABA, appId: APP } });
  await expect(provider.read("my-account", {})).rejects.toThrow(/is no id of a webhook subscription/);
});

test("an app on the second page of the list is found", async () => {
  const { stack, emulator, writes, calls } = await startLifecycle({}, {}, OF);
  const row = (id: string) => ({ whatsapp_business_api_data: { id, name: id } });
  const match = { method: "GET", path: "/{WABA}/subscribed_apps" };
  const paging = { cursors: { after: "NEXT" }, next: "https://graph.facebook.com/next" };
  emulator.addFault({ match, status: 200, body: { data: [row(OTHER_APP)], paging } });
  emulator.addFault({ match, status: 200, body: { data: [row(APP)] } });
  await stack.up(ACCOUNT);
  expect(calls()).toEqual(["GET /debug_token", "GET /{WABA}/subscribed_apps", "GET /{WABA}/subscribed_apps"]);
  expect(writes()).toEqual([]);
});

test("a list whose pages lead in a circle is an error, and proves nothing gone", async () => {
  const { stack, emulator } = await startLifecycle({}, {}, OF);
  await stack.up(ACCOUNT);
  const paging = { cursors: { after: "NEXT" }, next: "https://graph.facebook.com/next" };
  const match = { method: "GET", path: "/{WABA}/subscribed_apps" };
  emulator.addFault({ match, times: "always", status: 200, body: { data: [], paging } });
  await expect(stack.refresh()).rejects.toThrow("pages without an end");
  expect(stack.resource?.id).toBe(`${WABA}/${APP}`);
});

test("an address that Graph refuses for another reason is an error, and what was achieved is kept", async () => {
  const { stack, emulator } = await startLifecycle({}, {}, OF);
  const { url } = await startCallback();
  const error = { message: "(#100) refused", type: "OAuthException", code: 100, fbtrace_id: "A1" };
  emulator.addFault({ match: { method: "POST", path: "/{WABA}/subscribed_apps" }, status: 400, body: { error } });
  const program = { ...ACCOUNT, callbackUrl: url, verifyToken: "t" };
  await expect(stack.up(program)).rejects.toThrow(
    /could not set the account's webhook · account 102290129340398 .*code 100/,
  );
  expect(stack.resource?.initErrors).toHaveLength(1);
  expect(stack.outputs).toMatchObject({ appId: APP });
  await stack.up(program);
  expect(stack.outputs).toMatchObject(program);
});

test("an address that did not answer us, and that somebody set meanwhile, is taken over and told of no longer", async () => {
  const lifecycle = await startLifecycle({}, {}, OF);
  const { stack, said, writes } = lifecycle;
  const callback = await startCallback();
  callback.alive = false;
  const program = { ...ACCOUNT, callbackUrl: callback.url, verifyToken: "my-token" };
  await stack.up(program);
  callback.alive = true;
  await asSomebody(lifecycle.emulator, `POST ${WABA}/subscribed_apps`, {
    override_callback_uri: callback.url,
    verify_token: "theirs",
  });
  writes();
  said.length = 0;
  await stack.up(program);
  expect(stack.outputs).toMatchObject(program);
  expect(stack.outputs).not.toHaveProperty("refused");
  expect(said).toEqual([]);
  expect(writes()).toEqual([]);
});

test("which app the token belongs to is asked once a process, and again where the answer did not come", async () => {
  const { provider, emulator, calls } = await startLifecycle({ numbers: 3, wabas: 3 }, {}, OF);
  const [first, second, third] = emulator.wabaIds.map((wabaId) => ({ wabaId }));
  emulator.addFault({ match: { path: "/debug_token" }, times: ALWAYS, status: 503, body: "" });
  await expect(provider.create(first ?? {})).rejects.toThrow(
    /which app the token belongs to · the token of .*WABA_ACCESS/,
  );
  calls();
  for (const program of [first, second, third]) await provider.create(program ?? {});
  const [asked, ...others] = calls();
  expect(asked).toBe("GET /debug_token");
  expect(others).toEqual(Array(3).fill("GET /{WABA}/subscribed_apps"));
});

test("an empty address is none", async () => {
  const { stack, emulator } = await startLifecycle({}, {}, OF);
  const row = { whatsapp_business_api_data: { id: APP, name: "App" }, override_callback_uri: "" };
  emulator.addFault({ match: { method: "GET", path: "/{WABA}/subscribed_apps" }, status: 200, body: { data: [row] } });
  await stack.up(ACCOUNT);
  expect(stack.outputs).not.toHaveProperty("overrideCallbackUri");
});
