/** Where a text stops being JSON. `JSON.parse` tells the place for some faults only. */
export interface JsonFault {
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  readonly message: string;
}

const SPACE = /[ \t\n\r]*/y;
const SCALAR =
  /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

type Expected = "value" | "value or ]" | "key or }" | "key" | ":" | ", or ]" | ", or }" | "end";
const WORDS: { readonly [expected in Expected]: string } = {
  value: "a value",
  "value or ]": "a value or ]",
  "key or }": "a key in double quotes or }",
  key: "a key in double quotes",
  ":": "a colon",
  ", or ]": "a comma or ]",
  ", or }": "a comma or }",
  end: "nothing more",
};

/** Undefined when it is JSON. */
export function findJsonFault(text: string): JsonFault | undefined {
  const open: ("{" | "[")[] = [];
  let at = 0;
  let expected: Expected = "value";
  const next = (): Expected => (open.length === 0 ? "end" : open.at(-1) === "{" ? ", or }" : ", or ]");
  for (;;) {
    at = skip(SPACE, text, at);
    const char = text[at];
    if (char === undefined) return expected === "end" ? undefined : fault(text, at, expected);
    const isKey: boolean = expected === "key" || expected === "key or }";
    if ((char === "}" && expected.endsWith("}")) || (char === "]" && expected.endsWith("]"))) {
      open.pop();
      at++;
      expected = next();
    } else if (char === ":" && expected === ":") {
      at++;
      expected = "value";
    } else if (char === "," && expected.startsWith(",")) {
      at++;
      expected = open.at(-1) === "{" ? "key" : "value";
    } else if ((char === "{" || char === "[") && expected.startsWith("value")) {
      open.push(char);
      at++;
      expected = char === "{" ? "key or }" : "value or ]";
    } else {
      const end = skip(SCALAR, text, at);
      if (end === at || !(isKey ? char === '"' : expected.startsWith("value"))) return fault(text, at, expected);
      at = end;
      expected = isKey ? ":" : next();
    }
  }
}

function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

function fault(text: string, at: number, expected: Expected): JsonFault {
  const before = text.slice(0, at).split("\n");
  const message = at >= text.length ? "the text ends early" : `expected ${WORDS[expected]}`;
  return { line: before.length, column: (before.at(-1) ?? "").length + 1, message };
}
