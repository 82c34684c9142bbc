/** Refusals of an added number. I for code 100 around the documented subcodes. */
import { badRequest, managed } from "./refusal.ts";

export const alreadyListed = () =>
  managed(
    100,
    2388012,
    "Invalid parameter",
    "Phone number already added",
    "This phone number is already in your list of phone numbers.",
  );
export const registeredElsewhere = () =>
  managed(
    100,
    2388001,
    "Invalid parameter",
    "Cannot create certificate",
    "This phone number is registered to an existing WhatsApp account. Disconnect it there first.",
  );
export const recentlyDeleted = () =>
  badRequest(133015, "Recently deleted phone number", {
    details: "The phone number was deleted a moment ago. Wait 5 minutes before adding it again.",
  });
/** D for the text; I for the code: Meta's embedded signup tells it in words only. */
export const tooManyLinked = () =>
  managed(
    200000,
    undefined,
    "Cannot add phone number to WhatsApp Business Account",
    "Too many phone numbers",
    "You have already linked the maximum number of phone numbers allowed for this Business Account.",
  );
/** I: for a disabled account and for one that Meta's review rejected. */
export const accountCannotAdd = () => badRequest(200000, "Cannot add phone number to WhatsApp Business Account");
