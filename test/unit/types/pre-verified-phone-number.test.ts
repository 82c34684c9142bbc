/** What a program's compiler knows of PreVerifiedPhoneNumber. Checked by tsc: vitest runs this file and proves nothing by it. */
import type * as pulumi from "@pulumi/pulumi";
import { expectTypeOf, test } from "vitest";
import type {
  PhoneNumberArgs,
  PreVerifiedPhase,
  PreVerifiedPhoneNumber,
  PreVerifiedPhoneNumberArgs,
} from "../../../provider/index.ts";
import type { PreVerifiedPhoneNumberInputs } from "../../../provider/schemas/pre-verified-phone-number-inputs.ts";
import type { Echo, Ledger, Observed } from "../../../provider/schemas/pre-verified-phone-number-state.ts";

test("args are those that check knows, each a value or another resource's output", () => {
  expectTypeOf<keyof PreVerifiedPhoneNumberArgs>().toEqualTypeOf<keyof PreVerifiedPhoneNumberInputs>();
  expectTypeOf<PreVerifiedPhoneNumberInputs>().toExtend<PreVerifiedPhoneNumberArgs>();
  expectTypeOf<pulumi.Output<string>[]>().toExtend<PreVerifiedPhoneNumberArgs["sharedWith"]>();
  expectTypeOf<PreVerifiedPhoneNumberArgs["onDelete"]>().toEqualTypeOf<pulumi.Input<"retain" | "delete"> | undefined>();
});

test("a PhoneNumber claims it by its id", () => {
  expectTypeOf<PreVerifiedPhoneNumber["id"]>().toExtend<PhoneNumberArgs["preVerifiedId"]>();
  expectTypeOf<PreVerifiedPhoneNumber["phoneNumber"]>().toExtend<PhoneNumberArgs["phoneNumber"]>();
});

test("what cannot be right does not compile", () => {
  const digits = { businessId: "1", phoneNumber: "+15550783881" };
  expectTypeOf<{ businessId: string }>().not.toExtend<PreVerifiedPhoneNumberArgs>();
  expectTypeOf<typeof digits & { sharedWith: string }>().not.toExtend<PreVerifiedPhoneNumberArgs>();
  expectTypeOf<typeof digits & { verification: { method: "SMS" } }>().not.toExtend<PreVerifiedPhoneNumberArgs>();
  // @ts-expect-error a misspelt arg
  const misspelt: PreVerifiedPhoneNumberArgs = { ...digits, shareWith: [] };
  expectTypeOf(misspelt).toEqualTypeOf<PreVerifiedPhoneNumberArgs>();
});

test("every part of the state is an output", () => {
  expectTypeOf<keyof Observed | keyof Ledger | keyof Echo>().toExtend<keyof PreVerifiedPhoneNumber>();
  expectTypeOf<PreVerifiedPhoneNumber["phase"]>().toEqualTypeOf<pulumi.Output<PreVerifiedPhase>>();
  expectTypeOf<PreVerifiedPhoneNumber["sharedWith"]>().toEqualTypeOf<pulumi.Output<readonly string[] | undefined>>();
});

test("outputs are read, not written, and get gives one of its own", () => {
  const rename = (pooled: PreVerifiedPhoneNumber, phase: pulumi.Output<PreVerifiedPhase>) => {
    // @ts-expect-error an output is readonly
    pooled.phase = phase;
  };
  expectTypeOf(rename).toBeFunction();
  expectTypeOf<typeof PreVerifiedPhoneNumber.get>().returns.toEqualTypeOf<PreVerifiedPhoneNumber>();
  expectTypeOf<typeof PreVerifiedPhoneNumber.isInstance>().guards.toEqualTypeOf<PreVerifiedPhoneNumber>();
});
