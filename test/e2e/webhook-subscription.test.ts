import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startCallback } from "../support/callback.ts";
import { WABA } from "../support/lifecycle.ts";
import { ofType, RESOURCES, startStack, succeeded } from "../support/pulumi.ts";
import { asSomebody } from "../support/somebody.ts";

const TYPE = "pulumi-nodejs:dynamic/waba:WebhookSubscription";
const SUBSCRIBE = "POST /{WABA}/subscribed_apps";
const DRIFT = ["refresh", "--preview-only", "--expect-no-changes", "--diff"];
const TOKEN = "a-verify-token-nobody-marked";

test("an account's webhooks are subscribed, seen to drift, healed, moved and ended, and the token stays a secret", async () => {
  const { emulator, sandbox, pulumi, up, declareResources, exported, calls } = await startStack(RESOURCES);
  const [hook, other] = [await startCallback("/hook"), await startCallback("/other")];
  await asSomebody(emulator, `DELETE ${WABA}/subscribed_apps`);
  calls();

  const args = { wabaId: WABA, callbackUrl: hook.url, verifyToken: TOKEN, onDelete: "unsubscribe" };
  const declare = (change = {}) =>
    declareResources({ webhooks: { is: "WebhookSubscription", args: { ...args, ...change } } });
  await declare();
  const printed = [await succeeded(up())];
  expect(calls()).toEqual({ "GET /debug_token": 1, "GET /{WABA}/subscribed_apps": 1, [SUBSCRIBE]: 2 });
  expect(hook.tokens).toEqual([TOKEN]);
  const made = ofType((await exported()).resources, TYPE);
  expect(made).toMatchObject([
    { id: `${WABA}/670843887433847`, outputs: { callbackUrl: hook.url, overrideCallbackUri: hook.url } },
  ]);

  printed.push(await succeeded(up("--expect-no-changes")), await succeeded(pulumi(DRIFT)));
  expect(calls()).toEqual({ "GET /{WABA}/subscribed_apps": 2 });

  await asSomebody(emulator, `POST ${WABA}/subscribed_apps`, {
    override_callback_uri: other.url,
    verify_token: "somebody's",
  });
  calls();
  const drift = await pulumi(DRIFT);
  expect(drift.exitCode).toBe(7);
  expect(drift.stdout).toMatch(/callbackUrl: "http:[^"]*\/hook" => "http:[^"]*\/other"/);
  expect(drift.stdout).not.toContain("verifyToken: ");
  printed.push(drift, await succeeded(up()));
  expect(calls()).toMatchObject({ [SUBSCRIBE]: 1 });

  await asSomebody(emulator, `DELETE ${WABA}/subscribed_apps`);
  calls();
  const gone = await succeeded(up());
  expect(gone.stdout + gone.stderr).toContain("The app is not subscribed to the account any more");
  expect(calls()).toMatchObject({ [SUBSCRIBE]: 2 });

  hook.alive = false;
  await declare({ verifyToken: `${TOKEN}-2` });
  const dead = await succeeded(up());
  expect(dead.stdout + dead.stderr).toContain("code 2200");
  // The address that was refused is kept with its token.
  expect(ofType((await exported()).resources, TYPE)[0]?.outputs).toHaveProperty("refused");
  const states = await statesIn(sandbox);
  hook.alive = true;
  await declare({ callbackUrl: other.url });
  printed.push(gone, dead, await succeeded(up()));
  calls();

  states.push(...(await statesIn(sandbox)));
  expect(states.length).toBeGreaterThan(0);
  for (const text of [...printed.map(({ stdout, stderr }) => stdout + stderr), ...states]) {
    expect(text).not.toContain(TOKEN);
  }
  await succeeded(pulumi(["destroy", "--yes", "--skip-preview"]));
  expect(calls()).toMatchObject({ "DELETE /{WABA}/subscribed_apps": 1 });
});

test("a state of another Graph is refused, and what is retained is forgotten without a call", async () => {
  const { pulumi, up, declareResources, calls } = await startStack(RESOURCES);
  await declareResources({ webhooks: { is: "WebhookSubscription", args: { wabaId: WABA } } });
  await succeeded(up());
  calls();
  const refused = await pulumi(["refresh", "--yes", "--skip-preview"], { WABA_BASE_URL: "http://127.0.0.1:9" });
  expect(refused.exitCode).not.toBe(0);
  expect(refused.stdout + refused.stderr).toContain("The webhook subscription was last read from");
  await succeeded(pulumi(["destroy", "--yes", "--skip-preview", "--refresh=false"]));
  expect(calls()).toEqual({});
});

async function statesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  return Promise.all(files.filter((path) => path.includes("stacks")).map((path) => readFile(path, "utf8")));
}
