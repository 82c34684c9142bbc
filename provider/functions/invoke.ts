/**
 * How a function is called by a program. It runs in the program's own process, in a preview as in an `up`, and reads
 * Graph; what does that is loaded by the first call, so that the import of this package stays cheap. Where the program's
 * tests have set Pulumi's mocks, their `call` answers instead, as for any package: by the token `waba:index:<function>`.
 */
import * as pulumi from "@pulumi/pulumi";
import { isBug } from "../bug.ts";
import { sentence } from "../sentence.ts";
import type { LookUps } from "./look-ups.ts";

export type FunctionName = "getPhoneNumber" | "getPhoneNumbers" | "getPreVerifiedPhoneNumbers";

export interface Invocation<Found> {
  readonly name: FunctionName;
  readonly args: Readonly<Record<string, unknown>>;
  /** True for a call that waited for resources: it must not see what was read before them. */
  readonly isLate: boolean;
  /** What every answer has: mocks that leave it out are told so. */
  readonly answers: NoInfer<Extract<keyof Found, string>>;
  readonly find: (lookUps: LookUps) => Promise<Found>;
}

/**
 * The plain form.
 * @throws pulumi.RunError, of which Pulumi prints the message alone
 */
export async function invoke<Found extends object>(
  { name, args, isLate, answers, find }: Invocation<Found>,
  opts: pulumi.InvokeOptions,
): Promise<Found> {
  // Pulumi does not end the program before this is done.
  const done = pulumi.runtime.rpcKeepAlive();
  try {
    if (isMocked()) {
      const token = `waba:index:${name}`;
      const answer = await pulumi.runtime.invoke(token, { ...args }, opts);
      if (answer?.[answers] !== undefined) return answer;
      throw new pulumi.RunError(
        `The mocks' call answers ${token} without ${answers}: return what ${name} gives, certificates as text`,
      );
    }
    const { lookUpsOf } = await import("./look-ups.ts");
    return await find(lookUpsOf(programOf(name), isLate));
  } catch (error) {
    throw error instanceof Error && !isBug(error) && !pulumi.RunError.isInstance(error) ? asRunError(error) : error;
  } finally {
    done();
  }
}

/**
 * The form that takes Outputs: it waits for them and for `dependsOn`, and is unknown in a preview as long as one of them
 * is. What the result holds as a secret Output stays one of its own, and makes no secret of the rest.
 * @param known the args, unwrapped
 */
export function invokeOutput<Known, Result>(
  args: unknown,
  known: pulumi.Output<Known>,
  { dependsOn, ...opts }: pulumi.InvokeOutputOptions,
  call: (known: Known, opts: pulumi.InvokeOptions, isLate: boolean) => Promise<Result>,
): pulumi.Output<Result> {
  // As soon as it can be told.
  for (const resource of [dependsOn].flat()) if (pulumi.ComponentResource.isInstance(resource)) throw isComponent();
  const isLate = dependsOn !== undefined || holdsOutput(args);
  const ready = pulumi.output(dependsOn ?? []).apply((resources) => pulumi.all(idsOf(resources)));
  return ready.apply(() => known).apply((values) => call(values, opts, isLate));
}

function idsOf(dependsOn: unknown): pulumi.Output<string>[] {
  const resources: unknown[] = Array.isArray(dependsOn) ? dependsOn : [dependsOn];
  return resources.map((resource) => {
    if (pulumi.CustomResource.isInstance(resource)) return resource.id;
    throw isComponent();
  });
}

/** Which resources a component has, the SDK keeps to itself. */
function isComponent(): Error {
  return new pulumi.RunError(
    "dependsOn takes resources that are not components here: pass the resources that the component is made of, or give " +
      "one of its outputs as an argument",
  );
}

function holdsOutput(args: unknown): boolean {
  if (pulumi.Output.isInstance(args)) return true;
  return (
    typeof args === "object" && args !== null && Object.values(args).some((value) => pulumi.Output.isInstance(value))
  );
}

function isMocked(): boolean {
  const monitor = pulumi.runtime.getMonitor();
  return monitor !== undefined && "mocks" in monitor;
}

/** What a look-up needs of the program that runs. */
export interface Program {
  readonly name: FunctionName;
  /** The program's run, in which reads are shared; undefined outside of one. */
  readonly run: object | undefined;
  readonly config: (key: string) => string | undefined;
  readonly say: (line: string) => void;
  readonly warn: (line: string) => void;
}

function programOf(name: FunctionName): Program {
  return {
    name,
    run: pulumi.runtime.getStackResource(),
    // Not by pulumi.Config: its `get` warns of every secret.
    config: (key) => pulumi.runtime.getConfig(key),
    say: (line) => void pulumi.log.info(line),
    warn: (line) => void pulumi.log.warn(line),
  };
}

function asRunError(error: Error): Error {
  const told = new pulumi.RunError(sentence(error.message));
  told.cause = error;
  return told;
}
