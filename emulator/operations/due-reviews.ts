/** Name reviews that come to their decision by the clock: looked for before every call, so each is told once. */
import { dueReview } from "../rules/review.ts";
import { nameUpdate } from "../webhooks/number-events.ts";
import type { World } from "../world.ts";

export function settleDueReviews({ state, settings, emit, clock }: World): void {
  const waiting = state.awaitingDecision();
  if (waiting.length === 0) return;
  const now = clock.now();
  const due = waiting.flatMap((number) => {
    const decided = dueReview(number, settings.nameFlip, now);
    return decided === undefined ? [] : [{ ...decided, at: number.name_review?.decide_at ?? now }];
  });
  for (const { number, notice } of due.sort((left, right) => left.at - right.at)) {
    state.putNumber(number);
    if (notice !== undefined) emit(nameUpdate(number, notice));
  }
}
