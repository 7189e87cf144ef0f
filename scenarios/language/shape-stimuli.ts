/** How a scenario writes what it does to the unit: supply, remote, cells, temperature, cable, poles. */

import { z } from 'zod';
import { CELL_RANGE_mV, SETTINGS, TEMPERATURE_RANGE_mC } from '../battery/thresholds.ts';
import { DRIVES } from '../signals.ts';
import { leaf, mapping, quantity, someOf, word } from './fields.ts';
import { TIME_RANGE } from './moments.ts';
import { readQuantity } from './quantity.ts';
import type { Dimension, Range } from './quantity.ts';

export const DURATION_RANGE: Range = { min: 1, max: TIME_RANGE.max };
/** What the fixture times in one piece: a ramp or dip of its own, a delay, a timeout. Its counter spans 536 s (2^30 ticks of 0.5 us). */
export const FIXTURE_WAIT_us = 500_000_000;
export const FIXTURE_RANGE: Range = { min: 1, max: FIXTURE_WAIT_us };

/** A value at once (`set`), along a straight line (`ramp`), or for a while (`dip`). */
export interface SetWord {
  readonly kind: 'set';
  readonly to: number;
}
export interface RampWord {
  readonly kind: 'ramp';
  readonly to: number;
  readonly over_us: number;
}
export interface DipWord {
  readonly kind: 'dip';
  readonly to: number;
  readonly for_us: number;
}

const setTo = (dimension: Dimension, range: Range) => quantity(dimension, range).transform((to): SetWord => ({ kind: 'set', to }));

/** A ramp of the bank is made of pole switches and may take a day; one of a drive is the fixture's own. */
const rampTo = (dimension: Dimension, range: Range, duration: Range = DURATION_RANGE) =>
  mapping({ 'ramp to': quantity(dimension, range), over: quantity('time', duration) }).transform((ramp): RampWord => ({
    kind: 'ramp',
    to: ramp['ramp to'],
    over_us: ramp.over,
  }));

const dipTo = (range: Range) =>
  mapping({ 'dip to': quantity('voltage', range), for: quantity('time', FIXTURE_RANGE) }).transform((dip): DipWord => ({
    kind: 'dip',
    to: dip['dip to'],
    for_us: dip.for,
  }));

const SUPPLY_RANGE: Range = DRIVES.supply.analog_mV;
const REMOTE_RANGE: Range = DRIVES.remoteH.analog_mV;

export const supplyGiven = quantity('voltage', SUPPLY_RANGE, 'Battery voltage that is switched on at 0 s.');
export const supplyWord = z
  .union([setTo('voltage', SUPPLY_RANGE), rampTo('voltage', SUPPLY_RANGE, FIXTURE_RANGE), dipTo(SUPPLY_RANGE)])
  .meta({ description: 'Battery voltage: at once, { ramp to, over } or { dip to, for }.' });

/** A voltage, or the word for the wire that the terminal goes to. */
const quantityOrWord = <const W extends string>(wire: W, range: Range) =>
  leaf<W | SetWord>(
    (input) => {
      if (input === wire) return { ok: true, value: wire };
      const read = readQuantity(input, ['voltage'], range);
      return read.ok ? { ok: true, value: { kind: 'set', to: read.value } } : { ...read, hint: `${read.hint}, or ${wire}` };
    },
    { type: 'string', examples: ['3.1 V', wire] },
  );

/** How the remote terminals are wired: the link, and what drives each terminal. */
export interface RemoteWord {
  readonly link: 'open' | 'closed';
  readonly H: 'open' | 'battery' | SetWord | RampWord;
  readonly L: 'open' | 'minus' | SetWord | RampWord;
}

const REMOTE_WORDS = {
  link: { link: 'closed', H: 'open', L: 'open' },
  off: { link: 'open', H: 'open', L: 'open' },
  'H to battery': { link: 'open', H: 'battery', L: 'open' },
  'L to minus': { link: 'open', H: 'open', L: 'minus' },
} as const satisfies Record<string, RemoteWord>;
type RemoteName = keyof typeof REMOTE_WORDS;
const REMOTE_NAMES = Object.keys(REMOTE_WORDS) as readonly RemoteName[];

