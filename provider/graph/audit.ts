/**
 * The audit log: one JSON line for every write to Graph, appended to the file that WABA_AUDIT_LOG names.
 * A line holds `time`, `on` (the number or account), `did`, `call`, `result` ("ok" or the error's name), `code` and
 * `fbtraceId` where Graph refused; no secret and no parameter.
 */
import { appendFile } from "node:fs/promises";
import { type Call, codeText, GraphError } from "./errors.ts";

export interface AuditLog {
  /** Waits for the write's outcome and records it. Never throws on account of the outcome. */
  record(call: Call, request: string, outcome: Promise<unknown>): Promise<void>;
}

export function createAuditLog(file: string, now: () => Date): AuditLog {
  return {
    async record(call, request, outcome) {
      const entry = {
        time: now().toISOString(),
        on: call.on,
        did: call.what,
        call: request,
        ...(await summary(outcome)),
      };
      try {
        await appendFile(file, `${JSON.stringify(entry)}\n`, { mode: 0o600 });
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        process.stderr.write(`warning: the audit log ${file} (WABA_AUDIT_LOG) could not be written: ${why}\n`);
      }
    },
  };
}

async function summary(outcome: Promise<unknown>): Promise<Record<string, string | number>> {
  try {
    await outcome;
    return { result: "ok" };
  } catch (error) {
    if (!(error instanceof GraphError)) return { result: error instanceof Error ? error.name : "Error" };
    return {
      result: error.name,
      code: codeText(error.code, error.subcode),
      ...(error.fbtraceId === undefined ? {} : { fbtraceId: error.fbtraceId }),
    };
  }
}
