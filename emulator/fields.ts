/** The `fields` parameter: `a,b{c,d}`, read into a tree and applied to a node. */
import type { Json, JsonObject } from "./json.ts";
import type { NodeType, View } from "./nodes/node.ts";
import type { Params } from "./params.ts";
import { fieldsSyntax, invalidParam, noSubfields, notEmulated, unknownField } from "./refusals/request.ts";

export interface Field {
  readonly name: string;
  readonly sub: readonly Field[] | undefined;
}

/** The sub-fields that a composite field knows; `true` ends a branch. */
export interface FieldShape {
  readonly [name: string]: true | FieldShape;
}

const DEPTH_MAX = 5;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*/;

/** Refuses before any row is read: one unknown field fails the whole call. */
export function readFields<Subject>(params: Params, type: NodeType<Subject>): readonly Field[] {
  const value = params.get("fields");
  const text = Array.isArray(value) ? value.join(",") : value;
  if (text !== undefined && typeof text !== "string") throw invalidParam("fields", "must be a string", value);
  if (text === undefined || text.trim() === "") return type.defaults.map((name) => ({ name, sub: undefined }));
  const fields = parse(text);
  for (const { name, sub } of fields) {
    if (name === "id" && sub === undefined) continue;
    const spec = Object.hasOwn(type.fields, name) ? type.fields[name] : undefined;
    if (spec === undefined) throw unknownField(name, type.name);
    if (sub === undefined) continue;
    if (spec.sub === undefined) throw noSubfields(name);
    checkShape(sub, spec.sub, name);
  }
  return fields;
}

/** Answers in the order asked, `id` last. */
export function project<Subject extends { readonly id: string }>(
  subject: Subject,
  fields: readonly Field[],
  type: NodeType<Subject>,
  view: View,
): JsonObject {
  const answer: { [name: string]: Json | undefined } = {};
  for (const field of fields) {
    if (field.name !== "id") answer[field.name] = narrow(type.fields[field.name]?.read(subject, view), field.sub);
  }
  answer.id = subject.id;
  return answer;
}

function narrow(value: Json | undefined, sub: readonly Field[] | undefined): Json | undefined {
  if (sub === undefined || value === undefined || value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map((item: Json) => narrow(item, sub) ?? null);
  const from = value as JsonObject;
  return Object.fromEntries(sub.map((field) => [field.name, narrow(from[field.name], field.sub)]));
}

function checkShape(fields: readonly Field[], shapes: FieldShape, node: string): void {
  for (const { name, sub } of fields) {
    const shape = Object.hasOwn(shapes, name) ? shapes[name] : undefined;
    if (shape === undefined) throw unknownField(name, node);
    if (sub === undefined) continue;
    if (shape === true) throw noSubfields(name);
    checkShape(sub, shape, name);
  }
}

/** One client joins with `;`, so both separators are taken. */
function parse(text: string): Field[] {
  let rest = text;
  const skip = (): void => {
    rest = rest.trimStart();
  };
  const list = (depth: number): Field[] => {
    if (depth > DEPTH_MAX) throw fieldsSyntax("too many levels");
    const fields = new Map<string, Field>();
    for (;;) {
      skip();
      const name = NAME.exec(rest)?.[0];
      if (name === undefined) throw fieldsSyntax(`expected a field name at ${rest === "" ? "the end" : rest[0]}`);
      if (fields.has(name)) throw fieldsSyntax(`field ${name} specified more than once`);
      rest = rest.slice(name.length);
      skip();
      if (rest.startsWith(".")) throw notEmulated(`A modifier on the field ${name}`);
      let sub: Field[] | undefined;
      if (rest.startsWith("{")) {
        rest = rest.slice(1);
        sub = list(depth + 1);
        if (!rest.startsWith("}")) throw fieldsSyntax("expected } at the end");
        rest = rest.slice(1);
        skip();
      }
      fields.set(name, { name, sub });
      if (!/^[,;]/.test(rest)) return [...fields.values()];
      rest = rest.slice(1);
    }
  };
  const fields = list(0);
  if (rest !== "") throw fieldsSyntax(`unexpected ${rest[0]}`);
  return fields;
}
