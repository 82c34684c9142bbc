import { conforms } from "./conforms.ts";
import { PRE_VERIFIED_PHONE_NUMBER } from "./pre-verified-phone-number.ts";

await conforms(PRE_VERIFIED_PHONE_NUMBER);
