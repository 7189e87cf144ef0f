/** What a good board may show at each look: the netlist solved with all parts in the middle, and with each in turn at the end of its tolerance. */

import type { Netlist } from '../fixture/netlist/netlist.ts';
import type { AdcChannel } from '../fixture/channels.ts';
import type { Range } from '../fixture/netlist/part.ts';
import { checkId, EDGES_LOST, type Look, namesOf, PROGRAM, SUPPLY_mV } from './program.ts';
import { netlistAt, variedIn, type Varied } from './spreads.ts';
import { playCircuit } from './twin.ts';
import { endOf, probeChannel, stepsOf, type Values } from './values.ts';

export type Expected = ReadonlyMap<string, Range>;

/** Of a sum of effects taken one at a time: what they do to each other. */
const TOGETHER = 1.1;

/** Hundreds of open switches leak a little each: they are taken together, as are those of which each look has one. */
const GROUPS: readonly { readonly of: RegExp; readonly key: RegExp }[] = [
  { of: /^K\.|^Q\.|^plug\.Q/, key: /^off_Ohm$/ },
  { of: /^K\.contact\..*\.force$/, key: /^on_Ohm$/ },
  { of: /^K\.contact\..*\.sense$/, key: /^on_Ohm$/ },
];

/** Values that are moved together. */
export const variedTogether = (netlist: Netlist): readonly (readonly Varied[])[] => {
  const groups: Varied[][] = GROUPS.map(() => []);
  const alone: Varied[][] = [];
  for (const varied of variedIn(netlist)) {
    const group = GROUPS.findIndex(({ of, key }) => of.test(varied.ref) && key.test(varied.keys.join('.')));
    if (group < 0) alone.push([varied]);
    else groups[group]!.push(varied);
  }
  return [...groups.filter((group) => group.length > 0), ...alone];
};

/** The channel of each check; a level has none. */
export const looksOf = (): ReadonlyMap<string, AdcChannel | null> => {
  const channels = new Map<string, AdcChannel | null>();
  for (const step of PROGRAM) {
    channels.set(checkId(step, EDGES_LOST), null);
    for (const look of step.looks) for (const name of namesOf(look)) channels.set(checkId(step, name), channelOf(look));
  }
  return channels;
};
const channelOf = (look: Look): AdcChannel | null => {
  switch (look.kind) {
    case 'sample':
      return look.channel;
    case 'contact':
      return 'contact';
    case 'probe':
      return probeChannel(look.output);
    default:
      return null;
  }
};

/** Volts both inputs of an amplifier may have at once. */
const MOST_V = SUPPLY_mV / 1e3;

export const expectedOf = (netlist: Netlist): Expected => {
  const middle = playCircuit(netlistAt(netlist, [], 1, MOST_V));
  const change = new Map<string, number>();
  for (const group of variedTogether(netlist)) {
    for (const [id, value] of playCircuit(netlistAt(netlist, group, 1, MOST_V))) {
      change.set(id, (change.get(id) ?? 0) + Math.abs(value - middle.get(id)!) * TOGETHER);
    }
  }
  return new Map(
    [...looksOf()].map(([id, channel]) => {
      const value = middle.get(id)!;
      const [step, end] = channel === null ? [0, Infinity] : [stepsOf(channel, value), endOf(channel)];
      const max = value + change.get(id)! + step;
      // What is no good at the end of its range does not become good there by tolerances.
      return [id, { min: value - change.get(id)! - step, max: value < end ? Math.min(max, end) : Infinity }];
    }),
  );
};

/** The checks whose value is not one a good board may show. */
export const failuresOf = (values: Values, expected: Expected): ReadonlySet<string> =>
  new Set([...expected].filter(([id, { min, max }]) => !(values.get(id)! >= min && values.get(id)! <= max)).map(([id]) => id));
