import { expect, test } from "vitest";
import { addVerified, CAKE_SHOP, type Graph, ICE_CREAM, kept, SANDBOX, startGraph } from "./emulator-client.ts";

const path = `/${CAKE_SHOP}/settings`;
const HOURS = { day_of_week: "MONDAY" as const, open_time: "0400", close_time: "1020" };
const CALL_HOURS = { status: "ENABLED" as const, timezone_id: "America/Manaus", weekly_operating_hours: [HOURS] };
const BRAZIL = { status: "IN_COUNTRY_STORAGE_ENABLED", data_localization_region: "BR" };
const NOWHERE = { status: "NO_STORAGE_ENABLED", retention_minutes: 60 };

const startEligible = async (): Promise<Graph> => {
  const graph = await startGraph();
  graph.emulator.patchNumber(CAKE_SHOP, { whatsapp_business_manager_messaging_limit: "TIER_2K" });
  return graph;
};
const read = async (graph: Graph, query = "") => (await graph.get(`${path}${query}`)).body;
const register = (graph: Graph, id: string, more = {}) =>
  graph.post(`/${id}/register`, { messaging_product: "whatsapp", pin: "123456", ...more });

test("nothing is answered of what was never set", async () => {
  expect(await read(await startGraph())).toEqual({});
});

test("what is set is read back, by the block and by the key", async () => {
  const graph = await startEligible();
  const calling = { status: "ENABLED", call_icon_visibility: "DISABLE_ALL", call_hours: CALL_HOURS };
  const identity = { enable_identity_key_check: true };
  expect((await graph.post(path, { calling })).body).toEqual({ success: true });
  expect((await graph.post(path, { user_identity_change: identity })).body).toEqual({ success: true });
  expect(await read(graph)).toEqual({ calling, user_identity_change: identity });
  expect(await read(graph, "?fields=calling,storage_configuration,user_identity_change")).toEqual({
    calling,
    user_identity_change: identity,
  });
  expect(await read(graph, "?fields=user_identity_change")).toEqual({ user_identity_change: identity });
  expect(await read(graph, "?fields=calling{status}")).toEqual({ calling: { status: "ENABLED" } });
  expect((await read(graph, "?fields=colour")).error.message).toContain("nonexisting field (colour)");
});

test.each([
  ["JSON", { json: { user_identity_change: { enable_identity_key_check: true } } }, ""],
  ["a form", { form: { user_identity_change: '{"enable_identity_key_check":true}' } }, ""],
  ["the query", {}, `?user_identity_change=${encodeURIComponent('{"enable_identity_key_check":true}')}`],
])("a block may come by %s", async (_way, call, query) => {
  const graph = await startGraph();
  expect((await graph.send("POST", path + query, call)).body).toEqual({ success: true });
  expect(await read(graph)).toEqual({ user_identity_change: { enable_identity_key_check: true } });
});

test.each([{}, { messaging_product: "whatsapp" }, { user_identity_change: null }])(
  "%j has no block and is refused",
  async (body) => {
    const graph = await startGraph();
    const reply = await graph.post(path, body);
    expect([reply.status, reply.body.error]).toMatchObject([
      400,
      { code: 100, type: "OAuthException", message: "One feature setting must be specified" },
    ]);
  },
);

test("settings change behind Graph's back, as a whole, and are unset", async () => {
  const graph = await startEligible();
  const calling = { status: "ENABLED", call_hours: CALL_HOURS } as const;
  const identity = { enable_identity_key_check: true };
  await graph.post(path, { user_identity_change: identity });
  graph.emulator.patchNumber(CAKE_SHOP, { settings: { calling } });
  expect(await read(graph)).toEqual({ calling });
  graph.emulator.patchNumber(CAKE_SHOP, { settings: null });
  expect(await read(graph)).toEqual({});
});

