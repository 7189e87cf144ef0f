// The list of what self-test cannot show is closed: it is what the netlist says shows nowhere, name by name, and each reason holds for the parts it is given for.
import { expect } from 'chai';
import { FIXTURE_NETLIST } from '../fixture/netlist/fixture.ts';
import { findPart } from '../fixture/netlist/netlist.ts';
import { PLUG_PADS_Ohm } from '../fixture/netlist/plug.ts';
import { CONTACT_LINES } from '../fixture/channels.ts';
import type { Terminal } from '../../scenarios/signals.ts';
import { INVISIBLE, INVISIBLE_NAMES, type Reason, REASONS, reasonOf } from './invisible.ts';
import { loadKnown } from './known.ts';
import { type Miswiring, MISWIRINGS, nameOf } from './miswire.ts';

const BY_NAME = new Map(MISWIRINGS.map((one) => [nameOf(one), one]));
const partOf = ({ wire }: Miswiring) => findPart(FIXTURE_NETLIST, wire.part)!;
/** Of one part, its two ends for each other. */
const isTurned = ({ change, wire, other }: Miswiring): boolean => change === 'swap' && other?.part === wire.part;
const CURRENTLESS: readonly Terminal[] = ['batteryMinus', 'remoteH', 'remoteL', 'male1', 'male3', 'male4', 'female1', 'female3', 'female4'];

const terminalOf = (line: string): Terminal | undefined =>
  (Object.keys(CONTACT_LINES) as Terminal[]).find((name) => `line ${CONTACT_LINES[name]}` === line);

/** What has to be so of a mistake for its reason to hold. */
const HOLDS: Readonly<Record<Reason, (one: Miswiring) => boolean>> = {
  alikeEnds: (one) => {
    const part = partOf(one);
    const alike =
      part.kind === 'resistor' ||
      part.kind === 'contact' ||
      part.kind === 'capacitor' ||
      (part.kind === 'switch' && part.style === 'photoMos');
    return isTurned(one) && alike && [one.wire.terminal, one.other!.terminal].join('') === 'ab';
  },
  kelvinTurned: (one) => {
    const [, terminal, way] = one.wire.part.split('.');
    return one.change === 'swap' && way === 'force' && one.other!.part === `P.${terminal}.sense` && one.wire.terminal === 'a';
  },
  ohmmeterFloats: (one) => {
    const { part, terminal } = one.wire;
    return (
      one.change === 'short' && part.startsWith('K.contact.') && one.other!.part === part && terminal === 'a' && one.other!.terminal === 'b'
    );
  },
  alikePads: (one) => {
    const [a, b] = [terminalOf(one.wire.terminal), terminalOf(one.other?.terminal ?? '')];
    return (
      one.change === 'swap' &&
      one.wire.part === 'U.contactSelect' &&
      a !== undefined &&
      b !== undefined &&
      PLUG_PADS_Ohm[a] === PLUG_PADS_Ohm[b]
    );
  },
  clampOpen: (one) => one.change === 'open' && partOf(one).kind === 'diode',
  capacitorOpen: (one) => one.change === 'open' && partOf(one).kind === 'capacitor',
  bleederOpen: (one) => one.change === 'open' && one.wire.part === 'R.bleeder',
  bypassTurned: (one) => isTurned(one) && one.wire.part === 'Q.shuntBypass',
  comparatorTurned: (one) =>
    isTurned(one) && partOf(one).kind === 'comparator' && one.wire.terminal === 'plus' && one.other!.terminal === 'minus',
};

describe('what self-test cannot show', () => {
  it('is just what the netlist says shows nowhere, name by name', () => {
    const silent = [...loadKnown().signatures].filter(([, failed]) => failed.size === 0).map(([one]) => nameOf(one));
    expect([...INVISIBLE_NAMES].toSorted()).to.deep.equal(silent.toSorted());
  });

  it('has each mistake once, under a reason that holds for it', () => {
    const names = Object.values(INVISIBLE).flat();
    expect(names).to.have.length(INVISIBLE_NAMES.size);
    for (const [reason, listed] of Object.entries(INVISIBLE) as [Reason, readonly string[]][])
      for (const name of listed) {
        const one = BY_NAME.get(name);
        expect(one, `${name} is no mistake there is`).not.to.equal(undefined);
        expect(HOLDS[reason](one!), `${name}: ${REASONS[reason]}`).to.equal(true);
        expect(reasonOf(name)).to.equal(reason);
      }
  });

  it('has no wire that works a switch, measures or carries an output, but those named', () => {
    const controls = [...INVISIBLE_NAMES].filter((name) => / control - | select \d - |PA\d|PC\d|ADC\d| output - /.test(name));
    expect(controls).to.deep.equal([]);
    const listed = INVISIBLE.alikeEnds.filter((name) => name.startsWith('swap K.'));
    for (const name of listed) expect(name).to.match(/^swap (K\.\S+) a - \S+ with \1 b - \S+$/);
  });

  it('says of a terminal whose contacts may be turned that no current tells them apart', () => {
    const turned = INVISIBLE.kelvinTurned.map((name) => BY_NAME.get(name)!.wire.part.split('.')[1]!);
    expect(turned).to.have.members([...CURRENTLESS]);
  });
});
