import { expect, test } from "vitest";
import { CAKE_SHOP, DAY, type Graph, type Reply, START, startGraph, WABA } from "./emulator-client.ts";

const APP = "670843887433847";
const APP_TOKEN = `${APP}|emulator-app-secret`;
const SCOPES = ["whatsapp_business_management", "whatsapp_business_messaging", "business_management"];

function debug(graph: Graph, input: string, token = APP_TOKEN): Promise<Reply> {
  return graph.get(`/v25.0/debug_token?input_token=${encodeURIComponent(input)}`, { token });
}

test("the default token is a system user's, never ends, and has every permission on all assets", async () => {
  const graph = await startGraph();
  const { status, body } = await debug(graph, "emulator-token");
  expect(status).toBe(200);
  expect(body.data).toEqual({
    app_id: APP,
    type: "SYSTEM_USER",
    application: "Emulator App",
    data_access_expires_at: 0,
    expires_at: 0,
    issued_at: START / 1000,
    is_valid: true,
    scopes: SCOPES,
    granular_scopes: SCOPES.map((scope) => ({ scope })),
    user_id: expect.stringMatching(/^\d+$/),
  });
});

test("a token for some accounts names them and their businesses as its targets", async () => {
  const graph = await startGraph({
    tokens: [
      {
        token: "client",
        wabas: [WABA, "404"],
        scopes: ["whatsapp_business_management", "business_management", "public_profile"],
        type: "USER",
        userId: "42",
        expiresInSeconds: DAY,
      },
    ],
  });
  const { body } = await debug(graph, "client");
  expect(body.data).toEqual({
    app_id: APP,
    type: "USER",
    application: "Emulator App",
    data_access_expires_at: START / 1000 + 90 * DAY,
    expires_at: START / 1000 + DAY,
    issued_at: START / 1000,
    is_valid: true,
    scopes: ["whatsapp_business_management", "business_management", "public_profile"],
    granular_scopes: [
      { scope: "whatsapp_business_management", target_ids: [WABA, "404"] },
      { scope: "business_management", target_ids: ["506914307656634"] },
      { scope: "public_profile" },
    ],
    user_id: "42",
  });
});

test("it is asked with the app's own token, with another token of the app, and with the token itself", async () => {
  const graph = await startGraph({ tokens: ["second"] });
  for (const asker of [APP_TOKEN, "emulator-token", "second"]) {
    expect((await debug(graph, "second", asker)).body.data).toMatchObject({ is_valid: true });
  }
});

test("a token that is unknown, ended or revoked is answered with 200, is_valid false and the reason", async () => {
  const graph = await startGraph({ tokens: ["revoked", { token: "short", expiresInSeconds: 60 }] });
  graph.emulator.patchToken("revoked", { revoked: true, subcode: 460 });
  graph.emulator.advanceClock(60);
  const reason = async (input: string) => {
    const { status, body } = await debug(graph, input);
    expect(status).toBe(200);
    return body.data as unknown as { is_valid: boolean; error: { code: number; subcode?: number }; scopes: string[] };
  };
  expect(await reason("nobody")).toEqual({
    error: { code: 190, message: expect.any(String) },
    is_valid: false,
    scopes: [],
  });
  expect(await reason("short")).toMatchObject({
    is_valid: false,
    error: { code: 190, subcode: 463 },
    expires_at: START / 1000 + 60,
    app_id: APP,
    scopes: SCOPES,
  });
  expect(await reason("revoked")).toMatchObject({ is_valid: false, error: { code: 190, subcode: 460 } });
});

test("a token of another app is not told about", async () => {
  const graph = await startGraph({ tokens: [{ token: "foreign", appId: "4711" }] });
  for (const [input, asker] of [
    ["foreign", APP_TOKEN],
    ["foreign", "emulator-token"],
    ["emulator-token", "foreign"],
  ] as const) {
    const { status, body } = await debug(graph, input, asker);
    expect(status).toBe(400);
    expect(body.error).toMatchObject({
      code: 100,
      type: "OAuthException",
      message: "(#100) The App_id in the input_token did not match the Viewing App",
    });
  }
  expect((await debug(graph, "foreign", "foreign")).body.data).toMatchObject({ app_id: "4711", is_valid: true });
});

test("who asks must have a token that works, and must say which one is meant", async () => {
  const graph = await startGraph({ tokens: ["old"] });
  graph.emulator.patchToken("old", { revoked: true });
  expect((await debug(graph, "emulator-token", `${APP}|guess`)).body.error.code).toBe(190);
  expect((await debug(graph, "emulator-token", "old")).body.error.code).toBe(190);
  const { status, body } = await graph.get("/debug_token", { token: APP_TOKEN });
  expect([status, body.error.code]).toEqual([400, 100]);
});

test("the app's own token is told about too, without its secret", async () => {
  const graph = await startGraph({ appId: "4711", appSecret: "hush-hush" });
  const { text, body } = await debug(graph, "4711|hush-hush", "4711|hush-hush");
  expect(body.data).toEqual({ app_id: "4711", type: "APP", application: "Emulator App", is_valid: true, scopes: [] });
  expect(text + JSON.stringify(graph.emulator.requests())).not.toContain("hush");
});

test("it is counted under its own route and touches nothing", async () => {
  const graph = await startGraph();
  const before = graph.emulator.state();
  await debug(graph, "emulator-token");
  expect(graph.emulator.requests().counts).toEqual({ "GET /debug_token": 1 });
  expect(graph.emulator.state()).toEqual(before);
  expect((await graph.get(`/${CAKE_SHOP}`)).status).toBe(200);
});
