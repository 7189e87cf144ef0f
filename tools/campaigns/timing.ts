/** How exact stimuli and stamps are while the link is flooded both ways, against true time; beside it what a host gets that does both by itself: `npm run campaigns -- timing`. */

import { CONVERTER } from '../../rig/fixture/channels.ts';
import { Conversation } from '../../rig/link/conversation.ts';
import { openPort } from '../../rig/link/port.ts';
import { simulate } from '../../rig/run/simulated-case.ts';
import { randomStream } from '../../rig/sim/random.ts';
import type { Simulation } from '../../rig/sim/simulation.ts';
import { decodeCommand, decodeLine, encodeCommand } from '../../rig/wire/codec.ts';
import { progress } from '../rows.ts';
import type { Campaign } from './campaign.ts';
import { CYCLES_PER_TICK, matched, type Outcome, poleAt, quietCase, runEdges, steadyToggles } from './edge-bench.ts';

const POLES = { pole1: 'PA0', pole3: 'PA1', pole4: 'PA2' } as const;
const POLE_NAMES = ['pole1', 'pole3', 'pole4'] as const;
const SECONDS = 8;
const STIMULI_per_s = 150;
/** Of the lines that flood, one in so many is a ping, which has to be answered. */
const PING_EVERY = 30;
const STEP_ms = 1;
/** A write comes so many cycles into its tick at the earliest. Source: PROTOCOL.md, "Timing". */
const WRITE_CYCLES = 3;

export const spread = (values: readonly number[]): number => {
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) [least, most] = [Math.min(least, value), Math.max(most, value)];
  return most - least;
};
const worst = (values: readonly number[]): number => values.reduce((so_far, value) => Math.max(so_far, Math.abs(value)), 0);

/** Takes this share of the line beside the host's own words, from now to the end. Its pings acknowledge nothing: no ring holds that number. */
const flood = ({ clock, cable, kernel }: Simulation, share: number, active: () => boolean): void => {
  const keepAlive = Buffer.from(encodeCommand({ kind: 'keepAlive' }));
  let lines = 0;
  const pour = async (): Promise<void> => {
    while (active()) {
      const until_ns = kernel.now_ns + STEP_ms * 1e6 * share;
      for (let at_ns = kernel.now_ns; at_ns < until_ns && cable.drained_ns < kernel.now_ns + 2e6; at_ns += keepAlive.length * 20e3) {
        lines += 1;
        const ping = encodeCommand({ kind: 'ping', id: 0xf000 | (lines & 0xfff), events: 0xffff });
        cable.send(lines % PING_EVERY === 0 ? Buffer.from(ping) : keepAlive);
      }
      await clock.sleep(STEP_ms);
    }
  };
  pour().catch(() => undefined); // the simulation ended
};

export interface Load {
  /** Of the line towards the fixture, beside the host's own words. */
  readonly share: number;
  readonly edges_per_s: number;
}
/** The line full of words of the host and of answers; or of edges. More of both at once is more than the fixture can keep, and it says so. */
export const FLOODED: Load = { share: 0.9, edges_per_s: 500 };
export const EDGES_AT_RATE: Load = { share: 0, edges_per_s: 1_000 };

export interface Timing {
  /** True time of each scheduled pin change less that of the tick asked for, us. */
  readonly stimuli_us: readonly number[];
  readonly notOnTheirTick: number;
  /** Stamp less truth, us. */
  readonly captured_us: readonly number[];
  readonly others_us: readonly number[];
  readonly outsideUncertainty: number;
  /** When the host had the word of each edge, less the truth, us. */
  readonly heard_us: readonly number[];
  readonly missing: number;
  readonly lostBytes: number;
  readonly outcome: Outcome;
}

