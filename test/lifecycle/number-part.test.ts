/** What a profile and settings have in common as parts of a number. */
import { describe, expect, test } from "vitest";
import { CAKE_SHOP, startLifecycle, WABA } from "../support/lifecycle.ts";

const CAKE = { phoneNumberId: CAKE_SHOP.id, wabaId: WABA };
/** The account is not declared. */
const ALONE = { phoneNumberId: CAKE_SHOP.id };
/** A number of account 900001. */
const ELSEWHERE = { phoneNumberId: "100000001", wabaId: "900000" };

describe.each([
  {
    of: "businessProfile",
    path: "whatsapp_business_profile",
    declares: { about: "Cakes" },
    gone: "its business profile is taken out of the stack",
  },
  {
    of: "phoneNumberSettings",
    path: "settings",
    declares: { userIdentityChange: { enableIdentityKeyCheck: true } },
    gone: "its settings are taken out of the stack",
  },
] as const)("$of", ({ of, path, declares, gone }) => {
  const SET = `POST /{PNID}/${path}`;

  test("of a number that moved to the app since the last refresh is not written", async () => {
    const { stack, writes, emulator } = await startLifecycle({}, {}, { of });
    await stack.up(CAKE);
    emulator.patchNumber(CAKE_SHOP.id, { is_on_biz_app: true });
    await stack.upWithoutRefresh({ ...CAKE, ...declares });
    expect(writes()).toEqual([]);
  });

  test("of a number that was deleted leaves the stack, on the proof of its account's list alone", async () => {
    const { stack, emulator, said } = await startLifecycle({}, {}, { of });
    await stack.up(CAKE);
    emulator.deleteNumber(CAKE_SHOP.id);
    expect(await stack.refresh()).toBe(true);
    expect(stack.resource).toBeUndefined();
    expect(said.join("\n")).toContain(gone);
    const refused = /does not exist, or the token may not see it · number 1972385232742141/;
    await expect(stack.up(CAKE)).rejects.toThrow(refused);

    const unknown = await startLifecycle({}, {}, { of });
    await unknown.stack.up(ALONE);
    unknown.emulator.deleteNumber(CAKE_SHOP.id);
    await expect(unknown.stack.refresh()).rejects.toThrow(/100\/33/);
    expect(unknown.stack.resource).toBeDefined();
  });

  test("without the account the number is read by its id; an account that is declared later is only noted", async () => {
    const { stack, calls, writes } = await startLifecycle({}, {}, { of });
    await stack.up({ ...ALONE, ...declares });
    expect(calls()).toEqual(["GET /{PNID}", `GET /{PNID}/${path}`, SET]);
    expect(await stack.up({ ...CAKE, ...declares })).toEqual({ op: "update", properties: ["wabaId"] });
    expect(stack.outputs).toMatchObject({ wabaId: WABA });
    expect(writes()).toEqual([]);
  });

  test("of a number of another account is refused before any write", async () => {
    const { stack, writes } = await startLifecycle({ numbers: 2, wabas: 2 }, {}, { of });
    const program = { ...ELSEWHERE, ...declares };
    await expect(stack.up(program)).rejects.toThrow(
      /not on this account .*\(100000001\), account 900000 .*nothing was done/,
    );
    expect(writes()).toEqual([]);
    await stack.up({ ...program, wabaId: "900001" });
    expect(writes()).toEqual([SET]);
    await expect(stack.up(program)).rejects.toThrow("not on this account");
    expect(stack.outputs).toMatchObject({ wabaId: "900001" });
  });

  test("an account that is declared later is checked before anything is noted", async () => {
    const { stack, writes } = await startLifecycle({ numbers: 2, wabas: 2 }, {}, { of });
    const program = { phoneNumberId: ELSEWHERE.phoneNumberId, ...declares };
    await stack.up(program);
    writes();
    await expect(stack.up({ ...program, wabaId: "900000" })).rejects.toThrow("not on this account");
    expect(await stack.up({ ...program, wabaId: "900001" })).toMatchObject({ op: "update" });
    expect(stack.outputs).toMatchObject({ wabaId: "900001" });
    expect(writes()).toEqual([]);
  });

  test("where accounts are allowed by name, one must be declared", async () => {
    const { provider, calls } = await startLifecycle({}, { WABA_ALLOWED_WABA_IDS: WABA }, { of });
    expect((await provider.check({}, ALONE)).failures).toEqual([
      { property: "wabaId", reason: expect.stringContaining("account is not known") },
    ]);
    await expect(provider.create(ALONE)).rejects.toThrow("account is not known");
    expect((await provider.check({}, CAKE)).failures).toEqual([]);
    expect(calls()).toEqual([]);
  });
});
