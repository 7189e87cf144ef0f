import { expect } from 'chai';
import type { Prediction } from '../../scenarios/contracts/prediction.ts';
import { scenarioTime } from '../../scenarios/contracts/clocks.ts';
import type { Level, OutputSignal } from '../../scenarios/signals.ts';
import { floatLooks } from './plan-float-looks.ts';

const span = (signal: OutputSignal, from_s: number, to_s: number, ...levels: readonly Level[]) => ({
  signal,
  from_us: scenarioTime(from_s * 1e6),
  to_us: scenarioTime(to_s * 1e6),
  levels,
  rule: 'R16' as const,
  requirement: 'FLOATING' as const,
  certainty: 'I' as const,
});
const planned = (from_s: number, to_s: number, ...allowed: ReturnType<typeof span>[]) =>
  floatLooks({ allowed } as unknown as Prediction, from_s * 1e6, to_s * 1e6);

describe('looks at outputs that may float', () => {
  it('come every 0.6 s, at every phase of what oscillates, while one may', () => {
    const looks = planned(3, 10, span('load', 0, 12, 'high'), span('preAlarm', 0, 12, 'floating'));
    expect(looks).to.have.length(11);
    expect(looks.every(({ analogs }) => analogs.join() === 'preAlarmVoltage')).to.equal(true);
    const phases = new Set(looks.map(({ from_us }) => Math.round((from_us % 10_000) / 1_000)));
    expect(phases.size, 'of 10 ms').to.equal(10);
  });

  it('are of each output only while it need not be high', () => {
    const looks = planned(
      3,
      5,
      span('charger', 0, 4, 'high', 'floating'),
      span('charger', 4, 12, 'high'),
      span('load', 4.2, 12, 'floating'),
    );
    expect(looks.filter(({ from_us }) => from_us < 4e6).map(({ analogs }) => analogs.join())).to.deep.equal(
      Array(1).fill('chargerVoltage'),
    );
    expect(looks.filter(({ from_us }) => from_us > 4e6).map(({ analogs }) => analogs.join())).to.deep.equal(Array(2).fill('loadVoltage'));
  });

  it('are at most 200, however long the case', () => {
    expect(planned(3, 90_000, span('load', 0, 90_000, 'floating')).length).to.be.within(190, 200);
    expect(planned(3, 3.2, span('load', 0, 4, 'floating'))).to.deep.equal([]);
  });
});
