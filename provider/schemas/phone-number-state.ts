/**
 * What the state of a stack holds for a PhoneNumber: the outputs, and what we must remember because Graph does not.
 * All code that meets old outputs goes through `readState`, so that a newer version reads what an older one wrote.
 */
import { z } from "zod";
import { MIGRATIONS } from "./migrations.ts";
import { storedParts } from "./stored-state.ts";
import { CLIENT_CODE_METHODS, CODE_METHODS } from "./words.ts";

const time = z.iso.datetime();

export const nameRequest = z.object({
  name: z.string(),
  at: time,
  outcome: z.enum(["APPROVED", "DECLINED", "EXPIRED"]).optional(),
  /** What the second slot showed before: a read that still shows it is older than the request. */
  over: z.string().optional(),
  /** Graph's answer was lost: the next read tells whether there is such a request. */
  unconfirmed: z.literal(true).optional(),
});
export type NameRequest = z.infer<typeof nameRequest>;

/** What Graph says of the number, in camelCase of its own names. */
export const observed = z.object({
  displayPhoneNumber: z.string().optional(),
  verifiedName: z.string().optional(),
  codeVerificationStatus: z.string().optional(),
  nameStatus: z.string().optional(),
  newDisplayName: z.string().optional(),
  newNameStatus: z.string().optional(),
  certificate: z.string().optional(),
  newCertificate: z.string().optional(),
  status: z.string().optional(),
  platformType: z.string().optional(),
  qualityRating: z.string().optional(),
  throughputLevel: z.string().optional(),
  accountMode: z.string().optional(),
  lastOnboardedTime: z.string().optional(),
  isPinEnabled: z.boolean().optional(),
  isOnBizApp: z.boolean().optional(),
  webhookConfiguration: z
    .object({
      phoneNumber: z.string().optional(),
      whatsappBusinessAccount: z.string().optional(),
      application: z.string().optional(),
    })
    .optional(),
  messagingLimit: z.string().optional(),
  healthStatus: z
    .object({
      canSendMessage: z.string().optional(),
      entities: z.array(
        z.object({
          entityType: z.string(),
          id: z.string().optional(),
          canSendMessage: z.string().optional(),
          additionalInfo: z.array(z.string()).optional(),
          errors: z
            .array(
              z.object({
                errorCode: z.number(),
                errorDescription: z.string().optional(),
                possibleSolution: z.string().optional(),
              }),
            )
            .optional(),
        }),
      ),
    })
    .optional(),
});
export type Observed = z.infer<typeof observed>;

/** What we did and saw, which Graph does not remember. Times are absolute, as ISO text in UTC. */
export const ledger = z.object({
  registeredName: z.string().optional(),
  /** When we took the registration back ourselves, to make it anew: it is not lost. Gone once it is made. */
  deregisteredAt: time.optional(),
  /** A registration whose answer was lost: the next read tells whether it was made, by the time before it. */
  registering: z
    .object({
      at: time,
      why: z.enum(["first", "lost", "name", "region", "client"]),
      lastOnboardedTime: z.string().optional(),
      /** Whether its PIN is another than the one that we knew. */
      newPin: z.boolean().optional(),
    })
    .optional(),
  /** When a registration that was lost at Meta was last restored: it is done once in 72 hours. */
  restoredAt: time.optional(),
  /** Graph's time of a registration that others made since our last one, or since we met the number. */
  registeredByOthersAt: z.string().optional(),
  certificateFingerprint: z.string().optional(),
  attempts: z.object({ register: z.array(time), deregister: z.array(time) }),
  nameRequests: z.array(nameRequest),
  /** Names of 30 days that Meta was seen to decline, whoever asked for them: its slot holds the last one only. */
  declinedNames: z.array(z.object({ name: z.string(), at: time })).optional(),
  codeRequestedAt: time.optional(),
  codeAttempt: z.number().optional(),
  /** When an on-premises client had a code sent that it waits for. Gone once the number is registered. */
  clientAskedAt: time.optional(),
  codeTried: z.string().optional(),
  /** When the code of the last request was refused. */
  codeTriedAt: time.optional(),
  /** What Graph refused, the last of each step: it is not tried again for a while. */
  refusals: z
    .array(
      z.object({
        step: z.string(),
        of: z.string(),
        at: time,
        code: z.string(),
        times: z.number().optional(),
        /** The first of those in a row. */
        since: time.optional(),
        /** Where it is left alone for longer than other refusals. */
        until: time.optional(),
      }),
    )
    .optional(),
  /** The verify token of a webhook that was refused, to tell another one: a secret output. */
  webhookTokenRefused: z.string().optional(),
  pinState: z.enum(["set", "unknown"]),
  firstSeenAt: time,
  nameReviewLastSeenAt: time.optional(),
});
export type Ledger = z.infer<typeof ledger>;

/** The args as far as they were achieved: a step that did not happen leaves its key out, or at the old value. */
export const echo = z.object({
  wabaId: z.string().optional(),
  phoneNumber: z.string().optional(),
  phoneNumberId: z.string().optional(),
  displayName: z.string().optional(),
  pin: z.string().optional(),
  register: z.boolean().optional(),
  adopt: z.enum(["ifExists", "never", "require"]).optional(),
  credential: z.string().optional(),
  /** Without the code, once the number is verified or a code was sent in this way. */
  verification: z
    .object({ method: z.enum(CODE_METHODS), language: z.string(), attempt: z.number().optional() })
    .optional(),
  migrate: z.object({ fromWabaId: z.string() }).optional(),
  preVerifiedId: z.string().optional(),
  /** As Graph shows it; it is read only where the program declares one. */
  dataLocalizationRegion: z.string().optional(),
  allowReregister: z.boolean().optional(),
  /** As Meta verified it; without the token where somebody else set the address. */
  webhook: z.object({ callbackUrl: z.string(), verifyToken: z.string().optional() }).optional(),
  embeddedSignupFinishedAt: z.string().optional(),
  /** The client that the number was registered with; its keys in the order in which a plugin gets them. */
  onPremises: z.object({ baseUrl: z.string(), method: z.enum(CLIENT_CODE_METHODS), token: z.string() }).optional(),
  onDelete: z.enum(["retain", "deregister"]).optional(),
  waitFor: z.enum(["none", "registered"]).optional(),
  waitTimeoutSeconds: z.number().optional(),
});
export type Echo = z.infer<typeof echo>;

/** What is neither Graph's, nor the ledger's, nor an arg's. */
const others = z.object({
  pinDeclared: z.boolean().default(false),
  onPremisesDeclared: z.boolean().optional(),
  baseUrl: z.string().optional(),
});

/** The parts of a state, and the number's id. What `phase.ts` derives from them is written out but never read back. */
export interface State {
  id: string;
  observed: Observed;
  ledger: Ledger;
  echo: Echo;
  /** Whether the program declares a PIN, also one that was not used yet. */
  pinDeclared: boolean;
  /** Whether the program declares an on-premises client, also one that the number is not registered with yet. */
  onPremisesDeclared?: boolean | undefined;
  /** The Graph that the number was read from: another one can prove nothing about it. */
  baseUrl?: string | undefined;
}

/**
 * The state that old outputs describe.
 * @throws StateError when a newer version wrote them, or they are not a number's outputs.
 */
export function readState(id: string, stored: Readonly<Record<string, unknown>>): State {
  const { others: rest, ...parts } = storedParts(`number ${id}`, stored, MIGRATIONS, {
    observed,
    ledger,
    echo,
    others,
  });
  return { id, ...parts, ...rest };
}
