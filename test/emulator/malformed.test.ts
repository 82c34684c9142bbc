/** Malformed input, made up by the thousand from one seed: over real HTTP, on connections that stay open. */
import { Agent, request } from "node:http";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { ROUTES } from "../../emulator/routes.ts";
import { CAKE_SHOP, type Graph, ICE_CREAM, startGraph, WABA } from "./emulator-client.ts";
import { exchange, requestBytes } from "./raw-answers.ts";

const SEED = 20_261_123;
const RUNS = 3000;

const BUSINESS = "506914307656634";
const IDS = [CAKE_SHOP, ICE_CREAM, WABA, BUSINESS, "1", "0", "9".repeat(30), "me", "1_2"];
const EDGES = [
  "",
  ...[
    "phone_numbers",
    "register",
    "deregister",
    "request_code",
    "verify_code",
    "settings",
    "whatsapp_business_profile",
  ],
  ...["subscribed_apps", "conversational_automation", "official_business_account", "whatsapp_commerce_settings"],
  ...["preverified_numbers", "add_phone_numbers", "share_preverified_numbers", "messages", "username", "colours"],
];
const NAMES = [
  ...["pin", "new_display_name", "webhook_configuration", "search_visibility", "fields", "limit", "after", "before"],
  ...["sort", "filtering", "summary", "ids", "batch", "include_headers", "access_token", "appsecret_proof", "method"],
  ...[
    "appsecret_time",
    "cc",
    "country_code",
    "phone_number",
    "verified_name",
    "preverified_id",
    "migrate_phone_number",
  ],
  ...["code", "code_method", "language", "messaging_product", "data_localization_region", "backup", "tier"],
  ...[
    "calling",
    "storage_configuration",
    "user_identity_change",
    "payload_encryption",
    "websites",
    "vertical",
    "about",
  ],
  ...["prompts", "commands", "enable_welcome_message", "override_callback_uri", "verify_token", "name", "timezone_id"],
  ...["is_cart_enabled", "is_catalog_visible", "partner_business_id", "input_token", "display_phone_number", "cert"],
  ...["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "then", "toJSON", "length", "0"],
];
const TEXTS = [
  ...[
    "",
    " ",
    "0",
    "-1",
    "1e999",
    "NaN",
    "null",
    "undefined",
    "true",
    "[]",
    "{}",
    "[",
    "{",
    '"',
    "__proto__",
    "constructor",
  ],
  ...["whatsapp", "SMS", "en", "en_US", "123456", "000000", "1", "6315551111", "+1 631-555-1111", "VERIFIED", "DE"],
  ...["\u0000", "a\u0000b", "\ud800", "é", "😀", "‮", "a\r\nX-Injected: y", "%", "%zz", "../..", "<script>"],
  ...[
    "throughput{level}",
    "phone_numbers.limit(1){id}",
    "status.as(x)",
    "a{b{c{d{e{f{g}}}}}}",
    "x".repeat(5000),
    "1,2",
  ],
  ...[
    CAKE_SHOP,
    ICE_CREAM,
    WABA,
    `${CAKE_SHOP},${ICE_CREAM}`,
    "id,status,id",
    "9".repeat(400),
    "1.5",
    "0x10",
    "١٢٣٤٥٦",
  ],
];

const text = fc.oneof(fc.constantFrom(...TEXTS), fc.string({ unit: "binary", maxLength: 20 }));
const name = fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...NAMES) }, { weight: 1, arbitrary: text });
const scalar = fc.oneof(text, fc.integer(), fc.double(), fc.boolean(), fc.constant(null));
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: "small" },
    scalar,
    fc.array(tie("value"), { maxLength: 4 }),
    fc.array(fc.tuple(name, tie("value")), { maxLength: 4 }).map((pairs) => Object.fromEntries(pairs)),
  ),
}));
const members = fc.array(fc.tuple(name, value), { maxLength: 4 }).map((pairs) => Object.fromEntries(pairs));

