/** From a question to a barrier: the instant it is asked at, an entry that nothing passes until the answer, and the demand that the answer be right. */

import type { Expectation } from '../contracts/expectation.ts';
import { askedInstant } from '../language/instants.ts';
import type { Instant } from '../language/instants.ts';
import { placeOf } from '../language/scenario.ts';
import type { Step } from '../language/shape.ts';
import { STIMULUS_WORDS } from '../language/shape.ts';
import { stepId } from './draft.ts';
import type { Draft, DraftEntry } from './draft.ts';
import { checkQuiet } from './stand.ts';
import type { DriveStand } from './stand.ts';

/** Nothing else happens in a step that asks: its instant is that of the answer. */
const checkAlone = (draft: Draft, step: Step, index: number): void => {
  const other = ([...STIMULUS_WORDS, 'for', 'every'] as const).find((word) => word !== 'ask' && step[word] !== undefined);
  if (other === undefined) return;
  const hint = 'put the other words into a step of their own';
  draft.refuseKey('not-alone', ['steps', index, 'ask'], `a question stands alone in its step, without ${other}`, hint);
};

/** Adds what asks and what waits for the answer; `trigger` is what the question itself may wait for. */
export const questionEntries = (
  draft: Draft,
  stand: DriveStand,
  step: Step,
  index: number,
  instants: readonly Instant[],
  trigger: DraftEntry['trigger'],
): void => {
  const { ask, name } = step;
  const instant = instants[index];
  if (ask === undefined || instant === undefined) return;
  const { scenario } = draft;
  const path = ['steps', index, 'ask'];
  const asked = askedInstant(scenario, instants, index);
  checkAlone(draft, step, index);
  checkQuiet(draft, stand, index, asked);
  const id = stepId(scenario, index);
  const askedId = `${id}.asked`;
  draft.add(askedId, asked, { kind: 'set', changes: stand.poles }, path, trigger);
  const { text, picture, choices, right, within_us, deed } = ask;
  const label = name ?? `step ${step.number ?? index + 1}`;
  draft.add(id, instant, { kind: 'barrier', prompt: { text, picture, image: null, choices, right, step: label }, deed }, path, {
    kind: 'released',
    entry: askedId,
    delay_us: 0,
    timeout_us: within_us,
  });
};

/** One for each question. */
export const answersExpected = ({ scenario }: Draft): readonly Expectation[] =>
  scenario.steps.flatMap(({ ask }, index): Expectation[] => {
    if (ask === undefined) return [];
    const entry = stepId(scenario, index);
    const place = placeOf(scenario, 'steps', index, 'ask');
    return [
      {
        kind: 'answer',
        id: `answer-${entry}`,
        text: `"${ask.text}" is answered ${ask.right.join(' or ')}`,
        place,
        signal: 'operator',
        entry,
        right: ask.right,
      },
    ];
  });
