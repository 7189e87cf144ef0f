import { expect } from 'chai';
import type { BoundaryDocument, BoundaryRow } from '../shape/boundary.ts';
import { renderBoundary } from './boundary.ts';

const side = (verdict: 'pass' | 'fail' | 'inconclusive', named: boolean, text: string) => ({
  value: 1_004.6,
  beyond_U: 1.5,
  verdict,
  blame: verdict === 'fail' ? ('unit' as const) : null,
  named,
  text,
});
const row = (change: Partial<BoundaryRow>): BoundaryRow => ({
  parameter: 'glitchOutput_us',
  limit: 1_000,
  unit: 'us',
  source: 'R18',
  signal: 'load',
  side: 'most',
  uncertainty: 3.1,
  outside: side('fail', true, 'LOAD dropped out.'),
  inside: side('pass', false, 'Every planned check was kept.'),
  held: true,
  reason: null,
  ...change,
});
const document = (...rows: readonly BoundaryRow[]): BoundaryDocument => ({
  schema: 'bms-rig/boundary/1',
  exit: rows.every(({ held }) => held) ? 0 : 1,
  simulated: true,
  seed: 1,
  distance_U: 1.5,
  pairs: rows.length,
  held: rows.filter(({ held }) => held).length,
  rows: [...rows],
});

describe('the table of units at their limits', () => {
  it('has a row a number and sums up', () => {
    const text = renderBoundary(document(row({})), { width: 200 });
    expect(text).to.match(/glitchOutput_us +1\.0000 ms +0\.0031 ms +1\.0046 ms +fail +yes +1\.0046 ms +pass/);
    expect(text).to.include('1 of 1 pairs held');
  });

  it('says of each pair that is not held which of its units was wrong, and what it did', () => {
    const text = renderBoundary(
      document(
        row({ held: false, inside: side('inconclusive', false, 'Too near to tell.') }),
        row({ held: false, parameter: 'reaction_us', outside: side('pass', false, 'All kept.') }),
        row({ held: false, parameter: 'other_us', outside: null, inside: null, uncertainty: null }),
      ),
      { width: 200 },
    );
    expect(text).to.include('NOT HELD glitchOutput_us: inside its limit: inconclusive: Too near to tell.');
    expect(text).to.include('NOT HELD reaction_us: outside its limit: pass: All kept.');
    expect(text).to.include('NO PAIR other_us');
    expect(text).to.include('0 of 3 pairs held');
  });

  it('gives the reason where there can be no pair', () => {
    expect(
      renderBoundary(document(row({ outside: null, inside: null, uncertainty: null, reason: 'nobody looks' })), { width: 200 }),
    ).to.include('no pair: nobody looks.');
  });
});
