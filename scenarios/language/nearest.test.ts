import { expect } from 'chai';
import { nearest, wordHint } from './nearest.ts';

describe('nearest', () => {
  const known = ['supply', 'remote', 'cells', 'temperature', 'ramp to', 'LOAD-UV', 'PRE-30S', 'H', '1', '3'];
  const meant: readonly [string, string | undefined][] = [
    ['suply', 'supply'],
    ['sulppy', 'supply'],
    ['Remote', 'remote'],
    ['ramp', 'ramp to'],
    ['rampto', 'ramp to'],
    ['LOAD_UV', 'LOAD-UV'],
    ['PRE-30', 'PRE-30S'],
    ['temp', 'temperature'],
    ['banana', undefined],
    ['x', undefined],
    ['h', 'H'],
    ['2', undefined],
    ['', undefined],
    ['supply'.repeat(100), undefined],
  ];
  for (const [word, guess] of meant) {
    it(`${word.slice(0, 20)} means ${guess}`, () => {
      expect(nearest(word, known)).to.equal(guess);
    });
  }
  it('lists all words when it has no guess', () => {
    expect(wordHint('banana', ['a', 'bc'])).to.equal('known here: a, bc');
    expect(wordHint('suply', known)).to.equal('did you mean supply?');
  });
});
