/** Each write of a pre-verified number's life is cut, before and after its effect. */
import { expect, test } from "vitest";
import type { Emulator } from "../../emulator/index.ts";
import type { Properties } from "../support/engine-double.ts";
import type { Lifecycle } from "../support/lifecycle.ts";
import { ADD, idOf, PARTNER, POOLED, REQUEST, SHARE, SMS, start, UNSHARE, VERIFY } from "../support/pre-verified.ts";

const WAY = [ADD, REQUEST, VERIFY, SHARE, UNSHARE, "DELETE /{PREID}"];

/** From nothing to nothing, one write after the other; each run that is cut is made once more. */
async function live({ stack, emulator }: Lifecycle, dies: boolean): Promise<void> {
  const isCut = () => emulator.requests().requests.some(({ status }) => status === null);
  const run = async (program: Properties) => {
    const known = stack.resource;
    const before = isCut();
    await stack.up(program).catch(() => undefined);
    if (isCut() === before) return;
    if (dies) stack.resource = known;
    await stack.up(program);
  };
  const program = { ...POOLED, onDelete: "delete" };
  await run(program);
  const id = idOf(stack);
  // Whether the code left, only the person knows who waits for it.
  const attempt = isCodeWaiting(emulator, id) ? 1 : 2;
  if (attempt === 2) await run({ ...program, verification: { ...SMS, attempt } });
  const proven = { ...program, verification: { ...SMS, attempt, code: emulator.code(id) } };
  await run(proven);
  expect(stack.outputs.phase).toBe("verified");
  await run({ ...proven, sharedWith: [PARTNER] });
  expect(stack.outputs.partners).toEqual([PARTNER]);
  await run(proven);
  expect(stack.outputs).not.toHaveProperty("sharedWith");
  await stack.destroy().catch(() => stack.destroy());
  expect(stack.resource).toBeUndefined();
}

function isCodeWaiting(emulator: Emulator, id: string): boolean {
  try {
    return emulator.code(id) !== "";
  } catch {
    return false;
  }
}

/** The writes that had an effect at Meta. */
function effects({ emulator }: Lifecycle, drop?: "before" | "after"): string[] {
  const { requests } = emulator.requests();
  const writes = requests.filter(({ method }) => method !== "GET");
  const done = writes.filter(({ status }) => status === 200 || (status === null && drop === "after"));
  return done.map(({ method, route }) => `${method} ${route}`);
}

test("the whole way is six writes", async () => {
  const lifecycle = await start();
  await live(lifecycle, false);
  expect(effects(lifecycle)).toEqual(WAY);
});

const CUTS = (["before", "after"] as const).flatMap((drop) =>
  [false, true].flatMap((dies) => WAY.map((write) => [drop, write, dies ? "the process dies" : "it lives"] as const)),
);

test.each(CUTS)("cut %s the effect of %s, and %s: every write has its effect, once", async (drop, write, how) => {
  const lifecycle = await start();
  const [method = "", route = ""] = write.split(" ");
  lifecycle.emulator.addFault({ match: { method, path: route }, drop });
  const dies = how === "the process dies";
  await live(lifecycle, dies);
  expect(lifecycle.emulator.requests().requests.filter(({ status }) => status === null)).toMatchObject([
    { method, route },
  ]);
  // Graph does not show that a code was sent: who forgot it has another one sent.
  const forgotten = dies && drop === "after" && [ADD, REQUEST].includes(write) ? [REQUEST] : [];
  expect(effects(lifecycle, drop)).toEqual(WAY.flatMap((one) => (one === REQUEST ? [one, ...forgotten] : [one])));
});
