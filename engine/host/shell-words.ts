/** Splits a command line the way a POSIX shell would: quotes and backslashes, nothing is expanded. */
export function shellWords(line: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote: '"' | "'" | undefined;
  for (let at = 0; at < line.length; at++) {
    const char = line.charAt(at);
    if (quote === undefined && /\s/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (quote === undefined && (char === '"' || char === "'")) {
      quote = char;
      word ??= "";
    } else if (char === quote) {
      quote = undefined;
    } else if (char === "\\" && quote !== "'" && escapes(line.charAt(at + 1), quote)) {
      at++;
      word = (word ?? "") + line.charAt(at);
    } else {
      word = (word ?? "") + char;
    }
  }
  if (quote !== undefined) throw new Error(`a quote (${quote}) is not closed in: ${line}`);
  if (word !== undefined) words.push(word);
  return words;
}

// Inside double quotes a backslash stays a backslash before anything but these (POSIX 2.2.3).
function escapes(next: string, quote: '"' | undefined): boolean {
  return quote === undefined ? next !== "" : next === '"' || next === "\\" || next === "$" || next === "`";
}
