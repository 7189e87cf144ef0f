import { expect } from 'chai';
import { assert, constantFrom, property } from 'fast-check';
import { EDGE_WORDS, edgeText, readEdge, readMoment } from './moments.ts';

const moment = (input: unknown): unknown => {
  const result = readMoment(input);
  return result.ok ? result.value : result.id;
};

describe('moments', () => {
  it('are times, steps, edges and the end, with a delay or without', () => {
    expect(moment('5 s')).to.deep.equal({ kind: 'time', at_us: 5_000_000 });
    expect(moment('step 3')).to.deep.equal({ kind: 'step', step: 3, delay_us: 0 });
    expect(moment('step 3 + 0.5 s')).to.deep.equal({ kind: 'step', step: 3, delay_us: 500_000 });
    expect(moment('low-cell+10 ms')).to.deep.equal({ kind: 'step', step: 'low-cell', delay_us: 10_000 });
    expect(moment('preAlarm rises + 30 s')).to.deep.equal({
      kind: 'edge',
      edge: { signal: 'preAlarm', level: 'high' },
      delay_us: 30_000_000,
    });
    expect(moment('ledBlue goes dark')).to.deep.equal({ kind: 'edge', edge: { signal: 'ledBlue', level: 'off' }, delay_us: 0 });
    expect(moment('end')).to.deep.equal({ kind: 'end' });
  });

  const wrong: readonly [unknown, string][] = [
    [5, 'bare-number'],
    ['5', 'bare-number'],
    ['-1 s', 'out-of-range'],
    ['5 V', 'wrong-unit'],
    ['end + 1 s', 'not-a-moment'],
    ['step three', 'not-a-moment'],
    ['Trip', 'not-a-moment'],
    ['power', 'not-a-moment'],
    ['load', 'not-an-edge'],
    ['load drops', 'unknown-edge'],
    ['ledBlue rises', 'unknown-edge'],
    ['load lights', 'unknown-edge'],
    ['prealarm rises', 'unknown-signal'],
    ['trip + 5', 'bare-number'],
    ['trip + 5 V', 'wrong-unit'],
    [null, 'not-a-quantity'],
    [['5 s'], 'not-a-quantity'],
  ];
  for (const [input, id] of wrong) {
    it(`${JSON.stringify(input)} is refused: ${id}`, () => {
      expect(moment(input)).to.equal(id);
    });
  }

  it('says how a LED moves', () => {
    expect(readEdge('ledRed rises')).to.include({ ok: false, hint: 'write ledRed lights or ledRed goes dark' });
  });

  it('edges read back as they are written', () => {
    assert(
      property(constantFrom(...EDGE_WORDS), (words) => {
        const edge = readEdge(words);
        expect(edge.ok && edgeText(edge.value)).to.equal(words);
      }),
    );
  });
});
