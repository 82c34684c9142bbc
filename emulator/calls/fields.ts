/** The `fields` parameter, checked against what a node has and applied to it. */

import { type Json, type JsonObject, textValue } from "../json.ts";
import type { NodeType, View } from "../nodes/node.ts";
import { invalidParam, noModifiers, noSubfields, unknownField } from "../refusals/request.ts";
import { type Field, parseFields } from "./fields-text.ts";
import type { Params } from "./params.ts";

/** The sub-fields that a composite field knows; `true` ends a branch. */
export interface FieldShape {
  readonly [name: string]: true | FieldShape;
}

/** Refuses before any row is read: one unknown field fails the whole call. */
export function readFields<Subject>(params: Params, type: NodeType<Subject>): readonly Field[] {
  const value = params.get("fields");
  const isList = Array.isArray(value) && value.every((name) => typeof name === "string");
  const text = isList ? value.join(",") : value;
  if (text !== undefined && text !== null && typeof text !== "string") {
    throw invalidParam("fields", "must be a string", value);
  }
  if (text === undefined || text === null || text.trim() === "") {
    return type.defaults.map((name) => ({ name, sub: undefined }));
  }
  const fields = parseFields(text);
  for (const field of fields) checkField(field, type);
  return fields;
}

function checkField<Subject>(field: Field, type: NodeType<Subject>): void {
  const { name, sub } = field;
  const isId = name === "id";
  const spec = Object.hasOwn(type.fields, name) ? type.fields[name] : undefined;
  if (spec === undefined && !isId) throw unknownField(name, type.name);
  if (spec?.edge !== undefined) return;
  checkPlain(field);
  if (sub === undefined) return;
  if (spec?.sub === undefined) throw noSubfields(name);
  checkShape(sub, spec.sub, name);
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
    if (field.name === "id") {
      if (field.as !== undefined) answer[field.as] = subject.id;
      continue;
    }
    const spec = type.fields[field.name];
    answer[field.as ?? field.name] = spec?.edge
      ? spec.edge(subject, edgeParams(field), view)
      : narrow(spec?.read(subject, view), field.sub);
  }
  answer.id = subject.id;
  return answer;
}

/** What an edge would be called with by itself. */
function edgeParams({ subText, modifiers }: Field): Params {
  const params = new Map<string, unknown>();
  for (const [name, argument] of modifiers ?? []) params.set(name, textValue(argument));
  if (subText !== undefined) params.set("fields", subText);
  return params;
}

function narrow(value: Json | undefined, sub: readonly Field[] | undefined): Json | undefined {
  if (sub === undefined || value === undefined || value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map((item: Json) => narrow(item, sub) ?? null);
  const from = value as JsonObject;
  return Object.fromEntries(sub.map((field) => [field.as ?? field.name, narrow(from[field.name], field.sub)]));
}

function checkShape(fields: readonly Field[], shapes: FieldShape, node: string): void {
  for (const field of fields) {
    const { name, sub } = field;
    const shape = Object.hasOwn(shapes, name) ? shapes[name] : undefined;
    if (shape === undefined) throw unknownField(name, node);
    checkPlain(field);
    if (sub === undefined) continue;
    if (shape === true) throw noSubfields(name);
    checkShape(sub, shape, name);
  }
}

/** I: what is no edge has no modifier but its alias. */
function checkPlain({ name, modifiers }: Field): void {
  if (modifiers !== undefined && modifiers.size > 0) throw noModifiers(name);
}
