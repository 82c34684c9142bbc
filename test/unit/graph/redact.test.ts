import { expect, test } from "vitest";
import { redact } from "../../../provider/graph/redact.ts";

test.each([
  ["a secret, wherever it stands", "pin=774411&again:774411", ["774411"], "pin=[secret]&again:[secret]"],
  ["one that is part of another", "token token-of-acme", ["token", "token-of-acme"], "[secret] [secret]"],
  ["as JSON writes it", '{"t":"a\\"b\\u00e9\\n"}', ['a"b'], '{"t":"[secret]\\u00e9\\n"}'],
  ["as an address writes it", "/?hub.verify_token=a%2Fb%26c", ["a/b&c"], "/?hub.verify_token=[secret]"],
  [
    "certificates, whole or cut off",
    '{"certificate": "AbC/+=","id":"1","new_certificate":"De',
    [],
    '{"certificate": "[secret]","id":"1","new_certificate":"[secret]',
  ],
  ["nothing else", "an empty secret is none", ["", "other"], "an empty secret is none"],
])("%s", (_what, text, secrets, masked) => {
  expect(redact(text, secrets)).toBe(masked);
});
