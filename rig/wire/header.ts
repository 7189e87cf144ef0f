/** The text of the firmware's generated.h: messages, limits, pins and channels in C, derived from the same tables the host uses. */

import { DRIVES, OUTPUTS, SENSES } from '../../scenarios/signals.ts';
import {
  ADC_CHANNELS,
  AUX_SELECT_PINS,
  BIAS_PINS,
  BIT_SIGNAL,
  CONTACT_SELECT_PINS,
  CONVERTER,
  CONVERTER_SELECT_PIN,
  DRIVE_BITS,
  NOMINAL_TICK_Hz,
  SENSE_PINS,
} from '../fixture/channels.ts';
import type { DriveBit } from '../fixture/channels.ts';
import * as limits from './limits.ts';
import { hex } from './lines.ts';
import {
  END_REASON,
  EVENTS,
  EVENTS_LETTER,
  FIXTURE_MESSAGES,
  HOST_MESSAGES,
  REFUSAL,
  SAFE_REASON,
  STATE_BITS,
  VIA,
  WHEN_KINDS,
} from './messages.ts';
import type { Choice, Declaration, Field } from './messages.ts';
import { signalTableHash } from './signal-table.ts';

const upper = (name: string): string =>
  name
    .replace(/_[A-Za-z]+$/, '')
    .replace('mA', 'MA')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .toUpperCase();
const define = (name: string, value: string | number): string => `#define ${name} ${value}`;
const ticks = (us: number): string => `${Math.round((us * NOMINAL_TICK_Hz) / 1e6)}UL`;

/** One character per field: a width, `w` for `when`, `c` for `codes`. */
const signature = ({ fields }: Declaration): string =>
  Object.values(fields as Record<string, Field>)
    .map((field) => (field === 'when' ? 'w' : field === 'codes' ? 'c' : String(typeof field === 'number' ? field : field.width)))
    .join('');

/** Digits of a message whose fields have fixed widths. */
const digitsOf = ({ fields }: Declaration): number =>
  Object.values(fields as Record<string, Field>).reduce<number>((sum, field) => {
    if (typeof field === 'string') throw new RangeError(`An event has no field \`${field}\``);
    return sum + (typeof field === 'number' ? field : field.width);
  }, 0);

/** Slots a field takes once parsed: `when` its letter and up to four fields, `codes` a count and pairs. */
const WHEN_SLOTS = 5;
const slotsOf = (field: Field): number => (field === 'when' ? WHEN_SLOTS : field === 'codes' ? 1 + 2 * limits.MAX_CODES : 1);

function message(prefix: string, kind: string, declaration: Declaration, slots: boolean): string[] {
  const name = `${prefix}_${upper(kind)}`;
  const lines = [define(name, `'${declaration.letter}'`), define(`${name}_FIELDS`, `"${signature(declaration)}"`)];
  if (!slots) return lines;
  let slot = 0;
  for (const [field, width] of Object.entries(declaration.fields)) {
    lines.push(define(`SLOT_${upper(kind)}_${upper(field)}`, slot));
    slot += slotsOf(width);
  }
  return lines;
}

const messages = (prefix: string, table: Readonly<Record<string, Declaration>>, slots: boolean): string[] =>
  Object.entries(table).flatMap(([kind, declaration]) => message(prefix, kind, declaration, slots));

const choice = (prefix: string, { codes }: Choice): string[] =>
  Object.entries(codes).map(([name, code]) => define(`${prefix}_${upper(name)}`, code));

const signalOf = (bit: DriveBit) => {
  const signal = BIT_SIGNAL[bit];
  return signal === null ? null : DRIVES[signal];
};

function drives(): string[] {
  const bits = Object.entries(DRIVE_BITS) as [DriveBit, number][];
  const maskOf = (wanted: (bit: DriveBit) => boolean): string =>
    `0x${hex(
      bits.reduce((mask, [name, bit]) => (wanted(name) ? mask | (1 << bit) : mask), 0),
      4,
    )}U`;
  const limited = Object.entries(DRIVES).filter(([, drive]) => drive.maxOn_ms !== null);
  return [
    ...bits.map(([name, bit]) => define(`DRIVE_${upper(name)}`, `0x${hex(1 << bit, 4)}U`)),
    define(
      'DRIVE_ENERGETIC',
      maskOf((bit) => signalOf(bit)?.energetic ?? false),
    ),
    define(
      'DRIVE_REMOTE_H',
      maskOf((bit) => BIT_SIGNAL[bit] === 'remoteH'),
    ),
    define(
      'DRIVE_REMOTE_L',
      maskOf((bit) => BIT_SIGNAL[bit] === 'remoteL'),
    ),
    '/* X(mask, longest on-time in ticks): drives that may not stay on. */',
    define(
      'ON_TIME_LIMITS(X)',
      limited
        .map(([signal, drive]) => `X(${maskOf((bit) => BIT_SIGNAL[bit] === signal)}, ${ticks((drive.maxOn_ms ?? 0) * 1000)})`)
        .join(' '),
    ),
    define('ON_TIME_LIMIT_COUNT', limited.length),
  ];
}

