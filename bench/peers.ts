/**
 * OpenTofu, or Terraform, with Mastercard's restapi provider: what a fleet costs without a provider of its own. Both must
 * be on PATH; nothing is downloaded.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { runChild } from "../engine/child.ts";
import { type EmulatorProcess, startEmulatorProcess } from "../engine/emulator-process.ts";
import { findOnPath } from "../engine/executable.ts";
import { countCalls, forgetCalls } from "./calls.ts";
import { declaredNumbers } from "./fleet/program/fleet.ts";
import type { Row } from "./table.ts";

const TOOLS = ["tofu", "terraform"] as const;
const PROVIDER = "terraform-provider-restapi";

export interface Peer {
  readonly tool: (typeof TOOLS)[number];
  readonly command: string;
  /** The provider's executable. */
  readonly provider: string;
}

/** The peer, or what to put on PATH for one. */
export function findPeer(path: string | undefined): Peer | { readonly missing: string[] } {
  const tools = TOOLS.flatMap((tool) => {
    const command = findOnPath(tool, path);
    return command === undefined ? [] : [{ tool, command }];
  });
  const [found] = tools;
  const provider = findOnPath(PROVIDER, path);
  if (found !== undefined && provider !== undefined) return { ...found, provider };
  return {
    missing: [
      ...(found === undefined ? ["tofu (https://opentofu.org/docs/intro/install/) or terraform"] : []),
      ...(provider === undefined ? [`${PROVIDER} (https://github.com/Mastercard/terraform-provider-restapi)`] : []),
    ],
  };
}

interface Size {
  readonly numbers: number;
  readonly wabas: number;
  readonly latencyMs: number;
}

/** Takes the numbers over by reads alone, and measures one refresh of them. */
export async function measurePeer(
  { tool, command, provider }: Peer,
  { numbers, wabas, latencyMs }: Size,
): Promise<Row[]> {
  const args = ["--numbers", String(numbers), "--wabas", String(wabas), "--latency", String(latencyMs)];
  const emulator = await startEmulatorProcess(args);
  const folder = await mkdtemp(join(tmpdir(), "waba-peer-"));
  try {
    const rc = join(folder, "cli.tfrc");
    await writeFile(rc, commandConfiguration(dirname(provider)));
    await writeFile(join(folder, "main.tf.json"), JSON.stringify(program(emulator, numbers, wabas)), { mode: 0o600 });
    const run = async (...given: string[]) => {
      const env = { ...process.env, TF_CLI_CONFIG_FILE: rc };
      const { exitCode, stdout, stderr } = await runChild(command, given, { cwd: folder, env });
      if (exitCode !== 0) throw new Error(`${tool} ${given.join(" ")} ended with ${exitCode}:\n${stdout}${stderr}`);
    };
    await run("apply", "-auto-approve", "-input=false", "-no-color");
    await forgetCalls(emulator);
    const started = performance.now();
    await run("plan", "-refresh-only", "-input=false", "-no-color");
    const seconds = (performance.now() - started) / 1000;
    const { calls } = await countCalls(emulator);
    const what = `${tool} with restapi, ${numbers.toLocaleString("en-US")} numbers, ${latencyMs} ms a call: refresh`;
    return [
      { what, value: seconds, unit: "s" },
      { what: `${what}, calls`, value: calls, unit: "" },
    ];
  } finally {
    emulator.stop();
    await rm(folder, { recursive: true });
  }
}

/** The provider as it stands, without a registry and without init. */
function commandConfiguration(folder: string): string {
  return `provider_installation {\n  dev_overrides { "Mastercard/restapi" = ${JSON.stringify(folder)} }\n  direct {}\n}\n`;
}

function program({ url, token }: EmulatorProcess, numbers: number, wabas: number) {
  const declared = declaredNumbers({ numbers, wabas, stacks: 1, stack: 0, order: "turn" });
  const resources = declared.map(({ name, phoneNumberId: id }) => {
    const path = `/v25.0/${id}`;
    const data = JSON.stringify({ id });
    return [
      name,
      { path: "/v25.0", create_path: path, read_path: path, object_id: id, data, ignore_all_server_changes: true },
    ];
  });
  const headers = { authorization: `Bearer ${token}` };
  return {
    terraform: { required_providers: { restapi: { source: "Mastercard/restapi" } } },
    provider: { restapi: { uri: url, headers, write_returns_object: true, create_method: "GET" } },
    resource: { restapi_object: Object.fromEntries(resources) },
  };
}
