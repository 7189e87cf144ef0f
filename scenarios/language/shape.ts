/** The shape of a scenario file, declared once: it gives the type, the check and the JSON Schema. */

import { z } from 'zod';
import { REQUIREMENT_IDS } from '../requirements.ts';
import { leaf, mapping, quantity, text, word } from './fields.ts';
import { RESERVED_NAMES, STEP_NAME, TIME_RANGE } from './moments.ts';
import type { StepOrigin } from './reuse/repeat.ts';
import { askWord } from './shape-ask.ts';
import { attachedGiven } from './shape-attached.ts';
import { edge, expectLine, measureLine } from './shape-checks.ts';
import { count, reuseKeys } from './shape-reuse.ts';
import {
  bankGiven,
  batterySettings,
  cableWord,
  cellsGiven,
  cellsWord,
  polesWord,
  remoteWord,
  shortWord,
  sinkWord,
  supplyGiven,
  supplyWord,
  temperatureGiven,
  temperatureWord,
} from './shape-stimuli.ts';
import { DURATION_RANGE, FIXTURE_RANGE, FIXTURE_WAIT_us } from './shape-words.ts';

const TAG = /^[A-Za-z0-9][A-Za-z0-9._-]*$/u;
const tag = leaf<string>(
  (input) =>
    typeof input === 'string' && TAG.test(input)
      ? { ok: true, value: input }
      : { ok: false, id: 'not-a-tag', message: 'a tag is one word of letters, digits, ".", "_" and "-"', hint: 'e.g. regression' },
  { type: 'string', pattern: TAG.source },
);

const stepName = leaf<string>(
  (input) => {
    if (typeof input === 'string' && STEP_NAME.test(input) && !RESERVED_NAMES.includes(input)) return { ok: true, value: input };
    const hint = `one lower-case word, not one of ${RESERVED_NAMES.join(', ')}`;
    return { ok: false, id: 'not-a-name', message: `${typeof input === 'string' ? `"${input}"` : 'this'} cannot name a step`, hint };
  },
  { type: 'string', pattern: STEP_NAME.source },
);

/** The fixture needs this long between an edge and what follows it: it stamps, and may probe an output for up to 3 ms. */
export const MIN_DELAY_us = 5_000;
const time = () => z.optional(quantity('time', TIME_RANGE));

export const given = mapping({
  supply: z.optional(supplyGiven),
  remote: z.optional(remoteWord),
  battery: z.optional(batterySettings),
  bank: z.optional(bankGiven),
  cells: z.optional(cellsGiven),
  temperature: z.optional(temperatureGiven),
  cable: z.optional(cableWord),
  poles: z.optional(polesWord),
  attached: z.optional(attachedGiven),
});

export const step = mapping({
  name: z.optional(stepName),
  at: time(),
  after: z.optional(edge),
  delay: z.optional(quantity('time', { min: MIN_DELAY_us, max: FIXTURE_WAIT_us })),
  timeout: z.optional(quantity('time', FIXTURE_RANGE)),
  wait: z.optional(quantity('time', DURATION_RANGE)),
  every: z.optional(quantity('time', DURATION_RANGE)),
  times: z.optional(count),
  for: z.optional(quantity('time', FIXTURE_RANGE)),
  supply: z.optional(supplyWord),
  remote: z.optional(remoteWord),
  cells: z.optional(cellsWord),
  temperature: z.optional(temperatureWord),
  cable: z.optional(cableWord),
  poles: z.optional(polesWord),
  sink: z.optional(sinkWord),
  short: z.optional(shortWord),
  ask: z.optional(askWord),
});

export type UntilWord = { readonly kind: 'at'; readonly at_us: number } | { readonly kind: 'wait'; readonly wait_us: number };
const until = z.union([
  quantity('time', TIME_RANGE).transform((at_us): UntilWord => ({ kind: 'at', at_us })),
  mapping({ wait: quantity('time', DURATION_RANGE) }).transform(({ wait }): UntilWord => ({ kind: 'wait', wait_us: wait })),
]);

export const scenarioShape = mapping({
  ...reuseKeys,
  scenario: text('what the scenario shows, in one sentence,'),
  covers: z.array(word(REQUIREMENT_IDS, 'unknown-requirement', 'a requirement')).min(1),
  tags: z.array(tag).default([]),
  given: given.default({}),
  steps: z.array(step).default([]),
  until: z.optional(until),
  expect: z.array(expectLine).default([]),
  measure: z.array(measureLine).default([]),
});

export type Given = z.output<typeof given>;
/** With where it comes from, once the file is put together. */
export type Step = z.output<typeof step> & Partial<StepOrigin>;
export type ScenarioContent = Omit<z.output<typeof scenarioShape>, 'steps' | keyof typeof reuseKeys> & { readonly steps: readonly Step[] };

/** Words of a step or of the given state that speak of the bank; `poles` speaks of the switches behind it. */
export const BANK_WORDS = ['battery', 'bank', 'cells', 'temperature', 'cable'] as const;
export const STIMULUS_WORDS = ['supply', 'remote', 'cells', 'temperature', 'cable', 'poles', 'sink', 'short', 'ask'] as const;
export const TIME_WORDS = ['at', 'after', 'wait'] as const;
