/** What clients do with a business portfolio and its pre-verified numbers. */
import type { Caller, Scenario } from "../exchange.ts";

const BUSINESS = "/v25.0/506914307656634";
const PARTNER = "506914307656636";
const PARTNER_WABA = "102290129340777";
const PHONE = "15550783881";
const UNKNOWN_ID = "999999999999999";
const SMS = { code_method: "SMS", language: "en_US" };
const EVERY_FIELD =
  "code_verification_status,code_verification_time,owner_business,phone_number,verification_expiry_time";

export const BUSINESS_SCENARIOS: readonly Scenario[] = [
  {
    name: "a business is read",
    run: async ({ ok, no }) => {
      await ok("GET", BUSINESS);
      await ok("GET", `${BUSINESS}?fields=name,verification_status`);
      await ok("GET", `${BUSINESS}/owned_whatsapp_business_accounts`);
      await ok("GET", `${BUSINESS}/owned_whatsapp_business_accounts?fields=id,name&limit=100`);
      await no([400, 100], "GET", `${BUSINESS}?fields=no_such_field`);
      await no([400, 100], "GET", `${BUSINESS}/owned_whatsapp_business_accounts?fields=no_such_field`);
    },
  },
  {
    name: "a number is verified ahead, claimed by an account, and deleted",
    run: async (caller) => {
      const { ok, no, emulator } = caller;
      await ok("GET", `${BUSINESS}/preverified_numbers`);
      const id = await addPreverified(caller);
      const path = `/v25.0/${id}`;
      await ok("GET", path);
      await ok("GET", `${path}?fields=${EVERY_FIELD}`);
      await no([400, 136025, 2388093], "POST", `${path}/verify_code`, { code: "000000" });
      await no([400, 100], "POST", `${path}/request_code`, { ...SMS, code_method: "FAX" });
      await ok("POST", `${path}/request_code`, SMS);
      await ok("POST", `${path}/verify_code`, { code: emulator.code(id) });
      await ok("GET", `${path}?fields=${EVERY_FIELD}`);
      await ok("GET", `${path}/partners`);
      await no([400, 100], "GET", `${path}?fields=no_such_field`);
      await no([400, 100], "GET", `${path}/partners?fields=no_such_field`);
      await ok("GET", `${BUSINESS}/preverified_numbers?fields=${EVERY_FIELD}`);
      await ok("GET", `${BUSINESS}/preverified_numbers?code_verification_status=VERIFIED&limit=1`);
      await ok("GET", `${BUSINESS}/preverified_numbers?phone_number=${PHONE}`);
      await no([400, 100], "GET", `${BUSINESS}/preverified_numbers?fields=no_such_field`);
      await ok("DELETE", path);
      await no([400, 100, 33], "DELETE", path);
    },
  },
  {
    name: "a pre-verified number is shared, claimed by the partner's account, and shared no more",
    options: {
      seed: {
        businesses: [{ id: "506914307656634" }, { id: PARTNER, name: "Number Partner" }],
        wabas: [{ id: PARTNER_WABA, business_id: PARTNER }],
      },
    },
    run: async (caller) => {
      const { ok, no, emulator } = caller;
      const id = await addPreverified(caller);
      await ok("POST", `/v25.0/${id}/request_code`, SMS);
      await ok("POST", `/v25.0/${id}/verify_code`, { code: emulator.code(id) });
      const share = { preverified_id: id, partner_business_id: PARTNER };
      await ok("POST", `${BUSINESS}/share_preverified_numbers`, share);
      await ok("GET", `/v25.0/${id}/partners`);
      await ok("GET", `/v25.0/${id}/partners?fields=name,verification_status`);
      await ok("GET", `/v25.0/${PARTNER}/preverified_numbers`);
      await ok("DELETE", `${BUSINESS}/share_preverified_numbers`, share);
      const claim = { cc: "1", phone_number: PHONE.slice(1), verified_name: "Lucky Shrub", preverified_id: id };
      await no([400, 100], "POST", `/v25.0/${PARTNER_WABA}/phone_numbers`, claim);
      await ok("POST", `${BUSINESS}/share_preverified_numbers`, share);
      await ok("POST", `/v25.0/${PARTNER_WABA}/phone_numbers`, claim);
      await no([400, 100, 33], "GET", `/v25.0/${id}`);
    },
  },
  {
    name: "pre-verified numbers, refused",
    run: async (caller) => {
      const { no } = caller;
      const id = await addPreverified(caller);
      await no([400, 100], "POST", `${BUSINESS}/add_phone_numbers`, {});
      await no([400, 100, 2388012], "POST", `${BUSINESS}/add_phone_numbers`, { phone_number: PHONE });
      await no([400, 100], "POST", `${BUSINESS}/share_preverified_numbers`, { preverified_id: id });
      const share = { preverified_id: id, partner_business_id: UNKNOWN_ID };
      await no([400, 100], "POST", `${BUSINESS}/share_preverified_numbers`, share);
      await no([400, 100, 33], "GET", `/v25.0/${UNKNOWN_ID}/preverified_numbers`);
    },
  },
];

async function addPreverified({ ok }: Caller): Promise<string> {
  return String((await ok("POST", `${BUSINESS}/add_phone_numbers`, { phone_number: PHONE })).id);
}
