/** Rules on which keys stand together, judged on the keys as written, whatever their values are. */

import { SENSES } from '../../signals.ts';
import type { StepOrigin } from '../reuse/repeat.ts';
import { BANK_WORDS, STIMULUS_WORDS, TIME_WORDS, step } from '../shape.ts';
import { atKey, atValue } from './finding.ts';
import type { Finding } from './finding.ts';

type Raw = Readonly<Record<string, unknown>>;
const isRaw = (value: unknown): value is Raw => typeof value === 'object' && value !== null && !Array.isArray(value);

const items = (raw: Raw, key: string): readonly { readonly item: Raw; readonly index: number }[] => {
  const list = raw[key];
  if (!Array.isArray(list)) return [];
  return list.flatMap((item: unknown, index) => (isRaw(item) ? [{ item, index }] : []));
};

const present = (item: Raw, keys: readonly string[]): readonly string[] => Object.keys(item).filter((key) => keys.includes(key));

const hasAny = (item: Raw, keys: readonly string[]): boolean => keys.some((key) => Object.hasOwn(item, key));

const steps = (raw: Raw, origins: readonly StepOrigin[]): readonly Finding[] =>
  items(raw, 'steps').flatMap(({ item, index }) => {
    const path = ['steps', index];
    const label = `step ${origins[index]?.number ?? index + 1}`;
    const times = present(item, TIME_WORDS);
    // A key that nobody knows was meant to be the one that lacks: that mistake is told already.
    const misspelt = Object.keys(item).some((key) => !Object.hasOwn(step.shape, key));
    const found: Finding[] = [];
    const acts = hasAny(item, STIMULUS_WORDS);
    if ('every' in item && !('times' in item))
      found.push(atKey('missing-key', [...path, 'every'], `${label} does not say how often`, 'add times: 3'));
    if ('times' in item && !('every' in item))
      found.push(atKey('stray-key', [...path, 'times'], '"times" only goes with "every"', 'add every: 10 s'));
    if (times.length === 0 && !('every' in item) && !misspelt)
      found.push(atValue('no-time', path, `${label} says nothing about when`, 'give it one of at, after, wait, every'));
    for (const extra of times.slice(1)) {
      found.push(atKey('two-times', [...path, extra], `${label} has both "${times[0]}" and "${extra}"`, 'keep one of at, after, wait'));
    }
    if (!times.includes('after')) {
      for (const stray of present(item, ['delay', 'timeout'])) {
        found.push(atKey('stray-key', [...path, stray], `"${stray}" only goes with "after"`, 'use at or wait alone'));
      }
    }
    if ('for' in item && !acts && !misspelt)
      found.push(atKey('stray-key', [...path, 'for'], `${label} has nothing to take back`, 'for: goes with what is to last so long'));
    if (!acts && !('name' in item) && !misspelt) {
      const hint = `give it one of ${STIMULUS_WORDS.join(', ')}, or a name to mark the instant`;
      found.push(atValue('empty-step', path, `${label} does nothing`, hint));
    }
    return found;
  });

const kind = (word: string): 'bank' | 'poles' => (word === 'poles' ? 'poles' : 'bank');

/** Every place where the scenario speaks of the bank or of the poles, in the order of the file. */
const speaks = (raw: Raw): readonly { readonly path: (string | number)[]; readonly kind: 'bank' | 'poles' }[] => {
  const words = [...BANK_WORDS, 'poles'];
  const given = isRaw(raw['given']) ? raw['given'] : {};
  return [
    ...present(given, words).map((word) => ({ path: ['given', word], kind: kind(word) })),
    ...items(raw, 'steps').flatMap(({ item, index }) =>
      present(item, words).map((word) => ({ path: ['steps', index, word], kind: kind(word) })),
    ),
  ];
};

const oneVoice = (raw: Raw): readonly Finding[] => {
  const all = speaks(raw);
  const first = all[0];
  const other = all.find(({ kind }) => kind !== first?.kind);
  if (first === undefined || other === undefined) return [];
  const [said, now] = [first.path.at(-1), other.path.at(-1)];
  const hint = 'a scenario speaks either of the bank (cells, temperature, cable, battery) or of poles';
  return [atKey('bank-and-poles', other.path, `"${now}" does not go with "${said}" used earlier`, hint)];
};

const MOMENT_WORDS = ['at', 'from', 'to'];

const expectations = (raw: Raw): readonly Finding[] =>
  items(raw, 'expect').flatMap(({ item, index }) => {
    const path = ['expect', index];
    if ('edge' in item) {
      if (hasAny(item, ['not before', 'within'])) return [];
      return [atValue('no-limit', path, 'an edge without a limit demands nothing', 'add not before: or within:')];
    }
    if ('in this order' in item) {
      const list = item['in this order'];
      if (!Array.isArray(list) || list.length > 1) return [];
      const message = `${list.length === 0 ? 'no edge' : 'one edge alone'} has no order`;
      return [atValue('no-order', [...path, 'in this order'], message, 'name two edges or more, e.g. [preAlarm rises, load falls]')];
    }
    if ('never' in item || 'eventually' in item) return [];
    const moments = present(item, MOMENT_WORDS);
    // What was to be expected may stand there misspelt: that is told already.
    const misspelt = Object.keys(item).length > moments.length;
    if (hasAny(item, SENSES) || moments.length === 0 || misspelt) return [];
    return [atValue('nothing-expected', path, 'this line expects nothing', `name a signal and its level: ${SENSES.join(', ')}`)];
  });

/** Which sink goes with which drop. */
const SINKS: Readonly<Record<string, readonly string[]>> = { loadDrop: ['1 A'], preAlarmDrop: ['1 A'], chargerDrop: ['1 mA', '10 mA'] };

const measurements = (raw: Raw): readonly Finding[] =>
  items(raw, 'measure').flatMap(({ item, index }) => {
    const path = ['measure', index];
    const found: Finding[] = [];
    if (!hasAny(item, ['low', 'high']))
      found.push(atValue('no-limit', path, 'a measurement without a limit demands nothing', 'add low: or high:'));
    const { sink, what } = item;
    // Anything but two words is refused by the shape.
    if (typeof sink === 'string' && typeof what === 'string' && !(SINKS[what] ?? []).includes(sink)) {
      const fits = Object.entries(SINKS).map(([drop, sinks]) => `${drop} with ${sinks.join(' or ')}`);
      found.push(atValue('wrong-sink', [...path, 'sink'], `${what} is not measured with a sink of ${sink}`, fits.join(', ')));
    }
    return found;
  });

/** All findings on a file's raw value; anything but a mapping has none. */
export const structureFindings = (value: unknown, origins: readonly StepOrigin[] = []): readonly Finding[] =>
  isRaw(value) ? [...steps(value, origins), ...oneVoice(value), ...expectations(value), ...measurements(value)] : [];
