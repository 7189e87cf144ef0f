import { expect } from 'chai';
import type { Difference } from '../judge/result.ts';
import { failedRecord } from '../testing/runs.ts';
import { drawnTogether, folded, summedUp } from './grouping.ts';

const attempt = failedRecord.cases.flatMap(({ attempts }) => attempts).find(({ result }) => result.differences.length > 0)!;
const [early] = attempt.result.differences;
const extra = (signal: string, at_s: number): Difference => ({
  ...early!,
  kind: 'extra',
  signal,
  expected: { level: null, earliest_us: null, latest_us: null },
  got: { level: 'on', at_us: at_s * 1e6, uncertainty_us: 1 },
  off_us: null,
  rule: 'R18',
});

describe('what belongs together on a page', () => {
  it('is differences of one signal in one view', () => {
    const list = [extra('ledBlue', 5), early!, extra('ledBlue', 12), extra('ledRed', 7)];
    expect(
      drawnTogether(list, attempt).map((group) => group.map(({ signal, got }) => `${signal} ${(got?.at_us ?? 0) / 1e6}`)),
    ).to.deep.equal([['ledBlue 5', 'ledBlue 12'], [`load ${early!.got!.at_us / 1e6}`], ['ledRed 7']]);
  });
  it('folds what follows away, unless there is nothing else', () => {
    const follows = { ...extra('load', 40), consequence: true };
    expect(folded([early!, follows])).to.deep.equal({ own: [early], following: [follows] });
    expect(folded([follows])).to.deep.equal({ own: [follows], following: [] });
  });
  it('sums up many doubts of one kind, and keeps a few as they are', () => {
    expect(
      summedUp([
        'step-1 never came.',
        'step-2 + 2 s never came.',
        'LOAD became high never came.',
        'No probe looked.',
        'step-1 never came.',
      ]),
    ).to.deep.equal(['step-1 never came (and 2 more like it).', 'No probe looked.']);
    expect(summedUp(['step-1 never came.', 'step-2 never came.'])).to.have.length(2);
    expect(
      summedUp([
        'a: the trace holds 0 values of x for m-1.',
        'b: the trace holds 0 values of y for m-2.',
        'c: the trace holds 0 values of z for m-3.',
      ]),
    ).to.have.length(1);
  });
});
