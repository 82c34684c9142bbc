/** Choices between behaviours that Meta's texts leave open, and rules that can be switched: set once, by option. */
import type { App } from "./app.ts";
import { DAY, SECOND } from "./limits.ts";
import type { ResolvedOptions } from "./options.ts";
import type { NameFlip } from "./rules/display-name.ts";
import type { ReviewMode } from "./rules/review.ts";

export interface Settings {
  /** The emulator's own app, and where its webhooks go. */
  readonly app: { readonly id: string; readonly name: string; readonly url?: string | undefined };
  readonly nameFlip: NameFlip;
  /** False: the certificate fields do not exist. */
  readonly certificates: boolean;
  readonly review: ReviewMode;
  /** How the name stands that a number is added with. */
  readonly firstNameStatus: "AVAILABLE_WITHOUT_REVIEW" | "PENDING_REVIEW" | "NONE";
  readonly nameRules: "length" | "help_center";
  /** True: Meta's retirement of the PIN has reached every number. */
  readonly pinRetired: boolean;
  /** False: the on-premises API has ended. */
  readonly onPremises: boolean;
  /** Milliseconds; 0 means that guesses may follow each other at once. */
  readonly pinGuessInterval: number;
  /** Milliseconds from a verified code to EXPIRED. */
  readonly proofLifetime: number;
}

export function settingsOf(options: ResolvedOptions, app: App): Settings {
  const { nameFlip, certificates, review, firstNameStatus, nameRules, pinRetired, onPremises } = options;
  return {
    app: { id: app.id, name: app.name, url: options.webhook.url },
    nameFlip,
    certificates,
    review,
    firstNameStatus,
    nameRules,
    pinRetired,
    onPremises,
    pinGuessInterval: options.pinGuessIntervalSeconds * SECOND,
    proofLifetime: options.proofLifetimeDays * DAY,
  };
}
