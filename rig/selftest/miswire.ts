/** One wiring mistake made in a netlist: a wire opened, shorted to its neighbour, or swapped with it. A pure function of the netlist. */

import { type Netlist, terminalsOf } from '../fixture/netlist/netlist.ts';
import { MINUS, type BoardPin, type Control, type Part, spread } from '../fixture/netlist/part.ts';
import { isLine, neighbourOf, SPI_PINS, type Wire, WIRES, wireName } from './wires.ts';

export type Change = 'open' | 'short' | 'swap';
export interface Miswiring {
  readonly change: Change;
  readonly wire: Wire;
  /** Null for an open one. */
  readonly other: Wire | null;
}

/** A pin that nothing drives and nobody reads. */
const NOWHERE = 'none';
/** A sense that is not connected: an input of the board that the firmware does not read. */
const UNREAD: BoardPin = { board: 'fixture', pin: 'PJ7' };
const NO_CHANNEL = 99;
const SHORT_Ohm = 0.01;

export const nameOf = ({ change, wire, other }: Miswiring): string =>
  other === null ? `${change} ${wireName(wire)}` : `${change} ${wireName(wire)} with ${wireName(other)}`;

/** Every single mistake there is. */
export const MISWIRINGS: readonly Miswiring[] = WIRES.flatMap((wire): readonly Miswiring[] => {
  const other = neighbourOf(wire);
  const open: Miswiring = { change: 'open', wire, other: null };
  return other === null ? [open] : [open, { change: 'short', wire, other }, { change: 'swap', wire, other }];
});

type Replace = (node: string) => string;

/** The part with one terminal on another node. */
const moved = (part: Part, terminal: string, to: Replace): Part => {
  const key = NODE_KEYS[terminal] ?? terminal;
  if (part.kind === 'multiplexer' && terminal.startsWith('input')) {
    const position = Number(terminal.slice('input '.length));
    return { ...part, inputs: part.inputs.map((node, at) => (at === position && node !== null ? to(node) : node)) };
  }
  const names = keysOf(part, key);
  const record = part as unknown as Readonly<Record<string, string>>;
  return { ...part, ...Object.fromEntries(names.map((name) => [name, to(record[name] ?? MINUS)])) };
};
const NODE_KEYS: Readonly<Record<string, string>> = { output: 'to', input: 'from' };
const keysOf = (part: Part, key: string): readonly string[] => {
  switch (part.kind) {
    case 'currentSink':
      return [key === 'a' ? 'node' : 'to'];
    case 'capacitor':
    case 'voltageConverter':
      return ['node'];
    case 'comparator':
      return [key === 'minus' ? 'reference' : key];
    default:
      return [key];
  }
};

const changed = (netlist: Netlist, ref: string, change: (part: Part) => Part): Netlist => ({
  parts: netlist.parts.map((part) => (part.ref === ref ? change(part) : part)),
});

const onPin = ({ pin }: BoardPin, from: ReadonlyMap<string, string>): string => from.get(pin) ?? pin;

/** The part with its pins of the Mega elsewhere. A sense without a pin drives nothing, a channel without one reads 0 V. */
const repinned = (part: Part, from: ReadonlyMap<string, string>, terminal: string | null): Part => {
  const mine = (name: string): boolean => terminal === null || terminal === name;
  const control = (one: Control, name: string): Control => (mine(name) ? { ...one, pin: onPin(one, from) } : one);
  const sense = (one: BoardPin): BoardPin => (onPin(one, from) === NOWHERE ? UNREAD : { ...one, pin: onPin(one, from) });
  switch (part.kind) {
    case 'switch':
    case 'led':
      return { ...part, control: control(part.control, 'control') };
    case 'currentSink':
      return { ...part, control: part.control === null ? null : control(part.control, 'control') };
    case 'voltageConverter': {
      const lost = Object.entries(SPI_PINS).some(([name, pin]) => mine(name) && from.has(pin));
      return {
        ...part,
        channel: lost ? NO_CHANNEL : part.channel,
        enable: part.enable === null ? null : control(part.enable, 'enable'),
        strong: part.strong === null ? null : { ...part.strong, control: control(part.strong.control, 'strong') },
      };
    }
    case 'comparator':
      return { ...part, pins: part.pins.map(sense).filter(({ pin }) => pin !== UNREAD.pin) };
    case 'lightSensor':
      return { ...part, pin: sense(part.pin) };
    case 'multiplexer':
    case 'decoder':
      return {
        ...part,
        select: part.select.map((one, bit) => (mine(`select ${bit}`) ? { ...one, pin: onPin(one, from) } : one)),
        ...(part.kind === 'decoder' && {
          lines: part.lines.map((pin, line) => (pin !== null && mine(`line ${line}`) && from.has(pin) ? null : pin)),
        }),
      };
    case 'analogInput': {
      const to = from.get(`ADC${part.channel}`);
      return to === undefined ? part : { ...part, channel: to.startsWith('ADC') ? Number(to.slice(3)) : NO_CHANNEL };
    }
    default:
      return part;
  }
};

