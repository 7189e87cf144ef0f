import { expect } from 'chai';
import * as fc from 'fast-check';
import { fixtureTicks, hostTime, scenarioTime } from '../../scenarios/contracts/clocks.ts';
import { ClockSync, type Fit, ScenarioAxis, wireTicks } from './clock-fit.ts';
import { BURST_PINGS, BURST_STEP_ms, PING_ms } from './link-timing.ts';
import { seeded } from './testing/random.ts';

/** USB as the bench meets it: 1 ms frames, jitter, a latency timer towards the host, rare stalls; written again here, not taken from the simulated cable. */
const latencyModel = (random: () => number, latencyTimer_ms: number) => {
  const phase_ms = random();
  const frame = (at_ms: number): number =>
    Math.ceil(at_ms - phase_ms) + phase_ms + random() * 0.3 + (random() < 1 / 2000 ? 5 + 55 * random() : 0);
  let lastBack_ms = 0;
  return (sent_ms: number): { stamped_ms: number; received_ms: number } => {
    const stamped_ms = frame(sent_ms) + 0.3;
    lastBack_ms = Math.max(lastBack_ms, frame(stamped_ms + 0.02 + latencyTimer_ms));
    return { stamped_ms, received_ms: lastBack_ms };
  };
};

/** A warm-up, a case of `span_s` seconds with its pings, a closing burst; the rate is that of the middle. */
const fitOf = (
  seed: number,
  span_s: number,
  latencyTimer_ms: number,
  drift_ppm_per_min = 0,
): { fit: Fit; rate_ppm: number; atEnds_ppm: number } => {
  const random = seeded(seed);
  const rate_ppm = (random() * 2 - 1) * 5_000;
  const trip = latencyModel(random, latencyTimer_ms);
  const sync = new ClockSync(0);
  const firstTick = Math.floor(random() * 2 ** 32);
  sync.restart(firstTick);
  const origin_ms = 100 + random();
  const half_ms = (1_130 + span_s * 1000) / 2;
  const gain = drift_ppm_per_min / 60e9;
  let at_ms = origin_ms;
  const ticksOf = (after_ms: number): number => 2000 * (after_ms * (1 + rate_ppm / 1e6 - gain * half_ms) + (gain * after_ms ** 2) / 2);
  const ping = (): void => {
    const { stamped_ms, received_ms } = trip(at_ms);
    sync.add(hostTime(at_ms), hostTime(received_ms), (firstTick + Math.floor(ticksOf(stamped_ms - origin_ms))) % 2 ** 32);
  };
  const burst = (): void => {
    for (let i = 0; i < BURST_PINGS; i += 1, at_ms += BURST_STEP_ms) ping();
  };
  burst();
  at_ms += 900;
  burst();
  for (const end_ms = at_ms + span_s * 1000; at_ms < end_ms; at_ms += PING_ms) ping();
  if (span_s > 0) burst();
  return { fit: sync.fit(), rate_ppm, atEnds_ppm: gain * half_ms * 1e6 };
};

/** Bursts as a bench warms up by, until the fit may be planned with; how many that took, and by how much its rate is wrong. */
const warmUp = (seed: number, delay_ms: (random: () => number) => number): { bursts: number; error_ppm: number } => {
  const random = seeded(seed);
  const sync = new ClockSync();
  const rate_ppm = (random() * 2 - 1) * 5_000;
  let at_ms = 0;
  let lastBack_ms = 0;
  for (let bursts = 1; ; bursts += 1) {
    for (let i = 0; i < BURST_PINGS; i += 1, at_ms += BURST_STEP_ms) {
      const stamped_ms = at_ms + delay_ms(random);
      lastBack_ms = Math.max(lastBack_ms, stamped_ms + delay_ms(random));
      sync.add(hostTime(at_ms), hostTime(lastBack_ms), Math.floor(stamped_ms * 2_000 * (1 + rate_ppm / 1e6)) >>> 0);
    }
    if (bursts > 1 && (bursts === 40 || sync.plannable(hostTime(-1))))
      return { bursts, error_ppm: Math.abs(sync.fit().rate_ppm - rate_ppm) };
    at_ms += bursts === 1 ? 1_900 : 475;
  }
};

