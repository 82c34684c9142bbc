import { createHmac } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { expect, test } from "vitest";
import { pinFrom } from "../../provider/functions/pin-from.ts";
import { providerText } from "../../provider/resources/provider-text.ts";
import { startCallback } from "../support/callback.ts";
import { CAKE_SHOP, ICE_CREAM, WABA } from "../support/lifecycle.ts";
import { argumentsDuring } from "../support/processes.ts";
import { NUMBERS, ofType, PHONE_NUMBER, startStack } from "../support/pulumi.ts";

const TOKEN = "token-of-the-default";
const ACME_TOKEN = "token-of-acme";
const APP_SECRET = "secret-of-the-app";
const SEED = "seed-of-all-pins-0123456789";
const VERIFY_TOKEN = 'verify"token&of-cake';
const proof = (token: string) => createHmac("sha256", APP_SECRET).update(token).digest("hex");
const ALL_FAILED = { type: "OAuthException", code: 100, fbtrace_id: "A1" };

const KNOWN: Record<string, string> = {
  "the default token": TOKEN,
  "acme's token": ACME_TOKEN,
  "the app's secret": APP_SECRET,
  "the proof of the default token": proof(TOKEN),
  "the proof of acme's token": proof(ACME_TOKEN),
  "cake's PIN": "774411",
  "cake's next PIN": "885522",
  "ice's PIN": pinFrom(SEED, ICE_CREAM.phoneNumber),
  "the seed of the PINs": SEED,
  "a wrong code": "996633",
  "a PIN of seven digits": "7744119",
  "a code of five digits": "99663",
  "the verify token": VERIFY_TOKEN,
};

