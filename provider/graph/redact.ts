/** Takes secrets out of text that others wrote, such as Graph's error messages or a proxy's page. */

const MASK = "[secret]";

/** Replaces each secret by a mask, longest first so that no part of one remains. Empty secrets are passed over. */
export function redact(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret.length > 0)
    .toSorted((a, b) => b.length - a.length)
    .reduce((masked, secret) => masked.replaceAll(secret, MASK), text);
}
