import { onInterrupt } from "../interrupt.ts";
import { locateEngine } from "../locate.ts";

// `npm run -s engine`: the last line of stdout is the folder that holds pulumi and its plugins.
try {
  const { folder } = await locateEngine({ signal: onInterrupt() });
  process.stdout.write(`${folder}\n`);
} catch (cause) {
  process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`);
  process.exitCode ||= 1;
}
