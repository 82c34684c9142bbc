/** What clients do with a WhatsApp Business Account, and with the apps that get its webhooks. */
import { WABA_NODE } from "../../../emulator/nodes/waba.ts";
import { CAKE_SHOP, WABA } from "../../emulator/emulator-client.ts";
import type { Scenario } from "../exchange.ts";
import { startReceiver } from "../receiver.ts";

const ACCOUNT = `/v25.0/${WABA}`;
const UNKNOWN_ID = "999999999999999";
const EMULATED = Object.entries(WABA_NODE.fields)
  .filter(([, { note }]) => note?.includes("501") !== true)
  .map(([name]) => name);

export const ACCOUNT_SCENARIOS: readonly Scenario[] = [
  {
    name: "an account is read and changed",
    run: async ({ ok, no }) => {
      await ok("GET", ACCOUNT);
      await ok("GET", `${ACCOUNT}?fields=${EMULATED.join()}`);
      await ok("GET", `${ACCOUNT}?fields=country`);
      await ok("POST", ACCOUNT, { name: "Lucky Shrub Europe", timezone_id: "42" });
      await ok("GET", ACCOUNT);
      await no([400, 100], "GET", `${ACCOUNT}?fields=no_such_field`);
      await no([401, 190], "GET", ACCOUNT, undefined, { token: "no-such-token" });
      await no([400, 100], "POST", ACCOUNT, {});
      await no([400, 2500], "GET", `/v25.0/${CAKE_SHOP}/phone_numbers`);
    },
  },
  {
    name: "apps subscribe to an account, with and without an address of their own",
    run: async ({ ok, no }) => {
      await using receiver = await startReceiver();
      const path = `${ACCOUNT}/subscribed_apps`;
      const override = { override_callback_uri: receiver.url, verify_token: "cakes" };
      await ok("DELETE", path);
      await ok("GET", path);
      await no([400, 100], "POST", path, override);
      await ok("POST", path);
      await ok("GET", path);
      await ok("POST", path, override);
      await ok("GET", path);
      await ok("POST", `/v25.0/${CAKE_SHOP}`, { webhook_configuration: override });
      await ok("GET", `/v25.0/${CAKE_SHOP}?fields=webhook_configuration`);
      await no([400, 100], "POST", path, { override_callback_uri: receiver.url });
      for (const method of ["GET", "DELETE"]) {
        await no([401, 190], method, path, undefined, { token: "no-such-token" });
        await no([400, 100, 33], method, `/v25.0/${UNKNOWN_ID}/subscribed_apps`);
      }
    },
  },
];
