/** What one story leaves behind, in a form that later versions can be held to. */
import type { Emulator } from "../../emulator/index.ts";
import type { Properties } from "../support/engine-double.ts";
import { type Ending, type Next, nextOf } from "./next.ts";

/** When each story begins. */
export const START = new Date("2026-11-23T12:00:00.000Z");
/** Stands for the emulator's address, which is another one at every run. */
export const ADDRESS = "http://graph.frozen";
/** Likewise for a webhook's. */
export const CALLBACK = "http://callback.frozen/hook";

/** A file of them. */
export interface FrozenVersion {
  readonly stateVersion: number;
  readonly stacks: Readonly<Record<string, Frozen>>;
}

export interface Frozen {
  /** When the story ended. */
  readonly at: string;
  /** As it was last applied. */
  readonly program: Properties;
  /** As the stack holds it, secrets in clear: those of a stack are encrypted by the engine, not by us. */
  readonly resource: {
    readonly id: string;
    readonly inputs: Properties;
    readonly outputs: Properties;
    readonly initErrors: readonly string[];
  };
  /** The number as Graph showed it, and what Graph does not show. */
  readonly number: Properties;
  readonly pin?: string;
  readonly code?: string;
  readonly region?: string;
  /** What the version of then did next with the same program, each with the stack as it is here. */
  readonly next: Next & { readonly phaseAfterRefresh: unknown; readonly phaseAfterUp: unknown };
}

const FIELDS =
  "id,display_phone_number,verified_name,code_verification_status,name_status,new_display_name,new_name_status,status," +
  "platform_type,quality_rating,throughput,account_mode,last_onboarded_time,is_pin_enabled,is_on_biz_app," +
  "webhook_configuration,certificate,new_certificate,whatsapp_business_manager_messaging_limit";

export async function freeze(ending: Ending): Promise<Frozen> {
  const { stack, emulator, program, now } = ending;
  const resource = copy(stack.resource as NonNullable<typeof stack.resource>);
  const number = await numberAt(emulator, resource.id);
  const numbers = emulator.state().numbers as Record<
    string,
    { pin?: string; code?: { value: string }; data_localization_region?: string }
  >;
  const { pin, code, data_localization_region: region } = numbers[resource.id] ?? {};
  const hidden = { ...(pin && { pin }), ...(code && { code: code.value }), ...(region && { region }) };

  const { refreshed, writes, ...next } = await nextOf(ending, resource, () => stack.up(program));
  const { phase: phaseAfterUp } = stack.outputs;
  return {
    at: now.toISOString(),
    program,
    resource,
    number,
    ...hidden,
    next: { ...next, phaseAfterRefresh: refreshed.phase, writes, phaseAfterUp },
  };
}

/** The credential of the stories, in the environment. */
export function credentialsOf({ token }: Pick<Emulator, "token">): { WABA_CREDENTIALS: string } {
  return { WABA_CREDENTIALS: JSON.stringify({ acme: { accessToken: token } }) };
}

/** As Graph shows it. */
export async function numberAt({ url, token }: Emulator, id: string): Promise<Properties> {
  const answer = await fetch(`${url}/v25.0/${id}?fields=${FIELDS}`, { headers: { authorization: `Bearer ${token}` } });
  return (await answer.json()) as Properties;
}

function copy<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
