/** Each credential's token and app secret, by asking Graph about them; where the token is from, and never what it is. */
import { isBug } from "../bug.ts";
import { ConfigError, type Settings } from "../config.ts";
import type { Credential, GraphClient } from "../graph/client.ts";
import { AccessTokenError, InvalidParameterError, PermissionError } from "../graph/errors.ts";
import { inspectToken } from "../graph/tokens.ts";
import type { TokenFacts } from "../schemas/graph.ts";
import { distance } from "../time-text.ts";
import { remedyFor } from "./remedies.ts";
import type { Findings } from "./report.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const ENDS_SOON_MS = 7 * DAY_MS;
/** Meta's guides name both for registered numbers; whether they suffice, the calls tell. */
const SCOPES = ["whatsapp_business_management", "whatsapp_business_messaging"];

export interface TokenCheck {
  readonly findings: Findings;
  readonly settings: Settings;
  readonly client: (credential: Credential) => GraphClient;
  readonly now: Date;
}

/** What Graph says of the token of a working credential; `facts` is undefined where it says nothing. */
export interface Working {
  readonly facts: TokenFacts | undefined;
}

/** Undefined where no call with the credential can succeed: why, is among the findings. */
export async function checkToken(check: TokenCheck, name: string | undefined): Promise<Working | undefined> {
  const { findings, settings } = check;
  const on = name === undefined ? undefined : `credential ${name}`;
  let credential: Credential;
  try {
    credential = settings.credential(name);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    findings.fail("token", "no token can be used", error.message, on);
    return undefined;
  }
  try {
    const facts = await inspectToken(check.client(credential), credential.accessToken);
    return told(check, credential, facts, on);
  } catch (error) {
    if (isBug(error)) throw error;
    return refused(check, credential, error as Error, on);
  }
}

function told({ findings, now }: TokenCheck, credential: Credential, facts: TokenFacts, on?: string) {
  const { source } = credential;
  if (!facts.is_valid) {
    const why = facts.error === undefined ? "" : `: ${facts.error.message}`;
    findings.fail("token", `Graph says that the token from ${source} is not valid${why}`, newToken(source), on);
    return undefined;
  }
  const app =
    facts.app_id === undefined ? "" : ` of app ${[facts.application, facts.app_id].filter(Boolean).join(" ")}`;
  checkEnd(findings, { what: `the token from ${source}${app}`, source, now }, facts, on);
  if (credential.appSecret !== undefined) findings.ok("app secret", "Graph accepted its proof", on);
  const missing = facts.scopes === undefined ? [] : SCOPES.filter((scope) => !facts.scopes?.includes(scope));
  if (missing.length > 0) {
    findings.warn(
      "permissions",
      `the token from ${source} has no ${missing.join(" and no ")}: some calls will be refused`,
      "Generate a token of the system user with both permissions",
      on,
    );
  }
  return { facts };
}

function checkEnd(
  findings: Findings,
  { what, source, now }: { what: string; source: string; now: Date },
  { expires_at = 0, data_access_expires_at = 0 }: TokenFacts,
  on: string | undefined,
) {
  const ends = [expires_at, data_access_expires_at].filter((end) => end > 0);
  if (ends.length === 0) return findings.ok("token", `${what} is valid and does not end`, on);
  const end = new Date(Math.min(...ends) * 1000);
  const text = `${what} is valid until ${end.toISOString()} (${distance(end, now)})`;
  if (end.getTime() - now.getTime() > ENDS_SOON_MS) return findings.ok("token", text, on);
  findings.warn("token", text, `${newToken(source)}; a system user's token can be made not to end`, on);
}

async function refused(check: TokenCheck, credential: Credential, error: Error, on?: string) {
  const { findings } = check;
  const { source, appSecret } = credential;
  if (error instanceof AccessTokenError) {
    findings.fail("token", error.message, newToken(source), on);
    return undefined;
  }
  if (
    error instanceof InvalidParameterError &&
    appSecret !== undefined &&
    (await worksWithoutProof(check, credential))
  ) {
    findings.fail(
      "app secret",
      `Graph takes the token from ${source} without the proof of the app secret, and refuses it with the proof`,
      "Set the secret of the app that the token belongs to: WABA_APP_SECRET, waba:appSecret, or appSecret of the credential",
      on,
    );
    return undefined;
  }
  if (error instanceof InvalidParameterError || error instanceof PermissionError) {
    const proof = appSecret === undefined ? ". If the app requires a proof of its secret, set WABA_APP_SECRET" : "";
    findings.warn("token", error.message, `What it may do, its calls tell; when it ends, is not known${proof}`, on);
    return { facts: undefined };
  }
  findings.fail("token", error.message, remedyFor(error), on);
  return undefined;
}

async function worksWithoutProof({ client }: TokenCheck, credential: Credential): Promise<boolean> {
  try {
    const plain = { ...credential, appSecret: undefined };
    return (await inspectToken(client(plain), plain.accessToken)).is_valid;
  } catch (error) {
    if (isBug(error)) throw error;
    return false;
  }
}

function newToken(source: string): string {
  return `Set a valid token at ${source}`;
}
