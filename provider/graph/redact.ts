/** Takes secrets out of text that others wrote, such as Graph's error messages or a proxy's page. */

const MASK = "[secret]";
/** A certificate as Graph's JSON has it, also one that is cut off: nobody knows its value beforehand. */
const CERTIFICATE = /("(?:new_)?certificate"\s*:\s*")[^"]*/g;

/**
 * Replaces each secret by a mask, also as JSON and as addresses write it, longest first so that no part of one remains;
 * and every certificate. Empty secrets are passed over.
 */
export function redact(text: string, secrets: readonly string[]): string {
  return secrets
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret.toWellFormed())])
    .filter((secret) => secret.length > 0)
    .toSorted((a, b) => b.length - a.length)
    .reduce((masked, secret) => masked.replaceAll(secret, MASK), text)
    .replace(CERTIFICATE, `$1${MASK}`);
}
