/** What is special to PhoneNumberSettings; what it shares with others is in number-part.test.ts and in conformance. */
import { expect, test } from "vitest";
import { CAKE_SHOP, ICE_CREAM, type Lifecycle, startLifecycle, WABA } from "../support/lifecycle.ts";
import { asSomebody } from "../support/somebody.ts";

const SET = "POST /{PNID}/settings";
const READ = "GET /{PNID}/settings";
const LIST = "GET /{WABA}/phone_numbers";
const OF = { of: "phoneNumberSettings" } as const;
/** Registered. */
const CAKE = { phoneNumberId: CAKE_SHOP.id, wabaId: WABA };
/** Not registered. */
const ICE = { phoneNumberId: ICE_CREAM.id, wabaId: WABA };
/** The account is not declared. */
const ALONE = { phoneNumberId: CAKE_SHOP.id };
const CHECK = { userIdentityChange: { enableIdentityKeyCheck: true } };
const NO_STORAGE = { storageConfiguration: { status: "NO_STORAGE_ENABLED", retentionMinutes: 60 } };
const ENABLED = { calling: { status: "ENABLED" } };
const HIDDEN = { calling: { callIconVisibility: "DISABLE_ALL" } };

/** Calling can be enabled. */
const raised = ({ emulator }: Lifecycle, id = CAKE_SHOP.id) =>
  emulator.patchNumber(id, { whatsapp_business_manager_messaging_limit: "TIER_2K" });

test("their id is Graph's path, and a create without a difference reads twice and writes nothing", async () => {
  const { stack, calls, said } = await startLifecycle({}, {}, OF);
  await stack.up(CAKE);
  expect(stack.resource?.id).toBe(`${CAKE_SHOP.id}/settings`);
  expect(calls()).toEqual([LIST, READ]);
  expect(stack.outputs).toMatchObject({ registered: true, livesOnApp: false, displayPhoneNumber: "+1 631-555-1111" });
  expect(said).toEqual([]);
});

test("each feature is one call, which holds only what differs, in Graph's words", async () => {
  const lifecycle = await startLifecycle({}, {}, OF);
  const { stack } = lifecycle;
  raised(lifecycle, ICE_CREAM.id);
  await asSomebody(lifecycle.emulator, `POST ${ICE_CREAM.id}/settings`, {
    calling: { call_icon_visibility: "DISABLE_ALL" },
  });
  const server = { hostname: "sip.example.com", requestUriUserParams: { tenantId: "1", other_key: "2" } };
  const calling = { ...HIDDEN.calling, ...ENABLED.calling, sip: { status: "ENABLED", servers: [server] } };
  await stack.up({ ...ICE, ...CHECK, ...NO_STORAGE, calling });
  expect(lifecycle.sent(SET).slice(1)).toEqual([
    { user_identity_change: { enable_identity_key_check: true } },
    { storage_configuration: { status: "NO_STORAGE_ENABLED", retention_minutes: 60 } },
    {
      calling: {
        status: "ENABLED",
        sip: {
          status: "ENABLED",
          servers: [{ hostname: "sip.example.com", request_uri_user_params: { tenantId: "1", other_key: "2" } }],
        },
      },
    },
  ]);
});

test("what is not declared is shown, and never changed; what is taken out stays, without a call", async () => {
  const lifecycle = await startLifecycle({}, {}, OF);
  const { stack, writes, calls } = lifecycle;
  raised(lifecycle);
  await stack.up({ ...CAKE, ...CHECK, calling: { ...ENABLED.calling, ...HIDDEN.calling } });
  await asSomebody(lifecycle.emulator, `POST ${CAKE_SHOP.id}/settings`, {
    calling: { callback_permission_status: "ENABLED" },
  });
  writes();
  const program = { ...CAKE, ...CHECK, calling: { ...ENABLED.calling, ...HIDDEN.calling } };
  expect(await stack.up(program)).toMatchObject({ op: "same" });
  expect(stack.outputs).toMatchObject({ calling: { ...program.calling, callbackPermissionStatus: "ENABLED" } });
  expect(stack.resource?.inputs).toEqual(program);

  calls();
  expect(await stack.upWithoutRefresh({ ...CAKE, ...HIDDEN })).toEqual({
    op: "update",
    properties: ["calling", "userIdentityChange"],
  });
  expect(calls()).toEqual([]);
  expect(stack.outputs).toMatchObject({ managed: ["calling"], managedCalling: ["callIconVisibility"] });
  await asSomebody(lifecycle.emulator, `POST ${CAKE_SHOP.id}/settings`, { calling: { status: "DISABLED" } });
  await asSomebody(lifecycle.emulator, `POST ${CAKE_SHOP.id}/settings`, {
    user_identity_change: { enable_identity_key_check: false },
  });
  writes();
  expect(await stack.up({ ...CAKE, ...HIDDEN })).toMatchObject({ op: "same" });
  expect(stack.outputs).toMatchObject({ calling: { status: "DISABLED", callIconVisibility: "DISABLE_ALL" } });
  expect(await stack.up(CAKE)).toEqual({ op: "update", properties: ["calling"] });
  expect(writes()).toEqual([]);
});

