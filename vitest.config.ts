import { defineConfig } from "vitest/config";
import { TestTally } from "./engine/test-tally.ts";
import { BothRuns, FUNCTIONS_ONLY } from "./test/support/both-runs.ts";

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

/** The lifecycle's tests once more, through the plugin: all files in one worker, which keeps one plugin process. */
function throughPlugin({ test, ...rest }: ReturnType<typeof project>) {
  return {
    ...rest,
    test: {
      ...test,
      include: [...test.include, "test/lifecycle/**/*.test.ts"],
      exclude: Object.keys(FUNCTIONS_ONLY).map((file) => `test/lifecycle/${file}`),
      provide: { through: "plugin" as const },
      isolate: false,
    },
  };
}

// biome-ignore lint/style/noDefaultExport: vitest reads the default export
export default defineConfig({
  test: {
    pool: "forks",
    restoreMocks: true,
    unstubEnvs: true,
    reporters: ["default", new BothRuns(), new TestTally()],
    projects: [
      project("unit", 10_000),
      project("emulator", 20_000),
      project("lifecycle", 20_000),
      project("contract", 20_000),
      project("cli", minute),
      project("engine", minute),
      throughPlugin(project("plugin", minute, { serial: true })),
      project("e2e", 3 * minute, { serial: true }),
    ],
  },
});
