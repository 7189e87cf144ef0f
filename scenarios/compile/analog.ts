/** Ramps, pulses and noise of the analog drives: what the supply and the remote terminals can follow, and what they are not allowed to do. */

import type { Action, DriveChange } from '../contracts/timeline.ts';
import { formatQuantity } from '../language/quantity.ts';
import type { Path } from '../language/scenario.ts';
import type { Step } from '../language/shape.ts';
import type { RemoteWord } from '../language/shape-stimuli.ts';
import type { NoiseWord } from '../language/shape-words.ts';
import { DRIVES, SUPPLY_SLEW_mV_per_us } from '../signals.ts';
import { stepId } from './draft.ts';
import type { Draft } from './draft.ts';
import { MOST_POINTS, noisePoints, pointCount } from './noise.ts';
import { isMoving } from './stimuli.ts';

/** A drive's value at an instant after the step's. */
export interface DrivePoint {
  readonly at_us: number;
  readonly change: DriveChange;
}

export interface SupplyOutcome {
  /** A change at once. */
  readonly changes: readonly DriveChange[];
  /** A ramp, a dip or a pulse. */
  readonly moving: readonly Action[];
  /** Noise: what follows the change at once. */
  readonly points: readonly DrivePoint[];
  readonly lowest_mV: number;
  readonly end_mV: number;
}

/** The supply needs this long for a change; signals.ts states the slowest it moves. */
export const slew_us = (from_mV: number, to_mV: number): number => Math.ceil(Math.abs(to_mV - from_mV) / SUPPLY_SLEW_mV_per_us);

/** Values of a drive that stands at `from_mV`: the first is for the step's own instant. */
const noiseOf = (
  draft: Draft,
  signal: 'supply' | 'remoteH' | 'remoteL',
  from_mV: number,
  word: NoiseWord,
  { step, path }: Named,
): readonly DrivePoint[] => {
  const { min, max } = DRIVES[signal].analog_mV;
  const [low, high] = [from_mV - word.by, from_mV + word.by];
  if (low < min || high > max)
    draft.refuse(
      'out-of-range',
      [...path, 'noise'],
      `this noise goes from ${low / 1_000} V to ${high / 1_000} V`,
      `stay within ${min / 1_000} V to ${max / 1_000} V`,
    );
  if (signal === 'supply' && slew_us(low, high) > word.every_us)
    draft.refuse(
      'too-fast',
      [...path, 'every'],
      `the supply needs ${formatQuantity(slew_us(low, high), 'time')} from end to end of this noise`,
      'make it slower or smaller',
    );
  if (pointCount(word) > MOST_POINTS)
    draft.refuse(
      'too-many-steps',
      [...path, 'every'],
      `this noise has more than ${MOST_POINTS} values`,
      'a longer every:, or a shorter for:',
    );
  return noisePoints(word, `${step} ${signal}`).map(({ at_us, off }) => ({ at_us, change: { signal, value: { mV: from_mV + off } } }));
};

