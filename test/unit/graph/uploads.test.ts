import { expect, test } from "vitest";
import { NetworkError } from "../../../provider/graph/errors.ts";
import { TransportError } from "../../../provider/graph/transport.ts";
import { upload } from "../../../provider/graph/uploads.ts";
import { json, refused, type Scripted, scriptedClient, TOKEN } from "../../support/graph-answers.ts";

const CALL = { what: "upload the profile picture", on: "number 1" };
const FILE = { name: "logo.png", type: "image/png", bytes: new TextEncoder().encode("0123456789") };
const session = (name: string) => json(200, { id: `upload:${name}?sig=s-${name}` });
const at = (offset: number) => json(200, { id: "upload:a", file_offset: offset });
const CUT = new TransportError("other side closed", true);

async function uploadOn(script: Scripted[], appSecret?: string) {
  const { client, requests } = scriptedClient(script, appSecret === undefined ? {} : { appSecret });
  const outcome = await upload(client, CALL, FILE).catch((error: unknown) => error);
  expect(script).toEqual([]);
  const shown = requests.map(({ method, url, body, headers }) => {
    const sent = body instanceof Uint8Array ? ` ${headers.file_offset}:${new TextDecoder().decode(body)}` : "";
    return `${method} ${url.pathname.replace("/v25.0/", "")}${sent}`;
  });
  return { outcome, shown, requests };
}

test("a session, then the bytes with the token as Meta wants it, then the handle", async () => {
  const { outcome, shown, requests } = await uploadOn([session("a"), json(200, { h: "4:handle" })]);
  expect(outcome).toBe("4:handle");
  expect(shown).toEqual(["POST app/uploads", "POST upload:a 0:0123456789"]);
  expect(JSON.parse(String(requests[0]?.body))).toEqual({
    file_name: "logo.png",
    file_length: 10,
    file_type: "image/png",
  });
  expect(requests[0]?.headers.authorization).toBe(`Bearer ${TOKEN}`);
  expect(requests[1]?.headers.authorization).toBe(`OAuth ${TOKEN}`);
  expect(requests[1]?.url.searchParams.get("sig")).toBe("s-a");
});

test("the proof of the app's secret stands beside the session's signature", async () => {
  const { requests } = await uploadOn([session("a"), json(200, { h: "h" })], "app-secret");
  expect(requests[1]?.url.searchParams.get("appsecret_proof")).toMatch(/^[0-9a-f]{64}$/);
  expect(requests[1]?.url.searchParams.get("sig")).toBe("s-a");
});

test.each([0, 4, 10])("a connection that is cut: the rest is sent from where Graph says, %i", async (offset) => {
  const { outcome, shown } = await uploadOn([session("a"), CUT, at(offset), json(200, { h: "h" })]);
  expect(outcome).toBe("h");
  expect(shown).toEqual([
    "POST app/uploads",
    "POST upload:a 0:0123456789",
    "GET upload:a",
    `POST upload:a ${offset}:${"0123456789".slice(offset)}`,
  ]);
});

test("an answer without a handle is asked about too: the file may not be whole", async () => {
  const { outcome, shown } = await uploadOn([session("a"), at(6), at(6), json(200, { h: "h" })]);
  expect(outcome).toBe("h");
  expect(shown.at(-1)).toBe("POST upload:a 6:6789");
});

test.each<[string, Scripted[]]>([
  ["its progress is not told", [refused(400, 100, { error_subcode: 33 })]],
  ["the rest is refused", [at(4), refused(400, 100)]],
  ["Graph has more than there is", [at(11)]],
])("where %s, a new session is begun, once", async (_what, answers) => {
  const good = await uploadOn([session("a"), CUT, ...answers, session("b"), json(200, { h: "h" })]);
  expect(good.outcome).toBe("h");
  expect(good.shown.at(-1)).toBe("POST upload:b 0:0123456789");
  const bad = await uploadOn([session("a"), CUT, ...answers, session("b"), CUT, ...answers]);
  expect(bad.outcome).toBeInstanceOf(NetworkError);
});

test("a file that is refused at once is not sent again", async () => {
  const { outcome, shown } = await uploadOn([session("a"), refused(400, 100)]);
  expect(String(outcome)).toContain("We could not upload the profile picture");
  expect(shown).toHaveLength(2);
});

test("a line that is cut again and again ends in the network's error", async () => {
  const { outcome, shown } = await uploadOn([session("a"), CUT, at(2), CUT, at(4), CUT]);
  expect(outcome).toBeInstanceOf(NetworkError);
  expect(shown.filter((call) => call.startsWith("POST upload"))).toHaveLength(3);
});

test("no message shows the session or its signature", async () => {
  const page = { status: 200, headers: {}, body: "<p>upload:a?sig=s-a is closed, s-a, upload:a</p>" };
  const { outcome } = await uploadOn([session("a"), page, page]);
  expect(String(outcome)).toContain("is closed");
  expect(String(outcome)).not.toMatch(/sig=|upload:a|s-a/);
});
