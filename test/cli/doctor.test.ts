import { appendFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type DoctorReport, doctorReport } from "../../provider/doctor/report.ts";
import { CAKE_SHOP, ICE_CREAM, WABA } from "../support/lifecycle.ts";
import { openShell, startProject } from "../support/waba.ts";

const CAKE = { wabaId: WABA, phoneNumber: CAKE_SHOP.phoneNumber, displayName: "John's Cake Shop" };
const ALWAYS = "options: { refresh: always }\n";

type Started = Awaited<ReturnType<typeof startProject>>;

/** The report, after its text was seen to hold the same, and no secret. */
async function examined(
  { waba, emulator }: Pick<Started, "waba" | "emulator">,
  args: readonly string[] = [],
  options: Parameters<Started["waba"]>[1] = {},
  secrets: readonly string[] = [],
): Promise<DoctorReport> {
  const { exitCode, stdout, stderr } = await waba(["doctor", "--format", "json", ...args], options);
  expect(stderr).toBe("");
  for (const secret of [emulator.token, ...secrets]) expect(stdout).not.toContain(secret);
  const report = doctorReport.parse(JSON.parse(stdout));
  expect(exitCode).toBe(report.exitCode);
  expect(exitCode).toBe(report.findings.some(({ level }) => level === "failure") ? 1 : 0);
  for (const { level, remedy } of report.findings) expect(remedy === undefined).toBe(level === "ok");
  return report;
}

function of({ findings }: DoctorReport, check: string): string[] {
  return findings.filter((found) => found.check === check).map(({ level, message }) => `${level}: ${message}`);
}

/** A project in which nothing is missing. */
async function healthy(): Promise<Started> {
  const started = await startProject(CAKE);
  const { project } = started;
  appendFileSync(join(project, "Pulumi.yaml"), ALWAYS);
  for (const [name, version] of [
    ["@pulumi/pulumi", "3.270.0"],
    ["pulumi-waba", "0.1.0"],
  ] as const) {
    const folder = join(project, "node_modules", name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "package.json"), JSON.stringify({ name, version }));
  }
  return started;
}

test("a project without faults: everything was looked at, by three calls that read", async () => {
  const started = await healthy();
  const report = await examined(started);
  expect(report.findings.filter(({ level }) => level === "failure")).toEqual([]);
  expect(new Set(report.findings.map(({ check }) => check))).toEqual(
    new Set([
      "Node",
      "engine",
      "language host",
      "plugin",
      "@pulumi/pulumi",
      "pulumi-waba",
      "project",
      "stack",
      "token",
      "account",
      "webhook",
      "number",
      "address",
      "version",
      "clock",
      "quota",
    ]),
  );
  expect(report.notChecked).toEqual([]);
  expect(report.calls).toBe(3);
  expect(started.calls()).toEqual(["GET /debug_token", "GET /{WABA}/phone_numbers", "GET /{WABA}/subscribed_apps"]);
  const [account] = report.accounts;
  expect(account?.wabaId).toBe(WABA);
  expect(account?.numbers.map(({ id, resource, phase }) => [id, resource, phase])).toContainEqual([
    CAKE_SHOP.id,
    "urn:0",
    "registered",
  ]);

  const { stdout } = await started.waba(["doctor"]);
  expect(stdout).toContain("ok       token: the token from waba:accessToken in the stack's configuration of app ");
  expect(stdout).toContain(`ok       account ${WABA}: readable, with 3 numbers\n`);
  expect(stdout).toContain(`warning  number +1 631-555-2222 (${ICE_CREAM.id}): needs-verification: `);
  expect(stdout).toContain("         → Run pulumi up with verification: ");
  expect(stdout).toMatch(/\n0 failures, \d warnings; 3 calls to Graph, nothing written\n$/);
  expect(stdout).not.toContain(started.emulator.token);
});

