/** Routes of the emulator that Meta's OpenAPI file does not have, and who documents them instead. */
export const UNKNOWN_TO_FILE: readonly { readonly routes: readonly string[]; readonly reason: string }[] = [
  { routes: ["GET /debug_token"], reason: "a route of Graph itself, in Meta's guide to access tokens" },
  { routes: ["GET /"], reason: "several objects by `?ids=`: a form of Graph itself" },
  {
    routes: ["POST /{APP}/uploads", "POST /app/uploads", "POST /upload:{SESSION}", "GET /upload:{SESSION}"],
    reason: "resumable uploads: routes of Graph itself, in a guide of their own",
  },
  {
    routes: ["DELETE /{BIZ}/share_preverified_numbers"],
    reason: "the SDK specification has it; the file has forgotten it",
  },
  {
    routes: ["POST /v1/account", "POST /v1/account/verify"],
    reason: "the on-premises client's own interface, which was never a part of Graph",
  },
];
