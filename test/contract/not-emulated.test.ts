/** What Meta's OpenAPI file has and the emulator does not: never a success, and never as if Graph did not know it. */
import { expect, test } from "vitest";
import { ROUTES } from "../../emulator/routes.ts";
import { CAKE_SHOP, WABA } from "../emulator/emulator-client.ts";
import { record } from "./exchange.ts";
import { operations } from "./judge.ts";

/** Objects of the default seed and of the hard one. Ids of other kinds (groups, flows, media) name nothing here. */
const OBJECTS: { readonly [placeholder: string]: string } = {
  PNID: CAKE_SHOP,
  WABA,
  BIZ: "506914307656634",
  PREID: "2972385232742301",
};
const EMULATED = new Set(ROUTES.map(({ method, template }) => `${method} ${template}`));
const OTHERS = [...operations.keys()].flatMap((key) => {
  const [method = "", template = ""] = key.split(" ");
  const id = OBJECTS[/^\/\{(\w+)\}/.exec(template)?.[1] ?? ""];
  if (EMULATED.has(key) || id === undefined) return [];
  return [{ key, method, path: template.replace(/^\/\{\w+\}/, id).replace(/\{[^}]+\}/g, "4O4YGZEG3RIVE1") }];
});

test("there are such operations", () => {
  expect(OTHERS.length).toBeGreaterThan(30);
});

test.each(OTHERS)("$key answers 501", async ({ key, method, path }) => {
  const { failures } = await record([
    { name: key, options: { seed: "hard" }, run: ({ no }) => no([501, 3], method, `/v25.0/${path}`) },
  ]);
  expect(failures.get(key)).toBeUndefined();
});
