import { expect, test } from "vitest";
import { addVerified, CAKE_SHOP, type Graph, kept, startGraph, WABA } from "./emulator-client.ts";

const BUSINESS = "506914307656634";
const register = (graph: Graph, id: string) =>
  graph.post(`/${id}/register`, { messaging_product: "whatsapp", pin: "123456" });
const add = (graph: Graph, phone_number: string) =>
  graph.post(`/${WABA}/phone_numbers`, { cc: "1", phone_number, verified_name: "Lucky Shrub" });

test("without a cap there is none", async () => {
  const graph = await startGraph();
  for (const phone of ["2125550100", "2125550101", "2125550102"]) {
    expect((await register(graph, await addVerified(graph, phone))).status).toBe(200);
  }
});

test("at the cap no further number registers, and one more may as soon as another is deregistered", async () => {
  const graph = await startGraph({ maxPhoneNumbers: 2 });
  const [second, third] = [await addVerified(graph, "2125550100"), await addVerified(graph, "2125550101")];
  expect((await register(graph, second)).status).toBe(200);
  const { register_calls: _, ...before } = kept(graph, third);
  const { status, body } = await register(graph, third);
  expect([status, body.error.code]).toEqual([400, 100]);
  expect(kept(graph, third)).toMatchObject(before);
  await graph.post(`/${CAKE_SHOP}/deregister`);
  expect((await register(graph, third)).status).toBe(200);
});

test("numbers that are registered already register again at the cap", async () => {
  const graph = await startGraph({ maxPhoneNumbers: 1 });
  expect((await register(graph, CAKE_SHOP)).status).toBe(200);
});

test("at the cap none is added with 200000, and those that are listed only do not count", async () => {
  const graph = await startGraph({ maxPhoneNumbers: 2 });
  // Three are listed, one of them is registered.
  const { id } = (await add(graph, "2125550100")).body;
  graph.emulator.patchNumber(id, { code_verification_status: "VERIFIED" });
  await register(graph, id);
  const before = graph.emulator.state();
  const { status, body } = await add(graph, "2125550101");
  expect([status, body.error.code]).toEqual([400, 200_000]);
  expect(graph.emulator.state()).toEqual(before);
});

test("the cap counts over all accounts of the business, and over no other's", async () => {
  const graph = await startGraph({
    seed: {
      businesses: [{ id: BUSINESS, max_phone_numbers: 1 }, { id: "1" }],
      wabas: [
        { id: "11", business_id: BUSINESS },
        { id: "12", business_id: BUSINESS },
        { id: "13", business_id: "1" },
      ],
      phone_numbers: [
        { id: "21", waba_id: "11", phone_number: "+12125550100", platform_type: "CLOUD_API" },
        { id: "22", waba_id: "12", phone_number: "+12125550101", code_verification_status: "VERIFIED" },
        { id: "23", waba_id: "13", phone_number: "+12125550102", code_verification_status: "VERIFIED" },
      ],
    },
  });
  expect((await register(graph, "23")).status).toBe(200);
  expect((await register(graph, "22")).body.error.code).toBe(100);
  graph.emulator.patchBusiness(BUSINESS, { max_phone_numbers: 2 });
  expect((await register(graph, "22")).status).toBe(200);
});

test("null lifts the cap", async () => {
  const graph = await startGraph({ maxPhoneNumbers: 1 });
  const path = `businesses/${BUSINESS}`;
  expect((await graph.control("PATCH", path, { max_phone_numbers: null })).status).toBe(200);
  expect((await add(graph, "2125550100")).status).toBe(200);
});
