import { expect, test } from "vitest";
import { ICE_CREAM, startGraph, WABA } from "./emulator-client.ts";

test("an account answers name, currency, time zone, namespace and id unasked", async () => {
  const graph = await startGraph();
  expect((await graph.get(`/${WABA}`)).body).toEqual({
    name: "Lucky Shrub",
    currency: "USD",
    timezone_id: "1",
    message_template_namespace: expect.stringMatching(/^[0-9a-f]{8}(_[0-9a-f]{4}){3}_[0-9a-f]{12}$/),
    id: WABA,
  });
});

test("every other field comes when it is asked for", async () => {
  const graph = await startGraph();
  graph.emulator.patchNumber(ICE_CREAM, { whatsapp_business_manager_messaging_limit: "TIER_10K" });
  const fields = {
    account_review_status: "APPROVED",
    business_verification_status: "verified",
    country: "US",
    creation_time: Date.parse("2023-08-22T18:00:00Z") / 1000,
    owner_business_info: { id: "506914307656634", name: "Lucky Shrub" },
    ownership_type: "SELF",
    primary_business_location: "US",
    status: "ACTIVE",
    whatsapp_business_manager_messaging_limit: "TIER_10K",
  };
  const { body } = await graph.get(`/${WABA}?fields=${Object.keys(fields).join(",")}`);
  expect(body).toEqual({ ...fields, id: WABA });
});

test("a banned account is DISABLED, and one without numbers has the lowest limit", async () => {
  const graph = await startGraph({ numbers: 0, wabas: 1 });
  graph.emulator.patchWaba("900000", { waba_ban_state: "DISABLE" });
  const { body } = await graph.get("/900000?fields=status,whatsapp_business_manager_messaging_limit");
  expect(body).toEqual({
    status: "DISABLED",
    whatsapp_business_manager_messaging_limit: "TIER_250",
    id: "900000",
  });
});

test("when an account was made comes from the seed", async () => {
  const created_at = "2025-01-01T00:00:00Z";
  const graph = await startGraph({ seed: { wabas: [{ id: "60", created_at }] } });
  expect((await graph.get("/60?fields=creation_time")).body.creation_time).toBe(Date.parse(created_at) / 1000);
});

test("an account's health names it and its business", async () => {
  const graph = await startGraph();
  const { body } = await graph.get(`/${WABA}?fields=health_status{can_send_message,entities{entity_type,id}}`);
  expect(body.health_status).toEqual({
    can_send_message: "AVAILABLE",
    entities: [
      { entity_type: "WABA", id: WABA },
      { entity_type: "BUSINESS", id: "506914307656634" },
    ],
  });
});

test("accounts have namespaces of their own, the same in every run", async () => {
  const namespaces = async () => {
    const graph = await startGraph({ wabas: 2 });
    const read = async (id: string) => (await graph.get(`/${id}?fields=message_template_namespace`)).body;
    return [await read("900000"), await read("900001")].map((body) => body.message_template_namespace);
  };
  const [first, second] = await namespaces();
  expect(first).not.toBe(second);
  expect(await namespaces()).toEqual([first, second]);
});

test.each([
  ["JSON", { json: { name: "New name", timezone_id: "2" } }, ""],
  ["a form", { form: { name: "New name", timezone_id: "2" } }, ""],
  ["the query", {}, "?name=New%20name&timezone_id=2"],
])("name and time zone are set by %s", async (_way, call, query) => {
  const graph = await startGraph();
  expect((await graph.send("POST", `/${WABA}${query}`, call)).body).toEqual({ success: true });
  const { body } = await graph.get(`/${WABA}?fields=name,timezone_id,currency`);
  expect(body).toEqual({ name: "New name", timezone_id: "2", currency: "USD", id: WABA });
});

test("one of the two alone leaves the other as it was", async () => {
  const graph = await startGraph();
  await graph.post(`/${WABA}`, { timezone_id: 70 });
  await graph.post(`/${WABA}`, { name: "n".repeat(100) });
  const { body } = await graph.get(`/${WABA}?fields=name,timezone_id`);
  expect(body).toEqual({ name: "n".repeat(100), timezone_id: "70", id: WABA });
});

test.each([
  {},
  { name: "" },
  { name: " " },
  { name: "n".repeat(101) },
  { timezone_id: "Europe/Berlin" },
  { name: ["a"] },
])("the update %j is refused with 100 and changes nothing", async (update) => {
  const graph = await startGraph();
  const before = (await graph.get(`/${WABA}`)).body;
  const { status, body } = await graph.post(`/${WABA}`, update);
  expect([status, body.error.code]).toEqual([400, 100]);
  expect((await graph.get(`/${WABA}`)).body).toEqual(before);
});
