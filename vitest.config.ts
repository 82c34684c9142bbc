import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { TestTally } from "./engine/test-tally.ts";
import { BothRuns, FUNCTIONS_ONLY } from "./test/support/both-runs.ts";

const minute = 60_000;
/** Engines and plugins: a file of theirs takes a core, and some 500 MB. */
const FEW = Math.min(4, availableParallelism());

/** @param starts what its tests start: short commands of Node's, or engines and plugins with all that those start */
function project(name: string, timeout: number, starts?: "commands" | "engines") {
  return {
    extends: true as const,
    test: {
      name,
      include: [`test/${name}/**/*.test.ts`],
      testTimeout: timeout,
      hookTimeout: timeout,
      // vitest's default leaves a core idle.
      maxWorkers: starts === "engines" ? FEW : availableParallelism(),
      sequence: { groupOrder: starts === "engines" ? 1 : 0 },
      globalSetup: starts === undefined ? [] : ["test/support/compile-cache.ts"],
    },
  };
}

/** The lifecycle's tests once more, through the plugin: a worker keeps one plugin process for all of its files. */
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
      project("cli", minute, "commands"),
      project("engine", minute),
      throughPlugin(project("plugin", minute, "engines")),
      project("e2e", 3 * minute, "engines"),
    ],
  },
});
