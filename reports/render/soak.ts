/** A soak on the terminal: each good unit that was not passed, with what it takes to run it again, and one line that sums it up. */

import type { SoakDocument, SoakFinding } from '../shape/campaigns.ts';
import { printer, type PrintOptions, type Printer, wrap } from './style.ts';

const line = (what: string, { seed, unit, case: id, verdict, text }: SoakFinding, { width }: Printer): string =>
  wrap(`${what} seed ${seed} (${unit}) in ${id}: ${verdict}: ${text}`, width, '  ');

export const renderSoak = (document: SoakDocument, options: PrintOptions = {}): string => {
  const print = printer(options);
  const { units, cases, passed, falseAlarms, undecided, virtual_s, seed, images } = document;
  const word =
    falseAlarms.length > 0
      ? print.ink(['bold', 'red'], `${falseAlarms.length} false alarms`)
      : print.ink(['bold', undecided.length > 0 ? 'yellow' : 'green'], 'no false alarm');
  const parts = [
    word,
    `${passed} of ${units} good units passed`,
    `${cases} cases`,
    `${Object.keys(images).length} images`,
    `${Math.round(virtual_s)} s of unit time`,
    'SIMULATED bench',
    `seeds ${seed} to ${seed + Math.max(units, 1) - 1}`,
  ];
  return [
    ...falseAlarms.map((one) => line(print.ink('red', 'FALSE ALARM'), one, print)),
    ...undecided.map((one) => line(print.ink('yellow', 'undecided'), one, print)),
    wrap(parts.join(print.ascii ? ' | ' : ' · '), print.width, '  '),
  ].join('\n');
};
