import { expect, test } from "vitest";
import { VERSIONS } from "../../../emulator/calls/versions.ts";
import { readSettings } from "../../../provider/config.ts";
import { GRAPH_VERSIONS } from "../../../provider/doctor/graph-versions.ts";
import { Findings } from "../../../provider/doctor/report.ts";
import { Wire } from "../../../provider/doctor/wire.ts";
import { checkWire } from "../../../provider/doctor/wire-checks.ts";
import type { HttpAnswer } from "../../../provider/graph/transport.ts";

const NOW = new Date("2026-11-23T12:00:00.000Z");

/** The findings after answers with such headers. */
async function found(
  headers: HttpAnswer["headers"][],
  env: Record<string, string> = {},
  now = NOW,
): Promise<{ level: string; check: string; message: string }[]> {
  const wire = new Wire(() => now);
  const answers = headers.values();
  const transport = wire.listening({
    send: async () => ({ status: 200, body: "{}", headers: answers.next().value ?? {} }),
    close: async () => undefined,
  });
  for (const _ of headers) {
    await transport.send({ method: "GET", url: new URL("http://x"), headers: {}, timeoutMs: 1 });
  }
  expect(wire.calls).toBe(headers.length);
  const findings = new Findings();
  checkWire(
    findings,
    readSettings(env, () => undefined),
    wire,
    now,
  );
  return findings.all;
}

const of = (all: Awaited<ReturnType<typeof found>>, check: string) =>
  all.filter((one) => one.check === check).map(({ level, message }) => `${level}: ${message}`);

test.each<[string, string, string, string]>([
  ["v25.0", "v25.0", NOW.toISOString(), "ok: v25.0 ends on 2028-07-29"],
  ["v26.0", "v26.0", NOW.toISOString(), "ok: v26.0; Meta has named no end"],
  ["v31.0", "v31.0", NOW.toISOString(), "ok: v31.0, newer than this package's table"],
  [
    "v21.0",
    "v21.0",
    NOW.toISOString(),
    "warning: v21.0 ends on 2027-01-21, in 58 days: then Meta answers with a later one",
  ],
  ["v19.0", "v21.0", NOW.toISOString(), "warning: v19.0 was asked for, and v21.0 answered: v19.0 has ended"],
])("%s was asked for, %s answered at %s", async (asked, answered, now, said) => {
  const headers = [{ "facebook-api-version": answered }];
  expect(of(await found(headers, { WABA_API_VERSION: asked }, new Date(now)), "version")).toEqual([said]);
});

test("the table of versions is the one that the emulator answers by", () => {
  expect(GRAPH_VERSIONS).toEqual(VERSIONS.map(({ name, ends }) => (ends === undefined ? { name } : { name, ends })));
});

test.each<[string, string[]]>([
  ["Mon, 23 Nov 2026 12:00:01 GMT", ["ok: this clock is 1 s behind Meta's"]],
  [
    "Mon, 23 Nov 2026 11:58:30 GMT",
    ["warning: this clock is 90 s ahead of Meta's: Meta's windows of 72 hours and 14 days are counted by it"],
  ],
  ["yesterday", []],
])("the clock against the date %s", async (date, said) => {
  expect(of(await found([{ date }]), "clock")).toEqual(said);
});

test("a slow answer makes no skew: the nearest one counts", async () => {
  const dates = ["Mon, 23 Nov 2026 11:58:00 GMT", "Mon, 23 Nov 2026 12:00:00 GMT"].map((date) => ({ date }));
  expect(of(await found(dates), "clock")).toEqual(["ok: this clock is 0 s ahead of Meta's"]);
});

test("quotas that are nearly used up are told by account, the highest of all answers", async () => {
  const usage = (percent: number, regain = 0) => ({
    "x-business-use-case-usage": JSON.stringify({
      "900000": [{ call_count: percent, estimated_time_to_regain_access: regain }],
      "900001": [{ call_count: 3 }],
    }),
  });
  expect(of(await found([usage(10), usage(90, 5), usage(20)]), "quota")).toEqual([
    "warning: 90 % of Meta's hourly quota of account 900000 is used; Meta takes calls again in 5 minutes",
  ]);
  expect(of(await found([usage(10)]), "quota")).toEqual(["ok: at most 10 % of an hourly quota is used"]);
});

test("an address that is not Meta's is told", async () => {
  expect(of(await found([{}]), "address")).toEqual(["ok: calls go to https://graph.facebook.com"]);
  expect(of(await found([{}], { WABA_BASE_URL: "http://127.0.0.1:1" }), "address")).toEqual([
    "warning: calls go to http://127.0.0.1:1, which is not Meta's: an emulator or a proxy",
  ]);
});
