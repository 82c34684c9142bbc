import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import { readSeedFile, type SeedFile, startEmulator } from "../../emulator/index.ts";
import { numberRecord } from "../../emulator/records/number.ts";
import { findJsonFault } from "../../emulator/seeds/json-fault.ts";
import { seedNumber } from "../../emulator/seeds/seed-file.ts";
import { DAY, HOUR, kept, START, startGraph, WABA } from "./emulator-client.ts";

async function problemsOf(seed: unknown): Promise<string[]> {
  const error = await startEmulator({ seed: seed as SeedFile }).then(
    (emulator) => emulator.close(),
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error)) throw new Error("the seed was taken");
  return error.message.split("\n");
}

describe("a seed of one's own", () => {
  test("holds businesses, accounts, numbers, pre-verified numbers and tokens under Graph's names", async () => {
    const graph = await startGraph({
      seed: {
        businesses: [{ id: "50", name: "Acme", max_phone_numbers: 3 }],
        wabas: [{ id: "60", name: "Acme Support", account_review_status: "PENDING" }],
        phone_numbers: [
          {
            id: "70",
            phone_number: "+4930901820",
            verified_name: "Acme",
            platform_type: "CLOUD_API",
            quality_rating: "YELLOW",
            throughput: { level: "HIGH" },
            new_display_name: "Acme Berlin",
            new_name_status: "PENDING_REVIEW",
            last_onboarded_time: "2026-01-02T03:04:05+0000",
            pin: "000001",
          },
        ],
        preverified_numbers: [{ id: "80", phone_number: "+16315550000", code_verification_time: "-10d" }],
        tokens: [{ token: "narrow", wabas: ["60"], scopes: ["whatsapp_business_management"] }],
      },
    });
    expect(graph.emulator.wabaIds).toEqual(["60"]);
    const fields = "display_phone_number,verified_name,code_verification_status,name_status,status,platform_type";
    const more = "quality_rating,throughput,new_display_name,new_name_status,last_onboarded_time,is_pin_enabled";
    expect((await graph.get(`/70?fields=${fields},${more}`, { token: "narrow" })).body).toEqual({
      display_phone_number: "+49 309 018 20",
      verified_name: "Acme",
      code_verification_status: "VERIFIED",
      name_status: "APPROVED",
      status: "CONNECTED",
      platform_type: "CLOUD_API",
      quality_rating: "YELLOW",
      throughput: { level: "HIGH" },
      new_display_name: "Acme Berlin",
      new_name_status: "PENDING_REVIEW",
      last_onboarded_time: "2026-01-02T03:04:05+0000",
      is_pin_enabled: true,
      id: "70",
    });
    const register = (pin: string) => graph.post("/70/register", { messaging_product: "whatsapp", pin });
    expect((await register("123456")).body.error.code).toBe(133005);
    expect((await register("000001")).status).toBe(200);
    const account = await graph.get("/60?fields=name,account_review_status");
    expect(account.body).toEqual({ name: "Acme Support", account_review_status: "PENDING", id: "60" });
    const preverified = await graph.get("/80?fields=code_verification_status,code_verification_time");
    expect(preverified.body).toMatchObject({ code_verification_status: "VERIFIED", id: "80" });
    expect((await graph.get("/50?fields=name")).body).toEqual({ name: "Acme", id: "50" });
  });

  test("needs no more than a number, and makes the rest", async () => {
    const graph = await startGraph({ seed: { phone_numbers: [{ phone_number: "+16315550000" }] } });
    expect(graph.emulator.wabaIds).toEqual([WABA]);
    const { body } = await graph.get(
      `/${WABA}/phone_numbers?fields=code_verification_status,platform_type,name_status`,
    );
    expect(body.data).toEqual([
      {
        code_verification_status: "NOT_VERIFIED",
        platform_type: "NOT_APPLICABLE",
        name_status: "AVAILABLE_WITHOUT_REVIEW",
        id: expect.stringMatching(/^1\d{14}$/),
      },
    ]);
    expect((await startGraph({ seed: {} })).emulator.wabaIds).toEqual([WABA]);
  });

  test("counts relative times from the clock at the start, and again at a reset", async () => {
    let now = START;
    const graph = await startGraph({
      clock: () => now,
      seed: {
        phone_numbers: [
          {
            id: "70",
            phone_number: "+16315550000",
            register_calls: ["-1h", "-2d"],
            name_requests: ["2026-10-30T09:00:00+01:00"],
            code: { value: "135790", expires_at: "+5m" },
          },
        ],
      },
    });
    const iso = (seconds: number) => new Date(now + seconds * 1000).toISOString();
    expect(kept(graph, "70")).toMatchObject({
      register_calls: [iso(-2 * DAY), iso(-HOUR)],
      name_requests: ["2026-10-30T08:00:00.000Z"],
      code: { value: "135790", expires_at: iso(300) },
    });
    now += DAY * 1000;
    graph.emulator.reset();
    expect(kept(graph, "70").register_calls).toEqual([iso(-2 * DAY), iso(-HOUR)]);
  });

  test.each<[unknown, string]>([
    [{ phone_numbers: [{ id: "7", phone_number: "631555" }] }, "phone_numbers[0].phone_number: must be E.164"],
    [{ phone_numbers: [{ id: "7", phone_number: "+1631555" }] }, "phone_numbers[0].phone_number: must be E.164"],
    [{ phone_numbers: [{ id: "7" }] }, "phone_numbers[0].phone_number: is missing"],
    [{ wabas: [{ name: "x" }] }, "wabas[0].id: is missing"],
    [{ phone_numbers: [{ id: 7, phone_number: "+16315550000" }] }, "phone_numbers[0].id: "],
    [{ phone_numbers: [{ id: "x", phone_number: "+16315550000" }] }, "phone_numbers[0].id: must be digits"],
    [
      { phone_numbers: [{ phone_number: "+16315550000", verifed_name: "A" }] },
      "phone_numbers[0].verifed_name: no such key; did you mean verified_name?",
    ],
    [{ phone_numbers: [{ phone_number: "+16315550000", zebra: 1 }] }, "phone_numbers[0].zebra: no such key"],
    [{ numbers: [] }, "numbers: no such key"],
    [{ phoneNumbers: [] }, "phoneNumbers: no such key; did you mean phone_numbers?"],
    [
      { phone_numbers: [{ phone_number: "+16315550000", throughput: { level: 1 } }] },
      "phone_numbers[0].throughput.level",
    ],
    [{ phone_numbers: [{ phone_number: "+16315550000", pin: "12345" }] }, "phone_numbers[0].pin: must be 6 digits"],
    [
      { phone_numbers: [{ phone_number: "+16315550000", register_calls: ["yesterday"] }] },
      "phone_numbers[0].register_calls[0]",
    ],
    [
      { phone_numbers: [{ phone_number: "+16315550000", waba_id: "61" }] },
      "phone_numbers[0].waba_id: there is no 61 in wabas",
    ],
    [
      { phone_numbers: [{ phone_number: "+16315550000", display_phone_number: "16315550001" }] },
      "phone_numbers[0].display_phone_number: its digits are not those of phone_number",
    ],
    [{ wabas: [{ id: "60", business_id: "51" }] }, "wabas[0].business_id: there is no 51 in businesses"],
    [
      { preverified_numbers: [{ phone_number: "+16315550000", business_id: "51" }] },
      "preverified_numbers[0].business_id",
    ],
    [{ tokens: [{ token: "a", wabas: ["61"] }] }, "tokens[0].wabas[0]: there is no 61 in wabas"],
    [{ tokens: [{ token: "a b" }] }, "tokens[0].token"],
    [{ tokens: [{ token: "a" }, { token: "a" }] }, "tokens[1].token: the same token as tokens[0].token"],
    [{ businesses: [{ id: "5" }], wabas: [{ id: "5" }] }, "wabas[0].id: the same id as businesses[0].id"],
    [{ wabas: [{ id: "506914307656634" }] }, "wabas[0].id: the same id as the default business"],
    [
      { phone_numbers: [{ phone_number: "+16315550000" }, { phone_number: "+16315550000" }] },
      "phone_numbers[1].phone_number: the same number in the same account as phone_numbers[0].phone_number",
    ],
    [
      {
        wabas: [{ id: "60" }, { id: "61" }],
        phone_numbers: [
          { phone_number: "+16315550000", platform_type: "CLOUD_API" },
          { phone_number: "+16315550000", waba_id: "61", platform_type: "CLOUD_API" },
        ],
      },
      "phone_numbers[1].phone_number: the same number, registered too, as phone_numbers[0].phone_number",
    ],
    [[], "it must be a JSON object"],
  ])("is refused: %j", async (seed, problem) => {
    const problems = await problemsOf(seed);
    expect(problems.length).toBe(1);
    expect(problems[0]).toContain(`seed: ${problem}`);
  });

  test("may list one number in two accounts, registered in one of them", async () => {
    const phone_number = "+16315550000";
    const graph = await startGraph({
      seed: {
        wabas: [{ id: "60" }, { id: "61" }],
        phone_numbers: [
          { id: "70", phone_number, platform_type: "CLOUD_API" },
          { id: "71", phone_number, waba_id: "61" },
        ],
      },
    });
    expect((await graph.get("/61/phone_numbers")).body.data.map(({ id }) => id)).toEqual(["71"]);
  });

  test("tells every problem in a line of its own, and of very many the first", async () => {
    expect((await problemsOf({ wabas: [{}], phone_numbers: [{ colour: 1 }] })).length).toBe(3);
    const many = await problemsOf({ wabas: Array.from({ length: 100 }, () => ({})) });
    expect(many.length).toBe(21);
    expect(many.at(-1)).toBe("seed: and 80 more");
  });

  test("has no key that does nothing", () => {
    const renamed = ["phone_number", "code", "code_requests", "wrong_codes", "embedded_signup_finished_at", "note"];
    const ledgers = ["register_calls", "register_blocked_until", "deregister_calls", "deregister_blocked_until"];
    const inert = Object.keys(seedNumber.shape).filter((key) => !(key in numberRecord.shape));
    expect(inert.toSorted()).toEqual([...renamed, ...ledgers].toSorted());
  });

  test("sets a review that decides by itself", async () => {
    const number = {
      id: "70",
      phone_number: "+16315550000",
      platform_type: "CLOUD_API",
      new_display_name: "Acme",
      new_name_status: "PENDING_REVIEW",
      name_review: { decide_at: "+1h", decision: "REJECTED" },
    } as const;
    const graph = await startGraph({ seed: { phone_numbers: [number] } });
    const status = async () => (await graph.get("/70?fields=new_name_status")).body.new_name_status;
    graph.emulator.advanceClock(HOUR - 1);
    expect(await status()).toBe("PENDING_REVIEW");
    graph.emulator.advanceClock(1);
    expect(await status()).toBe("DECLINED");
  });

  test("excludes a fleet", async () => {
    await expect(startEmulator({ seed: "hard", numbers: 1 })).rejects.toThrow("seed");
    await expect(startEmulator({ seed: {}, wabas: 1 })).rejects.toThrow("seed");
    await expect(startEmulator({ seed: "soft" as "hard" })).rejects.toThrow(
      'seed: must be "default", "hard" or a seed',
    );
  });
});