const everywhere = (netlist: Netlist, from: ReadonlyMap<string, string>, more: readonly Part[] = []): Netlist => ({
  parts: [...netlist.parts.map((part) => repinned(part, from, null)), ...more],
});

/** Which way a pin of the Mega goes. */
type Way = 'drive' | 'sense' | 'channel' | 'bus';
const wayOf = (pin: string): Way => {
  if (pin.startsWith('ADC')) return 'channel';
  if (Object.values<string>(SPI_PINS).includes(pin)) return 'bus';
  return /^PK|^PL[01]$/.test(pin) ? 'sense' : 'drive';
};

/** Two outputs of the Mega against each other: the one that is low wins. */
const bothHigh = (a: string, b: string, line: string): Part => ({
  kind: 'decoder',
  ref: 'miswiring.and',
  role: 'two pins shorted: high while both are',
  select: [a, b].map((pin) => ({ board: 'fixture', pin })),
  board: 'fixture',
  lines: [null, null, null, line],
});
const BRIDGE: string = 'miswiring';

const bridge = (netlist: Netlist, a: string, b: string): Netlist => ({
  parts: [
    ...netlist.parts,
    { kind: 'resistor', ref: 'miswiring.short', role: 'two wires touch', a, b, resistance_Ohm: spread(SHORT_Ohm, 0) },
  ],
});

/** A node that parts compute and nothing can load: the other wire takes its voltage. */
const isComputed = (netlist: Netlist, node: string): boolean =>
  netlist.parts.some(
    (part) =>
      (part.kind === 'differenceAmplifier' || part.kind === 'multiplexer' || part.kind === 'lightSensor' || part.kind === 'reference') &&
      part.to === node,
  );

/** Whoever reads `from` reads `to` instead. */
const readElsewhere = (netlist: Netlist, from: string, to: string): Netlist => {
  const at = (node: string): string => (node === from ? to : node);
  const elsewhere = (part: Part): Part => {
    switch (part.kind) {
      case 'differenceAmplifier':
        return { ...part, plus: at(part.plus), minus: at(part.minus) };
      case 'multiplexer':
        return { ...part, inputs: part.inputs.map((node) => (node === null ? null : at(node))) };
      case 'analogInput':
        return { ...part, node: at(part.node) };
      default:
        return part;
    }
  };
  return { parts: netlist.parts.map(elsewhere) };
};

/** Two nets that touch. Minus wins over an amplifier's output; where else one of them is the output of an amplifier, that one wins; of two outputs the first. */
const touching = (netlist: Netlist, a: string, b: string): Netlist => {
  if (a === b) return netlist;
  if (a === MINUS && isComputed(netlist, b)) return readElsewhere(netlist, b, a);
  if (isComputed(netlist, a)) return readElsewhere(netlist, b, a);
  if (isComputed(netlist, b)) return readElsewhere(netlist, a, b);
  return bridge(netlist, a, b);
};

const nodeOn = (netlist: Netlist, pin: string): string | null =>
  netlist.parts.flatMap((part) => (part.kind === 'analogInput' && `ADC${part.channel}` === pin ? [part.node] : []))[0] ?? null;

const pinsShorted = (netlist: Netlist, a: string, b: string): Netlist => {
  const ways = [wayOf(a), wayOf(b)].join(' ');
  switch (ways) {
    case 'drive drive':
      return everywhere(
        netlist,
        new Map([
          [a, BRIDGE],
          [b, BRIDGE],
        ]),
        [bothHigh(a, b, BRIDGE)],
      );
    case 'channel channel':
      return touching(netlist, nodeOn(netlist, a)!, nodeOn(netlist, b)!);
    case 'sense sense':
      // Of two comparators the one on the first pin wins.
      return {
        parts: netlist.parts.map((part): Part => {
          if (part.kind === 'comparator' && part.pins.some(({ pin }) => pin === a) && !part.pins.some(({ pin }) => pin === b))
            return { ...part, pins: [...part.pins, { board: 'fixture', pin: b }] };
          if (part.kind === 'comparator' && part.pins.some(({ pin }) => pin === a)) return part;
          return repinned(part, new Map([[b, NOWHERE]]), null);
        }),
      };
    default:
      // An output of the Mega, or a bus, against what comes in: neither gets through.
      return everywhere(
        netlist,
        new Map([
          [a, NOWHERE],
          [b, NOWHERE],
        ]),
      );
  }
};

