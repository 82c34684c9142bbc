/** Many resources in one process of the provider, over a fleet of the emulator. */
import type { EmulatorOptions } from "../../emulator/index.ts";
import { EngineDouble, type Properties } from "./engine-double.ts";
import { type Lifecycle, startLifecycle } from "./lifecycle.ts";

export interface Many extends Lifecycle {
  /** One a number, in the order of the account's list. */
  readonly stacks: readonly EngineDouble[];
  idOf(index: number): string;
  wabaOf(index: number): string;
  /** A new process of the provider. */
  begin(): void;
  /** What is declared of a number, besides where it is. */
  declare: (index: number) => Properties;
  /** Every number is adopted, in one process; the message of each that failed, by its index. */
  adopt(width?: number): Promise<Map<number, string>>;
  /** Every number is read, in one process. */
  refresh(width?: number): Promise<Map<number, string>>;
}

interface Size {
  readonly numbers: number;
  readonly wabas: number;
}

/** Eight at a time, as the engine does on two cores. */
const WIDTH = 8;

export async function startMany(
  { numbers, wabas }: Size,
  env: Record<string, string> = {},
  options: EmulatorOptions = {},
): Promise<Many> {
  const lifecycle = await startLifecycle({ numbers, wabas, ...options }, env);
  const { begin, ...shared } = lifecycle.provider;
  const indices = Array.from({ length: numbers }, (_, index) => index);
  const stacks = indices.map(() => new EngineDouble(shared));
  const wabaOf = (index: number) => String(900_000 + (index % wabas));
  const inOneProcess = async (run: (stack: EngineDouble, index: number) => Promise<unknown>, width: number) => {
    begin?.();
    const failures = new Map<number, string>();
    const open = indices.values();
    const worker = async () => {
      for (const index of open) {
        await run(stacks[index] as EngineDouble, index).catch((error: Error) => failures.set(index, error.message));
      }
    };
    await Promise.all(Array.from({ length: width }, worker));
    return failures;
  };
  const many: Many = {
    ...lifecycle,
    stacks,
    idOf: (index) => String(100_000_000 + index),
    wabaOf,
    begin: () => begin?.(),
    declare: () => ({}),
    adopt: (width = WIDTH) =>
      inOneProcess((stack, index) => {
        const phoneNumber = `+1555${String(index).padStart(7, "0")}`;
        return stack.upWithoutRefresh({ wabaId: wabaOf(index), phoneNumber, ...many.declare(index) });
      }, width),
    refresh: (width = WIDTH) => inOneProcess((stack) => stack.refresh(), width),
  };
  return many;
}

/** Adopted, and then nothing was called yet. */
export async function startAdopted(...given: Parameters<typeof startMany>): Promise<Many> {
  const many = await startMany(...given);
  const failures = await many.adopt();
  if (failures.size > 0) throw new Error(`not adopted: ${[...failures.values()][0]}`);
  many.calls();
  return many;
}
