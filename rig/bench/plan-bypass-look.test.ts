import { expect } from 'chai';
import { predict } from '../../firmware-ref/predict.ts';
import { suiteCases } from '../run/suites.ts';
import { planConfirmations } from './plan-confirmations.ts';

const lookOf = (asked: Parameters<typeof planConfirmations>[0]) =>
  planConfirmations(asked, predict(asked)).timeline.entries.filter(({ id }) => id.startsWith('confirm-bypass-'));

describe('the look at the bypass of the shunt', () => {
  it('is in every case of the suites in which nothing draws throughout, whole and in its order', () => {
    for (const asked of suiteCases('eol', 'regression').filter(({ attached }) => Object.keys(attached).length === 0))
      expect(
        lookOf(asked).map(({ id }) => id),
        asked.id,
      ).to.deep.equal(['before', 'close', 'closed', 'open', 'after'].map((name) => `confirm-bypass-${name}`));
  });

  it('hangs on an entry where the unit decides when anything else comes, ahead of the first ampere', () => {
    const [production] = suiteCases('eol');
    const entries = lookOf(production!);
    const sink = production!.timeline.entries.find(({ do: action }) => action.kind === 'pulse')!;
    for (const { when, bounds_us } of entries) {
      expect(when.kind).to.equal('afterEntry');
      expect(bounds_us[0]).to.be.below(sink.bounds_us[0]);
      expect(bounds_us[1] - bounds_us[0]).to.equal(sink.bounds_us[1] - sink.bounds_us[0]);
    }
  });
});
