/** The accounts of a business portfolio. Source: Meta's reference of `Business/owned_whatsapp_business_accounts`. */
import { nodePage } from "../schemas/graph.ts";
import type { GraphClient } from "./client.ts";

const PAGE_SIZE = "100";
/** Far more than any portfolio has accounts: a cursor that leads in a circle ends here. */
const PAGES_MAX = 100;

/** The ids of the accounts that the business owns and the token sees; those of its clients are not among them. */
export async function ownedAccounts(client: GraphClient, businessId: string): Promise<string[]> {
  const call = { what: "list the accounts", on: `business ${businessId}` };
  const ids = new Set<string>();
  let after: string | undefined;
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const query = { fields: "id", limit: PAGE_SIZE, ...(after === undefined ? {} : { after }) };
    const answer = await client.get(call, `/${businessId}/owned_whatsapp_business_accounts`, query, nodePage);
    for (const { id } of answer.data) ids.add(id);
    after = answer.paging?.cursors?.after;
    if (answer.paging?.next === undefined || after === undefined) break;
  }
  return [...ids];
}