test("what is off, and what nobody ever set, is the same: nothing is written", async () => {
  const { stack, writes } = await startLifecycle({}, {}, OF);
  const program = {
    ...CAKE,
    calling: { status: "DISABLED", callIconVisibility: "DEFAULT", callIcons: { restrictToUserCountries: [] } },
    storageConfiguration: { status: "IN_COUNTRY_STORAGE_DISABLED" },
    userIdentityChange: { enableIdentityKeyCheck: false },
  };
  await stack.up(program);
  expect(await stack.up(program)).toEqual({ op: "same", properties: [] });
  expect(stack.outputs).toMatchObject(program);
  expect(writes()).toEqual([]);
});

test("servers are compared with Meta's default port, and those of a SIP that is off are left alone", async () => {
  const lifecycle = await startLifecycle({}, {}, OF);
  const { stack, writes } = lifecycle;
  const set = (status: string) =>
    asSomebody(lifecycle.emulator, `POST ${CAKE_SHOP.id}/settings`, {
      calling: { sip: { status, servers: [{ hostname: "sip.example.com", port: 5061 }] } },
    });
  const declare = (...hostnames: string[]) => ({
    ...CAKE,
    calling: { sip: { status: "ENABLED", servers: hostnames.map((hostname) => ({ hostname })) } },
  });
  await set("ENABLED");
  writes();
  await stack.up(declare("sip.example.com"));
  expect((await stack.up(declare("sip.example.com"))).op).toBe("same");
  expect(writes()).toEqual([]);
  await stack.up(declare("sip2.example.com"));
  expect(writes()).toEqual([SET]);

  const off = { ...CAKE, calling: { sip: { status: "DISABLED" } } };
  await set("DISABLED");
  writes();
  await stack.up(off);
  expect((await stack.up(off)).op).toBe("same");
  expect(writes()).toEqual([]);
  await set("ENABLED");
  writes();
  expect(await stack.up(off)).toEqual({ op: "update", properties: ["calling"] });
  expect(writes()).toEqual([SET]);
});

test("calling that Meta refuses is an error, keeps what was achieved, and is set when Meta allows it", async () => {
  const lifecycle = await startLifecycle({}, {}, OF);
  const { stack, emulator, writes } = lifecycle;
  emulator.patchNumber(ICE_CREAM.id, { whatsapp_business_manager_messaging_limit: "TIER_250" });
  const program = { ...ICE, ...CHECK, ...NO_STORAGE, ...ENABLED };
  await expect(stack.up(program)).rejects.toThrow(/could not set calling .*code 138000/);
  expect(writes()).toEqual([SET, SET, SET]);
  expect(stack.resource?.initErrors).toHaveLength(1);
  expect(stack.outputs).toMatchObject({ ...CHECK, ...NO_STORAGE });
  await expect(stack.up(program)).rejects.toThrow(/138000/);
  expect(writes()).toEqual([SET]);
  raised(lifecycle, ICE_CREAM.id);
  await stack.up(program);
  expect(writes()).toEqual([SET]);
  expect(stack.outputs).toMatchObject(program);
  expect((await stack.up(program)).op).toBe("same");
});

