import { expect, test } from "vitest";
import type { Emulator } from "../../emulator/index.ts";
import { CAKE_SHOP, ICE_CREAM, type Lifecycle, startLifecycle, WABA } from "../support/lifecycle.ts";

const SMS = { method: "SMS", language: "en" };
const ICE = { wabaId: WABA, phoneNumber: ICE_CREAM.phoneNumber, displayName: "Jasper's Ice Cream" };
const CAKE = { wabaId: WABA, phoneNumber: CAKE_SHOP.phoneNumber, displayName: "John's Cake Shop", pin: "123456" };
const VERIFIED = { code_verification_status: "VERIFIED" };
const ACCOUNT = "POST /v1/account";
const VERIFY = "POST /v1/account/verify";

const TOKEN = "emulator-token-of-the-client";
const clientAt = (url: string) => ({ baseUrl: url, token: TOKEN, method: "sms" });
const start = () => startLifecycle({ tokens: ["emulator-token", TOKEN] });
const kept = (emulator: Emulator, id: string) =>
  (emulator.state() as { numbers: Record<string, Record<string, unknown>> }).numbers[id] ?? {};

async function connected(): Promise<Lifecycle & { program: typeof ICE & object }> {
  const lifecycle = await start();
  const { emulator, stack, writes } = lifecycle;
  emulator.patchNumber(ICE_CREAM.id, VERIFIED);
  const program = { ...ICE, onPremises: clientAt(emulator.url) };
  await stack.up(program);
  writes();
  return { ...lifecycle, program };
}

