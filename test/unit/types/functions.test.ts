/** What a program's compiler knows of the functions. Checked by tsc: vitest runs this file and proves nothing by it. */
import type * as pulumi from "@pulumi/pulumi";
import { expectTypeOf, test } from "vitest";
import type {
  GetPhoneNumberArgs,
  GetPhoneNumberOutputArgs,
  GetPhoneNumberResult,
  GetPhoneNumbersArgs,
  GetPhoneNumbersOutputArgs,
  GetPhoneNumbersResult,
  GetPreVerifiedPhoneNumbersArgs,
  GetPreVerifiedPhoneNumbersResult,
  getPhoneNumber,
  getPhoneNumberOutput,
  getPhoneNumbers,
  getPhoneNumbersOutput,
  getPreVerifiedPhoneNumbers,
  getPreVerifiedPhoneNumbersOutput,
  PhoneNumber,
  PhoneNumberArgs,
} from "../../../provider/index.ts";
import type { Observed } from "../../../provider/schemas/phone-number-state.ts";

test("results have the names and types of PhoneNumber's outputs, and all that Graph shows", () => {
  type Result = keyof GetPhoneNumberResult;
  expectTypeOf<keyof Observed>().toExtend<Result>();
  expectTypeOf<Result>().toExtend<keyof PhoneNumber>();
  type Plain = Omit<GetPhoneNumberResult, "certificate" | "newCertificate">;
  expectTypeOf<Plain>().toExtend<{
    readonly [Name in keyof Plain]: Name extends keyof PhoneNumber ? pulumi.Unwrap<PhoneNumber[Name]> : never;
  }>();
  expectTypeOf<GetPhoneNumberResult["certificate"]>().toEqualTypeOf<PhoneNumber["certificate"]>();
  expectTypeOf<GetPhoneNumberResult["newCertificate"]>().toEqualTypeOf<PhoneNumber["newCertificate"]>();
});

test("the plain forms take values and give promises; the Output forms take and give Outputs", () => {
  expectTypeOf<typeof getPhoneNumbers>().returns.toEqualTypeOf<Promise<GetPhoneNumbersResult>>();
  expectTypeOf<typeof getPhoneNumber>().returns.toEqualTypeOf<Promise<GetPhoneNumberResult>>();
  expectTypeOf<typeof getPreVerifiedPhoneNumbers>().returns.toEqualTypeOf<Promise<GetPreVerifiedPhoneNumbersResult>>();
  expectTypeOf<typeof getPhoneNumbersOutput>().returns.toEqualTypeOf<pulumi.Output<GetPhoneNumbersResult>>();
  expectTypeOf<typeof getPhoneNumberOutput>().returns.toEqualTypeOf<pulumi.Output<GetPhoneNumberResult>>();
  expectTypeOf<typeof getPreVerifiedPhoneNumbersOutput>().returns.toEqualTypeOf<
    pulumi.Output<GetPreVerifiedPhoneNumbersResult>
  >();
  expectTypeOf<{ wabaId: pulumi.Output<string> }>().toExtend<GetPhoneNumbersOutputArgs>();
  expectTypeOf<{ wabaId: pulumi.Output<string> }>().not.toExtend<GetPhoneNumbersArgs>();
  expectTypeOf<{ phoneNumberId: PhoneNumber["id"] }>().toExtend<GetPhoneNumberOutputArgs>();
  expectTypeOf<{ phoneNumberId: PhoneNumber["id"] }>().not.toExtend<GetPhoneNumberArgs>();
  expectTypeOf<GetPhoneNumberArgs>().toExtend<GetPhoneNumberOutputArgs>();
  expectTypeOf<pulumi.InvokeOutputOptions>().toExtend<NonNullable<Parameters<typeof getPhoneNumberOutput>[1]>>();
});

test("a certificate of an Output is an Output, as of a resource", () => {
  type Certificate = ReturnType<typeof getPhoneNumberOutput>["certificate"];
  expectTypeOf<Certificate>().toEqualTypeOf<pulumi.Output<string | undefined>>();
  expectTypeOf<ReturnType<typeof getPhoneNumberOutput>["phase"]>().toEqualTypeOf<PhoneNumber["phase"]>();
});

test("a number that was found is what PhoneNumber takes", () => {
  type Found = Required<Pick<GetPhoneNumberResult, "wabaId" | "phoneNumber">>;
  expectTypeOf<Found>().toExtend<PhoneNumberArgs>();
});

test("what cannot be right does not compile", () => {
  expectTypeOf<{ phoneNumber: string }>().not.toExtend<GetPhoneNumberArgs>();
  expectTypeOf<{ wabaId: string }>().not.toExtend<GetPhoneNumberArgs>();
  expectTypeOf<{ wabaId: string; phoneNumber: string; phoneNumberId: string }>().not.toExtend<GetPhoneNumberArgs>();
  expectTypeOf<{ wabaId: string; accountMode: "TEST" }>().not.toExtend<GetPhoneNumbersArgs>();
  expectTypeOf<{ accountMode: "LIVE" }>().not.toExtend<GetPhoneNumbersArgs>();
  expectTypeOf<{
    businessId: string;
    codeVerificationStatus: "UNVERIFIED";
  }>().not.toExtend<GetPreVerifiedPhoneNumbersArgs>();
  // @ts-expect-error a misspelt arg
  const misspelt: GetPhoneNumbersArgs = { wabaId: "1", acountMode: "LIVE" };
  expectTypeOf(misspelt).toEqualTypeOf<GetPhoneNumbersArgs>();
});
