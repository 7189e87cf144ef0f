/** The host dies at a random instant of a random case, in virtual time: what the emulated pins do afterwards. */

import { openFixtureBench } from '../../rig/bench/bench.ts';
import { runCase } from '../../rig/run/case-run.ts';
import { simulate } from '../../rig/run/simulated-case.ts';
import { suiteCases } from '../../rig/run/suites.ts';
import { type Random, randomStream } from '../../rig/sim/random.ts';
import { isSafe, type PinChange, watchPins } from '../../rig/sim/pin-log.ts';
import { readAndCompile } from '../../scenarios/compile.ts';
import type { Case } from '../../scenarios/contracts/case.ts';

const ENERGETIC = ['loadSink', 'preAlarmSink', 'chargerSink1mA', 'chargerSink10mA', 'chargerShort'];
const SAFE_AFTER_ms = 1_000;
const SINKS_AFTER_ms = 250;
const WATCHED_ms = 1_500;
/** Half of the deaths fall into the pulse of a sink or the short, where a case has one. */
const IN_PULSE = 0.5;
const PULSE_ms = 20;
const POLL_ms = 5;

export interface Death {
  readonly case: string;
  readonly seed: number;
  /** What was on at the death. */
  readonly sinkOn: boolean;
  readonly supplyOn: boolean;
  /** From the last byte that reached the fixture until every sink and the short had gone off for good; 0 where none was on. */
  readonly sinks_ms: number;
  /** Until every pin was safe. */
  readonly all_ms: number;
  /** Safe when it was looked at in the end. */
  readonly safe: boolean;
}

/** A watch on the pins: what they are, and when anything unsafe last ended. */
class Pins {
  readonly state = new Map<string, PinChange['to']>();
  readonly changes: PinChange[] = [];
  take(change: PinChange): void {
    this.state.set(change.pin, change.to);
    this.changes.push(change);
  }
  on(pin: string): boolean {
    return this.state.get(pin) === 'high';
  }
}

/** Waits until the instant of the death has come, on the host's clock. */
const untilDeath = async (testCase: Case, pins: Pins, sleep: (ms: number) => Promise<void>, random: Random): Promise<void> => {
  while (!pins.on('supplyEnable')) await sleep(POLL_ms);
  const longest_ms = testCase.timeline.endBounds_us[0] / 1_000;
  const hasSinks = testCase.timeline.entries.some(
    (entry) => entry.do.kind === 'pulse' && entry.do.changes.some(({ value }) => value !== 'off'),
  );
  if (!hasSinks || random.next() > IN_PULSE) return sleep(random.between(0, longest_ms));
  const pulse = 1 + random.below(6);
  let seen = 0;
  let was = false;
  for (let passed_ms = 0; passed_ms < longest_ms; passed_ms += 1) {
    const is = ENERGETIC.some((pin) => pins.on(pin));
    if (is && !was) seen += 1;
    was = is;
    // A death a little before or in the pulse: what is uploaded goes on.
    if (seen === pulse) return sleep(random.between(0, PULSE_ms));
    await sleep(1);
  }
};

export const hostDeath = async (testCase: Case, seed: number): Promise<Death> => {
  const random = randomStream(seed, 'host death');
  const simulation = simulate({ seed, occasion: testCase.id, pace: 'virtual' });
  const { clock, cable, binding, path } = simulation;
  const pins = new Pins();
  watchPins(
    simulation,
    () => 0,
    (change) => pins.take(change),
  );
  try {
    const bench = await openFixtureBench({ binding, path, clock, simulated: true, unitImage: null, seed });
    runCase(bench, testCase).catch(() => undefined); // its host is about to die
    await untilDeath(testCase, pins, (ms) => clock.sleep(ms), random);
    cable.send = () => undefined;
    const last_s = Math.max(cable.drained_ns, 0) / 1e9;
    const [sinkOn, supplyOn] = [ENERGETIC.some((pin) => pins.on(pin)), pins.on('supplyEnable')];
    await clock.sleep(WATCHED_ms);
    const ended_s = (wanted: (pin: string) => boolean): number =>
      pins.changes.findLast(({ pin, to }) => wanted(pin) && (to === 'low' || to === 0))?.true_s ?? 0;
    const since_ms = (true_s: number): number => Math.max(0, true_s - last_s) * 1_000;
    return {
      case: testCase.id,
      seed,
      sinkOn,
      supplyOn,
      sinks_ms: since_ms(ended_s((pin) => ENERGETIC.includes(pin))),
      all_ms: since_ms(ended_s(() => true)),
      safe: isSafe(pins.state),
    };
  } finally {
    simulation.close();
  }
};

/** A case in which a sink is on again and again. */
const busyCase = (): Case => {
  const measure = Array.from({ length: 12 }, (_, second) =>
    (['loadDrop, sink: 1 A', 'preAlarmDrop, sink: 1 A', 'chargerDrop, sink: 10 mA'] as const).map(
      (what) => `  - { at: ${4 + second} s, what: ${what}, high: 1 V }`,
    ),
  ).flat();
  const text = [
    'scenario: Sinks again and again',
    'covers: [LOAD-DROP]',
    'given: { poles: { 1: closed, 3: closed, 4: open } }',
    'steps: []',
    'measure:',
    ...measure,
    'until: 18 s',
    '',
  ];
  const compiled = readAndCompile({ file: 'campaign/sinks.yaml', bytes: Buffer.from(text.join('\n')) });
  if (!compiled.ok) throw new Error(compiled.issues.map(({ line, message }) => `${line}: ${message}`).join('; '));
  return compiled.cases[0]!;
};

/** Death number `index`: every other one in the case with the sinks, the rest in cases of the suites. */
export const deathOf = (index: number): Promise<Death> => {
  if (index % 2 === 0) return hostDeath(busyCase(), index);
  const cases = suiteCases('eol', 'regression');
  return hostDeath(cases[randomStream(index, 'death case').below(cases.length)]!, index);
};

export const kept = ({ safe, sinks_ms, all_ms }: Death): boolean => safe && sinks_ms <= SINKS_AFTER_ms && all_ms <= SAFE_AFTER_ms;
