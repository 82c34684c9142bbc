/** docs/benchmarks.md and its picture, from what one run measured. */
import type { Measurement, ProviderName } from "./fleet/measure.ts";
import { fleetGoals, goalText } from "./goals.ts";
import { FLEET_HEAD, fleetRows, PROVIDER_NAMES, type Row } from "./table.ts";

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly node: string;
  readonly platform: string;
}

export interface Results {
  readonly date: string;
  readonly machine: Machine;
  readonly emulator: readonly Row[];
  readonly plugin: readonly Row[];
  readonly drift: readonly Row[];
  readonly fleet: readonly Measurement[];
  /** Empty where they were not asked for, or are not on PATH. */
  readonly peers: readonly Row[];
}

export function asMarkdown({ date, machine, emulator, plugin, drift, fleet, peers }: Results): string {
  const { cpu, cores, memoryGb, node, platform } = machine;
  return `# Benchmarks

<!-- Made by npm run bench -- --write. -->

Measured in one run on ${date.slice(0, 10)}: ${cpu}, ${cores} cores, ${memoryGb} GB, ${platform}, Node ${node}, the emulator on the same machine.

- **floor**: the same engine with a constant-text provider that does no HTTP and keeps three properties: nobody can be faster.
- **floor that carries our state**: the same, with as many properties as a number of ours has, and its outputs handed back as they
  are: what the engine, Pulumi's SDK and its plugin take for them. The rest is ours.
- **plain dynamic provider**: one call a number, as Pulumi's documentation teaches it (bench/fleet/program/plain.ts).
- **pulumi-waba**: this package.

\`refresh\` reads every number once (\`--preview-only\`); \`up\` adopts numbers that are as declared; \`latency\` is added to every call.

![Refresh of a fleet, in seconds](benchmarks.svg)

## Fleets on the real engine

${table(FLEET_HEAD, fleetRows(fleet))}
## What is promised of them

${rowTable(fleetGoals(fleet))}
## Drift

${rowTable(drift)}
${peers.length === 0 ? "" : `## Others\n\n${rowTable(peers)}\n`}## The plugin alone

${rowTable(plugin)}
## The emulator

${rowTable(emulator)}
Again: \`npm run bench\` (\`-- --quick\` for a hundred numbers, \`-- --write\` to write this page).
`;
}

function rowTable(rows: readonly Row[]): string {
  return table(
    ["what", "measured", "goal"],
    rows.map(({ what, value, unit, goal }) => [
      what,
      `${Number(value.toPrecision(4)).toLocaleString("en-US")} ${unit}`.trim(),
      goalText(goal, value),
    ]),
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |\n`;
  return line(head) + line(head.map(() => "---")) + rows.map(line).join("");
}

const BAR_HEIGHT = 16;
const GROUP_GAP = 14;
const LABEL_WIDTH = 330;
const BARS_WIDTH = 420;
const COLOURS: Record<ProviderName, string> = {
  floor: "#9aa5b1",
  plain: "#d97706",
  ours: "#0f766e",
  sameState: "#5f6b7a",
};

/** Bars of the refreshes: one group a fleet, one bar a provider. */
export function asSvg(fleet: readonly Measurement[]): string {
  const refreshes = fleet.filter(({ operation }) => operation === "refresh");
  const groups = [...Map.groupBy(refreshes, ({ scenario }) => `${scenario.title}, ${scenario.latencyMs} ms a call`)];
  const longest = Math.max(...refreshes.map(({ seconds }) => seconds));
  let y = 10;
  const parts: string[] = [];
  for (const [title, rows] of groups) {
    parts.push(text(0, y + BAR_HEIGHT * 1.8, title));
    for (const { provider, seconds, calls } of rows) {
      const width = Math.max(1, (seconds / longest) * BARS_WIDTH);
      parts.push(
        `<rect x="${LABEL_WIDTH}" y="${y}" width="${width.toFixed(1)}" height="${BAR_HEIGHT - 3}" fill="${COLOURS[provider]}"/>`,
        text(LABEL_WIDTH + width + 6, y + 11, `${PROVIDER_NAMES[provider]}: ${seconds.toFixed(1)} s, ${calls} calls`),
      );
      y += BAR_HEIGHT;
    }
    y += GROUP_GAP;
  }
  const width = LABEL_WIDTH + BARS_WIDTH + 260;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${y}" width="${width}" height="${y}" font-family="sans-serif" font-size="11" role="img" aria-label="Refresh of a fleet, in seconds">
<rect width="100%" height="100%" fill="#ffffff"/>
${parts.join("\n")}
</svg>
`;
}

function text(x: number, y: number, content: string): string {
  return `<text x="${x.toFixed(0)}" y="${y.toFixed(0)}" fill="#1f2933">${content.replaceAll("&", "&amp;").replaceAll("<", "&lt;")}</text>`;
}
