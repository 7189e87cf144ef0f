import { expect } from 'chai';
import type { CaseResult } from '../../reports/judge/result.ts';
import { breakersOf } from '../sim/defects/breaks.ts';
import { findDefect } from '../sim/defects/catalogue.ts';
import { proveCase, provenBy } from './prove-case.ts';

const result = (verdict: CaseResult['verdict'], blame: CaseResult['blame'], ...named: string[]): CaseResult =>
  ({ verdict, blame, differences: named.map((requirement) => ({ blame: 'unit', requirement })) }) as unknown as CaseResult;
const CAUGHT = result('fail', 'unit');
const PASSED = result('pass', null);
const defect = (name: string) => findDefect(name).found!;

describe('a proof', () => {
  it('is a run that fails with the unit to blame, and nothing else', () => {
    const wait = defect('wait-25s');
    expect([...provenBy(wait, CAUGHT)]).to.include('PRE-30S');
    for (const other of [PASSED, result('inconclusive', null), result('broken', 'rig'), result('fail', 'scenario')])
      expect([...provenBy(wait, other)]).to.deep.equal([]);
  });

  it('counts what the judge names beside what the defect declares', () => {
    expect([...provenBy(defect('wait-25s'), result('fail', 'unit', 'LED-BLUE'))]).to.include.members(['PRE-30S', 'LED-BLUE']);
  });

  it('takes the fewest defects it can, those that proved it before first', async () => {
    const tried: string[] = [];
    const run = async ({ name }: { name: string }) => (tried.push(name), CAUGHT);
    const hints = { 'LOAD-UV': 'pole1-input-dead' };
    const { caught, open, runs } = await proveCase({ requirements: ['LOAD-UV', 'PRE-30S'], hints }, run);
    expect(tried[0]).to.equal('pole1-input-dead');
    expect(Object.keys(caught).toSorted()).to.deep.equal(['LOAD-UV', 'PRE-30S']);
    expect({ open, runs }).to.deep.equal({ open: [], runs: tried.length });
  });

  it('tries each defect once and tells what it could not catch', async () => {
    const tried: string[] = [];
    const { caught, open } = await proveCase({ requirements: ['CHG-RECOVERY', 'REACTION'], hints: {} }, async ({ name }) => {
      tried.push(name);
      return name === 'charger-returns-after-3s' ? CAUGHT : name === 'slow-charger' ? null : PASSED;
    });
    expect(caught).to.deep.equal({ 'CHG-RECOVERY': 'charger-returns-after-3s' });
    expect(open.map(({ requirement }) => requirement)).to.deep.equal(['REACTION']);
    expect(open[0]?.tried).to.deep.equal(breakersOf('REACTION').map(({ name }) => name));
    expect(new Set(tried).size).to.equal(tried.length);
  });
});
