import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import type { HttpRequest } from "../../provider/graph/transport.ts";
import { watchingForFleet } from "../../provider/heap.ts";

const HEAP = join(import.meta.dirname, "../../provider/heap.ts");
const REQUEST: HttpRequest = { method: "GET", url: new URL("http://127.0.0.1"), headers: {}, timeoutMs: 1 };
const turn = () => new Promise((resolve) => setImmediate(resolve));

test("a process that makes as many calls as a fleet is told once, after the call has left; a smaller one never", async () => {
  const happened: string[] = [];
  const answer = { status: 200, headers: {}, body: "" };
  const send = async () => {
    happened.push("sent");
    return answer;
  };
  const transport = watchingForFleet({ send, close: async () => undefined }, () => happened.push("many"));
  for (let call = 1; call <= 11; call += 1) expect(await transport.send(REQUEST)).toBe(answer);
  await turn();
  expect(happened).not.toContain("many");
  for (let call = 12; call <= 40; call += 1) {
    await transport.send(REQUEST);
    await turn();
  }
  expect(happened.indexOf("many")).toBe(12);
  expect(happened.filter((what) => what === "many")).toHaveLength(1);
});

test("V8 knows the flags, so that nothing is printed, and the garbage of before is gone", async () => {
  const script = `
    const { watchingForFleet } = await import(${JSON.stringify(HEAP)});
    let garbage = Array.from({ length: 200_000 }, (_, index) => ({ index }));
    garbage = undefined;
    const before = process.memoryUsage().heapUsed;
    const transport = watchingForFleet({ send: async () => undefined });
    for (let call = 0; call < 12; call += 1) await transport.send();
    await new Promise((resolve) => setImmediate(resolve));
    console.log(JSON.stringify({ before, after: process.memoryUsage().heapUsed, gc: typeof globalThis.gc }));`;
  const args = ["--disable-warning=ExperimentalWarning", "--input-type=module", "--eval", script];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args);
  expect(stderr).toBe("");
  const { before, after, gc } = JSON.parse(stdout) as { before: number; after: number; gc: string };
  expect(after).toBeLessThan(before - 2_000_000);
  expect(gc).toBe("undefined");
});
