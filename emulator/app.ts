/** The Meta app that the emulator's tokens belong to unless they name another. */
export const DEFAULT_APP = {
  id: "670843887433847",
  name: "Emulator App",
  /** Not a secret at all: it is documented, so that signatures are there and can be checked without any option. */
  secret: "emulator-app-secret",
} as const;

export interface App {
  readonly id: string;
  readonly name: string;
  readonly secret: string;
  /** "Require app secret" in the app's settings at Meta. */
  readonly requiresProof: boolean;
  /** False while nobody has named a secret: then a client's may be any, and its proofs cannot be checked. */
  readonly checksProof: boolean;
}

export function appOf(options: { appId: string; appSecret: string; requireProof: boolean }): App {
  const { appId, appSecret, requireProof } = options;
  const named = appSecret !== DEFAULT_APP.secret;
  return {
    id: appId,
    name: DEFAULT_APP.name,
    secret: appSecret,
    requiresProof: requireProof,
    checksProof: named || requireProof,
  };
}

/** How Graph links an app. */
export function appLink(id: string): string {
  return `https://www.facebook.com/games/?app_id=${id}`;
}
