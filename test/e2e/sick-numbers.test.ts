import { expect, test } from "vitest";
import { startCallback } from "../support/callback.ts";
import { NUMBERS, startStack, succeeded } from "../support/pulumi.ts";

const WABA = "900000";
const REGISTER = "POST /{PNID}/register";
const ids = Array.from({ length: 25 }, (_, index) => String(100_000_000 + index));
const nameOf = (id: string) => `n${id.slice(-2)}`;
const [BANNED = "", DEAD_WEBHOOK = ""] = ids;

test("of 25 numbers that wait to be registered, one banned and one with a dead webhook trouble nobody but themselves", async () => {
  const { emulator, up, declare, numbers, calls } = await startStack(NUMBERS, { numbers: ids.length, wabas: 1 });
  const callback = await startCallback();
  callback.alive = false;
  for (const id of ids) emulator.patchNumber(id, { status: "PENDING", platform_type: "NOT_APPLICABLE" });
  emulator.patchNumber(BANNED, { status: "BANNED" });
  const webhook = { callbackUrl: callback.url, verifyToken: "my-token" };
  const args = (id: string) => ({
    wabaId: WABA,
    phoneNumberId: id,
    pin: "123456",
    ...(id === DEAD_WEBHOOK ? { webhook } : {}),
  });
  await declare(Object.fromEntries(ids.map((id) => [nameOf(id), args(id)])));

  const first = await succeeded(up());
  expect(warningsOf(first)).toEqual([
    expect.stringMatching(new RegExp(`could not set the webhook · number .*\\(${DEAD_WEBHOOK}\\).*2200`)),
    expect.stringMatching(new RegExp(`\\(${BANNED}\\) is blocked: Appeal in WhatsApp Manager`)),
  ]);
  expect(calls()).toMatchObject({ [REGISTER]: ids.length - 1 });
  const outputs = Object.entries(await numbers()).map(([name, number]) => [name, number.outputs?.phase]);
  expect(Object.fromEntries(outputs)).toEqual(
    Object.fromEntries(ids.map((id) => [nameOf(id), id === BANNED ? "blocked" : "registered"])),
  );
  expect((await numbers())[nameOf(DEAD_WEBHOOK)]?.outputs?.webhook).toBeUndefined();

  const second = await succeeded(up());
  expect(second.stdout).toContain(`${ids.length + 1} unchanged`);
  expect(warningsOf(second)).toEqual(
    expect.arrayContaining([
      expect.stringMatching(
        `\\(${DEAD_WEBHOOK}\\): Meta does not call the declared webhook .*code 2200.* up tries it again from`,
      ),
    ]),
  );
  expect(warningsOf(second)).toHaveLength(2);
  expect(Object.keys(calls()).filter((call) => !call.startsWith("GET"))).toEqual([]);
});

/** Without the engine's repetition of each beside its resource. */
function warningsOf({ stdout, stderr }: { stdout: string; stderr: string }): string[] {
  const lines = `${stdout}\n${stderr}`.split("\n").map((line) => line.trim());
  return lines.filter((line) => line.startsWith("warning: ")).toSorted();
}
