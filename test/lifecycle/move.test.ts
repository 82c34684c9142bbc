import { expect, test } from "vitest";
import type { SeedFile } from "../../emulator/index.ts";
import { type Lifecycle, startLifecycle } from "../support/lifecycle.ts";
import { asSomebody } from "../support/somebody.ts";

const [FROM, TO, NUMBER] = ["910000000000001", "910000000000002", "+16315557777"];
const OLD_ID = "911000000000001";
const MOVE = {
  wabaId: TO,
  phoneNumber: NUMBER,
  displayName: "Cake Palace",
  pin: "123456",
  migrate: { fromWabaId: FROM },
  verification: { method: "SMS", language: "en" },
};
const ADD = "POST /{WABA}/phone_numbers";

function start(number: object = {}, seed: Partial<SeedFile> = {}): Promise<Lifecycle> {
  return startLifecycle({
    seed: {
      businesses: [{ id: "912000000000001", name: "Cake Palace" }],
      wabas: [
        { id: FROM, name: "Old", business_id: "912000000000001" },
        { id: TO, name: "New", business_id: "912000000000001" },
      ],
      phone_numbers: [
        {
          id: OLD_ID,
          waba_id: FROM,
          phone_number: NUMBER,
          verified_name: "Cake Palace",
          name_status: "APPROVED",
          code_verification_status: "VERIFIED",
          platform_type: "CLOUD_API",
          pin: null,
          status: "CONNECTED",
          ...number,
        },
      ],
      ...seed,
    } as SeedFile,
  });
}

test("a number is moved: a new id, verified and registered anew, name kept", async () => {
  const { stack, emulator, writes, said } = await start();
  await stack.up(MOVE);
  const { id } = stack.resource ?? { id: "" };
  expect(id).not.toBe(OLD_ID);
  expect(writes()).toEqual([ADD, "POST /{PNID}/request_code"]);
  expect(said.join()).toContain(`Moved number ${NUMBER}, from account ${FROM} to ${TO} as ${id}`);
  await stack.up({ ...MOVE, verification: { ...MOVE.verification, code: emulator.code(id) } });
  expect(stack.outputs).toMatchObject({ phase: "registered", verifiedName: "Cake Palace" });
  expect(writes()).toEqual(["POST /{PNID}/verify_code", "POST /{PNID}/register"]);
  expect((await stack.up(MOVE)).op).toBe("same");
  expect(writes()).toEqual([]);
});

test.each([
  ["a PIN", { pin: "123456" }, /two-step verification is on/],
  ["a name in review", { new_display_name: "X Y Z", new_name_status: "PENDING_REVIEW" }, /PENDING_REVIEW/],
  ["a name that is not approved", { name_status: "DECLINED" }, /DECLINED.*must be APPROVED/],
  ["a test number", { account_mode: "SANDBOX" }, /test number/],
  ["the app", { platform_type: "ON_PREMISE", status: "DISCONNECTED" }, /Business app/],
])("%s stands in the way: said before any write", async (_what, number, message) => {
  const { stack, writes } = await start(number);
  await expect(stack.up(MOVE)).rejects.toThrow(message);
  expect(writes()).toEqual([]);
  expect(stack.resource).toBeUndefined();
});

test("everything that stands in the way is said at once", async () => {
  const { stack } = await start({ pin: "123456", name_status: "DECLINED" });
  await expect(stack.up(MOVE)).rejects.toThrow(/DECLINED.*two-step/);
});

test("no app subscribed to the account that gets it", async () => {
  const { stack, emulator, writes } = await start();
  await asSomebody(emulator, `DELETE ${TO}/subscribed_apps`);
  writes();
  await expect(stack.up(MOVE)).rejects.toThrow(/no app is subscribed/);
  expect(writes()).toEqual([]);
});

test("neither account has the number", async () => {
  const { stack } = await start();
  await expect(stack.up({ ...MOVE, phoneNumber: "+16315557778" })).rejects.toThrow(/neither account has it/);
});

test("an account that is not allowed is not even listed", async () => {
  const { anotherStack, calls } = await start();
  const stack = anotherStack({ WABA_ALLOWED_WABA_IDS: TO });
  await expect(stack.up(MOVE)).rejects.toThrow(new RegExp(`${FROM} is not among waba:allowedWabaIds`));
  expect(calls()).toEqual(["GET /{WABA}/phone_numbers"]);
});

test.each(["before", "after"] as const)("a move whose answer is cut %s its effect happens once", async (drop) => {
  const { stack, emulator, writes } = await start();
  emulator.addFault({ match: { method: "POST", path: "/{WABA}/phone_numbers" }, drop });
  await stack.up(MOVE).catch(() => undefined);
  await stack.up(MOVE);
  const { requests } = emulator.requests();
  const moves = requests.filter(({ method, route, status }) => `${method} ${route}` === ADD && status === 200);
  expect(moves).toHaveLength(drop === "before" ? 1 : 0);
  expect(writes().filter((call) => call === "POST /{PNID}/request_code")).toHaveLength(1);
  expect(Object.keys((emulator.state() as { numbers: object }).numbers)).toHaveLength(2);
});

test("once it is here, the argument does nothing", async () => {
  const { stack, writes, calls } = await start({ waba_id: TO });
  await stack.up(MOVE);
  expect(writes()).toEqual([]);
  calls();
  expect((await stack.up({ ...MOVE, migrate: undefined })).op).not.toBe("replace");
});
