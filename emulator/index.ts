/** `pulumi-waba/emulator`: a local stand-in for the Graph API of WhatsApp phone numbers, for tests. */

export type { LogEntry, RequestReport } from "./calls/request-log.ts";
export { type Control, ControlError } from "./control/control.ts";
export type { FaultOrder, NumberPatch, UsageOrder, WebhookOrder } from "./control/inputs.ts";
export type { Json, JsonObject } from "./json.ts";
export type { EmulatorOptions } from "./options.ts";
export type { NameDecision, NameFlip } from "./rules/display-name.ts";
export type { RejectionReason } from "./rules/review.ts";
export { readSeedFile, SeedError, type SeedFile } from "./seeds/seed-file.ts";
export { type Emulator, startEmulator } from "./server.ts";
export { StateFileError } from "./state/state-file.ts";
export type { NewToken, TokenPatch } from "./tokens.ts";
export type { Delivery, WebhookReport } from "./webhooks/deliveries.ts";
