/** What the differences of a whole run have in common: which signals, which way, after which steps. */

import { finite, isUp } from '../render/lanes.ts';
import type { DriveSignal, SenseSignal } from '../../scenarios/signals.ts';
import type { Difference } from '../judge/result.ts';
import { lastStep, ownDifferences, shownAt_us, type Told } from './first.ts';

/** A difference with what was done last before it. */
export interface Shown {
  readonly told: Told;
  readonly difference: Difference;
  /** Drives that the last step before it changed. */
  readonly after: readonly DriveSignal[];
  /** Where the supply stood then, as far as the timeline says. */
  readonly supply_mV: number;
}

export interface Features {
  readonly shown: readonly Shown[];
  /** Signals that differ, the one that differs first in most cases first. */
  readonly signals: readonly string[];
  /** Level changes of a signal that were expected and did not come, or came late. */
  readonly misses: (signal: string, up: boolean) => readonly Shown[];
  /** Level changes that came without reason, or too early. */
  readonly extras: (signal: string, up: boolean) => readonly Shown[];
  readonly of: (signal: string, ...kinds: readonly Difference['kind'][]) => readonly Shown[];
  /** Whether any trace of the run shows the signal up. */
  readonly everUp: (signal: SenseSignal) => boolean;
  /** Whether any trace shows it go down while there was a supply. */
  readonly everDown: (signal: SenseSignal) => boolean;
}

function supplyAt(told: Told, at_us: number): number {
  let supply_mV = 0;
  for (const { id, do: action } of told.recorded.case.timeline.entries) {
    const done_us = told.last.trace?.stimuli.find(({ entry }) => entry === id)?.done_us ?? null;
    if (done_us === null || done_us > at_us) continue;
    if (action.kind === 'ramp' && action.signal === 'supply') supply_mV = finite(action.to_mV, 0);
    if (action.kind !== 'set') continue;
    for (const { signal, value } of action.changes) if (signal === 'supply' && typeof value === 'object') supply_mV = finite(value.mV, 0);
  }
  return supply_mV;
}

function changedBy(told: Told, at_us: number): readonly DriveSignal[] {
  const action = lastStep(told, at_us)?.do;
  if (action?.kind === 'ramp') return [action.signal];
  return action?.kind === 'set' || action?.kind === 'pulse' ? action.changes.map(({ signal }) => signal) : [];
}

/** The instant from which a difference can be seen: its edge, or when the edge it misses became possible. */
const from_us = ({ got, expected }: Difference): number => got?.at_us ?? expected.earliest_us ?? expected.latest_us ?? 0;

const FULL_mV = 8_000;

export function featuresOf(open: readonly Told[], all: readonly Told[]): Features {
  const shown = open.flatMap((told) =>
    ownDifferences(told).map((difference): Shown => {
      const at_us = from_us(difference);
      return { told, difference, after: changedBy(told, at_us), supply_mV: supplyAt(told, at_us) };
    }),
  );
  const counts = new Map<string, number>();
  for (const told of open) {
    const [first] = ownDifferences(told);
    if (first !== undefined) counts.set(first.signal, (counts.get(first.signal) ?? 0) + 1);
  }
  const others = shown.map(({ difference }) => difference.signal).filter((signal) => !counts.has(signal));
  const signals = [...[...counts].toSorted((a, b) => b[1] - a[1]).map(([signal]) => signal), ...new Set(others)];
  const of: Features['of'] = (signal, ...kinds) =>
    shown.filter(({ difference }) => difference.signal === signal && kinds.includes(difference.kind));
  const edges = (signal: SenseSignal) =>
    all.flatMap((told) => (told.last.trace?.edges ?? []).map((edge) => ({ told, edge }))).filter(({ edge }) => edge.signal === signal);
  return {
    shown: shown.toSorted((a, b) => shownAt_us(a.difference) - shownAt_us(b.difference)),
    signals,
    of,
    misses: (signal, up) =>
      of(signal, 'missing', 'late', 'wrongLevel', 'noEdge').filter(({ difference }) => isUp(difference.expected.level ?? '') === up),
    extras: (signal, up) => of(signal, 'extra', 'early').filter(({ difference }) => isUp(difference.got?.level ?? '') === up),
    everUp: (signal) =>
      edges(signal).some(({ edge }) => isUp(edge.level)) || all.some(({ last }) => isUp(last.trace?.initial[signal] ?? 'off')),
    everDown: (signal) => edges(signal).some(({ told, edge }) => !isUp(edge.level) && supplyAt(told, finite(edge.at_us)) >= FULL_mV),
  };
}
