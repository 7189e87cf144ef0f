import { expect } from 'chai';
import { scenarioTime } from '../../scenarios/contracts/clocks.ts';
import type { Sample, Stimulus } from '../../scenarios/contracts/trace.ts';
import { atAskedCurrent } from './sink-drop.ts';
import { at, timeline } from './testing/cases.ts';

const plan = timeline(10_000_000, [
  at('sink', 5_000_000, { kind: 'pulse', changes: [{ signal: 'loadSink', value: '1A' }], for_us: 16_000 }),
]);
const pulsed: Stimulus = {
  entry: 'sink',
  outcome: 'done',
  asked_us: scenarioTime(5_000_000),
  done_us: scenarioTime(5_000_000),
  ended_us: scenarioTime(5_016_000),
  uncertainty_us: 1.5,
};
const drop = (more: Partial<Sample> = {}): Sample => ({
  entry: 'drop',
  analog: 'loadDrop',
  at_us: scenarioTime(5_008_000),
  value: 300,
  unit: 'mV',
  uncertainty: 4,
  count: 16,
  ...more,
});
const drawn = (value: number, uncertainty: number): Sample => ({
  ...drop(),
  entry: 'confirm-sink-sink',
  analog: 'sinkCurrent',
  unit: 'uA',
  value,
  uncertainty,
});
const of = (samples: readonly Sample[], stimuli: readonly Stimulus[] = [pulsed]): Sample => atAskedCurrent(plan, stimuli, samples)[0]!;
/** What a resistance and a junction would have dropped at 1 A, from what they drop at another current. */
const truths = (value: number, drawn_A: number): readonly number[] => [value / drawn_A, value];

describe('a drop under a sink', () => {
  it('is that at the asked current, whatever the unit drops it in, and whichever way the sink is off', () => {
    for (const drawn_A of [0.98, 0.995, 1, 1.004, 1.02]) {
      for (const error_uA of [-8_000, 0, 8_000]) {
        const { value, uncertainty } = of([drop(), drawn(drawn_A * 1e6 + error_uA, 8_000)]);
        for (const measured of [296, 300, 304])
          for (const truth of truths(measured, drawn_A)) expect(Math.abs(truth - value), `${drawn_A} A`).to.be.at.most(uncertainty + 1e-9);
      }
    }
  });

  it('cannot be made good by a sink that draws too little: 0.296 V at 0.98 A are no drop surely below 0.300 V', () => {
    const bare = drop({ value: 295 });
    expect(bare.value + bare.uncertainty).to.be.below(300);
    const told = of([bare, drawn(980_000, 1_000)]);
    expect(told.value + told.uncertainty).to.be.above(300);
  });

  it('is as uncertain as the sink is by its parts where nothing told what it drew, or what told cannot be', () => {
    for (const others of [[], [drawn(400_000, 8_000)], [{ ...drawn(1_000_000, 1_000), least: 990_000 }]]) {
      const { uncertainty } = of([drop(), ...others]);
      expect(uncertainty).to.be.within(4 + 0.02 * 300, 4 + 0.022 * 300);
    }
  });

  it('is left as it is where no sink was on, or the fixture had let go of it', () => {
    const told = drawn(980_000, 1_000);
    expect(of([drop({ at_us: scenarioTime(5_017_000) }), told])).to.deep.equal(drop({ at_us: scenarioTime(5_017_000) }));
    expect(of([drop({ analog: 'preAlarmDrop' }), told])).to.deep.equal(drop({ analog: 'preAlarmDrop' }));
    expect(of([drop(), told], [{ ...pulsed, outcome: 'refused' }])).to.deep.equal(drop());
    expect(of([drop(), told], [{ ...pulsed, letGo_us: scenarioTime(5_007_000) }])).to.deep.equal(drop());
  });
});
