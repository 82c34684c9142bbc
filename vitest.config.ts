import { defineConfig } from "vitest/config";
import { TestTally } from "./engine/test-tally.ts";

const minute = 60_000;

function project(name: string, timeout: number, options: { serial?: boolean } = {}) {
  return {
    extends: true as const,
    test: {
      name,
      include: [`test/${name}/**/*.test.ts`],
      testTimeout: timeout,
      hookTimeout: timeout,
      // Engines and plugin processes fight for two cores: their files run one at a time, after everything else.
      fileParallelism: !options.serial,
      sequence: { groupOrder: options.serial ? 1 : 0 },
    },
  };
}

// biome-ignore lint/style/noDefaultExport: vitest reads the default export
export default defineConfig({
  test: {
    pool: "forks",
    restoreMocks: true,
    unstubEnvs: true,
    reporters: ["default", new TestTally()],
    projects: [
      project("unit", 10_000),
      project("emulator", 20_000),
      project("lifecycle", 20_000),
      project("contract", 20_000),
      project("engine", minute),
      project("plugin", minute, { serial: true }),
      project("e2e", 3 * minute, { serial: true }),
    ],
  },
});
