import { writeFile } from "node:fs/promises";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { measureDrift } from "../../bench/drift/measure.ts";
import { measureEmulator } from "../../bench/emulator/measure.ts";
import { measureFleet } from "../../bench/fleet/measure.ts";
import { QUICK, SCENARIOS } from "../../bench/fleet/scenarios.ts";
import { fleetGoals, notMet } from "../../bench/goals.ts";
import { findPeer, measurePeer } from "../../bench/peers.ts";
import { measurePlugin } from "../../bench/plugin/measure.ts";
import { asMarkdown, asSvg, type Results } from "../../bench/report.ts";
import { asTable, fleetTable } from "../../bench/table.ts";

// `npm run bench`: measures, prints tables on stderr and JSON on stdout. --quick: only small fleets. --write: docs/benchmarks.*.
// --goals: ends with 1 when a goal is not met. --peers: OpenTofu or Terraform with its REST provider too, where both are on PATH.
const { values } = parseArgs({
  options: {
    quick: { type: "boolean" },
    write: { type: "boolean" },
    goals: { type: "boolean" },
    peers: { type: "boolean" },
  },
});
const progress = (line: string) => process.stderr.write(`${line} …\n`);

const fleet = [];
for (const scenario of values.quick ? QUICK : SCENARIOS) fleet.push(...(await measureFleet(scenario, progress)));
const plugin = await measurePlugin(progress);
const emulator = await measureEmulator(progress);
const drift = await measureDrift(values.quick ? 20 : 400, progress);
const peers = values.peers ? await peerRows() : [];
const machine = {
  cpu: cpus()[0]?.model ?? "unknown",
  cores: cpus().length,
  memoryGb: Math.round(totalmem() / 2 ** 30),
  node: process.version,
  platform: `${process.platform} ${process.arch}`,
};
const results: Results = { date: new Date().toISOString(), machine, emulator, plugin, drift, fleet, peers };
const goals = fleetGoals(fleet);
process.stderr.write(
  `\nFleets\n${fleetTable(fleet)}\n\n${asTable(goals)}\n\nDrift\n${asTable(drift)}\n\nThe plugin\n${asTable(plugin)}\n\nThe emulator\n${asTable(emulator)}\n${peers.length === 0 ? "" : `\nPeers\n${asTable(peers)}\n`}`,
);
process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
if (values.write) {
  const docs = join(import.meta.dirname, "..", "..", "docs");
  await writeFile(join(docs, "benchmarks.md"), asMarkdown(results));
  await writeFile(join(docs, "benchmarks.svg"), asSvg(fleet));
}
const missed = notMet([...goals, ...drift, ...plugin, ...emulator]);
for (const { what, value, unit } of missed) process.stderr.write(`NOT MET: ${what}: ${value.toFixed(2)} ${unit}\n`);
if (values.goals && missed.length > 0) process.exitCode = 1;

async function peerRows() {
  const peer = findPeer(process.env.PATH);
  if ("missing" in peer) {
    process.stderr.write(`--peers: not measured; not on PATH: ${peer.missing.join("; ")}\n`);
    return [];
  }
  progress(`${peer.tool} with restapi`);
  return measurePeer(peer, { numbers: values.quick ? 100 : 1000, wabas: 10, latencyMs: 100 });
}
