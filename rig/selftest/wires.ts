/** The fixture's wires, one by one: every connection of a part to a net or to a pin of the Mega, which lies next to it, and how it is called. */

import { CONVERTER_SELECT_PIN } from '../fixture/channels.ts';
import { FIXTURE_NETLIST } from '../fixture/netlist/fixture.ts';
import { pinsOf, terminalsOf } from '../fixture/netlist/netlist.ts';
import type { Part } from '../fixture/netlist/part.ts';
import { megaHeader } from '../fixture/netlist/wiring.ts';

/** From a part's terminal to its net, or to a pin of the board. */
export interface Wire {
  readonly part: string;
  readonly terminal: string;
  /** Name of the net; of a control line that of its pin. */
  readonly net: string;
  /** The Mega's pin at its end, null = a net that reaches none. */
  readonly pin: string | null;
}

export const SPI_PINS = { 'chip select': CONVERTER_SELECT_PIN, clock: 'PB1', data: 'PB2' } as const;

/** Cables are no parts: their capacitance has no wire. */
export const isCable = (part: Part): boolean => part.kind === 'capacitor' && part.role.startsWith('cable');

const wiresOf = (part: Part): readonly Wire[] => {
  if (isCable(part) || part.kind === 'analogConverter') return [];
  const nets = terminalsOf(part).map(([terminal, net]): Wire => ({ part: part.ref, terminal, net, pin: null }));
  const pins = pinsOf(part)
    .filter(([, { board, pin }]) => board === 'fixture' && pin !== 'AVCC')
    .map(([terminal, { pin }]): Wire => ({ part: part.ref, terminal, net: pin, pin: megaHeader(pin) === null ? null : pin }));
  if (part.kind === 'analogInput') return pins;
  const bus =
    part.kind === 'voltageConverter'
      ? Object.entries(SPI_PINS).map(([terminal, pin]): Wire => ({ part: part.ref, terminal, net: pin, pin }))
      : [];
  return [...nets, ...pins, ...bus];
};

export const WIRES: readonly Wire[] = FIXTURE_NETLIST.parts.flatMap(wiresOf);

/** `D22 (PA0)`, or the net. */
export const endOf = ({ net, pin }: Wire): string => (pin === null ? net : `${megaHeader(pin)} (${pin})`);
export const wireName = (wire: Wire): string => `${wire.part} ${wire.terminal} - ${endOf(wire)}`;

/** Places on the Mega's two kinds of headers, each in its order. Source: pin mapping of the Arduino Mega 2560. */
const place = (pin: string): { readonly header: 'digital' | 'analog low' | 'analog high'; readonly at: number } => {
  const name = megaHeader(pin)!;
  const at = Number(name.slice(1));
  if (name.startsWith('D')) return { header: 'digital', at };
  return { header: at < 8 ? 'analog low' : 'analog high', at };
};
/** D22 to D53 lie in two rows, so the next pin used may be one further on. */
const NEAR = 2;

/** The pin in use next to another, towards higher numbers; null = none near. */
export const nextPin = (pin: string, pins: Iterable<string>): string | null => {
  const from = place(pin);
  let next: { readonly pin: string; readonly at: number } | null = null;
  for (const other of pins) {
    const { header, at } = place(other);
    if (header === from.header && at > from.at && at - from.at <= NEAR && (next === null || at < next.at)) next = { pin: other, at };
  }
  return next?.pin ?? null;
};

const PINS = new Set(WIRES.flatMap(({ pin }) => (pin === null ? [] : [pin])));
const CONTACTS = WIRES.filter(({ part, terminal }) => part.startsWith('P.') && terminal === 'a');

/** Of the ohmmeter's decoder: worked like a pin, and ends on the board. */
export const isLine = ({ net }: Wire): boolean => net.startsWith('contactLine');

/** The wire beside one: at the Mega's header, at the contacts of the unit, or the next terminal of the same part; null = the last of its row. */
export const neighbourOf = (wire: Wire): Wire | null => {
  if (wire.pin !== null) {
    const next = nextPin(wire.pin, PINS);
    return next === null ? null : WIRES.find(({ pin }) => pin === next)!;
  }
  if (wire.part.startsWith('P.')) return wire.terminal === 'a' ? (CONTACTS[CONTACTS.indexOf(wire) + 1] ?? null) : null;
  if (isLine(wire) && !wire.terminal.startsWith('line')) return null; // the decoder's end has the neighbours
  const own = WIRES.filter((one) => one.part === wire.part && one.pin === null && isLine(one) === isLine(wire));
  return own[own.indexOf(wire) + 1] ?? null;
};
