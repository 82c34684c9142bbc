/** Whether the emulator takes what Meta's OpenAPI file describes: its examples in every form of body, and its names. */
import { describe, expect, test } from "vitest";
import { ROUTES } from "../../emulator/routes.ts";
import { type Caller, record } from "./exchange.ts";
import { operations, surprises } from "./judge.ts";
import type { Operation } from "./openapi.ts";
import { startReceiver } from "./receiver.ts";
import { NOT_IN_FILE, NOT_TAKEN, REFUSED_EXAMPLES } from "./request-deviations.ts";
import { subjectOf } from "./subjects.ts";

type Body = { readonly [name: string]: unknown };

const IN_BOTH = ROUTES.flatMap((route) => {
  const operation = operations.get(`${route.method} ${route.template}`);
  return operation === undefined ? [] : [{ key: operation.key, route, operation }];
});
const BODIES = IN_BOTH.flatMap(({ key, operation }) =>
  operation.bodyExamples.flatMap(({ name, value }) =>
    operation.bodyTypes.map((type) => ({ key, name, type, body: value as Body })),
  ),
);
const QUERIES = IN_BOTH.flatMap(({ key, operation }) =>
  operation.queryParameters.flatMap(({ name, example, schema }) => {
    const value = example ?? schema?.example;
    return value === undefined ? [] : [{ key, name, value: String(value) }];
  }),
);

describe("the file's examples are taken, or refused as listed", () => {
  test.each(BODIES)("$key, example $name as $type", async ({ key, name, type, body }) => {
    await expectTaken(key, name, async (caller, url) => {
      const { id, adapt } = await subjectOf(key, caller, url);
      const path = pathOf(key, id);
      const sent = adapt === undefined ? body : adapt(body);
      if (type === "application/json") return [path, sent];
      return [path, undefined, { form: asForm(sent, type) }];
    });
  });

  test.each(QUERIES)("$key?$name=$value", async ({ key, name, value }) => {
    await expectTaken(key, name, async (caller, url) => {
      const { id } = await subjectOf(key, caller, url);
      return [`${pathOf(key, id)}?${new URLSearchParams({ [name]: value })}`];
    });
  });

  test("what is listed as refused are examples of the file", () => {
    const known = [...BODIES, ...QUERIES].map(({ key, name }) => `${key} ${name}`);
    expect(known).toEqual(expect.arrayContaining(REFUSED_EXAMPLES.flatMap(listedNames)));
  });
});

describe("the emulator takes the parameters that the file names", () => {
  test.each(IN_BOTH)("$key", ({ key, route, operation }) => {
    const taken = [...Object.keys(route.params ?? {}), ...(route.method === "GET" ? ["fields"] : [])];
    const inFile = fileNames(operation);
    const listed = (rows: typeof NOT_TAKEN): string[] =>
      rows.filter((row) => row.route === key).flatMap(({ names }) => names);
    expect(missing(inFile, taken), "in the file and not taken: NOT_TAKEN").toEqual(listed(NOT_TAKEN).sort());
    const unknown = missing(taken, inFile);
    expect(unknown, "taken and not in the file: NOT_IN_FILE").toEqual(listed(NOT_IN_FILE).sort());
  });

  test("what is listed are routes of both", () => {
    const keys = IN_BOTH.map(({ key }) => key);
    expect(keys).toEqual(expect.arrayContaining([...NOT_TAKEN, ...NOT_IN_FILE].map(({ route }) => route)));
  });
});

type Sent = [path: string, json?: unknown, call?: { form: URLSearchParams | FormData }];

/** One example on an emulator of its own; what it answers is held against the file too. */
async function expectTaken(key: string, example: string, prepare: (caller: Caller, url: string) => Promise<Sent>) {
  await using receiver = await startReceiver();
  const refused = REFUSED_EXAMPLES.find(({ route, examples }) => route === key && examples.includes(example));
  const run = async (caller: Caller): Promise<void> => {
    await caller.ok("POST", `/v25.0/${caller.emulator.wabaIds[0]}/subscribed_apps`);
    const [path, json, call] = await prepare(caller, receiver.url);
    const [method = ""] = key.split(" ");
    if (refused === undefined) await caller.ok(method, path, json, call);
    else await caller.no(refused.refusal, method, path, json, call);
  };
  const { exchanges, failures } = await record([{ name: example, options: { seed: "hard" }, run }]);
  expect(failures.get(example)).toBeUndefined();
  expect(exchanges.at(-1)?.route).toBe(key);
  // Whether 501 is an answer is not for the file to say.
  if (exchanges.at(-1)?.status !== 501) expect(exchanges.flatMap(surprises)).toEqual([]);
}

function pathOf(key: string, id: string): string {
  return `/v25.0${key.slice(key.indexOf("/")).replace(/\{\w+\}/, id)}`;
}

/** As clients write forms: text as it is, all else as JSON text. */
function asForm(body: Body, type: string): URLSearchParams | FormData {
  const form = type === "multipart/form-data" ? new FormData() : new URLSearchParams();
  for (const [name, value] of Object.entries(body)) {
    form.append(name, typeof value === "string" ? value : JSON.stringify(value));
  }
  return form;
}

function fileNames({ bodyNames, queryParameters }: Operation): string[] {
  return [...new Set([...bodyNames, ...queryParameters.map(({ name }) => name)])];
}

function missing(names: readonly string[], from: readonly string[]): string[] {
  return names.filter((name) => !from.includes(name)).sort();
}

function listedNames({ route, examples }: (typeof REFUSED_EXAMPLES)[number]): string[] {
  return examples.map((example) => `${route} ${example}`);
}
