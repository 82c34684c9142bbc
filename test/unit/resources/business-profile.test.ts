import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { BusinessProfile, type BusinessProfileArgs } from "../../../provider/index.ts";
import { providerText } from "../../../provider/resources/provider-text.ts";
import { picturesIn, pngOf } from "../../support/pictures.ts";
import { type Registered, recordRegistered, value } from "../../support/registered.ts";

const ID = "1972385232742141/whatsapp_business_profile";
const registered = recordRegistered(ID, () => ({ hasPicture: true }));

const ARGS: BusinessProfileArgs = { phoneNumberId: pulumi.output("1972385232742141"), about: "Cakes" };

async function pictureOf(picture: BusinessProfileArgs["picture"]): Promise<unknown> {
  const profile = new BusinessProfile("pictured", { ...ARGS, picture });
  await value(profile.id);
  return registered.at(-1)?.inputs.picture;
}

test("registers Pulumi's dynamic type with its constant text, and its outputs can be read", async () => {
  const profile = new BusinessProfile("profile", ARGS);
  expect(await value(profile.id)).toBe(ID);
  expect(await value(profile.about)).toBe("Cakes");
  expect(await value(profile.hasPicture)).toBe(true);
  expect(registered.at(-1)).toMatchObject({
    type: "pulumi-nodejs:dynamic/waba:BusinessProfile",
    name: "profile",
    inputs: { __provider: providerText("businessProfile"), phoneNumberId: "1972385232742141", about: "Cakes" },
  });
  expect(registered.at(-1)?.inputs).not.toHaveProperty("picture");
});

test("a picture is described by its bytes: as a path, an output, or Pulumi's asset", async () => {
  const { logo } = picturesIn("logo");
  for (const picture of [logo.path, pulumi.output(logo.path), new pulumi.asset.FileAsset(logo.path)]) {
    expect(await pictureOf(picture)).toEqual(logo);
  }
});

test("a JPEG is told by its bytes, whatever its name says; another file has no type, and none no hash", async () => {
  const { logo } = picturesIn("logo");
  const folder = dirname(logo.path);
  const jpeg = join(folder, "photo.png");
  const bytes = Buffer.concat([Buffer.from("ffd8ffe0", "hex"), pngOf("photo")]);
  writeFileSync(jpeg, bytes);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  expect(await pictureOf(jpeg)).toEqual({ path: jpeg, sha256, fileType: "image/jpeg" });
  const notes = join(folder, "notes.png");
  writeFileSync(notes, "notes");
  expect(await pictureOf(notes)).toEqual({ path: notes, sha256: createHash("sha256").update("notes").digest("hex") });
  const none = join(folder, "none.png");
  expect(await pictureOf(none)).toEqual({ path: none });
});

test("get reads by the id alone", async () => {
  const profile = BusinessProfile.get("existing", "1972385232742141", { credential: "acme" });
  expect(await value(profile.id)).toBe("1972385232742141");
  const { inputs, id } = registered.at(-1) as Registered;
  expect(id).toBe("1972385232742141");
  expect(inputs).toEqual({ __provider: providerText("businessProfile"), credential: "acme" });
});

test("isInstance knows its own", () => {
  expect(BusinessProfile.isInstance(new BusinessProfile("own", ARGS))).toBe(true);
  expect(BusinessProfile.isInstance(new pulumi.ComponentResource("a:b:C", "other"))).toBe(false);
  expect(BusinessProfile.isInstance(undefined)).toBe(false);
});
