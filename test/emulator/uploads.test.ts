/** Graph's resumable upload, and the picture of a profile that comes by it. */
import { expect, test } from "vitest";
import { CAKE_SHOP, fetchReply, type Graph, startGraph } from "./emulator-client.ts";

const APP = "670843887433847";
const PNG = Buffer.from("89504e470d0a1a0a0000000d49484452", "hex");
const DESCRIBED = { file_length: PNG.length, file_type: "image/png", file_name: "logo.png" };
const OAUTH = { authorization: "OAuth emulator-token" };

async function begin(graph: Graph, change: object = {}, path = "/app/uploads"): Promise<string> {
  const { body } = await graph.post(path, { ...DESCRIBED, ...change });
  expect(body.id).toMatch(/^upload:[\w-]+\?sig=[\w-]+$/);
  return String(body.id);
}

function send(graph: Graph, id: string, offset: number | string, bytes: Uint8Array, headers: object = {}) {
  return fetchReply(`${graph.emulator.url}/v25.0/${id}`, {
    method: "POST",
    headers: { ...OAUTH, file_offset: String(offset), ...headers },
    body: Uint8Array.from(bytes),
  });
}

const setPicture = (graph: Graph, handle: unknown) =>
  graph.post(`/${CAKE_SHOP}/whatsapp_business_profile`, {
    messaging_product: "whatsapp",
    profile_picture_handle: handle,
  });

test.each(["/app/uploads", `/${APP}/uploads`])(
  "a session begun at %s takes the file and gives its handle",
  async (path) => {
    const graph = await startGraph();
    const id = await begin(graph, {}, path);
    expect((await graph.get(`/${id}`)).body).toEqual({ id, file_offset: 0 });
    const { status, body } = await send(graph, id, 0, PNG);
    expect([status, Object.keys(body)]).toEqual([200, ["h"]]);
    expect((await setPicture(graph, body.h)).body).toEqual({ success: true });
    const shown = await graph.get(`/${CAKE_SHOP}/whatsapp_business_profile?fields=profile_picture_url`);
    expect(shown.body.data[0]).toMatchObject({
      profile_picture_url: expect.stringContaining("https://pps.whatsapp.net/"),
    });
  },
);

test("what curl sends is a file too, whatever its type says", async () => {
  const graph = await startGraph();
  const type = { "content-type": "application/x-www-form-urlencoded" };
  expect((await send(graph, await begin(graph), 0, PNG, type)).body).toHaveProperty("h");
});

test("the description may come by query, as in the guide's sample", async () => {
  const graph = await startGraph();
  const query = new URLSearchParams({ file_length: "16", file_type: "image/jpg", access_token: "emulator-token" });
  const reply = await fetchReply(`${graph.emulator.url}/v25.0/${APP}/uploads?${query}`, { method: "POST" });
  expect(reply.body.id).toMatch(/^upload:/);
});

test("an interrupted upload goes on where it ended, and its handle is that of the whole file", async () => {
  const graph = await startGraph();
  const id = await begin(graph);
  expect((await send(graph, id, 0, PNG.subarray(0, 5))).body).toEqual({ id, file_offset: 5 });
  expect((await graph.get(`/${id}`)).body).toEqual({ id, file_offset: 5 });
  for (const wrong of [0, 4, 6, "", "five"]) {
    const { status, body } = await send(graph, id, wrong, PNG.subarray(5));
    expect([status, body.error.code]).toEqual([400, 100]);
    expect(body.error.message).toContain("file_offset must be 5");
  }
  const whole = await send(graph, await begin(graph), 0, PNG);
  expect((await send(graph, id, 5, PNG.subarray(5))).body).toEqual(whole.body);
  expect((await graph.get(`/${id}`)).body).toEqual({ id, file_offset: PNG.length });
  // Whoever lost the answer asks again with nothing left to send.
  expect((await send(graph, id, PNG.length, PNG.subarray(PNG.length))).body).toEqual(whole.body);
});

