import { expect } from 'chai';
import { fixtureTicks, hostTime } from '../../scenarios/contracts/clocks.ts';
import type { ClockSample } from './clock-fit.ts';
import { BURST_PINGS, BURST_STEP_ms, PING_ms } from './link-timing.ts';
import { steadiness } from './steadiness.ts';
import { seeded } from './testing/random.ts';

const TICKS_per_ms = 2_000;
const SPAN_s = 38;

interface Clocks {
  /** ppm a minute. */
  readonly drift?: number;
  /** The host's clock, from the middle on. */
  readonly jump_ms?: number;
  /** Share of the pings, and of the answers, that are held up by 10 to 60 ms. */
  readonly held?: number;
}

/** Two bursts, a ping a second, a burst, over a bus with frames of 1 ms and a bridge that holds single answers back for 16 ms. */
const pings = (seed: number, { drift = 0, jump_ms = 0, held = 0 }: Clocks): readonly ClockSample[] => {
  const random = seeded(seed);
  const frame = (at_ms: number): number => Math.ceil(at_ms) + random() * 0.3 + (random() < held ? 10 + 50 * random() : 0);
  const step_ms = (at_ms: number): number => (at_ms > (SPAN_s * 1000) / 2 ? jump_ms : 0);
  const samples: ClockSample[] = [];
  const ping = (at_ms: number, latency_ms: number): void => {
    const stamped_ms = frame(at_ms) + 0.3;
    const received_ms = frame(stamped_ms + latency_ms);
    samples.push({
      sent_ms: hostTime(at_ms + step_ms(at_ms)),
      received_ms: hostTime(received_ms + step_ms(received_ms)),
      ticks: fixtureTicks(Math.floor(TICKS_per_ms * (stamped_ms + (drift / 60e9) * (stamped_ms ** 2 / 2 - stamped_ms * SPAN_s * 500)))),
    });
  };
  const burst = (from_ms: number): void => {
    for (let index = 0; index < BURST_PINGS; index += 1) ping(from_ms + index * BURST_STEP_ms, 2);
  };
  burst(0);
  burst(2_000);
  for (let at_ms = 3_000; at_ms < SPAN_s * 1000 - 200; at_ms += PING_ms) ping(at_ms, 16);
  burst(SPAN_s * 1000 - 120);
  return samples;
};

const SEEDS = Array.from({ length: 60 }, (_, index) => index + 1);
const found = (clocks: Clocks) =>
  SEEDS.map((seed) => {
    const { drift_per_ms, jump_ticks } = steadiness(pings(seed, clocks), TICKS_per_ms);
    return { drift_ppm: (drift_per_ms / TICKS_per_ms) * 1e6, jump_ms: jump_ticks / TICKS_per_ms };
  });

describe('steadiness of two clocks', () => {
  it('finds neither drift nor jump where there is none', () => {
    for (const { drift_ppm, jump_ms } of found({})) {
      expect(drift_ppm).to.be.below(120);
      expect(jump_ms).to.equal(0);
    }
  });

  for (const drift of [100, -200, 500, -2_000]) {
    it(`allows for a drift of ${drift} ppm a minute at both ends, and takes it for no jump`, () => {
      const atEnds_ppm = (Math.abs(drift) / 60) * (SPAN_s / 2);
      for (const { drift_ppm, jump_ms } of found({ drift })) {
        expect(drift_ppm).to.be.within(atEnds_ppm * 0.8, atEnds_ppm + 120);
        expect(jump_ms).to.equal(0);
      }
    });
  }

  for (const jump_ms of [5, -5, 33, -200]) {
    it(`sees a clock that jumps by ${jump_ms} ms`, () => {
      for (const { jump_ms: seen } of found({ jump_ms })) expect(seen).to.be.within(0.5, Math.abs(jump_ms));
    });
  }

  it('takes delays for no jump, not even where one transfer in five is held up', () => {
    for (const { jump_ms } of found({ held: 0.2 })) expect(jump_ms).to.equal(0);
  });

  it('takes delays for no jump where nearly every transfer is held up', () => {
    for (const held of [0.5, 0.8, 0.95, 1]) for (const { jump_ms } of found({ held })) expect(jump_ms, `${held} held up`).to.equal(0);
  });

  it('says nothing where there are too few pings', () => {
    expect(steadiness([], TICKS_per_ms)).to.deep.equal({ drift_per_ms: Infinity, jump_ticks: 0, unseen_ticks: Infinity });
    expect(steadiness(pings(1, {}).slice(0, 70), TICKS_per_ms).drift_per_ms).to.equal(Infinity);
  });
});
