import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../emulator/index.ts";
import { type Saved, StateFile } from "../../emulator/state/state-file.ts";
import {
  addVerified,
  CAKE_SHOP,
  DAY,
  fetchReply,
  type Graph,
  ICE_CREAM,
  type Reply,
  startGraph,
  WABA,
} from "./emulator-client.ts";

const CLI = fileURLToPath(new URL("../../provider/cli/waba.ts", import.meta.url));

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "waba-state-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

const freshPath = () => join(folder(), "state.json");

/** Runs `use` on an emulator, closes it, and starts another on the same file. */
async function acrossRestart(options: EmulatorOptions, use: (graph: Graph) => Promise<unknown>): Promise<Graph> {
  const first = await startGraph(options);
  await use(first);
  await first.emulator.close();
  return startGraph(options);
}

test("everything is there again after a restart: numbers, tokens, deletions, the clock", async () => {
  let before: unknown;
  const graph = await acrossRestart({ state: freshPath(), tokens: ["mine"] }, async (graph) => {
    const id = await addVerified(graph);
    await graph.post(`/${id}/register`, { messaging_product: "whatsapp", pin: "000042" });
    await graph.post(`/${CAKE_SHOP}`, { new_display_name: "Cake Palace" });
    await graph.post(`/${ICE_CREAM}/request_code`, { code_method: "SMS", language: "en" });
    await graph.post(`/506914307656634/add_phone_numbers?phone_number=15550783881`);
    graph.emulator.patchToken("mine", { revoked: true, subcode: 460 });
    graph.emulator.addToken({ token: "added", wabas: [WABA], scopes: ["whatsapp_business_management"] });
    graph.emulator.advanceClock(DAY);
    graph.emulator.deleteNumber("1972385232742143");
    before = graph.emulator.state();
  });
  expect(graph.emulator.state()).toEqual(before);
  const again = await graph.post(`/${WABA}/phone_numbers`, {
    cc: "1",
    phone_number: "6315553333",
    verified_name: "Again",
  });
  expect(again.body.error.code).toBe(133015);
  expect((await graph.get(`/${WABA}`, { token: "mine" })).body.error.error_subcode).toBe(460);
  expect((await graph.get(`/${WABA}`, { token: "added" })).status).toBe(200);
});

test.each<[string, (graph: Graph) => Promise<Reply>]>([
  ["a token", (graph) => graph.control("POST", "tokens", { token: "added" })],
  ["a revocation", (graph) => graph.control("PATCH", "tokens/emulator-token", { revoked: true })],
  ["the clock", (graph) => graph.control("POST", "clock", { advanceSeconds: DAY })],
  ["an account", (graph) => graph.control("PATCH", `wabas/${WABA}`, { name: "Renamed" })],
  ["a deletion", (graph) => graph.control("DELETE", `phone_numbers/${CAKE_SHOP}`)],
])("%s alone is in the file when its call is answered", async (_title, change) => {
  const state = freshPath();
  const graph = await startGraph({ state });
  const before = readFileSync(state, "utf8");
  expect((await change(graph)).status).toBe(200);
  const after = readFileSync(state, "utf8");
  expect(after).not.toBe(before);
  const shown = graph.emulator.state();
  await graph.emulator.close();
  expect(readFileSync(state, "utf8")).toBe(after);
  expect((await startGraph({ state })).emulator.state()).toEqual(shown);
});

test("what another left beside the file lends it no rights", async () => {
  const state = freshPath();
  writeFileSync(`${state}.tmp`, "torn", { mode: 0o644 });
  await startGraph({ state });
  expect(statSync(state).mode & 0o777).toBe(0o600);
});

test("ids and codes go on as if there had been no restart", async () => {
  const two = async (graph: Graph) => addVerified(graph, "2125550102");
  const unbroken = await startGraph();
  await addVerified(unbroken);
  const expected = await two(unbroken);
  const graph = await acrossRestart({ state: freshPath() }, (graph) => addVerified(graph));
  expect(await two(graph)).toBe(expected);
});

