/** The provider's calls of business profiles: what they send, and how they read the file's examples. Uploads are not in the file. */
import { expect, test } from "vitest";
import { BusinessProfiles } from "../../provider/graph/business-profiles.ts";
import { json, scriptedClient } from "../support/graph-answers.ts";
import { examplesOf, expectInFile } from "./client-request.ts";

const NUMBER = "1906385232743451";
const GET = "GET /{PNID}/whatsapp_business_profile";
const POST = "POST /{PNID}/whatsapp_business_profile";
const TEXTS = {
  about: "Cakes",
  address: "1 Hacker Way",
  description: "Cakes of every kind",
  email: "cakes@example.com",
  vertical: "RESTAURANT",
  websites: ["https://example.com"],
} as const;

async function sent(route: string, answer: unknown, call: (api: BusinessProfiles) => Promise<unknown>) {
  const { client, requests } = scriptedClient([json(200, answer)]);
  await call(new BusinessProfiles(client, (id) => `number ${id}`));
  return expectInFile(requests[0], route, { [NUMBER]: "{PNID}" });
}

test("a read is in the file", async () => {
  await sent(GET, { data: [{}] }, (api) => api.get(NUMBER));
});

test("a write with all that there is, is in the file", async () => {
  const body = await sent(POST, { success: true }, (api) => api.update(NUMBER, TEXTS, "4:Y2FrZQ=="));
  expect(body).toEqual({ messaging_product: "whatsapp", ...TEXTS, profile_picture_handle: "4:Y2FrZQ==" });
});

test("the file has examples of a profile", () => {
  expect(examplesOf(GET).length).toBeGreaterThan(0);
});

test.each(examplesOf(GET))("reads $name, flat as live answers are", async ({ value }) => {
  const [nested] = (value as { data: { business_profile: Record<string, unknown> }[] }).data;
  const shown = nested?.business_profile ?? expect.unreachable();
  const { client } = scriptedClient([json(200, { data: [shown] })]);
  const { hasPicture, ...texts } = await new BusinessProfiles(client, (id) => id).get(NUMBER);
  expect(Object.keys(texts).length).toBeGreaterThan(3);
  expect(shown).toMatchObject(texts);
  expect(hasPicture).toBe("profile_picture_url" in shown);
});

test.each(examplesOf(POST))("reads $name", async ({ value }) => {
  const { client } = scriptedClient([json(200, value)]);
  await new BusinessProfiles(client, (id) => id).update(NUMBER, TEXTS);
});