test("a piece that is too long is refused whole", async () => {
  const graph = await startGraph();
  const id = await begin(graph);
  const { status, body } = await send(graph, id, 0, Buffer.concat([PNG, PNG]));
  expect([status, body.error.code]).toEqual([400, 100]);
  expect((await graph.get(`/${id}`)).body).toMatchObject({ file_offset: 0 });
});

test("a file larger than what other bodies may have is taken", async () => {
  const graph = await startGraph();
  const file = Buffer.alloc(3 * 1024 * 1024, 7);
  const id = await begin(graph, { file_length: file.length });
  expect((await send(graph, id, 0, file)).body).toHaveProperty("h");
});

test.each([
  [{ file_length: 0 }, "file_length"],
  [{ file_length: "many" }, "file_length"],
  [{ file_length: 17 * 1024 * 1024 }, "file_length"],
  [{ file_length: null }, "file_length"],
  [{ file_type: "image/gif" }, "file_type"],
  [{ file_type: null }, "file_type"],
  [{ session_type: "other" }, "session_type"],
])("a session of %j is refused: %s", async (change, named) => {
  const graph = await startGraph();
  const { status, body } = await graph.post("/app/uploads", { ...DESCRIBED, ...change });
  expect([status, body.error.code]).toEqual([400, 100]);
  expect(body.error.message).toContain(named);
});

test("another app's uploads, its sessions and unknown ones are no objects", async () => {
  const graph = await startGraph();
  graph.emulator.addToken({ token: "other", appId: "111222333" });
  const id = await begin(graph);
  const theirs = { authorization: "OAuth other" };
  const asked = await fetchReply(`${graph.emulator.url}/v25.0/${id}`, { headers: theirs });
  const replies = [
    await graph.post("/111222333/uploads", DESCRIBED),
    await graph.get("/upload:unknown?sig=a"),
    await send(graph, id, 0, PNG, theirs),
    asked,
  ];
  for (const { status, body } of replies) {
    expect([status, body.error.code, body.error.error_subcode]).toEqual([400, 100, 33]);
  }
  const unsigned = await graph.get(`/${id.replace(/sig=.*/, "sig=wrong")}`);
  expect([unsigned.status, unsigned.body.error.code]).toEqual([400, 104]);
});

test("the token of an upload comes by header", async () => {
  const graph = await startGraph();
  const id = await begin(graph);
  const url = `${graph.emulator.url}/v25.0/${id}&access_token=emulator-token`;
  const reply = await fetchReply(url, { method: "POST", headers: { file_offset: "0" }, body: Uint8Array.from(PNG) });
  expect([reply.status, reply.body.error.code]).toEqual([400, 100]);
  expect((await graph.get(`/${id}`)).body).toMatchObject({ file_offset: 0 });
});

test("a picture by a handle that no upload gave, or of another kind of file, is refused", async () => {
  const graph = await startGraph();
  const film = await send(graph, await begin(graph, { file_type: "video/mp4" }), 0, PNG);
  for (const handle of ["4:bG9nbw==", film.body.h]) {
    const { status, body } = await setPicture(graph, handle);
    expect([status, body.error.code]).toEqual([400, 100]);
    expect(body.error.message).toContain("profile_picture_handle");
  }
});

test("other verbs, and uploads of what is no app, are refused as Graph refuses them", async () => {
  const graph = await startGraph();
  expect((await graph.get("/app/uploads")).body.error.code).toBe(100);
  expect((await graph.post(`/${CAKE_SHOP}/uploads`, DESCRIBED)).body.error.code).toBe(2500);
});

test("the log shows uploads by their route, and neither signature nor bytes", async () => {
  const graph = await startGraph();
  await send(graph, await begin(graph), 0, PNG);
  const { requests } = graph.emulator.requests();
  expect(requests.map(({ method, route }) => `${method} ${route}`)).toEqual([
    "POST /app/uploads",
    "POST /upload:{SESSION}",
  ]);
  expect(requests[1]?.params).toEqual({ sig: "[redacted]" });
});
