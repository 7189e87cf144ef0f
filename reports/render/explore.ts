/** What exploring came to, on the terminal. */

import type { ExploreDocument } from '../shape/campaigns.ts';
import { printer, type PrintOptions, wrap } from './style.ts';
import { howMany } from './how-many.ts';

/** So many of the transitions that were never taken are named; --json has all. */
const NAMED = 5;

export const renderExplore = (document: ExploreDocument, options: PrintOptions = {}): string => {
  const print = printer(options);
  const { found, sequences, virtual_s, transitions, undecided, simulated, seed } = document;
  const [word] =
    found.length > 0 ? [print.ink(['bold', 'red'], 'DIFFERENCE FOUND')] : [print.ink(['bold', 'green'], 'no difference found')];
  const { hit, total, missing } = transitions;
  const parts = [
    word,
    `${sequences} sequences`,
    `${Math.round(virtual_s)} s of unit time`,
    `${hit} of ${total} transitions of the reference`,
    simulated === true ? 'SIMULATED bench' : 'real bench',
    `seed ${seed}`,
  ];
  return [
    ...found.flatMap(({ file, steps, text, after }) => [
      wrap(`After ${after} sequences: ${text}`, print.width, '  '),
      `The smallest that shows it, ${howMany(steps, 'step')}: ${file}`,
    ]),
    ...(undecided.length === 0 ? [] : [wrap(`${undecided.length} without a verdict, the first: ${undecided[0]}`, print.width, '  ')]),
    ...(missing.length === 0
      ? []
      : [wrap(`Never taken: ${missing.slice(0, NAMED).join('; ')}${missing.length > NAMED ? ' ...' : ''}`, print.width, '  ')]),
    wrap(parts.join(print.ascii ? ' | ' : ' · '), print.width, '  '),
  ].join('\n');
};
