/** Importing the package must stay cheap: the functions load what calls Graph when they are called. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "../../..");
const PROGRAM = `
import { registerHooks } from "node:module";
const loaded = [];
registerHooks({ load(url, context, next) { loaded.push(url); return next(url, context); } });
const waba = await import("./provider/index.ts");
const atImport = loaded.length;
await waba.getPhoneNumbers({ wabaId: "102290129340398" }).catch(() => undefined);
console.log(JSON.stringify({ first: loaded.slice(0, atImport), later: loaded.slice(atImport) }));
`;

test("importing the package loads neither zod, nor undici, nor what calls Graph; the first call does", async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", PROGRAM], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, WABA_ACCESS_TOKEN: "token", WABA_BASE_URL: "http://127.0.0.1:9" },
  });
  const { first, later } = JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as { first: string[]; later: string[] };
  const heavy = /\/node_modules\/(zod|undici)\/|\/provider\/(graph|config|functions\/look-ups)/;
  expect(first.some((url) => url.endsWith("/provider/functions/get-phone-numbers.ts"))).toBe(true);
  expect(first.filter((url) => heavy.test(url))).toEqual([]);
  expect(later.some((url) => /\/node_modules\/zod\//.test(url))).toBe(true);
  expect(later.some((url) => /\/node_modules\/undici\//.test(url))).toBe(true);
});
