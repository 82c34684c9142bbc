import { expect, test } from "vitest";
import { echoOf, isSettled, withDeclared } from "../../../provider/lifecycle/phone-number/echo.ts";
import { refreshed } from "../../../provider/lifecycle/phone-number/observe.ts";
import { outputsOf } from "../../../provider/lifecycle/phone-number/outputs.ts";
import type { PhoneNumberInputs } from "../../../provider/schemas/phone-number-inputs.ts";
import type { Echo } from "../../../provider/schemas/phone-number-state.ts";
import { DECLARED, NOW, registered } from "../../support/states.ts";

const [A, B] = ["https://a.example/hook", "https://b.example/hook"];
const OURS = { callbackUrl: A, verifyToken: "a" };
const ROTATED = { callbackUrl: A, verifyToken: "b" };
const SOMEBODYS = { callbackUrl: A };
const NODE = { id: registered().id, status: "CONNECTED", platform_type: "CLOUD_API" };

type Webhook = Echo["webhook"];
const holding = (webhook: Webhook, shown?: string) =>
  registered({
    echo: webhook === undefined ? {} : { webhook },
    observed: shown === undefined ? {} : { webhookConfiguration: { phoneNumber: shown } },
  });

test.each<[string, Webhook, string | undefined, Webhook]>([
  ["none", undefined, A, undefined],
  ["ours", OURS, A, OURS],
  ["ours that was changed", OURS, B, { callbackUrl: B }],
  ["ours that was removed", OURS, undefined, undefined],
  ["somebody's", SOMEBODYS, A, SOMEBODYS],
  ["somebody's that was changed", SOMEBODYS, B, { callbackUrl: B }],
])("the outputs show the webhook that Meta has: %s", (_what, held, shown, echoed) => {
  expect(echoOf(holding(held, shown)).webhook).toEqual(echoed);
});

test.each<[string, Webhook, string | undefined, PhoneNumberInputs["webhook"], Webhook]>([
  ["none is declared", undefined, A, undefined, undefined],
  ["ours is kept until it is removed, though none is declared", OURS, A, undefined, OURS],
  ["somebody's is forgotten when none is declared", SOMEBODYS, A, undefined, undefined],
  ["one that is there already is taken over with the declared token", undefined, A, OURS, OURS],
  ["somebody's that is declared now is taken over", SOMEBODYS, A, OURS, OURS],
  ["another one than is there is not achieved", undefined, B, OURS, undefined],
  ["one that is not there is not achieved", undefined, undefined, OURS, undefined],
  ["another token is not achieved", OURS, A, ROTATED, OURS],
  ["another address is not achieved", OURS, A, { callbackUrl: B, verifyToken: "a" }, OURS],
])("a declared webhook: %s", (_what, held, shown, declared, after) => {
  const inputs = { ...DECLARED, ...(declared === undefined ? {} : { webhook: declared }) };
  expect(withDeclared(NOW, holding(held, shown), inputs).echo.webhook).toEqual(after);
});

test("a verify token stands in the outputs under its arg alone", () => {
  const outputs = outputsOf(NOW, holding({ callbackUrl: A, verifyToken: "very-secret" }, A));
  const { webhook, ...others } = outputs;
  expect(JSON.stringify(webhook)).toContain("very-secret");
  expect(JSON.stringify(others)).not.toContain("very-secret");
});

test.each([
  ["declared and set", "DE", "DE", "DE"],
  ["declared and not set", undefined, "DE", undefined],
  ["declared, and another one set", "BR", "DE", "BR"],
  ["not declared any more", "DE", undefined, undefined],
])("a storage region that is %s", (_what, held, declared, after) => {
  const state = registered({ echo: held === undefined ? {} : { dataLocalizationRegion: held } });
  const inputs = { ...DECLARED, ...(declared && { dataLocalizationRegion: declared }) } as PhoneNumberInputs;
  expect(withDeclared(NOW, state, inputs).echo.dataLocalizationRegion).toBe(after);
});

test.each([
  ["a region", "BR", "BR"],
  ["Meta's default", null, undefined],
  ["nothing, since nobody asked", undefined, "DE"],
])("a read that shows %s", (_what, region, after) => {
  const state = registered({ echo: { dataLocalizationRegion: "DE" } });
  expect(refreshed(NOW, state, NODE, region).echo.dataLocalizationRegion).toBe(after);
});

test("a declared name that is in review is noted as asked for, once", () => {
  const inReview = registered({ observed: { newNameStatus: "PENDING_REVIEW", newDisplayName: "Lucky Shrub" } });
  const lucky = { ...DECLARED, displayName: "Lucky Shrub" };
  const noted = withDeclared(NOW, inReview, lucky);
  expect(noted.ledger.nameRequests).toEqual([{ name: "Lucky Shrub", at: NOW.toISOString() }]);
  expect(withDeclared(NOW, noted, lucky).ledger).toEqual(noted.ledger);
  expect(echoOf(noted).displayName).toBe("Lucky Shrub");
  expect(isSettled(NOW, inReview, lucky)).toBe(false);
  expect(isSettled(NOW, noted, lucky)).toBe(true);
  for (const displayName of ["Third Name", undefined]) {
    const inputs = { ...DECLARED, displayName } as PhoneNumberInputs;
    expect(withDeclared(NOW, inReview, inputs).ledger.nameRequests).toEqual([]);
  }
});

test.each<[keyof PhoneNumberInputs, unknown]>([
  ["allowReregister", true],
  ["embeddedSignupFinishedAt", "2026-11-20T12:00:00.000Z"],
  ["onDelete", "deregister"],
  ["waitFor", "registered"],
  ["waitTimeoutSeconds", 60],
  ["migrate", { fromWabaId: "910000000000001" }],
  ["preVerifiedId", "913000000000001"],
  ["adopt", "require"],
  ["credential", "acme"],
])("%s holds as it is declared, and a change of it is written down", (arg, value) => {
  const inputs = { ...DECLARED, [arg]: value };
  const before = withDeclared(NOW, registered(), DECLARED);
  expect(isSettled(NOW, before, inputs)).toBe(false);
  const after = withDeclared(NOW, before, inputs);
  expect(echoOf(after)[arg as keyof Echo]).toEqual(value);
  expect(isSettled(NOW, after, inputs)).toBe(true);
  expect(isSettled(NOW, after, DECLARED)).toBe(false);
  expect(withDeclared(NOW, after, DECLARED).echo).not.toHaveProperty(arg);
});
