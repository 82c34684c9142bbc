/** What a stack knows, read by the `pulumi` command: its configuration, and the numbers in its state, of accounts and of pools. */
import { type ExecFileException, execFile } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { z } from "zod";
import type { ReadConfig } from "../config.ts";
import { SECRET_MARK } from "../secret-mark.ts";

export interface StackChoice {
  /** The folder of the project, or one inside it. */
  readonly cwd: string;
  /** Undefined: the selected one. */
  readonly stack: string | undefined;
}

/** A PhoneNumber or PreVerifiedPhoneNumber of the stack, also one that it only reads. */
export interface StackNumber {
  readonly id: string;
  /** The resource's name in the program. */
  readonly name: string;
  /** As Graph writes it, or as declared where it was not read yet. */
  readonly phoneNumber: string | undefined;
  readonly wabaId: string | undefined;
  readonly credential: string | undefined;
  /** The Graph that it was read from. */
  readonly baseUrl: string | undefined;
  /** A display name that was asked for, and of which no outcome was seen. */
  readonly requestedName: string | undefined;
  /** All that its state holds, secrets left out. */
  readonly outputs: Readonly<Record<string, unknown>>;
}

export interface StackNumbers {
  /** Those of accounts. */
  readonly numbers: readonly StackNumber[];
  /** Those of the pools of businesses. */
  readonly preVerified: readonly StackNumber[];
}

/** `pulumi` is missing, it failed, or it said what we cannot read; no message holds what it printed on stdout. */
export class StackError extends Error {
  override readonly name = "StackError";
}

const PROJECT_FILES = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"];
/** Far more than any stack's state. */
const OUTPUT_BYTES_MAX = 512 * 1024 * 1024;
const TYPE = "pulumi-nodejs:dynamic/waba:PhoneNumber";
const PRE_VERIFIED_TYPE = "pulumi-nodejs:dynamic/waba:PreVerifiedPhoneNumber";

const configuration = z.record(z.string(), z.object({ value: z.string().optional() }));
/** A value that the program made a secret is not text here. */
const optionalText = z.string().optional().catch(undefined);
const outputs = z.looseObject({
  wabaId: optionalText,
  credential: optionalText,
  phoneNumber: optionalText,
  displayPhoneNumber: optionalText,
  baseUrl: optionalText,
  nameRequests: z
    .array(z.looseObject({ name: z.string(), outcome: z.string().optional() }))
    .optional()
    .catch(undefined),
});
const deployment = z.object({
  deployment: z.object({
    resources: z
      .array(
        z.object({
          type: z.string(),
          urn: z.string(),
          id: z.string().optional(),
          delete: z.boolean().optional(),
          outputs: z.record(z.string(), z.unknown()).optional(),
        }),
      )
      .optional(),
  }),
});

/** Whether the folder belongs to a Pulumi project, as `pulumi` itself would find it. */
export function isInProject(cwd: string): boolean {
  return projectFileOf(cwd) !== undefined;
}

/** The project file that `pulumi` would find from that folder. */
export function projectFileOf(cwd: string): string | undefined {
  const folder = resolve(cwd);
  const found = PROJECT_FILES.map((file) => join(folder, file)).find(existsSync);
  if (found !== undefined) return found;
  return dirname(folder) === folder ? undefined : projectFileOf(dirname(folder));
}

export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** Secrets stay in this process: they come by a pipe, and go nowhere but into the settings. */
export async function readStackConfig(choice: StackChoice): Promise<ReadConfig> {
  const values = await pulumiJson(choice, ["config", "--json", "--show-secrets"], configuration);
  return (key) => values[key]?.value;
}

/** Without secrets: the state's stay encrypted. */
export async function readStackNumbers(choice: StackChoice): Promise<StackNumbers> {
  const { resources = [] } = (await pulumiJson(choice, ["stack", "export"], deployment)).deployment;
  const ofType = (wanted: string) =>
    resources.flatMap(({ type, urn, id = "", delete: leaving, outputs: known = {} }) =>
      type === wanted && id !== "" && leaving !== true ? [numberOf(id, urn, known)] : [],
    );
  return { numbers: ofType(TYPE), preVerified: ofType(PRE_VERIFIED_TYPE) };
}

function numberOf(id: string, urn: string, stored: Readonly<Record<string, unknown>>): StackNumber {
  const known = outputs.parse(stored);
  const request = known.nameRequests?.at(-1);
  return {
    id,
    name: urn.split("::").at(-1) ?? urn,
    phoneNumber: known.displayPhoneNumber ?? known.phoneNumber,
    wabaId: known.wabaId,
    credential: known.credential,
    baseUrl: known.baseUrl,
    requestedName: request?.outcome === undefined ? request?.name : undefined,
    outputs: withoutSecrets(stored),
  };
}

function withoutSecrets(object: object): Record<string, unknown> {
  const plain = Object.entries(object).flatMap(([key, value]) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return [[key, value]];
    return SECRET_MARK in value ? [] : [[key, withoutSecrets(value)]];
  });
  return Object.fromEntries(plain);
}

async function pulumiJson<Schema extends z.ZodType>(
  { cwd, stack }: StackChoice,
  args: readonly string[],
  schema: Schema,
): Promise<z.infer<Schema>> {
  const text = await pulumi(cwd, [...args, "--non-interactive", ...(stack === undefined ? [] : ["--stack", stack])]);
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    // What failed to parse may hold the configuration's secrets.
    throw new StackError(`pulumi ${args.slice(0, 2).join(" ")} answered in a form that is not known here`);
  }
}

function pulumi(cwd: string, args: readonly string[]): Promise<string> {
  return new Promise((done, reject) => {
    const child = execFile("pulumi", args, { cwd, maxBuffer: OUTPUT_BYTES_MAX }, (error, stdout, stderr) => {
      if (error === null) return done(stdout);
      reject(new StackError(whyFailed(args, error, stderr)));
    });
    child.stdin?.end();
  });
}

function whyFailed(args: readonly string[], error: ExecFileException, stderr: string): string {
  if (error.code === "ENOENT") return "the command pulumi is not on PATH";
  const said = stderr.split("\n").filter((line) => line.trim() !== "");
  const why = said.find((line) => line.startsWith("error: "))?.slice("error: ".length) ?? said.at(-1) ?? error.message;
  return `pulumi ${args.slice(0, 2).join(" ")} failed: ${why.trim()}`;
}
