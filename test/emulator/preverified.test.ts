import { describe, expect, test } from "vitest";
import { DAY, type Graph, ICE_CREAM, kept, pathOf, type Reply, START, startGraph, WABA } from "./emulator-client.ts";

const BUSINESS = "506914307656634";
const PARTNER = "222222";
const PARTNER_WABA = "333333";
const PHONE = "15550783881";
const pool = `/${BUSINESS}/preverified_numbers`;

const WITH_PARTNER = {
  seed: {
    businesses: [
      { id: BUSINESS, name: "Lucky Shrub" },
      { id: PARTNER, name: "Partner" },
    ],
    wabas: [
      { id: WABA, name: "Lucky Shrub", business_id: BUSINESS },
      { id: PARTNER_WABA, name: "Partner's client", business_id: PARTNER },
    ],
  },
};

const at = (days: number) => new Date(START + days * DAY * 1000).toISOString().replace(/\.000Z$/, "+0000");
const refusal = ({ status, body }: Reply) => [status, body.error.code, body.error.error_subcode];
const ids = ({ body }: Reply) => body.data.map((row) => row.id);
const show = async (graph: Graph, id: string) =>
  (await graph.get(`/${id}?fields=code_verification_status,code_verification_time,verification_expiry_time`)).body;

async function addPreverified(graph: Graph, phone = PHONE): Promise<string> {
  return (await graph.send("POST", `/${BUSINESS}/add_phone_numbers?phone_number=${phone}`)).body.id;
}

async function prove(graph: Graph, id: string): Promise<Reply> {
  await graph.send("POST", `/${id}/request_code?code_method=SMS&language=en_US`);
  return graph.send("POST", `/${id}/verify_code?code=${graph.emulator.code(id)}`);
}

async function addProven(graph: Graph, phone = PHONE): Promise<string> {
  const id = await addPreverified(graph, phone);
  await prove(graph, id);
  return id;
}

const claim = (graph: Graph, id: string, more: object = {}, waba = WABA) =>
  graph.post(`/${waba}/phone_numbers`, { preverified_id: id, verified_name: "Lucky Shrub", ...more });

describe("in the pool", () => {
  test("an added one is not verified, and belongs to its business", async () => {
    const graph = await startGraph();
    const { status, body } = await graph.send("POST", `/${BUSINESS}/add_phone_numbers?phone_number=%2B1 555-078-3881`);
    expect(status).toBe(200);
    expect(body).toEqual({ id: expect.stringMatching(/^\d{15}$/) });
    expect((await graph.get(`/${body.id}`)).body).toEqual({
      phone_number: PHONE,
      code_verification_status: "NOT_VERIFIED",
      id: body.id,
    });
    const fields = "owner_business{name},verification_expiry_time,code_verification_time";
    expect((await graph.get(`/${body.id}?fields=${fields}`)).body).toEqual({
      owner_business: { name: "Lucky Shrub" },
      id: body.id,
    });
    expect((await graph.get(`/${body.id}?fields=display_phone_number`)).body.error.code).toBe(100);
  });

  test.each([
    ["", 100, undefined],
    ["12", 100, undefined],
    ["16315551111", 100, 2388001],
    [PHONE, 100, 2388012],
  ])("adding %j is refused and adds nothing", async (phone, code, subcode) => {
    const graph = await startGraph();
    await addPreverified(graph);
    const before = graph.emulator.state();
    const reply = await graph.post(`/${BUSINESS}/add_phone_numbers`, { phone_number: phone });
    expect(refusal(reply)).toEqual([400, code, subcode]);
    expect(graph.emulator.state()).toEqual(before);
  });

  test("a number that is listed in an account and not registered can be added", async () => {
    const graph = await startGraph();
    expect((await graph.post(`/${BUSINESS}/add_phone_numbers`, { phone_number: "16315552222" })).status).toBe(200);
    expect((await graph.get(`/${ICE_CREAM}`)).status).toBe(200);
  });

  test("one that is not proven within 90 days leaves the pool and can be added again", async () => {
    const graph = await startGraph();
    const id = await addPreverified(graph);
    graph.emulator.advanceClock(90 * DAY - 1);
    expect(ids(await graph.get(pool))).toEqual([id]);
    expect((await graph.get(`/${id}`)).status).toBe(200);
    graph.emulator.advanceClock(1);
    expect((await graph.get(pool)).body).toEqual({ data: [] });
    expect(refusal(await graph.get(`/${id}`))).toEqual([400, 100, 33]);
    expect(refusal(await graph.post(`/${id}/request_code`, { code_method: "SMS", language: "en" }))).toEqual([
      400, 100, 33,
    ]);
    expect(refusal(await claim(graph, id))).toEqual([400, 100, undefined]);
    expect((await graph.control("GET", `codes/${id}`)).status).toBe(404);
    expect(await addPreverified(graph)).not.toBe(id);
    const again = await graph.post(`/${BUSINESS}/add_phone_numbers`, { phone_number: PHONE });
    expect(refusal(again)).toEqual([400, 100, 2388012]);
  });

  test("a deleted one is gone", async () => {
    const graph = await startGraph();
    const id = await addPreverified(graph);
    expect((await graph.send("DELETE", `/${id}`)).body).toEqual({ success: true });
    expect(refusal(await graph.get(`/${id}`))).toEqual([400, 100, 33]);
    expect(refusal(await graph.send("DELETE", `/${id}`))).toEqual([400, 100, 33]);
    expect((await graph.get(pool)).body).toEqual({ data: [] });
    expect(await addPreverified(graph)).toMatch(/^\d+$/);
  });
});

