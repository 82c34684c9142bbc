/** What is refused because of who asks, and how often. */
import { CAKE_SHOP, WABA } from "../../emulator/emulator-client.ts";
import type { Scenario } from "../exchange.ts";

const NUMBER = `/v25.0/${CAKE_SHOP}`;
const PIN = { messaging_product: "whatsapp", pin: "123456" };

export const TOKEN_SCENARIOS: readonly Scenario[] = [
  {
    name: "a token without the permission",
    run: async ({ no, emulator }) => {
      emulator.addToken({ token: "reader", scopes: ["whatsapp_business_management"] });
      await no([403, 200], "POST", `${NUMBER}/register`, PIN, { token: "reader" });
      emulator.addToken({ token: "sender", scopes: ["whatsapp_business_messaging"] });
      await no([403, 200], "GET", NUMBER, undefined, { token: "sender" });
      await no([403, 200], "GET", `/v25.0/${WABA}/phone_numbers`, undefined, { token: "sender" });
    },
  },
  {
    name: "a token that was revoked, and one whose session has expired",
    run: async ({ ok, no, emulator }) => {
      emulator.addToken({ token: "gone" });
      await ok("GET", NUMBER, undefined, { token: "gone" });
      emulator.patchToken("gone", { revoked: true, subcode: 463 });
      await no([401, 190, 463], "GET", NUMBER, undefined, { token: "gone" });
      await no([401, 190, 463], "POST", `${NUMBER}/register`, PIN, { token: "gone" });
    },
  },
  {
    name: "a call without the proof that the app asks for",
    options: { requireProof: true },
    run: async ({ no }) => {
      await no([400, 100], "GET", NUMBER);
      await no([400, 100], "GET", `${NUMBER}?appsecret_proof=0000`);
    },
  },
  {
    name: "too many calls to an account, and of an app",
    options: { limits: { registeredWabaCallsPerHour: 1, appCallsPerHour: 1 } },
    run: async ({ ok, no }) => {
      await ok("GET", NUMBER);
      await no([400, 80007], "GET", `/v25.0/${WABA}/phone_numbers`);
      await ok("POST", NUMBER, { pin: "123456" });
      await no([400, 4], "POST", NUMBER, { pin: "123456" });
    },
  },
];
