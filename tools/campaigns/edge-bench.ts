/** A simulated bench whose senses toggle at known cycles, so that what the fixture reports can be held against the truth; the unit in it is kept in reset. */

import { openFixtureBench } from '../../rig/bench/bench.ts';
import { CONVERTER, SENSE_PINS } from '../../rig/fixture/channels.ts';
import type { TranscriptLine } from '../../rig/link/transcript.ts';
import { simulate } from '../../rig/run/simulated-case.ts';
import type { Act } from '../../rig/sim/faults/fault.ts';
import { converted_mV, isSupplyOfCase } from '../../rig/sim/case-supply.ts';
import type { Simulation } from '../../rig/sim/simulation.ts';
import { readAndCompile } from '../../scenarios/compile.ts';
import type { Case } from '../../scenarios/contracts/case.ts';
import { scenarioTime } from '../../scenarios/contracts/clocks.ts';
import type { TimelineEntry } from '../../scenarios/contracts/timeline.ts';
import type { Edge, Trace } from '../../scenarios/contracts/trace.ts';
import { SENSES, type SenseSignal } from '../../scenarios/signals.ts';

export const CYCLES_PER_us = 16;
export const CYCLES_PER_TICK = 8;
/** After the supply of the case has come on: 0.5 s, so that it stands. */
const FIRST_us = 500_000;

/** One change of a sense's pin, microseconds of the fixture's clock after the first. */
export interface Toggle {
  readonly signal: SenseSignal;
  readonly high: boolean;
  readonly after_us: number;
}

export interface Outcome {
  readonly trace: Trace;
  readonly transcript: readonly TranscriptLine[];
  /** What was done to the pins, in order, with the cycle. */
  readonly toggles: readonly (Toggle & { readonly cycle: number })[];
  /** Characters that left the fixture between the first toggle and the last. */
  readonly sentBytes: number;
  /** Lines that left the fixture in the whole case. */
  readonly sentLines: number;
  readonly overruns: number;
}

/** A case of this length in which nothing but these entries happens. */
export const quietCase = (seconds: number, entries: (quiet: Case) => readonly TimelineEntry[] = () => []): Case => {
  const text = `scenario: Edges made by hand\ncovers: [LOAD-HEALTHY]\nsteps: []\nuntil: ${seconds} s\n`;
  const compiled = readAndCompile({ file: 'campaign/edges.yaml', bytes: Buffer.from(text) });
  if (!compiled.ok) throw new Error(compiled.issues.map(({ message }) => message).join('; '));
  const quiet = compiled.cases[0]!;
  const all = [...quiet.timeline.entries, ...entries(quiet)].toSorted((a, b) => a.bounds_us[0] - b.bounds_us[0]);
  return { ...quiet, timeline: { ...quiet.timeline, entries: all } };
};

/** An entry that moves one pole. */
export const poleAt = (
  quiet: Case,
  id: string,
  pole: 'pole1' | 'pole3' | 'pole4',
  value: 'open' | 'closed',
  at_us: number,
): TimelineEntry => ({
  id,
  when: { kind: 'at', at_us: scenarioTime(at_us) },
  do: { kind: 'set', changes: [{ signal: pole, value }] },
  bounds_us: [scenarioTime(at_us), scenarioTime(at_us)],
  place: quiet.place,
});

export interface EdgeRun {
  readonly seed: number;
  readonly testCase: Case;
  readonly toggles: readonly Toggle[];
  readonly conditions?: readonly Act[];
  /** Called when the bench stands, before the case. */
  readonly prepare?: (simulation: Simulation) => void;
}

export const runEdges = async ({ seed, testCase, toggles, conditions = [], prepare }: EdgeRun): Promise<Outcome> => {
  const simulation = simulate({ seed, occasion: testCase.id, pace: 'virtual', conditions });
  const { fixture, unit } = simulation.boards;
  const { chip } = fixture;
  unit.chip.release = () => undefined;
  const done: (Toggle & { readonly cycle: number })[] = [];
  let [from, until] = [Infinity, Infinity];
  let [sentBytes, sentLines] = [0, 0];
  chip.uart0.onTransmit((byte, cycle) => {
    if (cycle >= from && cycle <= until) sentBytes += 1;
    if (byte === 0x0a) sentLines += 1;
  });
  simulation.onConversion((channel, code, cycle) => {
    if (channel !== CONVERTER.supply.channel || !isSupplyOfCase(converted_mV('supply', code)) || from !== Infinity) return;
    from = cycle + FIRST_us * CYCLES_PER_us;
    for (const toggle of toggles) {
      const at = from + Math.round(toggle.after_us * CYCLES_PER_us);
      until = at;
      const { pin, capture } = SENSE_PINS[toggle.signal];
      chip.at(at, () => {
        for (const one of capture === null ? [pin] : [pin, capture]) chip.setInput(one, toggle.high);
        done.push({ ...toggle, cycle: at });
      });
    }
  });
  try {
    const { binding, path, clock } = simulation;
    const bench = await openFixtureBench({ binding, path, clock, simulated: true, unitImage: null, seed });
    sentLines = 0;
    prepare?.(simulation);
    const trace = await bench.runCase(testCase);
    const { transcript } = bench;
    await bench.close();
    return { trace, transcript, toggles: done, sentBytes, sentLines, overruns: chip.uart0.overruns };
  } finally {
    simulation.close();
  }
};

/** Each reported edge with the change that it tells of; `missing`: changes that no edge tells of, or edges of nothing. */
export const matched = ({
  trace,
  toggles,
}: Outcome): { readonly pairs: readonly (readonly [Edge, number])[]; readonly missing: number } => {
  const pairs: (readonly [Edge, number])[] = [];
  let missing = 0;
  for (const signal of SENSES) {
    const edges = trace.edges.filter((edge) => edge.signal === signal);
    const made = toggles.filter((toggle) => toggle.signal === signal);
    missing += Math.abs(edges.length - made.length);
    for (const [index, edge] of edges.entries()) {
      const toggle = made[index];
      if (toggle === undefined) continue;
      if ((edge.level === 'high' || edge.level === 'on') !== toggle.high) missing += 1;
      pairs.push([edge, toggle.cycle]);
    }
  }
  return { pairs, missing };
};

/** Edges at an even rate over all senses. An output is low for less than the millisecond after which the fixture would probe it. */
export const steadyToggles = (seconds: number, perSecond: number, jitter: () => number): readonly Toggle[] => {
  const period_us = (2 * SENSES.length * 1e6) / perSecond;
  const toggles: Toggle[] = [];
  for (const [index, signal] of SENSES.entries())
    for (let from_us = (index * period_us) / SENSES.length; from_us + period_us < seconds * 1e6; from_us += period_us) {
      const rise_us = from_us + 250 * jitter();
      toggles.push({ signal, high: true, after_us: rise_us });
      // The last one stays high.
      if (from_us + 2 * period_us < seconds * 1e6)
        toggles.push({ signal, high: false, after_us: rise_us + period_us - 700 + 100 * jitter() });
    }
  return toggles.toSorted((a, b) => a.after_us - b.after_us);
};
