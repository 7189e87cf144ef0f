import { expect } from 'chai';
import { EnergyOutlook } from './energy.ts';
import { after, afterEdge, at, POWERED, set, timeline } from './testing/cases.ts';

const PULSE = { kind: 'pulse', changes: [{ signal: 'loadSink', value: '1A' }], for_us: 20_000 } as const;
const low = at('low', 4_000_000, set({ pole4: 'open' }));
const mend = afterEdge('mend', low, ['preAlarm', 'high'], 3_000_000, 30_000_000, set({ pole4: 'closed' }));

/** Whether energy is near, within 1500 ms ahead and 100 ms behind; host time = scenario time in ms. */
const near = (outlook: EnergyOutlook, now_ms: number, passed: Readonly<Record<string, number>> = {}): boolean =>
  outlook.near({ now_ms, hostTimeOf: (at_us) => at_us / 1000, passed_ms: new Map(Object.entries(passed)) }, 1_500, 100);

describe('energy outlook', () => {
  it('knows a pulse at an instant from before it until after its end', () => {
    const outlook = new EnergyOutlook(timeline(9_000_000, [...POWERED, at('pulse', 4_000_000, PULSE)]));
    expect([2_400, 2_600, 4_010].map((now) => near(outlook, now))).to.deep.equal([false, true, true]);
    expect(near(outlook, 4_200), 'not heard of yet').to.equal(true);
    expect([4_110, 4_130].map((now) => near(outlook, now, { pulse: 4_000 }))).to.deep.equal([true, false]);
  });

  it('expects what hangs on an edge no sooner than its delay after the edge, however long that may take', () => {
    const outlook = new EnergyOutlook(timeline(50_000_000, [...POWERED, low, mend, after('pulse', mend, 2_000_000, PULSE)]));
    expect(near(outlook, 4_500, { low: 4_000 }), 'the edge may have come: 5 s to go').to.equal(false);
    expect(near(outlook, 30_000, { low: 4_000 })).to.equal(false);
    expect(near(outlook, 33_100, { low: 4_000, mend: 33_000 })).to.equal(false);
    expect(near(outlook, 33_700, { low: 4_000, mend: 33_000 })).to.equal(true);
  });

  it('is always prepared for a short delay after an edge that may come any moment', () => {
    const soon = afterEdge('pulse', low, ['preAlarm', 'high'], 50_000, 30_000_000, PULSE);
    const outlook = new EnergyOutlook(timeline(50_000_000, [...POWERED, low, soon]));
    expect(near(outlook, 2_000)).to.equal(false);
    for (const now of [3_000, 4_500, 33_000]) expect(near(outlook, now, now > 4_000 ? { low: 4_000 } : {}), `${now}`).to.equal(true);
  });

  it('takes a drive that is not a pulse to stay on for as long as the fixture allows', () => {
    const outlook = new EnergyOutlook(timeline(9_000_000, [...POWERED, at('on', 4_000_000, set({ chargerShort: 'on' }))]));
    expect([4_150, 4_250].map((now) => near(outlook, now, { on: 4_000 }))).to.deep.equal([true, false]);
  });
});
