/** Coverage on the terminal: what is proven, and everything that is not. */

import type { CoverageDocument, RequirementCoverage, Tally } from '../shape/coverage.ts';
import { printer, wrap, type PrintOptions, type Printer } from './style.ts';
import { howMany } from './how-many.ts';

const share = ({ hit, total }: Tally): string => `${hit} of ${total}${hit === total ? '' : ` (${((hit / total) * 100).toFixed(1)} %)`}`;

const heading = (print: Printer, name: string, tally: Tally): string =>
  `${print.ink(tally.missing.length === 0 ? 'green' : 'yellow', share(tally).padStart(18))}  ${name}`;

/** Why no case proves it yet. */
const lacking = ({ scenarios, shownBy }: RequirementCoverage): string => {
  if (scenarios.length === 0) return 'no case covers it';
  const shown = scenarios.filter(({ by }) => by.length > 0);
  if (shown.length === 0) return `nothing in ${scenarios.map((one) => one.case).join(', ')} carries it`;
  return shownBy === 'rig' ? '' : `no defect that breaks it was caught in ${shown.map((one) => one.case).join(', ')}`;
};

const MISSING = 40;

function rest(print: Printer, title: string, lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return [];
  const more = lines.length > MISSING ? [`  and ${lines.length - MISSING} more (--json has all)`] : [];
  return ['', print.ink('bold', title), ...lines.slice(0, MISSING).map((line) => wrap(`  ${line}`, print.width, '    ')), ...more];
}

export function renderCoverage(document: CoverageDocument, options: PrintOptions = {}): string {
  const print = printer(options);
  const { requirements, proven, transitions, bounds, cases } = document;
  const byRig = requirements.filter(({ shownBy }) => shownBy === 'rig');
  const shown: Tally = {
    hit: byRig.filter(({ status }) => status === 'shown').length,
    total: byRig.length,
    missing: byRig.filter(({ status }) => status === 'open').map(({ id }) => id),
  };
  const none = requirements.filter(({ shownBy }) => shownBy === 'none').length;
  const open = requirements.filter(({ status }) => status === 'open');
  return [
    `${howMany(cases, 'case')}. Proven: a case shows it and has caught a unit that breaks it (a simulated one).`,
    heading(print, 'requirements proven on a unit', proven),
    heading(print, "requirements shown by the rig's own bank, which proves nothing of a unit", shown),
    heading(print, 'transitions of the reference exercised', transitions),
    heading(print, 'sides of its limits approached', bounds),
    `${String(none).padStart(18)}  requirements that no test can show`,
    ...rest(
      print,
      'Requirements without a proof',
      open.map((one) => `${one.id}: ${lacking(one)}`),
    ),
    ...rest(print, 'Transitions that no case exercises', transitions.missing),
    ...rest(print, 'Sides of limits that no case approaches', bounds.missing),
  ].join('\n');
}
