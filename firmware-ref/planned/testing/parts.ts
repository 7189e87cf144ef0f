/** What a planned timeline is made of, in one line each: states of the inputs, moves, and what has been reached. */

import { segmentOf, type Segment } from '../../inputs/segments.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import { inputsOf, SAFE_SURROUNDINGS } from '../../inputs/inputs.ts';
import { numbersOf, PARAMETERS } from '../../parameters.ts';
import { type Memo, standing } from '../../rules/rule.ts';
import { type Move, type Node, NO_PARTS } from '../nodes.ts';
import type { Reach } from '../reach.ts';
import type { Rise } from '../rises.ts';

export const numbers = numbersOf(PARAMETERS);

export type Given = Partial<Omit<Segment, 'inputs'>> & { readonly inputs?: Partial<Inputs> };

/** In service with everything closed, unless told otherwise, from an entry at 1 s that is seen by 3 s. */
export const segment = ({ inputs, ...more }: Given = {}): Segment =>
  segmentOf({
    index: 0,
    kind: 'steady',
    from_us: [1e6, 1e6],
    due_us: 3e6,
    lag_us: 2e6,
    tolerance_us: 0,
    lost: false,
    cause: { kind: 'entry', entry: 'step' },
    cause_us: 1e6,
    changed: 0,
    write: 0,
    pole1_us: [-Infinity, -Infinity],
    pole1Entry: null,
    gap_us: 0,
    load: false,
    since: null,
    ...more,
    inputs: {
      ...inputsOf(
        { ...SAFE_SURROUNDINGS, supply: { mV: 12_800 }, remoteLink: 'closed', pole1: 'closed', pole3: 'closed', pole4: 'closed' },
        numbers,
      ),
      ...inputs,
    },
  });

/** From an instant on, to be seen within 2 s. */
export const from = (at_s: number, inputs: Partial<Inputs> = {}, more: Given = {}): Given => ({
  from_us: [at_s * 1e6, at_s * 1e6],
  due_us: (at_s + 2) * 1e6,
  inputs,
  ...more,
});

/** Out of service since ever. */
export const OFF = segment({ from_us: [-Infinity, -Infinity], due_us: -Infinity, inputs: { remote: 'off' } });

/** Out of service, then those. */
export const after = (...given: readonly Given[]): readonly Segment[] => [
  OFF,
  ...given.map((one, at) => segment({ ...one, index: at + 1 })),
];

export const rise = (key: number, from_us = 0, to_us = 0, more: Partial<Rise> = {}): Rise => ({
  key,
  seen: 0,
  alone: [],
  from_us,
  to_us,
  last_us: Infinity,
  mark: 0,
  ...more,
});

export const node = (memo: Memo, high: boolean, from_us: number, to_us: number, more: Partial<Node> = {}): Node => ({
  seen: 0,
  memo,
  high,
  standing: standing(memo, high),
  answers: [],
  cite: 'warning',
  from_us,
  to_us,
  parts: NO_PARTS,
  end: 0,
  ...more,
});

export const move = (high: boolean, from_us: number, to_us: number, more: Partial<Move> = {}): Move => ({
  high,
  risen: 0,
  segment: segment(),
  cite: high ? 'serviceHealthy' : 'tripped',
  alone: false,
  from_us,
  to_us,
  rise: null,
  ...more,
});

export const reached = (...layers: readonly object[]): Reach => ({ layers }) as unknown as Reach;
