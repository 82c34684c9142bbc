/**
 * Each phase of a pre-verified number with its meaning and, for people, the next action. Which one it is in, phase.ts
 * decides. docs/phases.md is made from this table. Without imports: the type is part of the package's types.
 */

interface PhaseText {
  readonly meaning: string;
  /** `{attempt}` stands for the attempt that a code was last asked for, `{number}` for the number as commands take it. */
  readonly next: string;
  /** True where a person has to do something that we cannot: it is said as a warning. */
  readonly attention?: true;
}

export const PRE_VERIFIED_PHASES = {
  unknown: {
    meaning: "Meta shows a status that this version does not know; nothing is done to the number",
    next: "Look at the number in Meta's Business Manager, and for a newer version of pulumi-waba.",
    attention: true,
  },
  claimed: {
    meaning:
      "it left the pool: an account has it as a number with another id (`claimedBy`, `phoneNumberId`). Where no account that " +
      "the token sees has it, a partner's has, or somebody deleted it: Graph shows no difference. It is not added again",
    next: "Nothing to do.",
  },
  "code-rejected": {
    meaning: "Meta refused the verification code",
    next: "Give the newest code: npx waba code verify {number}. To have another one sent: npx waba code request {number}. Then run pulumi up. (Or verification.code, or verification.attempt raised above {attempt}.)",
    attention: true,
  },
  "code-sent": {
    meaning: "a verification code was sent and is waited for; it lives about ten minutes",
    next: "Give the code: npx waba code verify {number}, then run pulumi up. If it is too old: npx waba code request {number}. (Or verification.code, or raise verification.attempt above {attempt}.)",
  },
  expired: {
    meaning: "its verification is older than 90 days, so nobody can claim it; it is still in the pool",
    next: "Raise verification.attempt above {attempt} and run pulumi up: another code is sent. Or: npx waba code request {number}.",
    attention: true,
  },
  "needs-verification": {
    meaning: "ownership of the number is not verified, so nobody can claim it",
    next: 'Declare verification: { method: "SMS", language: "en" } and run pulumi up: a code is sent. Or: npx waba code request {number}.',
    attention: true,
  },
  "renewal-due": {
    meaning: "verified, and in the last 45 of the 90 days: it can be verified again",
    next: "Raise verification.attempt above {attempt} and run pulumi up: another code is sent, and the 90 days begin anew. Or: npx waba code request {number}.",
  },
  verified: {
    meaning: "verified for 90 days; Meta takes a renewal in the last 45 of them",
    next: "Claim it: preVerifiedId of a PhoneNumber.",
  },
} as const satisfies Record<string, PhaseText>;

export type PreVerifiedPhase = keyof typeof PRE_VERIFIED_PHASES;
