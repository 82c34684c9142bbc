/** The page of a resource, made from the docstrings of its file: what a user's editor shows, in one place. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { table } from "./table.ts";

const WRAPPERS: ReadonlySet<string> = new Set(["pulumi.Input", "pulumi.Output", "pulumi.Unwrap"]);
const MADE = "<!-- Made by npm run docs. Change the docstrings of the class instead. -->";
const RESOURCES = join(import.meta.dirname, "../../provider/resources");

/** @param file the file of the class in provider/resources */
export function resourcePage(file: string): string {
  const source = ts.createSourceFile(file, readFileSync(join(RESOURCES, file), "utf8"), ts.ScriptTarget.ES2024, true);
  const classes = source.statements.filter(ts.isClassDeclaration);
  const [declared] = classes;
  const name = declared?.name?.text;
  if (declared === undefined || name === undefined || classes.length > 1) throw new Error(`${file} has not one class`);

  const interfaces = source.statements.filter(ts.isInterfaceDeclaration);
  const args = interfaces.find((one) => one.name.text === `${name}Args`);
  if (args === undefined) throw new Error(`${file} has no ${name}Args`);
  const argNames = args.members.map(nameOf);
  const nested = interfaces.filter(({ name: { text } }) => ![`${name}Args`, `${name}State`].includes(text));
  const outputs = declared.members.filter(ts.isPropertyDeclaration);
  const get = declared.members.filter(ts.isMethodDeclaration).find((method) => nameOf(method) === "get");

  return `# ${name}

${MADE}

${textOf(declared)}

\`\`\`ts
${tagOf(declared, "example")}
\`\`\`

At Meta: ${tagOf(declared, "see")}

## Arguments

${textOf(args)}

${table(["argument", "", "type", "meaning"], args.members.map(rowOfArg))}
${nested.map((one) => nestedTable(one)).join("")}## Outputs

An output under an argument's name holds what was achieved. Besides \`id\` and \`urn\`:

${table(
  ["output", "type", "meaning"],
  outputs.map((output) => [
    `\`${nameOf(output)}\``,
    typeOf(output),
    textOf(output) || meaningOf(nameOf(output), argNames),
  ]),
)}
## Reading one that is managed elsewhere

\`${name}.get(name, id, state?, opts?)\`: ${get === undefined ? "" : textOf(get)}
`;
}

function nestedTable(declared: ts.InterfaceDeclaration): string {
  return `### ${declared.name.text}

${textOf(declared)}

${table(["", "", "type", "meaning"], declared.members.map(rowOfArg))}
`;
}

function rowOfArg(member: ts.TypeElement): string[] {
  const needed = member.questionToken === undefined ? "required" : "";
  return [`\`${nameOf(member)}\``, needed, typeOf(member as ts.PropertySignature), textOf(member)];
}

/** What stands in for a docstring: an argument that is echoed, or Graph's field of that name. */
function meaningOf(name: string, args: readonly string[]): string {
  if (args.includes(name)) return "As declared.";
  return `Graph's \`${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}\`.`;
}

function nameOf(node: { readonly name?: ts.PropertyName | undefined }): string {
  return node.name?.getText() ?? "";
}

/** Without what every type has: Input, Output, undefined. */
function typeOf({ type }: ts.PropertySignature | ts.PropertyDeclaration): string {
  return `\`${
    type === undefined
      ? ""
      : bareType(type)
          .replace(/\/\*.*?\*\/|\s+/gs, " ")
          .replace(/ +/g, " ")
          .replaceAll("readonly ", "")
  }\``;
}

function bareType(type: ts.TypeNode): string {
  if (ts.isUnionTypeNode(type)) {
    const parts = type.types.filter(({ kind }) => kind !== ts.SyntaxKind.UndefinedKeyword);
    return parts.map(bareType).join(" | ");
  }
  if (ts.isTypeReferenceNode(type) && WRAPPERS.has(type.typeName.getText())) {
    return (type.typeArguments ?? []).map(bareType).join(", ");
  }
  return type.getText();
}

function textOf(node: ts.Node): string {
  const docs = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  return docs
    .map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? "")
    .join(" ")
    .split("\n\n")
    .map((paragraph) => paragraph.replace(/\s+/g, " ").trim())
    .join("\n\n");
}

function tagOf(node: ts.Node, name: string): string {
  const tag = ts.getJSDocTags(node).find(({ tagName }) => tagName.text === name);
  return (tag?.getText() ?? "")
    .replace(/^@\w+\s+/, "")
    .replace(/^ *\* ?/gm, "")
    .trim();
}
