/** The shape of a bench file, declared once: it gives the type, the check and the JSON Schema. */

import { z } from 'zod';
import type { OptionalChannel } from '../../contracts/bench-file.ts';
import { ANALOG_SIGNALS, CONTACT_LIMIT_mOhm, DRIVES, SENSES } from '../../signals.ts';
import { commandWords } from './command-words.ts';
import { leaf, mapping, name, quantity, word } from '../fields.ts';

/** Only these may be absent: without the supply, a pole or a sense there is no bench. */
export const OPTIONAL_CHANNELS = [
  'remoteH',
  'remoteL',
  'loadSink',
  'preAlarmSink',
  'chargerSink',
  'chargerShort',
  ...ANALOG_SIGNALS,
] as const satisfies readonly OptionalChannel[];

const HOUR_us = 3_600e6;
const DAY_us = 86_400e6;
/** Both resistors of the fixture's own dividers. Source: ELECTRICS.md, "Outputs". */
export const DIVIDER_AS_BUILT = 16;
const DIVIDER_RANGE = { min: 14, max: 40 } as const;

const boardId = leaf<string>(
  (input) => {
    if (typeof input === 'string' && /^[0-9a-f]{8}$/iu.test(input)) return { ok: true, value: input.toUpperCase() };
    const quoted = typeof input === 'number' ? 'put it in quotes, so that YAML does not take it for a number' : '`rig ports` shows it';
    return { ok: false, id: 'not-a-board', message: 'the id of a board has eight hex digits', hint: quoted };
  },
  { type: 'string', pattern: '^[0-9A-Fa-f]{8}$', examples: ['1A2B3C4D'] },
);

const path = leaf<string>(
  (input) =>
    typeof input === 'string' && input.trim() !== ''
      ? { ok: true, value: input.trim() }
      : { ok: false, id: 'not-a-path', message: 'a path is expected here', hint: 'relative to this file, e.g. calibration.json' },
  { type: 'string', examples: ['calibration.json'] },
);

const divider = leaf<number>(
  (input) => {
    const match = typeof input === 'string' ? /^(\d+(?:\.\d+)?)\s*:\s*1$/u.exec(input.trim()) : null;
    const ratio = Number(match?.[1]);
    if (match !== null && ratio >= DIVIDER_RANGE.min && ratio <= DIVIDER_RANGE.max) return { ok: true, value: ratio };
    const message =
      match === null ? 'a divider is written as a ratio' : `${match[0]} is outside ${DIVIDER_RANGE.min} : 1 to ${DIVIDER_RANGE.max} : 1`;
    return { ok: false, id: match === null ? 'not-a-divider' : 'out-of-range', message, hint: 'e.g. "16 : 1"' };
  },
  { type: 'string', pattern: '^\\d+(\\.\\d+)?\\s*:\\s*1$', examples: ['16 : 1'] },
);

const ratings = mapping({
  supply: z.optional(quantity('voltage', { min: 8_000, max: DRIVES.supply.analog_mV.max }, 'the bench is never driven above')),
  'sink pulse': z.optional(quantity('time', { min: 1_000, max: DRIVES.loadSink.maxOn_ms * 1_000 }, 'longest pulse of a 1 A sink')),
  'charger short': z.optional(quantity('time', { min: 1_000, max: DRIVES.chargerShort.maxOn_ms * 1_000 }, 'longest short of CHARGER')),
});

const dividers = mapping({
  supply: z.optional(divider),
  load: z.optional(divider),
  preAlarm: z.optional(divider),
  charger: z.optional(divider),
});

/** A channel is there unless it is said to be absent; `present` may be written out. */
const channels = mapping(
  Object.fromEntries(
    OPTIONAL_CHANNELS.map((channel) => [channel, z.optional(word(['present', 'absent'], 'unknown-word', 'a state of a channel'))]),
  ),
);

const limits = mapping({
  contact: z.optional(quantity('resistance', { min: 1_000, max: CONTACT_LIMIT_mOhm }, 'force and sense contact of a terminal together')),
  calibration: z.optional(quantity('time', { min: DAY_us, max: 730 * DAY_us }, 'how long a calibration counts')),
  'self-test': z.optional(quantity('time', { min: HOUR_us, max: 31 * DAY_us }, 'how long a self-test counts')),
});

const SECOND_us = 1e6;
/** Programmers answer within seconds; what takes longer hangs. */
const unit = mapping({
  program: z.optional(
    mapping({
      command: commandWords,
      verify: z.optional(commandWords),
      timeout: z.optional(quantity('time', { min: SECOND_us, max: 600 * SECOND_us }, 'after which the programmer is ended, each time')),
    }),
  ),
});

const paths = leaf<readonly string[]>(
  (input) => {
    const list: unknown[] = Array.isArray(input) ? input : [input];
    if (list.length > 0 && list.every((one) => typeof one === 'string' && one.trim() !== '')) return { ok: true, value: list.map(String) };
    const hint = 'relative to this file, e.g. [golden.yaml]';
    return { ok: false, id: 'not-a-path', message: 'a path or a list of paths is expected here', hint };
  },
  { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' }, minItems: 1 }], examples: ['golden.yaml'] },
);

const defectName = leaf<string>(
  (input) =>
    typeof input === 'string' && /^[a-z0-9-]+$/u.test(input)
      ? { ok: true, value: input }
      : { ok: false, id: 'not-a-name', message: 'the name of a defect is expected here', hint: '`rig run --defect list` names them' },
  { type: 'string', pattern: '^[a-z0-9-]+$', examples: ['load-stuck-floating'] },
);

/** A golden unit has to pass, and a plug that is known to be bad has to fail on a signal. */
const verify = mapping({
  period: quantity('time', { min: HOUR_us, max: 31 * DAY_us }, 'how long a verification counts: a shift'),
  'golden unit': name('the golden unit', 'G-07'),
  scenarios: z.optional(paths),
  plug: mapping({
    id: name('the plug', 'P-01'),
    fails: word([...SENSES, ...ANALOG_SIGNALS], 'unknown-word', 'a signal'),
    defect: z.optional(defectName),
  }),
});

const MOST_MATINGS = 1_000_000;
const matings = leaf<number>(
  (input) =>
    typeof input === 'number' && Number.isInteger(input) && input >= 1 && input <= MOST_MATINGS
      ? { ok: true, value: input }
      : { ok: false, id: 'not-a-count', message: `a whole number from 1 to ${MOST_MATINGS} is expected here`, hint: 'e.g. 5000' },
  { type: 'integer', minimum: 1, maximum: MOST_MATINGS, examples: [5_000] },
);

/** When the connector to the unit is worn. */
const maintenance = mapping({
  matings: z.optional(matings),
  contact: z.optional(quantity('resistance', { min: 10, max: CONTACT_LIMIT_mOhm }, 'of any terminal, force and sense together')),
});

export const benchShape = mapping({
  bench: name('the bench', 'line 2, left'),
  board: boardId,
  station: z.optional(name('the station', 'hall 2')),
  slot: z.optional(name('the slot', 'left')),
  calibration: z.optional(path),
  ratings: ratings.default({}),
  dividers: dividers.default({}),
  channels: channels.default({}),
  limits: limits.default({}),
  unit: unit.default({}),
  verify: z.optional(verify),
  maintenance: z.optional(maintenance),
});

export type BenchContent = z.output<typeof benchShape>;
