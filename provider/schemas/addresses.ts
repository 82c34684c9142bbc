/** Which addresses what is secret may go to. Without zod: the emulator asks it too. */

const LOOPBACK = ["localhost", "127.0.0.1", "[::1]"];

/** https; http within this machine alone, where nothing goes over a network. */
export function isSafe({ protocol, hostname }: URL): boolean {
  return protocol === "https:" || (protocol === "http:" && LOOPBACK.includes(hostname));
}
