/** What a program's compiler knows of PhoneNumberSettings. Checked by tsc: vitest runs this file and proves nothing by it. */
import type * as pulumi from "@pulumi/pulumi";
import { expectTypeOf, test } from "vitest";
import type {
  PhoneNumber,
  PhoneNumberCallHours,
  PhoneNumberCalling,
  PhoneNumberSettings,
  PhoneNumberSettingsArgs,
} from "../../../provider/index.ts";
import type { CallingKey, Feature } from "../../../provider/schemas/number-settings.ts";
import type { PhoneNumberSettingsInputs } from "../../../provider/schemas/phone-number-settings-inputs.ts";
import type { Echo, Ledger, Observed } from "../../../provider/schemas/phone-number-settings-state.ts";

test("args are those that check knows, each a value or another resource's output", () => {
  expectTypeOf<keyof PhoneNumberSettingsArgs>().toEqualTypeOf<keyof PhoneNumberSettingsInputs>();
  expectTypeOf<PhoneNumberSettingsInputs>().toExtend<PhoneNumberSettingsArgs>();
  expectTypeOf<keyof PhoneNumberCalling>().toEqualTypeOf<CallingKey>();
  expectTypeOf<Feature>().toExtend<keyof PhoneNumberSettingsArgs>();
  type Number = { phoneNumberId: PhoneNumber["id"]; wabaId: PhoneNumber["wabaId"] };
  expectTypeOf<Number>().toExtend<PhoneNumberSettingsArgs>();
  expectTypeOf<pulumi.Output<{ status: "ENABLED" }>>().toExtend<PhoneNumberSettingsArgs["calling"]>();
  expectTypeOf<{ callIcons: { restrictToUserCountries: pulumi.Output<string>[] } }>().toExtend<PhoneNumberCalling>();
});

test("what cannot be right does not compile", () => {
  expectTypeOf<{ calling: { status: "ENABLED" } }>().not.toExtend<PhoneNumberSettingsArgs>();
  expectTypeOf<{ status: "enabled" }>().not.toExtend<PhoneNumberCalling>();
  expectTypeOf<{ status: "ENABLED" }>().not.toExtend<PhoneNumberCallHours>();
  expectTypeOf<{ status: "IN_COUNTRY_STORAGE_ENABLED" }>().not.toExtend<
    PhoneNumberSettingsArgs["storageConfiguration"]
  >();
  // @ts-expect-error a misspelt arg
  const misspelt: PhoneNumberSettingsArgs = { phoneNumberId: "1", caling: {} };
  expectTypeOf(misspelt).toEqualTypeOf<PhoneNumberSettingsArgs>();
});

test("every part of the state is an output", () => {
  expectTypeOf<keyof Observed | keyof Ledger | keyof Echo>().toExtend<keyof PhoneNumberSettings>();
  expectTypeOf<PhoneNumberSettings["registered"]>().toEqualTypeOf<pulumi.Output<boolean>>();
});

test("get gives one of its own", () => {
  expectTypeOf<typeof PhoneNumberSettings.get>().returns.toEqualTypeOf<PhoneNumberSettings>();
  expectTypeOf<typeof PhoneNumberSettings.isInstance>().guards.toEqualTypeOf<PhoneNumberSettings>();
});
