/**
 * What the frozen stacks went through, each ending with the program that was last applied. make.ts tells them to the
 * version of the day and keeps what it leaves behind.
 */
import type { Emulator } from "../../emulator/index.ts";
import type { EngineDouble, Properties } from "../support/engine-double.ts";

export interface Scene {
  readonly stack: EngineDouble;
  readonly emulator: Emulator;
  /** Moves Meta's clock and ours. */
  pass(minutes: number): void;
  /** A webhook's address that answers Meta. */
  readonly callbackUrl: string;
  /** A picture as a program describes it. */
  readonly picture: { readonly path: string; readonly sha256: string; readonly fileType: string };
}

export type Story = (scene: Scene) => Promise<Properties>;

const WABA = "102290129340398";
const CAKE_SHOP = "1972385232742141";
const ICE_CREAM = "1754951608042154";
const CAKE = { wabaId: WABA, phoneNumber: "+16315551111", displayName: "John's Cake Shop", pin: "654321" };
const LUCKY = { ...CAKE, displayName: "Lucky Shrub" };
const SMS = { method: "SMS", language: "en" };
const ICE = {
  wabaId: WABA,
  phoneNumber: "+16315552222",
  displayName: "Jasper's Ice Cream",
  pin: "654321",
  verification: SMS,
};
const HOUR = 60;
const DAY = 24 * HOUR;
const refused = (code: number) => ({ error: { message: `(#${code}) refused`, code, fbtrace_id: "Az8" } });

async function approved({ stack, emulator, pass }: Scene): Promise<void> {
  await stack.up(LUCKY);
  pass(2 * DAY);
  emulator.reviewName(CAKE_SHOP, "APPROVED");
}

/** Told since state version 1. */
const FIRST: Record<string, Story> = {
  "registered by a code": async ({ stack, emulator }) => {
    await stack.up(ICE);
    const program = { ...ICE, verification: { ...SMS, code: emulator.code(ICE_CREAM) } };
    await stack.up(program);
    return program;
  },
  "code sent": async ({ stack }) => {
    await stack.up(ICE);
    return ICE;
  },
  "code rejected": async ({ stack, emulator }) => {
    await stack.up(ICE);
    const wrong = emulator.code(ICE_CREAM) === "111111" ? "222222" : "111111";
    const program = { ...ICE, verification: { ...SMS, code: wrong } };
    await stack.up(program);
    return program;
  },
  "adopted, without a PIN": async ({ stack }) => {
    const { pin: _none, ...program } = CAKE;
    await stack.up(program);
    return program;
  },
  "adopted, by its id": async ({ stack }) => {
    const program = { wabaId: WABA, phoneNumberId: CAKE_SHOP };
    await stack.up(program);
    return program;
  },
  "verified, without a PIN": async ({ stack, emulator }) => {
    const { pin: _none, ...program } = ICE;
    emulator.patchNumber(ICE_CREAM, { code_verification_status: "VERIFIED" });
    await stack.up(program);
    return program;
  },
  "name in review": async ({ stack, pass }) => {
    await stack.up(LUCKY);
    pass(DAY);
    await stack.up(LUCKY);
    return LUCKY;
  },
  "name approved, not seen yet": async (scene) => {
    await approved(scene);
    return LUCKY;
  },
  "name approved and waiting": async (scene) => {
    await approved(scene);
    await scene.stack.refresh();
    return LUCKY;
  },
  "name registered": async (scene) => {
    await approved(scene);
    await scene.stack.up(LUCKY);
    return LUCKY;
  },
  "name declined": async ({ stack, emulator, pass }) => {
    await stack.up(LUCKY);
    pass(DAY);
    emulator.reviewName(CAKE_SHOP, "REJECTED");
    await stack.up(LUCKY);
    return LUCKY;
  },
  "three attempts, all refused": async ({ stack, emulator, pass }) => {
    emulator.patchNumber(ICE_CREAM, { code_verification_status: "VERIFIED" });
    emulator.addFault({ match: { path: "/*/register" }, times: 3, status: 400, body: refused(131031) });
    for (let count = 0; count < 3; count += 1) {
      await stack.up(ICE).catch(() => undefined);
      pass(5 * HOUR);
    }
    return ICE;
  },
  "a registration that was lost": async ({ stack, emulator, pass }) => {
    await stack.up(CAKE);
    emulator.patchNumber(CAKE_SHOP, { status: "DISCONNECTED", platform_type: "NOT_APPLICABLE" });
    await stack.up(CAKE);
    pass(DAY);
    emulator.patchNumber(CAKE_SHOP, { status: "DISCONNECTED", platform_type: "NOT_APPLICABLE" });
    await stack.up(CAKE);
    return CAKE;
  },
  "not to be registered": async ({ stack, emulator }) => {
    emulator.patchNumber(ICE_CREAM, { code_verification_status: "VERIFIED" });
    const program = { ...ICE, register: false };
    await stack.up(program);
    return program;
  },
};

