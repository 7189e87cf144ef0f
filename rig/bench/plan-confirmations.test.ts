import { expect } from 'chai';
import { predict } from '../../firmware-ref/predict.ts';
import { suiteCases } from '../run/suites.ts';
import { planConfirmations } from './plan-confirmations.ts';
import { at, caseOf, POWERED, timeline } from './testing/cases.ts';

const confirming = (end_us: number, ...more: ReturnType<typeof at>[]) => {
  const asked = caseOf(timeline(end_us, [...POWERED, ...more]));
  const planned = planConfirmations(asked, predict(asked));
  return planned.timeline.entries.filter(({ id }) => id.startsWith('confirm-'));
};

describe('confirming windows', () => {
  it('look at every output and the supply before the unit starts, once it has, and before the end', () => {
    const windows = confirming(6_000_000);
    const analogs = windows.map(({ do: action }) => (action.kind === 'sample' ? action.analog : ''));
    expect(analogs).to.include.members(['supplyVoltage', 'supplyCurrent', 'loadVoltage', 'preAlarmVoltage', 'chargerVoltage', 'loadDrop']);
    const starts = windows.map(({ bounds_us }) => bounds_us[0] / 1e6);
    expect(Math.min(...starts)).to.be.within(0.018, 0.055);
    expect(starts.some((start) => start > 3 && start < 3.2)).to.equal(true);
    expect(Math.max(...starts)).to.be.within(5.8, 5.996);
  });

  it('end before the case does, and there are none in one too short', () => {
    for (const { bounds_us } of confirming(3_060_000)) expect(bounds_us[1]).to.be.below(3_056_000);
    expect(confirming(20_000)).to.deep.equal([]);
  });

  it('keep away from windows and changes that have an instant of their own', () => {
    const own = at('measure-1', 3_050_000, { kind: 'sample', analog: 'supplyCurrent', count: 16 });
    for (const { id, bounds_us } of confirming(6_000_000, own)) expect(Math.abs(bounds_us[0] - 3_050_000), id).to.be.at.least(8_000);
  });

  it('try the bypass of the shunt once the unit has started, and leave it open; not where it has to stay closed', () => {
    const looks = confirming(6_000_000).filter(({ id }) => id.startsWith('confirm-bypass-'));
    expect(looks.map(({ do: action }) => (action.kind === 'set' ? action.bypass : action.kind))).to.deep.equal([
      'sample',
      'closed',
      'sample',
      'open',
      'sample',
    ]);
    const asked = { ...caseOf(timeline(6_000_000, POWERED)), attached: { load: { kind: 'resistor', resistance_mOhm: 100_000 } } } as const;
    const ids = planConfirmations(asked, predict(asked)).timeline.entries.map(({ id }) => id);
    expect(ids.some((id) => id.startsWith('confirm-'))).to.equal(true);
    expect(ids.filter((id) => id.startsWith('confirm-bypass-'))).to.deep.equal([]);
  });

  it('make no case longer, and are at most five a second in every case of the suites', () => {
    for (const asked of suiteCases('eol', 'regression').slice(0, 6)) {
      const { timeline: planned } = planConfirmations(asked, predict(asked));
      expect(planned.endBounds_us).to.deep.equal(asked.timeline.endBounds_us);
      const windows = planned.entries.length - asked.timeline.entries.length;
      expect(windows, asked.id).to.be.at.most(43 + 10 * (asked.timeline.endBounds_us[0] / 1e6));
      expect(windows, asked.id).to.be.greaterThan(0);
    }
  });
});
