import { expect } from 'chai';
import { shortLooks } from './plan-short-looks.ts';
import { at } from './testing/cases.ts';

const shorted = (for_ms: number) =>
  shortLooks([at('step-1', 4_000_000, { kind: 'pulse', changes: [{ signal: 'chargerShort', value: 'on' }], for_us: for_ms * 1e3 })]);
const delays_ms = (for_ms: number) => shorted(for_ms).map(({ when }) => (when.kind === 'afterEntry' ? when.delay_us / 1e3 : null));

describe('looks at a short of CHARGER', () => {
  it('are one soon after it closes and one before it opens: the voltage between two of the current', () => {
    expect(delays_ms(50)).to.deep.equal([4, 8, 12, 38, 42, 46]);
    expect(shorted(50).map(({ do: action }) => (action.kind === 'sample' ? action.analog : ''))).to.deep.equal([
      'sinkCurrent',
      'chargerVoltage',
      'sinkCurrent',
      'sinkCurrent',
      'chargerVoltage',
      'sinkCurrent',
    ]);
  });

  it('are one, or none, in a short that is over sooner', () => {
    expect(delays_ms(20)).to.deep.equal([8, 12, 16]);
    expect(delays_ms(10)).to.deep.equal([]);
  });

  it('are of nothing else', () => {
    const pulse = at('step-1', 4_000_000, { kind: 'pulse', changes: [{ signal: 'loadSink', value: '1A' }], for_us: 50_000 });
    expect(shortLooks([pulse])).to.deep.equal([]);
  });
});