const terminal = <const W extends string>(wire: W) =>
  z.union([quantityOrWord(wire, REMOTE_RANGE), rampTo('voltage', REMOTE_RANGE, FIXTURE_RANGE)]);

export const remoteWord = z
  .union([
    word(REMOTE_NAMES, 'unknown-word', 'a way to wire the remote').transform((name): RemoteWord => REMOTE_WORDS[name]),
    someOf({
      link: z.optional(word(['open', 'closed'], 'unknown-word', 'a state of the link')),
      H: z.optional(terminal('battery')),
      L: z.optional(terminal('minus')),
    }).transform(({ link, H, L }): RemoteWord => ({ link: link ?? 'open', H: H ?? 'open', L: L ?? 'open' })),
  ])
  .meta({ description: 'link, off, H to battery, L to minus, or voltages at the terminals.' });

const cell = z.union([setTo('voltage', CELL_RANGE_mV), rampTo('voltage', CELL_RANGE_mV)]);

/** What becomes of the lowest and of the highest cell; undefined = it stays. */
export interface CellsWord {
  readonly lowest?: SetWord | RampWord | undefined;
  readonly highest?: SetWord | RampWord | undefined;
}
const both = (value: SetWord | RampWord): CellsWord => ({ lowest: value, highest: value });

export const cellsWord = z
  .union([
    setTo('voltage', CELL_RANGE_mV).transform(both),
    rampTo('voltage', CELL_RANGE_mV).transform(both),
    someOf({ lowest: z.optional(cell), highest: z.optional(cell) }).transform((cells): CellsWord => cells),
  ])
  .meta({ description: 'All cells, or { lowest, highest }; each at once or { ramp to, over }.' });

export const cellsGiven = z.union([
  setTo('voltage', CELL_RANGE_mV).transform(both),
  someOf({
    lowest: z.optional(setTo('voltage', CELL_RANGE_mV)),
    highest: z.optional(setTo('voltage', CELL_RANGE_mV)),
  }).transform((cells): CellsWord => cells),
]);

export const temperatureGiven = quantity('temperature', TEMPERATURE_RANGE_mC, 'Temperature of the bank.');
export const temperatureWord = z.union([setTo('temperature', TEMPERATURE_RANGE_mC), rampTo('temperature', TEMPERATURE_RANGE_mC)]);

export const cableWord = word(['connected', 'broken'], 'unknown-word', 'a state of the cable');

const poleState = () => z.optional(word(['open', 'closed'], 'unknown-word', 'a state of a pole'));
export type PolesWord = Readonly<Partial<Record<'1' | '3' | '4', 'open' | 'closed' | undefined>>>;

export const polesWord = z
  .union([
    word(['open', 'closed'], 'unknown-word', 'a state of the poles').transform((all): PolesWord => ({ '1': all, '3': all, '4': all })),
    someOf({ '1': poleState(), '3': poleState(), '4': poleState() }).transform((poles): PolesWord => poles),
  ])
  .meta({ description: 'The switches in the M8 chain, all at once or one by one.' });

const yesNo = leaf<boolean>(
  (input) =>
    typeof input === 'boolean'
      ? { ok: true, value: input }
      : { ok: false, id: 'unknown-word', message: 'true or false is expected here', hint: 'pre-alarm hardware: true' },
  { type: 'boolean' },
);

export const batterySettings = mapping({
  'low cell': z.optional(quantity('voltage', SETTINGS.lowCell_mV)),
  'pre-alarm': z.optional(quantity('voltage', SETTINGS.preAlarm_mV)),
  'low temperature': z.optional(quantity('temperature', SETTINGS.lowTemperature_mC)),
  'pre-alarm hardware': z.optional(yesNo),
});
