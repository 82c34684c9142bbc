/** Errors of ours are told by their messages; what the language throws is a mistake of ours, and shows its stack. */
const BUGS: readonly unknown[] = [Error, TypeError, RangeError, ReferenceError, SyntaxError];

export function isBug(error: unknown): boolean {
  return !(error instanceof Error) || BUGS.includes(error.constructor);
}
