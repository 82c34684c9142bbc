/** The functions against an emulator, as one run of a program calls them. */
import type { Emulator } from "../../emulator/index.ts";
import { type LookUps, lookUpsOf } from "../../provider/functions/look-ups.ts";

export interface Looking {
  /** What the calls of one run share; another object is another run. */
  readonly run: LookUps;
  /** A call that waited for resources. */
  readonly late: LookUps;
  /** A call of another run. */
  another(config?: Record<string, string>): LookUps;
  readonly said: string[];
}

/** @param config by key without its `waba:` */
export function lookingAt(emulator: Emulator, config: Record<string, string> = {}): Looking {
  const said: string[] = [];
  const say = (line: string) => void said.push(line);
  const always = { baseUrl: emulator.url, accessToken: emulator.token };
  const program = (run: object, own: Record<string, string>) => {
    const all: Record<string, string> = { ...always, ...own };
    return {
      name: "getPhoneNumbers" as const,
      run,
      config: (key: string) => all[key.replace("waba:", "")],
      say,
      warn: say,
    };
  };
  const first = program({}, config);
  return {
    run: lookUpsOf(first, false),
    late: lookUpsOf(first, true),
    another: (own = config) => lookUpsOf(program({}, own), false),
    said,
  };
}
