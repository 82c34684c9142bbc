/** Refusals of a number's settings. */
import { badRequest, GraphRefusal } from "./refusal.ts";

/** O: the text is the file's, without the code in front. */
export const notOneFeature = () =>
  new GraphRefusal({ status: 400, code: 100, message: "One feature setting must be specified" });
/** I: Meta documents the condition, and 138000 for calls on a number where calling is off. */
export const callingNotAvailable = () =>
  badRequest(138000, "Calling cannot be enabled", {
    details: "The business portfolio needs a messaging limit of at least 2,000 to enable calling.",
  });
/** I for the code. */
export const storageIsFixed = () =>
  badRequest(100, "storage_configuration can only be set while the number is not registered.", {
    details: "Deregister the number, set the storage, and register it again.",
  });
