/** What stands in the way of moving a number to another account, as far as its node shows. Pure. */
import type { PhoneNumberNode } from "../../schemas/graph.ts";
import { livesOnApp } from "../phase.ts";
import { observedOf } from "./observe.ts";

/**
 * One line an obstacle, with what to do. Source: Meta's guide on moving numbers between accounts. Payment, the business's
 * identity and the state of the accounts show only in Graph's refusal.
 */
export function obstaclesToMigration(node: PhoneNumberNode): string[] {
  const obstacles: string[] = [];
  if (livesOnApp(observedOf(node))) obstacles.push("it lives on the WhatsApp Business app: disconnect it there first");
  if (node.account_mode === "SANDBOX") obstacles.push("it is a test number, which cannot be moved");
  if (node.name_status !== undefined && node.name_status !== "APPROVED") {
    obstacles.push(`its display name is ${node.name_status}, and must be APPROVED`);
  }
  if (node.new_name_status !== undefined && node.new_name_status !== "NONE") {
    obstacles.push(`a change of its display name is open (${node.new_name_status}): wait for it and register it`);
  }
  if (node.is_pin_enabled === true) {
    obstacles.push("two-step verification is on: turn it off in WhatsApp Manager; Graph has no call for it");
  }
  return obstacles;
}
