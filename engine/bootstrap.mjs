// Runs a script of this repository in a fresh clone too: `node engine/bootstrap.mjs <script> [args…]` installs the packages
// and builds dist when they are missing or old, then runs the script with the Node that the lock file names.
// Plain JavaScript with nothing installed, on any Node that can read it; stdout belongs to the script alone.
import { join } from "node:path";

const oldestNode = 20;
const root = join(import.meta.dirname ?? ".", "..");

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

if (Number.parseInt(process.versions.node, 10) < oldestNode || import.meta.dirname === undefined) {
  fail(
    `This needs Node ${oldestNode}.11 or newer, and this is ${process.version}: install one from https://nodejs.org/`,
  );
}

const [script, ...args] = process.argv.slice(2);
if (script === undefined) fail("Usage: node engine/bootstrap.mjs <script> [args…]");

const { prepare } = await import("./bootstrap/prepare.mjs");
const { runScript } = await import("./bootstrap/script.mjs");

try {
  await prepare(root);
} catch (cause) {
  fail(cause.message);
}
runScript(root, script, args);
