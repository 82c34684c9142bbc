/** What docs/emulator.md lists is what there is. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type SeedFile, startEmulator } from "../../emulator/index.ts";
import { optionNames } from "../../emulator/options.ts";
import { checkSeed, seedNumber } from "../../emulator/seeds/seed-file.ts";
import { emulatorCommand } from "../../provider/cli/emulator.ts";
import { fetchReply } from "./emulator-client.ts";

const guide = readFileSync(new URL("../../docs/emulator.md", import.meta.url), "utf8");
const examples: readonly object[] = [...guide.matchAll(/^```json\n([\s\S]*?)^```/gm)].map(([, json = ""]) =>
  JSON.parse(json),
);
const exampleWith = (key: string) => examples.find((example) => key in example);
const named = (name: string) => guide.includes(`\`${name}\``) || guide.includes(`"${name}":`);

test("every flag, option, control route and key of a number is in the guide", async () => {
  const flags = emulatorCommand().options.map(({ long }) => long ?? "");
  expect(flags.length).toBeGreaterThan(20);
  await using emulator = await startEmulator();
  const { routes } = (await fetchReply(`${emulator.url}/__emulator/nothing`, {})).body;
  const methods = Object.keys(emulator).filter(
    (name) => typeof emulator[name as never] === "function" && name !== "close",
  );
  const keys = Object.keys(seedNumber.shape);
  expect([...flags, ...optionNames, ...routes, ...keys].filter((name) => !named(name))).toEqual([]);
  expect(methods.filter((name) => !guide.includes(`\`${name}(`))).toEqual([]);
});

test("the guide's seed file is one", () => {
  const lists = ["businesses", "phone_numbers", "preverified_numbers", "tokens", "wabas"];
  expect(Object.keys(checkSeed(exampleWith("phone_numbers"))).toSorted()).toEqual(lists);
});

test("the guide's seed is what the default options come to: an approved name is the one in use", async () => {
  await using emulator = await startEmulator({ seed: checkSeed(exampleWith("phone_numbers")) as SeedFile });
  const numbers = emulator.state().numbers as { readonly [id: string]: { readonly [name: string]: unknown } };
  const approved = Object.values(numbers).filter(({ new_name_status }) => new_name_status === "APPROVED");
  expect(approved).toMatchObject([{ new_display_name: "Acme Support", verified_name: "Acme Support" }]);
});

test("the guide's fault is one", async () => {
  await using emulator = await startEmulator();
  expect(emulator.addFault(exampleWith("match") ?? {})).toMatchObject({ faults: [{ times: 2, status: 500 }] });
});
