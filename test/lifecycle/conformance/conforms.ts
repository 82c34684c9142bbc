/** The rules of every resource, as tests: of what is declared, of its lifecycle, of what goes wrong. */
import { checks } from "./checks.ts";
import { crashes } from "./crashes.ts";
import { limits } from "./limits.ts";
import { lives } from "./lives.ts";
import type { Ground, Subject } from "./subject.ts";

/** @param subject see subject.ts, which says how to add one */
export async function conforms<G extends Ground>(subject: Subject<G>): Promise<void> {
  checks(subject);
  lives(subject);
  limits(subject);
  await crashes(subject);
}
