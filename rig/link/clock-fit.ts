/** How the fixture's ticks lie on host time and on scenario time: the one file that converts between the three clocks. */

import {
  type FixtureTicks,
  fixtureTicks,
  type HostTime_ms,
  hostTime,
  type ScenarioTime_us,
  scenarioTime,
} from '../../scenarios/contracts/clocks.ts';
import type { ClockFit } from '../../scenarios/contracts/trace.ts';
import { NOMINAL_TICK_Hz } from '../fixture/channels.ts';
import { steadiness } from './steadiness.ts';
import { supportLine, type Point, type SupportLine } from './support-line.ts';

const NOMINAL_per_ms = NOMINAL_TICK_Hz / 1000;
const WRAP = 2 ** 32;
/** Ordinary crystal of a PC, over temperature and age. Source: BENCH.md B-HOST-CLOCK. */
export const HOST_OSCILLATOR_ppm = 50;
/** A resonator's worst, taken while nothing is known yet. */
const RESONATOR_ppm = 5_000;
/** How fast the frequency of a resonator may run away while it warms up; more than that shows in the pings. Source: BENCH.md B-DRIFT. */
export const RESONATOR_DRIFT_ppm_per_min = 50;
const MINUTE_ms = 60_000;
/** Where too few pings came to tell of a jump at all. */
const JUMP_MOST_ppm = 100_000;
/** More than this many pings are thinned out, the slower one of each two first. */
const MOST_SAMPLES = 2_048;

/** What a plan needs: so many pings at either end of so long a time, and a rate that they show so well: what is put by it is off by less than 4 ms after 10 s. */
const PLANNING_PINGS = 12;
const PLANNING_LEVER_ms = 1_500;
const PLANNING_ppm = 400;

/** A ping's round trip: the tick was stamped somewhere between the two host times. */
export interface ClockSample {
  readonly sent_ms: HostTime_ms;
  readonly received_ms: HostTime_ms;
  readonly ticks: FixtureTicks;
}

export interface ClockState {
  readonly hostOscillator_ppm: number;
  /** The latest tick known. */
  readonly latest: FixtureTicks;
  readonly samples: readonly ClockSample[];
}

export interface Fit extends ClockFit {
  /** Ticks per microsecond of host time. */
  readonly ticksPer_us: number;
  /** Worst error of the rate as far as the pings themselves show it: of the bound the part that more of them lessen. */
  readonly scatter_ppm: number;
  /** The tick at a host time, good to about half a round trip: for planning ahead, never for a stamp. */
  ticksAt(host: HostTime_ms): FixtureTicks;
  hostAt(ticks: FixtureTicks): HostTime_ms;
}

/** The lower 32 bits, as the wire carries them. */
export const wireTicks = (ticks: FixtureTicks): number => ((Math.round(ticks) % WRAP) + WRAP) % WRAP;

/** A better rate takes this share of the time to undo what an earlier one did wrong: no distance between two entries changes by more. */
const STEERING = 200e-6;
const LEAST_STEERING_us = 1e6;

/** Scenario time against ticks: only the rate of the fit matters, the origin is the tick that scenario time 0 was given. */
export class ScenarioAxis {
  readonly #origin: FixtureTicks;
  readonly #ticksPer_us: number;
  /** Ticks by which instants at `from_us` lie off the straight line; `over_us` later they are on it. */
  readonly #off: { readonly from_us: number; readonly over_us: number; readonly ticks: number };

  constructor(origin: FixtureTicks, ticksPer_us: number, off = { from_us: 0, over_us: 1, ticks: 0 }) {
    this.#origin = origin;
    this.#ticksPer_us = ticksPer_us;
    this.#off = off;
  }

