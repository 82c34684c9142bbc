/** A dynamic provider as Pulumi's documentation teaches it: each number is read by a call of its own. */
import * as pulumi from "@pulumi/pulumi";
import type { Declared } from "./fleet.ts";

interface Inputs {
  readonly wabaId: string;
  readonly phoneNumberId: string;
}

const FIELDS =
  "id,display_phone_number,verified_name,code_verification_status,name_status,new_display_name,new_name_status,status," +
  "platform_type,quality_rating,throughput,account_mode,last_onboarded_time,certificate,new_certificate";

async function readNumber(id: string): Promise<Record<string, unknown>> {
  const answer = await fetch(`${process.env.WABA_BASE_URL}/v25.0/${id}?fields=${FIELDS}`, {
    headers: { authorization: `Bearer ${process.env.WABA_ACCESS_TOKEN}` },
  });
  if (!answer.ok) throw new Error(`Graph answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as Record<string, unknown>;
}

const provider: pulumi.dynamic.ResourceProvider<Inputs, Inputs> = {
  async create(inputs) {
    return { id: inputs.phoneNumberId, outs: { ...inputs, ...(await readNumber(inputs.phoneNumberId)) } };
  },
  async read(id, props) {
    return { id, props: { ...(props as Inputs), ...(await readNumber(id)) } };
  },
  async diff(_id, olds, news) {
    return { changes: olds.wabaId !== news.wabaId || olds.phoneNumberId !== news.phoneNumberId };
  },
};

export class PlainNumber extends pulumi.dynamic.Resource {
  constructor({ name, ...args }: Declared) {
    super(provider, name, args);
  }
}
