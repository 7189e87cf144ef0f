/** When a scenario counts as having come near a limit of the reference, from below and from above. */

import { expect } from 'chai';
import { BOUNDS, boundsNear, type BoundId } from './bounds.ts';
import { play } from './play.ts';
import { compiled } from './testing/compiled.ts';

const bounds = (...lines: readonly string[]): readonly BoundId[] => {
  const testCase = compiled(...lines);
  return [...boundsNear(testCase, play(testCase))];
};
/** Of one limit: `below`, `above`, both or neither. */
const near = (limit: string, ...lines: readonly string[]): string =>
  bounds(...lines)
    .flatMap((one) => (one.startsWith(`${limit} `) ? [one.slice(limit.length + ' just '.length)] : []))
    .toSorted()
    .join();

const supplied = (volts: number) => [
  'steps:',
  `  - { at: 6 s, supply: ${volts} V }`,
  '  - { at: 9 s, supply: 12.8 V }',
  'until: { wait: 4 s }',
];
const terminal = (remote: string) => ['given: { remote: off }', 'steps:', `  - { at: 6 s, remote: ${remote} }`, 'until: { wait: 4 s }'];
const dip = (volts: number, ms: number) => [
  'steps:',
  `  - { at: 6 s, supply: { dip to: ${volts} V, for: ${ms} ms } }`,
  'until: { wait: 4 s }',
];
const lowFor = (ms: number, back = 12.8) => [
  'steps:',
  '  - { at: 6 s, supply: 5 V }',
  `  - { wait: ${ms} ms, supply: ${back} V }`,
  'until: { wait: 4 s }',
];
const poles = (ms: number, second = 'poles: { 3: open }') => [
  'steps:',
  '  - { at: 6 s, poles: { 4: open } }',
  `  - { wait: ${ms} ms, ${second} }`,
  'until: { wait: 4 s }',
];
/** PRE-ALARM has risen and the cell recovers so long after. */
const recovers = (s: number, open = '1: open') => [
  'given: { poles: { 4: open } }',
  'steps:',
  `  - { name: up, after: preAlarm rises, timeout: 3.2 s, delay: 0.1 s, poles: { ${open} } }`,
  `  - { wait: ${s - 0.1} s, poles: closed }`,
  'until: { wait: 4 s }',
];

const low = (until: number) => ['given: { poles: { 4: open } }', 'steps:', '  - { at: 3.3 s, poles: { 1: open } }', `until: ${until} s`];

describe('a scenario comes near a limit', () => {
  it('of the supply where it stands within its share of it for some time, the limit itself counting as above', () => {
    expect([7.4, 7.6, 7.999, 8, 8.4, 8.6].map((volts) => near('supplyFull_mV', ...supplied(volts)))).to.deep.equal([
      '',
      'below',
      'below',
      'above',
      'above',
      '',
    ]);
    expect([2.3, 2.999, 3, 3.7].map((volts) => near('supplyJudged_mV', ...supplied(volts)))).to.deep.equal(['', 'below', 'above', '']);
    expect(near('supplyFull_mV', 'until: 9 s')).to.equal('');
  });

  it('of a remote terminal only where nothing else decides', () => {
    expect([2.6, 2.8, 2.9, 3.1, 3.3].map((volts) => near('remoteHOn_mV', ...terminal(`{ H: ${volts} V }`)))).to.deep.equal([
      '',
      'below',
      'above',
      'above',
      '',
    ]);
    expect(near('remoteHOn_mV', ...terminal('{ H: 3.0 V, link: closed }'))).to.equal('');
    expect(near('remoteHOn_mV', ...terminal('{ H: 3.0 V, L: 4 V }'))).to.equal('');
    expect([3.1, 3.4, 3.6, 3.9].map((volts) => near('remoteLOn_mV', ...terminal(`{ L: ${volts} V }`)))).to.deep.equal([
      '',
      'below',
      'above',
      '',
    ]);
  });

  it('of a lost supply by how long it stays too low, in a dip or between two steps, until it is full again', () => {
    expect([600, 900, 1_000, 1_200, 1_400].map((ms) => near('supplyLost_us', ...dip(5, ms)))).to.deep.equal([
      '',
      'below',
      'above',
      'above',
      '',
    ]);
    expect(near('supplyLost_us', ...dip(7, 900))).to.equal('');
    expect([900, 1_200].map((ms) => near('supplyLost_us', ...lowFor(ms)))).to.deep.equal(['below', 'above']);
    expect(near('supplyLost_us', ...lowFor(900, 7))).to.equal('');
  });

  it('of the skew of poles by two changes of poles that follow each other, and of nothing else', () => {
    expect(near('poleSkew_us', ...poles(1.5))).to.equal('above');
    expect(near('poleSkew_us', ...poles(3))).to.equal('');
    expect(near('poleSkew_us', ...poles(1.5, 'supply: 20 V'))).to.equal('');
  });

  it('of the wait where a low cell recovers that long after PRE-ALARM rose', () => {
    expect([26, 28, 31, 34].map((s) => near('waitLeast_us', ...recovers(s)))).to.deep.equal(['', 'below', 'above', '']);
    expect(near('waitLeast_us', ...recovers(28, '1: open, 3: open')), 'a broken chain is no low cell').to.equal('');
    expect(near('waitLeast_us', ...recovers(28, '3: open'))).to.equal('');
  });

  it('of the longest wait where the case goes on until LOAD has to be off', () => {
    expect(near('waitMost_us', ...low(45))).to.equal('above');
    expect(near('waitMost_us', ...low(33))).to.equal('');
  });

  it('that a stimulus can come near, and not of what the unit does by itself', () => {
    expect(BOUNDS).to.include('waitMost_us just above').and.not.include('glitchLed_us just above');
    expect(new Set(BOUNDS).size).to.equal(BOUNDS.length);
  });
});
