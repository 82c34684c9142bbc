/** How Graph shows whether a number has a cart and a catalog. */
import { OPENAPI } from "../known.ts";
import type { NumberRecord } from "../records/number.ts";
import type { NodeType } from "./node.ts";

/** K: what a number has that was never asked. */
export const COMMERCE_DEFAULTS = { is_cart_enabled: true, is_catalog_visible: false } as const;

export const COMMERCE_NODE: NodeType<NumberRecord> = {
  name: "WhatsAppCommerceSettings",
  defaults: ["is_cart_enabled", "is_catalog_visible"],
  fields: {
    is_cart_enabled: {
      marks: "D K",
      source: OPENAPI,
      note: "true until it is set (K)",
      read: (number) => (number.commerce_settings ?? COMMERCE_DEFAULTS).is_cart_enabled,
    },
    is_catalog_visible: {
      marks: "D K",
      source: OPENAPI,
      note: "false until it is set (K)",
      read: (number) => (number.commerce_settings ?? COMMERCE_DEFAULTS).is_catalog_visible,
    },
  },
};
