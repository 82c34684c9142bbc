/** What a program's compiler knows of BusinessProfile. Checked by tsc: vitest runs this file and proves nothing by it. */
import type * as pulumi from "@pulumi/pulumi";
import { expectTypeOf, test } from "vitest";
import type {
  BusinessProfile,
  BusinessProfileArgs,
  BusinessProfilePicture,
  PhoneNumber,
} from "../../../provider/index.ts";
import type { BusinessProfileInputs, Picture } from "../../../provider/schemas/business-profile-inputs.ts";
import type { Echo, Ledger, Observed } from "../../../provider/schemas/business-profile-state.ts";

test("args are those that check knows, each a value or another resource's output", () => {
  expectTypeOf<keyof BusinessProfileArgs>().toEqualTypeOf<keyof BusinessProfileInputs>();
  expectTypeOf<Omit<BusinessProfileInputs, "picture">>().toExtend<BusinessProfileArgs>();
  expectTypeOf<{ phoneNumberId: PhoneNumber["id"]; wabaId: PhoneNumber["wabaId"] }>().toExtend<BusinessProfileArgs>();
  expectTypeOf<pulumi.Output<string>>().toExtend<BusinessProfileArgs["picture"]>();
  expectTypeOf<pulumi.asset.FileAsset>().toExtend<BusinessProfileArgs["picture"]>();
  expectTypeOf<pulumi.Output<string>[]>().toExtend<BusinessProfileArgs["websites"]>();
});

test("what cannot be right does not compile", () => {
  expectTypeOf<{ about: string }>().not.toExtend<BusinessProfileArgs>();
  expectTypeOf<{ phoneNumberId: number }>().not.toExtend<BusinessProfileArgs>();
  expectTypeOf<{ phoneNumberId: string; vertical: "CAKES" }>().not.toExtend<BusinessProfileArgs>();
  expectTypeOf<{ phoneNumberId: string; picture: pulumi.asset.RemoteAsset }>().not.toExtend<BusinessProfileArgs>();
  // @ts-expect-error a misspelt arg
  const misspelt: BusinessProfileArgs = { phoneNumberId: "1", abuot: "Cakes" };
  expectTypeOf(misspelt).toEqualTypeOf<BusinessProfileArgs>();
});

test("every part of the state is an output", () => {
  expectTypeOf<keyof Observed | keyof Ledger | keyof Echo>().toExtend<keyof BusinessProfile>();
  expectTypeOf<Picture>().toEqualTypeOf<{
    -readonly [Key in keyof BusinessProfilePicture]: BusinessProfilePicture[Key];
  }>();
  expectTypeOf<BusinessProfile["hasPicture"]>().toEqualTypeOf<pulumi.Output<boolean>>();
});

test("get gives one of its own", () => {
  expectTypeOf<typeof BusinessProfile.get>().returns.toEqualTypeOf<BusinessProfile>();
  expectTypeOf<typeof BusinessProfile.isInstance>().guards.toEqualTypeOf<BusinessProfile>();
});