test("the settings of an account's numbers share the list of the numbers", async () => {
  const { provider, calls } = await startLifecycle({}, {}, OF);
  const made = [await provider.create(CAKE), await provider.create(ICE)];
  expect(calls()).toEqual([LIST, READ, READ]);
  provider.begin?.();
  for (const { id, outs } of made) await provider.read(id, outs);
  expect(calls()).toEqual([LIST, READ, READ]);
});

test.each([
  ["lives on the app", { is_on_biz_app: true }],
  ["was never moved from the app", { platform_type: "ON_PREMISE", status: "DISCONNECTED" }],
] as const)("the settings of a number that %s are never written, and a warning says so", async (_what, patch) => {
  const lifecycle = await startLifecycle({}, {}, OF);
  const { stack, writes, emulator, said } = lifecycle;
  raised(lifecycle);
  emulator.patchNumber(CAKE_SHOP.id, patch);
  const program = { ...CAKE, ...CHECK, ...ENABLED };
  await stack.up(program);
  expect(said.join("\n")).toContain("lives on the WhatsApp Business app: its settings are left alone");
  expect(await stack.up(program)).toEqual({ op: "same", properties: [] });
  await stack.up({ ...program, ...HIDDEN, ...NO_STORAGE });
  expect(writes()).toEqual([]);
  // Moved to the Cloud API, they are the program's.
  emulator.patchNumber(CAKE_SHOP.id, { is_on_biz_app: false, platform_type: "CLOUD_API", status: "CONNECTED" });
  await stack.up(program);
  expect(writes()).toEqual([SET, SET]);
});

test("a write whose answer was lost is made again in the same run: twice has one effect", async () => {
  const { stack, emulator, writes } = await startLifecycle({}, {}, OF);
  emulator.addFault({ match: { method: "POST" }, drop: "after" });
  await stack.up({ ...CAKE, ...CHECK });
  expect(writes()).toEqual([SET, SET]);
  expect(stack.resource?.initErrors).toEqual([]);
});

test("a message names the number as people write it, also where it could not be read", async () => {
  const { stack, emulator } = await startLifecycle({}, {}, OF);
  await stack.up(ALONE);
  const error = { message: "(#200) permission", type: "OAuthException", code: 200 };
  emulator.addFault({ match: { method: "GET" }, times: "always", status: 403, body: { error } });
  await expect(stack.refresh()).rejects.toThrow(/· number \+1 631-555-1111 \(1972385232742141\)/);
});

test("another number has other settings: replaced, and the old ones are left as they are", async () => {
  const lifecycle = await startLifecycle({}, {}, OF);
  const { stack, writes } = lifecycle;
  await stack.up({ ...CAKE, ...CHECK });
  writes();
  expect(await stack.up({ ...ICE, ...CHECK })).toEqual({ op: "replace", properties: ["phoneNumberId"] });
  expect(stack.resource?.id).toBe(`${ICE_CREAM.id}/settings`);
  expect(writes()).toEqual([SET]);
});

test("get takes the number's id, and refuses what is no id of settings", async () => {
  const { provider } = await startLifecycle({}, {}, OF);
  const { id, props } = await provider.read(CAKE_SHOP.id, {});
  expect([id, props]).toMatchObject([CAKE_SHOP.id, { phoneNumberId: CAKE_SHOP.id, registered: true }]);
  await expect(provider.read(`${CAKE_SHOP.id}/whatsapp_business_profile`, {})).rejects.toThrow("is no id of");
});

test("passwords of SIP servers are not asked for, and not kept where Graph shows them", async () => {
  const { stack, emulator } = await startLifecycle({}, {}, OF);
  const sip = { status: "ENABLED", servers: [{ hostname: "a.b", port: 1, sip_user_password: "sesame", app_id: "1" }] };
  const match = { method: "GET", path: "/{PNID}/settings" };
  emulator.addFault({ match, status: 200, body: { calling: { sip, status: null, ip_addresses: { default: [] } } } });
  await stack.up(CAKE);
  expect(stack.outputs).toMatchObject({ calling: { sip: { servers: [{ hostname: "a.b", port: 1 }] } } });
  expect(JSON.stringify(stack.resource)).not.toContain("sesame");
  const [read] = emulator.requests().requests.filter(({ route }) => route === "/{PNID}/settings");
  expect(read?.params).toEqual({});
});