describe('clock fit', () => {
  for (const latencyTimer_ms of [1, 16])
    it(`measures 30 s to 5 ppm in each of 300 seeds, within its stated bound, with a latency timer of ${latencyTimer_ms} ms`, () => {
      for (let seed = 1; seed <= 300; seed += 1) {
        const { fit, rate_ppm } = fitOf(seed, 30, latencyTimer_ms);
        const error_ppm = Math.abs(fit.rate_ppm - rate_ppm);
        expect(error_ppm, `seed ${seed}`).to.be.at.most(5).and.at.most(fit.bound_ppm);
        expect(fit.bound_ppm, `seed ${seed}`).to.be.below(220);
      }
    });

  it('states a true bound from the first second on', () => {
    for (let seed = 1; seed <= 300; seed += 1)
      for (const span_s of [0, 1, 5]) {
        const { fit, rate_ppm } = fitOf(seed, span_s, 16);
        expect(Math.abs(fit.rate_ppm - rate_ppm), `seed ${seed}, ${span_s} s`).to.be.at.most(fit.bound_ppm);
      }
  });

  for (const drift of [50, 120, 300, -1_000])
    it(`states a bound that holds at any instant of a case, with a rate that runs away by ${drift} ppm a minute`, () => {
      for (let seed = 1; seed <= 40; seed += 1) {
        const { fit, rate_ppm, atEnds_ppm } = fitOf(seed, 36, 16, drift);
        for (const local_ppm of [rate_ppm - atEnds_ppm, rate_ppm, rate_ppm + atEnds_ppm])
          expect(Math.abs(fit.rate_ppm - local_ppm), `seed ${seed}`).to.be.at.most(fit.bound_ppm);
        expect(fit.bound_ppm, `seed ${seed}`).to.be.below(220 + 1.5 * Math.abs(atEnds_ppm));
      }
    });

  it('is not moved by one ping in ten that took a quarter of a second', () => {
    const random = seeded(5);
    const sync = new ClockSync(0);
    for (let i = 0; i < 400; i += 1) {
      const sent_ms = 1_000 + i * 80.3;
      const slow_ms = i % 10 === 0 ? 250 : 0;
      sync.add(hostTime(sent_ms), hostTime(sent_ms + 3 + slow_ms + random()), Math.floor((sent_ms + 0.5 + random() + slow_ms) * 2006));
    }
    expect(sync.fit().rate_ppm).to.be.closeTo(3_000, 3);
  });

  it('is not led astray by one late ping that came alone after the first bursts', () => {
    const random = seeded(6);
    for (const stall_ms of [0, 5, 20, 60]) {
      const sync = new ClockSync(0);
      const ping = (sent_ms: number, late_ms: number): void =>
        void sync.add(hostTime(sent_ms), hostTime(sent_ms + 19 + late_ms), Math.floor((sent_ms + 0.3 + random() + late_ms) * 2000));
      for (let i = 0; i < BURST_PINGS; i += 1) ping(1_000 + i * BURST_STEP_ms, 0);
      for (let i = 0; i < BURST_PINGS; i += 1) ping(2_000 + i * BURST_STEP_ms, 0);
      ping(3_100, 0);
      ping(4_085, stall_ms);
      expect(Math.abs(sync.fit().rate_ppm), `stalled for ${stall_ms} ms`).to.be.below(400).and.below(sync.fit().bound_ppm);
    }
  });

  describe('is good enough to plan by', () => {
    it('after two bursts over a sound link', () => {
      for (let seed = 1; seed <= 200; seed += 1) {
        const { bursts, error_ppm } = warmUp(seed, (random) => 1 + 1.3 * random());
        expect(bursts, `seed ${seed}`).to.equal(2);
        expect(error_ppm, `seed ${seed}`).to.be.below(250);
      }
    });

    it('only after more of them over a bridge that holds each transfer back by 30 to 40 ms', () => {
      for (let seed = 1; seed <= 100; seed += 1) {
        const { bursts, error_ppm } = warmUp(seed, (random) => 30 + 10 * random());
        expect(bursts, `seed ${seed}`).to.be.within(4, 18);
        expect(error_ppm, `seed ${seed}`).to.be.below(300);
      }
    });
  });

  it('adds the host oscillator to its bound', () => {
    const sync = new ClockSync(50);
    for (let i = 0; i < 40; i += 1) sync.add(hostTime(1_000 * i), hostTime(1_000 * i + 1), 2_000_000 * i + 1_000);
    expect(sync.fit().rate_ppm).to.be.closeTo(0, 0.5);
    expect(sync.fit().bound_ppm).to.be.within(50, 80);
  });

  it('claims nothing where it knows nothing', () => {
    const sync = new ClockSync(50);
    expect(sync.fit().bound_ppm).to.be.at.least(5_000);
    sync.add(hostTime(0), hostTime(2), 7);
    expect(sync.fit().bound_ppm).to.be.at.least(5_000);
    expect(sync.fit().samples).to.equal(1);
  });

  it('knows the tick of a host time to half a round trip, and back', () => {
    const { fit } = fitOf(9, 5, 1);
    const ticks = fit.ticksAt(hostTime(4_000));
    expect(fit.hostAt(ticks)).to.be.closeTo(4_000, 1e-3);
  });

  it('keeps the count of samples bounded and the rate right over a day', () => {
    const random = seeded(3);
    const sync = new ClockSync(0);
    for (let s = 0; s < 86_400; s += 1) {
      const sent_ms = s * 1000;
      sync.add(hostTime(sent_ms), hostTime(sent_ms + 2 + random()), Math.floor((sent_ms + 0.5 + random()) * 1990) % 2 ** 32);
    }
    expect(sync.samples.length).to.be.at.most(2_048);
    expect(sync.fit().rate_ppm).to.be.closeTo(-5_000, 0.1);
  });
});

