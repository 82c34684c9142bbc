import { expect, test } from "vitest";
import { CAKE_SHOP, ICE_CREAM, startLifecycle, WABA } from "../support/lifecycle.ts";
import { lookingAt } from "../support/look-ups.ts";

const LIST = "GET /{WABA}/phone_numbers";
const BY_ID = "GET /{PNID}";
const SANDBOX = "1972385232742143";
const idsOf = (found: { readonly phoneNumbers: readonly { readonly id: string }[] }) =>
  found.phoneNumbers.map(({ id }) => id);
const REFUSED = { message: "(#100) filtering is not available", type: "OAuthException", code: 100, fbtrace_id: "A1" };

test("every page is read, and calls of one run share the list", async () => {
  const { emulator, calls } = await startLifecycle({ numbers: 250, wabas: 1 });
  const [wabaId = ""] = emulator.wabaIds;
  const { run } = lookingAt(emulator);
  const [first, second] = await Promise.all([run.phoneNumbers({ wabaId }), run.phoneNumbers({ wabaId })]);
  expect(first.phoneNumbers).toHaveLength(250);
  expect(second).toEqual(first);
  expect(idsOf(first)).toEqual(idsOf(first).toSorted((left, right) => Number(left) - Number(right)));
  const { phoneNumber = "", id } = first.phoneNumbers[200] ?? {};
  expect(await run.phoneNumber({ wabaId, phoneNumber })).toMatchObject({ id });
  expect(await run.phoneNumber({ wabaId, phoneNumberId: id })).toMatchObject({ phoneNumber });
  expect(calls()).toEqual([LIST, LIST, LIST]);
});

test("ids of different lengths stand in the order of their numbers", async () => {
  const numbers = ["1000000", "99999", "200000"].map((id, at) => ({
    id,
    phone_number: `+1631555000${at}`,
    verified_name: "Lucky Shrub",
  }));
  const { emulator } = await startLifecycle({ seed: { wabas: [{ id: WABA, name: "W" }], phone_numbers: numbers } });
  expect(idsOf(await lookingAt(emulator).run.phoneNumbers({ wabaId: WABA }))).toEqual(["99999", "200000", "1000000"]);
});

test("another run reads anew, and so does a call that waited for resources", async () => {
  const { emulator, calls } = await startLifecycle();
  const { run, late, another } = lookingAt(emulator);
  await run.phoneNumber({ wabaId: WABA, phoneNumber: ICE_CREAM.phoneNumber });
  emulator.patchNumber(ICE_CREAM.id, { code_verification_status: "VERIFIED" });
  const status = { codeVerificationStatus: "VERIFIED" };
  expect(await late.phoneNumber({ wabaId: WABA, phoneNumber: ICE_CREAM.phoneNumber })).toMatchObject(status);
  emulator.patchNumber(ICE_CREAM.id, { code_verification_status: "EXPIRED" });
  // What the late call read is shared with those after it.
  expect(await run.phoneNumber({ wabaId: WABA, phoneNumber: ICE_CREAM.phoneNumber })).toMatchObject(status);
  const expired = { codeVerificationStatus: "EXPIRED" };
  expect(await late.phoneNumber({ wabaId: WABA, phoneNumberId: ICE_CREAM.id })).toMatchObject(expired);
  expect(await another().phoneNumber({ wabaId: WABA, phoneNumber: ICE_CREAM.phoneNumber })).toMatchObject(expired);
  expect(calls()).toEqual([LIST, LIST, BY_ID, LIST]);
});

test("a filtered list is asked of Graph once a run, as Meta documents it", async () => {
  const { emulator, calls } = await startLifecycle();
  const { run, late, said } = lookingAt(emulator);
  const args = { wabaId: WABA, accountMode: "SANDBOX" };
  expect(idsOf(await run.phoneNumbers(args))).toEqual([SANDBOX]);
  expect(idsOf(await run.phoneNumbers(args))).toEqual([SANDBOX]);
  expect(calls()).toEqual([LIST]);
  const [asked] = emulator.requests().requests;
  expect(asked?.params.filtering).toEqual([{ field: "account_mode", operator: "EQUAL", value: "SANDBOX" }]);
  await late.phoneNumbers(args);
  expect(calls()).toEqual([LIST]);
  expect(said).toEqual([]);
});

