import { expect, test } from "vitest";
import { startCallback } from "../support/callback.ts";
import { CAKE_SHOP, startLifecycle, WABA } from "../support/lifecycle.ts";
import { asSomebody } from "../support/somebody.ts";

const CAKE = { wabaId: WABA, phoneNumber: CAKE_SHOP.phoneNumber };

test("a webhook is set once, and a rerun calls nothing but reads", async () => {
  const { stack, writes } = await startLifecycle();
  const { url, tokens } = await startCallback();
  const program = { ...CAKE, webhook: { callbackUrl: url, verifyToken: "my-token" } };
  await stack.up(program);
  expect(writes()).toEqual(["POST /{PNID}"]);
  expect(tokens).toEqual(["my-token"]);
  expect(stack.outputs).toMatchObject({ webhook: program.webhook, webhookConfiguration: { phoneNumber: url } });
  expect(await stack.refresh()).toBe(false);
  expect((await stack.up(program)).op).toBe("same");
  expect(writes()).toEqual([]);
});

test("the app is subscribed first where no app is", async () => {
  const { stack, emulator, writes } = await startLifecycle();
  const { url } = await startCallback();
  await asSomebody(emulator, `DELETE ${WABA}/subscribed_apps`);
  writes();
  await stack.up({ ...CAKE, webhook: { callbackUrl: url, verifyToken: "t" } });
  expect(writes()).toEqual(["POST /{WABA}/subscribed_apps", "POST /{PNID}"]);
});

test.each<[string, object, string[]]>([
  ["no subscribed app has an address of its own", {}, ["POST /{WABA}/subscribed_apps", "POST /{PNID}"]],
  ["one has, which subscribing would clear", { override_callback_uri: "https://other.example/hook" }, []],
])("Graph refuses the address and %s: the app is subscribed or not", async (_what, override, further) => {
  const { stack, emulator, writes } = await startLifecycle();
  const { url } = await startCallback();
  const app = {
    whatsapp_business_api_data: { id: "67890", name: "Other", link: "https://other.example" },
    ...override,
  };
  emulator.addFault({
    match: { method: "GET", path: "/{WABA}/subscribed_apps" },
    status: 200,
    body: { data: [app] },
  });
  const error = { message: "(#100) refused", type: "OAuthException", code: 100, fbtrace_id: "A1" };
  emulator.addFault({ match: { method: "POST", path: "/{PNID}" }, status: 400, body: { error } });
  await stack.up({ ...CAKE, webhook: { callbackUrl: url, verifyToken: "t" } });
  expect(writes()).toEqual(["POST /{PNID}", ...further]);
});

test("an address that does not answer is one warning, and the registration stands; it is not asked again at once", async () => {
  const { stack, said, writes, pass, emulator } = await startLifecycle();
  const callback = await startCallback();
  callback.alive = false;
  const program = { ...CAKE, webhook: { callbackUrl: callback.url, verifyToken: "my-token" } };
  await stack.up(program);
  expect(stack.resource?.initErrors).toEqual([]);
  expect(stack.outputs).toMatchObject({ phase: "registered", refusals: [{ step: "setWebhook", of: callback.url }] });
  expect(stack.outputs.webhook).toBeUndefined();
  expect(said.filter((line) => line.includes("2200"))).toHaveLength(1);
  expect(said.join()).not.toContain("my-token");
  expect(writes()).toEqual(["POST /{PNID}"]);
  expect((await stack.up(program)).op).toBe("same");
  expect(writes()).toEqual([]);

  pass({ minutes: 10 });
  callback.alive = true;
  expect(await stack.up(program)).toEqual({ op: "update", properties: ["webhook"] });
  expect(stack.outputs.refusals).toBeUndefined();
  expect(emulator.state()).toMatchObject({
    numbers: { [CAKE_SHOP.id]: { webhook_configuration: { phone_number: callback.url } } },
  });
});

test("another address is asked at once, and so is another token", async () => {
  const { stack } = await startLifecycle();
  const [dead, alive] = [await startCallback("/dead"), await startCallback("/alive")];
  dead.alive = false;
  await stack.up({ ...CAKE, webhook: { callbackUrl: dead.url, verifyToken: "a" } });
  await stack.up({ ...CAKE, webhook: { callbackUrl: alive.url, verifyToken: "a" } });
  const rotated = { ...CAKE, webhook: { callbackUrl: alive.url, verifyToken: "b" } };
  expect(await stack.up(rotated)).toEqual({ op: "update", properties: ["webhook"] });
  expect(alive.tokens).toEqual(["a", "b"]);
});

test("while the declared address is not achieved, every run warns once, and the next action names it", async () => {
  const { stack, said, pass } = await startLifecycle();
  const [dead, other] = [await startCallback("/dead"), await startCallback("/other")];
  dead.alive = false;
  other.alive = false;
  const declaring = (callbackUrl: string) => ({ ...CAKE, webhook: { callbackUrl, verifyToken: "my-token" } });
  const warnings = () => said.splice(0).filter((line) => line.includes("/dead") || line.includes("/other"));
  await stack.up(declaring(dead.url));
  expect(warnings()).toEqual([
    expect.stringMatching(/\/dead: refused since .*T12:00:00.000Z .* from .*T12:10:00.000Z on/),
  ]);

  pass({ minutes: 1 });
  await stack.up(declaring(dead.url));
  expect(warnings()).toEqual([
    expect.stringMatching(/\/dead: refused since .*T12:00:00.000Z .* from .*T12:10:00.000Z on/),
  ]);
  expect(stack.outputs).toMatchObject({
    phase: "registered",
    nextAction: expect.stringContaining(`${dead.url}: refused`),
  });

  pass({ minutes: 10 });
  await stack.up(declaring(dead.url));
  expect(warnings()).toEqual([
    expect.stringMatching(/\/dead: refused since .*T12:00:00.000Z .* from .*T12:21:00.000Z on/),
  ]);

  await stack.up(declaring(other.url));
  expect(warnings()).toEqual([expect.stringMatching(/^(?!.*\/dead).*\/other: refused since .*T12:11:00.000Z/)]);
  await stack.up(declaring(other.url));
  expect(warnings()).toEqual([expect.stringContaining("/other: refused since")]);
  expect(stack.outputs.nextAction).toContain("/other: refused");
  expect(stack.outputs.nextAction).not.toContain("/dead");
});

