/** Storage of a number, which PhoneNumber and PhoneNumberSettings share: who sets what, and what is refused. */
import { expect, test } from "vitest";
import { CAKE_SHOP, startLifecycle, WABA } from "../support/lifecycle.ts";
import { asSomebody } from "../support/somebody.ts";

const SET = "POST /{PNID}/settings";
const OF = { of: "phoneNumberSettings" } as const;
/** Registered. */
const CAKE = { phoneNumberId: CAKE_SHOP.id, wabaId: WABA };
const NO_STORAGE = { storageConfiguration: { status: "NO_STORAGE_ENABLED", retentionMinutes: 60 } };
const HIDDEN = { calling: { callIconVisibility: "DISABLE_ALL" } };

test("the storage of a registered number is refused before any call, and nothing else is held back", async () => {
  const lifecycle = await startLifecycle({}, {}, OF);
  const { stack, emulator, writes } = lifecycle;
  const program = { ...CAKE, ...NO_STORAGE, ...HIDDEN };
  await expect(stack.up(program)).rejects.toThrow(
    /is registered, and Meta changes its storage only while it is not .*default place, declared is NO_STORAGE_ENABLED .*deregister/,
  );
  expect(lifecycle.sent(SET)).toEqual([{ calling: { call_icon_visibility: "DISABLE_ALL" } }]);
  writes();
  expect(stack.outputs).toMatchObject(HIDDEN);
  await stack.refresh();
  expect(await stack.preview(program)).toEqual({ op: "update", properties: ["storageConfiguration"] });
  await expect(stack.up(program)).rejects.toThrow("is registered");
  expect(writes()).toEqual([]);
  emulator.patchNumber(CAKE_SHOP.id, { status: "PENDING", platform_type: "NOT_APPLICABLE" });
  await stack.up(program);
  expect(writes()).toEqual([SET]);
  expect(stack.outputs).toMatchObject(program);
  emulator.patchNumber(CAKE_SHOP.id, { status: "CONNECTED", platform_type: "CLOUD_API" });
  expect((await stack.up(program)).op).toBe("same");
});

test("a region that PhoneNumber set is shown, not managed here, and not replaced while the number is registered", async () => {
  const lifecycle = await startLifecycle({}, {}, OF);
  const { stack, emulator, writes } = lifecycle;
  emulator.patchNumber(CAKE_SHOP.id, { status: "PENDING", platform_type: "NOT_APPLICABLE" });
  const storage_configuration = { status: "IN_COUNTRY_STORAGE_ENABLED", data_localization_region: "DE" };
  await asSomebody(lifecycle.emulator, `POST ${CAKE_SHOP.id}/settings`, { storage_configuration });
  emulator.patchNumber(CAKE_SHOP.id, { status: "CONNECTED", platform_type: "CLOUD_API" });
  await stack.up({ ...CAKE, ...HIDDEN });
  expect(stack.outputs).toMatchObject({
    storageConfiguration: { status: "IN_COUNTRY_STORAGE_ENABLED", dataLocalizationRegion: "DE" },
  });
  expect((await stack.up({ ...CAKE, ...HIDDEN })).op).toBe("same");
  writes();
  await expect(stack.up({ ...CAKE, ...HIDDEN, ...NO_STORAGE })).rejects.toThrow(
    /stored in DE \(dataLocalizationRegion\), declared is NO_STORAGE_ENABLED/,
  );
  expect(writes()).toEqual([]);
});

test("a region is refused with where it is declared", async () => {
  const { provider, calls } = await startLifecycle({}, {}, OF);
  const storageConfiguration = { status: "IN_COUNTRY_STORAGE_ENABLED", dataLocalizationRegion: "BR" };
  const { failures } = await provider.check({}, { ...CAKE, storageConfiguration });
  expect(failures).toEqual([
    { property: "", reason: expect.stringMatching(/^storageConfiguration: .*dataLocalizationRegion of PhoneNumber/) },
  ]);
  expect(calls()).toEqual([]);
});
