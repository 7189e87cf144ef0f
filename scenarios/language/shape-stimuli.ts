/** How a scenario writes what it does to the unit: supply, remote, cells, temperature, cable, poles, and what the fixture hangs on its outputs for a while. */

import { z } from 'zod';
import { BANK_SIZE, CELL_RANGE_mV, SETTINGS, TEMPERATURE_RANGE_mC } from '../battery/thresholds.ts';
import { DRIVES, OUTPUTS } from '../signals.ts';
import type { OutputSignal } from '../signals.ts';
import { leaf, mapping, quantity, someOf, word } from './fields.ts';
import { readQuantity } from './quantity.ts';
import type { Range } from './quantity.ts';
import { FIXTURE_RANGE, dipTo, noise, ofBatteries, ofCells, pulseTo, rampTo, setTo } from './shape-words.ts';
import type { MovingWord, NoiseWord, RampWord, SetWord } from './shape-words.ts';

const SUPPLY_RANGE: Range = DRIVES.supply.analog_mV;
const REMOTE_RANGE: Range = DRIVES.remoteH.analog_mV;

export const supplyGiven = quantity('voltage', SUPPLY_RANGE);
export const supplyWord = z.union([
  setTo('voltage', SUPPLY_RANGE),
  rampTo('voltage', SUPPLY_RANGE, FIXTURE_RANGE),
  dipTo(SUPPLY_RANGE),
  pulseTo(SUPPLY_RANGE),
  noise('voltage', SUPPLY_RANGE),
]);

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
  readonly H: 'open' | 'battery' | SetWord | RampWord | NoiseWord;
  readonly L: 'open' | 'minus' | SetWord | RampWord | NoiseWord;
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
  z.union([quantityOrWord(wire, REMOTE_RANGE), rampTo('voltage', REMOTE_RANGE, FIXTURE_RANGE), noise('voltage', REMOTE_RANGE)]);

export const remoteWord = z.union([
  word(REMOTE_NAMES, 'unknown-word', 'a way to wire the remote', ['{ H: 3.1 V }']).transform((name): RemoteWord => REMOTE_WORDS[name]),
  someOf({
    link: z.optional(word(['open', 'closed'], 'unknown-word', 'a state of the link')),
    H: z.optional(terminal('battery')),
    L: z.optional(terminal('minus')),
  }).transform(({ link, H, L }): RemoteWord => ({ link: link ?? 'open', H: H ?? 'open', L: L ?? 'open' })),
]);

const wholeNumber = (least: number, most: number, example: string) =>
  leaf<number>(
    (input) =>
      typeof input === 'number' && Number.isInteger(input) && input >= least && input <= most
        ? { ok: true, value: input }
        : { ok: false, id: 'not-a-count', message: `a whole number from ${least} to ${most} is expected here`, hint: `e.g. ${example}` },
    { type: 'integer', minimum: least, maximum: most },
  );

const moving = (dimension: 'voltage' | 'temperature', range: Range): z.ZodType<MovingWord> =>
  z.union([setTo(dimension, range), rampTo(dimension, range), noise(dimension, range)]);
const cell = () => moving('voltage', CELL_RANGE_mV);
const cellSet = (): z.ZodType<SetWord> => setTo('voltage', CELL_RANGE_mV);

export const cellsWord = ofCells(cell(), cell());
export const cellsGiven = ofCells(cellSet(), cellSet());

const temperatureSet = (): z.ZodType<SetWord> => setTo('temperature', TEMPERATURE_RANGE_mC);
export const temperatureGiven = ofBatteries(temperatureSet(), temperatureSet());
export const temperatureWord = ofBatteries(moving('temperature', TEMPERATURE_RANGE_mC), moving('temperature', TEMPERATURE_RANGE_mC));

/** Batteries of a bank that is spoken of cell by cell. */
export const bankGiven = mapping({
  batteries: wholeNumber(1, BANK_SIZE.batteries, 'batteries: 4'),
  cells: z.optional(wholeNumber(...BANK_SIZE.cells, 'cells: 4, or 8 in a battery of 25.6 V')),
});

export const cableWord = word(['connected', 'broken'], 'unknown-word', 'a state of the cable');

const poleState = () => z.optional(word(['open', 'closed'], 'unknown-word', 'a state of a pole'));
export type PolesWord = Readonly<Partial<Record<'1' | '3' | '4', 'open' | 'closed' | undefined>>>;

export const polesWord = z.union([
  word(['open', 'closed'], 'unknown-word', 'a state of the poles').transform((all): PolesWord => ({ '1': all, '3': all, '4': all })),
  someOf({ '1': poleState(), '3': poleState(), '4': poleState() }).transform((poles): PolesWord => poles),
]);

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

/** The fixture's own loads, each for as long as the step says with `for`. */
export const sinkWord = someOf({
  load: z.optional(word(['1 A'], 'unknown-word', 'a sink of the bench')),
  preAlarm: z.optional(word(['1 A'], 'unknown-word', 'a sink of the bench')),
  charger: z.optional(word(['1 mA', '10 mA'], 'unknown-word', 'a sink of the bench')),
});
export type SinkWord = z.output<typeof sinkWord>;

export const shortWord = leaf<OutputSignal>(
  (input) => {
    if (input === 'charger') return { ok: true, value: input };
    const other = OUTPUTS.find((output) => output === input);
    if (other === undefined) return { ok: false, id: 'unknown-word', message: `${String(input)} is no output`, hint: 'short: charger' };
    return {
      ok: false,
      id: 'unprotected',
      message: `${other} is not proof against a short circuit`,
      hint: 'only charger is: short: charger',
    };
  },
  { enum: ['charger'] },
);
