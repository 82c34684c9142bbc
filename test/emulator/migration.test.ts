import { describe, expect, test } from "vitest";
import { type Graph, kept, type Reply, startGraph } from "./emulator-client.ts";

const BUSINESS = "506914307656634";
const OTHER_BUSINESS = "222222";
const SOURCE_WABA = "900000";
const TARGET_WABA = "900001";
const OTHER_WABA = "900002";
const WABAS = [SOURCE_WABA, TARGET_WABA, OTHER_WABA];
const SOURCE = "700000001";
const OTHER_NUMBER = "700000002";
const PHONE = "5550000001";
const source = { id: SOURCE, waba_id: SOURCE_WABA, phone_number: `+1${PHONE}`, verified_name: "Lucky Shrub" };
const registered = { platform_type: "CLOUD_API", name_status: "APPROVED" };

/** A number that may move from the first account to the second. */
const SEED = {
  businesses: [
    { id: BUSINESS, name: "Lucky Shrub" },
    { id: OTHER_BUSINESS, name: "Somebody" },
  ],
  wabas: WABAS.map((id) => ({ id, name: id, business_id: BUSINESS })),
  phone_numbers: [
    { ...source, ...registered, quality_rating: "YELLOW", whatsapp_business_manager_messaging_limit: "TIER_10K" },
    { id: OTHER_NUMBER, waba_id: OTHER_WABA, phone_number: "+15550000002", verified_name: "Listed only" },
  ],
};

const refusal = ({ status, body }: Reply) => [status, body.error.code, body.error.error_subcode];
const ids = ({ body }: Reply) => body.data.map((row) => row.id);
const move = (graph: Graph, waba = TARGET_WABA, more: object = {}) =>
  graph.post(`/${waba}/phone_numbers`, { cc: "1", phone_number: PHONE, migrate_phone_number: true, ...more });
const register = (graph: Graph, id: string) =>
  graph.post(`/${id}/register`, { messaging_product: "whatsapp", pin: "654321" });

async function ready(): Promise<Graph> {
  const graph = await startGraph({ seed: SEED });
  graph.emulator.patchNumber(SOURCE, { is_pin_enabled: false });
  for (const id of WABAS) await graph.post(`/${id}/subscribed_apps`);
  return graph;
}

async function prove(graph: Graph, id: string): Promise<void> {
  await graph.post(`/${id}/request_code`, { code_method: "SMS", language: "en" });
  await graph.post(`/${id}/verify_code`, { code: graph.emulator.code(id) });
}