test("where Graph refuses the filter, all are read and filtered here, and a line says so once", async () => {
  const { emulator, calls } = await startLifecycle();
  const { run, said } = lookingAt(emulator);
  emulator.addFault({ match: { path: "/{WABA}/phone_numbers" }, status: 400, body: { error: REFUSED } });
  const live = await run.phoneNumbers({ wabaId: WABA, accountMode: "LIVE" });
  expect(idsOf(live)).toEqual([ICE_CREAM.id, CAKE_SHOP.id]);
  expect(calls()).toEqual([LIST, LIST]);
  emulator.addFault({ match: { path: "/{WABA}/phone_numbers" }, status: 400, body: { error: REFUSED } });
  expect(idsOf(await run.phoneNumbers({ wabaId: WABA, accountMode: "SANDBOX" }))).toEqual([SANDBOX]);
  // The list without a filter is shared.
  expect(calls()).toEqual([LIST]);
  expect(said).toEqual([expect.stringMatching(/is a beta that this app seems to lack.*refuses it \(code 100\)/)]);
});

test("where Graph lacks a field that we ask for, its filter is not blamed", async () => {
  const { emulator, calls } = await startLifecycle({ certificates: false });
  const { run, said } = lookingAt(emulator);
  expect(idsOf(await run.phoneNumbers({ wabaId: WABA, accountMode: "SANDBOX" }))).toEqual([SANDBOX]);
  expect(calls()).toEqual([LIST, LIST, LIST]);
  expect(idsOf(await run.phoneNumbers({ wabaId: WABA, accountMode: "LIVE" }))).toEqual([ICE_CREAM.id, CAKE_SHOP.id]);
  expect(calls()).toEqual([LIST]);
  expect(emulator.requests().requests.at(-1)?.params).toHaveProperty("filtering");
  expect(said).toEqual([]);
});

test("a Graph that ignores the filter is noticed, and filtered here", async () => {
  const { emulator } = await startLifecycle();
  const { run, said } = lookingAt(emulator);
  const data = [
    { id: "200001", account_mode: "LIVE" },
    { id: "200002", account_mode: "SANDBOX" },
  ];
  emulator.addFault({ match: { path: "/{WABA}/phone_numbers" }, status: 200, body: { data } });
  expect(idsOf(await run.phoneNumbers({ wabaId: WABA, accountMode: "SANDBOX" }))).toEqual(["200002"]);
  expect(said).toEqual([expect.stringContaining("shows numbers of another mode")]);
});

test("what is refused for another reason is that error, filter or not", async () => {
  const { emulator } = await startLifecycle();
  const { another, said } = lookingAt(emulator);
  emulator.addToken({ token: "narrow", scopes: [] });
  const narrow = another({ accessToken: "narrow" });
  await expect(narrow.phoneNumbers({ wabaId: WABA, accountMode: "LIVE" })).rejects.toThrow(
    /could not list the numbers · account 102290129340398 · Graph said: .*permission/,
  );
  expect(said).toEqual([]);
});

test("a list that failed is asked for again", async () => {
  const { emulator, calls } = await startLifecycle();
  const { run } = lookingAt(emulator);
  const error = { ...REFUSED, code: 368, message: "Temporarily blocked" };
  emulator.addFault({ match: { path: "/{WABA}/phone_numbers" }, status: 400, body: { error } });
  await expect(run.phoneNumbers({ wabaId: WABA })).rejects.toThrow(/code 368/);
  expect(idsOf(await run.phoneNumbers({ wabaId: WABA }))).toContain(SANDBOX);
  expect(calls()).toHaveLength(2);
});

