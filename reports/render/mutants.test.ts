import { expect } from 'chai';
import type { MutantRow, MutantsDocument } from '../shape/mutants.ts';
import { renderMutants } from './mutants.ts';

const row = (id: string, fate: MutantRow['fate'], reason: string | null = null): MutantRow => ({
  id,
  kind: 'constant',
  file: 'a.c',
  line: 1,
  fate,
  by: fate === 'killed' ? { case: 'eol/production', text: 'late' } : null,
  reason,
  verdict: fate === 'killed' ? 'fail' : 'pass',
});

describe('mechanical mutants on the terminal', () => {
  it('are survivors by name, equivalents by reason, and counts', () => {
    const document: MutantsDocument = {
      schema: 'bms-rig/mutants/1',
      exit: 1,
      simulated: true,
      seed: 1,
      cases: [],
      total: 4,
      notCompiled: 1,
      killed: 1,
      equivalent: 2,
      surviving: 1,
      survivingShare: 0.25,
      mutants: [
        row('one', 'killed'),
        row('two', 'equivalent', 'same'),
        row('three', 'equivalent', 'same'),
        row('four', 'surviving'),
        row('five', 'notCompiled'),
      ],
    };
    const text = renderMutants(document, { width: 200 });
    expect(text).to.include('SURVIVES four (pass)');
    expect(text).to.include('equivalent, same: two, three');
    expect(text).to.include('killed by kind: constant 1/4');
    expect(text).to.include('1 of 4 survive (25.0 %) · 1 killed · 2 equivalent · 1 more do not compile');
  });
});
