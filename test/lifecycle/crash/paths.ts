/** The ways of a number on which a run can break off: what is declared, run by run, and what people do in between. */
import type { EmulatorOptions, SeedFile } from "../../../emulator/index.ts";
import { startCallback } from "../../support/callback.ts";
import type { Properties } from "../../support/engine-double.ts";
import { CAKE_SHOP, ICE_CREAM, type Lifecycle, startLifecycle, WABA } from "../../support/lifecycle.ts";
import { asSomebody } from "../../support/somebody.ts";

export interface Scene extends Lifecycle {
  /** An address that answers Meta's challenge. */
  readonly address: string;
}

/** What happens before a run, and its program: undefined stands for `pulumi destroy`. */
type Stage = (scene: Scene) => Properties | undefined | Promise<Properties>;

export interface Path {
  readonly what: string;
  readonly options?: EmulatorOptions;
  readonly prepare?: (scene: Scene) => unknown;
  readonly stages: readonly Stage[];
  /** Where it ends, left alone; undefined where the stack is empty then. */
  readonly phase: string | undefined;
}

type OnEnd = (close: () => Promise<void>) => void;

export async function begin({ options = {}, prepare }: Path, onEnd?: OnEnd): Promise<Scene> {
  const lifecycle = await startLifecycle(options, {}, onEnd === undefined ? {} : { onEnd });
  const { url: address } = await startCallback("/hook", onEnd);
  const scene = { ...lifecycle, address };
  await prepare?.(scene);
  return scene;
}

const SMS = { method: "SMS", language: "en" };
const NEW = {
  wabaId: WABA,
  phoneNumber: "+4915112345678",
  displayName: "Blumen Berlin",
  pin: "654321",
  verification: SMS,
};
const ICE = {
  wabaId: WABA,
  phoneNumber: ICE_CREAM.phoneNumber,
  displayName: "Jasper's Ice Cream",
  pin: "654321",
  verification: SMS,
};
const CAKE = { wabaId: WABA, phoneNumber: CAKE_SHOP.phoneNumber, displayName: "John's Cake Shop", pin: "654321" };
const LUCKY = { ...CAKE, displayName: "Lucky Shrub" };

const BUSINESS = "912000000000001";
const [FROM, TO, MOVING, CLAIMED] = ["910000000000001", "910000000000002", "+16315557777", "913000000000001"];
const MOVE = { ...NEW, wabaId: TO, phoneNumber: MOVING, displayName: "Cake Palace", migrate: { fromWabaId: FROM } };
const SEED: SeedFile = {
  businesses: [{ id: BUSINESS, name: "Cake Palace" }],
  wabas: [FROM, TO].map((id) => ({ id, name: id, business_id: BUSINESS })),
};
const SOURCE: SeedFile = {
  ...SEED,
  phone_numbers: [
    {
      id: "911000000000001",
      waba_id: FROM,
      phone_number: MOVING,
      verified_name: "Cake Palace",
      name_status: "APPROVED",
      code_verification_status: "VERIFIED",
      platform_type: "CLOUD_API",
      status: "CONNECTED",
      pin: null,
    },
  ],
};
const POOL: SeedFile = {
  ...SEED,
  preverified_numbers: [{ id: CLAIMED, business_id: BUSINESS, phone_number: MOVING, code_verification_time: "-1d" }],
};

const verified = ({ emulator }: Scene) => emulator.patchNumber(ICE_CREAM.id, { code_verification_status: "VERIFIED" });

/** The program with the code that came; where none came, a person has another one sent. */
const withCode =
  (program: Properties): Stage =>
  async ({ stack, emulator }) => {
    const id = stack.resource?.id ?? "";
    try {
      return { ...program, verification: { ...SMS, code: emulator.code(id) } };
    } catch {
      const again = { ...SMS, attempt: 2 };
      await stack.up({ ...program, verification: again });
      return { ...program, verification: { ...again, code: emulator.code(id) } };
    }
  };

