/** The files that `waba drift` is given. What cannot be read is an error before any work. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ExpectationError, type Expectations, NOTHING_EXPECTED, readExpectations } from "../drift/expected.ts";
import { type Report, report } from "../drift/report.ts";

const EXPECTED_FILE = "waba-drift.yaml";

/** An earlier report that cannot be used. */
export class PreviousError extends Error {
  override readonly name = "PreviousError";
}

/** One that is not there is told, and treated as none: it is the first run. @throws PreviousError */
export function readPrevious(files: readonly string[], say: (line: string) => void): Report[] {
  return files.flatMap((file) => {
    const text = textOf(file, (why) => new PreviousError(`--previous ${file} cannot be read: ${why}`));
    if (text === undefined) {
      say(`There is no earlier report ${file}: every finding is new.`);
      return [];
    }
    const read = report.safeParse(json(text));
    if (read.success) return [read.data];
    const where = read.error.issues[0]?.path.join(".") || "it is not JSON, or not an object";
    throw new PreviousError(
      `--previous ${file} is not a report of waba drift --format json (${where}). Take it away, and every finding is new`,
    );
  });
}

/**
 * What is expected of the stacks of each folder: by the file that is named, or else by the folder's own.
 * @throws ExpectationError
 */
export function readExpected(named: string | undefined, folders: readonly string[]): (folder: string) => Expectations {
  const one = named === undefined ? undefined : readOne(named, named);
  const all = new Map(folders.map((folder) => [folder, one ?? readOne(named, join(folder, EXPECTED_FILE))]));
  return (folder) => all.get(folder) ?? NOTHING_EXPECTED;
}

function readOne(named: string | undefined, file: string): Expectations {
  const text = textOf(file, (why) => new ExpectationError(`${file} cannot be read: ${why}`));
  if (text !== undefined) return readExpectations(text, file);
  if (named === undefined) return NOTHING_EXPECTED;
  throw new ExpectationError(`there is no file ${file}`);
}

function textOf(file: string, failure: (why: string) => Error): string | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw failure(error instanceof Error ? error.message : String(error));
  }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
