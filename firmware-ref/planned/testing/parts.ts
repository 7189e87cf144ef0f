/** What a planned timeline is made of, in one line each: states of the inputs, moves, and what has been reached. */

import { segmentOf, type Segment } from '../../inputs/segments.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import { inputsOf, SAFE_SURROUNDINGS } from '../../inputs/inputs.ts';
import { numbersOf, PARAMETERS } from '../../parameters.ts';
import type { Move } from '../nodes.ts';
import type { Reach } from '../reach.ts';

export const numbers = numbersOf(PARAMETERS);

/** In service with everything closed, unless told otherwise, from an entry at 1 s that is seen by 3 s. */
export const segment = ({ inputs, ...more }: Partial<Omit<Segment, 'inputs'>> & { readonly inputs?: Partial<Inputs> } = {}): Segment =>
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
