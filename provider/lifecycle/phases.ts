/**
 * Each phase of a number with its meaning and, for people, the next action. Which one a number is in, phase.ts decides.
 * docs/phases.md is made from this table. Without imports: the type Phase is part of the package's types.
 */

interface PhaseText {
  readonly meaning: string;
  /** `{number}` stands for the number as commands take it. */
  readonly next: string;
  /** True where a person has to do something that we cannot: it is said as a warning. */
  readonly attention?: true;
}

export const PHASES = {
  unknown: {
    meaning:
      "Meta shows a value that this version does not know, or nothing could be read yet; nothing is done to the number",
    next: "Look at the number in WhatsApp Manager, and for a newer version of pulumi-waba.",
    attention: true,
  },
  migrated: {
    meaning: "the number moved to another account",
    next: "Declare it under the account that has it now.",
    attention: true,
  },
  blocked: {
    meaning: "Meta banned the number",
    next: "Appeal in WhatsApp Manager; nothing is done until it is lifted.",
    attention: true,
  },
  "on-phone": {
    meaning: "the number lives on the WhatsApp Business app, not on the Cloud API; we never touch it there",
    next: "Disconnect it from the app as Meta's guide says, or onboard it for coexistence, then run pulumi up.",
    attention: true,
  },
  coexistence: {
    meaning: "the number is used by the WhatsApp Business app and the Cloud API together; we only watch it",
    next: "Nothing to do.",
  },
  "other-platform": {
    meaning:
      "the number is registered in another way than is declared: with an on-premises client and without onPremises, or with the Cloud API in spite of it; we only watch it",
    next: "Declare it as it is used: onPremises for a client of yours, none for the Cloud API. To have it on the other one, end its registration there first.",
    attention: true,
  },
  contested: {
    meaning: "the registration was lost again within 72 hours of being restored: somebody else registers this number",
    next: "Find out who: another partner, another stack, or a person with the app. It is registered again after 72 hours.",
    attention: true,
  },
  "signup-expired": {
    meaning: "the number was not registered within 14 days of its embedded signup, and Meta takes it no more",
    next: "Have the customer go through embedded signup again, declare its time as embeddedSignupFinishedAt, and run pulumi up.",
    attention: true,
  },
  "code-rejected": {
    meaning: "Meta refused the verification code",
    next: "Give the newest code: npx waba code verify {number}. To have another one sent: npx waba code request {number}. Then run pulumi up. (Or verification.code and a raised verification.attempt.)",
    attention: true,
  },
  "code-sent": {
    meaning: "a verification code was sent and is waited for; it lives about ten minutes",
    next: "Give the code: npx waba code verify {number}, then run pulumi up. If it is too old: npx waba code request {number}. (Or verification.code and a raised verification.attempt.)",
  },
  "needs-verification": {
    meaning: "ownership of the number is not verified",
    next: 'Run pulumi up with verification: { method: "SMS", language: "en" } declared: a code is sent. Or: npx waba code request {number}.',
    attention: true,
  },
  verified: { meaning: "the number is verified and, as declared, not registered", next: "Nothing to do." },
  "name-declined": {
    meaning:
      "Meta declined the display name that was asked for; the number keeps working under its old name, if it has one",
    next: "Declare another displayName that follows Meta's guidelines and run pulumi up. The same text is not asked for again.",
    attention: true,
  },
  "name-expired": {
    meaning: "an approved display name was not registered within 14 days",
    next: "Run pulumi up: the name is asked for again.",
  },
  "name-not-provisioned": {
    meaning: "the number's first display name is not approved yet, so it cannot be registered",
    next: "Wait for Meta's review, then run pulumi up. To wait for it: npx waba wait {number} --for name.",
  },
  "attempts-exhausted": {
    meaning: "the ten registrations that Meta allows in 72 hours are used up",
    next: "Wait, then run pulumi up. Do not try by hand meanwhile.",
    attention: true,
  },
  "needs-pin": {
    meaning: "the number must be registered, and no PIN is declared",
    next: "Declare pin (6 digits, a secret of the configuration) and run pulumi up.",
    attention: true,
  },
  "needs-certificate": {
    meaning: "onPremises is declared, and Graph does not show the certificate that the client must be given",
    next: "Look in WhatsApp Manager whether the name is approved and has a certificate, then run pulumi up. Newer versions of Graph may not show it: waba:apiVersion.",
    attention: true,
  },
  deregistered: {
    meaning: "the number was registered and is not any more",
    next: "Run pulumi up: it is registered again.",
  },
  "ready-to-register": {
    meaning: "all that a registration needs is there",
    next: "Run pulumi up: it registers the number.",
  },
  "re-register-due": {
    meaning: "Meta approved the new display name; it holds once the number is registered again, within 14 days",
    next: "Run pulumi up: it registers the number again.",
  },
  "name-in-review": {
    meaning: "Meta reviews the display name that was asked for; a number that is registered works meanwhile",
    next: "Wait for Meta's review, usually 1 to 3 days, then run pulumi up. To wait for it: npx waba wait {number} --for name.",
  },
  registered: { meaning: "the number works under its declared name", next: "Nothing to do." },
} as const satisfies Record<string, PhaseText>;

export type Phase = keyof typeof PHASES;
