import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { startEmulator } from "../../emulator/index.ts";
import { locateEngine } from "../../engine/locate.ts";
import { createSandbox } from "../../engine/sandbox.ts";
import { CAKE_SHOP } from "../support/lifecycle.ts";
import { QUICKSTART, succeeded } from "../support/pulumi.ts";

const run = promisify(execFile);
/** What Pulumi's own TypeScript template installs; the SDK as pinned here. */
const TEMPLATE = { typescript: "5.9.3", "@types/node": "22.19.1" };
let folder: string;

/** A folder outside the repository, with the package as npm would publish it. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "waba-consumer-"));
  const { stdout } = await run("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder], {
    cwd: QUICKSTART,
  });
  const [{ filename, files }] = JSON.parse(stdout) as [{ filename: string; files: { path: string }[] }];
  expect(
    files
      .map(({ path }) => path)
      .filter((path) => !/^(dist\/|docs\/drift-report\.schema\.json$|package\.json|README\.md|LICENSE)/.test(path)),
  ).toEqual([]);
  const { devDependencies } = JSON.parse(await readFile(join(QUICKSTART, "package.json"), "utf8"));
  await writeFile(
    join(folder, "package.json"),
    JSON.stringify({
      name: "consumer",
      private: true,
      dependencies: {
        ...TEMPLATE,
        "@pulumi/pulumi": devDependencies["@pulumi/pulumi"],
        "pulumi-waba": `file:${filename}`,
      },
    }),
  );
  await run("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline"], { cwd: folder });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

interface Consumer {
  runtime: string;
  files: Record<string, string>;
}

/** The files that the quickstart's README has a newcomer write. */
const RECIPE = readFileSync(join(QUICKSTART, "examples/quickstart/README.md"), "utf8");
const written = (language: string) => new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, "ms").exec(RECIPE)?.[1] ?? "";
const PROJECT = written("yaml");
/** What a program may add to it. */
const QUERY = `
export const ids = waba
  .getPhoneNumbers({ wabaId: "102290129340398", accountMode: "LIVE" })
  .then(({ phoneNumbers }) => phoneNumbers.map(({ id }) => id));
`;

const CONSUMERS: [string, Consumer][] = [
  [
    "Pulumi's default TypeScript (ts-node, CommonJS)",
    { runtime: "nodejs", files: { "tsconfig.json": written("json") } },
  ],
  [
    "typescript: false, as an ECMAScript module",
    {
      runtime: "{ name: nodejs, options: { typescript: false } }",
      files: { "package.json": '{"name":"program","private":true,"type":"module"}' },
    },
  ],
];

test.each(CONSUMERS)(
  "the quickstart's program runs in a folder of its own under %s",
  async (_what, { runtime, files }) => {
    const engine = await locateEngine();
    const emulator = await startEmulator();
    const sandbox = await createSandbox({
      engine,
      env: { WABA_BASE_URL: emulator.url, WABA_ACCESS_TOKEN: emulator.token },
    });
    const cwd = await mkdtemp(join(folder, "program-"));
    onTestFinished(async () => {
      await emulator.close();
      await sandbox.dispose();
    });
    await mkdir(cwd, { recursive: true });
    const program = await readFile(join(QUICKSTART, "examples/quickstart/index.ts"), "utf8");
    // Word by word what it says, with either runtime that it names.
    expect(RECIPE).toContain(`runtime: ${runtime}`);
    const project = PROJECT.replace("runtime: nodejs\n", `runtime: ${runtime}\n`);
    for (const [name, text] of Object.entries({ ...files, "index.ts": program + QUERY, "Pulumi.yaml": project })) {
      await writeFile(join(cwd, name), text);
    }
    const pulumi = (...args: string[]) => succeeded(sandbox.run(args, { cwd }));
    await pulumi("stack", "init", "test");
    await pulumi("config", "set", "wabaId", "102290129340398");
    await pulumi("config", "set", "phoneNumber", CAKE_SHOP.phoneNumber);
    await pulumi("config", "set", "displayName", "Lucky Shrub");
    await pulumi("config", "set", "--secret", "pin", "654321");

    await pulumi("up", "--yes", "--skip-preview");
    expect((await pulumi("stack", "output", "phase")).stdout.trim()).toBe("name-in-review");
    expect(JSON.parse((await pulumi("stack", "output", "ids", "--json")).stdout)).toContain(CAKE_SHOP.id);
    emulator.reviewName(CAKE_SHOP.id, "APPROVED");
    const heal = await pulumi("up", "--yes", "--skip-preview", "--diff");
    expect(heal.stdout).toMatch(/~ displayName *: "John's Cake Shop" => "Lucky Shrub"/);
    await pulumi("refresh", "--preview-only", "--expect-no-changes");
    await pulumi("destroy", "--yes", "--skip-preview");
    expect(emulator.requests().counts).toMatchObject({ "POST /{PNID}/register": 1 });
  },
);

test.each([
  ["CommonJS", ["--module", "commonjs", "--moduleResolution", "node10", "--ignoreDeprecations", "5.0"]],
  ["ECMAScript modules", ["--module", "nodenext"]],
])("a consumer's compiler knows the types, under %s", async (_what, options) => {
  const tsc = join(folder, "node_modules/typescript/bin/tsc");
  const compile = async (code: string) => {
    const program = join(folder, "types.ts");
    await writeFile(program, `import * as waba from "pulumi-waba";\n${code}\n`);
    return run(process.execPath, [tsc, "--noEmit", "--strict", "--target", "es2022", ...options, program], {
      cwd: folder,
    }).then(
      () => "",
      (error: { stdout: string }) => error.stdout,
    );
  };
  const check = (args: string) => compile(`new waba.PhoneNumber("a", ${args});`);
  expect(await check('{ wabaId: "1", phoneNumber: "+1" }')).toBe("");
  expect(await check('{ wabaId: "1", phoneNumbr: "+1" }')).toContain("phoneNumbr");
  expect(await check("{}")).toContain("wabaId");
  const phase = "export const phase: Promise<waba.Phase> = ";
  expect(await compile(`${phase}waba.getPhoneNumber({ phoneNumberId: "1" }).then((number) => number.phase);`)).toBe("");
  expect(await compile('waba.getPhoneNumber({ phoneNumber: "+1" });')).toContain("wabaId");
});

test("the command line is there too", async () => {
  const waba = join(folder, "node_modules/pulumi-waba/dist/provider/cli/waba.js");
  const { stdout } = await run(process.execPath, [waba, "emulator", "--help"], { cwd: folder });
  expect(stdout).toContain("--port");
});
