import { expect, test } from "vitest";
import { CAKE_SHOP, DAY, ICE_CREAM, kept, START, startGraph, WABA } from "./emulator-client.ts";

test("the log tells what was asked, by which token, in order, and counts by route", async () => {
  const graph = await startGraph({ tokens: ["other"] });
  await graph.get(`/v25.0/${WABA}/phone_numbers?fields=id`);
  await graph.get(`/${CAKE_SHOP}`, { token: "other" });
  await graph.get(`/${CAKE_SHOP}?access_token=nobody`, { token: null });
  await graph.post(`/${CAKE_SHOP}/messages`, {});
  const { body } = await graph.control("GET", "requests");
  expect(body.counts).toEqual({
    "GET /{WABA}/phone_numbers": 1,
    "GET /{PNID}": 2,
    "POST (not emulated)": 1,
  });
  expect(body.requests).toEqual([
    {
      time: new Date(START).toISOString(),
      method: "GET",
      path: `/v25.0/${WABA}/phone_numbers`,
      route: "/{WABA}/phone_numbers",
      status: 200,
      params: { fields: "id" },
      token: "emulator-token",
      fault: false,
    },
    expect.objectContaining({ route: "/{PNID}", status: 200, token: "other" }),
    expect.objectContaining({ route: "/{PNID}", status: 401, token: "nobody", params: {} }),
    expect.objectContaining({ route: null, status: 501 }),
  ]);
  expect(body.http).toBe(4);
  expect(graph.emulator.requests()).toEqual(body);
  await graph.control("DELETE", "requests");
  expect((await graph.control("GET", "requests")).body).toEqual({ counts: {}, http: 0, requests: [] });
});

test("the log strikes out secrets, nested ones and those in JSON text too", async () => {
  const graph = await startGraph();
  await graph.post(`/${CAKE_SHOP}/register`, { messaging_product: "whatsapp", pin: "918273" });
  await graph.post(`/${CAKE_SHOP}/verify_code?code=918273`);
  await graph.post(`/${CAKE_SHOP}`, { webhook_configuration: { verify_token: "918273" } });
  await graph.send("POST", `/${CAKE_SHOP}`, { form: { webhook_configuration: '{"verify_token":"918273"}' } });
  await graph.post(`/${CAKE_SHOP}/register`, { backup: { data: "918273", password: "918273" } });
  await graph.post(`/${CAKE_SHOP}/settings`, { calling: { sip: { password: "918273" } } });
  const text = JSON.stringify(graph.emulator.requests());
  expect(text).not.toContain("918273");
  expect(text.match(/\[redacted\]/g)?.length).toBe(6);
});

test("someone changes a number at Meta: Graph shows it, unlisted words too", async () => {
  const graph = await startGraph();
  const { status, body } = await graph.control("PATCH", `phone_numbers/${CAKE_SHOP}`, {
    status: "SOMETHING_NEW",
    quality_rating: "RED",
    throughput: { level: "HIGH" },
    verified_name: "Another Name",
    is_on_biz_app: true,
    last_onboarded_time: "2026-01-02T03:04:05+0000",
    whatsapp_business_manager_messaging_limit: "TIER_2K",
    webhook_configuration: { phone_number: "https://a.example" },
    health_status: { can_send_message: "LIMITED" },
    account_mode: "SANDBOX",
    platform_type: "NOT_APPLICABLE",
    code_verification_status: "EXPIRED",
    name_status: "NONE",
    new_display_name: "Third Name",
    new_name_status: "PENDING_REVIEW",
    certificate: "YQ==",
    new_certificate: "Yg==",
  });
  expect(status).toBe(200);
  expect(body).toEqual(kept(graph, CAKE_SHOP));
  const fields =
    "status,quality_rating,throughput,verified_name,is_on_biz_app,last_onboarded_time,webhook_configuration," +
    "whatsapp_business_manager_messaging_limit,health_status,new_display_name,certificate";
  expect((await graph.get(`/${CAKE_SHOP}?fields=${fields}`)).body).toEqual({
    status: "SOMETHING_NEW",
    quality_rating: "RED",
    throughput: { level: "HIGH" },
    verified_name: "Another Name",
    is_on_biz_app: true,
    last_onboarded_time: "2026-01-02T03:04:05+0000",
    webhook_configuration: { phone_number: "https://a.example" },
    whatsapp_business_manager_messaging_limit: "TIER_2K",
    health_status: { can_send_message: "LIMITED" },
    new_display_name: "Third Name",
    certificate: "YQ==",
    id: CAKE_SHOP,
  });
});

test("null unsets what Graph leaves out when it is unset", async () => {
  const graph = await startGraph();
  const before = kept(graph, CAKE_SHOP);
  const patch = { last_onboarded_time: "2026-01-02T03:04:05+0000", new_display_name: "Third Name", pin: null };
  await graph.control("PATCH", `phone_numbers/${CAKE_SHOP}`, patch);
  expect(kept(graph, CAKE_SHOP).is_pin_enabled).toBe(false);
  await graph.control("PATCH", `phone_numbers/${CAKE_SHOP}`, {
    last_onboarded_time: before.last_onboarded_time,
    new_display_name: null,
    pin: "123456",
  });
  expect(kept(graph, CAKE_SHOP)).toEqual(before);
});

