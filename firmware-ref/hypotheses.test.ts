/** Gathering hypotheses: each once, the one that lasts longest for all that differ in that alone, and what need not be looked at twice. */

import { expect } from 'chai';
import { Covered, distinct, hypothesisOf } from './hypotheses.ts';
import { segmentsOf } from './inputs/segments.ts';
import { executed, stepsOf } from './inputs/steps.ts';
import { numbersOf, PARAMETERS } from './parameters.ts';
import { caseOf, traceOf } from './traces.ts';

const numbers = numbersOf(PARAMETERS);
const CASE = caseOf(
  [
    [5, 'ooc'],
    [6, 'ccc'],
    [7, 'ooc'],
    [8, 'ccc'],
  ],
  10,
);
/** Poles 1 and 3 change in one write each time, so two states lie between. */
const SEGMENTS = segmentsOf(stepsOf(executed(CASE.timeline.entries, traceOf(CASE, [])), numbers), 10e6, numbers);
const BETWEEN = SEGMENTS.findIndex(({ kind }) => kind === 'between');

const until = (until_us: number) => hypothesisOf(3, 'tripping', true, until_us);

describe('distinct', () => {
  it('keeps each once, in order', () => {
    const [one, other] = [hypothesisOf(3, 'up', true), hypothesisOf(2, 'up', true)];
    expect(distinct([one, other, hypothesisOf(3, 'up', true), hypothesisOf(3, 'down', false)])).to.deep.equal([
      one,
      other,
      hypothesisOf(3, 'down', false),
    ]);
  });

  it('lets the one that lasts longest stand for those that differ in nothing else, whichever comes first and however many there are', () => {
    expect(distinct([until(5), until(9), until(7)])).to.deep.equal([until(9)]);
    const many = Array.from({ length: 100 }, (_, seen) => [
      hypothesisOf(seen, 'tripping', true, 5),
      hypothesisOf(seen, 'tripping', true, 6),
    ]);
    expect(distinct(many.flat())).to.deep.equal(many.map(([, last]) => last));
  });
});

describe('covered', () => {
  it('leaves what the same answers have led to already, but not for those that may last for another time', () => {
    const covered = new Covered(SEGMENTS);
    const end = SEGMENTS.length;
    const [known, others] = [[], []];
    expect(covered.next(known, hypothesisOf(2, 'up', true), end)).to.equal(end);
    expect(covered.next(known, hypothesisOf(3, 'up', true), end)).to.equal(3);
    expect(covered.next(known, hypothesisOf(1, 'up', true), end)).to.equal(3);
    expect(covered.next(known, hypothesisOf(2, 'up', true), end)).to.equal(2);
    expect(covered.next(others, hypothesisOf(2, 'tripping', true, 5), end)).to.equal(end);
    expect(covered.next(others, hypothesisOf(2, 'tripping', true, 6), end)).to.equal(end);
  });

  it('looks through the rest of a write for each of its states', () => {
    const covered = new Covered(SEGMENTS);
    const after = SEGMENTS.findIndex(({ kind }, index) => index > BETWEEN && kind !== 'between');
    expect([BETWEEN > 0, after - BETWEEN]).to.deep.equal([true, 2]);
    covered.next([], hypothesisOf(BETWEEN, 'up', true), SEGMENTS.length);
    const known: [] = [];
    covered.next(known, hypothesisOf(BETWEEN, 'up', true), SEGMENTS.length);
    expect(covered.next(known, hypothesisOf(BETWEEN + 1, 'up', true), SEGMENTS.length)).to.equal(after);
  });
});
