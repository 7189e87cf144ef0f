/** Ramps and dips of the analog drives: what the supply and the remote terminals can follow, and what they are not allowed to do. */

import type { Action, DriveChange } from '../contracts/timeline.ts';
import { formatQuantity } from '../language/quantity.ts';
import type { Path } from '../language/scenario.ts';
import type { Step } from '../language/shape.ts';
import type { RemoteWord } from '../language/shape-stimuli.ts';
import { SUPPLY_SLEW_mV_per_us } from '../signals.ts';
import type { Draft } from './draft.ts';
import { isRamp } from './stimuli.ts';

/** H and L are not driven below this supply (ELECTRICS.md, "Remote"). */
export const SUPPLY_FLOOR_mV = 8_000;

export interface SupplyOutcome {
  /** A change at once. */
  readonly changes: readonly DriveChange[];
  /** A ramp or a dip. */
  readonly moving: readonly Action[];
  readonly lowest_mV: number;
  readonly end_mV: number;
}

/** The supply needs this long for a change; signals.ts states the slowest it moves. */
const slew_us = (from_mV: number, to_mV: number): number => Math.ceil(Math.abs(to_mV - from_mV) / SUPPLY_SLEW_mV_per_us);

/** What a step asks of the supply that stands at `supply_mV`. */
export const supplyAction = (
  draft: Draft,
  { supply_mV }: { readonly supply_mV: number },
  { supply }: Step,
  index: number,
): SupplyOutcome => {
  if (supply === undefined) return { changes: [], moving: [], lowest_mV: supply_mV, end_mV: supply_mV };
  const path: Path = ['steps', index, 'supply'];
  const { to } = supply;
  const lowest_mV = Math.min(supply_mV, to);
  const change: DriveChange = { signal: 'supply', value: { mV: to } };
  const needed_us = slew_us(supply_mV, to);
  const needs = `the supply needs ${formatQuantity(needed_us, 'time')} from ${supply_mV / 1_000} V to ${to / 1_000} V`;
  switch (supply.kind) {
    case 'set':
      return { changes: [change], moving: [], lowest_mV: to, end_mV: to };
    case 'ramp': {
      if (to === supply_mV)
        draft.refuse('ramp-nowhere', [...path, 'ramp to'], `the supply is at ${to / 1_000} V already`, 'ramp to another voltage, or wait');
      if (supply.over_us < needed_us)
        draft.refuse('too-fast', [...path, 'over'], needs, `give it ${formatQuantity(needed_us, 'time')} or more`);
      const ramp: Action = { kind: 'ramp', signal: 'supply', from_mV: supply_mV, to_mV: to, over_us: supply.over_us };
      return { changes: [], moving: [ramp], lowest_mV, end_mV: to };
    }
    case 'dip': {
      if (to >= supply_mV)
        draft.refuse(
          'not-a-dip',
          [...path, 'dip to'],
          `the supply is at ${supply_mV / 1_000} V, ${to / 1_000} V is no dip`,
          'dip to a lower voltage',
        );
      if (supply.for_us < needed_us)
        draft.refuse('too-fast', [...path, 'for'], needs, `give it ${formatQuantity(needed_us, 'time')} or more`);
      return { changes: [], moving: [{ kind: 'pulse', changes: [change], for_us: supply.for_us }], lowest_mV, end_mV: supply_mV };
    }
  }
};

/** The ramp of one remote terminal, from the voltage it is driven to; nothing where none is asked for. */
const terminalRamp = (draft: Draft, before: RemoteWord, word: RemoteWord, terminal: 'H' | 'L', path: Path): readonly Action[] => {
  const target = word[terminal];
  if (!isRamp(target)) return [];
  const now = before[terminal];
  if (typeof now === 'string' || isRamp(now)) {
    draft.refuse(
      'ramp-from-nowhere',
      [...path, terminal],
      `${terminal} is not driven to a voltage before this ramp`,
      `first remote: { ${terminal}: 2.5 V }`,
    );
    return [];
  }
  const other = terminal === 'H' ? 'L' : 'H';
  if (before.link !== word.link || JSON.stringify(before[other]) !== JSON.stringify(word[other])) {
    draft.refuse(
      'not-alone',
      path,
      `only ${terminal} ramps here, the link and ${other} stay as they are`,
      'change the rest in a step before',
    );
  }
  return [{ kind: 'ramp', signal: terminal === 'H' ? 'remoteH' : 'remoteL', from_mV: now.to, to_mV: target.to, over_us: target.over_us }];
};

/** The ramps that `word` asks for where the remote stands at `before`. */
export const terminalRamps = (draft: Draft, before: RemoteWord, word: RemoteWord, path: Path): readonly Action[] =>
  (['H', 'L'] as const).flatMap((terminal) => terminalRamp(draft, before, word, terminal, path));
