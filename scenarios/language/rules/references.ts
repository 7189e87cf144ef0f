/** Rules on names: steps are named once, moments name steps that exist, and what needs an entry of its own is not hung on an edge. */

import { ANALOGS } from '../../signals.ts';
import { stepIndex } from '../instants.ts';
import type { Moment } from '../moments.ts';
import { wordHint } from '../nearest.ts';
import { DIMENSIONS } from '../quantity.ts';
import type { Path } from '../scenario.ts';
import type { ScenarioContent } from '../shape.ts';
import { spanKeys } from '../shape-checks.ts';
import { atValue } from './finding.ts';
import type { Finding } from './finding.ts';

const names = ({ steps }: ScenarioContent): readonly Finding[] =>
  steps.flatMap(({ name }, index) => {
    if (name === undefined) return [];
    const first = steps.findIndex((step) => step.name === name);
    if (first === index) return [];
    return [
      atValue(
        'duplicate-name',
        ['steps', index, 'name'],
        `step ${first + 1} is already called "${name}"`,
        'names are unique in a scenario',
      ),
    ];
  });

const known = (content: ScenarioContent, moment: Moment, path: Path): readonly Finding[] => {
  if (moment.kind !== 'step' || stepIndex(content.steps, moment.step) !== undefined) return [];
  const count = content.steps.length;
  if (typeof moment.step === 'number') {
    return [
      atValue(
        'unknown-step',
        path,
        `there is no step ${moment.step}`,
        count === 0 ? 'the scenario has no steps' : `steps are numbered from 1 to ${count}`,
      ),
    ];
  }
  const named = content.steps.flatMap(({ name }) => (name === undefined ? [] : [name]));
  return [
    atValue(
      'unknown-step',
      path,
      `no step is called "${moment.step}"`,
      named.length === 0 ? 'give the step a name:' : wordHint(moment.step, named),
    ),
  ];
};

/** Choices are told apart, and the right ones are among them. */
const questions = ({ steps }: ScenarioContent): readonly Finding[] =>
  steps.flatMap(({ ask }, index) => {
    if (ask === undefined) return [];
    const path = (...key: readonly string[]) => ['steps', index, 'ask', ...key];
    if (ask.choices.length === 0) return [atValue('missing-key', path(), '"choices" is missing', 'e.g. choices: ["yes", "no"]')];
    const twice = ask.choices.find((choice, position) => ask.choices.indexOf(choice) !== position);
    if (twice !== undefined) return [atValue('duplicate-name', path('choices'), `"${twice}" is offered twice`, 'give each choice once')];
    if (ask.right.length === 0)
      return [atValue('missing-key', path(), '"right" is missing', `what a good unit shows, e.g. right: ${ask.choices[0] ?? 'yes'}`)];
    const stray = ask.right.find((choice) => !ask.choices.includes(choice));
    if (stray !== undefined)
      return [atValue('no-such-choice', path('right'), `"${stray}" is not one of the choices`, wordHint(stray, ask.choices))];
    return ask.picture !== null && /^(?:[/\\]|[A-Za-z]:)|(?:^|[/\\])\.\.(?:[/\\]|$)/u.test(ask.picture)
      ? [
          atValue(
            'include-escape',
            path('picture'),
            `${ask.picture} leads out of the scenario's folder`,
            'put the picture beside the scenario',
          ),
        ]
      : [];
  });

const needsStep = (moment: Moment, path: Path, what: string): readonly Finding[] =>
  moment.kind === 'edge' || moment.kind === 'end'
    ? [
        atValue(
          'needs-a-step',
          path,
          `${what} is taken at a time or after a step, not at ${moment.kind === 'edge' ? 'an edge' : 'the end'}`,
          'e.g. at: step 3 + 0.5 s',
        ),
      ]
    : [];

const probed = (levels: object): boolean => Object.values(levels).some((level) => level === 'floating' || level === 'low');

const expectations = (content: ScenarioContent, dropped: ReadonlySet<string>): readonly Finding[] =>
  content.expect.flatMap((line, index): readonly Finding[] => {
    if (dropped.has(`expect.${index}`)) return [];
    const path = (key: string) => ['expect', index, key];
    if (line.kind === 'edge') {
      const late =
        line.after.kind === 'end'
          ? [atValue('not-a-moment', path('after'), 'nothing comes after the end', 'name a time, a step or an edge')]
          : [];
      return [...late, ...known(content, line.after, path('after'))];
    }
    if (line.kind === 'at') {
      const probe = probed(line.levels) ? needsStep(line.at, path('at'), 'a floating or low output is probed, which') : [];
      return [...known(content, line.at, path('at')), ...probe];
    }
    const [from, to] = spanKeys(line);
    if (line.kind !== 'stays') {
      const late =
        line.from.kind === 'end'
          ? [atValue('not-a-moment', path(from), 'nothing comes after the end', 'name a time, a step or an edge')]
          : [];
      return [...late, ...known(content, line.from, path(from)), ...known(content, line.to, path(to))];
    }
    const probe = probed(line.levels) ? needsStep(line.from, path('from'), 'a floating or low output is probed, which') : [];
    return [...known(content, line.from, path('from')), ...known(content, line.to, path('to')), ...probe];
  });

const measurements = (content: ScenarioContent, dropped: ReadonlySet<string>): readonly Finding[] =>
  content.measure.flatMap((line, index): readonly Finding[] => {
    if (dropped.has(`measure.${index}`)) return [];
    const path = (key: string) => ['measure', index, key];
    const [quantity, dimension] =
      line.kind === 'switching'
        ? (['a switching point', 'voltage'] as const)
        : ([line.what, ANALOGS[line.what] === 'uA' ? 'current' : 'voltage'] as const);
    const limits = (['low', 'high', 'margin'] as const).flatMap((key) => {
      const value = line[key];
      if (value === null || value.dimension === dimension) return [];
      return [
        atValue(
          'wrong-unit',
          path(key),
          `${quantity} is a ${dimension}, this ${key === 'margin' ? 'margin' : 'limit'} is a ${value.dimension}`,
          `e.g. ${DIMENSIONS[dimension].example}`,
        ),
      ];
    });
    const crossed =
      line.low !== null && line.high !== null && line.low.value > line.high.value
        ? [atValue('backwards', path('high'), '"high" is below "low"', 'low comes before high')]
        : [];
    const room = (line.high?.value ?? Infinity) - (line.low?.value ?? -Infinity);
    const wide =
      line.margin !== null && (line.margin.value < 0 || 2 * line.margin.value >= room)
        ? [atValue('out-of-range', path('margin'), 'no value is inside both limits by this margin', 'make it smaller than half the window')]
        : [];
    const when =
      line.kind === 'switching'
        ? known(content, { kind: 'step', step: line.along, delay_us: 0 }, path('along'))
        : [...known(content, line.at, path('at')), ...needsStep(line.at, path('at'), 'a measurement')];
    return [...limits, ...crossed, ...wide, ...when];
  });

/** `dropped` names checks (`expect.2`) that could not be read. */
export const referenceFindings = (content: ScenarioContent, dropped: ReadonlySet<string>): readonly Finding[] => [
  ...names(content),
  ...questions(content),
  ...expectations(content, dropped),
  ...measurements(content, dropped),
];
