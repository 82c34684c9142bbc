/** GET and POST /{PNID}/settings: calling, storage, identity change, payload encryption; one of them a request. */
import { project, readFields } from "../calls/fields.ts";
import { optionalFlag, optionalShape, type Params } from "../calls/params.ts";
import { settingsNode } from "../nodes/settings.ts";
import type { Random } from "../random.ts";
import type { NumberRecord, Outcome } from "../records/number.ts";
import { callingBlock, encryptionBlock, identityBlock, storageBlock } from "../records/number-settings.ts";
import { notOneFeature } from "../refusals/settings.ts";
import { setCalling, setStorage, withSettings } from "../rules/settings.ts";
import { type NumberOperation, SUCCESS, settle } from "./operation.ts";

const SIP_PASSWORD_LENGTH = 32;

export const readSettings: NumberOperation = (_state, params, context) => {
  const type = settingsNode(optionalFlag(params, "include_sip_credentials") ?? false);
  const { id: _, ...settings } = project(context.number, readFields(params, type), type, context);
  return settings;
};

export const updateSettings: NumberOperation = (state, params, { number, random }) => {
  const [outcome, ...others] = readFeatures(number, params, random);
  if (outcome === undefined || others.length > 0) throw notOneFeature();
  settle(state, outcome());
  return SUCCESS;
};

/** All are read before one takes effect, so that a refused call has drawn nothing. */
function readFeatures(number: NumberRecord, params: Params, random: Random): (() => Outcome)[] {
  const calling = optionalShape(params, "calling", callingBlock);
  const storage = optionalShape(params, "storage_configuration", storageBlock);
  const identity = optionalShape(params, "user_identity_change", identityBlock);
  const encryption = optionalShape(params, "payload_encryption", encryptionBlock);
  return [
    ...(calling ? [() => setCalling(number, calling, () => random.token(SIP_PASSWORD_LENGTH))] : []),
    ...(storage ? [() => setStorage(number, storage)] : []),
    ...(identity ? [() => withSettings(number, { user_identity_change: identity })] : []),
    ...(encryption ? [() => withSettings(number, { payload_encryption: encryption })] : []),
  ];
}
