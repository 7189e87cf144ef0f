/** Where it is certain that a demand is stricter than the reference: an edge with one cause, which is what the demand counts from. */

import type { Anchor, Expectation } from '../../scenarios/contracts/expectation.ts';
import type { Cause, PredictedEdge, Prediction } from '../../scenarios/contracts/prediction.ts';
import type { Level } from '../../scenarios/signals.ts';

/** An author counts from the command; switches and supply may follow by this much later, and a limit within it is no stricter. */
const FOLLOWS_us = 10_000;

const sameLevel = (a: Level, b: Level): boolean =>
  a === b || (a === 'notHigh' && b === 'floating') || (a === 'floating' && b === 'notHigh');

const countsFrom = ({ edges }: Prediction, { ref }: Cause, anchor: Anchor): boolean => {
  if (anchor.kind === 'entry') return ref.kind === 'entry' && ref.entry === anchor.entry;
  if (anchor.kind === 'time' || ref.kind !== 'predicted') return false;
  const edge = edges.find(({ id }) => id === ref.edge);
  return edge !== undefined && edge.signal === anchor.signal && sameLevel(edge.level, anchor.level);
};

/** The one edge the demand can mean; null where there are more. */
const onlyEdge = ({ edges }: Prediction, { signal, level }: Expectation & { readonly kind: 'edge' }): PredictedEdge | null => {
  const [only, ...more] = edges.filter((edge) => edge.signal === signal && sameLevel(edge.level, level));
  return only === undefined || more.length > 0 ? null : only;
};

/** False where it may be, too: bounds that several causes shape are known too loosely to warn of. */
export function isSurelyStricter(prediction: Prediction, one: Expectation): boolean {
  if (one.kind !== 'edge' || !prediction.complete) return false;
  const edge = onlyEdge(prediction, one);
  const [cause, ...others] = edge?.causes ?? [];
  if (edge === null || cause === undefined || others.length > 0 || !edge.required || one.after.kind === 'time') return false;
  if (!countsFrom(prediction, cause, one.after)) return false;
  const soonest = cause.min_us - one.after.delay_us;
  const latest = cause.max_us - one.after.delay_us;
  return (one.notBefore_us ?? -Infinity) > Math.max(soonest, 0) + FOLLOWS_us || (one.within_us ?? Infinity) < latest - FOLLOWS_us;
}
