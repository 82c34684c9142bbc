/** WebhookSubscription, as the conformance suite must know it. */
import { type Callback, startCallback } from "../../support/callback.ts";
import { WABA } from "../../support/lifecycle.ts";
import { asSomebody } from "../../support/somebody.ts";
import type { Ground, Subject } from "./subject.ts";

interface Addresses extends Ground {
  readonly hook: Callback;
  readonly other: Callback;
}

const SUBSCRIBE = "POST /{WABA}/subscribed_apps";
const [SUBSCRIBED, UNSUBSCRIBED] = [`POST ${WABA}/subscribed_apps`, `DELETE ${WABA}/subscribed_apps`] as const;
const [TOKEN, NEW_TOKEN] = ["my-verify-token", "my-next-verify-token"];
const full = ({ hook }: Addresses) => ({ wabaId: WABA, callbackUrl: hook.url, verifyToken: TOKEN });

const setTo = ({ url }: Callback) => ({ override_callback_uri: url, verify_token: "somebody's" });

export const WEBHOOK_SUBSCRIPTION: Subject<Addresses> = {
  className: "WebhookSubscription",
  handlers: "webhookSubscription",
  ground: async (lifecycle) => {
    await asSomebody(lifecycle.emulator, UNSUBSCRIBED);
    const [hook, other] = [await startCallback("/hook"), await startCallback("/other")];
    return { hook, other, names: { hook: hook.url, other: other.url } };
  },
  wabaId: WABA,
  least: () => ({ wabaId: WABA }),
  full,
  parts: (ground) => ({
    address: { callbackUrl: ground.hook.url, verifyToken: TOKEN },
    onDelete: { onDelete: "unsubscribe" },
    credential: { credential: "acme" },
  }),
  values: ({ other }) => ({
    wabaId: { right: [WABA], wrong: ["my-account", 102290129340398, ""] },
    callbackUrl: {
      right: [other.url, "https://example.org/hook?a=1"],
      wrong: ["ftp://example.org", `https://example.org/${"x".repeat(200)}`, "hook", 5],
    },
    verifyToken: { right: [NEW_TOKEN], wrong: ["", 5] },
    onDelete: { right: ["retain", "unsubscribe"], wrong: ["delete", true] },
    credential: { right: ["acme"], wrong: ["", "nobody"] },
  }),
  secretArgs: ["verifyToken"],
  secretOutputs: ["verifyToken", "refused"],
  secrets: () => [TOKEN, NEW_TOKEN],
  steering: { credential: "acme", onDelete: "unsubscribe" },
  changes: [
    {
      what: "another address",
      to: (ground) => ({ ...full(ground), callbackUrl: ground.other.url }),
      shows: ["callbackUrl"],
      writes: [SUBSCRIBE],
    },
    {
      what: "another token",
      to: (ground) => ({ ...full(ground), verifyToken: NEW_TOKEN }),
      shows: ["verifyToken"],
      writes: [SUBSCRIBE],
    },
    {
      what: "no address any more",
      to: () => ({ wabaId: WABA }),
      shows: ["callbackUrl", "verifyToken"],
      writes: [SUBSCRIBE],
    },
    {
      what: "an address for the first time",
      from: () => ({ wabaId: WABA }),
      to: full,
      shows: ["callbackUrl", "verifyToken"],
      writes: [SUBSCRIBE],
    },
  ],
  drifts: [
    {
      what: "its address was changed",
      happens: ({ emulator }, { other }) => asSomebody(emulator, SUBSCRIBED, setTo(other)),
      shows: ["callbackUrl"],
      writes: [SUBSCRIBE],
    },
    {
      what: "its address was taken away",
      happens: ({ emulator }) => asSomebody(emulator, SUBSCRIBED),
      shows: ["callbackUrl"],
      writes: [SUBSCRIBE],
    },
    {
      what: "its address was verified with another token, which Graph does not show",
      happens: ({ emulator }, { hook }) => asSomebody(emulator, SUBSCRIBED, setTo(hook)),
      shows: "none",
      writes: [],
    },
  ],
  gone: { happens: ({ emulator }) => asSomebody(emulator, UNSUBSCRIBED), writes: [SUBSCRIBE, SUBSCRIBE] },
  ends: [{ args: { onDelete: "unsubscribe" }, writes: ["DELETE /{WABA}/subscribed_apps"] }],
  atMeta: (emulator) => emulator.state().wabas,
  missingId: `${WABA}/999999999999999`,
};
