import { conforms } from "./conforms.ts";
import { WEBHOOK_SUBSCRIPTION } from "./webhook-subscription.ts";

await conforms(WEBHOOK_SUBSCRIPTION);
