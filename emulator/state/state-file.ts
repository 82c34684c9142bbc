/**
 * `--state FILE`: what exists, kept across restarts. The file is whole at every moment: it is written beside its place
 * and renamed into it. No answer goes out before the state that it tells of is in the file; changes that come while it
 * is being written share the next write. Kept: businesses, accounts, numbers, pre-verified numbers, tokens, the moved
 * clock, the place in the seeded randomness. Not kept: faults, stale reads, the request log, usage. One emulator a file.
 */
import { closeSync, openSync, readFileSync, realpathSync, rmSync, writeSync } from "node:fs";
import { open, rename } from "node:fs/promises";
import { z } from "zod";
import { businessRecord } from "../records/business.ts";
import { numberRecord } from "../records/number.ts";
import { preverifiedRecord } from "../records/preverified.ts";
import { wabaRecord } from "../records/waba.ts";
import { type TokenRecord, tokenRecord } from "../tokens.ts";
import type { StateContents } from "./state.ts";

const FORMAT = 1;
/** It holds PINs, codes and tokens. */
const OWNER_ONLY = 0o600;

const header = z.object({ waba_emulator_state: z.int() });
const body = z.object({
  clock_offset_ms: z.number(),
  random: z.object({ state: z.int(), traces: z.int(), challenges: z.int() }),
  tokens: z.array(tokenRecord),
  businesses: z.array(businessRecord),
  wabas: z.array(wabaRecord),
  preverified: z.array(preverifiedRecord),
  numbers: z.array(numberRecord),
  deleted_at: z.array(z.tuple([z.string(), z.number()])),
});

export interface Saved extends StateContents {
  readonly clock_offset_ms: number;
  readonly random: { readonly state: number; readonly traces: number; readonly challenges: number };
  readonly tokens: readonly TokenRecord[];
}

/** What the file follows. */
export interface Kept {
  /** Equal marks, part by part: nothing changed between them. */
  mark(): readonly unknown[];
  save(): Saved;
}

/** The file cannot be used: one line that says why. */
export class StateFileError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "StateFileError";
  }
}

export class StateFile {
  /** What it held when it was opened; undefined: there was no file. */
  readonly saved: Saved | undefined;
  readonly #path: string;
  readonly #lock: Lock;
  #source: Kept | undefined;
  #kept: readonly unknown[] | undefined;
  #writing: { readonly mark: readonly unknown[]; readonly done: Promise<void> } | undefined;
  #next: Promise<void> | undefined;

