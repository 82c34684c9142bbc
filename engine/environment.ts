/** An environment without what a person set for their own Pulumi and their own accounts: PULUMI_* and WABA_*. */
export function withoutPulumi(environment: NodeJS.ProcessEnv): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) {
    if (value !== undefined && !/^(PULUMI|WABA)_/i.test(name)) kept[name] = value;
  }
  return kept;
}
