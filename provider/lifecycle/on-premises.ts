/**
 * Numbers that are registered with an on-premises client of the business instead of the Cloud API: what of their state
 * decides, and what is said. Pure.
 */
import type { Observed, State } from "../schemas/phone-number-state.ts";
import { fingerprint, isApproved, reregistrationDue } from "./name.ts";
import type { Phase } from "./phases.ts";
import { type Asked, registrableAs } from "./refusals.ts";

/** The certificate to register with: of the new name once that is approved. Undefined where Graph does not show it. */
export function certificateFor(state: State): string | undefined {
  const { certificate, newCertificate, newNameStatus } = state.observed;
  if (reregistrationDue(state) === undefined) return certificate ?? newCertificate;
  if (newCertificate !== undefined) return newCertificate;
  const isNew = certificate !== undefined && fingerprint(certificate) !== state.ledger.certificateFingerprint;
  return isNew && !isApproved(newNameStatus) ? certificate : undefined;
}

/** Meta asks for it only where two-step verification is on; where Graph does not show that, a declared one is sent. */
export function pinFor({ isPinEnabled }: Observed, pin: string | undefined): string | undefined {
  return isPinEnabled === false ? undefined : pin;
}

/** What holds a registration with the client back, besides what holds every registration. */
export function phaseOfClient(state: State, hasPin: boolean): Phase | undefined {
  if (state.observed.isPinEnabled === true && !hasPin) return "needs-pin";
  return certificateFor(state) === undefined ? "needs-certificate" : undefined;
}

/** The client waits for the code that it had sent, whatever Graph says of the number's verification. */
export function phaseOfClientCode({ ledger }: State): Phase | undefined {
  if (ledger.clientAskedAt === undefined) return undefined;
  return ledger.codeTriedAt === undefined ? "code-sent" : "code-rejected";
}

/** What is refused, as far as the same again would be refused again. */
export function askedOfClient(state: State): Asked {
  const certificate = certificateFor(state);
  const which = certificate === undefined ? [] : [fingerprint(certificate).slice(0, 16)];
  return { step: "registerWithClient", of: [registrableAs(state.observed), ...which].join(" ") };
}

/** Where another thing is to be done than on the Cloud API. */
export function adviceForClient({ ledger }: State, phase: Phase): string | undefined {
  const another = `raise verification.attempt above ${ledger.codeAttempt ?? 1}`;
  switch (phase) {
    case "code-sent":
      return `The on-premises client waits for the code: declare it as verification.code and run pulumi up. If it is too old, ${another}.`;
    case "code-rejected":
      return `The on-premises client did not take the code: declare the newest one as verification.code, or ${another}, and run pulumi up.`;
    case "on-phone":
      return "Graph shows it as it shows numbers on the WhatsApp Business app, and those that an on-premises client lost: it is left alone. If it is the client's, register it there by hand, then run pulumi up.";
    default:
      return undefined;
  }
}
