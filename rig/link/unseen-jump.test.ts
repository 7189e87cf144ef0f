import { expect } from 'chai';
import { hostTime } from '../../scenarios/contracts/clocks.ts';
import { ClockSync, type Fit } from './clock-fit.ts';
import { BURST_PINGS, BURST_STEP_ms, PING_ms } from './link-timing.ts';
import { seeded } from './testing/random.ts';

interface Link {
  readonly span_s: number;
  /** Share of the transfers that are held up by 10 to 60 ms. */
  readonly held: number;
  /** For how long the bridge keeps a single answer; null: up to 16 ms, as it happens. */
  readonly keeps_ms: number | null;
}

/** Two bursts, a ping a second, a burst, by a host whose clock jumps; its rate against true time is 1. */
const fitOf = (seed: number, { span_s, held, keeps_ms }: Link, jump: { readonly at_s: number; readonly by_ms: number }) => {
  const random = seeded(seed);
  const rate_ppm = (random() * 2 - 1) * 5_000;
  const phase_ms = random();
  const frame = (at_ms: number): number =>
    Math.ceil(at_ms - phase_ms) + phase_ms + random() * 0.3 + (random() < held ? 10 + 50 * random() : 0);
  const shown = (true_ms: number) => hostTime(true_ms + (true_ms > jump.at_s * 1000 ? jump.by_ms : 0));
  const sync = new ClockSync(0);
  let back_ms = 0;
  const ping = (at_ms: number, keeps: number): void => {
    const stamped_ms = frame(at_ms) + 0.3;
    back_ms = Math.max(back_ms, frame(stamped_ms + keeps));
    sync.add(shown(at_ms), shown(back_ms), Math.floor(2_000 * (1 + rate_ppm / 1e6) * stamped_ms) >>> 0);
  };
  const burst = (from_ms: number): void => {
    for (let index = 0; index < BURST_PINGS; index += 1) ping(from_ms + index * BURST_STEP_ms, 2);
  };
  burst(0);
  burst(2_000);
  for (let at_ms = 3_000; at_ms < span_s * 1000 - 200; at_ms += PING_ms) ping(at_ms, keeps_ms ?? 16 * random());
  burst(span_s * 1000 - 120);
  return { fit: sync.fit(), rate_ppm };
};

const LINKS: readonly Link[] = [
  { span_s: 38, held: 0, keeps_ms: 16 },
  { span_s: 38, held: 0.2, keeps_ms: 16 },
  { span_s: 38, held: 0.2, keeps_ms: null },
  { span_s: 38, held: 0.5, keeps_ms: 16 },
  { span_s: 15, held: 0.1, keeps_ms: null },
  { span_s: 8, held: 0, keeps_ms: 16 },
];
const SIZES_ms = [1, 2, 4, 8, 15, 25, 40, 60, 100, 200].flatMap((size) => [size, -size]);
const SEEDS = [1, 4, 6, 10];

/** As the judge asks: a case is broken by a jump, or by a rate that no resonator has. */
const isTold = (fit: Fit): boolean => fit.jump_us > 0 || Math.abs(fit.rate_ppm) - fit.bound_ppm > 8_000;

describe('a jump of the clock of the host', () => {
  for (const link of LINKS)
    it(`is told, or covered by the stated bound, at whatever instant of ${link.span_s} s, with ${link.held * 100} % held up and answers kept for ${link.keeps_ms ?? 'up to 16'} ms`, () => {
      const { span_s } = link;
      for (const seed of SEEDS)
        for (const at_s of [
          0.05,
          0.5,
          1.5,
          2.05,
          2.5,
          4,
          7,
          span_s / 2,
          span_s - 6,
          span_s - 3,
          span_s - 0.6,
          span_s - 0.15,
          span_s - 0.06,
        ])
          for (const by_ms of SIZES_ms) {
            const { fit, rate_ppm } = fitOf(seed, link, { at_s, by_ms });
            if (!isTold(fit))
              expect(Math.abs(fit.rate_ppm - rate_ppm), `seed ${seed}, ${by_ms} ms at ${at_s} s`).to.be.at.most(fit.bound_ppm);
          }
    });

  it('is told where an answer comes before its question', () => {
    for (const seed of SEEDS) {
      const { fit } = fitOf(seed, { span_s: 8, held: 0, keeps_ms: 16 }, { at_s: 4, by_ms: 0 });
      expect(fit.jump_us, 'none').to.equal(0);
      const sync = new ClockSync(0);
      for (let i = 0; i < 40; i += 1) sync.add(hostTime(i * 200), hostTime(i * 200 + (i === 20 ? -8 : 3)), i * 400_000);
      expect(sync.fit().jump_us).to.be.at.least(8_000);
    }
  });

  it('that nobody made costs little of the bound', () => {
    for (let seed = 1; seed <= 40; seed += 1) {
      const bound_ppm = (link: Link): number => fitOf(seed, link, { at_s: 0, by_ms: 0 }).fit.bound_ppm;
      expect(bound_ppm({ span_s: 38, held: 0, keeps_ms: 16 }), `seed ${seed}`).to.be.below(200);
      expect(bound_ppm({ span_s: 38, held: 0.2, keeps_ms: 16 }), `seed ${seed}, one in five held up`).to.be.below(320);
    }
  });
});
