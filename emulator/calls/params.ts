/**
 * The parameters of a call, merged from query, form, multipart and JSON, read by name and type. A value that does not
 * fit is refused here, so that operations see only what they can use.
 */
import type { z } from "zod";
import { NAME_LENGTH, SIX_DIGITS } from "../limits.ts";
import { invalidParam, malformedParam, missingParam } from "../refusals/request.ts";

/** A Map, as the names come from outside. */
export type Params = ReadonlyMap<string, unknown>;

/** Numbers are taken as text: clients send `"pin": 123456` too (and lose a leading zero by it). */
export function optionalText(params: Params, name: string): string | undefined {
  const value = params.get(name);
  if (value === undefined || value === null) return undefined;
  if (typeof value === "string") return value;
  if (typeof value === "number") return String(value);
  throw invalidParam(name, "must be a string", value);
}

/** Empty text counts as missing. */
export function requiredText(params: Params, name: string): string {
  const value = optionalText(params, name);
  if (value === undefined || value.trim() === "") throw missingParam(name);
  return value;
}

export function requiredWord<Word extends string>(params: Params, name: string, words: readonly Word[]): Word {
  const value = requiredText(params, name);
  const word = words.find((candidate) => candidate === value);
  if (word === undefined) throw invalidParam(name, `must be one of {${words.join(", ")}}`, value);
  return word;
}

/** I: 100 for a PIN of another form; Meta's tables also list 131009. The value is not echoed. */
export function requiredPin(params: Params): string {
  const pin = requiredText(params, "pin");
  if (!SIX_DIGITS.test(pin)) throw invalidParam("pin", "must be 6 digits", `${pin.length} characters`);
  return pin;
}

export function requiredName(params: Params, name: string): string {
  const text = requiredText(params, name).trim();
  if (text.length < NAME_LENGTH.min || text.length > NAME_LENGTH.max) {
    throw invalidParam(name, `must have ${NAME_LENGTH.min} to ${NAME_LENGTH.max} characters`, text);
  }
  return text;
}

export function isWebAddress(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text);
}

/** Query and form values say it as text. */
export function optionalFlag(params: Params, name: string): boolean | undefined {
  const value = params.get(name);
  if (value === undefined || value === null) return undefined;
  const text = String(value).toLowerCase();
  if (text === "true" || text === "1") return true;
  if (text === "false" || text === "0") return false;
  throw invalidParam(name, "must be a boolean", value);
}

/**
 * A structured parameter: JSON, also as text inside a form or a query. K: a key that it does not have is refused, where
 * Graph ignores unknown parameters. The value is not echoed: it may hold what is secret.
 */
export function optionalShape<Schema extends z.ZodType>(
  params: Params,
  name: string,
  schema: Schema,
): z.output<Schema> | undefined {
  const value = params.get(name);
  if (value === undefined || value === null) return undefined;
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const path = (issue?.path ?? []).map((key) => `[${String(key)}]`).join("");
  throw malformedParam(`${name}${path}`, issue?.message ?? "has another form");
}

/** `en` and `en_US` are both taken. */
const LANGUAGE = /^[a-z]{2,3}(_[A-Z]{2})?$/;

export function requiredLanguage(params: Params): string {
  const language = requiredText(params, "language");
  if (!LANGUAGE.test(language)) throw invalidParam("language", "must be a language code", language);
  return language;
}
