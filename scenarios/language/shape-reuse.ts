/** How a scenario writes what it reuses: parameters, the sweep over them, their values per bench, fragments, repetition. */

import { z } from 'zod';
import { leaf, mapping } from './fields.ts';
import { MAX_STEPS } from './reuse/repeat.ts';

const values = () => z.record(z.string(), z.unknown());

const fragment = mapping({
  parameters: z.optional(values().meta({ description: 'Usual values; one left empty has to be given by whoever includes the fragment.' })),
  given: z.optional(values()),
  steps: z.optional(z.array(z.unknown())),
  expect: z.optional(z.array(z.unknown())),
  measure: z.optional(z.array(z.unknown())),
});

export const reuseKeys = {
  parameters: z.optional(values()),
  sweep: z.optional(z.union([values(), z.array(values()).min(1)])),
  benches: z.optional(mapping({ sim: z.optional(values()), reference: z.optional(values()), port: z.optional(values()) })),
  fragments: z.optional(z.record(z.string(), fragment)),
};

/** How often. */
export const count = leaf<number>(
  (input) =>
    typeof input === 'number' && Number.isInteger(input) && input >= 1 && input <= MAX_STEPS
      ? { ok: true, value: input }
      : { ok: false, id: 'not-a-count', message: `a whole number from 1 to ${MAX_STEPS} is expected here`, hint: 'e.g. times: 3' },
  { type: 'integer', minimum: 1, maximum: MAX_STEPS },
);

/** What draws random values: the same number, the same draws. */
export const seed = leaf<number>(
  (input) =>
    typeof input === 'number' && Number.isInteger(input) && input >= 0 && input <= 0xffff_ffff
      ? { ok: true, value: input }
      : { ok: false, id: 'not-a-count', message: 'a seed is a whole number from 0 to 4294967295', hint: 'e.g. seed: 1' },
  { type: 'integer', minimum: 0, maximum: 0xffff_ffff },
);
