/** Refusals of callback URLs. R for their codes and texts; I for HTTP status 400. */
import { badRequest, echo } from "./refusal.ts";

export const appNotSubscribed = () =>
  badRequest(
    100,
    "Before override the current callback uri, your app must be subscribed to receive messages for WhatsApp Business Account",
  );
export const callbackFailed = (reason: string) =>
  badRequest(2200, `Callback verification failed with the following errors: ${reason}`);
export const challengeMismatch = (expected: string, received: string) =>
  badRequest(2201, `response does not match challenge, expected value="${expected}", received="${echo(received)}"`);
