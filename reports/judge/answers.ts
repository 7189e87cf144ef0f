/** The outcome of what an operator was asked: the unit's where the answer is wrong, nobody's measurement where none came. */

import type { Expectation } from '../../scenarios/contracts/expectation.ts';
import type { OperatorAnswer, Trace } from '../../scenarios/contracts/trace.ts';
import { broken, held, unknown, type Outcome } from './outcome.ts';

/** A question that ended its case, because nobody answered it. */
export const unanswered = ({ operator }: Pick<Trace, 'operator'>): OperatorAnswer | undefined =>
  operator.find(({ choice }) => choice === null);

export const noAnswer = ({ question, from }: OperatorAnswer): string =>
  from === 'nobody'
    ? `Nobody was there to answer "${question}": run it at a terminal, or, where nothing is to be done to the circuit, with --answers FILE.`
    : `Nobody answered "${question}" in time.`;

const who = ({ by, from }: OperatorAnswer): string => (by === null ? (from === 'file' ? 'a file of answers' : 'an operator') : by);

export function judgeAnswer({ operator }: Trace, { entry, right }: Expectation & { kind: 'answer' }): Outcome {
  const [answer, ...more] = operator.filter((one) => one.entry === entry);
  if (answer === undefined) return unknown('This was never asked.');
  if (more.length > 0) return unknown('This was answered more than once.');
  if (answer.choice === null) return unknown(noAnswer(answer));
  const said = `${who(answer)} answered "${answer.choice}"`;
  return right.includes(answer.choice) ? held(`${said}.`) : broken(`${said} instead of ${right.map((one) => `"${one}"`).join(' or ')}.`);
}
