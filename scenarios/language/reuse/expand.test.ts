/** What a file comes to as a whole: its hash, its limits, and the values its cases carry. */

import { expect } from 'chai';
import { HEAD, beside, cases, issuesOf, one } from '../testing/scenarios.ts';

describe('a file that reuses', () => {
  it('changes its hash with what it includes', () => {
    const fragments = 'fragments:\n  trip:\n    steps: [{ wait: 5 s, cells: 2.7 V }]\n';
    const body = 'steps:\n  - include: drops.yaml#trip\n';
    const load = beside({ 'drops.yaml': fragments });
    const other = beside({ 'drops.yaml': `${fragments}# another\n` });
    expect(one(body, { load }).scenarioHash).not.to.equal(one(body, { load: other }).scenarioHash);
  });

  it('and is too long for its sweep is refused before its cases fill the memory', () => {
    const steps = Array.from({ length: 2_000 }, (_, index) => `  - { at: ${index + 5} s, supply: $volts }\n`).join('');
    const sweep = 'parameters: { volts: 12 V }\nsweep: { volts: { from: 8 V, to: 70 V, count: 1000 } }\n';
    expect(issuesOf(`${HEAD}${sweep}steps:\n${steps}`)).to.deep.equal(['4:1 too-large']);
  });

  it('carries every parameter into each case, swept or not', () => {
    const all = cases('parameters: { a: 9 V, b: 3 V }\nsweep: { b: [2.9 V, 3.1 V] }\nsteps:\n  - { at: 5 s, supply: $a, cells: $b }\n');
    expect(all.map(({ parameters }) => parameters)).to.deep.equal([
      { a: '9 V', b: '2.9 V' },
      { a: '9 V', b: '3.1 V' },
    ]);
  });

  it('has no place for a parameter of a parameter', () => {
    expect(issuesOf(`${HEAD}parameters: { a: 2.7 V, b: $a }\nsteps:\n  - { at: 5 s, cells: $a, supply: $b }\n`)).to.deep.equal([
      '3:28 parameter-of-parameter',
    ]);
  });
});