test("what a project lacks is told, each with its remedy", async () => {
  const started = await startProject(CAKE);
  const bare = await examined(started);
  expect(of(bare, "project")).toEqual([
    expect.stringMatching(/^warning: .*Pulumi.yaml lacks options: refresh: always/),
  ]);
  expect(of(bare, "@pulumi/pulumi")).toEqual([expect.stringContaining("failure: ")]);
  expect(of(bare, "pulumi-waba")).toEqual([expect.stringContaining("failure: ")]);

  started.pulumiDoes(
    'if [ "$1" = version ]; then echo v3.200.0; else echo "error: no stack selected" >&2; exit 255; fi',
  );
  rmSync(join(started.bin, "pulumi-language-nodejs"));
  writeFileSync(join(started.project, "Pulumi.yaml"), "options: [unfinished\n");
  const { environment: env } = started;
  const old = await examined(started, ["--waba", WABA], { env });
  expect(of(old, "engine")).toEqual([expect.stringMatching(/^failure: .* is 3\.200\.0, older than 3\.259\.0$/)]);
  expect(of(old, "language host")).toEqual([expect.stringContaining("failure: pulumi-language-nodejs is neither")]);
  expect(of(old, "project")).toEqual([expect.stringMatching(/^failure: .*Pulumi.yaml cannot be read$/)]);
  expect(of(old, "stack")).toEqual([expect.stringContaining("no stack selected")]);
  // What the stack would say is missing, and Graph is looked at all the same.
  expect(of(old, "account")).toEqual(["ok: readable, with 3 numbers"]);
});

test("numbers that were read from another Graph are told once, since pulumi would refuse them", async () => {
  const started = await healthy();
  const { hasStack, config, resource } = started;
  const outputs = { ...resource().outputs, baseUrl: "https://graph.facebook.com" };
  hasStack({
    config,
    numbers: [
      { ...resource(), outputs },
      { ...resource(), outputs },
    ],
  });
  expect(of(await examined(started), "address")).toEqual([
    expect.stringContaining("failure: the number was last read from https://graph.facebook.com"),
    expect.stringContaining("warning: calls go to http://127.0.0.1"),
  ]);
});

test("a throttled account is told to be left in peace, and not to be granted", async () => {
  const started = await startProject(CAKE);
  const { environment: env, elsewhere: cwd, emulator } = started;
  const body = { error: { message: "(#80007) too many calls", code: 80007, fbtrace_id: "A1" } };
  emulator.addFault({ match: { path: `/${WABA}/phone_numbers` }, status: 400, body });
  const { findings } = await examined(started, ["--waba", WABA], { env, cwd });
  const [account] = findings.filter(({ check }) => check === "account");
  expect(account).toMatchObject({ level: "failure", remedy: expect.stringContaining("Wait as Graph says") });
});

test("a dead token is told by where it came from, and by one call", async () => {
  const started = await healthy();
  const report = await examined(started, [], { env: { WABA_ACCESS_TOKEN: "EAAB-dead" } }, ["EAAB-dead"]);
  expect(of(report, "token")).toEqual([expect.stringContaining("environment variable WABA_ACCESS_TOKEN")]);
  expect(of(report, "account")).toEqual([]);
  expect(report.notChecked).toEqual([`account ${WABA}: no call with the token succeeds`]);
  expect(started.calls()).toEqual(["GET /debug_token"]);
});

test("one credential's dead token and one account that is not seen hide nothing of the others", async () => {
  const started = await healthy();
  const { emulator, hasStack, config, resource } = started;
  emulator.addToken({ token: "sees-nothing", wabas: [], expiresInSeconds: 3600 });
  const of3 = (name: string, wabaId: string, credential?: string) => ({
    id: `9${wabaId}`,
    urn: `urn:${name}`,
    outputs: { ...resource().outputs, wabaId, ...(credential === undefined ? {} : { credential }) },
  });
  const credentials = JSON.stringify({ acme: { accessToken: "EAAB-dead" }, blind: { accessToken: "sees-nothing" } });
  hasStack({
    config: { ...config, credentials },
    numbers: [of3("a", "888888", "acme"), of3("b", "777777", "blind"), { ...resource(), urn: "urn:mine" }],
  });
  const report = await examined(started, [], {}, ["EAAB-dead", "sees-nothing"]);
  expect(of(report, "token").map((said) => said.split(":")[0])).toEqual(["failure", "warning", "ok"]);
  const accounts = report.findings.filter(({ check }) => check === "account");
  expect(accounts.map(({ level, on }) => [level, on])).toEqual([
    ["failure", "account 777777"],
    ["ok", `account ${WABA}`],
  ]);
  expect(report.accounts.map(({ wabaId }) => wabaId)).toEqual([WABA]);
  expect(report.notChecked).toEqual(["account 888888: no call with credential acme succeeds"]);
});

