import { expect } from 'chai';
import { assert, constantFrom, integer, property } from 'fast-check';
import { DIMENSIONS, formatQuantity, readQuantity } from './quantity.ts';
import type { Dimension } from './quantity.ts';

const id = (input: unknown, dimension: Dimension = 'voltage', range?: { min: number; max: number }): string => {
  const result = readQuantity(input, [dimension], range);
  return result.ok ? `ok ${result.value}` : result.id;
};

describe('quantity', () => {
  const good: readonly [string, Dimension, number][] = [
    ['12.8 V', 'voltage', 12_800],
    ['2800 mV', 'voltage', 2_800],
    ['.5V', 'voltage', 500],
    ['30 s', 'time', 30_000_000],
    ['10 ms', 'time', 10_000],
    ['0.000001 s', 'time', 1],
    ['5 us', 'time', 5],
    ['5 µs', 'time', 5],
    ['5 μs', 'time', 5],
    ['1.5 min', 'time', 90_000_000],
    ['24 h', 'time', 86_400_000_000],
    ['-5 °C', 'temperature', -5_000],
    ['-5 degC', 'temperature', -5_000],
    ['1.1 mA', 'current', 1_100],
    ['1 A', 'current', 1_000_000],
    ['0.5 %', 'ratio', 5_000],
    ['  8   V ', 'voltage', 8_000],
    ['0 V', 'voltage', 0],
    ['-0 V', 'voltage', 0],
  ];
  for (const [text, dimension, value] of good) {
    it(`${text} is ${value}`, () => {
      const result = readQuantity(text, [dimension]);
      expect(result).to.include({ ok: true, value, dimension });
    });
  }

  it('a number alone is refused, with its unit as a hint', () => {
    expect(readQuantity(12.8, ['voltage'])).to.deep.equal({
      ok: false,
      id: 'bare-number',
      message: '12.8 has no unit',
      hint: 'write it with one, e.g. 12.8 V',
    });
    expect(id('12.8')).to.equal('bare-number');
    expect(id('-3', 'time')).to.equal('bare-number');
  });

  it('knows a unit from another dimension and from a slip of the shift key', () => {
    expect(id('3 s')).to.equal('wrong-unit');
    expect(id('3 MS', 'time')).to.equal('unknown-unit');
    expect(readQuantity('3 v', ['voltage'])).to.include({ id: 'unknown-unit', hint: 'did you mean 3 V?' });
    expect(id('3 parsec', 'time')).to.equal('unknown-unit');
  });

  it('refuses what is no quantity', () => {
    for (const input of ['', 'V', '12,8 V', '1e3 V', '1 2 V', '--1 V', 'twelve V', null, undefined, true, [], {}])
      expect(id(input), JSON.stringify(input)).to.equal('not-a-quantity');
    expect(readQuantity('12,8 V', ['voltage'])).to.have.property('hint', 'the decimal sign is a point, e.g. 12.8 V');
  });

  it('refuses what is finer than a base unit or beyond any range', () => {
    expect(id('2.8005 V')).to.equal('too-fine');
    expect(id('0.5 us', 'time')).to.equal('too-fine');
    expect(id('0.0000001 s', 'time')).to.equal('too-fine');
    expect(id('2.80000 V')).to.equal('ok 2800');
    expect(id('70.001 V', 'voltage', { min: 0, max: 70_000 })).to.equal('out-of-range');
    expect(id(`${'9'.repeat(400)} V`)).to.equal('out-of-range');
  });

  it('reads back every whole number of base units it writes', () => {
    assert(
      property(
        constantFrom(...(Object.keys(DIMENSIONS) as Dimension[])),
        integer({ min: -1_000_000_000, max: 1_000_000_000 }),
        (dimension, value) => {
          const text = formatQuantity(value, dimension);
          const result = readQuantity(text, [dimension]);
          // Very small values print with an exponent, which the language does not have.
          expect(text.includes('e') || (result.ok && result.value === value), text).to.equal(true);
        },
      ),
    );
  });
});
