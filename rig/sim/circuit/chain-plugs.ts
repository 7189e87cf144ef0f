/** The two plugs of the battery chain at the unit, as switches that hands work: of one end all three poles, force and sense, within a millisecond of each other. */

import { CHAIN_ENDS, type ChainEnd } from '../../../scenarios/contracts/timeline.ts';
import type { Terminal } from '../../../scenarios/signals.ts';
import { POLES } from '../../fixture/netlist/inputs.ts';
import { joinNetlists, type Netlist } from '../../fixture/netlist/netlist.ts';
import { type BoardPin, type Part, range, spread } from '../../fixture/netlist/part.ts';
import { TERMINAL_NODES } from '../../fixture/netlist/terminals.ts';

const WAYS = ['force', 'sense'] as const;

/** No pin of a board: high while the plug of this end is out. */
export const handPin = (end: ChainEnd): BoardPin => ({ board: 'fixture', pin: `hand.${end}` });

/** Pins of a plug let go within a millisecond of each other, in any order (R1). */
const plug = (end: ChainEnd, terminal: Terminal, way: (typeof WAYS)[number]): Part => ({
  kind: 'switch',
  ref: `chain.${terminal}.${way}`,
  role: `plug of the ${end} end at ${TERMINAL_NODES[terminal]}, ${way}`,
  style: 'transistor',
  a: plugNode(terminal, way),
  b: TERMINAL_NODES[terminal],
  on_Ohm: spread(0.005, 0.5),
  off_Ohm: spread(1e9, 0.5),
  control: { ...handPin(end), active: 'low' },
  close_us: range(30, 950),
  open_us: range(30, 950),
  limit_A: null,
  monostable_ms: null,
});

const plugNode = (terminal: Terminal, way: (typeof WAYS)[number]): string => `${TERMINAL_NODES[terminal]}_PLUG_${way}`;

/** The netlist with a plug behind every contact of the chain, whatever that contact has become; all are in. */
export const withPlugs = (netlist: Netlist): Netlist => {
  const plugs = CHAIN_ENDS.flatMap((end) => POLES.flatMap((pole) => WAYS.map((way) => ({ end, terminal: `${end}${pole}` as const, way }))));
  const nodeOf = new Map(plugs.map(({ terminal, way }) => [`P.${terminal}.${way}`, plugNode(terminal, way)]));
  const moved = netlist.parts.map((part): Part => {
    const node = nodeOf.get(part.ref);
    return node === undefined || !('b' in part) ? part : { ...part, b: node };
  });
  return joinNetlists({ parts: moved }, { parts: plugs.map(({ end, terminal, way }) => plug(end, terminal, way)) });
};
