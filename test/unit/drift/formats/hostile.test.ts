/**
 * Whatever a name holds, each format's own parser sees the structure that it sees with harmless names in their places.
 * Nothing steers a terminal, and no value of a secret is printed.
 */
import { DOMParser, type Element } from "@xmldom/xmldom";
import fc from "fast-check";
import { type MarkedToken, marked, type Token } from "marked";
import { type DefaultTreeAdapterTypes, parse } from "parse5";
import { expect, test } from "vitest";
import { FORMAT_NAMES, print } from "../../../../provider/drift/formats/index.ts";
import { code, prose } from "../../../../provider/drift/formats/markdown-text.ts";
import { visible } from "../../../../provider/visible.ts";
import { reports, SECRET, tame } from "./hostile.ts";
import { everything } from "./samples.ts";

type HtmlNode = DefaultTreeAdapterTypes.Node;

const OPTIONS = { color: false, columns: 100 };

test.each(FORMAT_NAMES)("%s prints nothing that steers a terminal or turns the direction of writing", (format) => {
  fc.assert(
    fc.property(reports, (report) => {
      const text = print(format, report, OPTIONS);
      expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Bidi_Control}\u2028\u2029\ufeff]/u);
      expect(text.isWellFormed()).toBe(true);
    }),
  );
});

test.each(FORMAT_NAMES)("%s never shows the value of a secret", (format) => {
  fc.assert(
    fc.property(reports, (report) => {
      expect(print(format, report, OPTIONS)).not.toContain(SECRET);
    }),
  );
  expect(print(format, everything(), OPTIONS)).not.toMatch(/must never be shown|nor this/);
});

test("HTML has the elements and attributes that it has with harmless names", () => {
  fc.assert(
    fc.property(reports, (report) => {
      const elements = htmlElements(print("html", report, OPTIONS));
      expect(elements).toEqual(htmlElements(print("html", tame(report), OPTIONS)));
      expect(elements.join(" ")).not.toMatch(/script|iframe|img|onerror|onmouseover|style=/);
    }),
  );
});

test.each(["markdown", "issue"] as const)("%s has the blocks and spans that it has with harmless names", (format) => {
  fc.assert(
    fc.property(reports, (report) => {
      const types = markdownTypes(print(format, report, OPTIONS));
      expect(types).toEqual(markdownTypes(print(format, tame(report), OPTIONS)));
      expect(types.filter((type) => /^(link|image|table|def|del)$/.test(type))).toEqual([]);
    }),
  );
});

test.each(["markdown", "issue"] as const)(
  "%s leaves GitHub nothing to make a mention, a reference or a link of",
  (format) => {
    fc.assert(
      fc.property(reports, (report) => {
        const page = marked.parse(print(format, report, OPTIONS), { async: false });
        const said = proseOf(parse(page)).join("\n");
        expect(said).not.toMatch(/@\w|#\d|GH-\d|:\/\/|www\.|mailto:/i);
      }),
    );
  },
);

test("a code span holds the text as it is", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("`", " ", "a", "|", "\\", "*") }), (text) => {
      fc.pre(text.trim() !== "");
      const [paragraph] = marked.lexer(`x ${code(text)} y`);
      const spans = (paragraph as MarkedToken & { tokens: Token[] }).tokens.filter(({ type }) => type === "codespan");
      expect(spans.map((span) => (span as { text: string }).text)).toEqual([text]);
    }),
  );
});

test("prose reads as it was written", () => {
  fc.assert(
    fc.property(reports, ({ verdict }) => {
      const page = marked.parse(prose(visible(verdict)), { async: false });
      expect(squeezed(proseOf(parse(page)).join(""))).toBe(squeezed(visible(verdict)));
    }),
  );
});

test("a Slack message has the blocks that it has with harmless names, and parses no text of others", () => {
  fc.assert(
    fc.property(reports, (report) => {
      const message: { text: string; blocks: unknown } = JSON.parse(print("slack", report, OPTIONS));
      const other: { blocks: unknown } = JSON.parse(print("slack", tame(report), OPTIONS));
      expect(shape(message.blocks)).toEqual(shape(other.blocks));
      expect(JSON.stringify(message.blocks)).not.toContain("mrkdwn");
      expect(message.text).not.toMatch(/[<>]/);
    }),
  );
});

test("JUnit has the elements that it has with harmless names, and the names as they are", () => {
  fc.assert(
    fc.property(reports, (report) => {
      const text = print("junit", report, OPTIONS);
      expect(xmlElements(text)).toEqual(xmlElements(print("junit", tame(report), OPTIONS)));
      const projects = xmlDocument(text)
        .getElementsByTagName("property")
        .filter((property) => property.getAttribute("name") === "project");
      expect(projects.map((project) => project.getAttribute("value"))).toEqual(
        report.stacks.map(({ project }) => visible(project)),
      );
    }),
  );
});

test("JSON is the report, but for the values of secrets", () => {
  fc.assert(
    fc.property(reports, (report) => {
      const without = JSON.parse(
        JSON.stringify(report, (key, value) => (value === SECRET && /old|new/.test(key) ? undefined : value)),
      );
      expect(JSON.parse(print("json", report, OPTIONS))).toEqual(without);
    }),
  );
});

test("a table's rows stay between their borders", () => {
  fc.assert(
    fc.property(reports, (report) => {
      for (const columns of [20, 75, 100]) {
        const lines = print("table", report, { color: false, columns }).split("\n");
        let inside = false;
        for (const line of lines) {
          if (/^┌─+┬/.test(line)) inside = true;
          if (inside) expect(line).toMatch(/^[│├└┌].*[│┤┘┐]$/u);
          if (/^└─+┴/.test(line)) inside = false;
        }
      }
    }),
  );
});

function htmlElements(page: string): string[] {
  const walk = (node: HtmlNode): string[] => [
    ...("tagName" in node ? [`${node.tagName} ${node.attrs.map(({ name }) => name).join(",")}`] : []),
    ...("childNodes" in node ? node.childNodes.flatMap(walk) : []),
  ];
  return walk(parse(page));
}

/** What is neither code nor a comment. */
function proseOf(node: HtmlNode): string[] {
  if ("tagName" in node && (node.tagName === "code" || node.tagName === "pre")) return ["code"];
  if ("value" in node) return [node.value];
  return "childNodes" in node ? node.childNodes.flatMap(proseOf) : [];
}

/** All but plain text, in order. */
function markdownTypes(page: string): string[] {
  const types: string[] = [];
  marked.walkTokens(marked.lexer(page), ({ type }) => {
    if (type !== "text" && type !== "escape" && type !== "space") types.push(type);
  });
  return types;
}

/** The same JSON with every text left out. */
function shape(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(shape);
  if (typeof node !== "object" || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, item]) => [key, key === "text" && typeof item === "string" ? "" : shape(item)]),
  );
}

function xmlDocument(text: string) {
  const onError = (level: string, message: string) => {
    // A lone half of a pair became a replacement character, of which it warns.
    if (level !== "warning") throw new Error(`${level}: ${message}`);
  };
  return new DOMParser({ onError }).parseFromString(text, "text/xml");
}

function xmlElements(text: string): string[] {
  return Array.from(xmlDocument(text).getElementsByTagName("*"), (element: Element) =>
    [element.tagName, ...Array.from(element.attributes, ({ name }) => name)].join(" "),
  );
}

function squeezed(text: string): string {
  return text
    .replace(/\u200b/g, "")
    .replace(/\s+/g, " ")
    .trim();
}