test("201: one call registers the number with the client, and none with the Cloud API", async () => {
  const { stack, emulator, writes, atMeta } = await start();
  emulator.patchNumber(ICE_CREAM.id, VERIFIED);
  const program = { ...ICE, onPremises: clientAt(emulator.url) };
  await stack.up(program);
  expect(writes()).toEqual([ACCOUNT]);
  expect(await atMeta(ICE_CREAM.id)).toMatchObject({ platform_type: "ON_PREMISE", status: "CONNECTED" });
  expect(stack.outputs).toMatchObject({
    phase: "registered",
    nextAction: "Nothing to do.",
    registered: true,
    registeredName: "Jasper's Ice Cream",
    onPremises: program.onPremises,
    attempts: { register: [expect.any(String)] },
    certificateFingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  expect(await stack.up(program)).toEqual({ op: "same", properties: [] });
  expect(await stack.upWithoutRefresh(program)).toEqual({ op: "same", properties: [] });
  expect(writes()).toEqual([]);
});

test("202: the code is given to the client, once", async () => {
  const { stack, emulator, writes, said, pass } = await start();
  const program = { ...ICE, onPremises: clientAt(emulator.url) };
  await stack.up(program);
  expect(stack.outputs).toMatchObject({ phase: "code-sent", codeAttempt: 1 });
  expect(stack.outputs).not.toHaveProperty("onPremises");
  expect(stack.outputs.nextAction).toMatch(/on-premises client waits .* verification\.code/);
  expect(said.join("\n")).toContain("had a verification code sent by sms");

  await stack.up(program);
  expect(writes()).toEqual([ACCOUNT]);
  const withCode = { ...program, verification: { ...SMS, code: emulator.code(ICE_CREAM.id) } };
  pass({ minutes: 8 });
  expect(await stack.up(withCode)).toMatchObject({ op: "update", properties: ["onPremises", "verification"] });
  expect(writes()).toEqual([VERIFY]);
  expect(stack.outputs).toMatchObject({ phase: "registered", onPremises: program.onPremises });
  expect(stack.outputs).not.toHaveProperty("clientAskedAt");
  expect(stack.outputs).not.toHaveProperty("registeredByOthersAt");
  expect((await stack.up(withCode)).op).toBe("same");
  expect((await stack.up(program)).op).not.toBe("replace");
  expect(writes()).toEqual([]);
});

test("a wrong code is tried once, and a raised attempt has the client send another one", async () => {
  const { stack, emulator, writes, said } = await start();
  const program = { ...ICE, onPremises: clientAt(emulator.url) };
  await stack.up(program);
  const code = emulator.code(ICE_CREAM.id) === "111111" ? "222222" : "111111";
  await stack.up({ ...program, verification: { ...SMS, code } });
  await stack.up({ ...program, verification: { ...SMS, code } });
  expect(writes()).toEqual([ACCOUNT, VERIFY]);
  expect(stack.outputs.phase).toBe("code-rejected");
  expect(said.join("\n")).toMatch(/client said: .*\(code 1009, HTTP 400\)/);

  await stack.up({ ...program, verification: { ...SMS, code, attempt: 2 } });
  expect(stack.outputs).toMatchObject({ phase: "code-sent", codeAttempt: 2 });
  await stack.up({ ...program, verification: { ...SMS, code: emulator.code(ICE_CREAM.id), attempt: 2 } });
  expect(writes()).toEqual([ACCOUNT, VERIFY]);
  expect(stack.outputs.phase).toBe("registered");
});

test("a new certificate registers it once more, under the new name", async () => {
  const { stack, emulator, writes, program } = await connected();
  const renamed = { ...program, displayName: "Ice Palace" };
  await stack.up(renamed);
  expect(stack.outputs.phase).toBe("name-in-review");
  emulator.reviewName(ICE_CREAM.id, "APPROVED");
  expect(await stack.up(renamed)).toEqual({ op: "update", properties: ["displayName"] });
  expect(writes()).toEqual(["POST /{PNID}", ACCOUNT]);
  expect(kept(emulator, ICE_CREAM.id)).toMatchObject({ registered_name: "Ice Palace", platform_type: "ON_PREMISE" });
  expect(stack.outputs).toMatchObject({ phase: "registered", registeredName: "Ice Palace" });
  expect((await stack.up(renamed)).op).toBe("same");
  expect(writes()).toEqual([]);
});

test("with two-step verification the declared PIN goes along, and none is needs-pin", async () => {
  const { stack, emulator, writes } = await start();
  emulator.patchNumber(CAKE_SHOP.id, { status: "PENDING", platform_type: "NOT_APPLICABLE" });
  const { pin, ...program } = { ...CAKE, onPremises: clientAt(emulator.url) };
  await stack.up(program);
  expect(stack.outputs.phase).toBe("needs-pin");
  expect(writes()).toEqual([]);
  await stack.up({ ...program, pin });
  expect(writes()).toEqual([ACCOUNT]);
  expect(stack.outputs).toMatchObject({ phase: "registered", pinState: "set", pin });
  expect(emulator.requests().requests.at(-2)).toMatchObject({ route: "/v1/account", status: 201 });
});

test("a refusal keeps no PIN, is tried once more, and then held back", async () => {
  const { stack, emulator, writes, pass } = await start();
  emulator.patchNumber(CAKE_SHOP.id, { status: "PENDING", platform_type: "NOT_APPLICABLE" });
  const program = { ...CAKE, pin: "999999", onPremises: clientAt(emulator.url) };
  for (let run = 0; run < 2; run += 1) {
    await expect(stack.up(program)).rejects.toThrow(
      /the on-premises client said: Access denied.*\(code 1005, HTTP 403\)/,
    );
  }
  await stack.up(program);
  expect(writes()).toEqual([ACCOUNT, ACCOUNT]);
  expect(stack.outputs).toMatchObject({
    phase: "ready-to-register",
    attempts: { register: [{}, {}].map(() => expect.any(String)) },
  });
  expect(stack.outputs).not.toHaveProperty("pin");
  expect(stack.outputs.nextAction).toContain("The on-premises client refused it last (code 1005)");
  pass({ minutes: 21 });
  await stack.up({ ...program, pin: CAKE.pin });
  expect(stack.outputs.phase).toBe("registered");
});

test("Meta's end of that API is said", async () => {
  const { stack, emulator } = await startLifecycle({ onPremises: false });
  emulator.patchNumber(ICE_CREAM.id, VERIFIED);
  const program = { ...ICE, onPremises: { ...clientAt(emulator.url), token: emulator.token } };
  await expect(stack.up(program)).rejects.toThrow(/since October 2025: take onPremises out/);
});

test("a token that the client does not take is no refusal: the next run tries", async () => {
  const { stack, emulator, writes } = await start();
  emulator.patchNumber(ICE_CREAM.id, VERIFIED);
  const onPremises = { ...clientAt(emulator.url), token: "nobody" };
  for (let run = 0; run < 3; run += 1) {
    const error: Error = await stack.up({ ...ICE, onPremises }).then(
      () => expect.unreachable(),
      (caught: Error) => caught,
    );
    expect(error.message).toContain("log in to the client anew");
  }
  expect(writes()).toHaveLength(3);
});

test("a dead client fails by name, costs no attempt, and the next run goes on", async () => {
  const { stack, emulator, writes } = await start();
  emulator.patchNumber(ICE_CREAM.id, VERIFIED);
  const dead = { ...ICE, onPremises: clientAt("http://127.0.0.1:9") };
  await expect(stack.up(dead)).rejects.toThrow(
    /could not register with the client · number .*no answer from 127\.0\.0\.1:9: .*never reached the on-premises client/,
  );
  expect(stack.outputs).toMatchObject({ phase: "ready-to-register", attempts: { register: [] } });
  expect(writes()).toEqual([]);
  await stack.up({ ...ICE, onPremises: clientAt(emulator.url) });
  expect(writes()).toEqual([ACCOUNT]);
  expect(stack.outputs.phase).toBe("registered");
});

test("a proxy's page is not taken for the client's answer", async () => {
  const { stack, emulator } = await start();
  emulator.patchNumber(ICE_CREAM.id, VERIFIED);
  emulator.addFault({ match: { path: "/v1/account" }, status: 200, body: "<html>hello" });
  await expect(stack.up({ ...ICE, onPremises: clientAt(emulator.url) })).rejects.toThrow(
    /not the on-premises client's: HTTP 200.*check onPremises\.baseUrl/,
  );
});

test("neither certificate, PIN, token nor code is said or stands outside of the secret outputs", async () => {
  const { stack, emulator, said } = await start();
  const { certificate } = kept(emulator, ICE_CREAM.id);
  const pin = "654321";
  const program = { ...ICE, pin, onPremises: clientAt(emulator.url) };
  emulator.addFault({
    match: { path: "/v1/account" },
    status: 403,
    body: { errors: [{ code: 1005, title: "Access denied", details: `${certificate} ${TOKEN}` }] },
  });
  const error: Error = await stack.up(program).then(
    () => expect.unreachable(),
    (caught: Error) => caught,
  );
  await stack.up(program);
  const code = emulator.code(ICE_CREAM.id);
  await stack.up({ ...program, verification: { ...SMS, code } });
  expect(stack.outputs.phase).toBe("registered");
  const { certificate: _c, newCertificate: _n, onPremises: _o, pin: _p, ...plain } = stack.outputs;
  const all = JSON.stringify([error.message, said, plain]);
  expect(error.message).toContain("Access denied");
  for (const secret of [certificate, TOKEN, code, pin]) expect(all).not.toContain(secret);
});

test("a number on the Cloud API is left there, whatever is declared, with a warning", async () => {
  const { stack, emulator, writes, said } = await start();
  const program = { ...CAKE, onPremises: clientAt(emulator.url) };
  await stack.up(program);
  expect(stack.outputs).toMatchObject({ phase: "other-platform", registered: false });
  expect(said.join("\n")).toContain("is other-platform: Declare it as it is used");
  expect((await stack.up(program)).op).toBe("same");
  expect(writes()).toEqual([]);
});

test("a number that a client has is left there without onPremises, and taken over with it", async () => {
  const { stack, emulator, writes } = await start();
  emulator.patchNumber(CAKE_SHOP.id, { platform_type: "ON_PREMISE" });
  await stack.up(CAKE);
  expect(stack.outputs).toMatchObject({ phase: "other-platform", registered: false });
  const program = { ...CAKE, onPremises: clientAt(emulator.url) };
  await stack.up(program);
  expect(stack.outputs).toMatchObject({ phase: "registered", registered: true, onPremises: program.onPremises });
  await stack.up(CAKE);
  expect(stack.outputs.phase).toBe("other-platform");
  expect(writes()).toEqual([]);
});

test.each([
  ["its platform and status", { platform_type: "ON_PREMISE", status: "DISCONNECTED" }],
  ["its flag", { is_on_biz_app: true }],
])("a number on the app by %s is never written to", async (_what, patch) => {
  const { stack, emulator, writes } = await start();
  emulator.patchNumber(ICE_CREAM.id, { ...VERIFIED, ...patch });
  await stack.up({ ...ICE, onPremises: clientAt(emulator.url) });
  expect(stack.outputs.phase).toBe("on-phone");
  expect(writes()).toEqual([]);
});

test("a number that went onto the app since the refresh is not written to", async () => {
  const { stack, emulator, writes } = await start();
  const program = { ...ICE, onPremises: clientAt(emulator.url) };
  await stack.up(program);
  writes();
  const verification = { ...SMS, code: emulator.code(ICE_CREAM.id) };
  emulator.patchNumber(ICE_CREAM.id, { is_on_biz_app: true });
  await stack.upWithoutRefresh({ ...program, verification });
  expect(writes()).toEqual([]);
});

test("another address is another client, a new token is none", async () => {
  const { stack, emulator, writes, program } = await connected();
  const token = "emulator-token";
  expect(await stack.up({ ...program, onPremises: { ...clientAt(emulator.url), token } })).toEqual({
    op: "update",
    properties: ["onPremises"],
  });
  expect(writes()).toEqual([]);
  const moved = { ...program, onPremises: clientAt(emulator.url.replace("127.0.0.1", "localhost")) };
  await stack.up(moved);
  expect(writes()).toEqual([ACCOUNT]);
  expect(stack.outputs).toMatchObject({ phase: "registered", onPremises: moved.onPremises });
  expect((await stack.up(moved)).op).toBe("same");
});

test("without certificates it says what is missing, and calls nothing", async () => {
  const { stack, emulator, writes } = await startLifecycle({ certificates: false });
  emulator.patchNumber(ICE_CREAM.id, VERIFIED);
  await stack.up({ ...ICE, onPremises: clientAt(emulator.url) });
  expect(stack.outputs.phase).toBe("needs-certificate");
  expect(writes()).toEqual([]);
});

test("a registration that was lost is restored once with the client", async () => {
  const { stack, emulator, writes, program } = await connected();
  const lost = { platform_type: "NOT_APPLICABLE", status: "PENDING" };
  emulator.patchNumber(ICE_CREAM.id, lost);
  expect(await stack.up(program)).toEqual({ op: "update", properties: ["onPremises"] });
  expect(writes()).toEqual([ACCOUNT]);
  expect(stack.outputs.phase).toBe("registered");
  emulator.patchNumber(ICE_CREAM.id, lost);
  await stack.up(program);
  expect(stack.outputs.phase).toBe("contested");
  expect(writes()).toEqual([]);
});

test("taken out before the number is registered, it is forgotten", async () => {
  const { stack, emulator } = await start();
  await stack.up({ ...ICE, onPremises: clientAt(emulator.url) });
  expect(stack.outputs.onPremisesDeclared).toBe(true);
  await stack.up(ICE);
  expect(stack.outputs).not.toHaveProperty("onPremisesDeclared");
});

test("the eleventh registration of 72 hours is not tried", async () => {
  const { stack, emulator, writes, pass } = await start();
  for (let attempt = 1; attempt <= 11; attempt += 1) {
    const verification = { ...SMS, attempt };
    await stack.up({ ...ICE, verification, onPremises: clientAt(emulator.url) });
    pass({ hours: 7 });
  }
  expect(writes()).toEqual(Array(10).fill(ACCOUNT));
});
