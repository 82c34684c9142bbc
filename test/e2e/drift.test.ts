import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Finding, type Report, report } from "../../provider/drift/report.ts";
import { NUMBERS, type Stack, startStack, succeeded } from "../support/pulumi.ts";

const WABA = "900000";
const REAL_ADDRESS = "https://hooks.example/other?key=hidden-key";
const idOf = (at: number) => String(100_000_000 + at);
const numbered = (count: number, more: Record<number, object> = {}) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, at) => [
      `n${at}`,
      { wabaId: WABA, phoneNumberId: idOf(at), pin: "123456", ...more[at] },
    ]),
  );

async function drift(
  { waba }: Stack,
  ...args: string[]
): Promise<{ exitCode: number; report: Report; stderr: string }> {
  const { exitCode, stdout, stderr } = await waba(["drift", "--format", "json", ...args]);
  return { exitCode, stderr, report: report.parse(JSON.parse(stdout)) };
}

const found = ({ stacks }: Report, name: string) =>
  stacks
    .flatMap(({ findings }) => findings)
    .filter((finding) => finding.name === name)
    .map(({ class: kind, property, old, new: now }: Finding) => [kind, property, old, now]);

const methods = ({ emulator }: Stack) => [...new Set(emulator.requests().requests.map(({ method }) => method))];

test("each class of change is told by its words and values, in every format, and nothing is written", async () => {
  const stack = await startStack(NUMBERS, { numbers: 13, wabas: 1 });
  const { emulator, sandbox, waba, up, declare, exported } = stack;
  await declare(numbered(13, { 4: { displayName: "Lucky Shrub" }, 5: { displayName: "Jasper's Market" } }));
  await succeeded(up());
  const { text: before } = await exported();
  emulator.clearRequests();

  const last = join(sandbox, "last.json");
  const quiet = await waba(["drift", "--output", last]);
  expect(quiet).toMatchObject({ exitCode: 0, stderr: expect.stringContaining("1 call to Graph") });
  const first = report.parse(JSON.parse(await readFile(last, "utf8")));
  expect(first.summary).toMatchObject({ resources: 13, calls: 1, findings: { drift: 0, action: 0, pending: 2 } });
  expect(found(first, "n5")).toEqual([["pending", "phase", "name-in-review", "name-in-review"]]);

  emulator.patchNumber(idOf(0), { status: "DISCONNECTED", platform_type: "NOT_APPLICABLE" });
  emulator.patchNumber(idOf(1), { quality_rating: "YELLOW", is_pin_enabled: false });
  emulator.patchNumber(idOf(2), { quality_rating: "RED" });
  emulator.patchNumber(idOf(3), { verified_name: "Someone Else" });
  emulator.reviewName(idOf(4), "APPROVED");
  emulator.patchNumber(idOf(6), { webhook_configuration: { phone_number: REAL_ADDRESS } });
  emulator.patchNumber(idOf(7), { whatsapp_business_manager_messaging_limit: "TIER_10K" });
  emulator.patchNumber(idOf(8), { status: "BANNED" });
  emulator.deleteNumber(idOf(9));
  emulator.patchNumber(idOf(10), { is_on_biz_app: true });
  emulator.patchNumber(idOf(11), {
    health_status: {
      can_send_message: "BLOCKED",
      entities: [
        {
          entity_type: "WABA",
          id: WABA,
          can_send_message: "BLOCKED",
          errors: [{ error_code: 141006, error_description: "No card.", possible_solution: "Add a payment method." }],
        },
      ],
    },
  });
  const formats = ["table", "markdown", "junit", "slack", "issue", "html"];
  const files = formats.flatMap((format) => ["--format", format, "--output", join(sandbox, `report.${format}`)]);
  const changed = await drift(stack, "--previous", last, ...files);
  expect(changed.exitCode).toBe(2);
  expect(found(changed.report, "n0")).toEqual([
    ["drift", "platformType", "CLOUD_API", "NOT_APPLICABLE"],
    ["drift", "status", "CONNECTED", "DISCONNECTED"],
  ]);
  expect(found(changed.report, "n1")).toEqual([
    ["noise", "isPinEnabled", true, false],
    ["noise", "qualityRating", "GREEN", "YELLOW"],
  ]);
  expect(found(changed.report, "n2")).toEqual([["action", "qualityRating", "GREEN", "RED"]]);
  expect(found(changed.report, "n3")).toContainEqual(["drift", "verifiedName", "Business 3", "Someone Else"]);
  expect(found(changed.report, "n4")).toEqual([["action", "newNameStatus", "PENDING_REVIEW", "APPROVED"]]);
  expect(found(changed.report, "n5")).toEqual([["pending", "phase", "name-in-review", "name-in-review"]]);
  const hook = "webhookConfiguration.phoneNumber";
  expect(found(changed.report, "n6")).toEqual([["drift", hook, undefined, "https://hooks.example/other?…"]]);
  expect(found(changed.report, "n7")).toEqual([["noise", "messagingLimit", "TIER_250", "TIER_10K"]]);
  expect(found(changed.report, "n8")).toContainEqual(["drift", "status", "CONNECTED", "BANNED"]);
  expect(found(changed.report, "n9")).toEqual([["drift", "id", idOf(9), undefined]]);
  expect(found(changed.report, "n10")).toEqual([["drift", "isOnBizApp", false, true]]);
  expect(found(changed.report, "n11")).toEqual([["action", "healthStatus.canSendMessage", "AVAILABLE", "BLOCKED"]]);
  expect(found(changed.report, "n12")).toEqual([]);
  const all = changed.report.stacks.flatMap(({ findings }) => findings);
  const [due] = all.filter(({ name }) => name === "n4");
  expect(due).toMatchObject({ memory: "new", heal: "npx waba heal --only re-register --stack test" });
  expect(due?.nextAction).toMatch(/registers the number again/);
  const [review] = all.filter(({ name }) => name === "n5");
  expect(review).toMatchObject({ memory: "ongoing", since: first.startedAt });
  const [blocked] = all.filter(({ name }) => name === "n11");
  expect(blocked).toMatchObject({
    message: expect.stringContaining("No card."),
    nextAction: "Add a payment method.",
  });
  expect(changed.report.stacks[0]?.resolved).toHaveLength(1);

  for (const format of formats) {
    const text = await readFile(join(sandbox, `report.${format}`), "utf8");
    for (const value of ["NOT_APPLICABLE", "Someone", "RED", "BANNED", "APPROVED"])
      expect(text, format).toContain(value);
    expect(text, format).not.toMatch(/hidden-key|123456|emulator-token/);
  }
  expect((await drift(stack, "--fail-on", "access", "--class", "re-register-due=noise")).exitCode).toBe(0);
  expect(methods(stack)).toEqual(["GET"]);
  expect((await exported()).text).toBe(before);
});

