import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { providerText } from "../../provider/resources/provider-text.ts";

const TEXT = providerText("phoneNumber");

test("the text in the state is constant: a change of it is a change of every stack", () => {
  expect(Buffer.byteLength(TEXT)).toBeLessThanOrEqual(400);
  expect(createHash("sha256").update(TEXT).digest("hex")).toBe(
    "3246010151c5c6781c3f70be3cf8fc5e75954c5d26bbbc6baea943fb8942d764",
  );
});

test("it loads as Pulumi loads it, and offers what a dynamic provider offers", () => {
  const require = createRequire(import.meta.url);
  const load = createRequire(require.resolve("@pulumi/pulumi"))("require-from-string") as (code: string) => {
    handler(): Record<string, unknown>;
  };
  const handler = load(TEXT).handler();
  expect(Object.keys(handler).toSorted()).toEqual(["check", "configure", "create", "delete", "diff", "read", "update"]);
});
