/** An explanation on the terminal: what is wrong and where to look, then case by case what came first and who may have caused it. */

import type { Certainty } from '../../scenarios/contracts/prediction.ts';
import { certaintyName } from '../judge/wording.ts';
import type { Divergence, ExplainedCase, Explanation, Suspect } from '../explain/explanation.ts';
import { printer, VERDICT_INK, wrap, type PrintOptions, type Printer } from './style.ts';

const WHO: Readonly<Record<Suspect, string>> = {
  unit: 'the unit',
  rig: 'the rig',
  link: 'the link',
  model: 'the reference model',
  scenario: 'the scenario',
  operator: 'the operator',
};

/** So many cases are told in full; the rest is one line each. */
const TOLD = 5;

function divergenceRows(first: Divergence): readonly string[] {
  const certainty = first.certainty === null ? '' : `, ${certaintyName(first.certainty as Certainty)}`;
  return [
    `first: ${first.text}`,
    ...(first.after === null ? [] : [`after: ${first.after}`]),
    ...(first.why === null || first.rule === null ? [] : [`because of ${first.rule}: ${first.why}`]),
    ...(first.statement === null ? [] : [`behind it ${first.requirement}${certainty}: ${first.statement}`]),
  ];
}

function caseRows(one: ExplainedCase, print: Printer): readonly string[] {
  const ink = VERDICT_INK[one.verdict as keyof typeof VERDICT_INK];
  const row = (text: string): string => wrap(`  ${text}`, print.width, '    ');
  const likely = one.suspects.filter(({ weight }) => weight > 0);
  const unlikely = one.suspects.filter(({ weight }) => weight === 0);
  return [
    `${print.ink(ink, one.verdict.toUpperCase())} ${print.ink('bold', one.id)}`,
    ...(one.first === null ? [] : divergenceRows(one.first).map(row)),
    ...likely.flatMap((suspect, index) => [
      row(`${index + 1}. ${print.ink(index === 0 ? 'bold' : 'reset', WHO[suspect.who])}`),
      ...suspect.evidence.map((text) => wrap(`     - ${text}`, print.width, '       ')),
      ...suspect.against.map((text) => wrap(`     - but: ${text}`, print.width, '       ')),
    ]),
    ...unlikely.map((suspect) => row(`not ${WHO[suspect.who]}: ${suspect.against.join(' ')}`)),
  ];
}

/** Ends with a newline. */
export function renderExplanation(explanation: Explanation, options: PrintOptions = {}): string {
  const print = printer(options);
  const { run, simulated, verdict, diagnosis, cases } = explanation;
  const bench = simulated === true ? ' on a SIMULATED bench' : simulated === null ? ', reference only' : '';
  const head = `Run ${run}${bench}: ${print.ink(VERDICT_INK[verdict as keyof typeof VERDICT_INK], verdict)}`;
  const text = [
    [
      head,
      ...(diagnosis === null ? [] : [wrap(print.ink('bold', diagnosis.finding), print.width), wrap(diagnosis.look, print.width)]),
    ].join('\n'),
    ...(cases.length === 0 ? ['Nothing to explain: no case that was asked for ended other than pass.'] : []),
    ...cases.slice(0, TOLD).map((one) => caseRows(one, print).join('\n')),
    ...(cases.length > TOLD
      ? [
          `and ${cases.length - TOLD} more: ${cases
            .slice(TOLD)
            .map(({ id }) => id)
            .join(', ')}\n(--case NAME tells of one)`,
        ]
      : []),
  ].join('\n\n');
  return `${print.ascii ? text.replaceAll('’', "'") : text}\n`;
}
