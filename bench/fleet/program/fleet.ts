/** Which numbers of the emulator's fleet a stack declares: `waba emulator --numbers N --wabas W` made them. */
export interface Fleet {
  /** Of the whole fleet: it tells each number's account. */
  readonly wabas: number;
  readonly first: number;
  readonly count: number;
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

export function declaredNumbers({ wabas, first, count, order }: Fleet): Declared[] {
  const indexes = Array.from({ length: count }, (_, index) => first + index);
  if (order === "sorted") indexes.sort((left, right) => (left % wabas) - (right % wabas) || left - right);
  return indexes.map((index) => ({
    name: `number-${index}`,
    wabaId: String(FIRST_WABA + (index % wabas)),
    phoneNumberId: String(FIRST_ID + index),
  }));
}