test("two-step verification is turned off by is_pin_enabled, and on by a pin only", async () => {
  const graph = await startGraph();
  const patch = (json: object) => graph.control("PATCH", `phone_numbers/${CAKE_SHOP}`, json);
  expect((await patch({ is_pin_enabled: false })).body.is_pin_enabled).toBe(false);
  expect((await patch({ is_pin_enabled: true })).status).toBe(400);
  expect((await patch({ is_pin_enabled: true, pin: "111111" })).body.pin).toBe("111111");
});

test("an approval that is patched in runs its 14 days from then", async () => {
  const graph = await startGraph();
  graph.emulator.patchNumber(CAKE_SHOP, { new_display_name: "Cake Palace", new_name_status: "APPROVED" });
  graph.emulator.advanceClock(14 * DAY);
  expect(kept(graph, CAKE_SHOP).new_name_status).toBe("EXPIRED");
});

test.each([
  ["PATCH", `phone_numbers/${CAKE_SHOP}`, { colour: "red" }, 400],
  ["PATCH", `phone_numbers/${CAKE_SHOP}`, { status: "connected" }, 400],
  ["PATCH", `phone_numbers/${CAKE_SHOP}`, { verified_name: null }, 400],
  ["PATCH", `phone_numbers/${CAKE_SHOP}`, { last_onboarded_time: "yesterday" }, 400],
  ["PATCH", `phone_numbers/${CAKE_SHOP}`, { pin: "1" }, 400],
  ["PATCH", "phone_numbers/404", { status: "BANNED" }, 404],
  ["DELETE", "phone_numbers/404", undefined, 404],
  ["GET", `codes/${ICE_CREAM}`, undefined, 404],
  ["GET", "codes/404", undefined, 404],
  ["POST", "clock", {}, 400],
  ["POST", "clock", { advanceSeconds: -1 }, 400],
  ["POST", "clock", { advanceSeconds: "1" }, 400],
  ["POST", "clock", { advanceSeconds: 1e300 }, 400],
  ["POST", "tokens", { wabas: [] }, 400],
  ["POST", "tokens", { token: "two words" }, 400],
  ["PATCH", "tokens/nobody", { revoked: true }, 404],
  ["PATCH", "tokens/emulator-token", { revoked: "yes" }, 400],
  ["POST", "faults", {}, 400],
  ["POST", "faults", { status: 99 }, 400],
  ["POST", "faults", { body: {} }, 400],
  ["POST", "faults", { drop: "sideways" }, 400],
  ["POST", "faults", { drop: true, status: 500 }, 400],
  ["POST", "faults", { status: 500, times: 0 }, 400],
  ["POST", "faults", { status: 500, match: { url: "/" } }, 400],
  ["POST", "faults", { status: 500, times: "often" }, 400],
  ["POST", "faults", { match: { method: "GET" }, times: 2 }, 400],
  ["POST", "faults", { truncate: -1 }, 400],
  ["POST", "faults", { truncate: false }, 400],
  ["POST", "faults", { truncate: true, drop: "after" }, 400],
  ["POST", "faults", { truncate: true, status: 500 }, 400],
  ["POST", "faults", { staleMs: 0 }, 400],
  ["POST", "faults", { staleMs: 1000, status: 500 }, 400],
  ["POST", "faults", { staleMs: 1000, drop: true }, 400],
])("control %s %s %j is refused with %d and changes nothing", async (method, path, json, expected) => {
  const graph = await startGraph();
  const before = graph.emulator.state();
  const { status, body } = await graph.control(method, path, json);
  expect(status).toBe(expected);
  expect(body.error).toBeTypeOf("string");
  expect(graph.emulator.state()).toEqual(before);
});

test("a body that is not a JSON object is refused by the control routes", async () => {
  const graph = await startGraph();
  const deep = `{"status":500,"body":{"a":${"[".repeat(50_000)}${"]".repeat(50_000)}}}`;
  for (const body of ["{", "[]", "1", deep]) {
    const reply = await fetch(`${graph.emulator.url}/__emulator/clock`, { method: "POST", body });
    expect(reply.status).toBe(400);
  }
});

test("an unknown control route answers 404 with the list of those that exist", async () => {
  const graph = await startGraph();
  for (const [method, path] of [
    ["GET", "nothing"],
    ["DELETE", "state"],
    ["GET", ""],
  ] as const) {
    const { status, body } = await graph.control(method, path);
    expect(status).toBe(404);
    expect(body.routes).toContain("GET /__emulator/state");
    expect(new Set(body.routes).size).toBe(body.routes.length);
  }
});

test("the clock moves by control only, and time moves for every deadline", async () => {
  const graph = await startGraph();
  const { body } = await graph.control("POST", "clock", { advanceSeconds: 90 });
  expect(body).toEqual({ now: new Date(START + 90_000).toISOString() });
  expect(graph.emulator.state().now).toBe(body.now);
});

