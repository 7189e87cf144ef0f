/** Values with units: which units each dimension has, and how `2.8 V` becomes an exact integer of the base unit. */

import type { RuleId } from '../rules.ts';

export type Dimension = 'voltage' | 'current' | 'time' | 'temperature' | 'ratio' | 'resistance' | 'inductance';

/** What is wrong with a value, before it has a place. */
export interface Refusal {
  readonly id: RuleId;
  readonly message: string;
  readonly hint: string;
  /** The value belongs to another form of what is written here. */
  readonly elsewhere?: true;
}

export interface Range {
  readonly min: number;
  readonly max: number;
}

interface DimensionDeclaration {
  /** The unit written in hints and messages. */
  readonly usual: string;
  readonly example: string;
  /** Base units in one of each unit. */
  readonly units: Readonly<Record<string, number>>;
}

/** Base units: mV, uA, us, m°C (thousandths of a degree), ppm, mOhm, uH. */
export const DIMENSIONS: Readonly<Record<Dimension, DimensionDeclaration>> = {
  voltage: { usual: 'V', example: '12.8 V', units: { V: 1_000, mV: 1 } },
  current: { usual: 'mA', example: '2.2 mA', units: { A: 1_000_000, mA: 1_000, uA: 1, µA: 1, μA: 1 } },
  time: {
    usual: 's',
    example: '30 s',
    units: { s: 1_000_000, ms: 1_000, us: 1, µs: 1, μs: 1, min: 60_000_000, h: 3_600_000_000, d: 86_400_000_000 },
  },
  temperature: { usual: '°C', example: '25 °C', units: { '°C': 1_000, degC: 1_000, '\u2103': 1_000 } },
  ratio: { usual: '%', example: '5 %', units: { '%': 10_000, ppm: 1 } },
  resistance: {
    usual: 'Ohm',
    example: '24 Ohm',
    units: {
      Ohm: 1_000,
      kOhm: 1_000_000,
      MOhm: 1_000_000_000,
      mOhm: 1,
      Ω: 1_000,
      kΩ: 1_000_000,
      MΩ: 1_000_000_000,
      '\u2126': 1_000,
      'k\u2126': 1_000_000,
      'M\u2126': 1_000_000_000,
    },
  },
  inductance: { usual: 'H', example: '0.3 H', units: { H: 1_000_000, mH: 1_000, uH: 1, µH: 1 } },
};

/** Signs that look like another of the same meaning (the ohm sign and the letter omega): both are read, one is enough in a hint. */
const TWINS = /[µμ\u2103\u2126]/u;

const NUMBER = String.raw`[+-]?(?:\d+(?:\.\d+)?|\.\d+)`;
const QUANTITY = new RegExp(String.raw`^(${NUMBER})\s*([^\s\d.,+-]\S*)$`, 'u');
const BARE = new RegExp(`^${NUMBER}$`, 'u');

export type QuantityResult = { readonly ok: true; readonly value: number } | ({ readonly ok: false } & Refusal);

const refused = (id: RuleId, message: string, hint: string): QuantityResult => ({ ok: false, id, message, hint });

const BY_UNIT: ReadonlyMap<string, Dimension> = new Map(
  (Object.keys(DIMENSIONS) as Dimension[]).flatMap((dimension) =>
    Object.keys(DIMENSIONS[dimension].units).map((unit) => [unit, dimension]),
  ),
);

/** `1.5e3`-free text of a count of base units in the dimension's usual unit: 2800 mV -> `2.8 V`. */
export const formatQuantity = (value: number, dimension: Dimension): string => {
  const { usual, units } = DIMENSIONS[dimension];
  return `${value / (units[usual] ?? 1)} ${usual}`;
};

/** Digits times base units per unit, in whole base units; null where the value is finer than one of them. */
const scaled = (digits: string, factor: number): number | null => {
  const point = digits.indexOf('.');
  const decimals = point < 0 ? 0 : digits.length - point - 1;
  const whole = Number(digits.replace('.', ''));
  const numerator = whole * factor;
  const denominator = 10 ** decimals;
  if (!Number.isSafeInteger(numerator) || decimals > 15) return Number(digits) * factor > Number.MAX_SAFE_INTEGER ? Infinity : null;
  return numerator % denominator === 0 ? numerator / denominator + 0 : null;
};

/** Reads `12.8 V` as 12800. `allowed` names the dimensions that fit here, the first of them is the one hints use. */
export const readQuantity = (
  input: unknown,
  allowed: readonly Dimension[],
  range?: Range,
): QuantityResult & { readonly dimension?: Dimension } => {
  const wanted = allowed[0] ?? 'ratio';
  const { usual, example } = DIMENSIONS[wanted];
  if (typeof input === 'number' && !Number.isFinite(input)) {
    return refused('not-a-quantity', `${input} is not a value with a unit`, `e.g. ${example}`);
  }
  if (typeof input === 'number' || (typeof input === 'string' && BARE.test(input.trim()))) {
    return refused('bare-number', `${String(input).trim()} has no unit`, `write it with one, e.g. ${String(input).trim()} ${usual}`);
  }
  if (typeof input !== 'string') return refused('not-a-quantity', 'a value with a unit is expected here', `e.g. ${example}`);
  const match = QUANTITY.exec(input.trim());
  if (match === null) {
    const comma = /^[+-]?\d+,\d+/u.test(input.trim()) ? 'the decimal sign is a point, ' : '';
    return refused('not-a-quantity', `"${input}" is not a value with a unit`, `${comma}e.g. ${example}`);
  }
  const [, digits = '', unit = ''] = match;
  const dimension = BY_UNIT.get(unit);
  if (dimension === undefined) {
    const known = allowed.flatMap((each) => Object.keys(DIMENSIONS[each].units).filter((name) => !TWINS.test(name)));
    const meant = known.find((name) => name.toLowerCase() === unit.toLowerCase());
    return refused(
      'unknown-unit',
      `"${unit}" is not a unit`,
      meant === undefined ? `units here: ${known.join(', ')}` : `did you mean ${digits} ${meant}?`,
    );
  }
  if (!allowed.includes(dimension)) {
    return refused('wrong-unit', `${input.trim()} is a ${dimension}, a ${allowed.join(' or ')} is expected here`, `e.g. ${example}`);
  }
  const value = scaled(digits, DIMENSIONS[dimension].units[unit] ?? 1);
  if (value === null)
    return refused('too-fine', `${input.trim()} is finer than the bench can do`, `the finest step is ${FINEST[dimension]}`);
  if (range !== undefined && (value < range.min || value > range.max)) {
    const [min, max] = [formatQuantity(range.min, dimension), formatQuantity(range.max, dimension)];
    return refused('out-of-range', `${input.trim()} is outside ${min} to ${max}`, `use a value from ${min} to ${max}`);
  }
  if (!Number.isFinite(value)) return refused('out-of-range', `${input.trim()} is too large`, `e.g. ${example}`);
  return { ok: true, value, dimension };
};

const FINEST: Readonly<Record<Dimension, string>> = {
  voltage: '1 mV',
  current: '1 uA',
  time: '1 us',
  temperature: '0.001 °C',
  ratio: '1 ppm',
  resistance: '1 mOhm',
  inductance: '1 uH',
};
