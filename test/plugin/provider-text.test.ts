import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { type Handlers, providerText } from "../../provider/resources/provider-text.ts";

const TEXTS: [Handlers, string][] = [
  ["phoneNumber", "3246010151c5c6781c3f70be3cf8fc5e75954c5d26bbbc6baea943fb8942d764"],
  ["preVerifiedPhoneNumber", "3eb5533820413aa9d44006755d4ace0ae632b70fc0ce0d905acc535964400222"],
  ["webhookSubscription", "c5fa96cb7605ea8b3be6e5f199d5ce4f39a1c1ae54ad806aeefd5a1b15268c50"],
];

test.each(TEXTS)(
  "the text in the state of %s is constant: a change of it is a change of every stack",
  (handlers, hash) => {
    const text = providerText(handlers);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(400);
    expect(createHash("sha256").update(text).digest("hex")).toBe(hash);
  },
);

test.each(TEXTS)("that of %s loads as Pulumi loads it, and offers what a dynamic provider offers", (handlers) => {
  const require = createRequire(import.meta.url);
  const load = createRequire(require.resolve("@pulumi/pulumi"))("require-from-string") as (code: string) => {
    handler(): Record<string, unknown>;
  };
  const handler = load(providerText(handlers)).handler();
  expect(Object.keys(handler).toSorted()).toEqual(["check", "configure", "create", "delete", "diff", "read", "update"]);
});