/** One case with a stimulus every 7 ms or so and edges at rate, the line full. */
export const measureTiming = async (seed: number, { share, edges_per_s }: Load): Promise<Timing> => {
  const random = randomStream(seed, 'timing');
  const testCase = quietCase(SECONDS, (quiet) =>
    Array.from({ length: (SECONDS - 1) * STIMULI_per_s }, (_, index) =>
      poleAt(
        quiet,
        `stimulus-${index}`,
        POLE_NAMES[index % 3]!,
        Math.floor(index / 3) % 2 === 0 ? 'open' : 'closed',
        Math.round(600_000 + (index * 1e6) / STIMULI_per_s + random.between(0, 5_000)),
      ),
    ),
  );
  const changes: { readonly pin: string; readonly cycle: number }[] = [];
  let suppliedSince = Infinity;
  let simulation: Simulation | null = null;
  let running = true;
  const outcome = await runEdges({
    seed,
    testCase,
    toggles: steadyToggles(SECONDS - 1, edges_per_s, () => random.next()),
    prepare: (prepared) => {
      simulation = prepared;
      prepared.boards.fixture.chip.onPinChange((pin, _state, cycle) => void changes.push({ pin, cycle }));
      prepared.onConversion((channel, code, cycle) => {
        if (channel === CONVERTER.supply.channel && code !== 0) suppliedSince = cycle;
      });
      if (share > 0) flood(prepared, share, () => running);
    },
  }).finally(() => (running = false));
  const { oscillator } = simulation!.boards.fixture;
  const true_us = (cycle: number): number => oscillator.instantOf(cycle) / 1e3;

  const asked = new Map<number, { readonly tick: number; readonly mask: number }>();
  const done = new Map<number, number>();
  const heard = new Map<string, number>();
  for (const { at_ms, way, line } of outcome.transcript) {
    const decoded = way === 'sent' ? decodeCommand(line) : decodeLine(line);
    if (!decoded.ok) continue;
    const { message } = decoded;
    if (message.kind === 'set' && message.when.kind === 'at') asked.set(message.id, { tick: message.when.tick, mask: message.mask });
    if (message.kind !== 'events') continue;
    for (const event of message.events) {
      if (event.kind === 'done') done.set(event.id, event.tick);
      const key = event.kind === 'edge' ? `${event.sense} ${event.tick}` : '';
      if (!heard.has(key)) heard.set(key, (at_ms * 1e3) / (1 + simulation!.hostOscillator_ppm / 1e6));
    }
  }
  // What the timeline changes before and after is no stimulus of ours: it has other bits.
  const ours = [...asked].filter(([, { mask }]) => mask === 1 || mask === 2 || mask === 4);
  const written = POLE_NAMES.flatMap((pole, bit) => {
    const ticks = ours.filter(([, { mask }]) => mask === 1 << bit).map(([, { tick }]) => tick);
    // Before the supply the switches were looked at, and the state given was made.
    const cycles = changes.filter(({ pin, cycle }) => pin === POLES[pole] && cycle > suppliedSince).map(({ cycle }) => cycle);
    return ticks.map((tick, index) => ({ tick, cycle: cycles[index] ?? Infinity }));
  });
  // The clock was started at a reset: tick 0 was at this cycle.
  const zero = Math.min(...written.map(({ tick, cycle }) => cycle - tick * CYCLES_PER_TICK)) - WRITE_CYCLES;
  const tick_us = (tick: number): number => true_us(zero + tick * CYCLES_PER_TICK);
  const stimuli_us = written.map(({ tick, cycle }) => true_us(cycle) - tick_us(tick));
  const { pairs, missing } = matched(outcome);
  const errors = pairs.map(([edge, cycle]) => ({ edge, error_us: tick_us(edge.ticks) - true_us(cycle) }));
  return {
    stimuli_us,
    notOnTheirTick: ours.filter(([id, { tick }]) => done.get(id) !== tick).length,
    captured_us: errors.filter(({ edge }) => edge.via === 'capture').map(({ error_us }) => error_us),
    others_us: errors.filter(({ edge }) => edge.via !== 'capture').map(({ error_us }) => error_us),
    outsideUncertainty: errors.filter(({ edge, error_us }) => Math.abs(error_us) > edge.uncertainty_us).length,
    heard_us: pairs.map(([edge, cycle]) => (heard.get(`${edge.signal} ${edge.ticks}`) ?? Infinity) - true_us(cycle)),
    missing,
    lostBytes: outcome.overruns + outcome.trace.link.crcErrors + outcome.trace.link.lost + outcome.trace.link.overflow,
    outcome,
  };
};

