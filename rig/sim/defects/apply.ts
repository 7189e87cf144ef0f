/** Puts a defect into a netlist. */

import { RigError } from '../../error.ts';
import { findPart, netlistFaults, type Netlist } from '../../fixture/netlist/netlist.ts';
import type { Part } from '../../fixture/netlist/part.ts';
import type { Change } from './change.ts';

/** The netlist with the changes made in order; the one given stays as it is. Throws `internal` when a change does not fit it. */
export const applyChanges = (netlist: Netlist, changes: readonly Change[]): Netlist => {
  const changed = changes.reduce(applyChange, netlist);
  const fault = netlistFaults(changed)[0];
  if (fault !== undefined) throw misfit(`leave a netlist that does not hold together: ${fault}`);
  return changed;
};

const applyChange = (netlist: Netlist, change: Change): Netlist => {
  switch (change.do) {
    case 'add':
      return { parts: [...netlist.parts, change.part] };
    case 'remove':
      existing(netlist, change.ref);
      return { parts: netlist.parts.filter(({ ref }) => ref !== change.ref) };
    case 'set': {
      const part = existing(netlist, change.ref);
      const before = (part as unknown as Readonly<Record<string, unknown>>)[change.field];
      if (!sameForm(before, change.value)) throw misfit(`set ${change.ref}.${change.field} to a value of another form`);
      const after = { ...part, [change.field]: change.value } as Part;
      return { parts: netlist.parts.map((other) => (other === part ? after : other)) };
    }
  }
};

const existing = (netlist: Netlist, ref: string): Part => {
  const part = findPart(netlist, ref);
  if (part === undefined) throw misfit(`name the part ${ref}, which the netlist does not have`);
  return part;
};

/** Same type and, for objects, the same keys; null (a limit or a control that is not there) may become an object and the other way round. */
const sameForm = (before: unknown, after: unknown): boolean => {
  if (before === undefined) return false;
  if (before === null || after === null) return typeof before === 'object' && typeof after === 'object';
  if (typeof before !== typeof after) return false;
  return typeof before !== 'object' || typeof after !== 'object' || keys(before) === keys(after);
};

const keys = (value: object): string => Object.keys(value).toSorted().join();

const misfit = (what: string): RigError =>
  new RigError('internal', `the changes of a defect ${what}`, { hint: 'Bring rig/sim/defects/electrical.ts into line with the netlist.' });