const webhook = ({ address }: Scene) => ({ callbackUrl: address, verifyToken: "my-token" });

const withClient = ({ emulator }: Scene): Properties => ({
  ...ICE,
  verification: undefined,
  onPremises: { baseUrl: emulator.url, token: emulator.token, method: "sms" },
});

async function unsubscribe({ emulator, calls }: Scene): Promise<void> {
  await asSomebody(emulator, `DELETE ${WABA}/subscribed_apps`);
  calls();
}

const renamed = (what: string, options: EmulatorOptions): Path => ({
  what: `a new name, its approval and the registration, ${what}`,
  options,
  stages: [
    () => LUCKY,
    ({ emulator }) => {
      emulator.reviewName(CAKE_SHOP.id, "APPROVED");
      return LUCKY;
    },
  ],
  phase: "registered",
});

export const PATHS: readonly Path[] = [
  {
    what: "a new number, its code, its registration, another name and a webhook",
    stages: [
      () => NEW,
      withCode(NEW),
      (scene) => ({ ...NEW, verification: undefined, displayName: "Blumen Mitte", webhook: webhook(scene) }),
    ],
    phase: "name-in-review",
  },
  { what: "an adopted number that is not verified", stages: [() => ICE, withCode(ICE)], phase: "registered" },
  {
    what: "an embedded signup, with a webhook and no subscribed app",
    prepare: async (scene) => {
      verified(scene);
      await unsubscribe(scene);
    },
    stages: [(scene) => ({ ...ICE, embeddedSignupFinishedAt: "2026-11-20T12:00:00.000Z", webhook: webhook(scene) })],
    phase: "registered",
  },
  {
    what: "a move from another account",
    options: { seed: SOURCE },
    stages: [() => MOVE, withCode(MOVE)],
    phase: "registered",
  },
  {
    what: "a claim of a pre-verified number",
    options: { seed: POOL },
    stages: [() => ({ ...NEW, wabaId: TO, phoneNumber: MOVING, preVerifiedId: CLAIMED })],
    phase: "registered",
  },
  renamed("which shows at the approval", { nameFlip: "approval" }),
  renamed("which shows with the registration", { nameFlip: "register" }),
  renamed("without certificates", { certificates: false }),
  {
    what: "another storage region",
    stages: [() => CAKE, () => ({ ...CAKE, dataLocalizationRegion: "DE", allowReregister: true })],
    phase: "registered",
  },
  {
    what: "a registration, and another PIN",
    prepare: verified,
    stages: [() => ICE, () => ({ ...ICE, pin: "111222" })],
    phase: "registered",
  },
  {
    what: "a registration that was lost",
    stages: [
      () => CAKE,
      ({ emulator }) => {
        emulator.patchNumber(CAKE_SHOP.id, { status: "DISCONNECTED", platform_type: "NOT_APPLICABLE" });
        return CAKE;
      },
    ],
    phase: "registered",
  },
  {
    what: "a webhook that comes and goes",
    prepare: unsubscribe,
    stages: [(scene) => ({ ...CAKE, webhook: webhook(scene) }), () => CAKE],
    phase: "registered",
  },
  {
    what: "an on-premises client and its code",
    stages: [withClient, (scene) => withCode(withClient(scene))(scene)],
    phase: "registered",
  },
  {
    what: "an on-premises client and a new certificate",
    prepare: verified,
    stages: [
      withClient,
      (scene) => ({ ...withClient(scene), displayName: "Ice Palace" }),
      (scene) => {
        scene.emulator.reviewName(ICE_CREAM.id, "APPROVED");
        return { ...withClient(scene), displayName: "Ice Palace" };
      },
    ],
    phase: "registered",
  },
  {
    what: "a deletion that deregisters",
    stages: [() => ({ ...CAKE, onDelete: "deregister" }), () => undefined],
    phase: undefined,
  },
];