test("reviews that wait go on after a restart, and are told in the order in which they end", async () => {
  const webhook = { url: "http://127.0.0.1:9/", retryDelaysMs: [] };
  const options = { state: freshPath(), review: { afterSeconds: 60 }, webhook };
  const graph = await acrossRestart(options, async (graph) => {
    await graph.post(`/${ICE_CREAM}`, { new_display_name: "Ice Palace" });
    graph.emulator.advanceClock(1);
    await graph.post(`/${CAKE_SHOP}`, { new_display_name: "Cake Palace" });
  });
  graph.emulator.advanceClock(DAY);
  const told = graph.emulator.webhooks().deliveries.map(({ value }) => value.requested_verified_name);
  expect(told).toEqual(["Ice Palace", "Cake Palace"]);
});

test("faults, stale reads and the log of requests are not kept", async () => {
  const graph = await acrossRestart({ state: freshPath() }, async (graph) => {
    graph.emulator.addFault({ match: { method: "POST" }, staleMs: 1000 });
    graph.emulator.addFault({ status: 500, times: "always", match: { method: "PUT" } });
    await graph.post(`/${CAKE_SHOP}`, { new_display_name: "Cake Palace" });
    expect((await graph.get(`/${CAKE_SHOP}?fields=new_display_name`)).body.new_display_name).toBeUndefined();
  });
  expect(graph.emulator.state().faults).toEqual([]);
  expect(graph.emulator.requests().requests).toEqual([]);
  expect((await graph.get(`/${CAKE_SHOP}?fields=new_display_name`)).body.new_display_name).toBe("Cake Palace");
});

test("the seed serves the first start and reset only", async () => {
  const state = freshPath();
  const seed = (id: string) => ({ wabas: [{ id }] });
  const first = await startGraph({ state, seed: seed("60") });
  await first.emulator.close();
  const second = await startGraph({ state, seed: seed("61") });
  expect((await second.get("/60")).status).toBe(200);
  expect((await second.get("/61")).status).toBe(400);
  await second.control("POST", "reset");
  expect(JSON.parse(readFileSync(state, "utf8")).wabas).toMatchObject([{ id: "61" }]);
  expect((await second.get("/61")).status).toBe(200);
});

test("an answer comes after its state is in the file, and reads leave the file alone", async () => {
  const state = freshPath();
  const graph = await startGraph({ state });
  expect(statSync(state).mode & 0o777).toBe(0o600);
  for (let pin = 100_000; pin < 100_020; pin++) {
    await graph.post(`/${CAKE_SHOP}`, { pin: String(pin) });
    expect(readFileSync(state, "utf8")).toContain(`"pin":"${pin}"`);
  }
  await graph.control("PATCH", `phone_numbers/${CAKE_SHOP}`, { status: "FLAGGED" });
  expect(readFileSync(state, "utf8")).toContain('"status":"FLAGGED"');
  const { ino, mtimeMs } = statSync(state);
  await graph.get(`/${WABA}/phone_numbers`);
  await graph.get(`/${CAKE_SHOP}`);
  await graph.get("/404");
  await graph.post(`/${CAKE_SHOP}`, { pin: "1" });
  await graph.control("GET", "state");
  expect(statSync(state)).toMatchObject({ ino, mtimeMs });
});

test("a dropped connection's effect is in the file too", async () => {
  const state = freshPath();
  const graph = await startGraph({ state });
  graph.emulator.addFault({ drop: "after" });
  await expect(graph.post(`/${CAKE_SHOP}`, { pin: "000000" })).rejects.toThrow();
  expect(readFileSync(state, "utf8")).toContain('"pin":"000000"');
});

test("what cannot be written is answered with 500 until it is", async () => {
  const home = folder();
  const inside = join(home, "inside");
  const moved = join(home, "moved");
  mkdirSync(inside);
  const graph = await startGraph({ state: join(inside, "state.json") });
  renameSync(inside, moved);
  const failed = await graph.post(`/${CAKE_SHOP}`, { pin: "000000" });
  expect(failed.status).toBe(500);
  expect(failed.body.error).toMatchObject({ type: "EmulatorFault" });
  expect(failed.headers.get("x-waba-emulator")).toBe("1");
  expect((await graph.get(`/${CAKE_SHOP}`)).status).toBe(500);
  const control = await graph.control("GET", "state");
  expect([control.status, control.body.error]).toEqual([500, expect.stringContaining("its folder does not exist")]);
  renameSync(moved, inside);
  expect((await graph.get(`/${CAKE_SHOP}`)).status).toBe(200);
  expect(readFileSync(join(inside, "state.json"), "utf8")).toContain('"pin":"000000"');
});

