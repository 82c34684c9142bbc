/** The public functions under Pulumi's mocks, as a program's tests call them: what Graph says comes from the mocks. */
import * as pulumi from "@pulumi/pulumi";
import { beforeEach, expect, test } from "vitest";
import * as waba from "../../../provider/index.ts";

const WABA = "102290129340398";
const CAKE = { id: "1972385232742141", phase: "registered", certificate: "CERT", newCertificate: "NEW-CERT" };
const ICE = { id: "1754951608042154", phase: "needs-verification" };

let asked: pulumi.runtime.MockCallArgs[];
let made: string[];

function mock(answer: object | ((args: pulumi.runtime.MockCallArgs) => object), preview = false): Promise<void> {
  asked = [];
  made = [];
  return pulumi.runtime.setMocks(
    {
      call: (args) => {
        asked.push(args);
        return typeof answer === "function" ? answer(args) : answer;
      },
      newResource: ({ name, inputs }) => {
        made.push(name);
        return { id: preview ? undefined : `${name}-id`, state: inputs };
      },
    },
    "project",
    "stack",
    preview,
  );
}

const LIST = { wabaId: WABA, phoneNumbers: [ICE, CAKE] };
beforeEach(() => mock(LIST));

function value<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => output.apply(resolve));
}

/** What Pulumi keeps to itself of an Output: whether it is known, and its failure. */
async function inner(output: object, name: "isKnown" | "promise"): Promise<unknown> {
  const own: unknown = Reflect.get(output, name);
  return typeof own === "function" ? own.call(output) : own;
}

test("the plain form asks the mocks' call under its token, and marks the certificates alone", async () => {
  const { phoneNumbers } = await waba.getPhoneNumbers({ wabaId: WABA, accountMode: "LIVE" });
  expect(asked).toMatchObject([{ token: "waba:index:getPhoneNumbers", inputs: { wabaId: WABA, accountMode: "LIVE" } }]);
  expect(phoneNumbers.map(({ phase }) => phase)).toEqual(["needs-verification", "registered"]);
  const [ice, cake] = phoneNumbers;
  expect(await value(pulumi.output(cake?.certificate))).toBe("CERT");
  expect(await pulumi.isSecret(pulumi.output(cake?.certificate))).toBe(true);
  expect(await pulumi.isSecret(pulumi.output(cake?.newCertificate))).toBe(true);
  expect(await value(pulumi.output(ice?.certificate))).toBeUndefined();
  expect(JSON.stringify(phoneNumbers)).not.toContain("CERT");
});

test("of the Output form too, the certificates alone are secrets", async () => {
  const cake = waba.getPhoneNumbersOutput({ wabaId: pulumi.output(WABA) }).apply(({ phoneNumbers }) => {
    const [, second] = phoneNumbers;
    if (second === undefined) throw new Error("two numbers were mocked");
    return { phase: second.phase, certificate: second.certificate };
  });
  expect(await value(cake.phase)).toBe("registered");
  expect(await pulumi.isSecret(cake.phase)).toBe(false);
  expect(await value(cake.certificate)).toBe("CERT");
  expect(await pulumi.isSecret(cake.certificate)).toBe(true);
});

test("one number by its id or its digits", async () => {
  await mock(({ inputs }) => (inputs.phoneNumberId === ICE.id ? ICE : CAKE));
  expect(await waba.getPhoneNumber({ phoneNumberId: ICE.id })).toMatchObject(ICE);
  const cake = waba.getPhoneNumberOutput({ wabaId: WABA, phoneNumber: pulumi.output("+16315551111") });
  expect(await value(cake.id)).toBe(CAKE.id);
  expect(await pulumi.isSecret(cake.phase)).toBe(false);
  expect(await pulumi.isSecret(cake.certificate)).toBe(true);
  expect(await value(cake.certificate)).toBe("CERT");
  expect(asked.map(({ token }) => token)).toEqual(["waba:index:getPhoneNumber", "waba:index:getPhoneNumber"]);
});

test("pre-verified numbers", async () => {
  const pool = { businessId: "506914307656634", preVerifiedPhoneNumbers: [{ id: "1", phoneNumber: "+16315557777" }] };
  await mock(pool);
  expect(await waba.getPreVerifiedPhoneNumbers({ businessId: "506914307656634" })).toEqual(pool);
  const ids = waba.getPreVerifiedPhoneNumbersOutput({ businessId: pulumi.output("506914307656634") });
  expect(await value(ids.apply(({ preVerifiedPhoneNumbers }) => preVerifiedPhoneNumbers.map(({ id }) => id)))).toEqual([
    "1",
  ]);
});

test("an argument that a preview does not know yet leaves the result unknown, and nothing is asked", async () => {
  await mock(LIST, true);
  const number = new waba.PhoneNumber("new", { wabaId: WABA, phoneNumber: "+16315551111" });
  const found = waba.getPhoneNumberOutput({ phoneNumberId: number.id });
  const late = waba.getPhoneNumbersOutput({ wabaId: WABA }, { dependsOn: number });
  expect(await inner(found, "isKnown")).toBe(false);
  expect(await inner(late, "isKnown")).toBe(false);
  expect(asked).toEqual([]);
});

test("dependsOn waits for its resources", async () => {
  const first = new waba.PhoneNumber("first", { wabaId: WABA, phoneNumber: "+16315551111" });
  const second = new waba.PhoneNumber("second", { wabaId: WABA, phoneNumber: "+16315552222" });
  await mock(() => ({ ...LIST, wabaId: made.join() }));
  const late = waba.getPhoneNumbersOutput({ wabaId: WABA }, { dependsOn: [first, pulumi.output(second)] });
  expect((await value(late.wabaId)).split(",").toSorted()).toEqual(["first", "second"]);
});

test("a component in dependsOn is refused: its parts cannot be waited for", async () => {
  const component = new pulumi.ComponentResource("test:Tenant", "tenant");
  const late = (dependsOn: pulumi.Resource | pulumi.Resource[]) =>
    waba.getPhoneNumbersOutput({ wabaId: WABA }, { dependsOn });
  expect(() => late(component)).toThrow(/dependsOn takes resources that are not components/);
  expect(() => late([component])).toThrow(/give one of its outputs as an argument/);
  await value(component.urn);
  await pulumi.runtime.disconnect();
});

test("mocks that answer nothing are told what to return", async () => {
  await mock({});
  await expect(waba.getPhoneNumbers({ wabaId: WABA })).rejects.toThrow(
    "The mocks' call answers waba:index:getPhoneNumbers without phoneNumbers",
  );
  await expect(waba.getPhoneNumber({ phoneNumberId: CAKE.id })).rejects.toThrow("without id");
});
