import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { applyErrata, ERRATA, type Erratum } from "./errata.ts";
import { FILE, openContract, readDocument } from "./openapi.ts";

const document = readDocument();
const corrected = openContract(ERRATA, document);

test("Meta's file is as it was taken over: what is wrong in it is an erratum, never an edit", () => {
  const digest = createHash("sha256").update(readFileSync(FILE)).digest("hex");
  expect(digest).toBe("c7148d5e2aeff32f2effc3d3557795d7eddd07abf8b017c9e40e86bb3312c116");
});

test("after the errata the document has only what OpenAPI 3.1 allows among its components", () => {
  const allowed = ["schemas", "responses", "parameters", "examples", "requestBodies", "headers", "securitySchemes"];
  expect(allowed).toEqual(expect.arrayContaining(Object.keys(corrected.document.components)));
});

test.each(ERRATA)("needed: $what", (erratum) => {
  const others = ERRATA.filter((other) => other !== erratum);
  expect(holds(corrected, erratum)).toBe(true);
  expect(holds(openContract(others, document), erratum)).toBe(false);
});

test("an erratum that meets nothing is an error", () => {
  const [first] = ERRATA;
  expect(() => applyErrata({}, first === undefined ? [] : [first])).toThrow("nothing to correct");
});

test("every reference of the corrected document leads somewhere", () => {
  for (const [, target] of JSON.stringify(corrected.document).matchAll(/"\$ref":"#([^"]+)"/g)) {
    expect(nodeAt(corrected.document, target ?? ""), target).toBeDefined();
  }
});

function holds(contract: ReturnType<typeof openContract>, { witness }: Erratum): boolean {
  if ("accepts" in witness) return contract.check(witness.at, witness.accepts).length === 0;
  if ("refuses" in witness) return contract.check(witness.at, witness.refuses).length > 0;
  return (nodeAt(contract.document, witness.at) !== undefined) === witness.exists;
}

function nodeAt(node: unknown, pointer: string): unknown {
  const names = pointer.split("/").slice(1);
  return names.reduce<unknown>((value, name) => {
    const key = name.replaceAll("~1", "/").replaceAll("~0", "~");
    return (value as { [name: string]: unknown } | undefined)?.[key];
  }, node);
}
