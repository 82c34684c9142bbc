/** How to test a program without an engine, Graph or an emulator. Run by `npx vitest run --root examples/mocks-tests`. */
import * as pulumi from "@pulumi/pulumi";
import { beforeEach, expect, test } from "vitest";
import { tenant, undeclared } from "./tenant.ts";

const ARGS = {
  wabaId: "102290129340398",
  numbers: { "+16315551111": "Lucky Shrub", "+16315552222": "Lucky Shrub Support" },
  pinSeed: "a long random text",
  callbackUrl: "https://example.org/webhooks",
  verifyToken: "a token",
};

const AT_META = [
  { id: "1972385232742141", phoneNumber: "+16315551111", phase: "registered", registered: true, nameInReview: false },
  { id: "1754951608042154", phoneNumber: "+16315559999", phase: "needs-pin", registered: false, nameInReview: false },
];

let made: pulumi.runtime.MockResourceArgs[];

/** Pulumi asks this in place of the engine: what a resource is told, and what Meta is supposed to say of it. */
function mock({ preview = false } = {}): Promise<void> {
  made = [];
  return pulumi.runtime.setMocks(
    {
      // What functions of this package are told instead of Graph, by token; certificates are text here.
      call: ({ token, inputs }) =>
        token === "waba:index:getPhoneNumbers" ? { wabaId: inputs.wabaId, phoneNumbers: AT_META } : {},
      newResource: (resource) => {
        made.push(resource);
        const isNumber = resource.type.endsWith(":PhoneNumber");
        const state = isNumber ? { phase: "registered", registered: true } : { appId: "670843887433847" };
        return { id: `${resource.name}-id`, state: { ...resource.inputs, ...state } };
      },
    },
    "project",
    "stack",
    preview,
  );
}

beforeEach(() => mock());

function value<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => output.apply(resolve));
}

test("every number is declared with its name, on the tenant's account", async () => {
  const { numbers } = tenant("acme", ARGS);
  expect(await Promise.all(numbers.map(({ displayName }) => value(displayName)))).toEqual([
    "Lucky Shrub",
    "Lucky Shrub Support",
  ]);
  expect(await Promise.all(numbers.map(({ wabaId }) => value(wabaId)))).toEqual([ARGS.wabaId, ARGS.wabaId]);
});

test("each number has a PIN of its own, and all are secrets", async () => {
  const { numbers } = tenant("acme", ARGS);
  const pins = await Promise.all(numbers.map(({ pin }) => value(pin)));
  expect(new Set(pins).size).toBe(2);
  for (const pin of pins) expect(pin).toMatch(/^\d{6}$/);
  for (const { pin } of numbers) expect(await pulumi.isSecret(pin)).toBe(true);
});

test("the webhooks go to us, and their token is a secret", async () => {
  const { webhooks } = tenant("acme", ARGS);
  expect(await value(webhooks.callbackUrl)).toBe("https://example.org/webhooks");
  expect(await pulumi.isSecret(webhooks.verifyToken)).toBe(true);
});

test("nothing is ended at Meta by a destroy", async () => {
  const { webhooks, numbers } = tenant("acme", ARGS);
  for (const { onDelete } of [webhooks, ...numbers]) expect(await value<string | undefined>(onDelete)).toBeUndefined();
});

test("what is exported is what Meta says", async () => {
  const { numbers } = tenant("acme", ARGS);
  expect(await Promise.all(numbers.map(({ phase }) => value(phase)))).toEqual(["registered", "registered"]);
  expect(made.map(({ type }) => type.split(":").at(-1)).toSorted()).toEqual([
    "PhoneNumber",
    "PhoneNumber",
    "WebhookSubscription",
  ]);
});

test("a number at Meta that nobody declares is found", async () => {
  expect(await value(undeclared(ARGS))).toEqual(["+16315559999"]);
  expect(await value(undeclared({ ...ARGS, wabaId: pulumi.output(ARGS.wabaId) }))).toEqual(["+16315559999"]);
});

test("an account that is not known yet, as in a preview, passes through", async () => {
  await mock({ preview: true });
  const { webhooks } = tenant("acme", { ...ARGS, wabaId: pulumi.output(Promise.resolve(ARGS.wabaId)) });
  expect(await value(webhooks.wabaId)).toBe(ARGS.wabaId);
});
