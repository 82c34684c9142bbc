/** Markup as a type, so that foreign text cannot get into the page but escaped. */
import { escaped } from "./escaped.ts";

/** What is markup already: `html` makes it of templates; of a text of ours that is markup, the constructor. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = Markup | string | number | readonly Part[] | undefined;

/** A template whose strings are escaped and whose markup is not. */
export function html(parts: TemplateStringsArray, ...values: readonly Part[]): Markup {
  return new Markup(parts.map((part, index) => `${part}${markupOf(values[index])}`).join(""));
}

function markupOf(value: Part): string {
  if (value === undefined) return "";
  if (value instanceof Markup) return value.text;
  if (typeof value === "string" || typeof value === "number") return escaped(String(value));
  return value.map(markupOf).join("");
}
