export const origins = ["path", "installer", "go"] as const;

/** Where an engine comes from. */
export type Origin = (typeof origins)[number];

/** One attempt to get an engine. `cached …` takes a finished one only; `installer` and `go` make one. */
export type Step = "path" | "cached installer" | "cached go" | "installer" | "go";

/** The attempts in their order. What a person installed comes first, what costs minutes last. */
export function stepsFor(forced: Origin | undefined): Step[] {
  if (forced === "path") return ["path"];
  if (forced !== undefined) return [`cached ${forced}`, forced];
  return ["path", "cached installer", "cached go", "installer", "go"];
}

/** Reads WABA_ENGINE. */
export function forcedOrigin(value: string | undefined): Origin | undefined {
  if (value === undefined || value === "") return undefined;
  const origin = origins.find((known) => known === value);
  if (origin === undefined) throw new Error(`WABA_ENGINE is "${value}"; it may be ${origins.join(", ")}, or unset`);
  return origin;
}
