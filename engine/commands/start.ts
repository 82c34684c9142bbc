import { randomInt } from "node:crypto";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startEmulator } from "../../emulator/index.ts";
import { startEmulatorProcess } from "../emulator-process.ts";
import { onInterrupt } from "../interrupt.ts";
import { locateEngine } from "../locate.ts";
import { createSandbox, type Sandbox } from "../sandbox.ts";
import { tellStory } from "../story.ts";

const root = join(import.meta.dirname, "..", "..");
const print = (text: string) => process.stdout.write(text);
const signal = onInterrupt();

// `npm start`: an engine, an emulator and the story of the quickstart. With --keep the last two stay when it ends.
try {
  const { keep } = parseArgs({ options: { keep: { type: "boolean", default: false } } }).values;
  const engine = await locateEngine({ signal });
  const emulator = keep ? await startEmulatorProcess([], { outlives: true }) : await startEmulator();
  let sandbox: Sandbox | undefined;
  try {
    const { url, token } = emulator;
    sandbox = await createSandbox({ engine, env: { WABA_BASE_URL: url, WABA_ACCESS_TOKEN: token } });
    print(`Pulumi ${engine.version} (${engine.origin}), and a Graph API emulator on ${url}\n`);
    const project = await sandbox.project(root);
    const pin = String(randomInt(1_000_000)).padStart(6, "0");
    await tellStory({ emulator, sandbox, project, pin, signal, print, keep });
    if ("pid" in emulator) print(howToGoOn({ ...emulator, project, sandbox }));
  } catch (cause) {
    if ("pid" in emulator) emulator.stop();
    await sandbox?.dispose();
    throw cause;
  } finally {
    if ("close" in emulator) await emulator.close();
    if (!keep) await sandbox?.dispose();
  }
} catch (cause) {
  const what = cause instanceof Error ? cause.message : String(cause);
  process.stderr.write(`${signal.aborted ? "Interrupted: emulator and stack are gone." : what}\n`);
  process.exitCode ||= 1;
}

interface Kept {
  readonly url: string;
  readonly token: string;
  readonly pid: number;
  readonly project: string;
  readonly sandbox: Sandbox;
}

function howToGoOn({ url, token, pid, project, sandbox }: Kept): string {
  const number = "1754951608042154";
  return `
Emulator and stack are kept. To go on with them:

${sandbox.exports()}
cd ${project}
pulumi up --yes

Ask for another name, have Meta approve it, and register the number with it:

pulumi config set displayName "Shrubs and More"
pulumi up --yes
curl -X POST ${url}/__emulator/phone_numbers/${number}/name_review -H 'Content-Type: application/json' -d '{"decision":"APPROVED"}'
pulumi up --yes

See the number as Graph shows it:

curl -H 'Authorization: Bearer ${token}' '${url}/v25.0/${number}?fields=status,verified_name,new_name_status'

End them:

kill ${pid}; rm -r ${sandbox.dir}
`;
}