test.each([
  { callling: {} },
  { calling: { status: "ON" } },
  { calling: { call_hours: { ...CALL_HOURS, timezone_id: "X" } } },
])("settings %j cannot be set behind Graph's back", async (settings) => {
  const graph = await startGraph();
  expect(() => graph.emulator.patchNumber(CAKE_SHOP, { settings } as never)).toThrow(/settings/);
});

test("two blocks in one request are refused, and neither is set", async () => {
  const graph = await startGraph();
  const before = graph.emulator.state();
  const both = { user_identity_change: { enable_identity_key_check: true }, calling: { status: "DISABLED" } };
  expect((await graph.post(path, both)).body.error.message).toBe("One feature setting must be specified");
  expect(graph.emulator.state()).toEqual(before);
});

test.each([
  [{ calling: { status: "enabled" } }, "calling[status]"],
  [{ calling: { status: "ON" } }, "calling[status]"],
  [{ calling: {} }, "calling"],
  [{ calling: "ENABLED" }, "calling"],
  [{ calling: { call_icon_visibility: "hidden" } }, "call_icon_visibility"],
  [{ calling: { colour: "red" } }, "calling"],
  [{ calling: { call_icons: { restrict_to_user_countries: ["usa"] } } }, "restrict_to_user_countries"],
  [{ calling: { call_hours: { ...CALL_HOURS, timezone_id: "" } } }, "timezone_id"],
  [{ calling: { call_hours: { ...CALL_HOURS, timezone_id: "Mars/X" } } }, "timezone_id"],
  [
    { calling: { call_hours: { ...CALL_HOURS, weekly_operating_hours: [{ ...HOURS, open_time: "4:00" }] } } },
    "open_time",
  ],
  [
    { calling: { call_hours: { ...CALL_HOURS, weekly_operating_hours: [{ ...HOURS, open_time: "2400" }] } } },
    "open_time",
  ],
  [{ calling: { call_hours: { ...CALL_HOURS, weekly_operating_hours: [{ ...HOURS, open_time: "1020" }] } } }, "weekly"],
  [
    { calling: { call_hours: { ...CALL_HOURS, weekly_operating_hours: [{ ...HOURS, day_of_week: "MON" }] } } },
    "day_of",
  ],
  [
    {
      calling: {
        call_hours: {
          ...CALL_HOURS,
          weekly_operating_hours: [HOURS, { ...HOURS, open_time: "1019", close_time: "1100" }],
        },
      },
    },
    "overlap",
  ],
  [{ calling: { sip: { status: "ENABLED", servers: [{ hostname: "a", port: 0 }] } } }, "port"],
  [{ user_identity_change: { enabled: true } }, "user_identity_change"],
  [{ user_identity_change: { enable_identity_key_check: "true" } }, "enable_identity_key_check"],
  [{ payload_encryption: { status: "ENABLED" } }, "client_encryption_key"],
  [{ payload_encryption: { status: "enabled", client_encryption_key: "a" } }, "payload_encryption[status]"],
])("%j is refused with 100 and sets nothing", async (body, named) => {
  const graph = await startEligible();
  const before = graph.emulator.state();
  const reply = await graph.post(path, body);
  expect([reply.status, reply.body.error.code]).toEqual([400, 100]);
  expect(reply.body.error.message).toContain(named);
  expect(graph.emulator.state()).toEqual(before);
});

test("hours of one day may follow each other, twice a day at most", async () => {
  const graph = await startEligible();
  const day = (...times: [string, string][]) =>
    graph.post(path, {
      calling: {
        call_hours: {
          ...CALL_HOURS,
          weekly_operating_hours: times.map(([open_time, close_time]) => ({ ...HOURS, open_time, close_time })),
        },
      },
    });
  expect((await day(["0400", "1020"], ["1020", "1100"])).status).toBe(200);
  expect((await day(["0400", "1020"], ["1020", "1100"], ["1200", "1300"])).body.error.code).toBe(100);
});

