/**
 * Names of resources and of the program's constants: readable, unique, and the same at every run, since another name
 * would be another resource. Pure.
 */

const NAME_LENGTH_MAX = 40;
/** What TypeScript or the program's own head takes. */
const RESERVED = new Set(
  (
    "abstract any arguments as async await boolean break case catch class config const constructor continue debugger " +
    "declare default delete do else enum eval export extends false finally for from function get if implements import in " +
    "infer instanceof interface is keyof let module namespace never new null number object of package private protected " +
    "public pulumi readonly require return set static string super switch symbol this throw true try type typeof undefined " +
    "unique unknown var void waba while with yield"
  ).split(" "),
);

export interface Nameable {
  readonly id: string;
  /** The display name. */
  readonly text: string | undefined;
  readonly digits: string;
}

/**
 * Kebab-case of the display name. Numbers that would share a name all get their digits behind it, so that none depends
 * on the order, or on which others are there at another time; digits that are shared too, Graph's id.
 */
export function resourceNames(numbers: readonly Nameable[], taken: readonly string[] = []): string[] {
  const plain = numbers.map(({ text = "" }) => slugOf(text));
  const isTaken = new Set(taken);
  const first = numbers.map(({ digits, id }, at) => {
    const name = plain[at] ?? "";
    const isShared = plain.filter((other) => other === name).length > 1;
    if (name !== "" && !isShared && !isTaken.has(name)) return name;
    return [name === "" ? "number" : name, digits === "" ? id : digits].join("-");
  });
  return first.map((name, at) => {
    const isShared = first.filter((other) => other === name).length > 1;
    return isShared || isTaken.has(name) ? `${name}-${numbers[at]?.id}` : name;
  });
}

/** A valid constant of a resource's name in kebab-case, and one that no other such name has. */
export function constantOf(name: string): string {
  const camel = name.replace(/[^A-Za-z0-9]+(.?)/g, (_all, next: string) =>
    // Digits after a dash would run into those before it.
    /\d/.test(next) ? `_${next}` : next.toUpperCase(),
  );
  return /^[A-Za-z]/.test(camel) && !RESERVED.has(camel) ? camel : `_${camel}`;
}

function slugOf(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/[\p{Mn}'’]/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, NAME_LENGTH_MAX)
    .replace(/^-+|-+$/g, "");
}
