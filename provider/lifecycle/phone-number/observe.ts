/** What Graph shows of a number, and what we hold to be true because of it. */
import type { PhoneNumbers } from "../../graph/phone-numbers.ts";
import type { PhoneNumberNode } from "../../schemas/graph.ts";
import type { PhoneNumberInputs } from "../../schemas/phone-number-inputs.ts";
import type { Echo, Ledger, Observed, State } from "../../schemas/phone-number-state.ts";
import { recentAttempts } from "../attempts.ts";
import { reregistrationDue, seenDeclined, settleNameRequests } from "../name.ts";
import { isRegistered } from "../phase.ts";
import { withoutUndefined } from "../without-undefined.ts";
import { settleRegistration } from "./registration.ts";

export { withoutUndefined };

const DAY_MS = 24 * 60 * 60 * 1000;

/** Graph's answer in camelCase of its own names. What Graph omits stays out. */
export function observedOf(node: PhoneNumberNode): Observed {
  const health = node.health_status;
  const webhook = node.webhook_configuration;
  const fields = {
    displayPhoneNumber: node.display_phone_number,
    verifiedName: node.verified_name,
    codeVerificationStatus: node.code_verification_status,
    nameStatus: node.name_status,
    newDisplayName: node.new_display_name,
    newNameStatus: node.new_name_status,
    certificate: node.certificate,
    newCertificate: node.new_certificate,
    status: node.status,
    platformType: node.platform_type,
    qualityRating: node.quality_rating,
    throughputLevel: node.throughput?.level,
    accountMode: node.account_mode,
    lastOnboardedTime: node.last_onboarded_time,
    isPinEnabled: node.is_pin_enabled,
    isOnBizApp: node.is_on_biz_app,
    messagingLimit: node.whatsapp_business_manager_messaging_limit,
    webhookConfiguration: webhook && {
      phoneNumber: webhook.phone_number,
      whatsappBusinessAccount: webhook.whatsapp_business_account,
      application: webhook.application,
    },
    healthStatus: health && {
      canSendMessage: health.can_send_message,
      entities: (health.entities ?? []).filter(hinders).map((entity) => ({
        entityType: entity.entity_type,
        id: entity.id,
        canSendMessage: entity.can_send_message,
        additionalInfo: entity.additional_info,
        errors: entity.errors?.map((error) => ({
          errorCode: error.error_code,
          errorDescription: error.error_description,
          possibleSolution: error.possible_solution,
        })),
      })),
    },
  } satisfies { [Field in keyof Observed]-?: unknown };
  return withoutUndefined(fields);
}

/** Those that say nothing but that all is well are a seventh of what a fleet's refresh costs: docs/decisions/plugin-process.md. */
function hinders(entity: NonNullable<NonNullable<PhoneNumberNode["health_status"]>["entities"]>[number]): boolean {
  const { can_send_message, errors = [], additional_info = [] } = entity;
  return can_send_message !== "AVAILABLE" || errors.length > 0 || additional_info.length > 0;
}

/** Where Graph stores the messages: undefined where nobody asked, null for Meta's default. */
type Region = string | null | undefined;

/**
 * Reads the number, and its storage region only where one is declared: that is a call of its own.
 * @param read by its id unless told otherwise: what a step is decided on must be fresh
 */
export async function observe(
  api: PhoneNumbers,
  { id, echo }: Pick<State, "id" | "echo">,
  declared: Pick<PhoneNumberInputs, "dataLocalizationRegion"> = {},
  read: () => Promise<PhoneNumberNode> = () => api.get(id),
): Promise<[PhoneNumberNode, Region]> {
  const node = await read();
  const isDeclared = (declared.dataLocalizationRegion ?? echo.dataLocalizationRegion) !== undefined;
  return [node, isDeclared ? ((await api.dataLocalizationRegion(id)) ?? null) : undefined];
}

/** The account that a number says it belongs to, where its health status shows it. */
export function wabaIdOf(node: PhoneNumberNode): string | undefined {
  return node.health_status?.entities?.find(({ entity_type }) => entity_type === "WABA")?.id;
}

/** The state of a number that we meet for the first time. */
export function firstState(
  { now, settings }: { readonly now: () => Date; readonly settings: { readonly baseUrl: string } },
  node: PhoneNumberNode,
  echo: Echo = {},
): State {
  const ledger: Ledger = {
    attempts: { register: [], deregister: [] },
    nameRequests: [],
    pinState: "unknown",
    firstSeenAt: now().toISOString(),
  };
  const state: State = { id: node.id, observed: {}, ledger, echo, pinDeclared: false, baseUrl: settings.baseUrl };
  return refreshed(now(), state, node);
}

/** The state after a fresh read: the ledger follows what the read proves. */
export function refreshed(now: Date, before: State, node: PhoneNumberNode, region?: Region): State {
  const observed = observedOf(node);
  const state = settleRegistration(before, observed);
  const echo =
    region === undefined
      ? state.echo
      : withoutUndefined({ ...state.echo, dataLocalizationRegion: region ?? undefined });
  const ledger = withoutUndefined({
    ...state.ledger,
    attempts: {
      register: recentAttempts(now, state.ledger.attempts.register),
      deregister: recentAttempts(now, state.ledger.attempts.deregister),
    },
    nameRequests: settleNameRequests(now, observed, state.ledger),
    declinedNames: seenDeclined(now, observed, state.ledger),
    nameReviewLastSeenAt: reviewLastSeen(now, observed, state.ledger),
  });
  return withNameInUse({ ...state, observed, ledger, echo });
}

/** To a day: else every refresh of a number in review would show a change. */
function reviewLastSeen(now: Date, { newNameStatus }: Observed, ledger: Ledger): string | undefined {
  const { nameReviewLastSeenAt: before } = ledger;
  const isRecent = before !== undefined && now.getTime() - Date.parse(before) < DAY_MS;
  return newNameStatus !== "PENDING_REVIEW" || isRecent ? before : now.toISOString();
}

/** A number that others registered is taken to be registered under the name that it shows, unless another one waits. */
function withNameInUse(state: State): State {
  const { observed, ledger } = state;
  if (ledger.registeredName !== undefined || observed.verifiedName === undefined) return state;
  if (!isRegistered(observed, observed.platformType === "ON_PREMISE") || reregistrationDue(state) !== undefined)
    return state;
  return { ...state, ledger: { ...ledger, registeredName: observed.verifiedName } };
}
