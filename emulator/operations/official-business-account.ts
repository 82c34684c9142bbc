/** GET and POST /{PNID}/official_business_account: success says that the application was made, not that it is granted. */
import { project, readFields } from "../calls/fields.ts";
import { isWebAddress, optionalText, type Params, requiredText } from "../calls/params.ts";
import { OBA_LINKS_MAX } from "../limits.ts";
import { OBA_NODE } from "../nodes/official-business-account.ts";
import { invalidParam } from "../refusals/request.ts";
import { applyForBadge } from "../rules/official-business-account.ts";
import { type NumberOperation, SUCCESS, settle } from "./operation.ts";

export const readBadge: NumberOperation = (_state, params, context) =>
  project(context.number, readFields(params, OBA_NODE), OBA_NODE, context);

/** What is told is checked and not kept: nothing shows it again. */
export const requestBadge: NumberOperation = (state, params, { number, now }) => {
  const website = requiredText(params, "business_website_url");
  if (!isWebAddress(website)) throw invalidParam("business_website_url", "must be a URL", website);
  requiredText(params, "primary_country_of_operation");
  requiredText(params, "primary_language");
  optionalText(params, "parent_business_or_brand");
  optionalText(params, "additional_supporting_information");
  checkLinks(params);
  settle(state, applyForBadge(number, now));
  return SUCCESS;
};

function checkLinks(params: Params): void {
  const links = params.get("supporting_links") ?? [];
  if (!Array.isArray(links)) throw invalidParam("supporting_links", "must be an array", links);
  if (links.length > OBA_LINKS_MAX) {
    throw invalidParam("supporting_links", `must have at most ${OBA_LINKS_MAX} entries`, links);
  }
  const wrong = links.find((link) => typeof link !== "string" || !isWebAddress(link));
  if (wrong !== undefined) throw invalidParam("supporting_links", "must be URLs", wrong);
}