test("what the handle's methods changed is in the file when close resolves", async () => {
  const state = freshPath();
  const graph = await acrossRestart({ state }, async ({ emulator }) => {
    emulator.patchNumber(CAKE_SHOP, { pin: "000000" });
    emulator.advanceClock(5);
  });
  expect((graph.emulator.state().numbers as never)[CAKE_SHOP]).toMatchObject({ pin: "000000" });
  expect(existsSync(`${state}.tmp`)).toBe(false);
});

/** A source whose saves can be counted. */
function counted(file: StateFile) {
  const counts = { value: 0, saves: [] as number[] };
  const saved = (): Saved => ({
    clock_offset_ms: counts.value,
    random: { state: 0, traces: 0, challenges: 0 },
    tokens: [],
    businesses: [],
    wabas: [],
    preverified: [],
    numbers: [],
    deleted_at: [],
  });
  const followed = file.follow({
    mark: () => [counts.value],
    save: () => {
      counts.saves.push(counts.value);
      return saved();
    },
  });
  return { counts, followed };
}

test("changes that come during a write share the next one", async () => {
  const path = freshPath();
  const file = new StateFile(path);
  const { counts, followed } = counted(file);
  await followed;
  const waits: Promise<void>[] = [];
  for (let change = 1; change <= 50; change++) {
    counts.value = change;
    waits.push(
      file
        .settled()
        .then(() => expect(JSON.parse(readFileSync(path, "utf8")).clock_offset_ms).toBeGreaterThanOrEqual(change)),
    );
    // Reads that come meanwhile add no write.
    waits.push(file.settled());
  }
  await Promise.all(waits);
  expect(counts.saves).toEqual([0, 1, 50]);
  await file.settled();
  expect(counts.saves).toEqual([0, 1, 50]);
  counts.value = 51;
  await Promise.all([file.settled(), file.settled(), file.settled()]);
  expect(counts.saves).toEqual([0, 1, 50, 51]);
  await file.close();
});

test("a failed write is tried again by the next one that waits", async () => {
  const home = folder();
  const file = new StateFile(join(home, "state.json"));
  const { counts, followed } = counted(file);
  await followed;
  rmSync(home, { recursive: true });
  counts.value = 1;
  await expect(file.settled()).rejects.toThrow("cannot be written");
  mkdirSync(home);
  await file.settled();
  expect(JSON.parse(readFileSync(join(home, "state.json"), "utf8")).clock_offset_ms).toBe(1);
  await file.close();
});

const SOUND = { waba_emulator_state: 1, clock_offset_ms: 0, random: { state: 1, traces: 1, challenges: 1 } };
const LISTS = { tokens: [], businesses: [], wabas: [], preverified: [], numbers: [], deleted_at: [] };
test.each([
  ["", "is empty"],
  ["\n", "is empty"],
  ['{"waba_emulator_state":1,', "is not valid JSON"],
  ["hello", "is not valid JSON"],
  ["{}", "is not a state file of this emulator"],
  ["null", "is not a state file of this emulator"],
  ['{"version":1,"stack":[]}', "is not a state file of this emulator"],
  [JSON.stringify({ ...SOUND, ...LISTS, waba_emulator_state: 2 }), "format 2"],
  [JSON.stringify({ ...SOUND, ...LISTS, numbers: [{ id: "1" }] }), "numbers.0."],
  [JSON.stringify(SOUND), "is a broken state file"],
])("the file %j is refused and left as it is", async (text, why) => {
  const path = freshPath();
  writeFileSync(path, text);
  const error = await startEmulator({ state: path }).catch((reason: unknown) => reason);
  expect((error as Error).message).toContain(path);
  expect((error as Error).message).toContain(why);
  expect((error as Error).message).not.toContain("\n");
  expect(readFileSync(path, "utf8")).toBe(text);
  expect(existsSync(`${path}.lock`)).toBe(false);
});

