/** What is special to BusinessProfile; what it shares with others is in number-part.test.ts and in conformance. */
import { writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { CAKE_SHOP, ICE_CREAM, type Lifecycle, startLifecycle, WABA } from "../support/lifecycle.ts";
import { picturesIn, pngOf } from "../support/pictures.ts";

const SET = "POST /{PNID}/whatsapp_business_profile";
const READ = "GET /{PNID}/whatsapp_business_profile";
const BEGIN = "POST /app/uploads";
const SEND = "POST /upload:{SESSION}";
const OF = { of: "businessProfile" } as const;
const CAKE = { phoneNumberId: CAKE_SHOP.id, wabaId: WABA };

function profileAtMeta({ emulator }: Lifecycle, id = CAKE_SHOP.id): unknown {
  return (emulator.state() as unknown as { numbers: Record<string, { profile?: unknown }> }).numbers[id]?.profile;
}

test("its id is Graph's path, and a create without a difference reads twice and writes nothing", async () => {
  const { stack, calls } = await startLifecycle({}, {}, OF);
  await stack.up(CAKE);
  expect(stack.resource?.id).toBe(`${CAKE_SHOP.id}/whatsapp_business_profile`);
  expect(calls()).toEqual(["GET /{WABA}/phone_numbers", READ]);
  expect(stack.outputs).toMatchObject({ hasPicture: false, livesOnApp: false, displayPhoneNumber: "+1 631-555-1111" });
});

test("all that differs is one call, and holds only that", async () => {
  const lifecycle = await startLifecycle({}, {}, OF);
  const { stack, writes, emulator } = lifecycle;
  emulator.patchNumber(CAKE_SHOP.id, { profile: { about: "Cakes", email: "a@b.c", address: "1 Hacker Way" } });
  await stack.up({ ...CAKE, about: "Cakes", email: "c@d.e", websites: ["https://a.b"], vertical: "RETAIL" });
  expect(writes()).toEqual([SET]);
  const texts = { email: "c@d.e", websites: ["https://a.b"], vertical: "RETAIL" };
  expect(lifecycle.sent(SET)).toEqual([{ messaging_product: "whatsapp", ...texts }]);
  expect(profileAtMeta(lifecycle)).toEqual({ about: "Cakes", address: "1 Hacker Way", ...texts });
});

test("what is not declared is shown, and never changed; what is taken out stays", async () => {
  const lifecycle = await startLifecycle({}, {}, OF);
  const { stack, writes, emulator } = lifecycle;
  await stack.up({ ...CAKE, about: "Cakes", email: "a@b.c" });
  emulator.patchNumber(CAKE_SHOP.id, { profile: { about: "Cakes", email: "a@b.c", address: "theirs" } });
  writes();
  expect(await stack.up({ ...CAKE, about: "Cakes", email: "a@b.c" })).toMatchObject({ op: "same" });
  expect(stack.outputs).toMatchObject({ address: "theirs", managed: ["about", "email"] });
  expect(await stack.up({ ...CAKE, about: "Cakes" })).toEqual({ op: "update", properties: ["email"] });
  expect(stack.outputs).toMatchObject({ email: "a@b.c", managed: ["about"] });
  emulator.patchNumber(CAKE_SHOP.id, { profile: { about: "Cakes", email: "theirs@b.c" } });
  expect(await stack.up({ ...CAKE, about: "Cakes" })).toMatchObject({ op: "same" });
  expect(writes()).toEqual([]);
});

test("the profiles of an account's numbers share the list of the numbers", async () => {
  const { provider, calls } = await startLifecycle({}, {}, OF);
  const made = [await provider.create(CAKE), await provider.create({ ...CAKE, phoneNumberId: ICE_CREAM.id })];
  expect(calls()).toEqual(["GET /{WABA}/phone_numbers", READ, READ]);
  provider.begin?.();
  for (const { id, outs } of made) await provider.read(id, outs);
  expect(calls()).toEqual(["GET /{WABA}/phone_numbers", READ, READ]);
});

test("a picture in another place with the same bytes is the same one, and is not uploaded", async () => {
  const { stack, writes } = await startLifecycle({}, {}, OF);
  const { logo, copy } = picturesIn("logo", "copy");
  await stack.up({ ...CAKE, picture: logo });
  expect(writes()).toEqual([BEGIN, SEND, SET]);
  writeFileSync(copy.path, pngOf("logo"));
  const moved = { ...CAKE, picture: { ...logo, path: copy.path } };
  expect(await stack.up(moved)).toEqual({ op: "update", properties: ["picture"] });
  expect(writes()).toEqual([]);
  expect(stack.outputs).toMatchObject({ picture: moved.picture });
});

test("a text is changed without the picture, and needs no file", async () => {
  const { stack, writes } = await startLifecycle({}, {}, OF);
  const picture = { ...picturesIn("logo").logo };
  await stack.up({ ...CAKE, picture });
  writes();
  await stack.refresh();
  await stack.up({ ...CAKE, picture, about: "Cakes" });
  expect(writes()).toEqual([SET]);
});

test("an upload that is cut off once goes on in the same run", async () => {
  const { stack, emulator, calls } = await startLifecycle({}, {}, OF);
  const { logo } = picturesIn("logo");
  for (const drop of ["before", "after"] as const) {
    await stack.up({ ...CAKE, picture: logo });
    emulator.patchNumber(CAKE_SHOP.id, { profile: null });
    calls();
    emulator.addFault({ match: { method: "POST", path: "/upload:{SESSION}" }, drop });
    await stack.up({ ...CAKE, picture: logo });
    expect(calls().slice(-5)).toEqual([BEGIN, SEND, "GET /upload:{SESSION}", SEND, SET]);
    expect(stack.resource?.initErrors).toEqual([]);
  }
});

test("a file that is gone or another one since the program saw it is an error, and nothing is changed", async () => {
  const lifecycle = await startLifecycle({}, {}, OF);
  const { stack, writes } = lifecycle;
  const { logo } = picturesIn("logo");
  const program = { ...CAKE, about: "Cakes", picture: logo };
  writeFileSync(logo.path, pngOf("another"));
  await expect(stack.up(program)).rejects.toThrow(/another file than the program saw .*run pulumi up again/);
  await expect(stack.up({ ...program, picture: { ...logo, path: `${logo.path}.no` } })).rejects.toThrow(
    /cannot be read .*logo\.png\.no: ENOENT .*nothing was changed/,
  );
  expect(writes()).toEqual([]);
  expect(profileAtMeta(lifecycle)).toBeUndefined();
  writeFileSync(logo.path, pngOf("logo"));
  await stack.up(program);
  expect(writes()).toEqual([BEGIN, SEND, SET]);
});

test.each([
  ["lives on the app", { is_on_biz_app: true }],
  ["was never moved from the app", { platform_type: "ON_PREMISE", status: "DISCONNECTED" }],
])("the profile of a number that %s is never written, and a warning says so", async (_what, patch) => {
  const lifecycle = await startLifecycle({}, {}, OF);
  const { stack, writes, emulator, said } = lifecycle;
  emulator.patchNumber(CAKE_SHOP.id, { ...patch, profile: { about: "Theirs" } } as never);
  const program = { ...CAKE, about: "Ours", picture: picturesIn("logo").logo };
  await stack.up(program);
  expect(said.join("\n")).toContain("lives on the WhatsApp Business app: its business profile is changed there");
  expect(stack.outputs).toMatchObject({ about: "Theirs", livesOnApp: true });
  expect(await stack.up(program)).toEqual({ op: "same", properties: [] });
  await stack.up({ ...program, about: "Ours again" });
  expect(writes()).toEqual([]);
  // Moved to the Cloud API, it is the program's.
  emulator.patchNumber(CAKE_SHOP.id, { is_on_biz_app: false, platform_type: "CLOUD_API", status: "CONNECTED" });
  await stack.up(program);
  expect(writes()).toEqual([BEGIN, SEND, SET]);
});

test("another number is another profile: replaced, and the old one is left as it is", async () => {
  const lifecycle = await startLifecycle({}, {}, OF);
  const { stack, writes } = lifecycle;
  await stack.up({ ...CAKE, about: "Cakes" });
  writes();
  const other = { ...CAKE, phoneNumberId: ICE_CREAM.id, about: "Ice" };
  expect(await stack.up(other)).toEqual({ op: "replace", properties: ["phoneNumberId"] });
  expect(writes()).toEqual([SET]);
  expect([profileAtMeta(lifecycle), profileAtMeta(lifecycle, ICE_CREAM.id)]).toEqual([
    { about: "Cakes" },
    { about: "Ice" },
  ]);
});
