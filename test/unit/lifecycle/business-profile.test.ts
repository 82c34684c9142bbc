import fc from "fast-check";
import { expect, test } from "vitest";
import { compareBusinessProfile } from "../../../provider/lifecycle/business-profile/compare.ts";
import { echoOf, isSettled, withDeclared } from "../../../provider/lifecycle/business-profile/echo.ts";
import { idOf, phoneNumberIdIn } from "../../../provider/lifecycle/business-profile/identity.ts";
import { outputsOf } from "../../../provider/lifecycle/business-profile/outputs.ts";
import { plan } from "../../../provider/lifecycle/business-profile/plan.ts";
import { isAlike } from "../../../provider/lifecycle/business-profile/values.ts";
import { Holders } from "../../../provider/lifecycle/holders.ts";
import type { BusinessProfileInputs, Picture } from "../../../provider/schemas/business-profile-inputs.ts";
import { type Observed, readState, type State } from "../../../provider/schemas/business-profile-state.ts";

const NUMBER = "1972385232742141";
const [LOGO, OTHER] = ["a", "b"].map(
  (letter): Picture => ({ path: `${letter}.png`, sha256: letter.repeat(64), fileType: "image/png" }),
) as [Picture, Picture];

function stateOf(observed: Partial<Observed>, picture?: Picture): State {
  return {
    id: idOf(NUMBER),
    observed: { hasPicture: false, livesOnApp: false, ...observed },
    ledger: { managed: [] },
    echo: { phoneNumberId: NUMBER, ...(picture === undefined ? {} : { picture }) },
    baseUrl: "https://graph.facebook.com",
  };
}

const wants = (args: Partial<BusinessProfileInputs>): BusinessProfileInputs => ({ phoneNumberId: NUMBER, ...args });

test.each<[string, State, Partial<BusinessProfileInputs>, object | undefined]>([
  ["nothing declared", stateOf({ about: "x", hasPicture: true }), {}, undefined],
  ["what is there", stateOf({ about: "x" }), { about: "x" }, undefined],
  ["another text", stateOf({ about: "x", email: "a@b.c" }), { about: "y", email: "a@b.c" }, { texts: { about: "y" } }],
  ["empty, and unset", stateOf({}), { address: "", websites: [] }, undefined],
  ["empty, and set", stateOf({ address: "x" }), { address: "" }, { texts: { address: "" } }],
  [
    "the same websites in another order",
    stateOf({ websites: ["http://a.b/", "http://c.d/"] }),
    { websites: ["http://c.d/", "http://a.b/"] },
    { texts: { websites: ["http://c.d/", "http://a.b/"] } },
  ],
  ["a website without its last slash", stateOf({ websites: ["http://a.b/"] }), { websites: ["http://a.b"] }, undefined],
  ["an email in capitals", stateOf({ email: "A@B.c" }), { email: "a@b.c" }, undefined],
  ["UNDEFINED, and unset", stateOf({}), { vertical: "UNDEFINED" }, undefined],
  ["a picture, and none is there", stateOf({}), { picture: LOGO }, { texts: {}, picture: LOGO }],
  [
    "a picture, and somebody's is there",
    stateOf({ hasPicture: true }),
    { picture: LOGO },
    { texts: {}, picture: LOGO },
  ],
  ["the picture that we set", stateOf({ hasPicture: true }, LOGO), { picture: LOGO }, undefined],
  ["it was taken away", stateOf({}, LOGO), { picture: LOGO }, { texts: {}, picture: LOGO }],
  ["another picture", stateOf({ hasPicture: true }, LOGO), { picture: OTHER }, { texts: {}, picture: OTHER }],
  ["the same file elsewhere", stateOf({ hasPicture: true }, LOGO), { picture: { ...LOGO, path: "c.png" } }, undefined],
  ["all of it on the app", stateOf({ livesOnApp: true }), { about: "x", picture: LOGO }, undefined],
])("the plan for %s", (_what, state, declared, step) => {
  expect(plan(state, wants(declared))).toEqual(step === undefined ? undefined : { do: "setProfile", ...step });
});

const texts = fc.record(
  {
    about: fc.constantFrom("x", "y"),
    address: fc.constantFrom("", "x", "y"),
    description: fc.constantFrom("", "x"),
    email: fc.constantFrom("", "a@b.c", "A@B.c"),
    vertical: fc.constantFrom("RETAIL", "AUTO", "UNDEFINED"),
    websites: fc.constantFrom<string[]>([], ["http://a.b"], ["http://a.b/"], ["http://a.b/", "https://c.d"]),
  },
  { requiredKeys: [] },
);
const programs = fc
  .tuple(texts, fc.constantFrom(undefined, LOGO, OTHER, { ...LOGO, path: "c.png" }))
  .map(([args, picture]) => wants({ ...args, ...(picture === undefined ? {} : { picture }) }));
const states = fc
  .tuple(texts, fc.boolean(), fc.boolean(), fc.constantFrom(undefined, LOGO), programs)
  .map(([observed, hasPicture, livesOnApp, picture, before]) =>
    withDeclared(stateOf({ ...observed, hasPicture, livesOnApp }, picture), before),
  );

/** As its call leaves it. */
function taken(state: State, declared: BusinessProfileInputs): State {
  const step = plan(state, declared);
  if (step === undefined) return state;
  const { picture } = step;
  const observed = { ...state.observed, ...step.texts, hasPicture: state.observed.hasPicture || picture !== undefined };
  return { ...state, observed, echo: picture === undefined ? state.echo : { ...state.echo, picture } };
}

test("after the step nothing is left to do, the outputs are read back the same, and no diff is left", () => {
  fc.assert(
    fc.property(states, programs, (state, declared) => {
      const after = withDeclared(taken(withDeclared(state, declared), declared), declared);
      expect(plan(after, declared)).toBeUndefined();
      expect(isSettled(after, declared)).toBe(true);
      const outputs = outputsOf(after);
      expect(outputsOf(readState(after.id, outputs))).toEqual(outputs);
      const holders = new Holders();
      expect(compareBusinessProfile({ holders }, after.id, outputs, { ...declared })).toEqual({ changes: false });
      if (!after.observed.livesOnApp) expect(echoOf(after)).toEqual(declared);
    }),
  );
});

test("inputs that a refresh hands back are args that the program declares, and only those", () => {
  fc.assert(
    fc.property(states, programs, (state, declared) => {
      const echoed = Object.keys(echoOf(withDeclared(state, declared)));
      for (const name of echoed) expect(Object.keys(declared)).toContain(name);
    }),
  );
});

test("being alike is mutual", () => {
  fc.assert(
    fc.property(texts, texts, (left, right) => {
      expect(isAlike("websites", left.websites, right.websites)).toBe(
        isAlike("websites", right.websites, left.websites),
      );
    }),
  );
});

test.each([
  [idOf(NUMBER), NUMBER],
  [NUMBER, NUMBER],
  [`${NUMBER}/settings`, undefined],
  ["cakes", undefined],
])("the id %s is of the number %s", (id, number) => {
  expect(phoneNumberIdIn(id)).toBe(number);
});
