import { expect, test } from "vitest";
import { visible, visibleLines } from "../../provider/visible.ts";

const HOSTILE = "Eve\u001b[2J\u202e\nsaid";

test("foreign text on one line, and line by line", () => {
  expect(visible(HOSTILE)).toBe("Eve\\u{1b}[2J\\u{202e}\\nsaid");
  expect(visibleLines(HOSTILE)).toBe("Eve\\u{1b}[2J\\u{202e}\nsaid");
});
