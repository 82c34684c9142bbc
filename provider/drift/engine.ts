/**
 * What is asked of Pulumi's engine, by its Automation API: which stacks there are, a stack's configuration, and its refresh
 * preview, in which the engine reads every resource and writes nothing, neither at Meta nor into the state.
 */
import type { EngineEvent, LocalWorkspace, PulumiCommand, Stack } from "@pulumi/pulumi/automation/index.js";
import { z } from "zod";
import { Events, type Observation } from "./events.ts";
import { type Step, StepEvents } from "./steps.ts";

export interface StackPlace {
  /** The folder of the project, or one inside it. */
  readonly cwd: string;
  readonly stack: string;
}

export interface ListedStack {
  /** As `pulumi stack ls` has it: with its organization where that is not the default one. */
  readonly name: string;
  readonly isSelected: boolean;
  /** When its state was last written: ISO time in UTC. */
  readonly recordedAt: string | undefined;
}

/** The engine could not do it. The message is what it said, in a line, and never what it printed on stdout. */
export class EngineError extends Error {
  override readonly name = "EngineError";
}

export interface PreviewOptions {
  /** Added to the environment of the engine's process. */
  readonly env: Readonly<Record<string, string>>;
  readonly onResource: (observation: Observation) => void;
  readonly signal?: AbortSignal | undefined;
}

export interface Engine {
  /** @throws EngineError */
  stacks(cwd: string): Promise<ListedStack[]>;
  /** The stack's values by their full keys, as `waba:accessToken`, secrets in clear. @throws EngineError */
  config(place: StackPlace): Promise<Readonly<Record<string, string>>>;
  /**
   * Resources of ours alone are told, each of them once.
   * @throws EngineError where something else failed than reads of resources: then some may not have been told
   */
  preview(place: StackPlace, options: PreviewOptions): Promise<void>;
  /** What an `up` of these resources alone would do, after a refresh of them. @throws EngineError */
  plan(place: StackPlace, options: UpOptions): Promise<readonly Step[]>;
  /** The same, done: what was done, also where something failed. */
  up(
    place: StackPlace,
    options: UpOptions,
  ): Promise<{ readonly steps: readonly Step[]; readonly errors: readonly string[] }>;
}

export interface UpOptions extends Pick<PreviewOptions, "env" | "signal"> {
  /** URNs. */
  readonly targets: readonly string[];
}

type Automation = typeof import("@pulumi/pulumi/automation/index.js");

/**
 * The engine on PATH.
 * @throws EngineError where there is none, or @pulumi/pulumi is not installed
 */
export async function findEngine(): Promise<Engine> {
  const automation = await load();
  const command = await found(() => automation.PulumiCommand.get());
  return {
    async stacks(cwd) {
      const workspace = await workspaceIn(automation, command, cwd);
      return listed(await parsed(stackList, workspace.listStacks()));
    },
    async config({ cwd, stack }) {
      const workspace = await workspaceIn(automation, command, cwd);
      const values = await parsed(configuration, workspace.getAllConfig(stack));
      return Object.fromEntries(Object.entries(values).map(([key, { value }]) => [key, value]));
    },
    async preview(place, { env, onResource, signal }) {
      const stack = await stackAt(automation, command, place, env);
      const events = new Events(onResource);
      try {
        await stack.previewRefresh({
          runProgram: false,
          suppressProgress: true,
          onEvent: (event) => events.take(event),
          ...(signal === undefined ? {} : { signal }),
        });
      } catch (error) {
        const isExplained = events.end() > 0 && signal?.aborted !== true;
        if (!isExplained) throw new EngineError(events.said() ?? whyItFailed(error));
      }
      if (events.isUnreadable) throw new EngineError("the engine told of a resource in a form that is not known here");
    },
    async plan(place, options) {
      const stack = await stackAt(automation, command, place, options.env);
      const events = new StepEvents();
      try {
        await stack.preview(targeted(options, events));
      } catch (error) {
        throw new EngineError(events.errors[0] ?? whyItFailed(error));
      }
      return events.planned;
    },
    async up(place, options) {
      const stack = await stackAt(automation, command, place, options.env);
      const events = new StepEvents();
      try {
        await stack.up({ ...targeted(options, events), continueOnError: true });
        return { steps: events.done, errors: [] };
      } catch (error) {
        return { steps: events.done, errors: events.errors.length > 0 ? events.errors : [whyItFailed(error)] };
      }
    },
  };
}

function targeted({ targets, signal }: UpOptions, events: StepEvents) {
  return {
    refresh: true,
    target: [...targets],
    suppressProgress: true,
    onEvent: (event: EngineEvent) => events.take(event),
    ...(signal === undefined ? {} : { signal }),
  };
}

/** Every command names its stack. Selecting it would cost a process, and change what the person has selected. */
async function stackAt(
  automation: Automation,
  command: PulumiCommand,
  { cwd, stack }: StackPlace,
  env: Readonly<Record<string, string>>,
): Promise<Stack> {
  const workspace = await workspaceIn(automation, command, cwd, env);
  workspace.selectStack = async () => undefined;
  return automation.Stack.select(stack, workspace);
}

async function workspaceIn(
  { LocalWorkspace }: Automation,
  pulumiCommand: PulumiCommand,
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Promise<LocalWorkspace> {
  return LocalWorkspace.create({ workDir: cwd, pulumiCommand, envVars: { ...env } });
}

/** Loaded when it is needed: most commands of `waba` do without. */
async function load(): Promise<Automation> {
  try {
    return await import("@pulumi/pulumi/automation/index.js");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND")
      throw new EngineError("@pulumi/pulumi is not installed here: npm install @pulumi/pulumi");
    throw error;
  }
}

async function found(get: () => Promise<PulumiCommand>): Promise<PulumiCommand> {
  try {
    return await get();
  } catch (error) {
    const why = whyItFailed(error);
    throw new EngineError(
      why.includes("ENOENT")
        ? "the command pulumi is not on PATH: install it (https://www.pulumi.com/docs/install/)"
        : `the command pulumi cannot be used: ${why}`,
    );
  }
}

/** What it printed may hold secrets, also in the message of a parser. */
async function parsed<Schema extends z.ZodType>(schema: Schema, answer: Promise<unknown>): Promise<z.infer<Schema>> {
  let value: unknown;
  try {
    value = await answer;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw new EngineError(whyItFailed(error));
  }
  const { success, data } = schema.safeParse(value);
  if (!success) throw new EngineError("pulumi answered in a form that is not known here");
  return data;
}

/** The Automation API's errors hold all that the process wrote; the line that says why is enough. */
export function whyItFailed(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const lines = text.split("\n").map((line) => line.trim());
  const why = lines.find((line) => line.startsWith("error: "))?.slice("error: ".length);
  return why ?? lines.find((line) => /^stderr: \S/.test(line))?.slice("stderr: ".length) ?? "pulumi failed";
}

const stackList = z.array(
  z.object({ name: z.string(), current: z.boolean().optional(), lastUpdate: z.string().optional() }),
);
const configuration = z.record(z.string(), z.object({ value: z.string().default("") }));

function listed(stacks: z.infer<typeof stackList>): ListedStack[] {
  return stacks.map(({ name, current, lastUpdate = "" }) => {
    const at = Date.parse(lastUpdate);
    return {
      name,
      isSelected: current === true,
      recordedAt: Number.isNaN(at) ? undefined : new Date(at).toISOString(),
    };
  });
}