/** What a step asks of the supply that stands at `supply_mV`. */
export const supplyAction = (
  draft: Draft,
  { supply_mV }: { readonly supply_mV: number },
  { supply }: Step,
  index: number,
): SupplyOutcome => {
  const still = { changes: [], moving: [], points: [], lowest_mV: supply_mV, end_mV: supply_mV };
  if (supply === undefined) return still;
  const path: Path = ['steps', index, 'supply'];
  if (supply.kind === 'noise') {
    const [first, ...points] = noiseOf(draft, 'supply', supply_mV, supply, { step: stepId(draft.scenario, index), path });
    return { ...still, changes: first === undefined ? [] : [first.change], points, lowest_mV: supply_mV - supply.by };
  }
  const { to } = supply;
  const lowest_mV = Math.min(supply_mV, to);
  const change: DriveChange = { signal: 'supply', value: { mV: to } };
  const needed_us = slew_us(supply_mV, to);
  const needs = `the supply needs ${formatQuantity(needed_us, 'time')} from ${supply_mV / 1_000} V to ${to / 1_000} V`;
  switch (supply.kind) {
    case 'set':
      return { ...still, changes: [change], lowest_mV: to, end_mV: to };
    case 'ramp': {
      if (to === supply_mV)
        draft.refuse('ramp-nowhere', [...path, 'ramp to'], `the supply is at ${to / 1_000} V already`, 'ramp to another voltage, or wait');
      if (supply.over_us < needed_us)
        draft.refuse('too-fast', [...path, 'over'], needs, `give it ${formatQuantity(needed_us, 'time')} or more`);
      const ramp: Action = { kind: 'ramp', signal: 'supply', from_mV: supply_mV, to_mV: to, over_us: supply.over_us };
      return { ...still, moving: [ramp], lowest_mV, end_mV: to };
    }
    case 'dip':
    case 'pulse': {
      if (to === supply_mV && supply.kind === 'pulse')
        draft.refuse('ramp-nowhere', [...path, 'pulse to'], `the supply is at ${to / 1_000} V already`, 'pulse to another voltage');
      if (to >= supply_mV && supply.kind === 'dip')
        draft.refuse(
          'not-a-dip',
          [...path, 'dip to'],
          `the supply is at ${supply_mV / 1_000} V, ${to / 1_000} V is no dip`,
          'dip to a lower voltage, or pulse to this one',
        );
      if (supply.for_us < needed_us)
        draft.refuse('too-fast', [...path, 'for'], needs, `give it ${formatQuantity(needed_us, 'time')} or more`);
      return { ...still, moving: [{ kind: 'pulse', changes: [change], for_us: supply.for_us }], lowest_mV };
    }
  }
};

/** Ramps the fixture makes by itself, and values one after the other; the first of these is for the step's own instant. */
export interface TerminalMoves {
  readonly ramps: readonly Action[];
  readonly points: readonly DrivePoint[];
}

/** The step's entry and where its words stand. */
export interface Named {
  readonly step: string;
  readonly path: Path;
}

/** How one remote terminal moves, from the voltage it is driven to; null where it does not. */
const terminalMove = (
  draft: Draft,
  before: RemoteWord,
  word: RemoteWord,
  terminal: 'H' | 'L',
  { step, path }: Named,
): TerminalMoves | null => {
  const target = word[terminal];
  if (!isMoving(target)) return null;
  const now = before[terminal];
  if (typeof now === 'string' || isMoving(now)) {
    draft.refuse(
      'ramp-from-nowhere',
      [...path, terminal],
      `${terminal} is not driven to a voltage before this ${target.kind}`,
      `first remote: { ${terminal}: 2.5 V }`,
    );
    return null;
  }
  const other = terminal === 'H' ? 'L' : 'H';
  if (before.link !== word.link || JSON.stringify(before[other]) !== JSON.stringify(word[other])) {
    draft.refuse(
      'not-alone',
      path,
      `only ${terminal} moves here, the link and ${other} stay as they are`,
      'change the rest in a step before',
    );
  }
  const signal = terminal === 'H' ? 'remoteH' : 'remoteL';
  if (target.kind === 'noise') return { ramps: [], points: noiseOf(draft, signal, now.to, target, { step, path: [...path, terminal] }) };
  return { ramps: [{ kind: 'ramp', signal, from_mV: now.to, to_mV: target.to, over_us: target.over_us }], points: [] };
};

/** How the terminals move as `word` asks, where the remote stands at `before`. */
export const terminalMoves = (draft: Draft, before: RemoteWord, word: RemoteWord, named: Named): TerminalMoves => {
  const moves = (['H', 'L'] as const).flatMap((terminal) => terminalMove(draft, before, word, terminal, named) ?? []);
  return { ramps: moves.flatMap(({ ramps }) => ramps), points: moves.flatMap(({ points }) => points) };
};