describe("a number moves to another account", () => {
  test("with a new id, unverified, and with what it keeps, while the old one goes on working", async () => {
    const graph = await ready();
    graph.emulator.patchNumber(SOURCE, { official_business_account: { oba_status: "APPROVED" } });
    const before = kept(graph, SOURCE);
    const { status, body } = await move(graph);
    expect(status).toBe(200);
    expect(body).toEqual({ id: expect.stringMatching(/^\d{15}$/) });
    expect(kept(graph, body.id)).toMatchObject({
      waba_id: TARGET_WABA,
      display_phone_number: "+1 555-000-0001",
      verified_name: "Lucky Shrub",
      name_status: "APPROVED",
      quality_rating: "YELLOW",
      whatsapp_business_manager_messaging_limit: "TIER_10K",
      is_official_business_account: true,
      code_verification_status: "NOT_VERIFIED",
      platform_type: "NOT_APPLICABLE",
      status: "PENDING",
      throughput: { level: "NOT_APPLICABLE" },
      is_pin_enabled: false,
    });
    expect(kept(graph, SOURCE)).toEqual(before);
    expect((await register(graph, body.id)).body.error.code).toBe(133006);
    await prove(graph, body.id);
    expect(kept(graph, SOURCE)).toEqual(before);
  });

  test("and takes over when it registers: the old id stays readable and is MIGRATED", async () => {
    const graph = await ready();
    const { id } = (await move(graph)).body;
    await prove(graph, id);
    expect(kept(graph, id).migrates_from).toBe(SOURCE);
    expect((await register(graph, id)).body).toEqual({ success: true });
    expect(kept(graph, id).migrates_from).toBeUndefined();
    expect(kept(graph, id)).toMatchObject({ platform_type: "CLOUD_API", status: "CONNECTED", is_pin_enabled: true });
    expect((await graph.get(`/${SOURCE}?fields=status,platform_type,throughput,verified_name`)).body).toEqual({
      status: "MIGRATED",
      platform_type: "NOT_APPLICABLE",
      throughput: { level: "NOT_APPLICABLE" },
      verified_name: "Lucky Shrub",
      id: SOURCE,
    });
    expect(ids(await graph.get(`/${SOURCE_WABA}/phone_numbers`))).toEqual([SOURCE]);
    expect(ids(await graph.get(`/${TARGET_WABA}/phone_numbers`))).toEqual([id]);
    expect((await graph.post(`/${SOURCE}/deregister`)).body.error.code).toBe(133010);
    const before = kept(graph, id);
    const again = await register(graph, SOURCE);
    expect(again.status).toBe(400);
    expect(kept(graph, SOURCE).status).toBe("MIGRATED");
    expect(kept(graph, id)).toEqual(before);
  });

  test("which stores messages nowhere any more", async () => {
    const graph = await ready();
    await graph.post(`/${SOURCE}/deregister`);
    const region = { messaging_product: "whatsapp", pin: "654321", data_localization_region: "DE" };
    expect((await graph.post(`/${SOURCE}/register`, region)).status).toBe(200);
    graph.emulator.patchNumber(SOURCE, { is_pin_enabled: false });
    const { id } = (await move(graph)).body;
    await prove(graph, id);
    await register(graph, id);
    expect(kept(graph, SOURCE).data_localization_region).toBeUndefined();
    expect(kept(graph, id).data_localization_region).toBeUndefined();
  });

  test("and back, with yet another id", async () => {
    const graph = await ready();
    const first = (await move(graph)).body.id;
    await prove(graph, first);
    await register(graph, first);
    graph.emulator.patchNumber(first, { is_pin_enabled: false });
    const { status, body } = await move(graph, SOURCE_WABA);
    expect(status).toBe(200);
    await prove(graph, body.id);
    expect((await register(graph, body.id)).status).toBe(200);
    expect(kept(graph, first).status).toBe("MIGRATED");
    expect(kept(graph, body.id).status).toBe("CONNECTED");
  });

  test("also when the portfolio has as many numbers as it may have", async () => {
    const graph = await ready();
    await graph.control("PATCH", `businesses/${BUSINESS}`, { max_phone_numbers: 1 });
    const { id } = (await move(graph)).body;
    await prove(graph, id);
    expect((await register(graph, id)).status).toBe(200);
  });

  test("with its PIN on, where PINs are retired", async () => {
    for (const [pinRetired, status] of [
      [false, 400],
      [true, 200],
    ] as const) {
      const graph = await startGraph({ seed: SEED, pinRetired });
      await graph.post(`/${TARGET_WABA}/subscribed_apps`);
      graph.emulator.patchNumber(SOURCE, { pin: "123456" });
      expect((await move(graph)).status).toBe(status);
    }
    // With the on-premises client a number keeps its PIN, and moves all the same.
    for (const [pinRetired, status] of [
      [false, 400],
      [true, 200],
    ] as const) {
      const graph = await startGraph({ seed: SEED, pinRetired });
      await graph.post(`/${TARGET_WABA}/subscribed_apps`);
      graph.emulator.patchNumber(SOURCE, { pin: "123456", platform_type: "ON_PREMISE", status: "CONNECTED" });
      expect((await move(graph)).status).toBe(status);
    }
  });

  test.each([[{ phone_number: `1${PHONE}` }], [{ migrate_phone_number: "true" }], [{ verified_name: "Another" }]])(
    "asked with %j",
    async (more) => {
      const graph = await ready();
      const { status, body } = await move(graph, TARGET_WABA, more);
      expect(status).toBe(200);
      expect(kept(graph, body.id).verified_name).toBe("Lucky Shrub");
    },
  );
});

