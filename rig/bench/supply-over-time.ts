/** What the supply was set to at any instant of a run: needed where a reading depends on it and the fixture measured something else. */

import type { ScenarioTime_us } from '../../scenarios/contracts/clocks.ts';
import type { DriveChange, Timeline } from '../../scenarios/contracts/timeline.ts';
import type { Stimulus } from '../../scenarios/contracts/trace.ts';

interface Piece {
  readonly from_us: number;
  readonly to_us: number;
  readonly start_mV: number;
  readonly end_mV: number;
}

const supplyOf = (changes: readonly DriveChange[]): number | null => {
  const value = changes.find(({ signal }) => signal === 'supply')?.value;
  return value === undefined || typeof value === 'string' ? null : value.mV;
};

/** Every entry at its earliest, as if it had been done. */
export const plannedStimuli = ({ entries }: Timeline): readonly Stimulus[] =>
  entries.map(({ id: entry, bounds_us: [at_us] }) => {
    return { entry, outcome: 'done', asked_us: at_us, done_us: at_us, ended_us: null, uncertainty_us: 0 };
  });

/** Set-point in mV; slewing (some ms a step) is not counted. */
export const supplyOverTime = (timeline: Timeline, stimuli: readonly Stimulus[]): ((at: ScenarioTime_us) => number) => {
  const executed = new Map(stimuli.map((stimulus) => [stimulus.entry, stimulus]));
  const pieces: Piece[] = [];
  const happened = timeline.entries
    .flatMap(({ id, do: action }) => {
      const { outcome, done_us, ended_us } = executed.get(id) ?? { outcome: 'notReached', done_us: null, ended_us: null };
      return outcome !== 'done' || done_us === null ? [] : [{ action, done_us, ended_us }];
    })
    .toSorted((a, b) => a.done_us - b.done_us);
  const at = (time_us: number): number => {
    const piece = pieces.findLast(({ from_us }) => from_us <= time_us);
    if (!piece) return 0;
    const share = Math.min(1, (time_us - piece.from_us) / Math.max(piece.to_us - piece.from_us, 1e-3));
    return piece.start_mV + (piece.end_mV - piece.start_mV) * share;
  };
  const step = (at_us: number, mV: number): void => void pieces.push({ from_us: at_us, to_us: at_us, start_mV: mV, end_mV: mV });
  for (const { action, done_us, ended_us } of happened) {
    if (action.kind === 'ramp' && action.signal === 'supply')
      pieces.push({ from_us: done_us, to_us: ended_us ?? done_us + action.over_us, start_mV: at(done_us), end_mV: action.to_mV });
    if (action.kind !== 'set' && action.kind !== 'pulse') continue;
    const supply_mV = supplyOf(action.changes);
    if (supply_mV === null) continue;
    const before_mV = at(done_us);
    step(done_us, supply_mV);
    if (action.kind === 'pulse') step(ended_us ?? done_us + action.for_us, before_mV);
  }
  pieces.sort((a, b) => a.from_us - b.from_us);
  return at;
};