test("no secret is in clear in the state, in what is printed, in logs and events, or in any process's arguments", async () => {
  const { emulator, pulumi, declare, exported, sandbox } = await startStack(NUMBERS, {
    appSecret: APP_SECRET,
    requireProof: true,
    tokens: [TOKEN, ACME_TOKEN],
  });
  const secrets = new Map(Object.entries(KNOWN).map(([what, secret]) => [secret, what]));
  const callback = await startCallback();
  const said: string[] = [];
  const seenArguments = new Set<string>();
  let operations = 0;

  async function run(
    command: string,
    more: string[] = [],
    outcome: "succeeds" | "fails" = "succeeds",
  ): Promise<string> {
    operations += 1;
    const yes = command === "preview" ? [] : ["--yes", "--skip-preview"];
    const events = ["--event-log", join(sandbox, `events-${operations}.json`)];
    // The tokens of the configuration alone are left.
    const env = {
      WABA_ACCESS_TOKEN: "",
      WABA_AUDIT_LOG: join(sandbox, "audit.jsonl"),
      PULUMI_DEBUG_COMMANDS: "true",
    };
    const running = pulumi([command, ...yes, ...more, ...events], env);
    for (const seen of await argumentsDuring(sandbox, running)) seenArguments.add(seen);
    const { exitCode, stdout, stderr } = await running;
    said.push(stdout, stderr);
    const ended = exitCode === 0 ? "succeeds" : "fails";
    if (ended !== outcome) throw new Error(`pulumi ${command} ${ended}:\n${masked(stdout + stderr, secrets)}`);
    for (const { certificate, new_certificate, code } of numbersOf(emulator)) {
      for (const [what, secret] of Object.entries({ certificate, new_certificate, code: code?.value }))
        if (secret !== undefined && !secrets.has(secret)) secrets.set(secret, what);
    }
    return stdout + stderr;
  }

  const configured = {
    "waba:accessToken": TOKEN,
    "waba:appSecret": APP_SECRET,
    "waba:credentials": JSON.stringify({ acme: { accessToken: ACME_TOKEN, appSecret: APP_SECRET } }),
    pinSeed: SEED,
  };
  for (const [key, input] of Object.entries(configured)) {
    await pulumi(["config", "set", "--secret", key], {}, { input });
  }
  const webhook = { callbackUrl: callback.url, verifyToken: VERIFY_TOKEN };
  const cake = { wabaId: WABA, phoneNumber: CAKE_SHOP.phoneNumber, displayName: "Lucky Shrub", pin: "774411" };
  const hooked = { ...cake, webhook };
  const verification = { method: "SMS", language: "en" };
  const ice = { wabaId: WABA, phoneNumber: ICE_CREAM.phoneNumber, credential: "acme", verification };

  const wrong = { ...ice, pin: "7744119", verification: { ...verification, code: "99663" } };
  await declare({ ice: wrong }, "secret");
  expect(await run("preview", ["--diff"], "fails")).toMatch(/pin: must be 6 digits/);

  await declare({ cake, ice }, "secret");
  await run("preview", ["--diff"]);
  await run("up", ["--diff"]);

  await declare({ cake: hooked, ice: { ...ice, verification: { ...verification, code: "996633" } } }, "secret");
  emulator.addFault({
    match: { method: "POST", path: `/${CAKE_SHOP.id}` },
    status: 400,
    body: { error: { ...ALL_FAILED, code: 2200, message: `(#2200) ${TOKEN} called with ${VERIFY_TOKEN}` } },
  });
  const refused = await run("up", ["--diff"]);
  expect(refused).toMatch(/could not verify the code/);
  expect(refused).toMatch(/could not set the webhook .* \[secret\] called with \[secret\]/);
  await declare(
    { cake: hooked, ice: { ...ice, verification: { ...verification, code: emulator.code(ICE_CREAM.id) } } },
    "secret",
  );
  emulator.addFault({
    match: { method: "POST", path: "/*/register" },
    status: 502,
    body: `<html>${ACME_TOKEN} ${pinFrom(SEED, ICE_CREAM.phoneNumber)} ${encodeURIComponent(proof(ACME_TOKEN))}</html>`,
  });
  await run("up", ["--diff"], "fails");
  await run("up", ["--diff"]);

  emulator.reviewName(CAKE_SHOP.id, "APPROVED");
  await run("refresh", ["--diff"]);
  emulator.addFault({ match: { method: "GET", path: "/{WABA}/phone_numbers" }, truncate: true, times: "always" });
  await run("refresh", ["--diff"], "fails");
  emulator.clearFaults();
  // The messages of the SDK and of the engine too.
  await run("up", ["--diff", "--debug"]);
  await declare({ cake: { ...hooked, pin: "885522", onDelete: "deregister" }, ice }, "secret");
  await run("up", ["--diff"]);

  const { resources } = await exported();
  for (const { inputs, outputs } of ofType(resources, PHONE_NUMBER)) {
    expect(outputs).toMatchObject({ pin: { ciphertext: expect.any(String) }, phase: "registered" });
    expect([inputs?.__provider, outputs?.__provider]).toEqual([
      providerText("phoneNumber"),
      providerText("phoneNumber"),
    ]);
  }
  expect(Buffer.byteLength(providerText("phoneNumber"))).toBeLessThanOrEqual(400);

  emulator.patchToken(ACME_TOKEN, { revoked: true });
  expect(await run("refresh", [], "fails")).toContain("code 190");
  emulator.patchToken(ACME_TOKEN, { revoked: false });
  await run("destroy", ["--diff"]);

  const { requests } = emulator.requests();
  const places: [string, string][] = [
    ["what was printed", said.join("\n")],
    ["the arguments of processes", [...seenArguments].join("\n")],
    // Tokens stay readable in it on purpose.
    ["the emulator's log", JSON.stringify(requests.map(({ token: _readable, ...request }) => request))],
    ...(await filesIn(sandbox)),
  ];
  const found = places.flatMap(([place, text]) => holdings(text, secrets).map((what) => `${place} holds ${what}`));
  expect(found).toEqual([]);
  expect([...secrets.values()]).toEqual(expect.arrayContaining(["certificate", "new_certificate", "code"]));

  // What is public is found in all of them, so that the search is known to work.
  const everywhere = places.filter(([, text]) => text.includes("Lucky Shrub")).map(([place]) => place);
  expect(everywhere).toEqual(
    expect.arrayContaining(["what was printed", "the emulator's log", "events-3.json", "audit.jsonl"]),
  );
  expect(everywhere.filter((place) => place.includes("history")).length).toBeGreaterThan(5);
  expect([...seenArguments].some((line) => line.includes("pulumi-resource-pulumi-nodejs"))).toBe(true);
});

/** Every file of the sandbox: states, their history and backups, settings, events, the audit log. */
async function filesIn(folder: string): Promise<[string, string][]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(
    files.map(async (file): Promise<[string, string]> => [relative(folder, file), await readFile(file, "utf8")]),
  );
}

/** Which secrets are in a text, as they are, as JSON and as addresses write them. */
function holdings(text: string, secrets: ReadonlyMap<string, string>): string[] {
  return [...secrets].flatMap(([secret, what]) => {
    const forms = [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)];
    return forms.some((form) => holds(text, form)) ? [what] : [];
  });
}

/** Six digits are found in times and hashes too: a code or a PIN stands apart from other digits. */
function holds(text: string, secret: string): boolean {
  if (!/^\d+$/.test(secret)) return text.includes(secret);
  return new RegExp(`(?<![\\d.a-fA-F])${secret}(?![\\da-fA-F])`).test(text);
}

function masked(text: string, secrets: ReadonlyMap<string, string>): string {
  return [...secrets.keys()].reduce((shown, secret) => shown.replaceAll(secret, "[a secret]"), text);
}

interface Secrets {
  certificate?: string;
  new_certificate?: string;
  code?: { value: string };
}

function numbersOf(emulator: Awaited<ReturnType<typeof startStack>>["emulator"]): Secrets[] {
  return Object.values(emulator.state().numbers as Record<string, Secrets>);
}
