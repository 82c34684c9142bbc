/** What clients do with a WhatsApp Business Account. */
import { CAKE_SHOP, WABA } from "../../emulator/emulator-client.ts";
import type { Scenario } from "../exchange.ts";

const ACCOUNT = `/v25.0/${WABA}`;

export const ACCOUNT_SCENARIOS: readonly Scenario[] = [
  {
    name: "an account is read",
    run: async ({ ok, no }) => {
      await ok("GET", ACCOUNT);
      await ok("GET", `${ACCOUNT}?fields=id,name`);
      await no([400, 100], "GET", `${ACCOUNT}?fields=no_such_field`);
      await no([401, 190], "GET", ACCOUNT, undefined, { token: "no-such-token" });
      await no([400, 100], "GET", `/v25.0/${CAKE_SHOP}/phone_numbers`);
    },
  },
];
