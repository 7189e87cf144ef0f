/** What the end-of-line case asks of a unit, measured on its compiled timeline: every output, current and supply, and every requirement that one wait can show. */

import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { readAndCompile } from './compile.ts';
import type { Case } from './contracts/case.ts';
import type { DriveState } from './contracts/timeline.ts';
import { shownBy } from './requirements.ts';
import { statesOf } from './states.ts';

/** What one unit can show, but not in one wait, from one power-up, with nothing attached and nobody there. */
const NOT_AT_THE_END_OF_THE_LINE: Readonly<Record<string, string>> = {
  'ENTER-SERVICE': 'leaves a choice of two courses, so what follows could not wait for an edge',
  'PRE-OWN-30S': 'takes the whole wait for a cell that is low throughout, which is used for a recovery',
  'PRE-WHOLE-WAIT': 'takes a second wait',
  'REMOTE-FITTED': 'takes a second power-up',
  'SUPPLY-LOW': 'takes a second without supply, and a second power-up',
  'SUPPLY-SWITCH': 'takes a second power-up',
  'LOAD-RECEIVERS': 'takes a load on LOAD',
  'PRE-RECEIVERS': 'takes a load on PRE-ALARM',
  'CHG-RECEIVERS': 'takes a load on CHARGER',
  'CHAIN-EITHER-END': 'takes somebody who pulls the plug',
};

const only = (): Case => {
  const file = 'eol/production.yaml';
  const result = readAndCompile({ file: `scenarios/${file}`, bytes: readFileSync(new URL(file, import.meta.url)) });
  if (!result.ok || result.cases[0] === undefined) throw new Error(`${file} gives no case`);
  return result.cases[0];
};
const production = only();
const supply_mV = ({ supply }: DriveState): number => (typeof supply === 'object' ? supply.mV : 0);
const isOff = ({ remoteLink, remoteH, remoteL }: DriveState): boolean => remoteLink === 'open' && remoteH === 'open' && remoteL === 'open';

describe('end of line', () => {
  it('waits for edges instead of worst cases outside the one long wait', () => {
    const edges = production.timeline.entries.filter(({ when }) => when.kind === 'afterEdge');
    const delays_us = edges.map(({ when }) => (when.kind === 'at' ? 0 : when.delay_us));
    expect(edges.length).to.be.at.least(15);
    expect(delays_us.filter((delay_us) => delay_us > 50_000)).to.deep.equal([]);
  });
  it('asks explicitly for every output high and floating, both LEDs lit and dark, all currents and drops', () => {
    const levels = new Set(
      production.expectations.flatMap((one) => (!('level' in one) || one.kind === 'never' ? [] : `${one.signal} ${one.level}`)),
    );
    expect([...levels]).to.include.members([
      'load high',
      'load floating',
      'preAlarm high',
      'preAlarm floating',
      'charger high',
      'charger floating',
      'ledBlue on',
      'ledBlue off',
      'ledRed on',
      'ledRed off',
    ]);
    const measured = production.measurements.map(({ analog }) => analog);
    expect(measured.filter((analog) => analog === 'supplyCurrent')).to.have.length(7);
    expect(measured).to.include.members(['loadDrop', 'preAlarmDrop', 'chargerDrop']);
  });
  it(`covers all that a unit can show, but for ${Object.keys(NOT_AT_THE_END_OF_THE_LINE).length} requirements with a reason each`, () => {
    const missing = shownBy('unit').filter((id) => !production.covers.includes(id));
    expect(missing).to.have.members(Object.keys(NOT_AT_THE_END_OF_THE_LINE));
  });
  it('opens and closes the charge pole at each supply', () => {
    const states = statesOf(production.timeline);
    for (const mV of [8_200, 12_800, 25_600, 51_200, 69_000])
      for (const pole3 of ['open', 'closed'])
        expect(
          states.some(({ drives }) => supply_mV(drives) === mV && drives.pole3 === pole3),
          `${pole3} at ${mV} mV`,
        ).to.equal(true);
  });
  it('shows every remote way', () => {
    const states = statesOf(production.timeline).map(({ drives }) => drives);
    expect(states.some(({ remoteLink, remoteH }) => remoteLink === 'open' && remoteH === 'battery')).to.equal(true);
    expect(states.some(({ remoteLink, remoteL }) => remoteLink === 'open' && remoteL === 'minus')).to.equal(true);
    expect(states.some((drives) => supply_mV(drives) > 0 && isOff(drives))).to.equal(true);
  });
});