test("a token that was refused is named by where it came from, and not shown to Graph again", async () => {
  const { emulator, calls } = await startLifecycle();
  const { run } = lookingAt(emulator);
  const error = { ...REFUSED, code: 190, message: "Invalid OAuth access token" };
  emulator.addFault({ match: { path: "/{WABA}/phone_numbers" }, status: 401, body: { error } });
  const refused = /code 190.*waba:accessToken in the stack's configuration/;
  await expect(run.phoneNumbers({ wabaId: WABA })).rejects.toThrow(refused);
  await expect(run.phoneNumbers({ wabaId: WABA })).rejects.toThrow(refused);
  expect(calls()).toHaveLength(1);
});

test.each<[string, object, RegExp]>([
  [
    "an account that is not allowed",
    { wabaId: "999999", phoneNumberId: CAKE_SHOP.id },
    /not among waba:allowedWabaIds/,
  ],
  ["the same by digits", { wabaId: "999999", phoneNumber: CAKE_SHOP.phoneNumber }, /not among waba:allowedWabaIds/],
])("%s is refused before any call", async (_what, args, message) => {
  const { emulator, calls } = await startLifecycle();
  const { run } = lookingAt(emulator, { allowedWabaIds: WABA });
  await expect(run.phoneNumber(args)).rejects.toThrow(message);
  await expect(run.phoneNumbers({ wabaId: "999999" })).rejects.toThrow(message);
  expect(calls()).toEqual([]);
});

test("of a number by its id alone, the account that Graph shows must be allowed", async () => {
  const { emulator } = await startLifecycle();
  const { run, another } = lookingAt(emulator, { allowedWabaIds: WABA });
  expect(await run.phoneNumber({ phoneNumberId: CAKE_SHOP.id })).toMatchObject({ wabaId: WABA });
  const elsewhere = another({ allowedWabaIds: "999999" });
  await expect(elsewhere.phoneNumber({ phoneNumberId: CAKE_SHOP.id })).rejects.toThrow(/not among waba:allowedWabaIds/);
});

test.each<[string, object, RegExp]>([
  [
    "a number that the account lacks",
    { wabaId: WABA, phoneNumber: "+4915112345678" },
    /could not find the number · number \+4915112345678, account 102290129340398 .* check the digits and wabaId/,
  ],
  ["an id that nobody has", { phoneNumberId: "5555555555" }, /code 100\/33.*may not see it/],
  ["a number that is not international", { wabaId: WABA, phoneNumber: "631" }, /phoneNumber must be an international/],
  ["digits without an account", { phoneNumber: "+16315551111" }, /phoneNumber needs the wabaId/],
  ["neither id nor digits", { wabaId: WABA }, /give either phoneNumberId, or phoneNumber/],
  ["both", { wabaId: WABA, phoneNumber: "+16315551111", phoneNumberId: CAKE_SHOP.id }, /give either/],
  ["a credential that is not configured", { phoneNumberId: CAKE_SHOP.id, credential: "acme" }, /no credential.*acme/],
])("%s is an error that says what to do", async (_what, args, message) => {
  const { emulator } = await startLifecycle();
  await expect(lookingAt(emulator).run.phoneNumber(args)).rejects.toThrow(message);
});

test("a number of another account is refused, and its account is the remedy", async () => {
  const { emulator } = await startLifecycle({ numbers: 2, wabas: 2 });
  const [first, second] = emulator.wabaIds;
  const { run } = lookingAt(emulator);
  const of = (wabaId?: string) => run.phoneNumber({ phoneNumberId: "100000001", wabaId });
  await expect(of(first)).rejects.toThrow(`it is on account ${second}: give that as wabaId`);
  expect(await of(second)).toMatchObject({ wabaId: second });
  expect(await of()).toMatchObject({ wabaId: second });
});

