/** The accounts of a business portfolio. Source: Meta's reference of `Business/owned_whatsapp_business_accounts`. */
import { nodePage } from "../schemas/graph.ts";
import type { GraphClient } from "./client.ts";
import { everyRow } from "./pages.ts";

const PAGE_SIZE = "100";

/** The ids of the accounts that the business owns and the token sees; those of its clients are not among them. */
export async function ownedAccounts(client: GraphClient, businessId: string): Promise<string[]> {
  const rows = await everyRow(callOn(businessId), (cursor) => page(client, businessId, cursor));
  return [...new Set(rows.map(({ id }) => id))];
}

/** The first page of them, and whether it is all: a partner has accounts by the thousand. */
export async function firstOwnedAccounts(
  client: GraphClient,
  businessId: string,
): Promise<{ ids: string[]; isAll: boolean }> {
  const { data, paging } = await page(client, businessId, {});
  return { ids: data.map(({ id }) => id), isAll: paging?.next === undefined };
}

function page(client: GraphClient, businessId: string, cursor: { readonly after?: string }) {
  const query = { fields: "id", limit: PAGE_SIZE, ...cursor };
  return client.get(callOn(businessId), `/${businessId}/owned_whatsapp_business_accounts`, query, nodePage);
}

function callOn(businessId: string) {
  return { what: "list the accounts", on: `business ${businessId}` };
}
