/** The little grammar of moments: `5 s`, `load falls`, `step 3`, `trip + 0.5 s`, `end`. */

import { isSense, LEDS, OUTPUTS, SENSES } from '../signals.ts';
import type { LedSignal, OutputSignal, SenseLevel, SenseSignal } from '../signals.ts';
import { nearest, wordHint } from './nearest.ts';
import { readQuantity } from './quantity.ts';
import type { Range, Refusal } from './quantity.ts';
import type { RuleId } from '../rules.ts';

/** The longest time a scenario may speak of: a day. */
export const TIME_RANGE: Range = { min: 0, max: 86_400_000_000 };

export interface EdgeWords {
  readonly signal: SenseSignal;
  readonly level: SenseLevel;
}

export type Moment =
  | { readonly kind: 'time'; readonly at_us: number }
  | { readonly kind: 'edge'; readonly edge: EdgeWords; readonly delay_us: number }
  /** `step 3` (by number, from 1) or a step's name. */
  | { readonly kind: 'step'; readonly step: number | string; readonly delay_us: number }
  | { readonly kind: 'end' };

export type Parsed<T> = { readonly ok: true; readonly value: T } | ({ readonly ok: false } & Refusal);

/** What a step may be called: one lower-case word, hyphens allowed. */
export const STEP_NAME = /^[a-z][a-z0-9-]*$/u;
export const RESERVED_NAMES: readonly string[] = ['step', 'end', 'power', 'given', ...SENSES];

const OUTPUT_VERBS: Readonly<Record<string, SenseLevel>> = { rises: 'high', falls: 'notHigh' };
const LED_VERBS: Readonly<Record<string, SenseLevel>> = { lights: 'on', 'goes dark': 'off' };

export const isLed = (signal: SenseSignal): signal is LedSignal => (LEDS as readonly string[]).includes(signal);

const verbsOf = (signal: SenseSignal): Readonly<Record<string, SenseLevel>> => (isLed(signal) ? LED_VERBS : OUTPUT_VERBS);

/** Every edge that can be written, for hints and the JSON Schema. */
export const EDGE_WORDS: readonly string[] = [
  ...OUTPUTS.flatMap((signal: OutputSignal) => Object.keys(OUTPUT_VERBS).map((verb) => `${signal} ${verb}`)),
  ...LEDS.flatMap((signal) => Object.keys(LED_VERBS).map((verb) => `${signal} ${verb}`)),
];

/** The words for an edge, as an author writes them. */
export const edgeText = ({ signal, level }: EdgeWords): string => {
  const verb = Object.entries(verbsOf(signal)).find(([, each]) => each === level)?.[0] ?? level;
  return `${signal} ${verb}`;
};

const wrong = (id: RuleId, message: string, hint: string): { ok: false } & Refusal => ({ ok: false, id, message, hint });

export const readEdge = (input: unknown): Parsed<EdgeWords> => {
  const text = typeof input === 'string' ? input.trim().replaceAll(/\s+/gu, ' ') : '';
  const [signal = '', ...rest] = text.split(' ');
  if (text === '' || rest.length === 0)
    return wrong(
      'not-an-edge',
      `${typeof input === 'string' ? `"${input}"` : 'this'} is not an edge`,
      'e.g. preAlarm rises, ledRed lights',
    );
  if (!isSense(signal)) return wrong('unknown-signal', `"${signal}" is not a signal that has edges`, wordHint(signal, SENSES));
  const verbs = verbsOf(signal);
  const level = verbs[rest.join(' ')];
  if (level === undefined) {
    const own = Object.keys(verbs);
    return wrong('unknown-edge', `${signal} never "${rest.join(' ')}"`, `write ${own.map((verb) => `${signal} ${verb}`).join(' or ')}`);
  }
  return { ok: true, value: { signal, level } };
};

const readDelay = (text: string | undefined): Parsed<number> => {
  if (text === undefined) return { ok: true, value: 0 };
  return readQuantity(text, ['time'], TIME_RANGE);
};

/** Reads a moment; whether the step it names exists is for whoever knows the steps. */
export const readMoment = (input: unknown): Parsed<Moment> => {
  if (typeof input !== 'string' || /^[\s+.-]*\d/u.test(input)) {
    const time = readQuantity(input, ['time'], TIME_RANGE);
    return time.ok ? { ok: true, value: { kind: 'time', at_us: time.value } } : time;
  }
  const plus = input.indexOf('+');
  const base = (plus < 0 ? input : input.slice(0, plus)).trim();
  const delay = readDelay(plus < 0 ? undefined : input.slice(plus + 1).trim());
  if (!delay.ok) return delay;
  const delay_us = delay.value;
  if (base === 'end') {
    return plus < 0
      ? { ok: true, value: { kind: 'end' } }
      : wrong('not-a-moment', 'nothing comes after the end', 'write end, or lengthen the scenario with until');
  }
  const numbered = /^step (\d{1,6})$/u.exec(base);
  if (numbered !== null) return { ok: true, value: { kind: 'step', step: Number(numbered[1]), delay_us } };
  if (STEP_NAME.test(base) && !RESERVED_NAMES.includes(base)) return { ok: true, value: { kind: 'step', step: base, delay_us } };
  const first = base.split(/\s/u)[0] ?? '';
  if (isSense(first) || nearest(first, SENSES) !== undefined) {
    const edge = readEdge(base);
    return edge.ok ? { ok: true, value: { kind: 'edge', edge: edge.value, delay_us } } : edge;
  }
  return wrong('not-a-moment', `"${input}" is not a moment`, 'e.g. 5 s, step 3, preAlarm rises, step 3 + 0.5 s');
};
