/**
 * A client process of its own: 32 keep-alive connections ask for one phone number after the other, for some seconds.
 * Argument: the order as JSON. Prints one JSON line.
 */
import { Pool } from "undici";

export interface LoadOrder {
  readonly url: string;
  readonly token: string;
  readonly connections: number;
  readonly seconds: number;
  readonly ids: { readonly first: number; readonly count: number };
}

export interface LoadResult {
  readonly requests: number;
  readonly errors: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

async function load({ url, token, connections, seconds, ids }: LoadOrder): Promise<LoadResult> {
  const pool = new Pool(url, { connections, pipelining: 1 });
  const headers = { authorization: `Bearer ${token}` };
  const times: number[] = [];
  let errors = 0;
  let next = 0;
  const started = performance.now();
  const end = started + seconds * 1000;
  const ask = async (): Promise<void> => {
    while (performance.now() < end) {
      const id = ids.first + (next++ % ids.count);
      const asked = performance.now();
      const answer = await pool.request({ path: `/v25.0/${id}?fields=status,verified_name`, method: "GET", headers });
      const text = await answer.body.text();
      if (answer.statusCode !== 200 || !text.includes(String(id))) errors++;
      times.push(performance.now() - asked);
    }
  };
  await Promise.all(Array.from({ length: connections }, ask));
  const elapsed = (performance.now() - started) / 1000;
  await pool.close();
  times.sort((left, right) => left - right);
  const at = (share: number): number => times[Math.floor(times.length * share)] ?? Number.NaN;
  return { requests: times.length, errors, perSecond: times.length / elapsed, p50Ms: at(0.5), p99Ms: at(0.99) };
}

if (process.argv[2] !== undefined) {
  process.stdout.write(`${JSON.stringify(await load(JSON.parse(process.argv[2]) as LoadOrder))}\n`);
}
