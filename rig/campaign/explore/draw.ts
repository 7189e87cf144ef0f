/** How random sequences are drawn and made smaller: by fast-check, with the times at which a unit's rules can be told apart. */

import * as fc from 'fast-check';
import { type Move, type Pole, POLES, REMOTES, type Sequence, type Step, SUPPLIES_V } from './sequence.ts';

/** Within a reaction; after it; into a wait; past the longest wait (R4, R16). Waiting shrinks to the shortest of its kind. */
const soon_ms = fc.integer({ min: 30, max: 900 });
const settled_ms = fc.integer({ min: 2_150, max: 2_700 });
const inWait_ms = fc.integer({ min: 4_000, max: 22_000 });
const waitOver_ms = fc.integer({ min: 35_500, max: 37_500 });

const after_ms = fc.oneof(
  { arbitrary: settled_ms, weight: 10 },
  { arbitrary: soon_ms, weight: 3 },
  { arbitrary: inWait_ms, weight: 2 },
  { arbitrary: waitOver_ms, weight: 4 },
);

const pole = fc.constantFrom(...POLES);
const poles = fc.subarray<Pole>([...POLES], { minLength: 1 });

const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 8, arbitrary: pole.map((one) => ({ do: 'toggle' as const, poles: [one] })) },
  { weight: 4, arbitrary: poles.map((several) => ({ do: 'toggle' as const, poles: several })) },
  { weight: 3, arbitrary: fc.constantFrom(...REMOTES).map((to) => ({ do: 'remote' as const, to })) },
  { weight: 2, arbitrary: fc.constantFrom(...SUPPLIES_V).map((to_V) => ({ do: 'supply' as const, to_V })) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('bounce' as const), pole, for_ms: fc.integer({ min: 6, max: 12 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const), poles: fc.subarray<Pole>([...POLES]) }) },
);

const step: fc.Arbitrary<Step> = fc.record({ after_ms, move });

/** Most begin like most units do: linked, at 12.8 V, with a healthy bank. */
const usually = <T>(usual: T, others: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...others) });

const LONGEST = 9;

export const sequences: fc.Arbitrary<Sequence> = fc.record({
  supply_V: usually(12.8, SUPPLIES_V),
  remote: usually('link', REMOTES),
  open: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.subarray<Pole>([...POLES]) }),
  steps: fc.array(step, { minLength: 1, maxLength: LONGEST, size: 'max' }),
  rest_ms: fc.oneof({ weight: 3, arbitrary: settled_ms }, { weight: 2, arbitrary: waitOver_ms }),
});