test.each([
  ["TIER_250", "LIVE", 138000],
  ["TIER_1K", "LIVE", 138000],
  ["UNTIERED", "LIVE", 138000],
  ["TIER_2K", "LIVE", undefined],
  ["TIER_UNLIMITED", "LIVE", undefined],
  ["TIER_250", "SANDBOX", undefined],
])("with %s on a %s number, enabling calling is answered with %s", async (limit, account_mode, code) => {
  const graph = await startGraph();
  graph.emulator.patchNumber(CAKE_SHOP, { whatsapp_business_manager_messaging_limit: limit, account_mode });
  const before = kept(graph, CAKE_SHOP);
  const reply = await graph.post(path, { calling: { status: "ENABLED" } });
  expect(reply.body.error?.code).toBe(code);
  if (code !== undefined) expect(kept(graph, CAKE_SHOP)).toEqual(before);
  expect((await graph.post(path, { calling: { status: "DISABLED" } })).status).toBe(200);
});

test("keys that are left out stay, and call_hours are replaced as a whole", async () => {
  const graph = await startEligible();
  const holidays = [{ date: "2026-01-01", start_time: "0000", end_time: "2359" }];
  await graph.post(path, { calling: { status: "ENABLED", call_hours: { ...CALL_HOURS, holiday_schedule: holidays } } });
  await graph.post(path, { calling: { callback_permission_status: "ENABLED" } });
  expect(await read(graph)).toMatchObject({
    calling: { status: "ENABLED", callback_permission_status: "ENABLED", call_hours: { holiday_schedule: holidays } },
  });
  await graph.post(path, { calling: { call_hours: CALL_HOURS } });
  expect(await read(graph, "?fields=calling{call_hours}")).toEqual({ calling: { call_hours: CALL_HOURS } });
});

test("the passwords of SIP servers come only when they are asked for", async () => {
  const graph = await startEligible();
  const sip = { status: "ENABLED", servers: [{ hostname: "sip.example.com", port: 5061 }] };
  await graph.post(path, { calling: { sip } });
  expect(await read(graph)).toEqual({ calling: { sip } });
  expect(await read(graph, "?include_sip_credentials=false")).toEqual({ calling: { sip } });
  const asked = await read(graph, "?include_sip_credentials=true");
  expect(asked).toMatchObject({ calling: { sip: { servers: [{ hostname: "sip.example.com", port: 5061 }] } } });
  expect(JSON.stringify(asked)).toMatch(/"sip_user_password":"[\w-]{32}"/);
});

test("of the encryption key only a fingerprint is shown", async () => {
  const graph = await startGraph();
  const client_encryption_key = "LS0tLS1CRUdJTiBQVUJMSUMgS0VZ";
  await graph.post(path, { payload_encryption: { status: "ENABLED", client_encryption_key } });
  const shown = await read(graph);
  expect(shown).toEqual({
    payload_encryption: {
      status: "ENABLED",
      client_encryption_key_fingerprint: expect.stringMatching(/^SHA256:/),
    },
  });
  expect(JSON.stringify(shown)).not.toContain(client_encryption_key);
  await graph.post(path, { payload_encryption: { status: "DISABLED" } });
  expect(await read(graph)).toEqual({ payload_encryption: { status: "DISABLED" } });
});

test.each([BRAZIL, NOWHERE])("the storage %j is set while a number is not registered", async (block) => {
  const graph = await startGraph();
  expect((await graph.post(`/${ICE_CREAM}/settings`, { storage_configuration: block })).status).toBe(200);
  expect((await graph.get(`/${ICE_CREAM}/settings`)).body).toEqual({ storage_configuration: block });
  const off = { storage_configuration: { status: "IN_COUNTRY_STORAGE_DISABLED" } };
  expect((await graph.post(`/${ICE_CREAM}/settings`, off)).status).toBe(200);
  expect((await graph.get(`/${ICE_CREAM}/settings`)).body).toEqual({});
});

