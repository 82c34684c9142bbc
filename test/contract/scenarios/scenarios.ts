import type { Scenario } from "../exchange.ts";
import { ACCOUNT_SCENARIOS } from "./accounts.ts";
import { BUSINESS_SCENARIOS } from "./businesses.ts";
import { EDGE_SCENARIOS } from "./number-edges.ts";
import { NUMBER_SCENARIOS } from "./numbers.ts";
import { TOKEN_SCENARIOS } from "./tokens.ts";

export const SCENARIOS: readonly Scenario[] = [
  ...NUMBER_SCENARIOS,
  ...EDGE_SCENARIOS,
  ...ACCOUNT_SCENARIOS,
  ...BUSINESS_SCENARIOS,
  ...TOKEN_SCENARIOS,
];
