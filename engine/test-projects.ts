// The others run without Pulumi's command line (plugin starts the SDK's own plugin process).
const withEngine = ["engine", "e2e"];

/** Whether a vitest command line may reach tests that need the engine: yes, unless it names other projects only. */
export function needsEngine(args: readonly string[]): boolean {
  const named = args.flatMap((arg, at) => {
    if (arg === "--project") return [args[at + 1] ?? ""];
    return arg.startsWith("--project=") ? [arg.slice("--project=".length)] : [];
  });
  const plain = named.length > 0 && named.every((name) => /^[a-z0-9]+$/.test(name));
  return !plain || named.some((name) => withEngine.includes(name));
}