describe("proof", () => {
  test.each(["SMS", "VOICE", "IVR"])("a code by %s verifies for 90 days", async (code_method) => {
    const graph = await startGraph();
    const id = await addPreverified(graph);
    expect((await graph.post(`/${id}/request_code`, { code_method, language: "en" })).body).toEqual({ success: true });
    const code = (await graph.control("GET", `codes/${id}`)).body.code;
    expect(code).toMatch(/^\d{6}$/);
    expect((await graph.post(`/${id}/verify_code`, { code })).body).toEqual({ success: true });
    expect(await show(graph, id)).toEqual({
      code_verification_status: "VERIFIED",
      code_verification_time: at(0),
      verification_expiry_time: at(90),
      id,
    });
    expect((await graph.control("GET", `codes/${id}`)).status).toBe(404);
  });

  test.each([
    [{ code_method: "EMAIL", language: "en" }],
    [{ language: "en" }],
    [{ code_method: "SMS" }],
    [{ code_method: "SMS", language: "english!" }],
  ])("a code request of %j is refused and sends nothing", async (params) => {
    const graph = await startGraph();
    const id = await addPreverified(graph);
    const before = graph.emulator.state();
    expect(refusal(await graph.post(`/${id}/request_code`, params))).toEqual([400, 100, undefined]);
    expect(graph.emulator.state()).toEqual(before);
  });

  test("IVR is for pre-verified numbers only", async () => {
    const graph = await startGraph();
    const reply = await graph.post(`/${ICE_CREAM}/request_code`, { code_method: "IVR", language: "en" });
    expect(refusal(reply)).toEqual([400, 100, undefined]);
  });

  test("wrong codes are counted: after five not even the right one counts", async () => {
    const graph = await startGraph();
    const id = await addPreverified(graph);
    expect(refusal(await graph.post(`/${id}/verify_code`, { code: "123456" }))).toEqual([400, 136025, 2388093]);
    await graph.post(`/${id}/request_code`, { code_method: "SMS", language: "en" });
    const code = graph.emulator.code(id);
    const wrong = code === "000000" ? "000001" : "000000";
    for (let guess = 0; guess < 5; guess++) {
      expect((await graph.post(`/${id}/verify_code`, { code: wrong })).body.error.code).toBe(136025);
    }
    expect(refusal(await graph.post(`/${id}/verify_code`, { code }))).toEqual([400, 136025, 2388093]);
    expect((await show(graph, id)).code_verification_status).toBe("NOT_VERIFIED");
  });

  test("the fifth code is sent, the sixth is not", async () => {
    const graph = await startGraph();
    const id = await addPreverified(graph);
    const ask = () => graph.post(`/${id}/request_code`, { code_method: "SMS", language: "en" });
    for (let count = 0; count < 5; count++) expect((await ask()).status).toBe(200);
    expect(refusal(await ask())).toEqual([400, 136024, 2388367]);
  });

  test("it expires at 90 days, stays in the pool, and can be made again", async () => {
    const graph = await startGraph();
    const id = await addProven(graph);
    graph.emulator.advanceClock(90 * DAY - 1);
    expect((await show(graph, id)).code_verification_status).toBe("VERIFIED");
    graph.emulator.advanceClock(1);
    expect(await show(graph, id)).toEqual({
      code_verification_status: "EXPIRED",
      code_verification_time: at(0),
      verification_expiry_time: at(90),
      id,
    });
    expect(ids(await graph.get(pool))).toEqual([id]);
    expect((await prove(graph, id)).status).toBe(200);
    expect(await show(graph, id)).toMatchObject({
      code_verification_status: "VERIFIED",
      verification_expiry_time: at(180),
    });
  });

  test("it can be renewed in its last 45 days, and not before", async () => {
    const graph = await startGraph();
    const id = await addProven(graph);
    const ask = () => graph.post(`/${id}/request_code`, { code_method: "SMS", language: "en" });
    graph.emulator.advanceClock(45 * DAY - 1);
    const before = graph.emulator.state();
    expect(refusal(await ask())).toEqual([400, 136024, undefined]);
    expect(graph.emulator.state()).toEqual(before);
    graph.emulator.advanceClock(1);
    expect((await ask()).status).toBe(200);
    await graph.post(`/${id}/verify_code`, { code: graph.emulator.code(id) });
    expect(await show(graph, id)).toMatchObject({ code_verification_time: at(45), verification_expiry_time: at(135) });
  });
});

