/** WebhookSubscription: an app's subscription to the webhooks of a WhatsApp Business Account, as a user declares it. */
import * as pulumi from "@pulumi/pulumi";
import { keepOutputsOutOfDebugLog } from "./debug-log.ts";
import { providerText } from "./provider-text.ts";
import { pauseStackTraces } from "./stack-traces.ts";

const TYPE = "pulumi-nodejs:dynamic/waba:WebhookSubscription";
const PROVIDER = providerText("webhookSubscription");
/** `refused` holds the token that an address was refused with. */
const SECRET_OUTPUTS = ["verifyToken", "refused"];

/** What a program declares of a subscription. What is not declared is not managed: it is read, and never changed. */
export interface WebhookSubscriptionArgs {
  /**
   * The WhatsApp Business Account: its numeric id, as text. Another one is another subscription: the resource is replaced.
   */
  readonly wabaId: pulumi.Input<string>;
  /**
   * The app's own address for the messages of this account, in place of the app's address: https, at most 200 characters;
   * http is taken for this machine alone, where an emulator calls it. Meta calls it while it is set and wants its
   * challenge back; one that does not answer is a warning, and is tried again by a `pulumi up` ten minutes later. Needs
   * `verifyToken`. Taken out of the program, it is removed at Meta, unless somebody changed it. An address of a single
   * number (`webhook` of PhoneNumber) goes before it.
   */
  readonly callbackUrl?: pulumi.Input<string> | undefined;
  /**
   * The text that Meta sends along to prove itself while it verifies the address. Stored as a secret. Another one has the
   * address verified anew. Graph never shows it: that somebody set the same address with another one is not seen.
   */
  readonly verifyToken?: pulumi.Input<string> | undefined;
  /**
   * What `pulumi destroy` does: `retain` leaves all as it is, without any call. `unsubscribe` ends the subscription: no
   * webhook of the account comes to the app any more, nor to the addresses of single numbers. It is left alone where
   * another resource of the stack has it, or where somebody changed its address since. Default `retain`.
   */
  readonly onDelete?: pulumi.Input<"retain" | "unsubscribe"> | undefined;
  /**
   * The name of the credential (`waba:credentials`) whose token is used. The token decides which app it is. Default:
   * `waba:accessToken`.
   */
  readonly credential?: pulumi.Input<string> | undefined;
}

/** What narrows down `WebhookSubscription.get`. */
export interface WebhookSubscriptionState {
  /** The name of the credential whose token is used. */
  readonly credential?: pulumi.Input<string> | undefined;
}

/**
 * An app's subscription to the webhooks of a WhatsApp Business Account, and the address that they go to. The app is the
 * token's: Graph subscribes no other. One that is subscribed already is adopted, and its address left as it is unless one
 * is declared.
 *
 * Its id is the account's and the app's, as `102290129340398/670843887433847`.
 *
 * @example
 * const webhooks = new waba.WebhookSubscription("webhooks", {
 *   wabaId: "102290129340398",
 *   callbackUrl: "https://example.org/webhooks",
 *   verifyToken: config.requireSecret("verifyToken"),
 * });
 *
 * @see https://developers.facebook.com/docs/whatsapp/embedded-signup/webhooks/override
 */
export class WebhookSubscription extends pulumi.CustomResource {
  /** The account. */
  declare readonly wabaId: pulumi.Output<string>;
  /** The address as far as it was achieved: what Meta shows in its place once it was set. */
  declare readonly callbackUrl: pulumi.Output<string | undefined>;
  /** The token that the address was last verified with. A secret. */
  declare readonly verifyToken: pulumi.Output<string | undefined>;
  declare readonly onDelete: pulumi.Output<"retain" | "unsubscribe" | undefined>;
  declare readonly credential: pulumi.Output<string | undefined>;

  /** The app that is subscribed: its numeric id, as text. */
  declare readonly appId: pulumi.Output<string>;
  /** The app's name. */
  declare readonly appName: pulumi.Output<string | undefined>;
  /** The address that Meta shows for this account, whoever set it. Without one, the app's address is called. */
  declare readonly overrideCallbackUri: pulumi.Output<string | undefined>;

  /** The address that counts as the program's: it was set by us, or there as declared. It is removed when it is not declared any more. */
  declare readonly ownCallbackUrl: pulumi.Output<string | undefined>;
  /** An address that did not answer, with the code of Graph's refusal: it is left alone for ten minutes. A secret. */
  declare readonly refused: pulumi.Output<
    | { readonly callbackUrl: string; readonly verifyToken: string; readonly at: string; readonly code: string }
    | undefined
  >;
  /** The Graph that it was read from. */
  declare readonly baseUrl: pulumi.Output<string>;
  /** The form of these outputs: a newer version of this package reads older ones. */
  declare readonly schemaVersion: pulumi.Output<number>;

  /**
   * Reads a subscription that is managed elsewhere, by its id alone: the account's, where the token's app is meant, or
   * `ACCOUNT/APP`. An app that is not subscribed is an error.
   */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: WebhookSubscriptionState,
    opts?: pulumi.CustomResourceOptions,
  ): WebhookSubscription {
    return new WebhookSubscription(name, (state ?? {}) as WebhookSubscriptionArgs, { ...opts, id });
  }

  /** True for a WebhookSubscription, also one of another copy of this package. */
  static override isInstance(value: unknown): value is WebhookSubscription {
    return typeof value === "object" && value !== null && "__pulumiType" in value && value.__pulumiType === TYPE;
  }

  constructor(name: string, args: WebhookSubscriptionArgs, opts: pulumi.CustomResourceOptions = {}) {
    keepOutputsOutOfDebugLog();
    const { verifyToken } = args;
    const secrets = verifyToken === undefined ? {} : { verifyToken: pulumi.secret(verifyToken) };
    const props = { ...OUTPUTS, ...args, ...secrets, __provider: PROVIDER };
    const traces = pauseStackTraces();
    try {
      super(TYPE, name, props, pulumi.mergeOptions({ additionalSecretOutputs: SECRET_OUTPUTS }, opts));
    } catch (error) {
      throw traces.traced(error, WebhookSubscription);
    } finally {
      traces.resume();
    }
  }
}

type Output = Exclude<keyof WebhookSubscription, keyof pulumi.CustomResource | "wabaId">;

/** Pulumi fills in only what the constructor names, so every output but the required arg is named here. */
const OUTPUTS: { readonly [Name in Output]: undefined } = {
  callbackUrl: undefined,
  verifyToken: undefined,
  onDelete: undefined,
  credential: undefined,
  appId: undefined,
  appName: undefined,
  overrideCallbackUri: undefined,
  ownCallbackUrl: undefined,
  refused: undefined,
  baseUrl: undefined,
  schemaVersion: undefined,
};
