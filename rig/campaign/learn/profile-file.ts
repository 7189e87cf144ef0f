/** A profile as the text of a file, for people to read and `rig run --profile` to use. */

import type { PoleCombination, Response, Seen } from '../../../scenarios/contracts/profile.ts';
import { SENSES } from '../../../scenarios/signals.ts';
import { limitKey } from '../../../scenarios/language/profile/limit-keys.ts';
import type { Learned } from './learn.ts';

export interface Heading {
  readonly name: string;
  readonly hardware: string;
  readonly goldenUnit: string;
  readonly learned: string;
  readonly expires: string;
  /** Id of the run that it was learned in. */
  readonly run: string;
  readonly simulated: boolean | null;
}

const s = (us: number): string => `${Number((us / 1e6).toFixed(6))} s`;

const seenLine = (key: string, { least_us, most_us, uncertainty_us, times }: Seen): string =>
  `  ${key}: { least: ${s(Math.round(least_us))}, most: ${s(Math.round(most_us))}, known to: ${s(Math.ceil(uncertainty_us))}, times: ${times} }`;

const response = ({ level, changes }: Response): string =>
  changes.length === 0 ? level : `"${changes.map((one) => `${one.level} after ${s(one.after_us)}`).join(', ')}"`;

const combination = ({ open, responses }: PoleCombination): string =>
  `  - { open: [${open.join(', ')}], ${SENSES.map((signal) => `${signal}: ${response(responses[signal])}`).join(', ')} }`;

const quoted = (text: string): string => JSON.stringify(text);

export const profileText = ({ seen, limits, readings, poles }: Learned, heading: Heading): string =>
  [
    `# Learned by \`rig learn\` in run ${heading.run}${heading.simulated === true ? ', on the simulated bench: no real unit was measured' : ''}.`,
    '# `rig run --profile FILE` judges units of this hardware by it.',
    `profile: ${quoted(heading.name)}`,
    `hardware: ${quoted(heading.hardware)}`,
    `golden unit: ${quoted(heading.goldenUnit)}`,
    `learned: ${heading.learned}`,
    `expires: ${heading.expires}`,
    '# What was measured, how well it is known, and how often.',
    'seen:',
    ...Object.entries(seen).map(([key, one]) => seenLine(key, one)),
    '# What a unit may do: beyond what was seen by as much as that differs, and 1 % for two crystals; never more than the reference allows.',
    'limits:',
    ...Object.entries(limits).map(([name, value]) => `  ${limitKey(name)}: ${s(value)}`),
    '# Where the rulings say "either": what the golden unit does.',
    `readings: { ${Object.entries(readings)
      .map(([ruling, word]) => `${ruling}: ${word}`)
      .join(', ')} }`,
    '# Each combination of open poles, held for 40 s: what every output comes to, and when.',
    'poles:',
    ...poles.map(combination),
    '',
  ].join('\n');
