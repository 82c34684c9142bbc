import { parseFragment } from "parse5";
import { expect, test } from "vitest";
import { html, Markup } from "../../../../provider/drift/formats/html-text.ts";

const ATTACK = `"'><b onmouseover=x>&lt;`;

test.each([
  ["between tags", html`<p>${ATTACK}</p>`, `<p>&quot;&#39;&gt;&lt;b onmouseover=x&gt;&amp;lt;</p>`],
  [
    "in an attribute",
    html`<p title="${ATTACK}"></p>`,
    `<p title="&quot;&#39;&gt;&lt;b onmouseover=x&gt;&amp;lt;"></p>`,
  ],
  ["in a list", html`${[ATTACK, html`<br>`, 1, undefined]}`, "&quot;&#39;&gt;&lt;b onmouseover=x&gt;&amp;lt;<br>1"],
])("a string %s is escaped", (_, markup, expected) => {
  expect(markup.text).toBe(expected);
});

test("an attribute reads as the text that it was given", () => {
  const [paragraph] = parseFragment(html`<p title="${ATTACK}"></p>`.text).childNodes;
  expect(paragraph && "attrs" in paragraph ? paragraph.attrs : undefined).toEqual([{ name: "title", value: ATTACK }]);
});

test("markup is taken as it is", () => {
  expect(html`${new Markup("<b>x</b>")}`.text).toBe("<b>x</b>");
});