describe('ticks', () => {
  it('are extended over the wrap of the 32-bit counter, forwards and a little backwards', () => {
    const sync = new ClockSync();
    sync.restart(0xffff_fff0);
    expect(sync.extend(0x10)).to.equal(2 ** 32 + 0x10);
    expect(sync.extend(0xffff_fff8)).to.equal(2 ** 32 - 8);
    expect(sync.extend(0x4000_0000)).to.equal(2 ** 32 + 0x4000_0000);
  });

  it('survive any walk with steps within 2^30 ticks', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 ** 32 - 1 }),
        fc.array(fc.integer({ min: 0, max: 2 ** 30 }), { maxLength: 50 }),
        (start, steps) => {
          const sync = new ClockSync();
          sync.restart(start);
          let truth = start;
          for (const step of steps) {
            truth += step;
            expect(sync.extend(truth % 2 ** 32)).to.equal(truth);
          }
          expect(wireTicks(fixtureTicks(truth))).to.equal(truth % 2 ** 32);
        },
      ),
    );
  });
});

describe('scenario axis', () => {
  it('puts an instant at its tick and back', () => {
    const axis = new ScenarioAxis(fixtureTicks(1_000_000), 2.01);
    expect(axis.ticksOf(scenarioTime(1_000_000))).to.equal(3_010_000);
    expect(axis.timeOf(fixtureTicks(3_010_000))).to.be.closeTo(1_000_000, 1e-6);
  });

  it('is led to the line of a better rate, by no more than 200 ppm', () => {
    const axis = new ScenarioAxis(fixtureTicks(0), 2).withRate(2.0002, scenarioTime(10_000_000)); // 100 ppm: 2 000 ticks off by then
    const ideal = new ScenarioAxis(fixtureTicks(0), 2.0002);
    const off = (at_us: number): number => axis.ticksOf(scenarioTime(at_us)) - ideal.ticksOf(scenarioTime(at_us));
    expect([10_000_000, 12_500_000, 15_000_000, 60_000_000].map(off)).to.deep.equal([-2_000, -1_000, 0, 0]);
  });

  it('never changes the order of instants when the rate improves between them', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ step_us: fc.integer({ min: 1, max: 5_000_000 }), rate: fc.integer({ min: 1_990_000, max: 2_010_000 }) }), {
          minLength: 2,
          maxLength: 30,
        }),
        (steps) => {
          let axis = new ScenarioAxis(fixtureTicks(0), 2);
          let at = scenarioTime(0);
          let last = axis.ticksOf(at);
          for (const { step_us, rate } of steps) {
            axis = axis.withRate(rate / 1e6, at);
            expect(axis.ticksOf(at)).to.equal(last);
            at = scenarioTime(at + step_us);
            expect(axis.ticksOf(at)).to.be.greaterThan(last);
            last = axis.ticksOf(at);
          }
        },
      ),
    );
  });
});
