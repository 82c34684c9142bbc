/** What an emulator was asked since it was told to forget. */
import { request } from "undici";
import type { EmulatorProcess } from "../engine/emulator-process.ts";

export interface Calls {
  readonly calls: number;
  readonly writes: number;
  /** Pages of accounts' numbers among the calls. */
  readonly lists: number;
}

export async function forgetCalls({ url }: EmulatorProcess): Promise<void> {
  await (await request(`${url}/__emulator/requests`, { method: "DELETE" })).body.dump();
}

export async function countCalls({ url }: EmulatorProcess): Promise<Calls> {
  const { body } = await request(`${url}/__emulator/requests`);
  const { counts } = (await body.json()) as { counts: Record<string, number> };
  const sum = (entries: [string, number][]) => entries.reduce((total, [, count]) => total + count, 0);
  const all = Object.entries(counts);
  const writes = sum(all.filter(([route]) => !route.startsWith("GET ")));
  return { calls: sum(all), writes, lists: counts["GET /{WABA}/phone_numbers"] ?? 0 };
}
