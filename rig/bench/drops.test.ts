import { expect } from 'chai';
import { type DropReading, dropFault, type RestReadings } from './drops.ts';

const reading = (value: number, uncertainty: number, saturated = false) => ({ value, uncertainty, saturated });
/** A bench in order, calibrated: 1.5 V, and LOAD's amplifier as said. */
const rest = (drop_mV: number, more: Partial<DropReading> = {}, bench: Partial<RestReadings> = {}): RestReadings => ({
  supply: reading(1_500, 25),
  current: reading(40, 20),
  outputs: [{ output: 'load', voltage_mV: [0, 30], drop: reading(drop_mV, 8), ...more }],
  ...bench,
});
const said = (readings: RestReadings): string | null => dropFault(readings)?.message ?? null;

describe('drop amplifiers before a case', () => {
  it('read the whole of a supply under which no output is on', () => {
    for (const drop_mV of [1_440, 1_500, 1_530]) expect(said(rest(drop_mV)), `${drop_mV}`).to.equal(null);
  });

  it('are wrong where they read more or less than supply and output can be apart', () => {
    for (const drop_mV of [0, 750, 1_380, 1_430, 1_535, 1_620, Number.NaN])
      expect(said(rest(drop_mV)), `${drop_mV}`).to.match(/^The drop amplifier of LOAD reads .* at a supply of 1\.500 V/);
    expect(said(rest(1_990, { drop: reading(1_990, 8, true) }))).to.match(/reads the end of its range/);
  });

  it('are not wrong where the output itself is held up, by a unit that leaks', () => {
    expect(said(rest(1_125, { voltage_mV: [350, 400] }))).to.equal(null);
    expect(said(rest(1_490, { voltage_mV: [350, 400] }))).to.be.a('string');
  });

  it('are not told by a supply that a unit pulls down, nor beside a reading at its end', () => {
    expect(said(rest(700, {}, { current: reading(4_900, 30) }))).to.equal(null);
    expect(said(rest(700, {}, { current: reading(60_000, 300, true) }))).to.equal(null);
    expect(said(rest(700, { voltage_mV: [0, Infinity] }))).to.equal(null);
  });

  it('may lie below the divider of the supply by what the unit draws through shunt and contacts', () => {
    expect(said(rest(1_430, {}, { current: reading(700, 20) }))).to.equal(null);
    expect(said(rest(1_415, {}, { current: reading(700, 20) }))).to.be.a('string');
  });

  it('hint at the supply where all of them are off', () => {
    const one = rest(5).outputs[0]!;
    const all = { ...rest(5), outputs: [one, { ...one, output: 'charger' as const }] };
    expect(dropFault(all)?.hint).to.match(/^All of them are off/);
    expect(dropFault({ ...all, outputs: [one, rest(1_500).outputs[0]!] })?.hint).to.match(/U\.load\.drop.*R\.load\.upper/);
  });
});
