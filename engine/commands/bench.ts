import { cpus, totalmem } from "node:os";
import { measureEmulator } from "../../bench/emulator/measure.ts";
import { asTable } from "../../bench/table.ts";

// `npm run bench`: measures, prints a table on stderr and JSON on stdout.
const progress = (line: string) => process.stderr.write(`${line} …\n`);
const emulator = await measureEmulator(progress);
process.stderr.write(`\nThe emulator\n${asTable(emulator)}\n`);
const machine = {
  cpu: cpus()[0]?.model ?? "unknown",
  cores: cpus().length,
  memoryGb: Math.round(totalmem() / 2 ** 30),
  node: process.version,
  platform: `${process.platform} ${process.arch}`,
};
process.stdout.write(`${JSON.stringify({ date: new Date().toISOString(), machine, emulator }, null, 2)}\n`);
