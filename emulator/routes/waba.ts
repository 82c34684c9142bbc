/** Routes of a WhatsApp Business Account: `/{WABA}` and its edges. */
import { GUIDE, OPENAPI } from "../known.ts";
import { addNumber } from "../operations/add-number.ts";
import { listNumbers } from "../operations/list-numbers.ts";
import { readWaba } from "../operations/read-waba.ts";
import {
  listSubscribedApps,
  subscribeApp,
  subscriptionChallenge,
  unsubscribeApp,
} from "../operations/subscribed-apps.ts";
import { updateWaba } from "../operations/update-waba.ts";
import type { Scope } from "../tokens.ts";
import type { Route } from "./route.ts";

const MANAGE: readonly Scope[] = ["whatsapp_business_management"];
const OVERRIDES = "Meta's guide: webhook overrides";
const REFERENCE = "Meta's reference, v21 to v24";

export const WABA_ROUTES: readonly Route[] = [
  {
    method: "GET",
    template: "/{WABA}",
    on: "waba",
    run: readWaba,
    scopes: MANAGE,
    marks: "D S",
    source: REFERENCE,
    note: "name, currency, timezone_id and message_template_namespace come unasked",
  },
  {
    method: "POST",
    template: "/{WABA}",
    on: "waba",
    run: updateWaba,
    scopes: MANAGE,
    marks: "O",
    source: OPENAPI,
    params: {
      name: { marks: "O", source: OPENAPI, note: "1 to 100 characters" },
      timezone_id: { marks: "O", source: OPENAPI, note: "digits" },
    },
  },
  {
    method: "GET",
    template: "/{WABA}/phone_numbers",
    on: "waba",
    run: listNumbers,
    scopes: MANAGE,
    marks: "D S R",
    source: GUIDE,
    params: {
      after: { marks: "D", source: GUIDE, note: "a bad cursor is refused with 131059 (I)" },
      before: { marks: "D", source: GUIDE },
      limit: { marks: "O", source: OPENAPI, note: "25 unless told, 100 at most" },
      filtering: { marks: "D", source: GUIDE, note: "account_mode EQUAL SANDBOX or LIVE; beta at Meta" },
      sort: { marks: "D O", source: OPENAPI, note: "the guide's spelling and the file's" },
      display_phone_number: { marks: "D", source: "Meta's guide: pre-verified numbers" },
      summary: { marks: "K", source: "a client's calls", note: "true: `summary.total_count`, after filters" },
    },
  },
  {
    method: "POST",
    template: "/{WABA}/phone_numbers",
    on: "waba",
    run: addNumber,
    scopes: MANAGE,
    marks: "D S",
    source: GUIDE,
    params: {
      phone_number: { required: true, marks: "D", source: GUIDE, note: "with or without the calling code" },
      cc: { marks: "D", source: GUIDE, note: "one client says country_code" },
      verified_name: { marks: "D", source: GUIDE, note: "2 to 75 characters (O)" },
      migrate_phone_number: {
        marks: "D",
        source: GUIDE,
        note: "between accounts of a business; the file says otherwise",
      },
      preverified_id: { marks: "D", source: "Meta's guide: pre-verified numbers" },
    },
  },
  {
    method: "GET",
    template: "/{WABA}/subscribed_apps",
    on: "waba",
    run: listSubscribedApps,
    scopes: MANAGE,
    marks: "D S",
    source: OVERRIDES,
  },
  {
    method: "POST",
    template: "/{WABA}/subscribed_apps",
    on: "waba",
    run: subscribeApp,
    challenge: subscriptionChallenge,
    scopes: MANAGE,
    marks: "D S",
    source: OVERRIDES,
    note: "without an override it takes the one of before away; the first override needs a subscription of before (R)",
    params: {
      override_callback_uri: {
        marks: "D",
        source: OVERRIDES,
        note: "at most 200 characters; http on loopback alone (I)",
      },
      verify_token: { marks: "D", source: OVERRIDES, note: "required with an override; never kept" },
    },
  },
  {
    method: "DELETE",
    template: "/{WABA}/subscribed_apps",
    on: "waba",
    run: unsubscribeApp,
    scopes: MANAGE,
    marks: "D S",
    source: OVERRIDES,
    note: "the override of the account goes, those of its numbers rest until the app is back (I)",
  },
];
