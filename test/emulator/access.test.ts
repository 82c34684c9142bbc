import { expect, test } from "vitest";
import { CAKE_SHOP, startGraph, WABA } from "./emulator-client.ts";

test("an unknown token is refused with 190, HTTP 401 and a challenge", async () => {
  const graph = await startGraph();
  for (const path of [`/${CAKE_SHOP}`, `/${WABA}/phone_numbers`, "/1"]) {
    const { status, headers, body } = await graph.get(path, { token: "nobody" });
    expect(status).toBe(401);
    expect(body.error).toMatchObject({ code: 190, type: "OAuthException" });
    expect(headers.get("www-authenticate")).toMatch(/^OAuth "Facebook Platform" "invalid_token" "/);
  }
});

test("a call without a token is refused with 104", async () => {
  const graph = await startGraph();
  const { status, body } = await graph.get(`/${CAKE_SHOP}`, { token: null });
  expect([status, body.error.code]).toEqual([401, 104]);
});

test("a revoked token gets 190 with the subcode that was set, and works again when it is not revoked any more", async () => {
  const graph = await startGraph();
  await graph.control("PATCH", "tokens/emulator-token", { revoked: true, subcode: 463 });
  expect((await graph.get(`/${CAKE_SHOP}`)).body.error).toMatchObject({ code: 190, error_subcode: 463 });
  await graph.control("PATCH", "tokens/emulator-token", { revoked: false });
  expect((await graph.get(`/${CAKE_SHOP}`)).status).toBe(200);
  await graph.control("PATCH", "tokens/emulator-token", { revoked: true });
  expect((await graph.get(`/${CAKE_SHOP}`)).body.error).not.toHaveProperty("error_subcode");
});

test("an object that does not exist and one that the token may not see are the same refusal", async () => {
  const graph = await startGraph();
  await graph.control("POST", "tokens", { token: "outsider", wabas: ["1"] });
  const calls = [
    await graph.get("/404404404"),
    await graph.get(`/${CAKE_SHOP}`, { token: "outsider" }),
    await graph.get(`/${WABA}`, { token: "outsider" }),
    await graph.get(`/${WABA}/phone_numbers`, { token: "outsider" }),
    await graph.get("/nobody/phone_numbers"),
  ];
  for (const { status, headers, body } of calls) {
    expect(status).toBe(400);
    expect(body.error).toMatchObject({ code: 100, error_subcode: 33, type: "GraphMethodException" });
    expect(body.error.message).toMatch(/^Unsupported get request\. Object with ID '\w+' does not exist/);
    expect(headers.get("www-authenticate")).toMatch(/^OAuth "Facebook Platform" "invalid_request" "/);
  }
  const post = await graph.post(`/${CAKE_SHOP}/deregister`, undefined, { token: "outsider" });
  expect(post.body.error.message).toMatch(/^Unsupported post request\./);
});

test("a refused caller changes nothing, not even the count of calls", async () => {
  const graph = await startGraph({ tokens: [{ token: "outsider", wabas: [] }] });
  const before = graph.emulator.state();
  for (const token of ["nobody", "outsider"]) {
    await graph.post(`/${CAKE_SHOP}/register`, { messaging_product: "whatsapp", pin: "123456" }, { token });
    await graph.post(`/${CAKE_SHOP}`, { pin: "000000" }, { token });
    await graph.post(
      `/${WABA}/phone_numbers`,
      { cc: "1", phone_number: "2125550100", verified_name: "Lucky" },
      { token },
    );
  }
  expect(graph.emulator.state()).toEqual(before);
});

test("tokens given at the start work, with every account unless they name some", async () => {
  const graph = await startGraph({ numbers: 2, wabas: 2, tokens: ["all", { token: "one", wabas: ["900000"] }] });
  const reads = async (token: string) =>
    (await Promise.all(["900000", "900001"].map((id) => graph.get(`/${id}`, { token })))).map(({ status }) => status);
  expect(await reads("all")).toEqual([200, 200]);
  expect(await reads("one")).toEqual([200, 400]);
  expect((await graph.get("/100000001", { token: "one" })).status).toBe(400);
});

test("an edge of the other kind of node is refused the way Graph does", async () => {
  const graph = await startGraph();
  expect((await graph.get(`/${CAKE_SHOP}/phone_numbers`)).body.error.message).toContain("nonexisting field");
  expect((await graph.post(`/${WABA}/register`)).body.error).toMatchObject({ code: 100, error_subcode: 33 });
});