test("control calls are not in the log", async () => {
  const graph = await startGraph();
  await graph.control("GET", "state");
  await graph.control("GET", "nothing");
  expect(graph.emulator.requests().requests).toEqual([]);
});

test("every control answer says that it is an emulator's, refusals too", async () => {
  const graph = await startGraph();
  for (const [method, path, json] of [
    ["GET", "state", undefined],
    ["POST", "reset", undefined],
    ["GET", "nothing", undefined],
    ["POST", "clock", {}],
    ["DELETE", "phone_numbers/404", undefined],
  ] as const) {
    const { headers } = await graph.control(method, path, json);
    expect([path, headers.get("x-waba-emulator")]).toEqual([path, "1"]);
  }
});

test.each([{ drop: "after" }, { truncate: true }, { latencyMs: 1 }] as const)(
  "stale reads go with %j",
  async (effect) => {
    const graph = await startGraph();
    expect((await graph.control("POST", "faults", { staleMs: 1000, ...effect })).status).toBe(200);
  },
);

test("a batch is one request by HTTP, and a call for each of its items", async () => {
  const graph = await startGraph();
  const batch = [CAKE_SHOP, CAKE_SHOP, "404404404"].map((id) => ({ method: "GET", relative_url: id }));
  await graph.post("/v25.0/", { batch });
  await graph.post("/v25.0/", { batch: [] });
  const { counts, http, requests } = graph.emulator.requests();
  expect([counts["GET /{PNID}"], requests.length, http]).toEqual([3, 4, 2]);
});

test("the country of a number is its calling code's, until somebody says another", async () => {
  const graph = await startGraph({
    seed: {
      phone_numbers: [
        { id: "1", phone_number: "+4915112345678" },
        { id: "2", phone_number: "+77012345678", country_code: "KZ" },
        { id: "3", phone_number: "+15556667777" },
        { id: "4", phone_number: "+88312345678" },
      ],
    },
  });
  const country = async (id: string) => (await graph.get(`/${id}?fields=country_code`)).body;
  expect(await country("1")).toEqual({ country_code: "DE", id: "1" });
  expect(await country("2")).toEqual({ country_code: "KZ", id: "2" });
  expect(await country("3")).toEqual({ country_code: "US", id: "3" });
  expect(await country("4")).toEqual({ id: "4" });
  graph.emulator.patchNumber("3", { country_code: "CA" });
  expect(await country("3")).toEqual({ country_code: "CA", id: "3" });
  graph.emulator.patchNumber("3", { country_code: null });
  expect(await country("3")).toEqual({ country_code: "US", id: "3" });
  expect((await graph.control("PATCH", "phone_numbers/3", { country_code: "usa" })).status).toBe(400);
});

test("what a number's search shows is left out until it is set", async () => {
  const graph = await startGraph();
  const fields = "search_visibility,eligibility_for_api_business_global_search";
  const read = async () => (await graph.get(`/${CAKE_SHOP}?fields=${fields}`)).body;
  expect(await read()).toEqual({ id: CAKE_SHOP });
  const set = { search_visibility: "VISIBLE", eligibility_for_api_business_global_search: "ELIGIBLE" };
  graph.emulator.patchNumber(CAKE_SHOP, set);
  expect(await read()).toEqual({ ...set, id: CAKE_SHOP });
  graph.emulator.patchNumber(CAKE_SHOP, { eligibility_for_api_business_global_search: null });
  expect(await read()).toEqual({ search_visibility: "VISIBLE", id: CAKE_SHOP });
});

test("a number is shown in another spelling of its own digits, and never in others", async () => {
  const graph = await startGraph({
    seed: { phone_numbers: [{ id: "7", phone_number: "+16315551111", display_phone_number: "16315551111" }] },
  });
  const shown = async () => (await graph.get("/7?fields=display_phone_number")).body.display_phone_number;
  expect(await shown()).toBe("16315551111");
  for (const display_phone_number of ["+1 (631) 555-1111", "1631-555-1111"]) {
    graph.emulator.patchNumber("7", { display_phone_number });
    expect(await shown()).toBe(display_phone_number);
  }
  for (const display_phone_number of ["16315551112", "6315551111", "1631555111a", "", 16315551111]) {
    expect((await graph.control("PATCH", "phone_numbers/7", { display_phone_number })).status).toBe(400);
  }
  expect(await shown()).toBe("1631-555-1111");
  graph.emulator.patchNumber("7", { display_phone_number: null });
  expect(await shown()).toBe("+1 631-555-1111");
});

test("a token of accounts that are not there is taken, and the answer names them", async () => {
  const graph = await startGraph();
  const added = await graph.control("POST", "tokens", { token: "t", wabas: [WABA, "1"] });
  expect([added.status, added.body.unknown_wabas]).toEqual([200, ["1"]]);
  expect((await graph.control("PATCH", "tokens/t", { wabas: ["2"] })).body.unknown_wabas).toEqual(["2"]);
  expect((await graph.control("PATCH", "tokens/t", { wabas: [WABA] })).body).not.toHaveProperty("unknown_wabas");
});