  /** Throws a StateFileError, and leaves the file as it is, when it is in use, broken or not one of ours. */
  constructor(given: string) {
    this.#path = target(given);
    this.#lock = new Lock(this.#path);
    try {
      this.saved = read(this.#path);
    } catch (error) {
      this.#lock.release();
      throw error;
    }
  }

  /** From here on the file follows `source`. Resolves when it holds what is there now. */
  follow(source: Kept): Promise<void> {
    this.#source = source;
    return this.settled();
  }

  /** Resolves when the file holds all that there is now; rejects when it could not be written. */
  async settled(): Promise<void> {
    const mark = this.#source?.mark();
    if (mark === undefined || same(mark, this.#kept)) return;
    if (this.#writing === undefined) return this.#write();
    if (same(mark, this.#writing.mark)) return this.#writing.done;
    // The write that runs does not have it: all who wait for another share the one that comes after.
    this.#next ??= this.#writing.done
      .catch(() => undefined)
      .then(() => {
        this.#next = undefined;
        // Whoever came in between may have begun it: two at a time would share the file beside.
        return this.settled();
      });
    return this.#next;
  }

  /** Lets the file go as it is. */
  release(): void {
    this.#lock.release();
  }

  /** Writes what is left to write and lets the file go. */
  async close(): Promise<void> {
    try {
      await this.settled();
    } finally {
      this.#lock.release();
    }
  }

  #write(): Promise<void> {
    const source = this.#source;
    if (source === undefined) return Promise.resolve();
    const mark = source.mark();
    const done = replace(this.#path, textOf(source.save()))
      .then(() => {
        this.#kept = mark;
      })
      .finally(() => {
        this.#writing = undefined;
      });
    this.#writing = { mark, done };
    return done;
  }
}

function same(left: readonly unknown[], right: readonly unknown[] | undefined): boolean {
  return right !== undefined && left.length === right.length && left.every((part, index) => part === right[index]);
}

/** Records never change in place, so each is put into text once. */
const texts = new WeakMap<object, string>();

function textOfRecord(record: object): string {
  const known = texts.get(record);
  if (known !== undefined) return known;
  const text = JSON.stringify(record);
  texts.set(record, text);
  return text;
}

/** One record a line, so that two files can be compared. */
function textOf({ clock_offset_ms, random, ...lists }: Saved): string {
  const head = { waba_emulator_state: FORMAT, clock_offset_ms, random };
  const parts = Object.entries(lists).map(
    ([name, records]: [string, readonly object[]]) => `"${name}":[\n${records.map(textOfRecord).join(",\n")}\n]`,
  );
  return `${JSON.stringify(head).slice(0, -1)},\n${parts.join(",\n")}}\n`;
}

async function replace(path: string, text: string): Promise<void> {
  const beside = `${path}.tmp`;
  try {
    const file = await open(beside, "w", OWNER_ONLY);
    try {
      // One left by another user's umask keeps its mode otherwise.
      await file.chmod(OWNER_ONLY);
      await file.writeFile(text);
      await file.datasync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
  } catch (error) {
    throw new StateFileError(`the state file ${path} cannot be written: ${reason(error)}`);
  }
}

function read(path: string): Saved | undefined {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new StateFileError(`the state file ${path} cannot be read: ${reason(error)}`);
  }
  const refuse = (why: string) =>
    new StateFileError(`${path} ${why}; it is left as it is. Choose another file for --state, or move this one away`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw refuse(text.trim() === "" ? "is empty, so it is no state of an emulator" : "is not valid JSON");
  }
  const format = header.safeParse(value).data?.waba_emulator_state;
  if (format === undefined) throw refuse("is not a state file of this emulator");
  if (format !== FORMAT) throw refuse(`was written in format ${format}, and this emulator reads format ${FORMAT}`);
  const result = body.safeParse(value);
  if (!result.success) {
    const issue = result.error.issues[0];
    throw refuse(`is a broken state file (${issue?.path.join(".")}: ${issue?.message})`);
  }
  const saved: Saved = result.data;
  const wabas = new Set(saved.wabas.map(({ id }) => id));
  const lost = saved.numbers.find(({ waba_id }) => !wabas.has(waba_id));
  if (lost !== undefined) throw refuse(`is a broken state file (number ${lost.id} is in no account)`);
  return saved;
}

/** Of a link: the file that it leads to, which the rename must replace. */
function target(given: string): string {
  try {
    return realpathSync(given);
  } catch {
    return given;
  }
}

const held = new Set<string>();

/** `FILE.lock` with the process id of its holder. One that a killed process left is taken over. */
class Lock {
  readonly #path: string;
  #held = true;

  constructor(file: string) {
    this.#path = `${file}.lock`;
    if (!this.#take()) {
      const holder = this.#holder();
      if (holder !== undefined && this.#isAlive(holder)) {
        throw new StateFileError(
          `${file} is in use by another emulator (process ${holder}); if that is none, delete ${this.#path}`,
        );
      }
      rmSync(this.#path, { force: true });
      if (!this.#take()) throw new StateFileError(`${file} is in use by another emulator`);
    }
    held.add(this.#path);
  }

  release(): void {
    if (!this.#held) return;
    this.#held = false;
    held.delete(this.#path);
    rmSync(this.#path, { force: true });
  }

  #take(): boolean {
    try {
      const lock = openSync(this.#path, "wx", OWNER_ONLY);
      writeSync(lock, String(process.pid));
      closeSync(lock);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
      throw new StateFileError(`the state file cannot be locked by ${this.#path}: ${reason(error)}`);
    }
  }

  #holder(): number | undefined {
    try {
      const text = readFileSync(this.#path, "utf8");
      return /^[1-9]\d*$/.test(text) ? Number(text) : undefined;
    } catch {
      return undefined;
    }
  }

  /** In a container a new process often gets the number of the one before it: our own is a holder only if we know. */
  #isAlive(pid: number): boolean {
    if (pid === process.pid) return held.has(this.#path);
    try {
      process.kill(pid, 0);
      return true;
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === "EPERM";
    }
  }
}

function reason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "ENOENT") return "its folder does not exist";
  if (code === "EISDIR") return "it is a folder";
  if (code === "EACCES" || code === "EPERM") return "this user may not";
  return message;
}
