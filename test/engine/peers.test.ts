import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { findPeer, measurePeer } from "../../bench/peers.ts";

/** Reads each declared object once, as the real ones do by their provider. */
const TOOL = `#!${process.execPath}
const { readFileSync } = require("node:fs");
const { provider, resource } = JSON.parse(readFileSync("main.tf.json", "utf8"));
if (!readFileSync(process.env.TF_CLI_CONFIG_FILE, "utf8").includes("dev_overrides")) process.exit(2);
const { uri, headers } = provider.restapi;
(async () => {
  for (const { read_path } of Object.values(resource.restapi_object)) {
    if (!(await fetch(uri + read_path, { headers })).ok) process.exit(1);
  }
})();
`;

async function folderWith(programs: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "waba-peers-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [name, text] of Object.entries(programs)) {
    await writeFile(join(folder, name), text);
    await chmod(join(folder, name), 0o755);
  }
  return folder;
}

test("tofu is taken before terraform; without the provider, or without both, it is said what is missing", async () => {
  const both = await folderWith({ tofu: TOOL, terraform: TOOL, "terraform-provider-restapi": "" });
  expect(findPeer(both)).toMatchObject({
    tool: "tofu",
    provider: expect.stringMatching(/terraform-provider-restapi$/),
  });
  const alone = await folderWith({ terraform: TOOL });
  expect(findPeer(alone)).toEqual({ missing: [expect.stringContaining("terraform-provider-restapi")] });
  expect(findPeer("")).toEqual({ missing: [expect.stringContaining("tofu"), expect.any(String)] });
});

test("the refresh alone is counted, number by number", async () => {
  const folder = await folderWith({ terraform: TOOL, "terraform-provider-restapi": "" });
  const peer = findPeer(folder);
  if ("missing" in peer) throw new Error("the stand-ins are not found");
  const rows = await measurePeer(peer, { numbers: 12, wabas: 3, latencyMs: 0 });
  expect(rows.map(({ unit }) => unit)).toEqual(["s", ""]);
  expect(rows[1]?.value).toBe(12);
});
