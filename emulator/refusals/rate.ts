/** Refusals of calls beyond a rate. HTTP 400, no Retry-After: the wait stands in the usage header, in minutes. */
import { badRequest } from "./refusal.ts";

/** D: code and status. I: not marked as transient, since no live body was found. */
export const wabaThrottled = () =>
  badRequest(80007, "There have been too many calls to this WhatsApp Business account. Wait a bit and try again.");
/** R: the words and `is_transient` (facebook/facebook-nodejs-business-sdk#97); D: the status. */
export const appThrottled = () => badRequest(4, "Application request limit reached", { transient: true });
