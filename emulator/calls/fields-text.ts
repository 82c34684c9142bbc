/**
 * The text of `fields`: `a,b.as(c),d{e},f.limit(2){g}`. One client joins with `;`, so both separators are taken.
 * K: braces hold the sub-fields, modifiers come before or after them.
 */
import { fieldsSyntax } from "../refusals/request.ts";

export interface Field {
  readonly name: string;
  /** The key in the answer, where it is not the name. */
  readonly as?: string | undefined;
  readonly sub: readonly Field[] | undefined;
  /** What stood in the braces, for edges: they read it themselves. */
  readonly subText?: string | undefined;
  /** `limit(2)` and the like: the parameters of an edge. */
  readonly modifiers?: ReadonlyMap<string, string>;
}

const DEPTH_MAX = 5;
const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const SPACE = /\s*/y;

/** Throws where it cannot be read. */
export function parseFields(text: string): Field[] {
  const reader = new FieldsReader(text);
  const fields = reader.list(0);
  reader.end();
  return fields;
}

class FieldsReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  list(depth: number): Field[] {
    if (depth > DEPTH_MAX) throw fieldsSyntax("too many levels");
    const fields = new Map<string, Field>();
    do {
      const field = this.#field(depth);
      const key = field.as ?? field.name;
      if (fields.has(key)) throw fieldsSyntax(`field ${key} specified more than once`);
      fields.set(key, field);
    } while (this.#take(",") || this.#take(";"));
    return [...fields.values()];
  }

  end(): void {
    if (this.#at < this.#text.length) throw fieldsSyntax(`unexpected ${this.#text[this.#at]}`);
  }

  #field(depth: number): Field {
    const name = this.#name("a field name");
    const modifiers = new Map<string, string>();
    let sub: Field[] | undefined;
    let subText: string | undefined;
    for (;;) {
      if (this.#take(".")) {
        const modifier = this.#name("a modifier");
        if (modifiers.has(modifier)) throw fieldsSyntax(`modifier ${modifier} specified more than once`);
        modifiers.set(modifier, this.#argument());
      } else if (sub === undefined && this.#take("{")) {
        const start = this.#at;
        sub = this.list(depth + 1);
        subText = this.#text.slice(start, this.#at);
        if (!this.#take("}")) throw fieldsSyntax("expected } at the end");
      } else break;
    }
    const as = modifiers.get("as");
    modifiers.delete("as");
    // The id always has its own place.
    if (as !== undefined && (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(as) || as === "id" || as === "__proto__")) {
      throw fieldsSyntax("an alias that is no name");
    }
    return { name, as, sub, subText, modifiers };
  }

  #name(what: string): string {
    this.#skip();
    NAME.lastIndex = this.#at;
    const name = NAME.exec(this.#text)?.[0];
    if (name === undefined) throw fieldsSyntax(`expected ${what} at ${this.#text[this.#at] ?? "the end"}`);
    this.#at += name.length;
    this.#skip();
    return name;
  }

  /** `(…)` with anything inside that opens and closes in pairs; quotes hide what they hold. */
  #argument(): string {
    if (!this.#take("(")) throw fieldsSyntax("expected ( after a modifier");
    const start = this.#at;
    let open = 1;
    let quote: string | undefined;
    for (; this.#at < this.#text.length; this.#at++) {
      const sign = this.#text[this.#at];
      if (quote !== undefined) {
        if (sign === "\\") this.#at++;
        else if (sign === quote) quote = undefined;
      } else if (sign === '"' || sign === "'") quote = sign;
      else if (sign === "(") open++;
      else if (sign === ")") open--;
      if (open === 0) break;
    }
    const argument = this.#text.slice(start, this.#at).trim();
    if (!this.#take(")")) throw fieldsSyntax("expected ) at the end");
    return argument;
  }

  #take(sign: string): boolean {
    if (this.#text[this.#at] !== sign) return false;
    this.#at++;
    this.#skip();
    return true;
  }

  #skip(): void {
    SPACE.lastIndex = this.#at;
    this.#at += SPACE.exec(this.#text)?.[0].length ?? 0;
  }
}