test("an app secret is proved by calls: a right one and a wrong one", async () => {
  const started = await startProject(CAKE, { appSecret: "s3cret-of-the-app" });
  const { environment, elsewhere: cwd } = started;
  const look = (WABA_APP_SECRET: string) =>
    examined(started, ["--waba", WABA], { cwd, env: { ...environment, WABA_APP_SECRET } }, [WABA_APP_SECRET]);
  expect(of(await look("s3cret-of-the-app"), "app secret")).toEqual(["ok: Graph accepted its proof"]);
  const wrong = await look("another-secret");
  expect(of(wrong, "app secret")).toEqual([expect.stringContaining("failure: Graph takes the token")]);
  expect(of(wrong, "account")).toEqual([]);
});

test("without a project Graph alone is looked at, by the accounts that the token is for; what was not is said", async () => {
  const started = await startProject(CAKE);
  const { emulator, environment, elsewhere: cwd } = started;
  emulator.addToken({ token: "for-one", wabas: [WABA] });
  const env = { ...environment, WABA_ACCESS_TOKEN: "for-one" };
  const report = await examined(started, [], { env, cwd }, ["for-one"]);
  expect(report.exitCode).toBe(0);
  expect(report.accounts.map(({ wabaId }) => wabaId)).toEqual([WABA]);
  expect(report.notChecked).toEqual([expect.stringContaining("in no Pulumi project")]);
  const everything = await examined(started, [], { env: environment, cwd });
  expect(everything.notChecked).toContain("accounts: none is known here; name one by --waba");
});

test("an account whose webhooks reach nobody, and one that is not allowed, are told", async () => {
  const started = await startProject(CAKE);
  const { environment, elsewhere: cwd, emulator } = started;
  const url = `${emulator.url}/v25.0/${WABA}/subscribed_apps`;
  await fetch(url, { method: "DELETE", headers: { authorization: `Bearer ${emulator.token}` } });
  const report = await examined(started, ["--waba", WABA], { env: environment, cwd });
  expect(of(report, "webhook")).toEqual([expect.stringContaining("warning: no app is subscribed")]);
  started.calls();
  const env = { ...environment, WABA_ALLOWED_WABA_IDS: "888888" };
  const refused = await examined(started, ["--waba", WABA], { env, cwd });
  expect(of(refused, "account")).toEqual(["failure: it was not called"]);
  expect(started.calls()).toEqual(["GET /debug_token"]);
});

test("an address that does not answer, and settings that cannot be used, are failures", async () => {
  const started = await startProject(CAKE);
  const { environment, elsewhere: cwd } = started;
  const down = { ...environment, WABA_BASE_URL: "http://127.0.0.1:9" };
  expect(of(await examined(started, ["--waba", WABA], { env: down, cwd }), "token")).toEqual([
    expect.stringContaining("failure: We could not inspect the token"),
  ]);
  const report = await examined(started, [], { env: { ...environment, WABA_API_VERSION: "25" }, cwd });
  expect(of(report, "configuration")).toEqual(["failure: it cannot be used"]);
});

test.each<[string[], string]>([
  [["doctor", "--waba", "x"], "numeric id of a WhatsApp Business Account"],
  [["doctor", "--format", "xml"], "Allowed choices are text, json"],
  [["doctor", "everything"], "too many arguments"],
])("%j is refused by what is wrong with it", async (args, message) => {
  const { exitCode, stderr, stdout } = await openShell().waba(args);
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
  expect(stderr).toContain(message);
});

test("the help tells the exit code and shows how it is used", async () => {
  const { stdout } = await openShell().waba(["doctor", "--help"]);
  expect(stdout).toContain("Exit code: 1 where something fails");
  expect(stdout).toContain("npx waba doctor --stack prod --format json\n");
});
