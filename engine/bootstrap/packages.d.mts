export function installNeeded(texts: {
  stamp: string | undefined;
  lock: string;
  installed: string | undefined;
}): boolean;
export function hash(text: string): string;
