import { expect } from 'chai';
import { inOrder, divergence_us } from './order.ts';
import type { Difference } from './result.ts';

const difference = (kind: Difference['kind'], signal: string, got_s: number | null, latest_s: number | null = null): Difference => ({
  kind,
  signal,
  expected: { level: 'high', earliest_us: null, latest_us: latest_s === null ? null : latest_s * 1e6 },
  got: got_s === null ? null : { level: 'high', at_us: got_s * 1e6, uncertainty_us: 1 },
  off_us: null,
  measured: null,
  rule: null,
  requirement: null,
  certainty: null,
  blame: 'unit',
  consequence: false,
  text: `${kind} ${signal}`,
});
const order = (list: readonly Difference[], low: readonly string[] = [], due: readonly string[] = []): readonly string[] =>
  inOrder(list, { notHigh: (output) => low.includes(output), wasDue: ({ signal }) => due.includes(signal) }).map(
    ({ text, consequence }) => `${text}${consequence ? ' (follows)' : ''}`,
  );

describe('the order of differences', () => {
  it('is that of leaving what is allowed, not of the edge that came in the end', () => {
    expect(divergence_us(difference('late', 'load', 9, 4))).to.equal(4e6);
    expect(
      order([difference('late', 'load', 9, 4), difference('extra', 'charger', 5), difference('missing', 'preAlarm', null, 3)]),
    ).to.deep.equal(['missing preAlarm', 'late load', 'extra charger']);
  });
  it('has what follows from others last', () => {
    expect(order([{ ...difference('extra', 'load', 1), consequence: true }, difference('late', 'load', 9, 4)])).to.deep.equal([
      'late load',
      'extra load (follows)',
    ]);
  });
  it('has a LED behind the output it shows, and only behind that', () => {
    const dark = difference('extra', 'ledBlue', 31);
    expect(order([dark, difference('missing', 'load', null, 35), difference('extra', 'charger', 33)])).to.deep.equal([
      'extra charger',
      'missing load',
      'extra ledBlue',
    ]);
    expect(order([dark, difference('extra', 'charger', 33)])).to.deep.equal(['extra ledBlue', 'extra charger']);
  });
  it('has what came when it was due, and went again without a cause, where it went; and behind an output that went at once', () => {
    const pulse = { ...difference('pulse', 'charger', 10.266), off_us: 75_600 };
    const [fell, dark] = [difference('extra', 'load', 10.342), difference('extra', 'ledRed', 10.3)];
    expect(order([pulse, fell, dark], [], ['charger'])).to.deep.equal(['extra ledRed', 'extra load', 'pulse charger']);
    expect(order([pulse, fell]), 'not due when it came').to.deep.equal(['pulse charger', 'extra load']);
    expect(order([pulse, difference('extra', 'load', 10.36)], [], ['charger']), 'not at once').to.deep.equal([
      'pulse charger',
      'extra load',
    ]);
    expect(order([pulse, { ...fell, consequence: true }], [], ['charger'])).to.deep.equal(['pulse charger', 'extra load (follows)']);
  });
  it('lets a drop across an output that was not high follow from that output', () => {
    const list = [difference('outOfLimit', 'chargerDrop', 8), difference('late', 'charger', 9, 7.5)];
    expect(order(list, ['charger'])).to.deep.equal(['late charger', 'outOfLimit chargerDrop (follows)']);
    expect(order([list[0]!, difference('late', 'charger', 9, 8.5)])).to.deep.equal(['outOfLimit chargerDrop', 'late charger']);
    expect(order([list[0]!], ['charger'])).to.deep.equal(['outOfLimit chargerDrop']);
  });
});
