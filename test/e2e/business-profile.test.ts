import { writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { expect, test } from "vitest";
import { CAKE_SHOP, WABA } from "../support/lifecycle.ts";
import { pngOf } from "../support/pictures.ts";
import { ofType, RESOURCES, startStack, succeeded } from "../support/pulumi.ts";

const TYPE = "pulumi-nodejs:dynamic/waba:BusinessProfile";
const SET = "POST /{PNID}/whatsapp_business_profile";
const UPLOADED = { "POST /app/uploads": 1, "POST /upload:{SESSION}": 1, [SET]: 1 };

test("a picture by a relative path is uploaded, seen to be another file, and seen to be taken away", async () => {
  const { emulator, sandbox, pulumi, up, declareResources, exported, calls } = await startStack(RESOURCES);
  const logo = join(sandbox, "logo.png");
  // From where the program runs: the plugin must find it from there too.
  const picture = relative(RESOURCES, logo);
  const args = { phoneNumberId: CAKE_SHOP.id, wabaId: WABA, about: "Cakes", picture };
  await declareResources({ profile: { is: "BusinessProfile", args } });

  const missing = await pulumi(["preview"]);
  expect(missing.exitCode).not.toBe(0);
  expect(missing.stdout + missing.stderr).toMatch(/names no file that can be read.*logo\.png\)/);

  await writeFile(logo, pngOf("logo"));
  calls();
  await succeeded(up());
  expect(calls()).toMatchObject(UPLOADED);
  expect(ofType((await exported()).resources, TYPE)).toMatchObject([
    { id: `${CAKE_SHOP.id}/whatsapp_business_profile`, outputs: { hasPicture: true, picture: { path: picture } } },
  ]);
  await succeeded(up("--expect-no-changes"));
  calls();

  await writeFile(logo, pngOf("another logo"));
  const preview = await succeeded(pulumi(["preview", "--diff"]));
  expect(preview.stdout).toMatch(/picture\s*:.*sha256/s);
  expect(preview.stdout).not.toMatch(/about\s*:.*=>/);
  expect(calls()).not.toHaveProperty([SET]);
  await succeeded(up());
  expect(calls()).toMatchObject(UPLOADED);

  emulator.patchNumber(CAKE_SHOP.id, { profile: { about: "Cakes" } });
  const drift = await pulumi(["refresh", "--preview-only", "--expect-no-changes", "--diff"]);
  expect(drift.exitCode).not.toBe(0);
  expect(drift.stdout).toContain("picture");
  await succeeded(up());
  expect(calls()).toMatchObject(UPLOADED);
  await succeeded(pulumi(["destroy", "--yes", "--skip-preview", "--refresh=false"]));
  expect(calls()).toEqual({});
});