function bitOnPort(pin: string, port: string): number {
  if (!new RegExp(`^P${port}[0-7]$`).test(pin)) throw new RangeError(`${pin} is not on port ${port}, where the firmware expects it`);
  return Number(pin[2]);
}

/** PL0 and PL1 are input captures. */
const CONTACT_SHIFT = 2;

function pins(): string[] {
  SENSES.forEach((sense, index) => {
    if (bitOnPort(SENSE_PINS[sense].pin, 'K') !== index) throw new RangeError(`sense ${index} (${sense}) must sit on PK${index}`);
  });
  AUX_SELECT_PINS.forEach((pin, index) => {
    if (bitOnPort(pin, 'G') !== index) throw new RangeError(`aux select ${index} must sit on PG${index}`);
  });
  CONTACT_SELECT_PINS.forEach((pin, index) => {
    if (bitOnPort(pin, 'L') !== index + CONTACT_SHIFT)
      throw new RangeError(`contact select ${index} must sit on PL${index + CONTACT_SHIFT}`);
  });
  return [
    ...SENSES.map((sense, index) => define(`SENSE_${upper(sense)}`, index)),
    define('SENSE_COUNT', SENSES.length),
    define('SENSE_MASK', `0x${hex(2 ** SENSES.length - 1, 2)}`),
    define('OUTPUT_COUNT', OUTPUTS.length),
    '/* X(mask on port H): bias switch of each output. */',
    define('BIAS_SWITCHES(X)', OUTPUTS.map((output) => `X(${1 << bitOnPort(BIAS_PINS[output], 'H')})`).join(' ')),
    define('AUX_SELECT_MASK', `0x${hex(2 ** AUX_SELECT_PINS.length - 1, 2)}`),
    define('CONTACT_SELECT_SHIFT', CONTACT_SHIFT),
    define('CONTACT_SELECT_MASK', `0x${hex((2 ** CONTACT_SELECT_PINS.length - 1) << CONTACT_SHIFT, 2)}`),
    define('CONVERTER_SELECT_BIT', bitOnPort(CONVERTER_SELECT_PIN, 'B')),
  ];
}

function channels(): string[] {
  const all = Object.entries(ADC_CHANNELS);
  all.forEach(([name, { number }], index) => {
    if (number !== index) throw new RangeError(`analog channel ${name} must have number ${index}`);
  });
  return [
    ...all.map(([name, { number }]) => define(`CHANNEL_${upper(name)}`, number)),
    define('CHANNEL_COUNT', all.length),
    define('AUX_NONE', '0xFF'),
    define('CHANNEL_NONE', '0xFF'),
    '/* X(ADC channel, position of the multiplexer in front of it, channel of the coarser range): by channel number. */',
    define(
      'ADC_CHANNELS(X)',
      all
        .map(
          ([, { adc, aux, coarse }]) =>
            `X(${adc}, ${aux ?? 'AUX_NONE'}, ${coarse === null ? 'CHANNEL_NONE' : ADC_CHANNELS[coarse].number})`,
        )
        .join(' '),
    ),
    ...Object.entries(CONVERTER).map(([name, { channel }]) => define(`CONVERTER_${upper(name)}`, channel)),
    define('CONVERTER_COUNT', Object.keys(CONVERTER).length),
  ];
}

/** The firmware's rounding makes rests longer by up to this. */
const REST_ROUNDING = 1.02;

const supplyCode = (mV: number): number => Math.ceil((mV * 65536) / CONVERTER.supply.fullScale_mV);

