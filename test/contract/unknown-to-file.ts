/** Routes of the emulator that Meta's OpenAPI file does not have, and who documents them instead. */
export const UNKNOWN_TO_FILE: readonly { readonly routes: readonly string[]; readonly reason: string }[] = [];