/** Told since state version 2. */
const SECOND: Record<string, Story> = {
  "every option": async ({ stack }) => {
    const program = {
      ...CAKE,
      phoneNumberId: CAKE_SHOP,
      migrate: { fromWabaId: "102290129340399" },
      allowReregister: false,
      onDelete: "deregister",
      waitFor: "registered",
      waitTimeoutSeconds: 60,
      adopt: "ifExists",
    };
    await stack.up(program);
    return program;
  },
  "stored in a country": async ({ stack, emulator }) => {
    emulator.patchNumber(ICE_CREAM, { code_verification_status: "VERIFIED" });
    const program = { ...ICE, dataLocalizationRegion: "DE" };
    await stack.up(program);
    return program;
  },
  "registered by others": async ({ stack, emulator, pass }) => {
    const program = { ...CAKE, onDelete: "deregister" };
    await stack.up(program);
    pass(DAY);
    emulator.patchNumber(CAKE_SHOP, { last_onboarded_time: "2026-11-24T09:00:00+0000" });
    await stack.up(program);
    return program;
  },
  "moved to another country": async ({ stack, emulator, pass }) => {
    emulator.patchNumber(ICE_CREAM, { code_verification_status: "VERIFIED" });
    await stack.up({ ...ICE, dataLocalizationRegion: "DE" });
    pass(DAY);
    const program = { ...ICE, dataLocalizationRegion: "CH", allowReregister: true };
    await stack.up(program);
    return program;
  },
  "half-way to another country": async ({ stack, emulator, pass }) => {
    emulator.patchNumber(ICE_CREAM, { code_verification_status: "VERIFIED" });
    await stack.up({ ...ICE, dataLocalizationRegion: "DE" });
    pass(DAY);
    const program = { ...ICE, dataLocalizationRegion: "CH", allowReregister: true };
    emulator.addFault({ match: { path: "/*/register" }, status: 400, body: refused(131031) });
    await stack.up(program).catch(() => undefined);
    pass(DAY);
    return program;
  },
  "with a webhook": async ({ stack, callbackUrl }) => {
    const program = { ...CAKE, webhook: { callbackUrl, verifyToken: "a verify token" } };
    await stack.up(program);
    return program;
  },
  "with a webhook that was refused": async ({ stack, emulator, callbackUrl }) => {
    const program = { ...CAKE, webhook: { callbackUrl, verifyToken: "a verify token" } };
    emulator.addFault({ match: { path: `/${CAKE_SHOP}`, method: "POST" }, status: 400, body: refused(2200) });
    await stack.up(program);
    return program;
  },
  "waiting after embedded signup": async ({ stack, emulator }) => {
    const { pin: _none, ...program } = { ...ICE, embeddedSignupFinishedAt: "2026-11-20T12:00:00.000Z" };
    emulator.patchNumber(ICE_CREAM, { code_verification_status: "VERIFIED" });
    await stack.up(program);
    return program;
  },
  "too late after embedded signup": async ({ stack }) => {
    const program = { ...ICE, embeddedSignupFinishedAt: "2026-11-01T12:00:00.000Z" };
    await stack.up(program);
    return program;
  },
  "a claimed number of a customer": async ({ stack }) => {
    const program = { ...CAKE, preVerifiedId: "1971623530254178", credential: "acme" };
    await stack.up(program);
    return program;
  },
  "a registration whose answer was lost, and the reads after it": async ({ stack, emulator }) => {
    emulator.patchNumber(ICE_CREAM, { code_verification_status: "VERIFIED" });
    await stack.up({ ...ICE, register: false });
    emulator.addFault({ match: { path: "/*/register" }, drop: "after" });
    // After the read before the registration; the refresh reads the account's list.
    emulator.addFault({ match: { method: "GET", path: `/${ICE_CREAM}` }, times: 1, latencyMs: 0 });
    emulator.addFault({ match: { method: "GET", path: `/${ICE_CREAM}` }, times: 4, drop: "before" });
    await stack.up(ICE).catch(() => undefined);
    emulator.clearFaults();
    return ICE;
  },
  "a name whose request got no answer": async ({ stack, emulator }) => {
    await stack.up(CAKE);
    emulator.addFault({ match: { path: `/${CAKE_SHOP}`, method: "POST" }, drop: "before" });
    emulator.addFault({ match: { method: "GET", path: `/${CAKE_SHOP}` }, times: 1, latencyMs: 0 });
    emulator.addFault({ match: { method: "GET", path: `/${CAKE_SHOP}` }, times: 4, drop: "before" });
    await stack.up(LUCKY).catch(() => undefined);
    emulator.clearFaults();
    return LUCKY;
  },
  "a name beyond Meta's ten of 30 days": async ({ stack, emulator }) => {
    await stack.up(CAKE);
    const error = { ...refused(100).error, error_subcode: 2388010 };
    emulator.addFault({ match: { path: `/${CAKE_SHOP}`, method: "POST" }, status: 400, body: { error } });
    await stack.up(LUCKY);
    return LUCKY;
  },
  "a registration that was refused twice, a moment ago": async ({ stack, emulator }) => {
    emulator.patchNumber(ICE_CREAM, { code_verification_status: "VERIFIED" });
    emulator.addFault({ match: { path: "/*/register" }, times: 2, status: 400, body: refused(131031) });
    for (let runs = 0; runs < 2; runs += 1) await stack.up(ICE).catch(() => undefined);
    return ICE;
  },
  "registered with an on-premises client": async ({ stack, emulator }) => {
    emulator.patchNumber(ICE_CREAM, { code_verification_status: "VERIFIED" });
    const program = { ...ICE, onPremises: clientOf(emulator) };
    await stack.up(program);
    return program;
  },
  "an on-premises client that waits for a code": async ({ stack, emulator }) => {
    const program = { ...ICE, onPremises: clientOf(emulator) };
    await stack.up(program);
    return program;
  },
};

/** The emulator is one as well. */
function clientOf({ url, token }: Emulator): { baseUrl: string; token: string; method: string } {
  return { baseUrl: url, token, method: "sms" };
}

export const STORIES = { ...FIRST, ...SECOND };
