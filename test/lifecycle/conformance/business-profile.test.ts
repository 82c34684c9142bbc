import { BUSINESS_PROFILE } from "./business-profile.ts";
import { conforms } from "./conforms.ts";

await conforms(BUSINESS_PROFILE);
