/** GET and POST /{PNID}/whatsapp_commerce_settings */
import { project, readFields } from "../calls/fields.ts";
import { optionalFlag } from "../calls/params.ts";
import { COMMERCE_DEFAULTS, COMMERCE_NODE } from "../nodes/commerce-settings.ts";
import { nothingToDo } from "../refusals/request.ts";
import { type NumberOperation, SUCCESS } from "./operation.ts";

/** I: the id of the row is the number's; Meta's sample shows another one. */
export const readCommerceSettings: NumberOperation = (_state, params, context) => ({
  data: [project(context.number, readFields(params, COMMERCE_NODE), COMMERCE_NODE, context)],
});

export const updateCommerceSettings: NumberOperation = (state, params, { number }) => {
  const cart = optionalFlag(params, "is_cart_enabled");
  const catalog = optionalFlag(params, "is_catalog_visible");
  if (cart === undefined && catalog === undefined) throw nothingToDo();
  const current = number.commerce_settings ?? COMMERCE_DEFAULTS;
  state.putNumber({
    ...number,
    commerce_settings: {
      is_cart_enabled: cart ?? current.is_cart_enabled,
      is_catalog_visible: catalog ?? current.is_catalog_visible,
    },
  });
  return SUCCESS;
};
