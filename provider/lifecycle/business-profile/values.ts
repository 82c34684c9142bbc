/** When Graph's value of a part is as good as a declared one: Graph may write it in another way. Pure. */
import type { Observed, Part } from "../../schemas/business-profile-state.ts";

/** The parts that Graph shows as they are. */
export type Text = Exclude<Part, "picture">;
export const TEXTS: readonly Text[] = ["about", "address", "description", "email", "vertical", "websites"];

/** Parts that can be emptied, each with what unsets it. A vertical and an about text can only become another. */
export const EMPTY: { readonly [Name in Text]?: string | readonly string[] } = {
  address: "",
  description: "",
  email: "",
  websites: [],
};

export function isAlike<Name extends Text>(name: Name, left: Observed[Name], right: Observed[Name]): boolean {
  return normal(name, left) === normal(name, right);
}

/** An unset vertical is UNDEFINED; an email's domain and an address's host have no case; `https://a.b` is `https://a.b/`. */
function normal(name: Text, value: string | readonly string[] | undefined): string {
  if (typeof value === "string") return name === "email" ? value.toLowerCase() : value === "UNDEFINED" ? "" : value;
  return (value ?? []).map((address) => (URL.canParse(address) ? new URL(address).href : address)).join("\n");
}
