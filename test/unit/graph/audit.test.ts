import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { z } from "zod";
import { createAuditLog } from "../../../provider/graph/audit.ts";
import { json, refused, type Scripted, scriptedClient, TOKEN } from "../../support/graph-answers.ts";

const NOW = new Date("2026-11-23T12:00:00.000Z");
const success = z.object({ success: z.literal(true) });
const WRITE = {
  call: { what: "register the number", on: "number +1 631-555-1111 (1)" },
  path: "/1/register",
  params: { pin: "987654" },
  secrets: ["987654"],
};

async function auditedClient(script: Scripted[], file?: string) {
  const folder = await mkdtemp(join(tmpdir(), "waba-audit-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = file ?? join(folder, "audit.jsonl");
  const { client } = scriptedClient(script, { audit: createAuditLog(path, () => NOW) });
  return {
    client,
    path,
    lines: async () =>
      (await readFile(path, "utf8"))
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line)),
  };
}

test("every write is a line with its outcome, and no secret is in it", async () => {
  const { client, path, lines } = await auditedClient([
    json(200, { success: true }),
    refused(400, 133005, { error_subcode: 7, message: `pin 987654 of ${TOKEN}` }),
  ]);
  await client.post(WRITE, success);
  await expect(client.post(WRITE, success)).rejects.toThrow();
  const write = {
    time: NOW.toISOString(),
    on: "number +1 631-555-1111 (1)",
    did: "register the number",
    call: "POST /1/register",
  };
  expect(await lines()).toEqual([
    { ...write, result: "ok" },
    { ...write, result: "PinMismatchError", code: "133005/7", fbtraceId: "Az8" },
  ]);
  expect(await readFile(path, "utf8")).not.toMatch(/987654|very-secret/);
  expect((await stat(path)).mode & 0o077).toBe(0);
});

test("a deletion is a write like any other", async () => {
  const { client, lines } = await auditedClient([json(200, { success: true })]);
  await client.delete({ call: WRITE.call, path: "/1/subscribed_apps" }, success);
  expect(await lines()).toMatchObject([{ call: "DELETE /1/subscribed_apps", result: "ok" }]);
});

test("a read is no line", async () => {
  const { client, path } = await auditedClient([json(200, { id: "1" })]);
  await client.get(WRITE.call, "/1", {}, z.object({ id: z.string() }));
  await expect(stat(path)).rejects.toThrow(/ENOENT/);
});

test("a log that cannot be written is a warning, and the write's outcome stands", async () => {
  const stderr = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  const { client } = await auditedClient([json(200, { success: true })], "/nowhere/audit.jsonl");
  expect(await client.post(WRITE, success)).toEqual({ success: true });
  expect(stderr.mock.calls.join()).toContain("WABA_AUDIT_LOG");
});