describe("the list", () => {
  test("goes by creation, filters, and shows the asked fields", async () => {
    const graph = await startGraph();
    const first = await addProven(graph, "15550000001");
    graph.emulator.advanceClock(1);
    const second = await addPreverified(graph, "15550000002");
    graph.emulator.advanceClock(1);
    const third = await addPreverified(graph, "15550000003");
    expect(ids(await graph.get(pool))).toEqual([first, second, third]);
    expect(ids(await graph.get(`${pool}?code_verification_status=VERIFIED`))).toEqual([first]);
    expect(ids(await graph.get(`${pool}?code_verification_status=NOT_VERIFIED`))).toEqual([second, third]);
    expect(ids(await graph.get(`${pool}?phone_number=%2B1 555 000 0002`))).toEqual([second]);
    expect(ids(await graph.get(`${pool}?phone_number=5550000002`))).toEqual([]);
    expect((await graph.get(`${pool}?fields=phone_number&limit=1`)).body.data).toEqual([
      { phone_number: "15550000001", id: first },
    ]);
    expect(refusal(await graph.get(`${pool}?code_verification_status=UNVERIFIED`))).toEqual([400, 100, undefined]);
    expect(refusal(await graph.get(`${pool}?fields=id,colour`))).toEqual([400, 100, undefined]);
    graph.emulator.advanceClock(90 * DAY - 2);
    expect(ids(await graph.get(`${pool}?code_verification_status=EXPIRED`))).toEqual([first]);
  });

  test("is paged forth and back, filters included", async () => {
    const graph = await startGraph();
    const all: string[] = [];
    for (let index = 0; index < 5; index++) all.push(await addPreverified(graph, `1555000000${index}`));
    all.sort();
    const one = await graph.get(`${pool}?limit=2&code_verification_status=NOT_VERIFIED&fields=phone_number`);
    expect(one.body.paging.previous).toBeUndefined();
    const two = await graph.get(pathOf(one.body.paging.next));
    const three = await graph.get(pathOf(two.body.paging.next));
    expect(three.body.paging.next).toBeUndefined();
    expect([one, two, three].flatMap(ids)).toEqual(all);
    expect(Object.keys(two.body.data[0] ?? {})).toEqual(["phone_number", "id"]);
    expect(two.body.paging.next).toContain("code_verification_status=NOT_VERIFIED");
    expect(ids(await graph.get(pathOf(three.body.paging.previous)))).toEqual(ids(two));
    expect((await graph.get(`${pool}?after=rubbish`)).body.error.code).toBe(131059);
  });
});

