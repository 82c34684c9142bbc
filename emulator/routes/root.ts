/** Routes that are about no object of their own: `/debug_token`. */
import { debugToken } from "../operations/debug-token.ts";
import type { Route } from "./route.ts";

const SOURCE = "Meta's reference: debug_token";

export const ROOT_ROUTES: readonly Route[] = [
  {
    method: "GET",
    template: "/debug_token",
    on: "root",
    run: debugToken,
    scopes: [],
    marks: "D",
    source: SOURCE,
    note: "asked with APP_ID|APP_SECRET or with any token of the same app; a token that does not work is 200 with `is_valid` false (K)",
    params: { input_token: { required: true, marks: "D", source: SOURCE } },
  },
];
