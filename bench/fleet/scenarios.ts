/** The fleets that are measured. */
import { PROVIDERS, type ProviderName, type Scenario } from "./measure.ts";

const NO_PLAIN: readonly ProviderName[] = ["floor", "ours"];

export const SCENARIOS: readonly Scenario[] = [
  ...[100, 1000].flatMap((numbers) =>
    [0, 100].map((latencyMs) => ({
      title: `${numbers.toLocaleString("en-US")} numbers in 10 accounts`,
      numbers,
      wabas: 10,
      stacks: 1,
      latencyMs,
      order: "turn" as const,
      providers: numbers === 1000 && latencyMs === 0 ? NO_PLAIN : PROVIDERS,
    })),
  ),
  {
    title: "1,000 numbers in 10 accounts, declared account by account",
    numbers: 1000,
    wabas: 10,
    stacks: 1,
    latencyMs: 100,
    order: "sorted",
    providers: NO_PLAIN,
  },
  {
    title: "1,500 numbers in 400 accounts, 20 stacks",
    numbers: 1500,
    wabas: 400,
    stacks: 20,
    latencyMs: 100,
    order: "turn",
    // Twenty stacks take minutes, and what counts here are the lists.
    providers: ["ours"],
  },
];

/** Enough to see that everything runs: `npm run bench -- --quick`. */
export const QUICK: readonly Scenario[] = SCENARIOS.filter(({ numbers }) => numbers === 100);
