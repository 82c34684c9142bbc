/** What a program's compiler knows of PhoneNumber. Checked by tsc: vitest runs this file and proves nothing by it. */
import type * as pulumi from "@pulumi/pulumi";
import { expectTypeOf, test } from "vitest";
import type { Phase, PhoneNumber, PhoneNumberArgs } from "../../../provider/index.ts";
import type { PhoneNumberInputs } from "../../../provider/schemas/phone-number-inputs.ts";
import type { Echo, Ledger, Observed } from "../../../provider/schemas/phone-number-state.ts";

test("args are those that check knows, each a value or another resource's output", () => {
  expectTypeOf<keyof PhoneNumberArgs>().toEqualTypeOf<keyof PhoneNumberInputs>();
  expectTypeOf<PhoneNumberInputs>().toExtend<PhoneNumberArgs>();
  expectTypeOf<pulumi.Output<string>>().toExtend<PhoneNumberArgs["pin"]>();
  expectTypeOf<pulumi.Output<boolean>>().toExtend<PhoneNumberArgs["register"]>();
  expectTypeOf<{ wabaId: PhoneNumber["wabaId"]; phoneNumberId: PhoneNumber["id"] }>().toExtend<PhoneNumberArgs>();
  expectTypeOf<{ method: "SMS"; language: pulumi.Output<string> }>().toExtend<PhoneNumberArgs["verification"]>();
  expectTypeOf<{ callbackUrl: string; verifyToken: pulumi.Output<string> }>().toExtend<PhoneNumberArgs["webhook"]>();
  type Client = { baseUrl: string; token: pulumi.Output<string>; method: "voice" };
  expectTypeOf<Client>().toExtend<PhoneNumberArgs["onPremises"]>();
});

test("unions of words, no enums", () => {
  expectTypeOf<PhoneNumberArgs["adopt"]>().toEqualTypeOf<pulumi.Input<"ifExists" | "never" | "require"> | undefined>();
  expectTypeOf<PhoneNumberArgs["onDelete"]>().toEqualTypeOf<pulumi.Input<"retain" | "deregister"> | undefined>();
  expectTypeOf<PhoneNumberArgs["waitFor"]>().toEqualTypeOf<pulumi.Input<"none" | "registered"> | undefined>();
  expectTypeOf<PhoneNumber["phase"]>().toEqualTypeOf<pulumi.Output<Phase>>();
});

test("what cannot be right does not compile", () => {
  expectTypeOf<{ phoneNumber: string }>().not.toExtend<PhoneNumberArgs>();
  expectTypeOf<{ wabaId: string; phoneNumber: number }>().not.toExtend<PhoneNumberArgs>();
  expectTypeOf<{ wabaId: string; adopt: "always" }>().not.toExtend<PhoneNumberArgs>();
  expectTypeOf<{ wabaId: string; pin: number }>().not.toExtend<PhoneNumberArgs>();
  expectTypeOf<{
    wabaId: string;
    verification: { method: "PIGEON"; language: string };
  }>().not.toExtend<PhoneNumberArgs>();
  expectTypeOf<{ wabaId: string; webhook: { callbackUrl: string } }>().not.toExtend<PhoneNumberArgs>();
  expectTypeOf<{ wabaId: string; onPremises: { baseUrl: string } }>().not.toExtend<PhoneNumberArgs>();
  // @ts-expect-error a misspelt arg
  const misspelt: PhoneNumberArgs = { wabaId: "1", displayNmae: "Lucky Shrub" };
  expectTypeOf(misspelt).toEqualTypeOf<PhoneNumberArgs>();
});

test("every part of the state is an output, and no code is among them", () => {
  expectTypeOf<keyof Observed | keyof Ledger | keyof Echo>().toExtend<keyof PhoneNumber>();
  expectTypeOf<PhoneNumber["registered"]>().toEqualTypeOf<pulumi.Output<boolean>>();
  expectTypeOf<PhoneNumber["pin"]>().toEqualTypeOf<pulumi.Output<string | undefined>>();
  type Verification = NonNullable<pulumi.Unwrap<PhoneNumber["verification"]>>;
  expectTypeOf<Verification>().not.toHaveProperty("code");
  expectTypeOf<pulumi.Unwrap<PhoneNumber["attempts"]>["register"]>().toEqualTypeOf<string[]>();
});

test("outputs are read, not written, and get gives one of its own", () => {
  const rename = (number: PhoneNumber, name: pulumi.Output<string>) => {
    // @ts-expect-error an output is readonly
    number.displayName = name;
  };
  expectTypeOf(rename).toBeFunction();
  expectTypeOf<typeof PhoneNumber.get>().returns.toEqualTypeOf<PhoneNumber>();
  expectTypeOf<typeof PhoneNumber.isInstance>().guards.toEqualTypeOf<PhoneNumber>();
});
