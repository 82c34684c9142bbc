import { conforms } from "./conforms.ts";
import { PHONE_NUMBER_SETTINGS } from "./phone-number-settings.ts";

await conforms(PHONE_NUMBER_SETTINGS);
