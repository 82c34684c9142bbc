/**
 * What the file's examples are sent to: an object in a state in which the call makes sense. Where an example names
 * something that must exist (a code, a callback URL, a file), what exists takes its place.
 */
import { CAKE_SHOP, ICE_CREAM, WABA } from "../emulator/emulator-client.ts";
import type { Caller } from "./exchange.ts";
import { uploadedPicture } from "./uploaded-picture.ts";

const BUSINESS = "506914307656634";
/** Of the seed `hard`. */
const PARTNER = "506914307656636";
const SMS = { code_method: "SMS", language: "en_US" };

type Body = { readonly [name: string]: unknown };

export interface Subject {
  readonly id: string;
  adapt?(body: Body): Body;
}

/** By route. Whatever is not listed is sent to a number that is registered, or to the account or business it has. */
const PREPARED: { readonly [route: string]: (caller: Caller, callbackUrl: string) => Promise<Subject> | Subject } = {
  "POST /{PNID}/request_code": () => ({ id: ICE_CREAM }),
  "POST /{PNID}/verify_code": async ({ ok, emulator }) => {
    await ok("POST", `/v25.0/${ICE_CREAM}/request_code`, SMS);
    return { id: ICE_CREAM, adapt: (body) => ({ ...body, code: emulator.code(ICE_CREAM) }) };
  },
  "POST /{PNID}/register": ({ emulator }) => {
    emulator.patchNumber(ICE_CREAM, { code_verification_status: "VERIFIED" });
    return { id: ICE_CREAM };
  },
  "POST /{PNID}/settings": ({ emulator }) => {
    emulator.patchNumber(ICE_CREAM, { whatsapp_business_manager_messaging_limit: "TIER_2K" });
    return { id: ICE_CREAM };
  },
  "POST /{PNID}/whatsapp_business_profile": async ({ emulator }) => {
    const profile_picture_handle = await uploadedPicture(emulator);
    return {
      id: CAKE_SHOP,
      adapt: (body) => ("profile_picture_handle" in body ? { ...body, profile_picture_handle } : body),
    };
  },
  "POST /{PNID}": (_caller, url) => ({ id: CAKE_SHOP, adapt: (body) => withCallback(body, url) }),
  "POST /{WABA}/subscribed_apps": (_caller, url) => ({ id: WABA, adapt: (body) => withCallback(body, url) }),
  "POST /{PREID}/request_code": async (caller) => ({ id: await addPreverified(caller) }),
  "POST /{PREID}/verify_code": async (caller) => {
    const id = await addPreverified(caller);
    await caller.ok("POST", `/v25.0/${id}/request_code`, SMS);
    return { id, adapt: (body) => ({ ...body, code: caller.emulator.code(id) }) };
  },
  "POST /{BIZ}/share_preverified_numbers": async (caller) => {
    const preverified_id = await addPreverified(caller);
    return { id: BUSINESS, adapt: (body) => ({ ...body, preverified_id, partner_business_id: PARTNER }) };
  },
  "GET /{PREID}": async (caller) => ({ id: await addPreverified(caller) }),
  "GET /{PREID}/partners": async (caller) => ({ id: await addPreverified(caller) }),
};
const USUAL: { readonly [placeholder: string]: string } = { PNID: CAKE_SHOP, WABA, BIZ: BUSINESS };

export async function subjectOf(route: string, caller: Caller, callbackUrl: string): Promise<Subject> {
  const prepared = await PREPARED[route]?.(caller, callbackUrl);
  const id = prepared?.id ?? USUAL[/\{(\w+)\}/.exec(route)?.[1] ?? ""];
  if (id === undefined) throw new Error(`${route} has no subject`);
  return { ...prepared, id };
}

/** Wherever it stands. */
function withCallback(body: Body, url: string): Body {
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [
      name,
      name === "override_callback_uri" && value !== ""
        ? url
        : typeof value === "object" && value !== null && !Array.isArray(value)
          ? withCallback(value as Body, url)
          : value,
    ]),
  );
}

async function addPreverified({ ok }: Caller): Promise<string> {
  return String((await ok("POST", `/v25.0/${BUSINESS}/add_phone_numbers`, { phone_number: "15550783881" })).id);
}
