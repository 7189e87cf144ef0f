/** What the account of one run says: of edges in time, early, missing and unasked for, of levels, and of the numbers it was made with. */

import { expect } from 'chai';
import type { Prediction } from '../scenarios/contracts/prediction.ts';
import type { Trace } from '../scenarios/contracts/trace.ts';
import { SENSES } from '../scenarios/signals.ts';
import { account, STATES_BOUND } from './account.ts';
import { PARAMETERS, type Parameters } from './parameters.ts';
import { START } from './stories.ts';
import { caseOf, edgesOf, traceOf } from './traces.ts';

/** A warning, a low cell, its end. */
const LOW = caseOf(
  [
    [5, 'cco'],
    [6, 'oco'],
    [45, 'ccc'],
  ],
  55,
);
const GOOD = `${START} pre+@5.5 load-@36 pre-@36.1 blue-@36.2 load+@45.3 blue+@45.4`;
const told = (words: string): Trace => traceOf(LOW, edgesOf(words));

const loads = ({ edges }: Prediction) =>
  edges.flatMap(({ signal, id, level, window_us: [from_us, to_us], required, observed, rule }) =>
    signal === 'load' ? [`${id} ${level} ${from_us / 1e6}..${to_us / 1e6} ${required} ${observed} ${rule}`] : [],
  );

describe('account', () => {
  it('explains every edge of a good unit, and counts a trip from the pre-alarm that was seen', () => {
    const found = account(LOW, told(GOOD));
    expect(found.unexplained).to.deep.equal([]);
    expect(found.edges.map(({ observed }) => observed).toSorted((a, b) => a! - b!)).to.deep.equal([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(loads(found)).to.deep.equal([
      'load-1 high 0..3.0016 true 0 R15',
      'load-2 floating 35.5..40.5 true 4 R3',
      'load-3 high 45..47.005 true 7 R10',
    ]);
    const fall = found.edges.find(({ id }) => id === 'load-2');
    expect(fall?.causes[0]).to.deep.equal({ ref: { kind: 'observed', seq: 3 }, min_us: 30_000_000, max_us: 35_000_000 });
    expect(found).to.deep.include({ basis: 'executed', complete: true, parameters: PARAMETERS });
    expect(found.states.most).to.be.within(1, STATES_BOUND);
  });

  it('tiles the run with allowed levels that hold what was seen', () => {
    const { allowed } = account(LOW, told(GOOD));
    for (const signal of SENSES) {
      const spans = allowed.filter((span) => span.signal === signal);
      expect(spans[0]?.from_us).to.equal(-500_000);
      expect(spans.at(-1)?.to_us).to.equal(55_000_000);
      for (const [index, span] of spans.slice(1).entries()) expect(span.from_us).to.equal(spans[index]?.to_us);
    }
    const held = allowed.find(({ signal, from_us, to_us }) => signal === 'load' && from_us <= 20e6 && to_us >= 20e6);
    expect(held?.levels).to.deep.equal(['high']);
  });

  it('names an edge of LOAD before its time with the window that it missed', () => {
    const found = account(LOW, told(GOOD.replace('load-@36 pre-@36.1 blue-@36.2', 'load-@30 pre-@30.1 blue-@30.2')));
    expect(loads(found)[1]).to.equal('load-2 floating 35.5..40.5 true 4 R3');
    expect(found.unexplained).to.deep.equal([]);
  });

  it('asks for an edge that did not come, and says what only follows from it', () => {
    const found = account(LOW, told(`${START} pre+@5.5`));
    expect(loads(found)[1]).to.equal('load-2 floating 35.5..40.5 true null R4');
    const others = found.edges.filter(({ observed, signal }) => observed === null && signal !== 'load');
    expect(others.filter(({ consequence }) => !consequence).map(({ signal, level }) => `${signal} ${level}`)).to.deep.equal([
      'preAlarm floating',
    ]);
  });

  it('refuses an edge that nothing asks for, and says why', () => {
    const found = account(LOW, told(`${GOOD} charger-@20 charger+@23`));
    expect(found.unexplained.map(({ signal, level, at_us, consequence }) => ({ signal, level, at_us, consequence }))).to.deep.equal([
      { signal: 'charger', level: 'notHigh', at_us: 20_000_000, consequence: false },
      { signal: 'charger', level: 'high', at_us: 23_000_000, consequence: true },
    ]);
    expect(found.unexplained[0]?.why).to.match(/^The reference stays where it is: /);
  });

  it('works out each call by itself, and leaves case and trace as they are', () => {
    const trace = told(GOOD);
    const [testCase, before] = [structuredClone(LOW), structuredClone(trace)];
    const [one, other] = [account(LOW, trace), account(LOW, trace)];
    expect(other).to.deep.equal(one);
    expect(other.edges[0]).to.not.equal(one.edges[0]);
    expect({ testCase: LOW, trace }).to.deep.equal({ testCase, trace: before });
  });

  it('gives up aloud where there is more to follow than it may, and holds nothing after that against the unit', () => {
    const words = `${GOOD} charger-@20 charger+@23`;
    const whole = account(LOW, told(words));
    const given = account(LOW, told(words), PARAMETERS, 60);
    expect([whole.complete, given.complete]).to.deep.equal([true, false]);
    expect([whole.unexplained.length, given.unexplained.length]).to.deep.equal([2, 0]);
    // The blue LED is followed by itself, after the others.
    const last = given.allowed.filter(({ signal, to_us }) => signal !== 'ledBlue' && to_us === 55_000_000);
    expect(last.map(({ levels }) => levels.length)).to.deep.equal([2, 2, 2, 2]);
    expect(last.every(({ from_us }) => from_us < 20_000_000)).to.equal(true);
  });

  it('marks what a number of the profile has shaped, and nothing else', () => {
    const profile: Parameters = { ...PARAMETERS, waitMost_us: { ...PARAMETERS.waitMost_us, value: 32e6, learned: true } };
    const found = account(LOW, told(GOOD), profile);
    expect(loads(found)[1]).to.equal('load-2 floating 35.5..37.5 true 4 R3');
    expect(found.edges.flatMap(({ id, learned }) => (learned === true ? [id] : []))).to.deep.equal(['load-2']);
  });
});
