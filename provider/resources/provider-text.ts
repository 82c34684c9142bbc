/**
 * The text that Pulumi stores as a dynamic resource's provider, and runs in its plugin process. It is a constant: no
 * code of ours gets into the state, every version writes the same bytes, and what runs is the installed package, so
 * that a refresh or a destroy never runs old code.
 *
 * `configure` stores the configuration before anything is awaited, since the plugin does not wait for it to end.
 */

/** The name of a class's table in `pulumi-waba/runtime`. */
export type Handlers =
  | "businessProfile"
  | "phoneNumber"
  | "phoneNumberSettings"
  | "preVerifiedPhoneNumber"
  | "webhookSubscription";

export function providerText(handlers: Handlers): string {
  return (
    `let c;const h=k=>async(...a)=>(await import("pulumi-waba/runtime")).${handlers}[k](c,...a);` +
    'exports.handler=()=>({configure:async r=>{c=r.config},check:h("check"),diff:h("diff"),create:h("create"),' +
    'read:h("read"),update:h("update"),delete:h("delete")})'
  );
}
