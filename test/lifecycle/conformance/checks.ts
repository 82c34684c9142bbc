/** What a program declares: taken or refused before anything is called. */
import { expect, test } from "vitest";
import { UNKNOWN } from "../../../provider/lifecycle/unknown.ts";
import type { Properties } from "../../support/engine-double.ts";
import { set } from "./stage.ts";
import type { Ground, Subject } from "./subject.ts";

export function checks<G extends Ground>(subject: Subject<G>): void {
  const { className, secretArgs } = subject;
  /** How a failure names an arg: one whose value may be a secret not by the property, which the engine would print. */
  const named = ({ property, reason }: { property: string; reason: string }) => property || reason.split(":")[0];

  test(`${className}: check takes what is right, and what it returned once more`, async () => {
    const { provider, ground, calls } = await set(subject);
    for (const program of [subject.least(ground), subject.full(ground), ...valid(subject, ground)]) {
      const once = await provider.check({}, program);
      expect(once.failures, JSON.stringify(program)).toEqual([]);
      expect(await provider.check(once.inputs, once.inputs)).toEqual(once);
    }
    expect(calls()).toEqual([]);
  });

  test(`${className}: check refuses each wrong value with one line that names its arg, and prints no secret`, async () => {
    const { provider, ground } = await set(subject);
    for (const [arg, { wrong }] of Object.entries(subject.values(ground))) {
      expect(wrong.length, arg).toBeGreaterThan(0);
      for (const value of wrong) {
        const { inputs, failures } = await provider.check({}, { ...subject.full(ground), [arg]: value });
        expect(failures.map(named), `${arg}: ${value}`).toEqual([arg]);
        if (secretArgs.includes(arg)) expect(failures[0]?.property).toBe("");
        if (typeof value === "string" && value !== "" && secretArgs.includes(arg)) {
          expect(failures[0]?.reason).not.toContain(value);
        }
        expect((await provider.check(inputs, inputs)).failures).toEqual(failures);
      }
    }
  });

  test(`${className}: check says everything that is wrong at once, a misspelt arg and a missing token too`, async () => {
    const { provider, ground } = await set(subject, { WABA_ACCESS_TOKEN: "" });
    const values = Object.entries(subject.values(ground)).filter(([arg]) => arg !== "credential");
    const wrong = Object.fromEntries(values.map(([arg, value]) => [arg, value.wrong[0]]));
    const { failures } = await provider.check({}, { ...subject.full(ground), ...wrong, misspelt: "a secret, maybe" });
    const found = failures.map(named).toSorted();
    expect(found).toEqual([...Object.keys(wrong), "credential", "misspelt"].toSorted());
    expect(failures.find((failure) => named(failure) === "misspelt")).toMatchObject({ property: "" });
    expect(failures.find(({ property }) => property === "credential")?.reason).toContain(
      "pulumi config set --secret waba:accessToken",
    );
  });

  test(`${className}: what is not known yet passes check as it is, and a preview calls nothing`, async () => {
    const { provider, stack, ground, calls } = await set(subject);
    const program = subject.full(ground);
    await stack.up(program);
    calls();
    for (const arg of Object.keys(subject.values(ground))) {
      const { inputs, failures } = await provider.check({}, { ...program, [arg]: UNKNOWN });
      expect(failures, arg).toEqual([]);
      expect(inputs[arg]).toBe(UNKNOWN);
      expect(["update", "replace"], arg).toContain((await stack.preview({ ...program, [arg]: UNKNOWN })).op);
    }
    expect(calls()).toEqual([]);
  });
}

/** Programs that differ from the full one in one arg. */
function valid<G extends Ground>(subject: Subject<G>, ground: G): Properties[] {
  const values = Object.entries(subject.values(ground));
  return values.flatMap(([arg, { right }]) => right.map((value) => ({ ...subject.full(ground), [arg]: value })));
}