describe("sharing", () => {
  const share = (graph: Graph, preverified_id: string, partner_business_id = PARTNER, method = "POST") =>
    graph.send(method, `/${BUSINESS}/share_preverified_numbers`, { json: { preverified_id, partner_business_id } });

  test("a partner lists it and may claim it, until it is unshared", async () => {
    const graph = await startGraph(WITH_PARTNER);
    const id = await addProven(graph);
    const partners = async () => (await graph.get(`/${id}/partners`)).body.data;
    expect(await partners()).toEqual([]);
    expect(refusal(await claim(graph, id, {}, PARTNER_WABA))).toEqual([400, 100, undefined]);
    for (let times = 0; times < 2; times++) expect((await share(graph, id)).body).toEqual({ success: true });
    expect(await partners()).toEqual([{ name: "Partner", id: PARTNER }]);
    expect(ids(await graph.get(`/${PARTNER}/preverified_numbers`))).toEqual([id]);
    const unshare = `/${BUSINESS}/share_preverified_numbers?preverified_id=${id}&partner_business_id=${PARTNER}`;
    expect((await graph.send("DELETE", unshare)).body).toEqual({ success: true });
    expect(await partners()).toEqual([]);
    expect((await graph.get(`/${PARTNER}/preverified_numbers`)).body).toEqual({ data: [] });
    expect(refusal(await claim(graph, id, {}, PARTNER_WABA))).toEqual([400, 100, undefined]);
    await share(graph, id);
    const { status, body } = await claim(graph, id, {}, PARTNER_WABA);
    expect(status).toBe(200);
    expect(kept(graph, body.id)).toMatchObject({ waba_id: PARTNER_WABA, is_preverified_number: true });
  });

  test.each(["POST", "DELETE"])("%s with ids that fit nothing is refused and changes nothing", async (method) => {
    const graph = await startGraph(WITH_PARTNER);
    const id = await addProven(graph);
    const before = graph.emulator.state();
    for (const [preverified, partner] of [
      ["1", PARTNER],
      [WABA, PARTNER],
      ["", PARTNER],
      [id, "1"],
      [id, BUSINESS],
      [id, ""],
    ] as const) {
      expect(refusal(await share(graph, preverified, partner, method))).toEqual([400, 100, undefined]);
    }
    const path = `/${PARTNER}/share_preverified_numbers`;
    const byPartner = await graph.send(method, path, { json: { preverified_id: id, partner_business_id: BUSINESS } });
    expect(refusal(byPartner)).toEqual([400, 100, undefined]);
    expect(graph.emulator.state()).toEqual(before);
  });

  test("a partner's token reads what is shared with it and changes nothing of it", async () => {
    const graph = await startGraph(WITH_PARTNER);
    await graph.control("POST", "tokens", { token: "partner", wabas: [PARTNER_WABA] });
    const id = await addProven(graph);
    const call = { token: "partner" };
    expect(refusal(await graph.get(`/${id}`, call))).toEqual([400, 100, 33]);
    expect(refusal(await graph.get(pool, call))).toEqual([400, 100, 33]);
    await share(graph, id);
    expect((await graph.get(`/${id}`, call)).status).toBe(200);
    expect(refusal(await graph.get(pool, call))).toEqual([400, 100, 33]);
    const before = graph.emulator.state();
    expect(refusal(await graph.send("DELETE", `/${id}`, call))).toEqual([400, 100, 33]);
    expect(refusal(await graph.post(`/${id}/verify_code`, { code: "1" }, call))).toEqual([400, 100, 33]);
    expect(graph.emulator.state()).toEqual(before);
  });
});

