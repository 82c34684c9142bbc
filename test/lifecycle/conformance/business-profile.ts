/** BusinessProfile, as the conformance suite must know it. */
import { CAKE_SHOP, type Lifecycle, WABA } from "../../support/lifecycle.ts";
import { type DescribedPicture, picturesIn } from "../../support/pictures.ts";
import { TEXTS } from "../../support/profile.ts";
import type { Ground, Subject } from "./subject.ts";

interface Pictures extends Ground {
  readonly logo: DescribedPicture;
  readonly other: DescribedPicture;
}

const SET = "POST /{PNID}/whatsapp_business_profile";
const UPLOAD = ["POST /app/uploads", "POST /upload:{SESSION}"];
const WITH_PICTURE = [...UPLOAD, SET];

const least = { phoneNumberId: CAKE_SHOP.id, wabaId: WABA };
const full = ({ logo }: Pictures) => ({ ...least, ...TEXTS, picture: logo });

/** What somebody does in WhatsApp Manager. */
function changedThere({ emulator }: Lifecycle, change: object): void {
  const { profile } = numbers(emulator.state())[CAKE_SHOP.id] ?? {};
  const next = { ...profile, ...change };
  emulator.patchNumber(CAKE_SHOP.id, { profile: JSON.parse(JSON.stringify(next)) });
}

function numbers(state: object): Readonly<Record<string, { readonly profile?: object }>> {
  return (state as { numbers: Record<string, { profile?: object }> }).numbers;
}

const withChange = (change: object) => (ground: Pictures) => ({ ...full(ground), ...change });

export const BUSINESS_PROFILE: Subject<Pictures> = {
  className: "BusinessProfile",
  handlers: "businessProfile",
  ground: async () => {
    const { logo, other } = picturesIn("logo", "other");
    return { logo, other, names: { pictures: logo.path.replace(/logo\.png$/, "") } };
  },
  wabaId: WABA,
  findsAccountByGet: true,
  least: () => least,
  full,
  parts: ({ logo }) => ({
    texts: { about: TEXTS.about, email: TEXTS.email },
    emptied: { address: "", websites: [] },
    picture: { picture: logo },
    options: { onDelete: "retain", credential: "acme" },
  }),
  values: ({ other }) => ({
    phoneNumberId: { right: [CAKE_SHOP.id], wrong: ["cakes", 1972385232742141, ""] },
    wabaId: { right: [WABA], wrong: ["my-account", 5, ""] },
    about: { right: ["a", "🌵".repeat(139)], wrong: ["", "  ", "a".repeat(140), 5] },
    address: { right: ["", "a".repeat(256)], wrong: ["a".repeat(257), 5] },
    description: { right: ["", "a".repeat(512)], wrong: ["a".repeat(513), 5] },
    email: { right: ["", `${"a".repeat(124)}@b.c`], wrong: ["cakes", "a@b", `${"a".repeat(125)}@b.c`, 5] },
    vertical: { right: ["OTC_DRUGS", "NOT_A_BIZ"], wrong: ["CAKES", "", 5] },
    websites: {
      right: [[], ["http://a.b"], [`https://a.b/${"c".repeat(244)}`]],
      wrong: [
        "https://a.b",
        ["a.b"],
        [5],
        ["https://a.b", "https://b.c", "https://c.d"],
        [`https://a.b/${"c".repeat(245)}`],
      ],
    },
    picture: {
      right: [other],
      wrong: [{ path: "nowhere.png" }, { path: "notes.txt", sha256: other.sha256 }, { path: "" }, other.path, 5],
    },
    onDelete: { right: ["retain"], wrong: ["delete", true] },
    credential: { right: ["acme"], wrong: ["", "nobody"] },
  }),
  secretArgs: [],
  secretOutputs: [],
  secrets: () => [],
  steering: { credential: "acme", onDelete: "retain" },
  changes: [
    { what: "another text", to: withChange({ about: "Cakes!" }), shows: ["about"], writes: [SET] },
    {
      what: "several at once",
      to: (ground) => ({ ...full(ground), address: "", email: "", websites: [], picture: ground.other }),
      shows: ["address", "email", "picture", "websites"],
      writes: WITH_PICTURE,
    },
    {
      what: "another picture",
      to: (ground) => ({ ...full(ground), picture: ground.other }),
      shows: ["picture"],
      writes: WITH_PICTURE,
    },
    {
      what: "all for the first time",
      from: () => least,
      to: full,
      shows: ["about", "address", "description", "email", "picture", "vertical", "websites"],
      writes: WITH_PICTURE,
    },
  ],
  drifts: [
    {
      what: "its about text was changed",
      happens: (stage) => changedThere(stage, { about: "x" }),
      shows: ["about"],
      writes: [SET],
    },
    {
      what: "its address was taken away",
      happens: (stage) => changedThere(stage, { address: undefined }),
      shows: ["address"],
      writes: [SET],
    },
    {
      what: "its description was changed",
      happens: (stage) => changedThere(stage, { description: "x" }),
      shows: ["description"],
      writes: [SET],
    },
    {
      what: "its email was changed",
      happens: (stage) => changedThere(stage, { email: "x@y.z" }),
      shows: ["email"],
      writes: [SET],
    },
    {
      what: "its vertical was changed",
      happens: (stage) => changedThere(stage, { vertical: "AUTO" }),
      shows: ["vertical"],
      writes: [SET],
    },
    {
      what: "a website was taken away",
      happens: (stage) => changedThere(stage, { websites: ["https://example.com/"] }),
      shows: ["websites"],
      writes: [SET],
    },
    {
      what: "its picture was taken away",
      happens: (stage) => changedThere(stage, { profile_picture_handle: undefined }),
      shows: ["picture"],
      writes: WITH_PICTURE,
    },
    {
      what: "its picture was changed, which Graph does not show",
      happens: (stage) => changedThere(stage, { profile_picture_handle: "4:somebody's" }),
      shows: "none",
      writes: [],
    },
    {
      what: "a website is written in another way",
      happens: (stage) => changedThere(stage, { websites: ["https://EXAMPLE.com", "https://shop.example.com/"] }),
      shows: "none",
      writes: [],
    },
    {
      what: "two of them were changed",
      happens: (stage) => changedThere(stage, { about: "x", email: undefined }),
      shows: ["about", "email"],
      writes: [SET],
    },
  ],
  ends: [],
  // Which picture a profile has nobody can see: an adopted one gets the declared one.
  adoptionWrites: WITH_PICTURE,
  // A session that no profile refers to has no effect.
  withoutEffect: UPLOAD,
  atMeta: (emulator) => numbers(emulator.state())[CAKE_SHOP.id]?.profile,
  missingId: "999999999999999",
};
