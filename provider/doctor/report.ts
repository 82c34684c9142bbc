/** What `waba doctor` found, as data: what `--format json` prints and the text is made from. Never a secret. */
import { z } from "zod";

export const DOCTOR_SCHEMA_VERSION = 1;

export const finding = z.object({
  level: z.enum(["ok", "warning", "failure"]),
  /** What was looked at, as "token": one word or two, the same in every run. */
  check: z.string(),
  /** On which credential, account or number, where there are several. */
  on: z.string().optional(),
  message: z.string(),
  /** What to do; a warning and a failure have one. */
  remedy: z.string().optional(),
});
export type Finding = z.infer<typeof finding>;

export const accountReport = z.object({
  wabaId: z.string(),
  credential: z.string().optional(),
  numbers: z.array(
    z.object({
      id: z.string(),
      number: z.string().optional(),
      verifiedName: z.string().optional(),
      /** The resource's name; undefined where the stack does not manage it. */
      resource: z.string().optional(),
      phase: z.string(),
      /** The next deadline: until it, or from it on. */
      deadline: z.object({ what: z.string(), at: z.iso.datetime() }).optional(),
      nextAction: z.string(),
    }),
  ),
});
export type AccountReport = z.infer<typeof accountReport>;

export const doctorReport = z.object({
  schemaVersion: z.literal(DOCTOR_SCHEMA_VERSION),
  at: z.iso.datetime(),
  /** 1 where there is a failure. */
  exitCode: z.union([z.literal(0), z.literal(1)]),
  /** HTTP calls to Graph: reads alone. */
  calls: z.int(),
  findings: z.array(finding),
  accounts: z.array(accountReport),
  /** What could not be looked at, and why. */
  notChecked: z.array(z.string()),
});
export type DoctorReport = z.infer<typeof doctorReport>;

/** Collects what checks find. */
export class Findings {
  readonly all: Finding[] = [];
  readonly notChecked: string[] = [];

  ok(check: string, message: string, on?: string): void {
    this.#add({ level: "ok", check, message }, on);
  }

  warn(check: string, message: string, remedy: string, on?: string): void {
    this.#add({ level: "warning", check, message, remedy }, on);
  }

  fail(check: string, message: string, remedy: string, on?: string): void {
    this.#add({ level: "failure", check, message, remedy }, on);
  }

  skip(what: string): void {
    this.notChecked.push(what);
  }

  #add(found: Finding, on: string | undefined): void {
    this.all.push(on === undefined ? found : { ...found, on });
  }
}