test("a corrected token is tried at once, and a refused one stands nowhere but in its secret output", async () => {
  const { stack, said, writes } = await startLifecycle();
  const callback = await startCallback();
  callback.alive = false;
  const declaring = (verifyToken: string) => ({ ...CAKE, webhook: { callbackUrl: callback.url, verifyToken } });
  await stack.up(declaring("my-tokne"));
  const { webhookTokenRefused, ...others } = stack.outputs;
  expect(webhookTokenRefused).toBe("my-tokne");
  expect(JSON.stringify(others) + said.join()).not.toContain("my-tokne");
  callback.alive = true;
  writes();
  expect(await stack.up(declaring("my-token"))).toEqual({ op: "update", properties: ["webhook"] });
  expect(writes()).toEqual(["POST /{PNID}"]);
  expect(stack.outputs).toMatchObject({ nextAction: "Nothing to do.", webhook: { verifyToken: "my-token" } });
  expect(stack.outputs).not.toHaveProperty("refusals");
  expect(stack.outputs).not.toHaveProperty("webhookTokenRefused");
});

test("a refused address that somebody sets at Meta is achieved, and said no more", async () => {
  const { stack, emulator, writes } = await startLifecycle();
  const callback = await startCallback();
  callback.alive = false;
  const program = { ...CAKE, webhook: { callbackUrl: callback.url, verifyToken: "t" } };
  await stack.up(program);
  emulator.patchNumber(CAKE_SHOP.id, { webhook_configuration: { phone_number: callback.url } });
  writes();
  await stack.up(program);
  expect(writes()).toEqual([]);
  expect(stack.outputs).toMatchObject({ nextAction: "Nothing to do.", webhook: program.webhook });
  expect(stack.outputs).not.toHaveProperty("webhookTokenRefused");
});

test("a refused address that is taken out of the program is forgotten, without a call", async () => {
  const { stack, said, calls } = await startLifecycle();
  const callback = await startCallback();
  callback.alive = false;
  await stack.up({ ...CAKE, webhook: { callbackUrl: callback.url, verifyToken: "t" } });
  await stack.refresh();
  calls();
  said.length = 0;
  expect((await stack.upWithoutRefresh(CAKE)).op).toBe("update");
  expect(calls()).toEqual([]);
  expect(stack.outputs).toMatchObject({ phase: "registered", nextAction: "Nothing to do." });
  expect(said.join()).not.toContain("challenge");
  expect((await stack.up(CAKE)).op).toBe("same");
});

test("taken out of the program it is removed at Meta; somebody else's is not", async () => {
  const { stack, writes, emulator } = await startLifecycle();
  const { url } = await startCallback();
  await stack.up({ ...CAKE, webhook: { callbackUrl: url, verifyToken: "t" } });
  writes();
  expect(await stack.up(CAKE)).toEqual({ op: "update", properties: ["webhook"] });
  expect(writes()).toEqual(["POST /{PNID}"]);
  expect(stack.outputs).not.toHaveProperty("webhookConfiguration.phoneNumber");

  await stack.up({ ...CAKE, webhook: { callbackUrl: url, verifyToken: "t" } });
  emulator.patchNumber(CAKE_SHOP.id, { webhook_configuration: { phone_number: "https://other.example/hook" } });
  writes();
  await stack.up(CAKE);
  expect(writes()).toEqual([]);
  expect((await stack.up(CAKE)).op).toBe("same");
});

test("an address that somebody changed is drift of that property, and is set again", async () => {
  const { stack, emulator, writes } = await startLifecycle();
  const { url } = await startCallback();
  const program = { ...CAKE, webhook: { callbackUrl: url, verifyToken: "t" } };
  await stack.up(program);
  emulator.patchNumber(CAKE_SHOP.id, { webhook_configuration: { phone_number: "https://other.example/hook" } });
  expect(await stack.refresh()).toBe(true);
  expect(await stack.preview(program)).toEqual({ op: "update", properties: ["webhook"] });
  writes();
  await stack.up(program);
  expect(writes()).toEqual(["POST /{PNID}"]);
});

test("an address that is there already is adopted without a call", async () => {
  const { stack, emulator, writes } = await startLifecycle();
  const { url, tokens } = await startCallback();
  emulator.patchNumber(CAKE_SHOP.id, { webhook_configuration: { phone_number: url } });
  const program = { ...CAKE, webhook: { callbackUrl: url, verifyToken: "t" } };
  await stack.up(program);
  expect(writes()).toEqual([]);
  expect(tokens).toEqual([]);
  expect((await stack.up(program)).op).toBe("same");
});
