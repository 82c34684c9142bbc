/** What the emulator promises of its speed, measured: start, memory, list pages, reads under load. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { request } from "undici";
import { runChild } from "../../engine/child.ts";
import { startEmulatorProcess } from "../../engine/emulator-process.ts";
import { median, megabytesOf } from "../figures.ts";
import type { Row } from "../table.ts";
import type { LoadOrder, LoadResult } from "./load.ts";

const NUMBERS = 10_000;
const STARTS = 5;
const PAGES = 300;
const PAGE_ROWS = 100;
const CONNECTIONS = 32;
const LOAD_SECONDS = 5;
const FIRST_ID = 100_000_000;
const FIRST_WABA = 900_000;

export async function measureEmulator(progress: (line: string) => void): Promise<Row[]> {
  progress(`start and memory with ${NUMBERS} numbers in 100 accounts`);
  const rows = await starts();
  for (const wabas of [1, 10, 100, 1000]) {
    progress(`list pages with ${wabas} accounts`);
    rows.push(await pages(wabas));
  }
  progress(`reads over ${CONNECTIONS} connections, ${LOAD_SECONDS} s each: the floor, then the emulator`);
  return [...rows, ...(await reads())];
}

async function starts(): Promise<Row[]> {
  const times: number[] = [];
  let memory = 0;
  for (let run = 0; run < STARTS; run++) {
    const started = performance.now();
    const emulator = await fleet(100);
    times.push(performance.now() - started);
    memory = Math.max(memory, await megabytesOf(emulator.pid, "now"));
    emulator.stop();
  }
  return [
    {
      what: `start with ${NUMBERS} numbers, median of ${STARTS}`,
      value: median(times),
      unit: "ms",
      goal: { is: "<", bound: 1_000 },
    },
    { what: "memory after the start", value: memory, unit: "MB", goal: { is: "<", bound: 300 } },
  ];
}

async function pages(wabas: number): Promise<Row> {
  const emulator = await fleet(wabas);
  const times: number[] = [];
  try {
    for (let page = 0; page < PAGES; page++) {
      const path = `/v25.0/${FIRST_WABA + (page % wabas)}/phone_numbers?limit=${PAGE_ROWS}`;
      const asked = performance.now();
      const { statusCode, body } = await request(emulator.url + path, { headers: bearer(emulator.token) });
      const { data } = (await body.json()) as { data: unknown[] };
      times.push(performance.now() - asked);
      if (statusCode !== 200 || data.length !== Math.min(PAGE_ROWS, NUMBERS / wabas)) throw new Error("a wrong page");
    }
  } finally {
    emulator.stop();
  }
  const rows = Math.min(PAGE_ROWS, NUMBERS / wabas);
  return {
    what: `list page of ${rows}, ${wabas} accounts, median`,
    value: median(times),
    unit: "ms",
    goal: { is: "<", bound: 5 },
  };
}

async function reads(): Promise<Row[]> {
  const floor = spawn(process.execPath, [join(import.meta.dirname, "floor.ts")], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = (await once(createInterface({ input: floor.stdout }), "line")) as [string];
  const ids = { first: FIRST_ID, count: NUMBERS };
  const order = { connections: CONNECTIONS, seconds: LOAD_SECONDS, ids, token: "none" };
  const least = await load({ ...order, url: (JSON.parse(line) as { url: string }).url });
  floor.kill();

  const emulator = await fleet(100);
  try {
    const ours = await load({ ...order, url: emulator.url, token: emulator.token });
    const memory = await megabytesOf(emulator.pid, "now");
    return [
      { what: "reads, floor (node:http, constant text)", value: least.perSecond, unit: "/s" },
      { what: "reads", value: ours.perSecond, unit: "/s", goal: { is: "≥", bound: 2_000 } },
      { what: "reads, share of the floor", value: (100 * ours.perSecond) / least.perSecond, unit: "%" },
      { what: "reads that failed", value: ours.errors, unit: "", goal: { is: "≤", bound: 0 } },
      { what: "reads, p50", value: ours.p50Ms, unit: "ms" },
      { what: "reads, p99", value: ours.p99Ms, unit: "ms" },
      { what: `memory after ${ours.requests} reads`, value: memory, unit: "MB", goal: { is: "<", bound: 300 } },
    ];
  } finally {
    emulator.stop();
  }
}

function fleet(wabas: number) {
  return startEmulatorProcess(["--numbers", String(NUMBERS), "--wabas", String(wabas)]);
}

async function load(order: LoadOrder): Promise<LoadResult> {
  const { exitCode, stdout, stderr } = await runChild(process.execPath, [
    join(import.meta.dirname, "load.ts"),
    JSON.stringify(order),
  ]);
  if (exitCode !== 0) throw new Error(`the client process failed: ${stderr}`);
  return JSON.parse(stdout) as LoadResult;
}

function bearer(token: string) {
  return { authorization: `Bearer ${token}` };
}
