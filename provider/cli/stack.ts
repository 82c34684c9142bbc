/** What a stack knows, read by the `pulumi` command: its configuration, and the numbers in its state. */
import { execFile } from "node:child_process";
import { z } from "zod";
import type { ReadConfig } from "../config.ts";

export interface StackChoice {
  /** The folder with Pulumi.yaml. */
  readonly cwd: string;
  /** Undefined: the selected one. */
  readonly stack: string | undefined;
}

/** A PhoneNumber of the stack. */
export interface StackNumber {
  readonly id: string;
  readonly urn: string;
  readonly wabaId: string | undefined;
  readonly credential: string | undefined;
  readonly displayPhoneNumber: string | undefined;
}

/** `pulumi` is missing, or it failed; the message says what it said. */
export class StackError extends Error {
  override readonly name = "StackError";
}

/** Far more than any stack's state. */
const OUTPUT_BYTES_MAX = 512 * 1024 * 1024;
const TYPE = "pulumi-nodejs:dynamic/waba:PhoneNumber";

const configuration = z.record(z.string(), z.object({ value: z.string().optional() }));
const optionalText = z.string().optional().catch(undefined);
const deployment = z.object({
  deployment: z.object({
    resources: z
      .array(
        z.object({
          urn: z.string(),
          type: z.string(),
          id: z.string().optional(),
          outputs: z
            .object({ wabaId: optionalText, credential: optionalText, displayPhoneNumber: optionalText })
            .optional(),
        }),
      )
      .optional(),
  }),
});

/** Secrets stay in this process: they come by a pipe, and go nowhere but into the settings. */
export async function readStackConfig(choice: StackChoice): Promise<ReadConfig> {
  const values = configuration.parse(await pulumiJson(choice, ["config", "--json", "--show-secrets"]));
  return (key) => values[key]?.value;
}

export async function readStackNumbers(choice: StackChoice): Promise<StackNumber[]> {
  const { resources = [] } = deployment.parse(await pulumiJson(choice, ["stack", "export"])).deployment;
  return resources
    .filter(({ type, id }) => type === TYPE && id !== undefined && id !== "")
    .map(({ urn, id = "", outputs }) => ({
      id,
      urn,
      wabaId: outputs?.wabaId,
      credential: outputs?.credential,
      displayPhoneNumber: outputs?.displayPhoneNumber,
    }));
}

async function pulumiJson({ cwd, stack }: StackChoice, args: readonly string[]): Promise<unknown> {
  const all = [...args, "--non-interactive", ...(stack === undefined ? [] : ["--stack", stack])];
  return JSON.parse(await pulumi(cwd, all)) as unknown;
}

function pulumi(cwd: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile("pulumi", args, { cwd, maxBuffer: OUTPUT_BYTES_MAX }, (error, stdout, stderr) => {
      if (error === null) return resolve(stdout);
      const missing = (error as NodeJS.ErrnoException).code === "ENOENT";
      const said = stderr.trim().split("\n").at(-1) ?? "";
      reject(
        new StackError(
          missing ? "the command pulumi is not on PATH" : `pulumi ${args.slice(0, 2).join(" ")} failed: ${said}`,
        ),
      );
    });
  });
}
