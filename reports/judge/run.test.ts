import { expect } from 'chai';
import { VERDICTS } from '../../scenarios/contracts/blame.ts';
import { goodCase, goodPrediction, goodTrace } from '../testing/build.ts';
import { judgeCase } from './case.ts';
import { caseResult, type CaseResult } from './result.ts';
import { judgeRun, unjudged } from './run.ts';

const pass = judgeCase({ testCase: goodCase, trace: goodTrace, prediction: goodPrediction, mode: 'unit' });
const as = (verdict: CaseResult['verdict'], blame: CaseResult['blame']): CaseResult => ({ ...pass, verdict, blame, reason: 'because' });
const bench = { code: 'clock', blame: 'rig', text: 'The clock drifts.' } as const;

describe('judging a run', () => {
  const rows: readonly [string, readonly CaseResult[], boolean, object][] = [
    ['passes when every case passed', [pass, pass], false, { verdict: 'pass', blame: null, exit: 0 }],
    ['fails when the unit failed one', [pass, as('fail', 'unit')], false, { verdict: 'fail', blame: 'unit', exit: 1 }],
    [
      'fails when the unit failed one, broken cases or not',
      [as('broken', 'link'), as('fail', 'unit')],
      false,
      { verdict: 'fail', blame: 'unit', exit: 1 },
    ],
    ['is broken by the bench whatever the cases say', [pass, as('fail', 'unit')], true, { verdict: 'broken', blame: 'rig', exit: 3 }],
    ['is broken by a broken case', [pass, as('broken', 'link')], false, { verdict: 'broken', blame: 'link', exit: 3 }],
    ['never fails on what is not the unit’s', [as('fail', 'scenario')], false, { verdict: 'broken', exit: 3 }],
    [
      'is inconclusive with one inconclusive case',
      [pass, as('inconclusive', 'scenario')],
      false,
      { verdict: 'inconclusive', blame: 'scenario', exit: 3 },
    ],
    [
      'does not pass with a case left out',
      [pass, unjudged(goodCase, 'notRun', null, 'after a broken case')],
      false,
      { verdict: 'inconclusive', exit: 3 },
    ],
    ['does not pass without cases', [], false, { verdict: 'inconclusive', exit: 3 }],
  ];
  for (const [name, results, broken, expected] of rows) {
    it(name, () => expect(judgeRun(results, broken ? [bench] : [])).to.include(expected));
  }

  it('counts by verdict', () => {
    expect(judgeRun([pass, as('fail', 'unit'), pass], []).counts).to.deep.equal({
      pass: 2,
      inconclusive: 0,
      fail: 1,
      broken: 0,
      notRun: 0,
    });
  });

  it('knows the verdicts of the contract in their order', () => {
    expect(caseResult.shape.verdict.options).to.deep.equal([...VERDICTS, 'notRun']);
  });

  it('gives a case without a trace a result of the same shape', () => {
    const result = unjudged(goodCase, 'broken', 'link', 'The port vanished.');
    expect(caseResult.parse(result)).to.deep.equal(result);
  });
});
