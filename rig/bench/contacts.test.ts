import { expect } from 'chai';
import type { ContactReading } from '../../scenarios/contracts/trace.ts';
import { TERMINAL_NAMES, type Terminal } from '../../scenarios/signals.ts';
import { RigError } from '../error.ts';
import type { Netlist } from '../fixture/netlist/netlist.ts';
import { spread } from '../fixture/netlist/part.ts';
import { FIXTURE_IMAGE, loadImage, UNIT_IMAGE } from '../run/images.ts';
import { BENCH_NETLIST } from '../sim/circuit/stand-in-board.ts';
import { openSimulation } from '../sim/simulation.ts';
import { openFixtureBench } from './bench.ts';
import { contactFault } from './contacts.ts';
import { caseOf, POWERED, timeline } from './testing/cases.ts';

const readings = (but: Partial<Record<Terminal, number>> = {}): readonly ContactReading[] =>
  TERMINAL_NAMES.map((terminal) => ({ terminal, value_mOhm: but[terminal] ?? 120, uncertainty_mOhm: 450 }));

/** The bench with some resistances changed, and a case on it. */
const runWith = async (changed: Readonly<Record<string, number>>) => {
  const netlist: Netlist = {
    parts: BENCH_NETLIST.parts.map((part) =>
      'resistance_Ohm' in part && part.ref in changed ? { ...part, resistance_Ohm: spread(changed[part.ref]!, 0) } : part,
    ),
  };
  const simulation = openSimulation({
    seed: 3,
    occasion: 'contacts',
    fixtureImage: loadImage(FIXTURE_IMAGE, 'fixture').image,
    unitImage: loadImage(UNIT_IMAGE, 'unit').image,
    netlist,
    pace: 'virtual',
  });
  const { binding, path, clock } = simulation;
  const bench = await openFixtureBench({ binding, path, clock, simulated: true, unitImage: null, seed: 3 });
  try {
    const outcome = await bench.runCase(caseOf(timeline(1_000_000, POWERED))).catch((cause: unknown) => cause as RigError);
    return { outcome, contacts: bench.contacts, supply_V: (): number => simulation.circuit.voltage('SUPPLY') };
  } finally {
    await bench.close();
    simulation.close();
  }
};
const value = (contacts: readonly ContactReading[], terminal: Terminal): ContactReading =>
  contacts.find((one) => one.terminal === terminal)!;

describe('contacts of the unit', () => {
  it('are measured before each case, to half an ohm', async () => {
    const { outcome, contacts } = await runWith({
      'P.load.force': 3,
      'P.remoteH.sense': 6.5,
      'P.female4.force': 0.05,
      'P.female4.sense': 0.05,
    });
    if (outcome instanceof RigError) throw outcome;
    expect(outcome.contacts).to.deep.equal(contacts);
    expect(contacts.map(({ terminal }) => terminal)).to.deep.equal(TERMINAL_NAMES);
    const near = (terminal: Terminal, ohms: number): void => {
      const { value_mOhm, uncertainty_mOhm } = value(contacts, terminal);
      expect(value_mOhm, terminal).to.be.closeTo(ohms * 1000, uncertainty_mOhm);
      expect(uncertainty_mOhm).to.be.below(600);
    };
    near('load', 3.05);
    near('remoteH', 6.55);
    near('female4', 0.1);
  });

  for (const way of ['force', 'sense'] as const)
    it(`keep the supply off where the ${way} contact of a terminal is open`, async () => {
      const { outcome, contacts, supply_V } = await runWith({ [`P.male3.${way}`]: 1e9 });
      expect(outcome).to.be.instanceOf(RigError).and.to.include({ code: 'contactBad', blame: 'rig' });
      expect((outcome as RigError).message).to.equal('contact_male3 (M8 male, pole 3) has more than 50 Ohm; at most 10 Ohm is allowed.');
      expect((outcome as RigError).hint).to.contain('Reseat the unit');
      expect(value(contacts, 'male3').value_mOhm).to.equal(Infinity);
      expect(supply_V()).to.be.below(0.1);
    });

  it('are not believed where the ohmmeter misreads its own resistor', async () => {
    for (const ohms of [0.01, 12, 1e9]) {
      const { outcome } = await runWith({ 'R.contact.reference': ohms });
      expect(outcome, `${ohms} Ohm`).to.be.instanceOf(RigError).and.to.include({ code: 'ohmmeter', blame: 'rig' });
    }
  });
});

const message = (but: Partial<Record<Terminal, number>>): string | undefined => contactFault(readings(but))?.message;

describe('a fault of contacts', () => {
  it('is a resistance that may be above 10 Ohm, its uncertainty counted', () => {
    expect(contactFault(readings())).to.equal(null);
    expect(contactFault(readings({ load: 9_550 }))).to.equal(null);
    expect(message({ load: 9_551 })).to.equal('contact_load (LOAD) has 9.55 Ohm; at most 10 Ohm is allowed.');
    expect(message({ load: NaN })).to.contain('contact_load');
    expect(message({ load: 12_000, female1: 20_000 })).to.contain('contact_load (LOAD) has 12 Ohm, contact_female1');
  });

  it('is no unit at all where every terminal is open', () => {
    const open = Object.fromEntries(TERMINAL_NAMES.map((terminal) => [terminal, Infinity]));
    expect(message(open)).to.equal('No terminal of a unit is touched.');
  });
});