/** Escaped, half escaped, wrongly escaped, or as bytes that are no UTF-8. */
const escaped = (from: fc.Arbitrary<unknown>) =>
  fc.tuple(from, fc.constantFrom("whole", "whole", "half", "bytes")).map(([it, how]) => {
    const plain = typeof it === "string" ? it : (JSON.stringify(it) ?? "");
    const whole = encodeURIComponent(plain.toWellFormed());
    if (how === "whole") return whole;
    return how === "half" ? whole.replace(/%2./g, "%") : `${whole}%ff%fe%c3`;
  });
const pairs = fc
  .array(fc.tuple(escaped(name), escaped(value)), { maxLength: 5 })
  .map((all) => all.map(([key, of]) => `${key}=${of}`).join("&"));

const segment = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...IDS, ...EDGES) },
  {
    weight: 1,
    arbitrary: fc.constantFrom("..", ".", "%2e%2e", "%2F", "%00", "%", "%zz", "%c3%28", "*", "a".repeat(3000)),
  },
  { weight: 1, arbitrary: text.map((it) => encodeURIComponent(it.toWellFormed())) },
);
const version = fc.constantFrom(
  "",
  "",
  "/v25.0",
  "/v25.0/",
  "/v24.0",
  "/v19.0",
  "/v99.0",
  "/v1.x",
  "/v1",
  "/__proto__",
  "//",
);
const path = fc
  .tuple(version, fc.constantFrom(...IDS), fc.constantFrom(...EDGES), fc.array(segment, { maxLength: 2 }))
  .map(([start, id, edge, more]) => `${start}/${[id, edge, ...more].filter((part) => part !== "").join("/")}`);
const target = fc
  .tuple(fc.oneof({ weight: 6, arbitrary: path }, { weight: 1, arbitrary: version }), fc.oneof(fc.constant(""), pairs))
  .map(([start, query]) => `${start.startsWith("/") ? "" : "/"}${start}${query === "" ? "" : `?${query}`}`);

const json = fc.oneof(members, value).map((it) => JSON.stringify(it) ?? "");
/** Cut short, or with a byte too much in the middle. */
const damaged = fc.tuple(json, fc.nat(), fc.constantFrom("cut", "byte")).map(([whole, at, how]) => {
  const bytes = Buffer.from(whole);
  const place = bytes.length === 0 ? 0 : at % bytes.length;
  if (how === "cut") return bytes.subarray(0, place);
  return Buffer.concat([bytes.subarray(0, place), Buffer.from([0xff]), bytes.subarray(place)]);
});
const multipart = fc
  .tuple(fc.array(fc.tuple(name, scalar), { maxLength: 4 }), fc.constantFrom("b", "b", "other", ""), fc.boolean())
  .map(([fields, boundary, closed]) => {
    const parts = fields.map(([key, of]) => `--b\r\nContent-Disposition: form-data; name="${key}"\r\n\r\n${of}\r\n`);
    const type = boundary === "" ? "multipart/form-data" : `multipart/form-data; boundary=${boundary}`;
    return { type, body: Buffer.from(parts.join("") + (closed ? "--b--\r\n" : "")) };
  });
const batchItem = fc.record(
  {
    method: fc.oneof(fc.constantFrom("GET", "POST", "DELETE", "get", "PUT"), scalar),
    relative_url: fc.oneof(target, text, scalar),
    body: fc.oneof(pairs, value),
    name: fc.constantFrom("a", "__proto__"),
    omit_response_on_success: scalar,
  },
  { requiredKeys: ["relative_url"] },
);
const batch = fc.array(fc.oneof(batchItem, value), { maxLength: 5 }).map((items) => JSON.stringify({ batch: items }));
const TYPES = [
  "application/json",
  "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=b",
  "text/plain",
  "",
];
const content = fc.oneof(
  json.map((body) => ({ type: "application/json", body: Buffer.from(body) })),
  damaged.map((body) => ({ type: "application/json", body })),
  pairs.map((body) => ({ type: "application/x-www-form-urlencoded", body: Buffer.from(body) })),
  multipart,
  fc
    .tuple(fc.constantFrom(...TYPES), fc.uint8Array({ maxLength: 60 }))
    .map(([type, bytes]) => ({ type, body: Buffer.from(bytes) })),
);

