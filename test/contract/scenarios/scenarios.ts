import type { Scenario } from "../exchange.ts";
import { ACCOUNT_SCENARIOS } from "./accounts.ts";
import { NUMBER_SCENARIOS } from "./numbers.ts";

export const SCENARIOS: readonly Scenario[] = [...NUMBER_SCENARIOS, ...ACCOUNT_SCENARIOS];