test("a number whose account is not in the file is refused", async () => {
  const path = freshPath();
  const graph = await startGraph({ state: path });
  await graph.emulator.close();
  const saved = JSON.parse(readFileSync(path, "utf8"));
  writeFileSync(path, JSON.stringify({ ...saved, wabas: [] }));
  await expect(startEmulator({ state: path })).rejects.toThrow("is in no account");
});

test.each([
  ["a folder", () => folder(), "it is a folder"],
  ["in no folder", () => join(folder(), "nowhere", "state.json"), "its folder does not exist"],
])("%s is refused", async (_title, path, why) => {
  await expect(startEmulator({ state: path() })).rejects.toThrow(why);
});

test("one emulator a file: a second is refused, also through a link, until the first is closed", async () => {
  const path = freshPath();
  const first = await startEmulator({ state: path });
  onTestFinished(() => first.close());
  const link = join(folder(), "link.json");
  symlinkSync(path, link);
  for (const same of [path, link]) {
    await expect(startEmulator({ state: same })).rejects.toThrow(`in use by another emulator (process ${process.pid})`);
  }
  expect(existsSync(`${path}.lock`)).toBe(true);
  await first.close();
  await using _second = await startEmulator({ state: link });
  await expect(startEmulator({ state: path })).rejects.toThrow("in use");
});

test("the lock of a process that is gone is taken over, also when it had our number; one that runs keeps it", async () => {
  const path = freshPath();
  const gone = spawn(process.execPath, ["-e", ""]);
  await once(gone, "exit");
  for (const holder of [gone.pid, process.pid, "torn"]) {
    writeFileSync(`${path}.lock`, String(holder));
    const emulator = await startEmulator({ state: path });
    expect(readFileSync(`${path}.lock`, "utf8")).toBe(String(process.pid));
    await emulator.close();
    expect(existsSync(`${path}.lock`)).toBe(false);
  }
  writeFileSync(`${path}.lock`, String(process.ppid));
  await expect(startEmulator({ state: path })).rejects.toThrow(`(process ${process.ppid})`);
});

test("a port in use lets the file go", async () => {
  const state = freshPath();
  await using other = await startEmulator();
  await expect(startEmulator({ state, port: other.port })).rejects.toThrow("EADDRINUSE");
  await using _emulator = await startEmulator({ state });
});

async function startProcess(state: string): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [CLI, "emulator", "--state", state], { stdio: ["ignore", "pipe", "ignore"] });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  const [line] = await once(createInterface(child.stdout), "line");
  return { child, url: JSON.parse(line).url };
}

test("a process that is killed in the middle of writes loses nothing that it answered", async () => {
  const state = freshPath();
  const answered: string[] = [];
  for (let round = 0; round < 3; round++) {
    const { child, url } = await startProcess(state);
    const dead = once(child, "exit");
    const writer = async (lane: number) => {
      for (let count = 0; ; count++) {
        const phone_number = `212${round}${lane}${String(count).padStart(5, "0")}`;
        const json = JSON.stringify({ cc: "1", phone_number, verified_name: "Lucky Shrub" });
        const headers = { "content-type": "application/json", authorization: "Bearer emulator-token" };
        const reply = await fetchReply(`${url}/${WABA}/phone_numbers`, { method: "POST", headers, body: json });
        expect(reply.status).toBe(200);
        answered.push(reply.body.id);
        if (answered.length === 60 * (round + 1)) child.kill("SIGKILL");
      }
    };
    const ends = await Promise.allSettled(Array.from({ length: 8 }, (_, lane) => writer(lane)));
    expect(ends.every(({ status }) => status === "rejected")).toBe(true);
    await dead;
  }
  const emulator: Emulator = await startEmulator({ state });
  onTestFinished(() => emulator.close());
  const numbers = emulator.state().numbers as object;
  expect(answered.length).toBeGreaterThanOrEqual(180);
  expect(new Set(answered).size).toBe(answered.length);
  expect(answered.filter((id) => !(id in numbers))).toEqual([]);
});