test("the storage of a registered number is fixed until it is deregistered, which also ends it", async () => {
  const graph = await startGraph();
  const id = await addVerified(graph);
  const set = (block: unknown) => graph.post(`/${id}/settings`, { storage_configuration: block });
  await set(BRAZIL);
  expect((await register(graph, id)).status).toBe(200);
  expect(kept(graph, id).data_localization_region).toBe("BR");
  expect((await set(NOWHERE)).body.error.code).toBe(100);
  expect((await set({ status: "IN_COUNTRY_STORAGE_DISABLED" })).body.error.code).toBe(100);
  expect((await graph.get(`/${id}/settings`)).body).toEqual({ storage_configuration: BRAZIL });
  await graph.post(`/${id}/deregister`);
  expect((await graph.get(`/${id}/settings`)).body).toEqual({});
  expect((await set(NOWHERE)).status).toBe(200);
  expect((await register(graph, id)).status).toBe(200);
  expect((await graph.get(`/${id}/settings`)).body).toEqual({ storage_configuration: NOWHERE });
  await graph.post(`/${id}/deregister`);
  expect((await graph.get(`/${id}/settings`)).body).toEqual({});
});

test("one storage takes the place of the other, and register refuses a region beside a retention", async () => {
  const graph = await startGraph();
  const id = await addVerified(graph);
  const set = (block: unknown) => graph.post(`/${id}/settings`, { storage_configuration: block });
  await set(BRAZIL);
  await set(NOWHERE);
  expect((await graph.get(`/${id}/settings`)).body).toEqual({ storage_configuration: NOWHERE });
  expect((await register(graph, id, { data_localization_region: "DE" })).body.error.code).toBe(100);
  expect(kept(graph, id).status).toBe("PENDING");
  await set(BRAZIL);
  expect((await register(graph, id, { data_localization_region: "DE" })).status).toBe(200);
  expect(kept(graph, id).data_localization_region).toBe("DE");
});

test.each([
  [{ ...BRAZIL, retention_minutes: 60 }],
  [{ ...NOWHERE, data_localization_region: "BR" }],
  [{ ...NOWHERE, retention_minutes: 61 }],
  [{ status: "NO_STORAGE_ENABLED" }],
  [{ status: "IN_COUNTRY_STORAGE_ENABLED" }],
  [{ ...BRAZIL, data_localization_region: "US" }],
  [{ ...BRAZIL, data_localization_region: "br" }],
  [{ status: "in_country_storage_enabled", data_localization_region: "BR" }],
  [{ enabled: true, region: "BR" }],
])("the storage %j is refused", async (block) => {
  const graph = await startGraph();
  const before = graph.emulator.state();
  const reply = await graph.post(`/${SANDBOX}/settings`, { storage_configuration: block });
  expect([reply.status, reply.body.error.code]).toEqual([400, 100]);
  expect(reply.body.error.message).toContain("storage_configuration");
  expect(graph.emulator.state()).toEqual(before);
});

test("the visibility in search is unset until it is set, with the words that are known", async () => {
  const graph = await startGraph();
  expect((await graph.get(`/${CAKE_SHOP}?fields=search_visibility`)).body).toEqual({ id: CAKE_SHOP });
  for (const search_visibility of ["VISIBLE", "HIDDEN", "NON_VISIBLE"]) {
    expect((await graph.post(`/${CAKE_SHOP}`, { search_visibility })).body).toEqual({ success: true });
    expect((await graph.get(`/${CAKE_SHOP}?fields=search_visibility`)).body).toEqual({
      search_visibility,
      id: CAKE_SHOP,
    });
  }
  const before = kept(graph, CAKE_SHOP);
  expect((await graph.post(`/${CAKE_SHOP}`, { search_visibility: "visible" })).body.error.code).toBe(100);
  expect((await graph.post(`/${CAKE_SHOP}`, { search_visibility: "VISIBLE", pin: "1" })).body.error.code).toBe(100);
  expect(kept(graph, CAKE_SHOP)).toEqual(before);
});
