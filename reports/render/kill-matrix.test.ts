import { expect } from 'chai';
import { type MutateDocument, mutateDocument, type MutateRow } from '../shape/campaigns.ts';
import { renderKillMatrix } from './kill-matrix.ts';

const row = (name: string, change: Partial<MutateRow> = {}): MutateRow => ({
  name,
  family: 'timing',
  kind: 'firmware',
  requirement: 'PRE-30S',
  signal: 'load',
  oneIn: 1,
  caught: true,
  verdict: 'fail',
  blame: 'unit',
  by: ['eol/one'],
  marks: { 'eol/one': 'caught', 'regression/two': 'pass' },
  units: { run: 1, caught: 1 },
  first: null,
  breach_U: 12,
  ...change,
});
const DOCUMENT: MutateDocument = {
  schema: 'bms-rig/mutate/1',
  exit: 1,
  simulated: true,
  seed: 7,
  bail: false,
  total: 2,
  caught: 1,
  cases: ['eol/one', 'regression/two'],
  defects: [
    row('rare', { caught: false, oneIn: 20, units: { run: 20, caught: 11 }, by: [], marks: { 'eol/one': 'broken' } }),
    row('wait-25s'),
  ],
  distinct: 1,
  signalFirst: 1,
  tooNear: ['wait-25s'],
  conditions: null,
  endOfLine: { claimed: 2, kept: 1, notShown: ['rare'], shownAllTheSame: [] },
};

describe('the kill matrix on the terminal', () => {
  const lines = renderKillMatrix(mutateDocument.parse(DOCUMENT), { width: 160 }).split('\n');

  it('has a row a defect and a column a case', () => {
    expect(lines.slice(1, 4)).to.deep.equal(['defect    family  1 2', 'rare      timing  !', 'wait-25s  timing  # .']);
    expect(lines).to.include(' 1 eol/one           2 regression/two');
  });

  it('names survivors with what was seen of them, claims not kept and near misses', () => {
    const text = lines.join('\n');
    expect(text).to.match(/^SURVIVED rare \(PRE-30S, load\): caught in 11 of 20 seeds; no case failed the unit$/m);
    expect(text).to.match(/^Claim to show in an end-of-line pass and did not: rare$/m);
    expect(text).to.match(/^Less than 1\.5 U beyond what is allowed: wait-25s$/m);
    expect(text).not.to.contain('Claim not to show');
  });

  it('ends with one line that sums it up', () => {
    expect(lines.at(-1)).to.equal(
      '1 of 2 caught · 1 distinct (rule, signal, kind) · right signal first in 1 · end of line 1 of 2 that claim it · SIMULATED bench · seed 7',
    );
  });
});