const ON_ms = 40;

/** A host that moves a pin by its own timer: pole 1 was closed, and a stop, which acts at once, goes out when the time has come. True time of the pin less that of the timer, us. */
export const hostDriven = async (seed: number, count: number): Promise<readonly number[]> => {
  const simulation = simulate({ seed, occasion: 'host driven', pace: 'virtual' });
  const { binding, path, clock, kernel, boards } = simulation;
  let low = NaN;
  boards.fixture.chip.onPinChange((pin, state, cycle) => {
    if (pin === POLES.pole1 && state === 'low') low = cycle;
  });
  try {
    const conversation = new Conversation({ port: await openPort({ binding, path, clock }), clock, nonce: 1 });
    await conversation.hello();
    const late_us: number[] = [];
    for (let trial = 0; trial < count; trial += 1) {
      const pong = await conversation.ping();
      if (pong === null) throw new Error('The fixture did not answer a ping.');
      await conversation.command({ kind: 'begin', case: trial, t0: 0, most_wraps: 1_000 });
      const closed = { kind: 'at', tick: (pong.tick + ON_ms * 2_000) >>> 0 } as const;
      await conversation.command({ kind: 'set', id: 1, when: closed, mask: 1, value: 1, codes: [] });
      await clock.sleep(2 * ON_ms + (trial % 7) * 0.37);
      const meant_us = kernel.now_ns / 1e3;
      await conversation.stop();
      late_us.push(boards.fixture.oscillator.instantOf(low) / 1e3 - meant_us);
    }
    await conversation.close();
    return late_us;
  } finally {
    simulation.close();
  }
};

export const TIMING: Campaign = {
  summary: 'stimuli and stamps with the link flooded both ways, against true time, beside a host that does it by itself',
  counts: 'benches',
  usual: 20,
  run: async ({ count, seed, row }) => {
    const runs: Timing[] = [];
    const driven: number[] = [];
    for (let index = 0; index < count; index += 1) {
      progress(`bench ${index + 1} of ${count}`);
      for (const load of [FLOODED, EDGES_AT_RATE]) runs.push(await measureTiming(seed + index, load));
      driven.push(...(await hostDriven(seed + index, 100)));
    }
    const stimulus_us = Math.max(...runs.map(({ stimuli_us }) => spread(stimuli_us)));
    const heard_us = Math.max(...runs.map((run) => spread(run.heard_us)));
    const sum = (of: (run: Timing) => number): number => runs.reduce((total, run) => total + of(run), 0);
    const [captured, others] = [sum((run) => run.captured_us.length), sum((run) => run.others_us.length)];
    return {
      rows: [
        row('stimulus-flooded', stimulus_us, 'us p-p', '<=', 0.5, spread(driven)),
        row(
          'stimulus-late',
          sum((run) => run.notOnTheirTick),
          'stimuli',
          '<=',
          0,
        ),
        row('stamp-capture', Math.max(...runs.map((run) => worst(run.captured_us))), 'us', '<=', 1, heard_us),
        row('stamp-pin-change', Math.max(...runs.map((run) => worst(run.others_us))), 'us', '<=', 30, heard_us),
        row(
          'stamp-untrue',
          sum((run) => run.outsideUncertainty),
          'edges',
          '<=',
          0,
        ),
        row(
          'flooded-missing',
          sum((run) => run.missing),
          'edges',
          '<=',
          0,
        ),
        row(
          'flooded-lost',
          sum((run) => run.lostBytes),
          'bytes, lines',
          '<=',
          0,
        ),
      ],
      notes: [
        `timing: ${sum((run) => run.stimuli_us.length)} stimuli, ${captured} edges by input capture and ${others} by pin change, on ${count} benches`,
        'timing: on each bench once with 90 % of the line towards the fixture taken by keep-alives and pings beside the commands and 500 edges/s, once with 1 000 edges/s',
        'stimulus-flooded: true time of the pin less that of the tick asked for; baseline: a host that sends by its own timer over the same link, not flooded',
        'stamp: stamp less true pin change; baseline: spread of the instants at which the host had the word of the edge',
      ],
    };
  },
};
