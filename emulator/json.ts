/** What an operation answers: plain JSON, where a member that is undefined is left out of the answer. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}
