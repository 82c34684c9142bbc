import { expect, test } from "vitest";
import { CAKE_SHOP, ICE_CREAM, startGraph, WABA } from "./emulator-client.ts";

test("a bare read answers the default fields", async () => {
  const graph = await startGraph();
  const { status, headers, body } = await graph.get(`/v25.0/${CAKE_SHOP}`);
  expect(status).toBe(200);
  expect(body).toEqual({
    verified_name: "John's Cake Shop",
    code_verification_status: "VERIFIED",
    display_phone_number: "+1 631-555-1111",
    quality_rating: "GREEN",
    platform_type: "CLOUD_API",
    throughput: { level: "STANDARD" },
    id: CAKE_SHOP,
  });
  expect(headers.get("facebook-api-version")).toBe("v25.0");
  expect(headers.get("x-waba-emulator")).toBe("1");
  expect(headers.get("x-fb-trace-id")).toMatch(/^A/);
});

test("every field that a widely used client asks for at once is known", async () => {
  const graph = await startGraph();
  const fields =
    "id,verified_name,display_phone_number,conversational_automation,status,quality_rating,quality_score," +
    "webhook_configuration,name_status,new_name_status,code_verification_status,account_mode,is_on_biz_app," +
    "is_official_business_account,is_pin_enabled,is_preverified_number,search_visibility,platform_type,throughput," +
    "eligibility_for_api_business_global_search,health_status,certificate,new_certificate,last_onboarded_time," +
    "country_code,country_dial_code,whatsapp_business_manager_messaging_limit";
  const { status, body } = await graph.get(`/${CAKE_SHOP}?fields=${fields}`);
  expect(status).toBe(200);
  expect(body).toMatchObject({ is_pin_enabled: true, country_dial_code: "1", is_on_biz_app: false });
  expect(body).not.toHaveProperty("new_certificate");
  expect(body).not.toHaveProperty("new_name_status");
});

test("fields may be joined with a semicolon", async () => {
  const graph = await startGraph();
  expect((await graph.get(`/${CAKE_SHOP}?fields=status;name_status`)).body).toEqual({
    status: "CONNECTED",
    name_status: "APPROVED",
    id: CAKE_SHOP,
  });
});

test.each([
  ["status,status", 2500],
  ["status{", 2500],
  ["throughput{level", 2500],
  ["status,", 2500],
  ["a{".repeat(20), 2500],
  ["__proto__", 100],
  ["constructor", 100],
  ["status{level}", 100],
  ["throughput{speed}", 100],
  ["host_platform", 100],
  [`${"[".repeat(30)}${"]".repeat(30)}`, 2500],
])("fields=%s is refused with code %d", async (fields, code) => {
  const graph = await startGraph();
  const { status, body } = await graph.get(`/${CAKE_SHOP}?fields=${encodeURIComponent(fields)}`);
  expect([status, body.error.code]).toEqual([400, code]);
});

test("health names the number, its account and its business", async () => {
  const graph = await startGraph();
  const read = async (id: string) => (await graph.get(`/${id}?fields=health_status`)).body.health_status;
  expect(await read(CAKE_SHOP)).toEqual({
    can_send_message: "AVAILABLE",
    entities: [
      { entity_type: "PHONE_NUMBER", id: CAKE_SHOP, can_send_message: "AVAILABLE" },
      { entity_type: "WABA", id: WABA, can_send_message: "AVAILABLE" },
      { entity_type: "BUSINESS", id: "506914307656634", can_send_message: "AVAILABLE" },
    ],
  });
  expect(await read(ICE_CREAM)).toMatchObject({
    can_send_message: "BLOCKED",
    entities: [{ errors: [{ error_code: 133010 }] }, {}, {}],
  });
  const nested = await graph.get(`/${ICE_CREAM}?fields=health_status{entities{id,errors{error_code}}}`);
  expect(nested.body.health_status).toMatchObject({
    entities: [{ id: ICE_CREAM, errors: [{ error_code: 133010 }] }, { id: WABA }, { id: "506914307656634" }],
  });
});

test("without certificates the certificate fields do not exist", async () => {
  const graph = await startGraph({ certificates: false });
  for (const field of ["certificate", "new_certificate"]) {
    const { status, body } = await graph.get(`/${CAKE_SHOP}?fields=id,${field}`);
    expect(status).toBe(400);
    expect(body.error.message).toContain(`nonexisting field (${field})`);
  }
});

test("an account says which of its fields are not emulated", async () => {
  const graph = await startGraph();
  expect((await graph.get(`/${WABA}?fields=id`)).body).toEqual({ id: WABA });
  expect((await graph.get(`/${WABA}?fields=message_templates`)).status).toBe(501);
  expect((await graph.get(`/${WABA}?fields=colour`)).body.error.code).toBe(100);
});
