/** The Meta app that the emulator's tokens belong to unless they name another. */
export const DEFAULT_APP = {
  id: "670843887433847",
  name: "Emulator App",
  /** Not a secret at all: it is documented, so that signatures are there and can be checked without any option. */
  secret: "emulator-app-secret",
} as const;

/** How Graph links an app. */
export function appLink(id: string): string {
  return `https://www.facebook.com/games/?app_id=${id}`;
}
