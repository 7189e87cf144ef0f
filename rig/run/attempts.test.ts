import { expect } from 'chai';
import { earlyAttempt, goodAttempt, lostAttempt, unprobedAttempt } from '../../reports/testing/runs.ts';
import type { CaseResult } from '../../reports/judge/result.ts';
import { attemptUpTo, isSpoilt } from './attempts.ts';

const broken: CaseResult = { ...lostAttempt.result };

/** The numbers of the attempts that were made where these are their results. */
const play = async (results: readonly CaseResult[], most: number, mayGoOn?: () => boolean): Promise<readonly number[]> =>
  attemptUpTo(
    most,
    async (attempt) => attempt,
    (attempt) => results[attempt - 1]!,
    mayGoOn,
  );

describe('another attempt', () => {
  it('is for what rig or link broke, and for nothing else', () => {
    expect(broken).to.include({ verdict: 'broken', blame: 'link' });
    expect(isSpoilt(broken)).to.equal(true);
    expect(isSpoilt({ ...broken, blame: 'rig' })).to.equal(true);
    for (const blame of ['unit', 'operator', 'scenario', null] as const)
      expect(isSpoilt({ ...broken, blame }), String(blame)).to.equal(false);
    for (const { result } of [goodAttempt, earlyAttempt, unprobedAttempt]) expect(isSpoilt(result), result.verdict).to.equal(false);
    expect(isSpoilt({ ...broken, verdict: 'inconclusive' }), 'a value at its limit is not measured until it passes').to.equal(false);
  });

  it('is not for a spoilt one that shows a difference of the unit all the same: a pass after it would hide that', () => {
    const [difference] = earlyAttempt.result.differences;
    expect(difference!.blame).to.equal('unit');
    expect(isSpoilt({ ...broken, differences: [difference!] })).to.equal(false);
    expect(isSpoilt({ ...broken, differences: [{ ...difference!, blame: 'rig' }] })).to.equal(true);
  });

  it('comes at most so often, ends with the first that is not spoilt, and every one is kept', async () => {
    const { result: good } = goodAttempt;
    expect(await play([broken, broken, broken, good], 3)).to.deep.equal([1, 2, 3]);
    expect(await play([broken, good, broken], 3)).to.deep.equal([1, 2]);
    expect(await play([good, broken], 3)).to.deep.equal([1]);
    expect(await play([broken, good], 1)).to.deep.equal([1]);
    expect(await play([broken, good], 3, () => false), 'stopped meanwhile').to.deep.equal([1]);
  });
});
