/** Which values a range has. */

import { expect } from 'chai';
import { cases } from '../testing/scenarios.ts';

const range = (text: string): readonly string[] =>
  cases(`parameters: { cell: }\nsweep: { cell: ${text} }\nsteps:\n  - { at: 5 s, cells: $cell }\n`).map(
    ({ parameters }) => parameters['cell'] ?? '',
  );

describe('a range', () => {
  it('counts a range up or down in steps, ends included', () => {
    expect(range('{ from: 2.6 V, to: 2.8 V, step: 100 mV }')).to.deep.equal(['2.6 V', '2.7 V', '2.8 V']);
    expect(range('{ from: 2.8 V, to: 2.6 V, step: 0.1 V }')).to.deep.equal(['2.8 V', '2.7 V', '2.6 V']);
  });
});
