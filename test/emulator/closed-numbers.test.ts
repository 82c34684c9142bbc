/** Numbers that Meta banned, that moved away, or that were deleted: what they refuse. */
import { expect, test } from "vitest";
import { CAKE_SHOP, type Graph, kept, startGraph } from "./emulator-client.ts";

const WHATSAPP = { messaging_product: "whatsapp" };
type Write = readonly [what: string, path: string, json: object];
/** What a ban stops. */
const STOPPED: readonly Write[] = [
  ["register", "/register", { ...WHATSAPP, pin: "123456" }],
  ["deregister", "/deregister", {}],
  ["set a PIN", "", { pin: "654321" }],
  ["ask for a name", "", { new_display_name: "Cake Palace" }],
];
const OTHERS: readonly Write[] = [
  ["override the callback URL", "", { webhook_configuration: { override_callback_uri: "" } }],
  ["set the search visibility", "", { search_visibility: "VISIBLE" }],
  ["set the profile", "/whatsapp_business_profile", { ...WHATSAPP, about: "Cakes" }],
  ["change settings", "/settings", { user_identity_change: { enable_identity_key_check: true } }],
  ["ask for a code", "/request_code", { code_method: "SMS", language: "en" }],
  ["verify a code", "/verify_code", { code: "123456" }],
];

/** All but what is counted and the PINs that were tried. */
function rest(graph: Graph): object {
  const { register_calls: _, deregister_calls: __, ...others } = kept(graph, CAKE_SHOP);
  return others;
}

async function refused(graph: Graph, [, path, json]: Write): Promise<unknown[]> {
  const before = rest(graph);
  const { status, body } = await graph.post(`/${CAKE_SHOP}${path}`, json);
  expect(rest(graph)).toEqual(before);
  return [status, body.error?.code, body.error?.error_subcode];
}

test.each(STOPPED)("a banned number does not %s: 131031", async (...write) => {
  const graph = await startGraph();
  graph.emulator.patchNumber(CAKE_SHOP, { status: "BANNED" });
  expect(await refused(graph, write)).toEqual([403, 131031, undefined]);
  expect((await graph.get(`/${CAKE_SHOP}?fields=status`)).body.status).toBe("BANNED");
});

test("a banned number still takes what has nothing to do with the ban", async () => {
  const graph = await startGraph();
  graph.emulator.patchNumber(CAKE_SHOP, { status: "BANNED" });
  expect((await graph.post(`/${CAKE_SHOP}/whatsapp_business_profile`, { ...WHATSAPP, about: "Cakes" })).status).toBe(
    200,
  );
});

test.each([...STOPPED, ...OTHERS])("a number that moved away does not %s, nor does a deleted one", async (...write) => {
  const graph = await startGraph();
  graph.emulator.patchNumber(CAKE_SHOP, { status: "MIGRATED" });
  expect(await refused(graph, write)).toEqual([400, 100, 2388001]);
  graph.emulator.patchNumber(CAKE_SHOP, { status: "DELETED" });
  expect(await refused(graph, write)).toEqual([400, 33, undefined]);
  expect((await graph.get(`/${CAKE_SHOP}`)).status).toBe(200);
});
