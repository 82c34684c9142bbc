/**
 * Meta's OpenAPI file as a judge: it names operations as the emulator's routes do (`GET /{PNID}/settings`), and says
 * what is wrong with a body. Two things are stricter than the file: a name that a schema does not list is a finding
 * (the file is best as a list of names), and so is a status that the operation does not know.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { parse } from "yaml";
import { applyErrata, ERRATA, type Erratum } from "./errata.ts";

export const FILE = join(import.meta.dirname, "openapi/business-messaging-api_v23.0.yaml");

/** The file's placeholders, as the emulator writes them. Others are objects that it does not have. */
const PLACEHOLDERS: { readonly [name: string]: string } = {
  "Business-ID": "BIZ",
  "Phone-Number-ID": "PNID",
  "Pre-Verified-Phone-Number-ID": "PREID",
  "WABA-ID": "WABA",
};
const METHODS = ["get", "post", "delete"] as const;

export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly example?: unknown;
  readonly schema?: { readonly type?: string; readonly example?: unknown };
}
interface Media {
  readonly schema?: object;
  readonly example?: unknown;
  readonly examples?: { readonly [name: string]: { readonly value: unknown } };
}
interface Response {
  readonly $ref?: string;
  readonly content?: { readonly [type: string]: Media };
}
export interface OperationSpec {
  readonly operationId?: string;
  readonly parameters?: readonly (Parameter | { readonly $ref: string })[];
  readonly requestBody?: { readonly content: { readonly [type: string]: Media } };
  readonly responses: { readonly [status: string]: Response };
}
export interface Document {
  readonly components: { readonly [kind: string]: { readonly [name: string]: unknown } };
  readonly paths: { readonly [path: string]: { readonly [method: string]: OperationSpec } };
}

/** One thing that the file does not say so: `at` is a place in the body with `*` for an index. */
export interface Finding {
  readonly at: string;
  /** `undeclared`, `status`, or the JSON Schema keyword that failed. */
  readonly rule: string;
  readonly said: string;
}

export interface Example {
  readonly name: string;
  readonly value: unknown;
}

export interface Operation {
  readonly key: string;
  readonly queryParameters: readonly Parameter[];
  readonly bodyTypes: readonly string[];
  readonly bodyExamples: readonly Example[];
  /** Names at the top of the request body, alternatives together. */
  readonly bodyNames: readonly string[];
  answerExamples(status: string): readonly Example[];
  checkAnswer(status: number, body: unknown): readonly Finding[];
  checkBody(body: unknown): readonly Finding[];
  /** Query parameters, as text. */
  checkQuery(query: URLSearchParams): readonly Finding[];
}

export interface Contract {
  readonly document: Document;
  /** By the emulator's name: `POST /{PNID}/register`. */
  readonly operations: ReadonlyMap<string, Operation>;
  check(schemaPath: string, value: unknown): readonly Finding[];
}

export function readDocument(): Document {
  return parse(readFileSync(FILE, "utf8")) as Document;
}

export function openContract(errata: readonly Erratum[] = ERRATA, document: Document = readDocument()): Contract {
  const corrected = structuredClone(document);
  applyErrata(corrected, errata);
  const closed = structuredClone(corrected);
  mergeAlternatives(closed, closed);
  close(closed);
  const ajv = new Ajv2020({ allErrors: true, strict: false, verbose: true });
  addFormats.default(ajv);
  ajv.addSchema(closed, "file");
  const compiled = new Map<string, ValidateFunction>();
  const check = (path: string, value: unknown): readonly Finding[] => {
    const validate = compiled.get(path) ?? ajv.compile({ $ref: `file#${encodeURI(path)}` });
    compiled.set(path, validate);
    validate(value);
    return (validate.errors ?? []).map(asFinding);
  };
  const operations = new Map<string, Operation>();
  for (const [path, item] of Object.entries(corrected.paths)) {
    for (const method of METHODS) {
      const spec = item[method];
      if (spec === undefined) continue;
      const key = `${method.toUpperCase()} ${emulatorTemplate(path)}`;
      operations.set(key, operationOf(key, pointer("paths", path, method), spec, corrected, check));
    }
  }
  return { document: corrected, operations, check };
}