describe("claiming", () => {
  test("replaces it by a verified phone number with another id, which registers without a code", async () => {
    const graph = await startGraph();
    const id = await addProven(graph);
    graph.emulator.advanceClock(90 * DAY - 1);
    const { status, body } = await claim(graph, id);
    expect(status).toBe(200);
    expect(body).toEqual({ id: expect.stringMatching(/^\d{15}$/) });
    expect(body.id).not.toBe(id);
    const fields = "display_phone_number,code_verification_status,status,is_preverified_number,verified_name";
    expect((await graph.get(`/${body.id}?fields=${fields}`)).body).toEqual({
      display_phone_number: "+1 555-078-3881",
      code_verification_status: "VERIFIED",
      status: "PENDING",
      is_preverified_number: true,
      verified_name: "Lucky Shrub",
      id: body.id,
    });
    expect((await graph.get(`/${ICE_CREAM}?fields=is_preverified_number`)).body.is_preverified_number).toBe(false);
    expect(refusal(await graph.get(`/${id}`))).toEqual([400, 100, 33]);
    expect((await graph.get(pool)).body).toEqual({ data: [] });
    expect(ids(await graph.get(`/${WABA}/phone_numbers?display_phone_number=${PHONE}`))).toEqual([body.id]);
    const register = await graph.post(`/${body.id}/register`, { messaging_product: "whatsapp", pin: "123456" });
    expect(register.body).toEqual({ success: true });
  });

  test.each([
    [{ phone_number: PHONE }],
    [{ phone_number: `+${PHONE}` }],
    [{ cc: "1", phone_number: "5550783881" }],
    [{ phone_number: "" }],
    [{ migrate_phone_number: false }],
  ])("with %j beside the id", async (more) => {
    const graph = await startGraph();
    expect((await claim(graph, await addProven(graph), more)).status).toBe(200);
  });

  test.each([
    [{ phone_number: "15550783882" }],
    [{ cc: "49", phone_number: PHONE }],
    [{ verified_name: undefined }],
    [{ verified_name: "x" }],
    [{ preverified_id: "1" }],
    [{ preverified_id: WABA }],
    [{ migrate_phone_number: true, phone_number: PHONE }],
  ])("with %j is refused and leaves it in the pool", async (more) => {
    const graph = await startGraph();
    const id = await addProven(graph);
    const before = graph.emulator.state();
    expect(refusal(await claim(graph, id, more))).toEqual([400, 100, undefined]);
    expect(graph.emulator.state()).toEqual(before);
  });

  test("of an unproven one, or one whose proof expired, is refused", async () => {
    const graph = await startGraph();
    const id = await addPreverified(graph);
    const refused = async () => {
      const before = graph.emulator.state();
      expect(refusal(await claim(graph, id))).toEqual([400, 100, 2388001]);
      expect(graph.emulator.state()).toEqual(before);
    };
    await refused();
    await prove(graph, id);
    graph.emulator.advanceClock(90 * DAY);
    await refused();
  });

  test("of a number that an account holds meanwhile is refused", async () => {
    const graph = await startGraph();
    const id = await addProven(graph);
    const added = await graph.post(`/${WABA}/phone_numbers`, { phone_number: PHONE, verified_name: "Lucky Shrub" });
    expect(added.status).toBe(200);
    expect(refusal(await claim(graph, id))).toEqual([400, 100, 2388012]);
    expect((await graph.get(`/${id}`)).status).toBe(200);
  });

  test("leaves 90 days to register; then a new code is needed", async () => {
    const graph = await startGraph();
    const { id } = (await claim(graph, await addProven(graph))).body;
    const register = () => graph.post(`/${id}/register`, { messaging_product: "whatsapp", pin: "123456" });
    const status = async () => (await graph.get(`/${id}`)).body.code_verification_status;
    graph.emulator.advanceClock(90 * DAY - 1);
    expect(await status()).toBe("VERIFIED");
    graph.emulator.advanceClock(1);
    expect(await status()).toBe("NOT_VERIFIED");
    expect((await register()).body.error.code).toBe(133006);
    await prove(graph, id);
    graph.emulator.advanceClock(1);
    expect(await status()).toBe("VERIFIED");
    expect((await register()).status).toBe(200);
  });

  test("and registered on the last second, it does not lapse", async () => {
    const graph = await startGraph();
    const { id } = (await claim(graph, await addProven(graph))).body;
    graph.emulator.advanceClock(90 * DAY - 1);
    await graph.post(`/${id}/register`, { messaging_product: "whatsapp", pin: "123456" });
    graph.emulator.advanceClock(1);
    expect((await graph.get(`/${id}`)).body).toMatchObject({
      code_verification_status: "VERIFIED",
      platform_type: "CLOUD_API",
    });
  });
});

test("a token needs business_management", async () => {
  const graph = await startGraph({ tokens: [{ token: "narrow", scopes: ["whatsapp_business_management"] }] });
  const id = await addPreverified(graph);
  for (const path of [`/${BUSINESS}`, pool, `/${id}`, `/${id}/partners`]) {
    const reply = await graph.get(path, { token: "narrow" });
    expect([reply.status, reply.body.error.code]).toEqual([403, 200]);
    expect(reply.body.error.message).toContain("business_management");
  }
  const reply = await graph.post(
    `/${BUSINESS}/add_phone_numbers`,
    { phone_number: "15550000009" },
    { token: "narrow" },
  );
  expect(reply.body.error.code).toBe(200);
});
