import { type ChildProcess, spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test, vi } from "vitest";
import { WABA } from "./emulator-client.ts";
import { startReceiver, VERIFY_TOKEN } from "./webhook-receiver.ts";

const CLI = fileURLToPath(new URL("../../provider/cli/waba.ts", import.meta.url));

async function startCli(args: readonly string[], secrets: NodeJS.ProcessEnv): Promise<string> {
  const env = { ...process.env, WABA_APP_SECRET: "", WABA_WEBHOOK_VERIFY_TOKEN: "", ...secrets };
  const child: ChildProcess = spawn(process.execPath, [CLI, "emulator", ...args], {
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  if (child.stdout === null) throw new Error("no stdout");
  const [line] = await once(createInterface(child.stdout), "line");
  return JSON.parse(line).url;
}

test.each([
  [{}, ["POST"], "emulator-app-secret"],
  [{ WABA_APP_SECRET: "hush", WABA_WEBHOOK_VERIFY_TOKEN: VERIFY_TOKEN }, ["GET", "POST"], "hush"],
])("--webhook sends events there, with the secrets of the environment %j", async (secrets, methods, secret) => {
  const receiver = await startReceiver();
  const url = await startCli(["--webhook", receiver.url], secrets);
  const body = JSON.stringify({ wabaId: WABA, field: "account_update", value: { event: "PARTNER_REMOVED" } });
  const sent = await fetch(`${url}/__emulator/webhooks`, { method: "POST", body });
  expect(await sent.json()).toEqual({ urls: [receiver.url] });
  await vi.waitUntil(() => receiver.received.length === methods.length);
  expect(receiver.received.map(({ method }) => method)).toEqual(methods);
  const message = receiver.received.at(-1);
  const { text = "" } = message ?? {};
  expect(message?.headers["x-hub-signature-256"]).toBe(
    `sha256=${createHmac("sha256", secret).update(text).digest("hex")}`,
  );
});