/** Calls that a route takes, with its own parameters, so that the cases come past the first checks too. */
const OBJECTS: { readonly [part: string]: readonly string[] } = {
  "{PNID}": [CAKE_SHOP, ICE_CREAM],
  "{WABA}": [WABA],
  "{BIZ}": [BUSINESS],
  "{PREID}": ["1"],
};
const routed = fc.constantFrom(...ROUTES).chain(({ method, template, params = {} }) => {
  const segments = template.split("/").map((part) => fc.constantFrom(...(OBJECTS[part] ?? [part])));
  const own = Object.keys(params);
  const key = own.length === 0 ? name : fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...own) }, name);
  const given = fc.array(fc.tuple(key, value), { maxLength: 4 });
  return fc
    .tuple(fc.tuple(...segments), given, fc.constantFrom("query", "form", "json", "none"))
    .map(([parts, all, how]) => {
      const form = all.map(([of, it]) => `${encodeURIComponent(of.toWellFormed())}=${formValue(it)}`).join("&");
      const at = parts.join("/") || "/";
      if (how === "json") {
        const body = JSON.stringify(Object.fromEntries(all));
        return { method, target: at, type: "application/json", body: Buffer.from(body) };
      }
      const type = "application/x-www-form-urlencoded";
      const query = how === "query" && form !== "" ? `?${form}` : "";
      return { method, target: `${at}${query}`, type, body: Buffer.from(how === "form" ? form : "") };
    });
});

function formValue(it: unknown): string {
  return encodeURIComponent((typeof it === "string" ? it : (JSON.stringify(it) ?? "")).toWellFormed());
}

interface Call {
  readonly method: string;
  readonly target: string;
  readonly type: string;
  readonly body: Buffer;
  readonly authorization: string;
}

const AUTHORIZATIONS = [
  ...Array.from({ length: 12 }, () => "Bearer emulator-token"),
  ...[
    "OAuth emulator-token",
    "Bearer nobody",
    "Bearer",
    "Basic eDp5",
    "emulator-token",
    "",
    "Bearer a b",
    "Bearer __proto__",
  ],
];
const authorization = fc.constantFrom(...AUTHORIZATIONS);
const METHODS = ["GET", "GET", "POST", "POST", "POST", "DELETE", "PUT", "PATCH", "OPTIONS", "TRACE", "PROPFIND"];
const call: fc.Arbitrary<Call> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.tuple(routed, authorization).map(([sent, auth]) => ({ ...sent, authorization: auth })),
  },
  {
    weight: 6,
    arbitrary: fc
      .tuple(fc.constantFrom(...METHODS), target, content, authorization)
      .map(([method, at, sent, auth]) => ({ method, target: at, ...sent, authorization: auth })),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(version, batch, authorization).map(([at, body, auth]) => ({
      method: "POST",
      target: at === "" ? "/" : at,
      type: "application/json",
      body: Buffer.from(body),
      authorization: auth,
    })),
  },
);

function send(port: number, agent: Agent, sent: Call): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const headers: Record<string, string | number> = { "content-length": sent.body.length };
    if (sent.type !== "") headers["content-type"] = sent.type;
    if (sent.authorization !== "") headers.authorization = sent.authorization;
    const outgoing = request(
      { host: "127.0.0.1", port, agent, method: sent.method, path: sent.target, headers },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
        incoming.on("end", () => resolve({ status: incoming.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
        incoming.on("error", reject);
      },
    );
    outgoing.on("error", reject);
    outgoing.end(sent.body);
  });
}

