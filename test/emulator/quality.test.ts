import { expect, test } from "vitest";
import { CAKE_SHOP, type Graph, startGraph, WABA } from "./emulator-client.ts";

const WEBHOOK = { url: "http://127.0.0.1:9/", retryDelaysMs: [] };
const told = (graph: Graph) => graph.emulator.webhooks().deliveries.map(({ field, value }) => ({ field, value }));

/** What changes before, what then changes, and the events that Meta tells of it. The number begins GREEN, at TIER_250. */
test.each([
  [{}, { quality_rating: "RED" }, ["FLAGGED"]],
  [{}, { quality_rating: "YELLOW" }, []],
  [{ quality_rating: "RED" }, { quality_rating: "RED" }, []],
  [{ quality_rating: "RED" }, { quality_rating: "YELLOW" }, ["UNFLAGGED"]],
  [{}, { throughput: { level: "HIGH" } }, ["THROUGHPUT_UPGRADE"]],
  [{ throughput: { level: "HIGH" } }, { throughput: { level: "HIGH" } }, []],
  [{ throughput: { level: "HIGH" } }, { throughput: { level: "STANDARD" } }, []],
  [{}, { whatsapp_business_manager_messaging_limit: "TIER_2K" }, ["UPGRADE"]],
  [{}, { whatsapp_business_manager_messaging_limit: "TIER_250" }, []],
  [{}, { whatsapp_business_manager_messaging_limit: "TIER_50" }, ["DOWNGRADE"]],
  [{}, { whatsapp_business_manager_messaging_limit: "UNTIERED" }, []],
  [
    { whatsapp_business_manager_messaging_limit: "UNTIERED" },
    { whatsapp_business_manager_messaging_limit: "TIER_2K" },
    [],
  ],
  [{}, { status: "FLAGGED", name_status: "DECLINED" }, []],
  [
    {},
    { quality_rating: "RED", whatsapp_business_manager_messaging_limit: "TIER_50", throughput: { level: "HIGH" } },
    ["FLAGGED", "DOWNGRADE", "THROUGHPUT_UPGRADE"],
  ],
])("after %j the change %j is told as %j", async (before, patch, events) => {
  const graph = await startGraph({ webhook: WEBHOOK });
  graph.emulator.patchNumber(CAKE_SHOP, before);
  const earlier = told(graph).length;
  graph.emulator.patchNumber(CAKE_SHOP, patch);
  const limit = (patch as { whatsapp_business_manager_messaging_limit?: string })
    .whatsapp_business_manager_messaging_limit;
  expect(told(graph).slice(earlier)).toEqual(
    events.map((event) => ({
      field: "phone_number_quality_update",
      value: {
        display_phone_number: "16315551111",
        event,
        max_daily_conversations_per_business: limit ?? "TIER_250",
      },
    })),
  );
});

test("a patch that is refused tells nothing", async () => {
  const graph = await startGraph({ webhook: WEBHOOK });
  const patch = { quality_rating: "RED", is_pin_enabled: true, pin: null };
  expect((await graph.control("PATCH", `phone_numbers/${CAKE_SHOP}`, patch)).status).toBe(400);
  expect(told(graph)).toEqual([]);
});

test("a ban of an account, one announced and one lifted are told as account_update, each once", async () => {
  const graph = await startGraph({ webhook: WEBHOOK });
  const steps = ["REINSTATE", "SCHEDULE_FOR_DISABLE", "DISABLE", "DISABLE", "REINSTATE"];
  for (const waba_ban_state of steps) graph.emulator.patchWaba(WABA, { waba_ban_state });
  graph.emulator.patchWaba(WABA, { name: "Another name" });
  expect(told(graph)).toEqual(
    ["SCHEDULE_FOR_DISABLE", "DISABLE", "REINSTATE"].map((waba_ban_state) => ({
      field: "account_update",
      value: { event: "DISABLED_UPDATE", ban_info: { waba_ban_state } },
    })),
  );
});
