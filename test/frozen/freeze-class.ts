/** What one story of a class besides PhoneNumber leaves behind, and Meta's side of it as a seed. */
import type { Emulator, SeedFile } from "../../emulator/index.ts";
import type { Properties, Resource } from "../support/engine-double.ts";
import { type Ending, type Next, nextOf } from "./next.ts";

/** Stands for the folder of a picture, which is another one at every run. */
export const FOLDER = "/pictures.frozen";

export interface FrozenClass {
  readonly stateVersion: number;
  readonly stacks: Readonly<Record<string, FrozenPart>>;
}

export interface FrozenPart {
  /** When the story ended. */
  readonly at: string;
  /** As it was last applied. */
  readonly program: Properties;
  /** As the stack holds it, secrets in clear: those of a stack are encrypted by the engine, not by us. */
  readonly resource: Resource;
  readonly seed: SeedFile;
  /** What the version of then did next with the same program, each with the stack as it is here. */
  readonly next: Next;
}

export async function freezeClass(ending: Ending): Promise<FrozenPart> {
  const { stack, emulator, program, now } = ending;
  const resource = JSON.parse(JSON.stringify(stack.resource)) as Resource;
  const seed = seedOf(emulator);
  const { refreshed: _, ...next } = await nextOf(ending, resource, () => stack.up(program).catch(() => undefined));
  return { at: now.toISOString(), program, resource, seed, next };
}

type Row = Readonly<Record<string, unknown>>;

/** What of a number these classes look at. */
const OF_NUMBERS = [
  "id",
  "waba_id",
  "verified_name",
  "name_status",
  "code_verification_status",
  "status",
  "platform_type",
  "is_on_biz_app",
  "pin",
  "whatsapp_business_manager_messaging_limit",
  "settings",
  "retention_minutes",
  "profile",
];

const OF_PRE_VERIFIED = [
  "id",
  "business_id",
  "phone_number",
  "code_verification_time",
  "created_at",
  "partners",
  "code",
];

function seedOf(emulator: Emulator): SeedFile {
  const { businesses, wabas, numbers, preverified_numbers } = emulator.state() as Record<string, Row[]>;
  const seed = {
    businesses,
    wabas,
    phone_numbers: Object.values(numbers ?? {}).map((number) => ({
      ...Object.fromEntries(OF_NUMBERS.flatMap((key) => (number[key] === undefined ? [] : [[key, number[key]]]))),
      phone_number: `+${String(number.display_phone_number).replace(/\D/g, "")}`,
    })),
    preverified_numbers: preverified_numbers?.map((number) =>
      Object.fromEntries(OF_PRE_VERIFIED.map((key) => [key, number[key]])),
    ),
  };
  return JSON.parse(JSON.stringify(seed)) as SeedFile;
}
