/** One signal meets one edge, or the end of the time it had: explained, early, late, missing, back again, or without any explanation. */

import { distinct, hypothesisOf, type Hypothesis } from './hypotheses.ts';
import { mayTrip } from './rules/load.ts';
import type { Situation } from './rules/rule.ts';
import { RULES } from './rules/rules.ts';
import { choices, expiry_us, live, settle, targets, type Inflow, type Target, type Track } from './track.ts';

export type Observation =
  /** `targets` explain it. `until_us`: when it would have been overdue. */
  | { readonly kind: 'explained'; readonly track: Track; readonly targets: readonly Target[]; readonly until_us: number }
  /** LOAD fell with a low cell, but before the wait was over. */
  | { readonly kind: 'early'; readonly track: Track; readonly targets: readonly Target[]; readonly until_us: number }
  /** The edge that was overdue. */
  | { readonly kind: 'late'; readonly track: Track }
  /** Back to where the reference stayed. */
  | { readonly kind: 'back'; readonly track: Track }
  | { readonly kind: 'unexplained'; readonly track: Track };

function lastExpiry_us({ signal, high, hypotheses }: Track, inflow: Inflow, situation: Situation): number {
  let latest_us = -Infinity;
  for (const one of hypotheses) if (one.high === high) latest_us = Math.max(latest_us, expiry_us(signal, inflow, one, situation));
  return latest_us;
}

function moved(track: Track, inflow: Inflow, { at_us: since_us }: Situation, hypotheses: readonly Hypothesis[]): Track {
  const high = !track.high;
  const { signal } = track;
  return { signal, high, since_us, astray: false, overdue: null, hypotheses: settle(signal, high, inflow, hypotheses) };
}

export function observe(track: Track, inflow: Inflow, situation: Situation): Observation {
  const found = targets(track, inflow, situation);
  const until_us = lastExpiry_us(track, inflow, situation);
  if (found.length > 0) {
    const led = found.map((one) => one.hypothesis);
    return { kind: 'explained', track: moved(track, inflow, situation, led), targets: found, until_us };
  }
  const returned = track.hypotheses.filter((one) => one.high !== track.high);
  if (returned.length > 0) return { kind: track.overdue === null ? 'back' : 'late', track: moved(track, inflow, situation, returned) };
  const early = track.signal === 'load' && track.high ? tooEarly(track, inflow, situation) : [];
  if (early.length > 0)
    return {
      kind: 'early',
      track: moved(
        track,
        inflow,
        situation,
        early.map((one) => one.hypothesis),
      ),
      targets: early,
      until_us,
    };
  return { kind: 'unexplained', track: { ...track, high: !track.high, since_us: situation.at_us, astray: true, overdue: null } };
}

/** R3: the trip is there, only the wait is not over. */
function tooEarly(track: Track, { segments }: Inflow, { wait }: Situation): readonly Target[] {
  if (wait === null || !wait.running) return [];
  return live(track).flatMap((source): readonly Target[] => {
    const segment = segments[source.seen];
    if (segment === undefined || !mayTrip(source.memo, segment)) return [];
    const hypothesis = hypothesisOf(source.seen, 'down', false);
    return [{ hypothesis, source, segment, cite: 'trip', alone: true }];
  });
}

export type Expiry =
  | { readonly kind: 'thinned'; readonly track: Track }
  /** A required edge did not come. */
  | { readonly kind: 'missing'; readonly track: Track; readonly targets: readonly Target[] }
  /** The hypotheses had left the observed level before, and have come back to it. */
  | { readonly kind: 'met'; readonly track: Track };

/** Drops what cannot hold after `situation.at_us`; where nothing is left the reference goes on as if the rule had fired. */
export function expire(track: Track, inflow: Inflow, situation: Situation): Expiry {
  const kept = track.hypotheses.filter((one) => expiry_us(track.signal, inflow, one, situation) > situation.at_us);
  if (kept.length > 0) return { kind: 'thinned', track: { ...track, hypotheses: kept } };
  const due = targets(track, inflow, situation, true);
  if (due.length > 0) {
    const hypotheses = settle(
      track.signal,
      track.high,
      inflow,
      due.map((one) => one.hypothesis),
    );
    const lasting = hypotheses.filter((one) => expiry_us(track.signal, inflow, one, situation) > situation.at_us);
    return {
      kind: 'missing',
      targets: due,
      track: { ...track, hypotheses: lasting.length > 0 ? lasting : hypotheses, astray: true, overdue: !track.high },
    };
  }
  const forced = track.hypotheses.flatMap((one) => onward(track, inflow, situation, one));
  const hypotheses = distinct(forced.length > 0 ? forced : track.hypotheses.map((one) => ({ ...one, until_us: Infinity })));
  return { kind: 'met', track: { ...track, hypotheses } };
}

/** Where a hypothesis that disagrees with the observed level goes when its time is over. */
function onward({ signal, high }: Track, inflow: Inflow, situation: Situation, from: Hypothesis): readonly Hypothesis[] {
  const next: Hypothesis[] = [];
  for (let seen = from.seen + 1; seen < inflow.arrived; seen++) {
    for (const one of choices(signal, inflow, from, seen)) next.push(hypothesisOf(seen, one.memo, one.high));
  }
  const segment = inflow.segments[from.seen];
  const own = segment === undefined ? [] : RULES[signal].alone(from.memo, segment, from.high, situation, inflow.numbers);
  for (const one of own) next.push(hypothesisOf(from.seen, one.memo, one.high));
  const agreeing = next.filter((one) => one.high === high);
  return agreeing.length > 0 ? agreeing : next;
}
