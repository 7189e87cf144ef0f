/** Rules on what an operator is asked to do: the answer says that it is done, it changes something, it is undone before the end, and no edge is counted from an answer that it may have come before. */

import type { ChainEnd, Deed } from '../../contracts/timeline.ts';
import { stepIndex } from '../instants.ts';
import type { Moment } from '../moments.ts';
import type { ScenarioContent } from '../shape.ts';
import { spanKeys } from '../shape-checks.ts';
import { atKey, atValue } from './finding.ts';
import type { Finding } from './finding.ts';

/** Ends in the order of the steps: each deed turns its end over, and all of them are together at last. */
const course = ({ steps }: ScenarioContent): readonly Finding[] => {
  const apart = new Map<ChainEnd, number>();
  const found = steps.flatMap(({ ask }, index): readonly Finding[] => {
    if (ask === undefined || ask.deed === null) return [];
    const { end, to }: Deed = ask.deed;
    const path = ['steps', index, 'ask', 'does'];
    const idle = (to === 'apart') === apart.has(end);
    if (to === 'apart') apart.set(end, index);
    else apart.delete(end);
    if (idle) return [atValue('idle-deed', path, `the ${end} end is ${to} already`, 'leave it out, or name the other end')];
    if (ask.choices.length === 1) return [];
    const message = `with ${ask.choices.length} choices nobody knows whether it was done`;
    return [
      atValue('deed-choices', ['steps', index, 'ask', 'choices'], message, 'offer one choice, or none; who cannot do it does not answer'),
    ];
  });
  const left = [...apart].map(([end, index]) =>
    atValue(
      'left-apart',
      ['steps', index, 'ask', 'does'],
      `the ${end} end is still apart when the case ends`,
      `ask for it: does: ${end} end together`,
    ),
  );
  return [...found, ...left];
};

const isDeed = ({ steps }: ScenarioContent, moment: Moment): boolean =>
  moment.kind === 'step' && (steps[stepIndex(steps, moment.step) ?? -1]?.ask?.deed ?? null) !== null;

const MESSAGE = 'the unit reacts to the deed, which may be before its answer';
const HINT = 'look at levels, or count from a step that comes some seconds after it';

/** What is counted from an answer comes after it; what a deed brings need not. */
const counted = (content: ScenarioContent, dropped: ReadonlySet<string>): readonly Finding[] => [
  ...content.steps.flatMap(({ after }, index) => {
    const before = content.steps[index - 1]?.ask?.deed ?? null;
    return after === undefined || before === null ? [] : [atKey('edge-at-deed', ['steps', index, 'after'], MESSAGE, HINT)];
  }),
  ...content.expect.flatMap((line, index): readonly Finding[] => {
    if (dropped.has(`expect.${index}`)) return [];
    const at = (key: string) => [atValue('edge-at-deed', ['expect', index, key], MESSAGE, HINT)];
    if (line.kind === 'edge') return isDeed(content, line.after) ? at('after') : [];
    if (line.kind !== 'eventually' && line.kind !== 'order') return [];
    return isDeed(content, line.from) ? at(spanKeys(line)[0]) : [];
  }),
];

export const deedFindings = (content: ScenarioContent, dropped: ReadonlySet<string>): readonly Finding[] => [
  ...course(content),
  ...counted(content, dropped),
];
