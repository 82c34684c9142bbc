/**
 * The quickstart, told by the real engine against the emulator: a number is verified, registered and renamed, Meta's
 * approval shows as drift, and the next `up` registers it again. Each step says what it does and checks that it did.
 */
import { createHash } from "node:crypto";
import type { Sandbox } from "./sandbox.ts";
import { type Moment, storyTable } from "./story-table.ts";

/** Not registered and not verified when the emulator starts. */
const NUMBER = { id: "1754951608042154", phoneNumber: "+16315552222", firstName: "Jasper's Ice Cream" };
const NEW_NAME = "Lucky Shrub";
const STACK = "quickstart";

/** A step did not do what it tells. */
export class StoryError extends Error {
  override readonly name = "StoryError";
}

export interface StoryOptions {
  readonly emulator: { readonly url: string; readonly token: string };
  readonly sandbox: Sandbox;
  /** The folder in which pulumi works on the quickstart. */
  readonly project: string;
  /** A new one each time, so that nobody takes it for a good one. */
  readonly pin: string;
  readonly signal: AbortSignal;
  readonly print: (text: string) => void;
  /** Leaves the stack as the last step found it. */
  readonly keep: boolean;
}

/** @throws StoryError when a step failed, and what the engine could not be started for */
export async function tellStory(options: StoryOptions): Promise<void> {
  const story = new Story(options);
  await story.begin();
  await story.firstUp();
  await story.registration();
  await story.nameRequest();
  await story.approval();
  await story.healing();
  await story.silence();
  if (!options.keep) await story.end();
  await story.table();
}

class Story {
  readonly #options: StoryOptions;
  readonly #moments: Moment[] = [];
  #step = 0;

  constructor(options: StoryOptions) {
    this.#options = options;
  }

  async begin(): Promise<void> {
    this.#title("An empty stack, and a number that waits on its WhatsApp Business Account");
    await this.#pulumi(["stack", "init", STACK], { quiet: true });
    await this.#config("phoneNumber", NUMBER.phoneNumber);
    await this.#config("displayName", NUMBER.firstName);
    await this.#secret("pin", this.#options.pin);
    await this.#remember("the start", "-");
  }

