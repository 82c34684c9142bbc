/** Which numbers of the emulator's fleet a stack declares: `waba emulator --numbers N --wabas W` made them. */
export interface Fleet {
  /** Of the whole fleet, spread over so many accounts, one after the other. */
  readonly numbers: number;
  readonly wabas: number;
  /** Each stack has a share of the accounts, with all their numbers: a partner's customers are not divided. */
  readonly stacks: number;
  readonly stack: number;
  /** `turn`: as the emulator spread them, one account after the other; `sorted`: account by account. */
  readonly order: "turn" | "sorted";
}

export interface Declared {
  readonly name: string;
  readonly wabaId: string;
  readonly phoneNumberId: string;
}

const FIRST_ID = 100_000_000;
const FIRST_WABA = 900_000;

export function declaredNumbers({ numbers, wabas, stacks, stack, order }: Fleet): Declared[] {
  const stackOf = (index: number) => Math.floor(((index % wabas) * stacks) / wabas);
  const indexes = Array.from({ length: numbers }, (_, index) => index).filter((index) => stackOf(index) === stack);
  if (order === "sorted") indexes.sort((left, right) => (left % wabas) - (right % wabas) || left - right);
  return indexes.map((index) => ({
    name: `number-${index}`,
    wabaId: String(FIRST_WABA + (index % wabas)),
    phoneNumberId: String(FIRST_ID + index),
  }));
}
