/** Seeded randomness: the same seed and the same calls give the same ids, codes and trace ids. Not for secrets. */
export interface Random {
  digits(count: number): string;
  token(length: number): string;
  /** Where it stands: `createRandom` goes on from there. */
  position(): number;
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";

/** `stream` keeps independent uses apart, so that codes do not depend on how many trace ids were drawn. */
export function createRandom(seed: number, stream: string, from?: number): Random {
  let position = from ?? hash(`${seed}/${stream}`);
  // mulberry32: small, and good enough for ids of a test tool.
  const next = (): number => {
    position = (position + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(position ^ (position >>> 15), position | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const pick = (from: string, count: number): string => {
    let text = "";
    for (let drawn = 0; drawn < count; drawn++) text += from.charAt(Math.floor(next() * from.length));
    return text;
  };
  return {
    digits: (count) => pick("0123456789", count),
    token: (length) => pick(ALPHABET, length),
    position: () => position,
  };
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return value >>> 0;
}