  async firstUp(): Promise<void> {
    this.#title("pulumi up: the number is adopted, and Meta sends a code to verify it");
    const { stdout } = await this.#up();
    this.#require(
      /\+\s+pulumi-nodejs:dynamic\/waba:PhoneNumber support created/.test(stdout),
      "the number should be created",
    );
    await this.#remember("first up");
  }

  async registration(): Promise<void> {
    this.#title("The code arrives by text message; with it, pulumi up verifies and registers the number");
    const { code } = await this.#control(`codes/${NUMBER.id}`);
    await this.#secret("verificationCode", String(code));
    await this.#up();
    const { status } = await this.#remember("the code");
    this.#require(status === "CONNECTED CLOUD_API", "the number should be registered");
  }

  async nameRequest(): Promise<void> {
    this.#title(`Another display name: pulumi up asks Meta for "${NEW_NAME}", which is reviewed for days`);
    await this.#pulumi(["config", "rm", "verificationCode"], { quiet: true });
    await this.#config("displayName", NEW_NAME);
    await this.#up();
    const { phase } = await this.#remember("the request");
    this.#require(phase === "name-in-review", "the name should be in review");
  }

  async approval(): Promise<void> {
    this.#title("Meta approves the name; a refresh shows what that means for the stack, and changes nothing");
    await this.#control(`phone_numbers/${NUMBER.id}/name_review`, { decision: "APPROVED" });
    const { stdout } = await this.#pulumi(["refresh", "--preview-only", "--diff"]);
    this.#require(/~ displayName/.test(stdout), "the refresh should name the display name");
    await this.#remember("the approval");
  }

  async healing(): Promise<void> {
    this.#title("pulumi up registers the number again: only now the name holds");
    const before = this.#moments.at(-1)?.certificate;
    const { stdout } = await this.#up(["--diff"]);
    const named = `displayName: "${NUMBER.firstName}" => "${NEW_NAME}"`;
    this.#require(
      stdout.replace(/ +: /g, ": ").includes(`~ ${named}`),
      `the engine should name the property: ${named}`,
    );
    const { verifiedName, certificate } = await this.#remember("the next up");
    this.#require(verifiedName === NEW_NAME, "the number should have its new name");
    this.#require(certificate !== before, "the number should have a new certificate");
  }

  async silence(): Promise<void> {
    this.#title("A refresh right after expects no changes, and gets none");
    await this.#pulumi(["refresh", "--preview-only", "--expect-no-changes"]);
  }

  async end(): Promise<void> {
    this.#title(
      "pulumi destroy forgets the number and leaves it registered: a live sender is never cut off by accident",
    );
    await this.#pulumi(["destroy", "--yes", "--skip-preview"]);
    await this.#remember("destroy", "-");
    await this.#pulumi(["stack", "rm", STACK, "--yes"], { quiet: true });
  }

  async table(): Promise<void> {
    const { counts } = await this.#control("requests");
    const registrations = (counts as Record<string, number>)["POST /{PNID}/register"] ?? 0;
    this.#options.print(
      `\n${storyTable(this.#moments)}\n${registrations} of Meta's 10 registrations in 72 hours used.\n`,
    );
  }

  #up(more: string[] = []) {
    return this.#pulumi(["up", "--yes", "--skip-preview", "--suppress-progress", ...more]);
  }

  #secret(key: string, value: string) {
    return this.#pulumi(["config", "set", "--secret", key], { quiet: true, input: value });
  }

  #config(key: string, value: string) {
    return this.#pulumi(["config", "set", key, value], { quiet: true });
  }

  async #pulumi(args: readonly string[], { quiet = false, input }: { quiet?: boolean; input?: string } = {}) {
    const { sandbox, project, signal, print } = this.#options;
    signal.throwIfAborted();
    print(`$ pulumi ${args.map((arg) => (/[\s']/.test(arg) ? JSON.stringify(arg) : arg)).join(" ")}\n`);
    const onOutput = quiet ? undefined : (chunk: string) => print(chunk);
    const finished = await sandbox.run(args, { cwd: project, signal, input, onOutput });
    signal.throwIfAborted();
    const { exitCode, stdout, stderr } = finished;
    if (exitCode === 0) return finished;
    throw new StoryError(`pulumi ${args[0]} ended with ${exitCode}.\n${quiet ? `${stdout}${stderr}` : ""}`);
  }

  async #remember(moment: string, phase?: string): Promise<Moment> {
    const number = await this.#number();
    const seen: Moment = {
      moment,
      phase: phase ?? (await this.#recordedPhase()),
      status: `${number.status} ${number.platform_type}`,
      verifiedName: String(number.verified_name),
      newName: number.new_display_name === undefined ? "-" : `${number.new_display_name} ${number.new_name_status}`,
      certificate: createHash("sha256").update(String(number.certificate)).digest("hex").slice(0, 8),
    };
    this.#moments.push(seen);
    return seen;
  }

  async #recordedPhase(): Promise<string> {
    const { sandbox, project, signal } = this.#options;
    return (await sandbox.run(["stack", "output", "phase"], { cwd: project, signal })).stdout.trim();
  }

  /** The emulator's control routes: what Meta and a person's phone do. */
  async #control(path: string, body?: object): Promise<Record<string, unknown>> {
    const { emulator, signal } = this.#options;
    const post = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
    const response = await fetch(`${emulator.url}/__emulator/${path}`, { signal, ...(body === undefined ? {} : post) });
    if (!response.ok) throw new StoryError(`The emulator refused ${path}: ${await response.text()}`);
    return (await response.json()) as Record<string, unknown>;
  }

  async #number(): Promise<Record<string, unknown>> {
    const { emulator, signal } = this.#options;
    const fields = "status,platform_type,verified_name,new_display_name,new_name_status,certificate";
    const response = await fetch(`${emulator.url}/v25.0/${NUMBER.id}?fields=${fields}`, {
      headers: { authorization: `Bearer ${emulator.token}` },
      signal,
    });
    return (await response.json()) as Record<string, unknown>;
  }

  #title(text: string): void {
    this.#step += 1;
    this.#options.print(`\n${this.#step}. ${text}\n`);
  }

  #require(holds: boolean, what: string): void {
    if (!holds) throw new StoryError(`Step ${this.#step} did not do what it tells: ${what}.`);
  }
}
