/** Which requirement a measurement carries: by what is measured, in which state, under which load, and limited on which side. */

import { expect } from 'chai';
import { carriedByMeasurement } from './by-measurement.ts';
import { play } from './play.ts';
import { compiled } from './testing/compiled.ts';

const carried = (...lines: readonly string[]): readonly string[] => {
  const testCase = compiled(...lines);
  return carriedByMeasurement(testCase, play(testCase)).map(({ requirement }) => requirement);
};
const current = 'what: supplyCurrent, low: 0.6 mA, high: 3.3 mA';
/** A unit that is left alone, measured at 4 s. */
const measured = (line: string, ...more: readonly string[]) => carried(...more, 'until: 8 s', 'measure:', `  - { at: 4 s, ${line} }`);

const shorted = (at: string, limits: string) =>
  carried(
    'steps:',
    '  - { at: 5 s, short: charger, for: 50 ms }',
    'until: 8 s',
    'measure:',
    `  - { at: ${at}, what: supplyCurrent, ${limits} }`,
  );
const found = (given: string, ramp: string, line: string) =>
  carried(
    `given: { ${given} }`,
    'steps:',
    `  - { name: ramp, at: 5 s, ${ramp} }`,
    'until: { wait: 4 s }',
    'measure:',
    `  - { what: switching point, along: ramp, ${line} }`,
  );
const H = (line: string) => found('remote: { H: 1.9 V }', 'remote: { H: { ramp to: 3.2 V, over: 100 s } }', line);
const L = (line: string) => found('remote: { L: 4.6 V }', 'remote: { L: { ramp to: 3 V, over: 100 s } }', line);
const supply = (line: string) => found('supply: 9 V', 'supply: { ramp to: 6 V, over: 100 s }', line);

describe('a measurement of the current', () => {
  it('carries what the state it is taken in draws, and nothing where it has no supply to be judged by', () => {
    expect(measured(current)).to.deep.equal(['CURRENT-ON']);
    expect(measured(current, 'given: { remote: off }')).to.deep.equal(['CURRENT-OFF']);
    for (const given of ['link', 'off'])
      expect(measured(current, `given: { remote: ${given} }`, 'steps:', '  - { at: 3.5 s, supply: 5 V }')).to.deep.equal([]);
  });

  it('carries that of a low cell once LOAD is down for sure, or the measurement waited for its fall', () => {
    const low = ['given: { poles: { 4: open } }', 'steps:', '  - { name: low, at: 3.3 s, poles: { 1: open } }'];
    const falls = '  - { name: tripped, after: load falls, timeout: 38 s }';
    const at = (moment: string) => ['until: { wait: 9 s }', 'measure:', `  - { at: ${moment}, ${current} }`];
    expect(carried(...low, falls, ...at('tripped + 2 s'))).to.deep.equal(['CURRENT-LOW-CELL']);
    const later = '  - { at: 45 s, poles: { 4: closed } }';
    expect(carried(...low, later, 'until: 50 s', 'measure:', `  - { at: 48 s, ${current} }`)).to.deep.equal(['CURRENT-LOW-CELL']);
    // It may have fallen or not.
    expect(carried(...low, 'until: 50 s', 'measure:', `  - { at: 33.5 s, ${current} }`)).to.deep.equal([]);
    const up = ['steps:', '  - { name: up, after: load rises, timeout: 5 s }', '  - { wait: 1 s, poles: { 1: open, 4: open } }'];
    expect(carried(...up, 'until: { wait: 50 s }', 'measure:', `  - { at: up + 34 s, ${current} }`)).to.deep.equal([]);
    const lit = '  - { name: lit, after: ledBlue goes dark, timeout: 38 s }';
    expect(carried(...low, lit, ...at('lit + 0.1 s'))).to.not.include('CURRENT-LOW-CELL');
  });

  it('carries the short of CHARGER only while it is shorted, and only limited on both sides', () => {
    expect(shorted('5.02 s', 'low: 1 mA, high: 60 mA')).to.deep.equal(['CHG-SHORT']);
    expect(shorted('5.02 s', 'high: 60 mA')).to.deep.equal([]);
    expect(shorted('5.02 s', 'low: 1 mA')).to.deep.equal([]);
    expect(shorted('4.5 s', 'low: 1 mA, high: 60 mA')).to.deep.equal(['CURRENT-ON']);
    expect(shorted('6 s', 'low: 1 mA, high: 60 mA')).to.deep.equal(['CURRENT-ON']);
  });
});

describe('a measurement of a drop', () => {
  it('carries the drop where it is limited from above, and the rating under the rated sink alone', () => {
    expect(measured('what: loadDrop, high: 0.15 V')).to.deep.equal(['LOAD-DROP']);
    expect(measured('what: loadDrop, low: 0.01 V')).to.deep.equal([]);
    expect(measured('what: loadDrop, sink: 1 A, high: 0.30 V')).to.deep.equal(['LOAD-DROP', 'LOAD-RATED']);
    expect(measured('what: chargerDrop, sink: 10 mA, high: 0.7 V')).to.deep.equal(['CHG-DROP', 'CHG-RATED']);
    expect(measured('what: chargerDrop, sink: 1 mA, high: 0.7 V')).to.deep.equal(['CHG-DROP']);
    expect(measured('what: loadVoltage, high: 13 V')).to.deep.equal([]);
  });

  it('carries what hangs on that output, and no other', () => {
    expect(measured('what: loadDrop, high: 0.15 V', 'given: { attached: { load: { resistor: 100 Ohm } } }')).to.deep.equal([
      'LOAD-DROP',
      'LOAD-RECEIVERS',
    ]);
    expect(measured('what: chargerDrop, high: 0.7 V', 'given: { attached: { load: { resistor: 100 Ohm } } }')).to.deep.equal(['CHG-DROP']);
  });
});

describe('a switching point', () => {
  it('of a remote terminal carries it where the limit lets through no more than is published', () => {
    expect(H('edge: load rises, low: 2.0 V, high: 2.9 V')).to.deep.equal(['REMOTE-H']);
    expect(H('edge: load rises, low: 2.0 V, high: 3.0 V')).to.deep.equal([]);
    expect(H('edge: load falls, low: 2.0 V, high: 2.9 V')).to.deep.equal([]);
    expect(L('edge: load rises, low: 3.5 V, high: 4.4 V')).to.deep.equal(['REMOTE-L']);
    expect(L('edge: load rises, low: 3.4 V, high: 4.4 V')).to.deep.equal([]);
    expect(L('edge: load falls, low: 3.5 V, high: 4.4 V')).to.deep.equal([]);
  });

  it('of the supply carries its range where the unit lets go below it', () => {
    expect(supply('edge: load falls, low: 6.5 V, high: 8 V')).to.deep.equal(['SUPPLY-RANGE']);
    expect(supply('edge: load falls, low: 6.5 V, high: 8.1 V')).to.deep.equal([]);
    expect(supply('edge: load rises, low: 6.5 V, high: 8 V')).to.deep.equal([]);
  });
});
