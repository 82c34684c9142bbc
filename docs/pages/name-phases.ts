/** The phases of a number's name, for each pair of what Meta shows of its two slots: asked of the code. */
import { phaseOf } from "../../provider/lifecycle/phase.ts";
import type { Ledger, Observed } from "../../provider/schemas/phone-number-state.ts";
import { table } from "./table.ts";

const IN_USE = ["APPROVED", "PENDING_REVIEW", "DECLINED", "EXPIRED", "NONE"];
const ASKED_FOR = ["NONE", "PENDING_REVIEW", "APPROVED", "DECLINED", "EXPIRED"];
const NAMES: Observed = { verifiedName: "the one in use", newDisplayName: "the one asked for" };
const NEW: Observed = { ...NAMES, platformType: "NOT_APPLICABLE", status: "PENDING" };
const REGISTERED: Observed = { ...NAMES, platformType: "CLOUD_API", status: "CONNECTED", nameStatus: "APPROVED" };
const LEDGER: Ledger = {
  attempts: { register: [], deregister: [] },
  nameRequests: [],
  pinState: "set",
  firstSeenAt: "2026-01-01T00:00:00.000Z",
};

export function namePhases(): string {
  const rows = [
    ...IN_USE.map((nameStatus) => [`never registered, ${nameStatus}`, ...phasesOf({ ...NEW, nameStatus })]),
    ["registered", ...phasesOf(REGISTERED)],
  ];
  return `## The name's two slots

A number has a name in use, of which \`nameStatus\` tells, and one that was asked for after it (\`newNameStatus\`). Until the first
registration the name in use decides, unless it was declined or expired; from then on the other one does. The phase of a number with
which all else is well:

${table(["the name in use", ...ASKED_FOR.map((status) => `asked for: ${status}`)], rows)}`;
}

function phasesOf(shown: Observed): string[] {
  return ASKED_FOR.map((newNameStatus) => {
    const observed = { ...shown, newNameStatus, codeVerificationStatus: "VERIFIED" };
    const state = { id: "", observed, ledger: LEDGER, echo: {}, pinDeclared: true };
    return `\`${phaseOf(new Date(0), state, { register: true, hasPin: true })}\``;
  });
}