/** Of Meta's own refusals, and 501 for what is not emulated. */
const PLANNED = new Set([400, 401, 403, 404, 501]);
/** Of rules that count calls: refused ones too, as Meta's do. */
const COUNTED = /\/(register|deregister|request_code|verify_code)\b|^\/(v1\/|v[\d.]+\/*)?(\?.*)?$/;

function checkEnvelope(answer: unknown): void {
  expect(Object.keys(answer as object)).toEqual(["error"]);
  const { error } = answer as { error: Record<string, unknown> };
  expect(error.message).toBeTypeOf("string");
  expect(String(error.message).length).toBeLessThan(600);
  expect(error.type).toBeTypeOf("string");
  expect(error.code).toBeTypeOf("number");
  expect(error.fbtrace_id).toMatch(/^A[\w-]{22}$/);
}

/** What was kept, without what refused calls may count. */
function stateOf(graph: Graph): string {
  return JSON.stringify(graph.emulator.state());
}

test("whatever comes, it is refused in Graph's envelope or done: no crash, no unplanned answer, no change by a refusal", async () => {
  const graph = await startGraph();
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => agent.destroy());
  const { port } = graph.emulator;
  let before = stateOf(graph);
  const seen = new Map<number, number>();
  const property = fc.asyncProperty(call, async (sent) => {
    const { status, text: answered } = await send(port, agent, sent);
    seen.set(status, (seen.get(status) ?? 0) + 1);
    const after = stateOf(graph);
    const isDone = status >= 200 && status < 300;
    if (!isDone) {
      expect(PLANNED).toContain(status);
      if (!sent.target.includes("/v1")) checkEnvelope(JSON.parse(answered));
      if (!COUNTED.test(sent.target)) expect(after).toBe(before);
    } else {
      const items = JSON.parse(answered);
      for (const item of Array.isArray(items) ? items : []) {
        if (item !== null && item.code >= 300) expect(PLANNED).toContain(item.code);
      }
    }
    before = after;
  });
  await fc.assert(property, { seed: SEED, numRuns: RUNS, endOnFailure: true });
  // The cases reach behind the first check, and the emulator goes on.
  for (const status of [200, 400, 401, 404]) expect(seen.get(status) ?? 0).toBeGreaterThan(20);
  expect((await graph.get(`/${CAKE_SHOP}`)).status).toBe(200);
  expect((await graph.control("GET", "requests")).status).toBe(200);
  expect(({} as Record<string, unknown>).pin).toBeUndefined();
});

test("bytes in the place of a request are refused, and the emulator goes on", async () => {
  const graph = await startGraph();
  const before = stateOf(graph);
  const lines = fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
    fc.tuple(text, text, text).map((parts) => Buffer.from(`${parts.join(" ")}\r\nHost: x\r\n\r\n`)),
    fc
      .tuple(text, text)
      .map(([header, of]) => Buffer.from(`GET / HTTP/1.1\r\n${header}: ${of}\r\nConnection: close\r\n\r\n`)),
  );
  const property = fc.asyncProperty(lines, async (bytes) => {
    // The line at the end is no header, so that even what could go on for ever comes to an end.
    const answers = await exchange(graph.emulator.port, Buffer.concat([bytes, Buffer.from("\r\n\r\n\r\n\0\r\n\r\n")]));
    for (const { status, body } of answers) {
      expect([400, 401, 404, 501]).toContain(status);
      checkEnvelope(body);
    }
  });
  await fc.assert(property, { seed: SEED, numRuns: 300, endOnFailure: true });
  expect(stateOf(graph)).toBe(before);
  const [answer] = await exchange(graph.emulator.port, requestBytes(`GET /${CAKE_SHOP} HTTP/1.1`));
  expect(answer?.status).toBe(200);
});
