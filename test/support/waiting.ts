/** A number whose `up` waits until it is registered. */
import { ICE_CREAM, WABA } from "./lifecycle.ts";

export const POLL_MS = 30_000;
export const WAITING_ICE = {
  wabaId: WABA,
  phoneNumber: ICE_CREAM.phoneNumber,
  displayName: "Jasper's Ice Cream",
  pin: "654321",
  verification: { method: "SMS", language: "en" },
  waitFor: "registered",
};
