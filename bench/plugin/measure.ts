/** What our code costs the plugin process itself, spoken to over gRPC, without an engine. */
import { join } from "node:path";
import { request } from "undici";
import { startEmulatorProcess } from "../../engine/emulator-process.ts";
import { startPlugin } from "../../test/support/plugin.ts";
import { median, megabytesOf } from "../figures.ts";
import { FLOOR_TEXT } from "../fleet/program/floor.ts";
import type { Row } from "../table.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const STARTS = 10;
const NUMBERS = 10_000;
const WABAS = 100;
const AT_ONCE = 8;

export async function measurePlugin(progress: (line: string) => void): Promise<Row[]> {
  progress(`first answer of the plugin, ${STARTS} starts each`);
  const floor: number[] = [];
  const ours: number[] = [];
  for (let start = 0; start < STARTS; start += 1) {
    floor.push(await firstAnswer({ __provider: FLOOR_TEXT }));
    ours.push(await firstAnswer({}));
  }
  progress(`${NUMBERS} reads by the plugin, ${AT_ONCE} at a time`);
  return [
    { what: `first answer, floor, median of ${STARTS}`, value: median(floor), unit: "ms" },
    { what: `first answer, ours, median of ${STARTS}`, value: median(ours), unit: "ms" },
    { what: "what our modules add", value: median(ours) - median(floor), unit: "ms", goal: { is: "≤", bound: 100 } },
    ...(await manyReads()),
  ];
}

async function firstAnswer(provider: Record<string, string>): Promise<number> {
  const started = performance.now();
  const plugin = await startPlugin({ cwd: ROOT, env: { WABA_ACCESS_TOKEN: "none" } });
  await plugin.check({}, { ...provider, wabaId: "900000", phoneNumberId: "100000000" });
  const took = performance.now() - started;
  await plugin.stop();
  return took;
}

async function manyReads(): Promise<Row[]> {
  const emulator = await startEmulatorProcess(["--numbers", String(NUMBERS), "--wabas", String(WABAS)]);
  const env = { WABA_BASE_URL: emulator.url, WABA_ACCESS_TOKEN: emulator.token };
  const open = Array.from({ length: NUMBERS }, (_, index) => index);
  const reading = async (plugin: Awaited<ReturnType<typeof startPlugin>>, state: Record<string, unknown>) => {
    for (let index = open.pop(); index !== undefined; index = open.pop()) {
      const id = String(100_000_000 + index);
      const wabaId = String(900_000 + (index % WABAS));
      const read = await plugin.read(id, { ...state, wabaId });
      if (read.id !== id) throw new Error(`number ${id} was not read`);
    }
  };
  try {
    const first = await startPlugin({ cwd: ROOT, env });
    const { outs } = await first.create({ wabaId: "900000", phoneNumberId: "100000000" });
    await first.stop();
    // A name of another number would be one that waits for its registration, with a warning a number.
    const { phoneNumberId: _one, registeredName: _its, ...state } = outs;
    const plugin = await startPlugin({ cwd: ROOT, env });
    await (await request(`${emulator.url}/__emulator/requests`, { method: "DELETE" })).body.dump();
    const started = performance.now();
    await Promise.all(Array.from({ length: AT_ONCE }, () => reading(plugin, state)));
    const seconds = (performance.now() - started) / 1000;
    const memory = await megabytesOf(plugin.process.pid, "peak");
    await plugin.stop();
    const { body } = await request(`${emulator.url}/__emulator/requests`);
    const { counts } = (await body.json()) as { counts: Record<string, number> };
    const calls = Object.values(counts).reduce((sum, count) => sum + count, 0);
    return [
      {
        what: `calls for ${NUMBERS} numbers in ${WABAS} accounts`,
        value: calls,
        unit: "",
        goal: { is: "≤", bound: 110 },
      },
      { what: "time of these reads", value: seconds, unit: "s" },
      { what: "most memory of the plugin", value: memory, unit: "MB", goal: { is: "≤", bound: 200 } },
    ];
  } finally {
    emulator.stop();
  }
}
