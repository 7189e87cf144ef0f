/** Where a played case stands still: with which drives, from when to when, and for how long at least. */

import { expect } from 'chai';
import { play } from './play.ts';
import { drivesAt, drivesOver, stretchesOf, supply_mV, type Stretch } from './stretches.ts';
import { compiled } from './testing/compiled.ts';

const stretches = (...lines: readonly string[]): readonly Stretch[] => {
  const testCase = compiled(...lines);
  return stretchesOf(testCase, play(testCase));
};
/** Steady ones: `from..to for least: supply`, in seconds and volts. */
const told = (...lines: readonly string[]): readonly string[] =>
  stretches(...lines).flatMap(({ segment, from_us, to_us, least_us, drives }) => {
    const [from, to] = [from_us, to_us].map(([a, b]) => (a === b ? `${a / 1e6}` : `${a / 1e6}-${b / 1e6}`));
    return segment.kind === 'steady' && from_us[0] > 1e6 ? [`${from}..${to} for ${least_us / 1e6}: ${supply_mV(drives) / 1e3}`] : [];
  });

describe('where a case stands still', () => {
  it('a drive that the unit does not mind begins a stretch of its own, and only within the state that it falls into', () => {
    expect(told('steps:', '  - { at: 5 s, poles: { 4: open } }', '  - { at: 7 s, supply: 20 V }', 'until: 10 s')).to.deep.equal([
      '5-5.005..7 for 2: 12.8',
      '7..10 for 3: 20',
    ]);
    expect(
      told(
        'steps:',
        '  - { at: 5 s, poles: { 4: open } }',
        '  - { at: 7 s, supply: 20 V }',
        '  - { at: 8 s, poles: { 4: closed } }',
        'until: 10 s',
      ),
    ).to.deep.equal(['5-5.005..7 for 2: 12.8', '7..8-8.005 for 1: 20', '8-8.005..10 for 2: 20']);
  });

  it('lasts a known time between two entries that hang on one edge, however badly both instants are known', () => {
    const lines = [
      'given: { poles: { 4: open } }',
      'steps:',
      '  - { name: up, after: preAlarm rises, timeout: 3.2 s, delay: 0.1 s, poles: { 1: open } }',
      '  - { wait: 4 s, poles: { 1: closed } }',
      'until: { wait: 3 s }',
    ];
    const found = stretches(...lines).filter(
      ({ segment: { cause, kind } }) => kind === 'steady' && cause?.kind === 'entry' && cause.entry.startsWith('step'),
    );
    expect(found.map(({ least_us }) => least_us / 1e6)).to.deep.equal([4, 3]);
    for (const { from_us } of found) expect(from_us[1] - from_us[0]).to.be.above(1e6);
  });

  it('is, without a supply, known from a second after the entry that took it away', () => {
    const off = stretches('steps:', '  - { at: 5 s, supply: 4 V }', '  - { at: 9 s, supply: 12.8 V }', 'until: { wait: 4 s }').filter(
      ({ segment: { kind, index } }) => kind === 'off' && index > 0,
    );
    expect(off).to.have.length(1);
    expect(off[0]!.from_us[0]).to.be.within(6e6, 6.01e6);
    expect(off[0]!.least_us).to.be.within(2.98e6, 3e6);
    expect(supply_mV(off[0]!.drives)).to.equal(4_000);
  });

  it('has the safe drives before anything is driven', () => {
    expect(supply_mV(drivesAt([], 0))).to.equal(0);
    expect(drivesAt([], 0).remoteLink).to.equal('open');
    const testCase = compiled('until: 5 s');
    const over = drivesOver(testCase, play(testCase));
    expect(over.map(({ entry }) => entry)).to.include('power');
    expect([-1, 0, 1].map((at_us) => supply_mV(drivesAt(over, at_us)))).to.deep.equal([0, 12_800, 12_800]);
  });
});