function operationOf(
  key: string,
  at: string,
  spec: OperationSpec,
  document: Document,
  check: Contract["check"],
): Operation {
  const body = spec.requestBody?.content["application/json"];
  const bodyPath = `${at}/requestBody/content/application~1json/schema`;
  const response = (status: string): { readonly place: string; readonly media: Media | undefined } | undefined => {
    const found = spec.responses[status];
    if (found === undefined) return undefined;
    const place = found.$ref === undefined ? `${at}/responses/${status}` : found.$ref.slice(1);
    return { place, media: (resolve(document, found) as Response).content?.["application/json"] };
  };
  const parameters = (spec.parameters ?? []).map((parameter) => resolve(document, parameter) as Parameter);
  return {
    key,
    queryParameters: parameters.filter((parameter) => parameter.in === "query"),
    bodyTypes: Object.keys(spec.requestBody?.content ?? {}),
    bodyExamples: examplesOf(body),
    bodyNames: body?.schema === undefined ? [] : propertyNames(document, body.schema),
    answerExamples: (status) => examplesOf(response(status)?.media),
    checkAnswer: (status, value) => {
      const found = response(String(status));
      if (found === undefined) return [{ at: "", rule: "status", said: `${status} is not an answer of ${key}` }];
      if (found.media?.schema === undefined) return [];
      return check(`${found.place}/content/application~1json/schema`, value);
    },
    checkBody: (value) => (body?.schema === undefined ? [] : check(bodyPath, value)),
    checkQuery: (query) =>
      [...query].flatMap(([name, text]) => {
        const index = parameters.findIndex((parameter) => parameter.in === "query" && parameter.name === name);
        if (index === -1) return [{ at: `?${name}`, rule: "undeclared", said: "the file does not know the name" }];
        return check(`${at}/parameters/${index}/schema`, fromText(text, parameters[index]?.schema?.type));
      }),
  };
}

function fromText(text: string, type: string | undefined): unknown {
  if (type === "integer") return Number(text);
  return type === "boolean" && (text === "true" || text === "false") ? text === "true" : text;
}

function emulatorTemplate(path: string): string {
  return path.replace("/{Version}", "").replace(/\{([^}]+)\}/g, (whole, name: string) => {
    const known = PLACEHOLDERS[name];
    return known === undefined ? whole : `{${known}}`;
  });
}

/**
 * Alternatives of one required key each become one object with exactly one of the keys: the same, and what is wrong is
 * told once instead of once for every alternative.
 */
function mergeAlternatives(node: unknown, document: Document): void {
  if (typeof node !== "object" || node === null) return;
  for (const value of Object.values(node)) mergeAlternatives(value, document);
  const schema = node as { oneOf?: readonly object[]; [keyword: string]: unknown };
  if (!Array.isArray(schema.oneOf)) return;
  const choices = schema.oneOf.map(
    (choice) => resolve(document, choice) as { properties?: object; required?: string[] },
  );
  const properties = Object.fromEntries(choices.flatMap((choice) => Object.entries(choice.properties ?? {})));
  const keys = Object.keys(properties);
  if (keys.length !== choices.length || !choices.every(({ required }, at) => required?.join() === keys[at])) return;
  delete schema.oneOf;
  Object.assign(schema, { type: "object", properties, minProperties: 1, maxProperties: 1 });
}

/** A name that a schema does not list becomes an error. */
function close(node: unknown): void {
  if (typeof node !== "object" || node === null) return;
  for (const value of Object.values(node)) close(value);
  const schema = node as { type?: unknown; properties?: unknown; additionalProperties?: unknown; allOf?: unknown };
  if (schema.type === "object" && typeof schema.properties === "object" && schema.allOf === undefined) {
    schema.additionalProperties ??= false;
  }
}

function asFinding({ keyword, instancePath, params, message, data }: ErrorObject): Finding {
  const place = instancePath.replace(/\/\d+(?=\/|$)/g, "/*");
  if (keyword === "additionalProperties") {
    return { at: `${place}/${params.additionalProperty}`, rule: "undeclared", said: "the file does not know the name" };
  }
  if (keyword === "required") return { at: `${place}/${params.missingProperty}`, rule: "required", said: "is missing" };
  return { at: place, rule: keyword, said: `${message}, got ${JSON.stringify(data)?.slice(0, 100)}` };
}

function resolve(document: Document, node: object): object {
  const reference = "$ref" in node ? String(node.$ref) : undefined;
  if (reference === undefined) return node;
  const found = reference
    .split("/")
    .slice(1)
    .reduce<unknown>((value, name) => (value as never)?.[name], document);
  if (typeof found !== "object" || found === null)
    throw new Error(`the file refers to ${reference}, which is not there`);
  return found;
}

function propertyNames(document: Document, schema: object): string[] {
  const { properties, oneOf } = resolve(document, schema) as { properties?: object; oneOf?: readonly object[] };
  return [...Object.keys(properties ?? {}), ...(oneOf ?? []).flatMap((choice) => propertyNames(document, choice))];
}

function examplesOf(media: Media | undefined): readonly Example[] {
  const named = Object.entries(media?.examples ?? {}).map(([name, { value }]) => ({ name, value }));
  return media?.example === undefined ? named : [...named, { name: "example", value: media.example }];
}

/** JSON pointer. */
function pointer(...names: readonly string[]): string {
  return names.map((name) => `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}
