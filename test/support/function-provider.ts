/** Our functions themselves as a provider, in the test's own process, with a process's shared state a provider. */
import { readSettings } from "../../provider/config.ts";
import type { Transport } from "../../provider/graph/transport.ts";
import { checkBusinessProfile } from "../../provider/lifecycle/business-profile/check.ts";
import { compareBusinessProfile } from "../../provider/lifecycle/business-profile/compare.ts";
import { businessProfileHandlers } from "../../provider/lifecycle/business-profile/handlers.ts";
import { createContext, type Process } from "../../provider/lifecycle/context.ts";
import { Holders } from "../../provider/lifecycle/holders.ts";
import { checkPhoneNumber } from "../../provider/lifecycle/phone-number/check.ts";
import { comparePhoneNumber } from "../../provider/lifecycle/phone-number/compare.ts";
import {
  createPhoneNumber,
  deletePhoneNumber,
  readPhoneNumber,
  updatePhoneNumber,
} from "../../provider/lifecycle/phone-number/handlers.ts";
import { checkPhoneNumberSettings } from "../../provider/lifecycle/phone-number-settings/check.ts";
import { comparePhoneNumberSettings } from "../../provider/lifecycle/phone-number-settings/compare.ts";
import { phoneNumberSettingsHandlers } from "../../provider/lifecycle/phone-number-settings/handlers.ts";
import { checkPreVerifiedPhoneNumber } from "../../provider/lifecycle/pre-verified-phone-number/check.ts";
import { comparePreVerifiedPhoneNumber } from "../../provider/lifecycle/pre-verified-phone-number/compare.ts";
import {
  createPreVerifiedPhoneNumber,
  deletePreVerifiedPhoneNumber,
  readPreVerifiedPhoneNumber,
  updatePreVerifiedPhoneNumber,
} from "../../provider/lifecycle/pre-verified-phone-number/handlers.ts";
import { checkWebhookSubscription } from "../../provider/lifecycle/webhook-subscription/check.ts";
import { compareWebhookSubscription } from "../../provider/lifecycle/webhook-subscription/compare.ts";
import {
  createWebhookSubscription,
  deleteWebhookSubscription,
  readWebhookSubscription,
  updateWebhookSubscription,
} from "../../provider/lifecycle/webhook-subscription/handlers.ts";
import type { Handlers } from "../../provider/resources/provider-text.ts";
import type { Provider } from "./engine-double.ts";
import type { World } from "./world.ts";

/** As in provider/runtime.ts, and loaded at once. */
const CLASSES = {
  phoneNumber: {
    check: checkPhoneNumber,
    diff: comparePhoneNumber,
    create: createPhoneNumber,
    update: updatePhoneNumber,
    read: readPhoneNumber,
    delete: deletePhoneNumber,
  },
  phoneNumberSettings: {
    check: checkPhoneNumberSettings,
    diff: comparePhoneNumberSettings,
    ...phoneNumberSettingsHandlers,
  },
  businessProfile: {
    check: checkBusinessProfile,
    diff: compareBusinessProfile,
    ...businessProfileHandlers,
  },
  preVerifiedPhoneNumber: {
    check: checkPreVerifiedPhoneNumber,
    diff: comparePreVerifiedPhoneNumber,
    create: createPreVerifiedPhoneNumber,
    update: updatePreVerifiedPhoneNumber,
    read: readPreVerifiedPhoneNumber,
    delete: deletePreVerifiedPhoneNumber,
  },
  webhookSubscription: {
    check: checkWebhookSubscription,
    diff: compareWebhookSubscription,
    create: createWebhookSubscription,
    update: updateWebhookSubscription,
    read: readWebhookSubscription,
    delete: deleteWebhookSubscription,
  },
};

/** @param env the WABA_ variables of its processes */
export function functionProvider(
  of: Handlers,
  { now, say, sleep }: World,
  env: Readonly<Record<string, string>>,
  transport: Transport,
): Provider {
  const handlers = CLASSES[of];
  const settings = () => readSettings(env, () => undefined);
  // Waiting moves the clock of the deadline, and takes no time.
  let elapsed = 0;
  const shared: Process = {
    transport,
    fieldSets: new Map(),
    shares: new Map(),
    holders: new Holders(),
    effects: {
      elapsed: () => elapsed,
      random: () => 0.5,
      sleep: async (ms) => {
        elapsed += ms;
        await sleep(ms);
      },
    },
    now: () => new Date(now()),
    salt: () => "salt",
    say,
    warn: say,
  };
  const context = () => createContext(settings(), shared);
  return {
    begin: () => {
      shared.holders.clear();
      shared.shares.clear();
    },
    check: async (_olds, news) => handlers.check(settings, news),
    diff: async (id, olds, news) => handlers.diff(shared, id, olds, news),
    create: (inputs) => handlers.create(context(), inputs),
    update: (id, olds, news) => handlers.update(context(), id, olds, news),
    read: (id, props) => handlers.read(context(), id, props),
    delete: (id, props) => handlers.delete(context, id, props),
  };
}
