/** The emulator's one clock: a source of time (real time unless injected) plus an offset that only control moves. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** How far control has moved it, in milliseconds. */
  offset(): number;
  advance(milliseconds: number): void;
  reset(): void;
}

export function createClock(source: () => number, moved = 0): Clock {
  let offset = moved;
  return {
    now: () => source() + offset,
    offset: () => offset,
    advance: (milliseconds) => {
      offset += milliseconds;
    },
    reset: () => {
      offset = 0;
    },
  };
}

/** A time as Graph writes it: `2023-08-22T19:05:53+0000`. All of one length and zone, so text order is time order. */
export function graphTime(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}+0000`;
}

export const GRAPH_TIME = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\+0000$/;
