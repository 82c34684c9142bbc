/** One account by the calls that the provider needs: its list of numbers, each with its phase, and its webhooks. */
import { isBug } from "../bug.ts";
import { accountRefusal, type Settings } from "../config.ts";
import { deadlinesOf } from "../explain/deadlines.ts";
import { type Recorded, type Subject, subjectOf } from "../explain/subject.ts";
import { numberLabel, type PhoneNumbers } from "../graph/phone-numbers.ts";
import { isRegistered, nextActionOf } from "../lifecycle/phase.ts";
import { PHASES } from "../lifecycle/phases.ts";
import { isBlocked } from "../lifecycle/sending.ts";
import type { PhoneNumberNode } from "../schemas/graph.ts";
import { distance } from "../time-text.ts";
import { remedyFor } from "./remedies.ts";
import type { AccountReport, Findings } from "./report.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const DEADLINE_NEAR_MS = 7 * DAY_MS;

export interface AccountCheck {
  readonly findings: Findings;
  readonly settings: Settings;
  readonly api: PhoneNumbers;
  readonly now: Date;
  readonly wabaId: string;
  readonly credential: string | undefined;
  /** The app that the token belongs to. */
  readonly appId: string | undefined;
  /** What the stack holds of the account's numbers, by their ids. */
  readonly recorded: ReadonlyMap<string, Recorded>;
}

/** Undefined where it could not be read. */
export async function checkAccount(check: AccountCheck): Promise<AccountReport | undefined> {
  const { findings, settings, api, wabaId, credential } = check;
  const on = `account ${wabaId}`;
  const refusal = accountRefusal(settings, wabaId);
  if (refusal !== undefined) {
    findings.fail("account", "it was not called", refusal, on);
    return undefined;
  }
  let nodes: PhoneNumberNode[];
  try {
    nodes = await api.list(wabaId);
  } catch (error) {
    if (isBug(error)) throw error;
    findings.fail("account", (error as Error).message, remedyFor(error), on);
    return undefined;
  }
  findings.ok("account", `readable, with ${nodes.length === 1 ? "a number" : `${nodes.length} numbers`}`, on);
  await checkWebhooks(check, on);
  for (const [id, { name }] of check.recorded) {
    if (nodes.some((node) => node.id === id)) continue;
    findings.warn(
      "number",
      `the account does not list it, and resource ${name} of the stack manages it`,
      "Look for it in WhatsApp Manager. A refresh takes a number that is gone out of the stack",
      `number ${id}`,
    );
  }
  return {
    wabaId,
    ...(credential === undefined ? {} : { credential }),
    numbers: nodes.flatMap((node) => numberReport(check, node) ?? []),
  };
}

async function checkWebhooks({ findings, api, wabaId, appId }: AccountCheck, on: string) {
  try {
    const apps = await api.apps.all(wabaId);
    if (appId === undefined ? apps.length > 0 : apps.some(({ id }) => id === appId)) {
      return findings.ok("webhook", "the app is subscribed", on);
    }
    const who = apps.length === 0 ? "no app" : `the token's app ${appId}`;
    findings.warn(
      "webhook",
      `${who} is ${apps.length === 0 ? "" : "not "}subscribed: messages and decisions about names reach no webhook`,
      `Subscribe it: POST /${wabaId}/subscribed_apps with its token`,
      on,
    );
  } catch (error) {
    if (isBug(error)) throw error;
    findings.warn("webhook", (error as Error).message, remedyFor(error), on);
  }
}

function numberReport(check: AccountCheck, node: PhoneNumberNode): AccountReport["numbers"][number] | undefined {
  const { findings, now, settings } = check;
  const on = numberLabel(node.id, node.display_phone_number);
  let subject: Subject;
  try {
    subject = subjectOf(now, node, check.recorded.get(node.id), settings.baseUrl);
  } catch (error) {
    if (isBug(error)) throw error;
    findings.fail("number", "what the stack holds of it cannot be read", (error as Error).message, on);
    return undefined;
  }
  const { state, phase, managed } = subject;
  const nextAction = nextActionOf(now, state, phase);
  const [deadline] = deadlinesOf(now, subject);
  const isNear = deadline !== undefined && Date.parse(deadline.at) - now.getTime() <= DEADLINE_NEAR_MS;
  const cannotSend = isRegistered(state.observed, state.onPremisesDeclared) && isBlocked(state);
  if ("attention" in PHASES[phase] || isNear || cannotSend) {
    const due = isNear ? `; ${deadline.what}: ${distance(deadline.at, now)}` : "";
    findings.warn("number", `${phase}: ${PHASES[phase].meaning}${due}`, nextAction, on);
  }
  return {
    id: node.id,
    number: node.display_phone_number,
    verifiedName: node.verified_name,
    resource: managed?.resource,
    phase,
    deadline: deadline && { what: deadline.what, at: deadline.at },
    nextAction,
  };
}