function sizes(): string[] {
  return [
    define('MAX_LINE_TO_FIXTURE', limits.MAX_LINE_TO_FIXTURE),
    define('MAX_LINE_TO_HOST', limits.MAX_LINE_TO_HOST),
    define('RX_RING', limits.RX_RING),
    define('QUEUE_ENTRIES', limits.QUEUE_ENTRIES),
    define('EVENT_RING', limits.EVENT_RING),
    define('EVENT_BYTES', limits.EVENT_BYTES),
    define('EVENT_GATHER', ticks(limits.EVENT_GATHER_ms * 1000)),
    define('EVENT_GATHER_MOST', limits.EVENT_GATHER_MOST),
    define('EDGE_HISTORY', limits.EDGE_HISTORY),
    define('DONE_HISTORY', limits.DONE_HISTORY),
    define('MAX_CODES', limits.MAX_CODES),
    define('MAX_SAMPLE', limits.MAX_SAMPLE),
    define('NONCE_OF_START', `0x${hex(limits.NONCE_OF_START, 4)}U`),
    define('BAUD_RATE', `${limits.BAUD}UL`),
    define('TICK_RATE', `${NOMINAL_TICK_Hz}UL`),
    define('ENTRY_ID_MAX', `0x${hex(limits.ENTRY_ID_MAX, 4)}U`),
    define('LATE_MARGIN', `${limits.LATE_MARGIN_ticks}L`),
    define('FAR_LIMIT', `${limits.FAR_ticks}L`),
    define('FIXTURE_LATENCY', `${limits.FIXTURE_LATENCY_ticks}L`),
    define('LATE_TOLERANCE', `${limits.LATE_TOLERANCE_ticks}L`),
    define('RAMP_STEP_MIN', `${limits.RAMP_STEP_MIN_ticks}UL`),
    define('PULSE_MIN', `${limits.PULSE_MIN_ticks}UL`),
    define('SILENT_ENERGETIC', ticks(limits.SILENT_ENERGETIC_ms * 1000)),
    define('SILENT', ticks(limits.SILENT_ms * 1000)),
    define('STRONG_SUPPLY', ticks(limits.STRONG_SUPPLY_ms * 1000)),
    define('BYPASS_LEAD', ticks(limits.BYPASS_LEAD_us)),
    define('BYPASS_LAG', ticks(limits.BYPASS_LAG_us)),
    define('BYPASS_DELAY_MIN', ticks(limits.BYPASS_DELAY_MIN_us)),
    define('PROBE_DELAY', ticks(limits.PROBE_DELAY_us)),
    define('PROBE_BIAS', ticks(limits.PROBE_BIAS_us)),
    define('PROBE_SETTLE', ticks(limits.PROBE_SETTLE_us)),
    define('CONTACT_SETTLE', ticks(limits.CONTACT_SETTLE_us)),
    define('CONTACT_CONVERSIONS', limits.CONTACT_CONVERSIONS),
    define('EDGE_PERSISTS', ticks(limits.EDGE_PERSISTS_us)),
    '/* Converter codes of the supply. */',
    define('EDGE_MASK_BELOW', `${supplyCode(limits.EDGE_MASK_BELOW_mV)}U`),
    define('SUPPLY_MOST', `${supplyCode(limits.SUPPLY_MOST_mV)}U`),
    define('REMOTE_MIN_SUPPLY', `${supplyCode(limits.REMOTE_MIN_SUPPLY_mV)}U`),
    define('REMOTE_SUPPLY_STANDS', ticks(limits.REMOTE_SUPPLY_STANDS_ms * 1000)),
    define('SHORT_REST', ticks(limits.SHORT_REST_ms * 1000)),
    define('SINK_BREAK', ticks(limits.SINK_BREAK_us)),
    '/* The rest after the longest pulse at the highest supply. */',
    define('SINK_REST_LONGEST', ticks((DRIVES.loadSink.maxOn_ms * DRIVES.supply.analog_mV.max * REST_ROUNDING) / limits.SINK_REST_W)),
    '/* A sink rests for on-time x supply code / this: 1 A x supply / rest power. */',
    define('SINK_REST_DIVISOR', `${Math.round((limits.SINK_REST_W * 1000 * 65536) / CONVERTER.supply.fullScale_mV)}UL`),
  ];
}

const section = (title: string, lines: readonly string[]): string[] => ['', `/* ${title} */`, ...lines];

/** The whole header. */
export function headerText(): string {
  return [
    '/* What host and fixture share. Written by npm run generate: do not edit. */',
    '#pragma once',
    '',
    define('PROTOCOL_VERSION', limits.PROTOCOL_VERSION),
    define('SIGNAL_TABLE_HASH', `0x${hex(signalTableHash(), 8)}UL`),
    ...section(
      'Host to fixture: letter, width of each field (w = when, c = codes), slot of each field once parsed.',
      messages('HOST', HOST_MESSAGES, true),
    ),
    ...section('When: letter, widths of its fields.', messages('WHEN', WHEN_KINDS, false)),
    ...section('Fixture to host.', [...messages('REPLY', FIXTURE_MESSAGES, false), define('REPLY_EVENTS', `'${EVENTS_LETTER}'`)]),
    ...section('Events.', [
      ...Object.keys(EVENTS).map((kind, index) => define(`EVENT_${upper(kind)}`, index)),
      '/* X(letter, digits): by number of the kind. */',
      define(
        'EVENT_TABLE(X)',
        Object.values(EVENTS)
          .map((event) => `X('${event.letter}', ${digitsOf(event)})`)
          .join(' '),
      ),
    ]),
    ...section('Codes.', [
      ...choice('REFUSED', REFUSAL),
      ...choice('VIA', VIA),
      ...choice('SAFE', SAFE_REASON),
      ...choice('ENDED', END_REASON),
    ]),
    ...Object.entries(STATE_BITS).map(([name, bit]) => define(`STATE_${upper(name)}`, `0x${hex(1 << bit, 2)}`)),
    ...section('Sizes, and times in ticks.', sizes()),
    ...section('Drive word.', drives()),
    ...section('Pins.', pins()),
    ...section('Analog.', channels()),
    '',
  ].join('\n');
}
