import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { failureLogged, logged } from "../../../provider/graph/call-log.ts";
import type { Transport } from "../../../provider/graph/transport.ts";

function openLog() {
  const folder = mkdtempSync(join(tmpdir(), "pulumi-waba-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "calls.jsonl");
  return {
    file,
    env: { WABA_CALL_LOG: file },
    lines: () =>
      readFileSync(file, "utf8")
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line)),
  };
}
const request = {
  method: "GET" as const,
  url: new URL("https://graph.test/v25.0/900000?appsecret_proof=secret"),
  headers: { authorization: "Bearer token" },
  timeoutMs: 1,
};
const transport = (send: Transport["send"]): Transport => ({ send, close: async () => undefined });

test("every call has its line, without its parameters and headers, also one that no answer came to", async () => {
  const { file, env, lines } = openLog();
  await logged(
    transport(async () => ({ status: 200, headers: {}, body: "" })),
    env,
  ).send(request);
  const broken = logged(
    transport(() => Promise.reject(new Error("no"))),
    env,
  );
  await expect(broken.send(request)).rejects.toThrow("no");
  const time = expect.any(String);
  expect(lines()).toEqual([
    { time, call: "GET /v25.0/900000", status: 200 },
    { time, call: "GET /v25.0/900000" },
  ]);
  expect(statSync(file).mode & 0o077).toBe(0);
});

test("a read that failed has its line, and fails all the same; without a file nothing is wrapped", async () => {
  const { env, lines } = openLog();
  await expect(failureLogged("1", () => Promise.reject(new RangeError("why")), env)).rejects.toThrow("why");
  expect(lines()).toMatchObject([{ readOf: "1", error: "RangeError", message: "why" }]);
  const plain = transport(async () => ({ status: 200, headers: {}, body: "" }));
  expect(logged(plain, {})).toBe(plain);
  expect(await failureLogged("1", () => Promise.resolve(7), env)).toBe(7);
});
