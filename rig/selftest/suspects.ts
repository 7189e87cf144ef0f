/** Which wire explains the checks that failed: the mistakes whose failures are most alike, by what the netlist says each would fail. */

import { findPart } from '../fixture/netlist/netlist.ts';
import { FIXTURE_NETLIST } from '../fixture/netlist/fixture.ts';
import type { Known } from './known.ts';
import { type Miswiring, nameOf } from './miswire.ts';
import { EDGES_LOST } from './program.ts';
import { endOf, type Wire } from './wires.ts';

export interface Suspect {
  readonly mistake: Miswiring;
  /** Share of the failures of either that are those of both. */
  readonly likeness: number;
}

/** Mistakes that look this much alike are told together. */
const AS_LIKELY = 0.08;
const LEAST = 0.3;

/** What is worked out for each mistake: neither delays nor how often something chatters. */
const isForeseen = (id: string): boolean => !id.startsWith('path.') && !id.endsWith(`.${EDGES_LOST}`);

const likeness = (a: ReadonlySet<string>, b: ReadonlySet<string>): number => {
  const both = [...a].filter((id) => b.has(id)).length;
  return both === 0 ? 0 : both / (a.size + b.size - both);
};

/** By the checks that were `seen`. Most likely first; empty where no single wire looks like it. */
export const suspectsOf = (
  failures: ReadonlySet<string>,
  { signatures }: Pick<Known, 'signatures'>,
  seen: (id: string) => boolean = () => true,
): readonly Suspect[] => {
  const failed = new Set([...failures].filter(isForeseen));
  const found = [...signatures]
    .map(([mistake, signature]) => ({ mistake, likeness: likeness(failed, new Set([...signature].filter(seen))) }))
    .filter((one) => one.likeness >= LEAST)
    .toSorted((a, b) => b.likeness - a.likeness);
  const best = found[0]?.likeness ?? 0;
  return found.filter((one) => one.likeness >= best - AS_LIKELY);
};

/** The channel a wire belongs to: what its part is called after. */
export const channelOfWire = ({ part }: Wire): string => {
  const [, name, more] = part.split('.');
  return name === 'contact' && more !== undefined ? `contact ${more}` : part.startsWith('P.') ? `contact ${name}` : name!;
};

const wireText = (wire: Wire): string => {
  const role = findPart(FIXTURE_NETLIST, wire.part)?.role ?? '';
  return `${wire.part} ${wire.terminal} to ${endOf(wire)}${role === '' ? '' : ` (${role})`}`;
};
const WORDS = { open: 'open', short: 'touches', swap: 'is swapped with' } as const;

export interface SuspectText {
  readonly channels: string[];
  readonly mistake: string;
  readonly text: string;
}
export const suspectText = ({ mistake }: Suspect): SuspectText => {
  const { change, wire, other } = mistake;
  const wires = other === null ? [wire] : [wire, other];
  return {
    channels: [...new Set(wires.map(channelOfWire))],
    mistake: nameOf(mistake),
    text: other === null ? `${wireText(wire)} is open` : `${wireText(wire)} ${WORDS[change]} ${wireText(other)}`,
  };
};