test("a rotated token works without an up, and what cannot be read is no drift", async () => {
  const stack = await startStack(NUMBERS, { numbers: 4, wabas: 2 });
  const { emulator, pulumi, waba, declare } = stack;
  const byConfig = { WABA_ACCESS_TOKEN: "" };
  const setToken = (token: string) =>
    succeeded(pulumi(["config", "set", "--secret", "waba:accessToken"], {}, { input: token }));
  for (const token of ["first-token", "second-token"]) emulator.addToken({ token });
  await declare(numbered(1));
  await setToken("first-token");
  await succeeded(pulumi(["up", "--yes", "--skip-preview"], byConfig));
  emulator.patchToken("first-token", { revoked: true });
  await setToken("second-token");
  emulator.clearRequests();

  const rotated = await succeeded(waba(["drift"], { env: byConfig }));
  expect(rotated.stdout).toContain("Nothing to report");
  expect(emulator.requests().requests.map(({ token }) => token)).toEqual(["second-token"]);

  const error = { message: "too many calls", type: "OAuthException", code: 80008, fbtrace_id: "A1" };
  emulator.addFault({ match: { method: "GET" }, times: "always", status: 400, body: { error } });
  const down = await waba(["drift", "--format", "json"], { env: byConfig });
  expect(down.exitCode).toBe(1);
  const told = report.parse(JSON.parse(down.stdout));
  expect(told.stacks[0]).toMatchObject({ outcome: "failed", findings: [], resources: [{ outcome: "failed" }] });
  expect(told.stacks[0]?.errors).toEqual([expect.stringContaining("code 80008")]);
  expect(`${down.stdout}${down.stderr}${rotated.stdout}${rotated.stderr}`).not.toMatch(/first-token|second-token/);
});
