import { expect, test } from "vitest";
import { ROUTES } from "../../emulator/routes.ts";
import { CAKE_SHOP, DAY, START, startGraph, WABA } from "./emulator-client.ts";

const BUSINESS = "506914307656634";

test("an unknown token is refused with 190, HTTP 401 and a challenge", async () => {
  const graph = await startGraph();
  for (const path of [`/${CAKE_SHOP}`, `/${WABA}/phone_numbers`, "/1"]) {
    const { status, headers, body } = await graph.get(path, { token: "nobody" });
    expect(status).toBe(401);
    expect(body.error).toMatchObject({ code: 190, type: "OAuthException" });
    expect(headers.get("www-authenticate")).toMatch(/^OAuth "Facebook Platform" "invalid_token" "/);
  }
});

test("a call without a token is refused with 104", async () => {
  const graph = await startGraph();
  const { status, body } = await graph.get(`/${CAKE_SHOP}`, { token: null });
  expect([status, body.error.code]).toEqual([401, 104]);
});

test("the token of the header wins over those of the query and the body", async () => {
  const graph = await startGraph();
  const elsewhere = await graph.post(`/${CAKE_SHOP}?access_token=nobody`, { pin: "123456", access_token: "nobody" });
  expect(elsewhere.status).toBe(200);
  const { status } = await graph.get(`/${CAKE_SHOP}?access_token=emulator-token`, { token: "nobody" });
  expect(status).toBe(401);
});

test("an answer of 501 is no challenge to the client", async () => {
  const graph = await startGraph();
  const { status, headers } = await graph.get(`/${CAKE_SHOP}/block_users`);
  expect([status, headers.get("www-authenticate")]).toEqual([501, null]);
});

test("a revoked token gets 190 with the subcode that was set, and works again when it is not revoked any more", async () => {
  const graph = await startGraph();
  await graph.control("PATCH", "tokens/emulator-token", { revoked: true, subcode: 463 });
  expect((await graph.get(`/${CAKE_SHOP}`)).body.error).toMatchObject({ code: 190, error_subcode: 463 });
  await graph.control("PATCH", "tokens/emulator-token", { revoked: false });
  expect((await graph.get(`/${CAKE_SHOP}`)).status).toBe(200);
  await graph.control("PATCH", "tokens/emulator-token", { revoked: true });
  expect((await graph.get(`/${CAKE_SHOP}`)).body.error).not.toHaveProperty("error_subcode");
});

test("an object that does not exist and one that the token may not see are the same refusal", async () => {
  const graph = await startGraph();
  await graph.control("POST", "tokens", { token: "outsider", wabas: ["1"] });
  const calls = [
    await graph.get("/404404404"),
    await graph.get(`/${CAKE_SHOP}`, { token: "outsider" }),
    await graph.get(`/${WABA}`, { token: "outsider" }),
    await graph.get(`/${WABA}/phone_numbers`, { token: "outsider" }),
  ];
  for (const { status, headers, body } of calls) {
    expect(status).toBe(400);
    expect(body.error).toMatchObject({ code: 100, error_subcode: 33, type: "GraphMethodException" });
    expect(body.error.message).toMatch(/^Unsupported get request\. Object with ID '\w+' does not exist/);
    expect(headers.get("www-authenticate")).toMatch(/^OAuth "Facebook Platform" "invalid_request" "/);
  }
  const post = await graph.post(`/${CAKE_SHOP}/deregister`, undefined, { token: "outsider" });
  expect(post.body.error.message).toMatch(/^Unsupported post request\./);
});

test("a refused caller changes nothing, not even the count of calls", async () => {
  const graph = await startGraph({ tokens: [{ token: "outsider", wabas: [] }] });
  const before = graph.emulator.state();
  for (const token of ["nobody", "outsider"]) {
    await graph.post(`/${CAKE_SHOP}/register`, { messaging_product: "whatsapp", pin: "123456" }, { token });
    await graph.post(`/${CAKE_SHOP}`, { pin: "000000" }, { token });
    await graph.post(
      `/${WABA}/phone_numbers`,
      { cc: "1", phone_number: "2125550100", verified_name: "Lucky" },
      { token },
    );
  }
  expect(graph.emulator.state()).toEqual(before);
});

test("tokens given at the start work, with every account unless they name some", async () => {
  const graph = await startGraph({ numbers: 2, wabas: 2, tokens: ["all", { token: "one", wabas: ["900000"] }] });
  const reads = async (token: string) =>
    (await Promise.all(["900000", "900001"].map((id) => graph.get(`/${id}`, { token })))).map(({ status }) => status);
  expect(await reads("all")).toEqual([200, 200]);
  expect(await reads("one")).toEqual([200, 400]);
  expect((await graph.get("/100000001", { token: "one" })).status).toBe(400);
});

test("an edge of the other kind of node is refused the way Graph does", async () => {
  const graph = await startGraph();
  expect((await graph.get(`/${CAKE_SHOP}/phone_numbers`)).body.error).toMatchObject({
    code: 2500,
    message: "Unknown path components: /phone_numbers",
  });
  expect((await graph.post(`/${WABA}/register`)).body.error).toMatchObject({ code: 100, error_subcode: 33 });
});

test.each([463, 467, 460, 458])("a token that is revoked with subcode %d gets 190 with it", async (subcode) => {
  const graph = await startGraph();
  await graph.control("PATCH", "tokens/emulator-token", { revoked: true, subcode });
  const { status, body } = await graph.get(`/${CAKE_SHOP}`);
  expect([status, body.error.code, body.error.error_subcode]).toEqual([401, 190, subcode]);
});

test("a token ends at its second, by the emulator's clock, with 190 and subcode 463", async () => {
  const graph = await startGraph({ tokens: [{ token: "day", expiresInSeconds: DAY }] });
  graph.emulator.addToken({ token: "date", expiresAt: START / 1000 + DAY });
  graph.emulator.addToken({ token: "never", expiresAt: 0 });
  const statuses = async () => {
    const replies = await Promise.all(["day", "date", "never"].map((token) => graph.get(`/${CAKE_SHOP}`, { token })));
    return replies.map(({ status, body }) => [status, body.error?.code, body.error?.error_subcode]);
  };
  const works = [200, undefined, undefined];
  graph.emulator.advanceClock(DAY - 1);
  expect(await statuses()).toEqual([works, works, works]);
  graph.emulator.advanceClock(1);
  const ended = [401, 190, 463];
  expect(await statuses()).toEqual([ended, ended, works]);
  graph.emulator.advanceClock(9 * 365 * DAY);
  expect(await statuses()).toEqual([ended, ended, works]);
});

test("a token is changed in parts: what is not said stays, null gives all back, 0 takes the end away", async () => {
  const graph = await startGraph();
  const first = await graph.control("POST", "tokens", {
    token: "t",
    wabas: [WABA],
    scopes: ["business_management"],
    appId: "4711",
    type: "USER",
    userId: "12",
    expiresInSeconds: 60,
  });
  const record = {
    token: "t",
    wabas: [WABA],
    scopes: ["business_management"],
    app_id: "4711",
    type: "USER",
    user_id: "12",
    issued_at: new Date(START).toISOString(),
    expires_at: new Date(START + 60_000).toISOString(),
    revoked: false,
  };
  expect([first.status, first.body]).toEqual([200, record]);
  const patch = async (json: object) => (await graph.control("PATCH", "tokens/t", json)).body;
  expect(await patch({ revoked: true, subcode: 460 })).toEqual({ ...record, revoked: true, subcode: 460 });
  expect(await patch({ wabas: null })).toMatchObject({ revoked: true, subcode: 460, scopes: record.scopes });
  expect(await patch({ scopes: null, revoked: false })).not.toHaveProperty("subcode");
  const open = await patch({ expiresAt: 0 });
  for (const name of ["wabas", "scopes", "expires_at"]) expect(open).not.toHaveProperty(name);
  expect(await patch({ expiresInSeconds: 5, appId: "9", type: "SYSTEM_USER", userId: "8" })).toMatchObject({
    expires_at: new Date(START + 5000).toISOString(),
    app_id: "9",
    type: "SYSTEM_USER",
    user_id: "8",
  });
});

test.each([
  ["POST", "tokens", { token: "t", expiresAt: 1, expiresInSeconds: 1 }],
  ["POST", "tokens", { token: "t", scopes: ["Business Management"] }],
  ["POST", "tokens", { token: "t", appId: "mine" }],
  ["POST", "tokens", { token: "t", type: "PAGE" }],
  ["POST", "tokens", { token: "t", expiresAt: -1 }],
  ["POST", "tokens", { token: "t", revoked: true }],
  ["PATCH", "tokens/emulator-token", {}],
  ["PATCH", "tokens/emulator-token", { token: "other" }],
  ["PATCH", "tokens/emulator-token", { expiresAt: 1, expiresInSeconds: 1 }],
  ["PATCH", `tokens/${encodeURIComponent("670843887433847|emulator-app-secret")}`, { revoked: true }],
])("control %s %s %j is refused and changes no token", async (method, path, json) => {
  const graph = await startGraph();
  const before = graph.emulator.state();
  expect((await graph.control(method, path, json)).status).toBeGreaterThanOrEqual(400);
  expect(graph.emulator.state()).toEqual(before);
});

const GRAPH_ROUTES = ROUTES.filter((route) => route.scopes.length > 0);
const NEEDS = GRAPH_ROUTES.flatMap((route) =>
  route.scopes.map((scope) => [route.method, route.template, scope] as const),
);

test.each(NEEDS)(
  "%s %s without %s is refused with 200 and HTTP 403, and changes nothing",
  async (method, template, scope) => {
    const graph = await startGraph();
    const { body } = await graph.post(`/${BUSINESS}/add_phone_numbers`, { phone_number: "12125550100" });
    const ids: Record<string, string> = { PNID: CAKE_SHOP, WABA, BIZ: BUSINESS, PREID: body.id };
    const path = template.replace(/\{(\w+)\}/g, (_all, name: string) => ids[name] ?? name);
    expect(path).not.toContain("{");
    const scopes = ["whatsapp_business_management", "whatsapp_business_messaging", "business_management"];
    graph.emulator.addToken({ token: "lacking", scopes: scopes.filter((other) => other !== scope) });
    const before = graph.emulator.state();
    const reply = await graph.send(method, path, { token: "lacking" });
    expect(reply.status).toBe(403);
    expect(reply.body.error).toMatchObject({
      message: `(#200) Requires ${scope} permission`,
      type: "OAuthException",
      code: 200,
    });
    expect(reply.headers.get("www-authenticate")).toMatch(/^OAuth "Facebook Platform" "invalid_request" "/);
    expect(graph.emulator.state()).toEqual(before);
  },
);

test("the permission that a route asks for is enough for it", async () => {
  const graph = await startGraph({ tokens: [{ token: "reader", scopes: ["whatsapp_business_management"] }] });
  expect((await graph.get(`/${CAKE_SHOP}`, { token: "reader" })).status).toBe(200);
  expect((await graph.get(`/${WABA}/phone_numbers`, { token: "reader" })).status).toBe(200);
});

test("a token without permission and without access is told that the object does not exist, not what it lacks", async () => {
  const graph = await startGraph({ tokens: [{ token: "stranger", wabas: [], scopes: [] }] });
  for (const path of [`/${CAKE_SHOP}`, `/${WABA}`, `/${BUSINESS}/preverified_numbers`]) {
    const { status, body } = await graph.get(path, { token: "stranger" });
    expect([status, body.error.code, body.error.error_subcode]).toEqual([400, 100, 33]);
  }
});

test("a business is reached by a token that sees one of its accounts", async () => {
  const graph = await startGraph({
    tokens: [
      { token: "one", wabas: ["1", WABA] },
      { token: "none", wabas: ["1"] },
    ],
  });
  const path = `/${BUSINESS}/preverified_numbers`;
  expect((await graph.get(path, { token: "one" })).status).toBe(200);
  expect((await graph.get(path, { token: "none" })).body.error).toMatchObject({ code: 100, error_subcode: 33 });
});

test("the token of the app itself sees no object, and its secret is in no log", async () => {
  const graph = await startGraph({ appId: "4711", appSecret: "hush-hush" });
  const { status, body } = await graph.get(`/${CAKE_SHOP}`, { token: "4711|hush-hush" });
  expect([status, body.error.code, body.error.error_subcode]).toEqual([400, 100, 33]);
  for (const token of ["4711|hush", "4712|hush-hush", "4711|"]) {
    expect((await graph.get(`/${CAKE_SHOP}`, { token })).body.error.code).toBe(190);
  }
  expect(JSON.stringify(graph.emulator.requests())).not.toContain("hush");
  expect(JSON.stringify(graph.emulator.state())).not.toContain("hush");
});