describe("a seed file", () => {
  const write = (text: string) => {
    const folder = mkdtempSync(join(tmpdir(), "waba-seed-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const path = join(folder, "seed.json");
    writeFileSync(path, text);
    return path;
  };

  test("is read with or without a byte order mark", async () => {
    const path = write('\uFEFF{"wabas":[{"id":"60"}]}');
    expect((await startGraph({ seed: readSeedFile(path) })).emulator.wabaIds).toEqual(["60"]);
  });

  test.each([
    ["", "not valid JSON at line 1, column 1: the text ends early"],
    ['{\n  "wabas": [],\n}', "not valid JSON at line 3, column 1: expected a key in double quotes"],
    ['{"wabas": [{"id" "60"}]}', "not valid JSON at line 1, column 18: expected a colon"],
    ["{'wabas': []}", "not valid JSON at line 1, column 2: expected a key in double quotes or }"],
    ['{"wabas": [{}]}', "wabas[0].id: is missing"],
  ])("%j is refused with its path and the place", (text, problem) => {
    const path = write(text);
    expect(() => readSeedFile(path)).toThrow(`${path}: ${problem}`);
  });

  test("that is not there is refused by name", () => {
    expect(() => readSeedFile("/nowhere/seed.json")).toThrow("/nowhere/seed.json: there is no such file");
    expect(() => readSeedFile(tmpdir())).toThrow("cannot be read");
  });

  test("that is not JSON has a place where it stops to be, and only then", () => {
    const sound = fc.json().map((text) => [...text]);
    const broken = fc.tuple(sound, fc.nat(), fc.constantFrom(...'{}[]",:\\0-e.tn \u0001é')).map(([text, at, char]) => {
      text.splice(at % (text.length + 1), 1, char);
      return text;
    });
    fc.assert(
      fc.property(fc.oneof(sound, broken), (characters) => {
        const text = characters.join("");
        let isJson = true;
        try {
          JSON.parse(text);
        } catch {
          isJson = false;
        }
        expect(findJsonFault(text) === undefined).toBe(isJson);
      }),
      { seed: 4, numRuns: 2000 },
    );
  });
});

describe("the seed hard", () => {
  test("keeps the default numbers as they are", async () => {
    const [plain, hard] = await Promise.all([startGraph(), startGraph({ seed: "hard" })]);
    const numbers = plain.emulator.state().numbers as object;
    expect(Object.keys(numbers).length).toBe(3);
    expect(hard.emulator.state().numbers).toMatchObject(numbers);
    expect(hard.emulator.wabaIds[0]).toBe(WABA);
  });

  const id = (last: number) => String(1972385232742200 + last);
  test.each<[number, object]>([
    [1, { new_display_name: "New Bakery", new_name_status: "PENDING_REVIEW", verified_name: "Old Bakery" }],
    [2, { new_name_status: "APPROVED", verified_name: "New Diner", new_certificate: expect.any(String) }],
    [4, { new_name_status: "DECLINED", verified_name: "Old Garage" }],
    [5, { new_name_status: "EXPIRED", new_display_name: "New Hotel" }],
    [7, { name_status: "PENDING_REVIEW", code_verification_status: "VERIFIED", platform_type: "NOT_APPLICABLE" }],
    [8, { name_status: "DECLINED" }],
    [9, { platform_type: "ON_PREMISE", status: "DISCONNECTED", code_verification_status: "NOT_VERIFIED" }],
    [10, { platform_type: "CLOUD_API", is_on_biz_app: true, status: "CONNECTED" }],
    [11, { status: "BANNED", quality_rating: "RED", health_status: { can_send_message: "BLOCKED" } }],
    [12, { status: "MIGRATED", platform_type: "NOT_APPLICABLE" }],
    [16, { code_verification_status: "EXPIRED", status: "CONNECTED", platform_type: "CLOUD_API" }],
    [17, { quality_rating: "RED", health_status: { can_send_message: "BLOCKED" } }],
    [18, { quality_rating: "RED", health_status: { can_send_message: "LIMITED" } }],
    [19, { code_verification_status: "NOT_VERIFIED", status: "PENDING" }],
  ])("number %d reads as its case says", async (last, expected) => {
    const graph = await startGraph({ seed: "hard" });
    const fields =
      "verified_name,name_status,new_display_name,new_name_status,new_certificate,code_verification_status," +
      "platform_type,status,quality_rating,is_on_biz_app,health_status";
    const { status, body } = await graph.get(`/${id(last)}?fields=${fields}`);
    expect(status).toBe(200);
    expect(body).toMatchObject(expected);
  });

  const registered = { messaging_product: "whatsapp", pin: "123456" };
  test.each<[number, string, object, object]>([
    [6, "", { new_display_name: "Decided" }, { status: 400 }],
    [7, "/register", registered, { status: 400, code: 100, subcode: 2388001 }],
    [9, "/register", registered, { status: 400, code: 100 }],
    [11, "/register", registered, { code: 131031 }],
    [13, "/register", registered, { status: 200 }],
    [14, "/register", registered, { status: 400, code: 133016 }],
    [15, "/register", registered, { status: 200 }],
    [19, "/verify_code", { code: "246810" }, { status: 200 }],
    [20, "/register", registered, { code: 133005 }],
  ])("number %d answers %s as its case says", async (last, edge, json, expected) => {
    const graph = await startGraph({ seed: "hard" });
    const { status, body } = await graph.post(`/${id(last)}${edge}`, json);
    expect({ status, code: body.error?.code, subcode: body.error?.error_subcode }).toMatchObject(expected);
  });

  test("its near deadlines hold for a day less a second, and no longer", async () => {
    for (const [last, before, after] of [
      [3, "APPROVED", "EXPIRED"],
      [15, 200, 400],
    ] as const) {
      const now = async (seconds: number) => {
        const graph = await startGraph({ seed: "hard" });
        graph.emulator.advanceClock(seconds);
        if (last === 15) return (await graph.post(`/${id(last)}/register`, registered)).status;
        return (await graph.get(`/${id(last)}?fields=new_name_status`)).body.new_name_status;
      };
      expect(await now(DAY - 1)).toBe(before);
      expect(await now(DAY)).toBe(after);
    }
  });

  test("nine register calls leave one, and the eleventh is refused for three days", async () => {
    const graph = await startGraph({ seed: "hard" });
    const register = () => graph.post(`/${id(13)}/register`, registered);
    expect((await register()).status).toBe(200);
    expect((await register()).body.error.code).toBe(133016);
  });

  test("the cap of a business, the pending account and the pool of the partner", async () => {
    const graph = await startGraph({ seed: "hard" });
    expect((await graph.post(`/${id(23)}/register`, registered)).status).toBe(400);
    const account = await graph.get("/102290129340400?fields=account_review_status");
    expect(account.body.account_review_status).toBe("PENDING");
    const { body } = await graph.get("/506914307656636/preverified_numbers?fields=code_verification_status");
    expect(Object.fromEntries(body.data.map((row) => [row.id, row.code_verification_status]))).toEqual({
      "2972385232742301": "VERIFIED",
      "2972385232742302": "VERIFIED",
      "2972385232742303": "EXPIRED",
      "2972385232742304": "NOT_VERIFIED",
    });
  });

  test("with nameFlip register an approved name is not the one in use yet", async () => {
    const graph = await startGraph({ seed: "hard", nameFlip: "register" });
    expect((await graph.get(`/${id(2)}?fields=verified_name`)).body.verified_name).toBe("Old Diner");
  });

  test("every case is in the guide, with its id and its note", async () => {
    const { hardSeed } = await import("../../emulator/seeds/hard.ts");
    const guide = readFileSync(new URL("../../docs/emulator.md", import.meta.url), "utf8");
    const { note: _, ...lists } = hardSeed("approval");
    const cases = Object.values(lists).flatMap((list) => list as readonly { id: string; note?: string }[]);
    const rows = cases.filter(({ note }) => note !== undefined).map(({ id, note }) => [id, note]);
    expect(rows.length).toBeGreaterThan(30);
    const table = new Map([...guide.matchAll(/^\| `(\d+)` *\| (.*?) *\|$/gm)].map(([, id, note]) => [id, note]));
    expect([...table]).toEqual(rows);
  });
});
