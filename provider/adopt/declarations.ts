/**
 * From the numbers of accounts to what a program declares so that the next `pulumi up` adopts them all without a write.
 * What is declared is asked of the provider's own plan: an argument that would lead to a step is left out. Pure.
 */
import { numberLabel } from "../graph/phone-numbers.ts";
import { isApproved } from "../lifecycle/name.ts";
import { phaseOf } from "../lifecycle/phase.ts";
import { PHASES, type Phase } from "../lifecycle/phases.ts";
import { digitsOf } from "../lifecycle/phone-number/identity.ts";
import { firstState } from "../lifecycle/phone-number/observe.ts";
import { plan } from "../lifecycle/phone-number/plan.ts";
import type { PhoneNumberNode } from "../schemas/graph.ts";
import { displayName as nameSchema, phoneNumber as numberSchema } from "../schemas/phone-number-inputs.ts";
import { resourceNames } from "./names.ts";

export interface Account {
  readonly wabaId: string;
  readonly credential: string | undefined;
  readonly numbers: readonly PhoneNumberNode[];
}

export interface Declaration {
  readonly name: string;
  /** Arguments of PhoneNumber. */
  readonly args: {
    readonly wabaId: string;
    readonly phoneNumber?: string;
    readonly phoneNumberId?: string;
    readonly displayName?: string;
    readonly credential?: string;
  };
  readonly id: string;
  /** The name in use. */
  readonly verifiedName: string | undefined;
  readonly phase: Phase;
  /** For people: what stands in the way, and undefined for a number that works. */
  readonly note: string | undefined;
}

export interface Adoption {
  readonly declarations: readonly Declaration[];
  /** Numbers that the stack has already, as messages name them. */
  readonly skipped: readonly string[];
}

export interface Wishes {
  readonly withNames: boolean;
  /** Ids that the stack has. */
  readonly known: ReadonlySet<string>;
  /** Names that the program may have given already. */
  readonly takenNames: readonly string[];
}

/** In the order of the accounts, and in each by the digits of the numbers: the same at every run. */
export function declarationsOf(now: Date, accounts: readonly Account[], wishes: Wishes): Adoption {
  const rows = accounts.flatMap(({ numbers, ...account }) =>
    numbers.toSorted(byDigits).map((node) => ({ node, account })),
  );
  const skipped = rows.filter(({ node }) => wishes.known.has(node.id));
  const fresh = rows.filter(({ node }) => !wishes.known.has(node.id));
  const names = resourceNames(
    fresh.map(({ node }) => ({
      id: node.id,
      text: node.verified_name,
      digits: digitsOf(node.display_phone_number ?? ""),
    })),
    wishes.takenNames,
  );
  return {
    declarations: fresh.map(({ node, account }, at) => declaration(now, node, account, names[at] ?? node.id, wishes)),
    skipped: skipped.map(({ node }) => numberLabel(node.id, node.display_phone_number)),
  };
}

function declaration(
  now: Date,
  node: PhoneNumberNode,
  { wabaId, credential }: Pick<Account, "wabaId" | "credential">,
  name: string,
  { withNames }: Wishes,
): Declaration {
  const state = firstState({ now: () => now, settings: { baseUrl: "" } }, node);
  const phase = phaseOf(now, state, { register: true, hasPin: false });
  const displayName = withNames ? quietName(now, node) : undefined;
  return {
    name,
    args: {
      wabaId,
      ...identityOf(node),
      ...(displayName === undefined ? {} : { displayName }),
      ...(credential === undefined ? {} : { credential }),
    },
    id: node.id,
    verifiedName: node.verified_name,
    phase,
    note: phase === "registered" ? undefined : `${phase}: ${PHASES[phase].meaning}`,
  };
}

/** A number that Graph shows in a form that no program may declare is declared by its id. */
function identityOf({
  id,
  display_phone_number,
}: PhoneNumberNode): { phoneNumber: string } | { phoneNumberId: string } {
  const declared = numberSchema.safeParse(`+${digitsOf(display_phone_number ?? "")}`);
  return declared.success ? { phoneNumber: declared.data } : { phoneNumberId: id };
}

/** The name in use, or the one that Meta reviews or approved: where declaring it asks nothing of Meta. */
function quietName(now: Date, node: PhoneNumberNode): string | undefined {
  const { new_display_name, new_name_status, verified_name } = node;
  const isComing = new_name_status === "PENDING_REVIEW" || isApproved(new_name_status);
  const name = isComing ? new_display_name : verified_name;
  if (name === undefined || nameSchema.safeParse(name).data !== name) return undefined;
  const state = firstState({ now: () => now, settings: { baseUrl: "" } }, node, { displayName: name });
  return plan(now, state, { displayName: name }) === undefined ? name : undefined;
}

function byDigits(one: PhoneNumberNode, other: PhoneNumberNode): number {
  const key = ({ id, display_phone_number }: PhoneNumberNode) => `${digitsOf(display_phone_number ?? "")} ${id}`;
  return key(one) < key(other) ? -1 : 1;
}
