/** Supply, remote and poles over time: zones, crossings, orders of one write, lost state. */

import { expect } from 'chai';
import { numbersOf, PARAMETERS } from '../parameters.ts';
import { caseOf, ramp, traceOf, type Deeds } from '../traces.ts';
import { segmentsOf } from './segments.ts';
import { executed, stepsOf } from './steps.ts';

const numbers = numbersOf(PARAMETERS);

function list(deeds: Deeds, end_s: number, supply_V = 13) {
  const testCase = caseOf(deeds, end_s, 'ccc', true, supply_V);
  return segmentsOf(stepsOf(executed(testCase.timeline.entries, traceOf(testCase, [])), numbers), end_s * 1e6, numbers);
}
const words = (deeds: Deeds, end_s: number, supply_V = 13): readonly string[] =>
  list(deeds, end_s, supply_V).map(({ kind, from_us }) => `${kind} ${from_us.map((us) => us / 1e6).join('..')}`);

const POWERED = ['off -Infinity..-Infinity', 'resume 0..0.0016', 'restart 0..0.0016', 'steady 0..0.0016'];

const dip = (s: number): Deeds => [
  [5, { supply_V: 5 }],
  [5 + s, { supply_V: 13 }],
];

describe('segments', () => {
  it('begin with power, whose 8 V are crossed while the supply slews', () => expect(words([], 10)).to.deep.equal(POWERED));

  it('give a pole the time its switch takes, and the unit its reaction on top', () => {
    const last = list([[5, 'coc']], 10).at(-1);
    expect(last?.from_us).to.deep.equal([5_000_000, 5_005_000]);
    expect(last?.due_us).to.equal(7_005_000);
  });

  it('give a start 3 s, also for what changes while it lasts', () => {
    expect(list([[0.5, 'coc']], 10).at(-1)?.due_us).to.equal(3_001_600);
  });

  it('pass through every part of one write', () => {
    expect(words([[5, 'oco']], 10).slice(4)).to.deep.equal(['between 5..5.005', 'between 5..5.005', 'steady 5..5.005']);
    expect(words([[5, 'ooo']], 10).slice(4)).to.have.length(7);
  });

  it('see both orders of two writes nearer than the switches are quick', () => {
    const near = list(
      [
        [5, 'coc'],
        [5.001, 'ooc'],
      ],
      10,
    ).slice(4);
    expect(near.map(({ kind, inputs }) => `${kind} ${inputs.pole1Open ? 'o' : 'c'}${inputs.pole3Open ? 'o' : 'c'}`)).to.deep.equal([
      'steady co',
      'between oc',
      'steady oo',
    ]);
    expect(
      words(
        [
          [5, 'coc'],
          [5.01, 'ooc'],
        ],
        10,
      ).slice(4),
    ).to.have.length(2);
  });

  it('lose the state a second after 6.5 V, not before', () => {
    expect(
      list(dip(0.9), 10)
        .map(({ kind, lost }) => `${kind}${lost ? ' lost' : ''}`)
        .slice(4),
    ).to.deep.equal(['free', 'resume', 'restart', 'steady']);
    expect(
      list(dip(1.1), 10)
        .map(({ kind, lost }) => `${kind}${lost ? ' lost' : ''}`)
        .slice(4),
    ).to.deep.equal(['free', 'off lost', 'resume lost', 'restart lost', 'steady lost']);
  });

  it('cross thresholds of a ramp where it is that high', () => {
    expect(words([[10, ramp(0, 10, 10)]], 30, 0)).to.deep.equal([
      'off -Infinity..-Infinity',
      'off 13..13',
      'free 16.5..16.5',
      'resume 18..18',
      'restart 18..18',
      'steady 18..18',
    ]);
  });
});