  #exact(at_us: number): number {
    const { from_us, over_us, ticks } = this.#off;
    return this.#origin + at_us * this.#ticksPer_us + ticks * Math.min(1, Math.max(0, 1 - (at_us - from_us) / over_us));
  }

  ticksOf(at: ScenarioTime_us): FixtureTicks {
    return fixtureTicks(Math.round(this.#exact(at)));
  }

  /** Of an observed tick; meant for the axis of a finished run, which was never steered. */
  timeOf(ticks: FixtureTicks): ScenarioTime_us {
    return scenarioTime((ticks - this.#origin) / this.#ticksPer_us);
  }

  durationOf(duration_us: number): number {
    return Math.round(duration_us * this.#ticksPer_us);
  }

  /** A better rate from `from` on: what was converted before stays where it is, and what follows is led to the new line so gently that no order changes. */
  withRate(ticksPer_us: number, from: ScenarioTime_us): ScenarioAxis {
    const ticks = this.#exact(from) - (this.#origin + from * ticksPer_us);
    const over_us = Math.max(LEAST_STEERING_us, Math.abs(ticks) / (STEERING * ticksPer_us));
    return new ScenarioAxis(this.#origin, ticksPer_us, { from_us: from, over_us, ticks });
  }
}

/** Collects pings and fits the clocks to each other. */
export class ClockSync {
  readonly #hostOscillator_ppm: number;
  #samples: ClockSample[] = [];
  #latest = fixtureTicks(0);
  /** The fit is asked for far more often than a ping comes. */
  #last: { readonly newest: ClockSample | undefined; readonly since: HostTime_ms; readonly fit: Fit } | null = null;

  constructor(hostOscillator_ppm = HOST_OSCILLATOR_ppm) {
    this.#hostOscillator_ppm = hostOscillator_ppm;
  }

  get samples(): readonly ClockSample[] {
    return this.#samples;
  }

  /** What is known so far, as a value that can be kept: from it `restored` goes on as this one would. */
  get state(): ClockState {
    return { hostOscillator_ppm: this.#hostOscillator_ppm, latest: this.#latest, samples: [...this.#samples] };
  }

  static restored({ hostOscillator_ppm, latest, samples }: ClockState): ClockSync {
    const sync = new ClockSync(hostOscillator_ppm);
    sync.#latest = latest;
    sync.#samples = [...samples];
    return sync;
  }

  /** After a reset the ticks begin again: nothing known before holds. */
  restart(tick: number): void {
    this.#samples = [];
    this.#latest = fixtureTicks(tick);
  }

  /** A tick off the wire to 53 bits: the one nearest to the latest known. Nothing lies further than 2^30 ticks away. */
  extend(tick: number): FixtureTicks {
    const ahead = (((tick - this.#latest) % WRAP) + WRAP) % WRAP;
    const ticks = fixtureTicks(this.#latest + (ahead < WRAP / 2 ? ahead : ahead - WRAP));
    if (ticks > this.#latest) this.#latest = ticks;
    return ticks;
  }

  add(sent_ms: HostTime_ms, received_ms: HostTime_ms, tick: number): ClockSample {
    const sample: ClockSample = { sent_ms, received_ms, ticks: this.extend(tick) };
    this.#samples.push(sample);
    if (this.#samples.length > MOST_SAMPLES) this.#samples = thinned(this.#samples);
    return sample;
  }

  /** Whether the pings since then are good enough to plan a case by: enough at both ends that were not held up, and delays that are steady enough. */
  plannable(since: HostTime_ms): boolean {
    const samples = unhindered(this.#samples.filter(({ sent_ms }) => sent_ms >= since));
    const [early, late] = [samples[PLANNING_PINGS - 1], samples.at(-PLANNING_PINGS)];
    if (early === undefined || late === undefined || late.sent_ms - early.sent_ms < PLANNING_LEVER_ms) return false;
    return this.fit(since).scatter_ppm <= PLANNING_ppm;
  }

  /** The fit over all pings sent since a host time. */
  fit(since: HostTime_ms = hostTime(-Infinity)): Fit {
    const newest = this.#samples.at(-1);
    if (this.#last?.newest !== newest || this.#last?.since !== since) {
      const all = this.#samples.filter(({ sent_ms }) => sent_ms >= since);
      const possible = all.filter((sample) => roundTrip(sample) >= 0);
      const samples = unlessTooFew(unhindered(possible), possible);
      this.#last = { newest, since, fit: fitClocks(samples, this.#hostOscillator_ppm, backwards_us(all)) };
    }
    return this.#last.fit;
  }
}

const roundTrip = ({ sent_ms, received_ms }: ClockSample): number => received_ms - sent_ms;

/** An answer that came before its question was asked: the host's clock fell back meanwhile, by this at the least. */
const backwards_us = (samples: readonly ClockSample[]): number =>
  samples.reduce((most, sample) => Math.max(most, -1000 * roundTrip(sample)), 0);

/** A ping that took this much longer than the fastest, or twice as long, was held up and tells nothing. Of a few none is thrown away. */
const HELD_UP_ms = 20;
const ENOUGH_SAMPLES = 24;

/** Without the pings that were held up on their way. */
const unhindered = (samples: readonly ClockSample[]): readonly ClockSample[] => {
  const fastest = Math.min(...samples.map(roundTrip));
  return samples.filter((sample) => roundTrip(sample) <= fastest + Math.max(HELD_UP_ms, fastest));
};

const unlessTooFew = (kept: readonly ClockSample[], all: readonly ClockSample[]): readonly ClockSample[] =>
  kept.length >= ENOUGH_SAMPLES ? kept : all;

/** Keeps the newest half whole and of the older half the faster one of each two neighbours. */
const thinned = (samples: readonly ClockSample[]): ClockSample[] => {
  const half = samples.length >> 1;
  const older = samples.slice(0, half).flatMap((sample, index, all) => {
    const next = all[index + 1];
    if (index % 2 === 1) return [];
    return [next !== undefined && roundTrip(next) < roundTrip(sample) ? next : sample];
  });
  return [...older, ...samples.slice(half)];
};

/** What causality alone allows: the line runs between sending and receiving, however the delays are spread. */
const causalError = (samples: readonly ClockSample[]): number => {
  const half = samples.length >> 1;
  const fastest = (part: readonly ClockSample[]): ClockSample | undefined =>
    part.reduce<ClockSample | undefined>((best, sample) => (best && roundTrip(best) <= roundTrip(sample) ? best : sample), undefined);
  const [early, late] = [fastest(samples.slice(0, half)), fastest(samples.slice(half))];
  if (!early || !late) return Infinity;
  const span_ms = late.received_ms - early.sent_ms;
  return ((roundTrip(early) + roundTrip(late)) / Math.max(span_ms - roundTrip(early) - roundTrip(late), 1e-3)) * NOMINAL_per_ms;
};

const once = <T>(work: () => T): (() => T) => {
  let done: { readonly value: T } | null = null;
  return () => (done ??= { value: work() }).value;
};

const inOrder = (a: Point, b: Point): number => a.x - b.x || a.y - b.y;

/** Fits ticks to host time. Each direction gives a line (sent: the tick comes late; received: it lies back); the sharper one counts for more. */
const fitClocks = (samples: readonly ClockSample[], hostOscillator_ppm: number, leastJump_us: number): Fit => {
  const first = samples[0] ?? { sent_ms: hostTime(0), received_ms: hostTime(0), ticks: fixtureTicks(0) };
  // Detrended, so that 53-bit ticks cost no precision.
  const against = (host: (sample: ClockSample) => HostTime_ms, sign: 1 | -1): SupportLine | null => {
    const points = samples.map((sample): Point => {
      const x = host(sample) - first.sent_ms;
      return { x, y: sign * (sample.ticks - first.ticks - x * NOMINAL_per_ms) };
    });
    // They nearly always lie in their order already.
    return supportLine(points.every((point, at) => at === 0 || inOrder(points[at - 1]!, point) <= 0) ? points : points.toSorted(inOrder));
  };
  const sent = against((sample) => sample.sent_ms, 1);
  const received = against((sample) => sample.received_ms, -1);
  const causal = causalError(samples);
  const rounding = 2 / Math.max((samples.at(-1) ?? first).sent_ms - first.sent_ms, 1e-3);

  const lines = [
    sent && { slope: sent.slope, error: sent.slopeError },
    received && { slope: -received.slope, error: received.slopeError },
  ].filter((line) => line !== null);
  const weigh = (error: number): number => 1 / Math.max(Math.min(error, causal), 1e-9) ** 2;
  const weight = lines.reduce((sum, { error }) => sum + weigh(error), 0);
  const fitted = weight > 0 && samples.length > 1;
  const slope = fitted ? lines.reduce((sum, line) => sum + line.slope * weigh(line.error), 0) / weight : 0;
  const scatter = fitted ? lines.reduce((sum, { error }) => sum + Math.min(error, causal) * weigh(error), 0) / weight : Infinity;

  const rate_ppm = (slope / NOMINAL_per_ms) * 1e6;
  const ticksPer_ms = NOMINAL_per_ms + slope;
  const span_ms = (samples.at(-1) ?? first).sent_ms - first.sent_ms;
  const scatter_ppm = ((Math.min(scatter, causal) + rounding) / NOMINAL_per_ms) * 1e6;
  // Asked for at the end of a case only, while the rate is asked for with every ping.
  const steady = once(() => steadiness(samples, ticksPer_ms));
  const bound_ppm = once(() => {
    const { drift_per_ms, unseen_ticks } = steady();
    const seen_ppm = Number.isFinite(drift_per_ms) ? (drift_per_ms / NOMINAL_per_ms) * 1e6 : 0;
    const drift_ppm = Math.max(seen_ppm, (RESONATOR_DRIFT_ppm_per_min * span_ms) / 2 / MINUTE_ms);
    // A jump tilts the line by no more than itself over the distance of its ends.
    const lever_ms = Math.min(sent?.lever ?? 0, received?.lever ?? 0);
    const unseen_ppm = (unseen_ticks / NOMINAL_per_ms / Math.max(lever_ms, 1e-3)) * 1e6;
    return Math.min(scatter_ppm + drift_ppm, 2 * RESONATOR_ppm) + Math.min(unseen_ppm, JUMP_MOST_ppm) + hostOscillator_ppm;
  });
  // Between the two lines, which the least delay each way keeps apart.
  const middle = ((sent?.intercept ?? 0) - (received?.intercept ?? 0)) / 2;
  return {
    rate_ppm,
    get bound_ppm() {
      return bound_ppm();
    },
    get jump_us() {
      return Math.max(leastJump_us, (steady().jump_ticks / NOMINAL_per_ms) * 1000);
    },
    samples: samples.length,
    scatter_ppm,
    ticksPer_us: ticksPer_ms / 1000,
    ticksAt: (host) => fixtureTicks(first.ticks + middle + (host - first.sent_ms) * ticksPer_ms),
    hostAt: (ticks) => hostTime(first.sent_ms + (ticks - first.ticks - middle) / ticksPer_ms),
  };
};
