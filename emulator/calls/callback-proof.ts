/** The stage of a call in which a callback URL proves itself. The one place where a call waits for somebody outside. */

import { GraphRefusal } from "../refusals/refusal.ts";
import { matchRoute } from "../routes.ts";
import { type Challenge, verifyCallback } from "../webhooks/challenge.ts";
import { challengeText } from "../webhooks/deliveries.ts";
import type { World } from "../world.ts";
import { admit, targetOf } from "./dispatch.ts";
import type { GraphCall } from "./request.ts";

/** What the call is refused with when its callback URL fails. What else is wrong with it is told when it is run. */
export async function proveCallback(
  world: World,
  call: GraphCall,
  signal: AbortSignal,
): Promise<GraphRefusal | undefined> {
  const challenge = challengeOf(world, call);
  if (challenge === undefined) return undefined;
  const { timeoutMs } = world.deliveries.terms;
  const failure = await verifyCallback(challenge, { expected: challengeText(world.challenges), timeoutMs, signal });
  return failure?.refusal;
}

function challengeOf(world: World, call: GraphCall): Challenge | undefined {
  if (call.method !== "POST") return undefined;
  const match = matchRoute(world.state, call.method, call.segments);
  if (match.route === undefined || !("challenge" in match.route)) return undefined;
  try {
    return targetOf(world, call, admit(world, call), match).challenge();
  } catch (error) {
    if (error instanceof GraphRefusal) return undefined;
    throw error;
  }
}