test("a misspelt arg is refused, and nothing is read", async () => {
  const { emulator, calls } = await startLifecycle();
  const { run } = lookingAt(emulator);
  await expect(run.phoneNumbers({ wabaId: WABA, acountMode: "LIVE" })).rejects.toThrow(/acountMode/);
  await expect(run.phoneNumbers({ wabaId: "999" })).rejects.toThrow(
    /^A call of getPhoneNumbers cannot be right, and nothing was read · wabaId must be the numeric id .*, 5 to 20 digits/,
  );
  expect(calls()).toEqual([]);
});

test("a number that is not managed shows where it stands", async () => {
  const { emulator } = await startLifecycle();
  const { run } = lookingAt(emulator);
  const { phoneNumbers } = await run.phoneNumbers({ wabaId: WABA });
  expect(phoneNumbers).toMatchObject([
    { id: ICE_CREAM.id, phase: "needs-verification", registered: false, nameInReview: false },
    { id: CAKE_SHOP.id, phase: "registered", registered: true, phoneNumber: "+16315551111", wabaId: WABA },
    { id: SANDBOX, accountMode: "SANDBOX" },
  ]);
  expect(phoneNumbers[0]).not.toHaveProperty("newDisplayName");
});

test("pre-verified numbers come by all pages, filtered by Graph and once more here", async () => {
  const business = "912000000000001";
  const preverified_numbers = Array.from({ length: 130 }, (_, at) => ({
    id: `${913_000_000_000_000 + at}`,
    business_id: business,
    phone_number: `+1631555${String(7000 + at)}`,
    ...(at === 5 ? { code_verification_time: "2026-11-22T12:00:00Z" } : {}),
  }));
  const { emulator, calls } = await startLifecycle({
    seed: { businesses: [{ id: business, name: "Cake Palace" }], preverified_numbers },
  });
  const { run } = lookingAt(emulator);
  const all = await run.preVerifiedPhoneNumbers({ businessId: business });
  expect(all.preVerifiedPhoneNumbers).toHaveLength(130);
  expect(calls()).toEqual(["GET /{BIZ}/preverified_numbers", "GET /{BIZ}/preverified_numbers"]);
  const verified = {
    id: "913000000000005",
    phoneNumber: "+16315557005",
    codeVerificationStatus: "VERIFIED",
    codeVerificationTime: "2026-11-22T12:00:00.000Z",
    verificationExpiresAt: "2027-02-20T12:00:00.000Z",
    ownerBusinessId: business,
    ownerBusinessName: "Cake Palace",
  };
  const filter = { businessId: business, codeVerificationStatus: "VERIFIED" };
  expect(await run.preVerifiedPhoneNumbers(filter)).toEqual({
    businessId: business,
    preVerifiedPhoneNumbers: [verified],
  });
  const digits = { businessId: business, phoneNumber: "+1 631 555 7005" };
  expect((await run.preVerifiedPhoneNumbers(digits)).preVerifiedPhoneNumbers).toEqual([verified]);
  calls();
  emulator.addFault({
    match: { path: "/{BIZ}/preverified_numbers" },
    times: 2,
    status: 200,
    body: { data: [{ id: "1", phone_number: "16315557005", code_verification_status: "NOT_VERIFIED" }] },
  });
  expect((await run.preVerifiedPhoneNumbers(filter)).preVerifiedPhoneNumbers).toEqual([]);
  expect(
    (await run.preVerifiedPhoneNumbers({ ...digits, phoneNumber: "+16315557006" })).preVerifiedPhoneNumbers,
  ).toEqual([]);
});

test("pages of pre-verified numbers that lead in a circle are an error", async () => {
  const { emulator } = await startLifecycle();
  const body = { data: [], paging: { cursors: { after: "A" }, next: "https://graph.facebook.com/next" } };
  emulator.addFault({ match: { path: "/{BIZ}/preverified_numbers" }, times: "always", status: 200, body });
  const { run } = lookingAt(emulator);
  await expect(run.preVerifiedPhoneNumbers({ businessId: "506914307656634" })).rejects.toThrow(/pages without an end/);
  await expect(run.preVerifiedPhoneNumbers({ businessId: "Lucky" })).rejects.toThrow(
    /businessId must be the numeric id/,
  );
});
