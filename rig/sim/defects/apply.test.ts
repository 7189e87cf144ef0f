import { expect } from 'chai';
import { RigError } from '../../error.ts';
import { findPart, type Netlist } from '../../fixture/netlist/netlist.ts';
import { spread, type Part } from '../../fixture/netlist/part.ts';
import { applyChanges } from './apply.ts';
import type { Change } from './change.ts';

const resistor = (ref: string): Part => ({
  kind: 'resistor',
  ref,
  role: 'for a test',
  a: 'ONE',
  b: 'MINUS',
  resistance_Ohm: spread(100, 0.01),
});
const NETLIST: Netlist = { parts: [resistor('R1'), resistor('R2')] };

const refused = (change: Change): string => {
  try {
    applyChanges(NETLIST, [change]);
  } catch (cause) {
    expect(cause).to.be.instanceOf(RigError).with.property('code', 'internal');
    return (cause as RigError).message;
  }
  return 'not refused';
};

describe('applyChanges', () => {
  it('sets, adds and removes in order, and leaves the netlist it was given', () => {
    const changed = applyChanges(NETLIST, [
      { do: 'add', part: resistor('R3') },
      { do: 'set', ref: 'R3', field: 'resistance_Ohm', value: spread(7, 0) },
      { do: 'remove', ref: 'R1' },
    ]);
    expect(changed.parts.map(({ ref }) => ref)).to.deep.equal(['R2', 'R3']);
    expect(findPart(changed, 'R3')).to.have.deep.property('resistance_Ohm', spread(7, 0));
    expect(findPart(changed, 'R2')).to.equal(NETLIST.parts[1]);
    expect(NETLIST.parts).to.have.length(2);
  });

  it('refuses a part that is not there, a field that is not there, a value of another form, a second part of one name', () => {
    expect(refused({ do: 'remove', ref: 'R9' })).to.contain('R9');
    expect(refused({ do: 'set', ref: 'R1', field: 'resistance', value: spread(1, 0) })).to.contain('R1.resistance');
    expect(refused({ do: 'set', ref: 'R1', field: 'resistance_Ohm', value: 100 })).to.contain('another form');
    expect(refused({ do: 'set', ref: 'R1', field: 'resistance_Ohm', value: { nominal: 100 } })).to.contain('another form');
    expect(refused({ do: 'add', part: resistor('R1') })).to.contain('used twice');
  });

  it('refuses to leave a node with one part', () => {
    expect(refused({ do: 'remove', ref: 'R1' })).to.contain('nothing else is on node');
  });
});