const pinsSwapped = (netlist: Netlist, a: string, b: string): Netlist => {
  const lost = wayOf(a) !== wayOf(b) || wayOf(a) === 'bus';
  const ends = lost ? [NOWHERE, NOWHERE] : [b, a];
  return everywhere(netlist, new Map([a, b].map((pin, index) => [pin, ends[index]!])));
};

/** Of two terminals: with one of them open no current is left. */
const TWO_ENDED: readonly Part['kind'][] = ['resistor', 'contact', 'capacitor', 'coil', 'switch', 'currentSink', 'diode', 'floatingSource'];

/** Of an output that reaches nothing. */
const NO_CURRENT = spread(1e-9, 0);

const open = (netlist: Netlist, { part: ref, terminal, net, pin }: Wire): Netlist => {
  const isNode = NODES.has(`${ref} ${terminal} ${net}`);
  if (isNode && netlist.parts.some((part) => part.ref === ref && TWO_ENDED.includes(part.kind)))
    return { parts: netlist.parts.filter((part) => part.ref !== ref) };
  return changed(netlist, ref, (part) => {
    if (!isNode)
      return repinned(part, new Map([[pin ?? net, NOWHERE]]), part.kind === 'analogInput' || part.kind === 'comparator' ? null : terminal);
    if (part.kind === 'multiplexer' && terminal.startsWith('input'))
      return { ...part, inputs: part.inputs.map((node, at) => (`input ${at}` === terminal ? null : node)) };
    if (part.kind === 'voltageConverter') return { ...part, source_A: NO_CURRENT, sink_A: NO_CURRENT, strong: null };
    // The bias current of an amplifier takes an open input to its rail.
    return moved(part, terminal, () => (part.kind === 'differenceAmplifier' && terminal !== 'output' ? 'AVCC' : `open ${ref} ${terminal}`));
  });
};
/** Wires that end on a net and not on a pin. */
const NODES = new Set(
  WIRES.filter((wire) => wire.pin === null && !isLine(wire)).map(({ part, terminal, net }) => `${part} ${terminal} ${net}`),
);

/** Of a board's surface: what a wire that ends in the air still has. */
const AIR_Ohm = 1e8;

/** With every loose end in the air. */
const inAir = (netlist: Netlist): Netlist => {
  const users = new Map<string, number>();
  for (const part of netlist.parts) for (const [, node] of terminalsOf(part)) users.set(node, (users.get(node) ?? 0) + 1);
  const loose = [...users].filter(([node, count]) => count < 2 && node !== MINUS).map(([node]) => node);
  const air = loose.map((node, index): Part => ({
    kind: 'resistor',
    ref: `miswiring.air${index}`,
    role: 'a loose end',
    a: node,
    b: MINUS,
    resistance_Ohm: spread(AIR_Ohm, 0),
  }));
  return { parts: [...netlist.parts, ...air] };
};

/** The netlist with the mistake in it. */
export const miswired = (netlist: Netlist, mistake: Miswiring): Netlist => inAir(rewired(netlist, mistake));

const rewired = (netlist: Netlist, { change, wire, other }: Miswiring): Netlist => {
  if (other === null) return open(netlist, wire);
  if (wire.pin !== null && other.pin !== null)
    return change === 'short' ? pinsShorted(netlist, wire.pin, other.pin) : pinsSwapped(netlist, wire.pin, other.pin);
  if (isLine(wire)) return lines(netlist, change, wire, other);
  if (change === 'short') return touching(netlist, wire.net, other.net);
  const there = changed(netlist, wire.part, (part) => moved(part, wire.terminal, () => other.net));
  const both = changed(there, other.part, (part) => moved(part, other.terminal, () => wire.net));
  const turned = wire.part === other.part && netlist.parts.some((part) => part.ref === wire.part && isTransistor(part));
  return turned ? { parts: [...both.parts, bodyDiode(wire.net, other.net)] } : both;
};

const isTransistor = (part: Part): boolean => part.kind === 'switch' && part.style === 'transistor';
/** Source and drain are not alike: turned round, the transistor's own diode leads from where its source should be to where its drain should be. */
const bodyDiode = (anode: string, cathode: string): Part => ({
  kind: 'diode',
  ref: 'miswiring.body',
  role: 'of a transistor that is turned round',
  anode,
  cathode,
  forward_V: 0.7,
  on_Ohm: 0.05,
});

/** Two lines of the decoder: shorted neither gets high, swapped each closes the other's switches. */
const lines = (netlist: Netlist, change: Change, { net: a }: Wire, { net: b }: Wire): Netlist => {
  const to = (pin: string | null): string | null => {
    if (pin !== a && pin !== b) return pin;
    return change === 'short' ? null : pin === a ? b : a;
  };
  return { parts: netlist.parts.map((part): Part => (part.kind === 'decoder' ? { ...part, lines: part.lines.map(to) } : part)) };
};
