const everyMs = 15_000;

/** Tells a waiting person that something goes on: a line at once, then one every 15 s with the time and the last news. */
export class Progress {
  readonly #started = Date.now();
  readonly #timer: NodeJS.Timeout;
  #news = "";

  constructor(log: (line: string) => void, title: string) {
    log(title);
    this.#timer = setInterval(() => log(`${elapsed(Date.now() - this.#started)} ${this.#news}`.trimEnd()), everyMs);
    this.#timer.unref();
  }

  /** What the next line will say. */
  now(news: string): void {
    this.#news = news;
  }

  end(): void {
    clearInterval(this.#timer);
  }
}

export function elapsed(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
