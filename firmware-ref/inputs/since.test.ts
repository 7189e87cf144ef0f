import { expect } from 'chai';
import type { Wait } from '../rules/rule.ts';
import type { Segment } from './segments.ts';
import { earliestSince, type Reason } from './since.ts';

interface Told extends Reason {
  readonly trips: boolean;
}
const segment = (entry: string | null, at_us: number, pole1: readonly [string, number] | null = null): Segment =>
  ({
    cause: entry === null ? null : { kind: 'entry', entry },
    cause_us: at_us,
    from_us: [at_us, at_us + 10],
    tolerance_us: 3,
    pole1_us: pole1 === null ? [-Infinity, -Infinity] : [pole1[1], pole1[1] + 10],
    pole1Entry: pole1?.[0] ?? null,
  }) as unknown as Segment;
const reason = (of: Segment, trips = false, alone = false): Told => ({ segment: of, alone, trips });
const since = (reasons: readonly Told[], wait: Wait | null = null) => earliestSince(reasons, ({ trips }) => trips, wait);
const wait = (from_us: number, ref: Wait['ref'] = { kind: 'observed', seq: 7 }): Wait =>
  ({ from_us, ref, ref_us: from_us }) as unknown as Wait;

describe('since when an edge of LOAD can have had its reason', () => {
  it('is the first of its reasons, with what it is counted from', () => {
    expect(since([reason(segment('late', 9e6)), reason(segment('soon', 4e6))])).to.deep.equal({
      at_us: 4e6,
      cause: { kind: 'entry', entry: 'soon' },
      cause_us: 4e6,
      tolerance_us: 3,
    });
    expect(since([])).to.equal(null);
  });

  it('is not known where one of them is bound to no instant', () => {
    expect(since([reason(segment('soon', 4e6)), reason(segment('free', 5e6), false, true)])).to.equal(null);
    expect(since([reason(segment(null, 0)), reason(segment('soon', 4e6))])).to.equal(null);
  });

  it('is, of a trip, the low cell or the rise of PRE-ALARM, whichever came later', () => {
    const trip = reason(segment('poles', 4e6, ['low', 4e6]), true);
    expect(since([trip], wait(5e6))).to.deep.include({ at_us: 5e6, cause: { kind: 'observed', seq: 7 } });
    expect(since([trip], wait(3e6))).to.deep.include({ at_us: 4e6, cause: { kind: 'entry', entry: 'low' } });
    expect(since([trip], null)).to.deep.include({ at_us: 4e6, cause: { kind: 'entry', entry: 'low' } });
  });

  it('is not known of a trip with neither', () => {
    expect(since([reason(segment('poles', 4e6), true)], null)).to.equal(null);
    expect(since([reason(segment('poles', 4e6), true)], wait(5e6, null))).to.equal(null);
  });
});