test("one migration of a number runs at a time, and ends with the new number", async () => {
  const graph = await ready();
  const { id } = (await move(graph)).body;
  const before = graph.emulator.state();
  expect(refusal(await move(graph, OTHER_WABA))).toEqual([400, 100, 2388103]);
  expect(refusal(await move(graph))).toEqual([400, 100, 2388012]);
  expect(graph.emulator.state()).toEqual(before);
  graph.emulator.deleteNumber(id);
  expect((await move(graph, OTHER_WABA)).status).toBe(200);
});

/** What keeps it from moving, and the subcode. */
const OBSTACLES: [string, number, (graph: Graph) => unknown][] = [
  ["its PIN", 2388001, (graph) => graph.emulator.patchNumber(SOURCE, { pin: "123456" })],
  ["a name that needs no review", 2388103, name("AVAILABLE_WITHOUT_REVIEW")],
  ["a declined name", 2388103, name("DECLINED")],
  ["a name change in review", 2388103, (graph) => graph.post(`/${SOURCE}`, { new_display_name: "Lucky Bush" })],
  ["a sandbox number", 2388103, (graph) => graph.emulator.patchNumber(SOURCE, { account_mode: "SANDBOX" })],
  ["coexistence", 2388103, (graph) => graph.emulator.patchNumber(SOURCE, { is_on_biz_app: true })],
  [
    "the app alone",
    2388103,
    (graph) => graph.emulator.patchNumber(SOURCE, { platform_type: "ON_PREMISE", status: "DISCONNECTED" }),
  ],
  ["no registration", 2388103, (graph) => graph.post(`/${SOURCE}/deregister`)],
  ["a source under review", 2388103, waba(SOURCE_WABA, { account_review_status: "PENDING" })],
  ["a source that is banned", 2388103, waba(SOURCE_WABA, { waba_ban_state: "DISABLE" })],
  ["a destination under review", 2388103, waba(TARGET_WABA, { account_review_status: "PENDING" })],
  ["no payment method", 2388103, waba(TARGET_WABA, { has_payment_method: false })],
  ["another business", 2388103, waba(TARGET_WABA, { business_id: OTHER_BUSINESS })],
  ["no subscribed app", 2388103, (graph) => graph.send("DELETE", `/${TARGET_WABA}/subscribed_apps`)],
];

function name(name_status: string) {
  return (graph: Graph) => graph.emulator.patchNumber(SOURCE, { name_status });
}

function waba(id: string, patch: object) {
  return (graph: Graph) => graph.control("PATCH", `wabas/${id}`, patch);
}

describe("a number stays where it is", () => {
  test.each(OBSTACLES)("because of %s", async (_what, subcode, obstruct) => {
    const graph = await ready();
    await obstruct(graph);
    const before = graph.emulator.state();
    expect(refusal(await move(graph))).toEqual([400, 100, subcode]);
    expect(graph.emulator.state()).toEqual(before);
  });

  test("and the refusals tell one reason from the other", async () => {
    const texts = await Promise.all(
      OBSTACLES.map(async ([what, , obstruct]) => {
        const graph = await ready();
        await obstruct(graph);
        return [what, (await move(graph)).body.error.error_user_title] as const;
      }),
    );
    const titles = new Map(texts);
    expect(titles.get("a declined name")).toBe(titles.get("a name change in review"));
    expect(titles.get("the app alone")).toBe(titles.get("coexistence"));
    // The two names with the change, the two on the app, and the two of the source account share a text each.
    expect(new Set(titles.values()).size).toBe(OBSTACLES.length - 4);
  });

  test("a number that is registered nowhere is to be added, not moved", async () => {
    const graph = await ready();
    for (const phone_number of ["5550000002", "5550000099"]) {
      expect(refusal(await move(graph, TARGET_WABA, { phone_number }))).toEqual([400, 100, 2388103]);
    }
    expect(refusal(await move(graph, SOURCE_WABA))).toEqual([400, 100, 2388012]);
    const missing = await graph.post(`/${TARGET_WABA}/phone_numbers`, { migrate_phone_number: true });
    expect(refusal(missing)).toEqual([400, 100, undefined]);
  });
});
