/**
 * What Graph documents and the emulator does not have: refused as not emulated (501), where anything else that is not
 * in the table of routes is refused as Graph refuses it. A row of the table of routes always goes before one of these.
 */
import { GUIDE, type Known, OPENAPI } from "../known.ts";
import type { NodeKind } from "./route.ts";

interface Documented extends Known {
  readonly on: NodeKind | "root";
  /** After the id, or the whole path of a root; a part in braces stands for any. Empty: the node itself. */
  readonly edge: string;
  readonly methods: readonly string[];
}

const READ = ["GET"];
const WRITE = ["POST"];
const BOTH = ["GET", "POST"];
const ALL = ["GET", "POST", "DELETE"];
const REFERENCE = "Meta's reference, v21 to v24";
const SDK = "Meta's SDK specification";

export const DOCUMENTED: readonly Documented[] = [
  { on: "number", edge: "message_qrdls", methods: ALL, marks: "D", source: GUIDE },
  { on: "number", edge: "message_qrdls/{code}", methods: ALL, marks: "D", source: GUIDE },
  { on: "number", edge: "block_users", methods: ALL, marks: "D", source: GUIDE },
  { on: "number", edge: "whatsapp_business_encryption", methods: BOTH, marks: "D", source: GUIDE },
  { on: "number", edge: "business_compliance_info", methods: BOTH, marks: "O", source: OPENAPI },
  { on: "number", edge: "username", methods: ALL, marks: "T", source: "a widely used client" },
  { on: "number", edge: "username_suggestions", methods: READ, marks: "T", source: "a widely used client" },
  { on: "number", edge: "smb_app_data", methods: WRITE, marks: "D I", source: GUIDE },
  { on: "number", edge: "messages", methods: WRITE, marks: "D", source: "Meta's guide: messages" },
  { on: "number", edge: "media", methods: WRITE, marks: "D", source: "Meta's guide: media" },
  { on: "number", edge: "call_permissions", methods: READ, marks: "O", source: OPENAPI },
  { on: "number", edge: "calls", methods: WRITE, marks: "O", source: OPENAPI },
  { on: "number", edge: "groups", methods: BOTH, marks: "O", source: OPENAPI },
  { on: "number", edge: "marketing_messages", methods: WRITE, marks: "O", source: OPENAPI },
  { on: "number", edge: "message_history", methods: READ, marks: "O", source: OPENAPI },
  { on: "number", edge: "messages_encrypted", methods: WRITE, marks: "O", source: OPENAPI },
  { on: "waba", edge: "activities", methods: READ, marks: "O", source: OPENAPI },
  { on: "waba", edge: "flows", methods: BOTH, marks: "O", source: OPENAPI },
  { on: "waba", edge: "in_progress_onbehalf_request", methods: READ, marks: "O", source: OPENAPI },
  { on: "waba", edge: "migrate_flows", methods: WRITE, marks: "O", source: OPENAPI },
  { on: "waba", edge: "obo_mobility_intent", methods: WRITE, marks: "O", source: OPENAPI },
  { on: "waba", edge: "schedules", methods: BOTH, marks: "O", source: OPENAPI },
  { on: "waba", edge: "set_obo_mobility_intent", methods: WRITE, marks: "O", source: OPENAPI },
  { on: "waba", edge: "set_solution_migration_intent", methods: WRITE, marks: "O", source: OPENAPI },
  { on: "waba", edge: "solutions", methods: READ, marks: "O", source: OPENAPI },
  { on: "waba", edge: "message_templates", methods: ALL, marks: "D S", source: REFERENCE },
  { on: "waba", edge: "assigned_users", methods: ALL, marks: "D S", source: REFERENCE },
  { on: "business", edge: "", methods: WRITE, marks: "S", source: SDK },
  { on: "business", edge: "client_whatsapp_business_accounts", methods: READ, marks: "D S", source: REFERENCE },
  { on: "business", edge: "extendedcredits", methods: READ, marks: "O", source: OPENAPI },
  { on: "business", edge: "onboard_partners_to_mm_lite", methods: WRITE, marks: "O", source: OPENAPI },
  { on: "root", edge: "me", methods: READ, marks: "D", source: "Meta's guide: Graph API" },
  { on: "root", edge: "app", methods: READ, marks: "D", source: "Meta's guide: Graph API" },
  { on: "root", edge: "oauth/access_token", methods: BOTH, marks: "D", source: "Meta's guide: access tokens" },
];

/** The rows for one path, of whichever verbs. */
export function documentedAt(on: Documented["on"], edge: readonly string[]): readonly Documented[] {
  return DOCUMENTED.filter((row) => row.on === on && isPath(row.edge, edge));
}

function isPath(template: string, path: readonly string[]): boolean {
  const parts = template === "" ? [] : template.split("/");
  return parts.length === path.length && parts.every((part, index) => part.startsWith("{") || part === path[index]);
}
