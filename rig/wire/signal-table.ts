/** The canonical text of everything about signals and messages that host and firmware must agree on, and its hash as it stands in the hello. */

import { createHash } from 'node:crypto';
import { DRIVES, SENSES } from '../../scenarios/signals.ts';
import {
  ADC_CHANNELS,
  AUX_SELECT_PINS,
  BIAS_PINS,
  BIT_SIGNAL,
  CONTACT_LINES,
  CONTACT_SELECT_PINS,
  CONVERTER,
  CONVERTER_SELECT_PIN,
  DRIVE_BITS,
  NOMINAL_TICK_Hz,
  REMOTE_LINES,
  SENSE_PINS,
  SWITCH_LINES,
} from '../fixture/channels.ts';
import type { DriveBit } from '../fixture/channels.ts';
import { type Declaration, EVENTS, FIXTURE_MESSAGES, HOST_MESSAGES, WHEN_KINDS } from './messages.ts';

/** One line per message: which fields it has, how wide they are, which codes they may hold. */
const formsOf = (way: string, table: Readonly<Record<string, Declaration>>): readonly string[] =>
  Object.entries(table).map(([kind, { letter, fields }]) => `${way} ${kind} ${letter} ${JSON.stringify(fields)}`);

/** One line per drive bit, sense, converter output, analog channel and message, in wire order. */
export function signalTableText(): string {
  const drives = Object.entries(DRIVE_BITS).map(([name, bit]) => {
    const signal = BIT_SIGNAL[name as DriveBit];
    const drive = signal === null ? null : DRIVES[signal];
    return `drive ${bit} ${name} signal=${signal ?? 'fixture'} maxOn_ms=${drive?.maxOn_ms ?? 'none'} energetic=${drive?.energetic ?? false}`;
  });
  const senses = SENSES.map(
    (name, index) => `sense ${index} ${name} pin=${SENSE_PINS[name].pin} capture=${SENSE_PINS[name].capture ?? 'none'}`,
  );
  const converters = Object.entries(CONVERTER).map(
    ([name, { channel, fullScale_mV }]) => `converter ${channel} ${name} fullScale_mV=${fullScale_mV}`,
  );
  const channels = Object.entries(ADC_CHANNELS).map(
    ([name, { number, adc, aux, fullScale, unit, coarse }]) =>
      `analog ${number} ${name} adc=${adc} aux=${aux ?? 'none'} fullScale_${unit}=${fullScale} coarse=${coarse ?? 'none'}`,
  );
  const biases = Object.entries(BIAS_PINS).map(([name, pin]) => `bias ${name} pin=${pin}`);
  const contacts = Object.entries({ ...CONTACT_LINES, ...SWITCH_LINES, ...REMOTE_LINES }).map(([name, line]) => `contact ${line} ${name}`);
  const board = [
    `auxSelect ${AUX_SELECT_PINS.join(' ')}`,
    `converterSelect ${CONVERTER_SELECT_PIN}`,
    `contactSelect ${CONTACT_SELECT_PINS.join(' ')}`,
    `tick_Hz ${NOMINAL_TICK_Hz}`,
  ];
  const messages = [
    ...formsOf('to fixture', HOST_MESSAGES),
    ...formsOf('to host', FIXTURE_MESSAGES),
    ...formsOf('event', EVENTS),
    ...formsOf('when', WHEN_KINDS),
  ];
  return [...drives, ...senses, ...converters, ...channels, ...biases, ...contacts, ...board, ...messages].join('\n') + '\n';
}

/** First 32 bits of the text's SHA-256; `table` of the hello. */
export const signalTableHash = (): number => parseInt(createHash('sha256').update(signalTableText()).digest('hex').slice(0, 8), 16);
