/** What may not come in the instant in which a step takes back what it did. */

import { expect } from 'chai';
import { HEAD, issuesOf } from '../testing/scenarios.ts';

const found = (...steps: readonly string[]): readonly string[] => issuesOf(`${HEAD}steps:\n${steps.map((one) => `  - ${one}\n`).join('')}`);

describe('the end of what is taken back', () => {
  for (const word of [
    'cells: 3.0 V, for: 3 s',
    'poles: { 4: open }, for: 3 s',
    'supply: 20 V, for: 3 s',
    'supply: { dip to: 9 V, for: 3 s }',
    'supply: { pulse to: 20 V, for: 3 s }',
    'remote: off, for: 3 s',
  ]) {
    it(`does not meet the next round: ${word}`, () => {
      expect(found(`{ at: 5 s, every: 3 s, times: 3, ${word} }`)).to.deep.equal(['4:23 too-often']);
      expect(found(`{ at: 5 s, every: 3.00004 s, times: 3, ${word} }`)).to.deep.equal(['4:23 too-often']);
      expect(found(`{ at: 5 s, every: 3.00005 s, times: 3, ${word} }`)).to.deep.equal([]);
    });

    it(`does not meet another step: ${word}`, () => {
      const [first, other] = [`{ at: 5 s, ${word} }`, word.startsWith('remote') ? 'temperature: 2 °C' : 'remote: off'];
      expect(found(first, `{ at: 8 s, ${other} }`)).to.deep.equal(['5:11 too-close']);
      // The supply's own words hold the remote until they are over.
      if (!/dip|pulse/u.test(word)) {
        expect(found(first, `{ at: 7.99996 s, ${other} }`)).to.deep.equal(['5:11 too-close']);
        expect(found(first, `{ at: 7.99995 s, ${other} }`)).to.deep.equal([]);
      }
      expect(found(first, `{ wait: 50 us, ${other} }`)).to.deep.equal([]);
    });
  }

  it('does not meet the end of another', () => {
    expect(found('{ at: 5 s, poles: { 4: open }, for: 3 s }', '{ at: 7 s, remote: off, for: 1 s }')).to.deep.equal(['5:34 too-close']);
    expect(found('{ at: 5 s, poles: { 4: open }, for: 3 s }', '{ at: 7 s, remote: off, for: 2 s }')).to.deep.equal([]);
  });

  it('is counted after an edge as it is before', () => {
    const low = '{ at: 5 s, poles: { 1: open } }';
    const fell = '{ after: load falls, timeout: 36 s, remote: off, for: 1 s }';
    expect(found(low, fell, '{ wait: 1 ms, poles: closed }')).to.deep.equal([]);
    expect(found(low, '{ after: load falls, timeout: 36 s, every: 1 s, times: 2, remote: off, for: 1 s }')).to.deep.equal([
      '5:48 too-often',
    ]);
  });

  it('is none where a ramp merely stops', () => {
    expect(found('{ at: 5 s, supply: { ramp to: 9 V, over: 2 s } }', '{ at: 7 s, supply: { ramp to: 20 V, over: 2 s } }')).to.deep.equal(
      [],
    );
  });
});
