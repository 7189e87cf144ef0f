/** One run on a link that is spoiled at random: which unit is in it, what the cable does to it, and which verdicts would be wrong. */

import type { Blame, CaseVerdict } from '../../scenarios/contracts/blame.ts';
import type { Case } from '../../scenarios/contracts/case.ts';
import type { LinkCounters } from '../../scenarios/contracts/trace.ts';
import { readAndCompile } from '../../scenarios/compile.ts';
import { RigError } from '../../rig/error.ts';
import { runSimulatedCase } from '../../rig/run/simulated-case.ts';
import type { Act, Spoiling, Way } from '../../rig/sim/faults/fault.ts';
import { GOOD_UNITS } from '../../rig/sim/good-units/good-units.ts';
import { type Random, randomStream } from '../../rig/sim/random.ts';

/** Every output moves once, both ways of hanging on another entry, and two measurements under burden. */
const SCENARIO = `
scenario: Every output moves once while the cable misbehaves
covers: [LOAD-HEALTHY, PRE-UV, CHG-OV, REMOTE-OFF, LOAD-DROP]
steps:
  - { name: warned, at: 3.3 s, poles: { 4: open } }
  - { name: full, after: preAlarm rises, timeout: 2.3 s, delay: 20 ms, poles: { 3: open } }
  - { name: clear, after: charger falls, timeout: 2.3 s, delay: 20 ms, poles: { 3: closed, 4: closed } }
  - { name: off, after: charger rises, timeout: 2.3 s, delay: 20 ms, remote: off }
until: { wait: 2.2 s }
measure:
  - { at: 3.2 s, what: loadDrop, sink: 1 A, high: 0.5 V }
  - { at: 3.25 s, what: chargerDrop, sink: 10 mA, high: 1 V }
`;

/** Defects that this scenario shows on a sound link whatever is drawn (campaigns.long.ts): on a spoiled one they may not pass. */
export const SHOWN_DEFECTS: readonly string[] = `
  load-stuck-high load-stuck-floating load-low-instead-of-floating load-weak load-leaks-up
  prealarm-stuck-high prealarm-missing prealarm-slow prealarm-leaky charger-stuck-high charger-stuck-floating
  charger-weak charger-low-instead-of-floating load-charger-bridge load-prealarm-bridge poles-3-4-swapped
  pole3-input-dead pole4-input-dead led-blue-dead leds-swapped led-blue-late remote-never-off remote-off-slow
  charge-alarm-latches charge-alarm-drops-load outputs-off-at-each-change start-up-4s start-up-pulse slow-charger
`
  .trim()
  .split(/\s+/);

export interface LinkFaultRun {
  readonly seed: number;
  /** What is wrong with the unit; null: nothing. */
  readonly defect: string | null;
  readonly acts: readonly Act[];
  readonly verdict: CaseVerdict;
  readonly blame: Blame | null;
  readonly reason: string;
  /** Null where no trace came back. */
  readonly link: LinkCounters | null;
}

const compiled = readAndCompile({ file: 'campaign/link.yaml', bytes: Buffer.from(SCENARIO) });
if (!compiled.ok) throw new Error(compiled.issues.map(({ line, message }) => `${line}: ${message}`).join('; '));
export const LINK_CASE: Case = compiled.cases[0]!;
/** Seconds from the supply's coming to the end, at most. */
const CASE_s = LINK_CASE.timeline.endBounds_us[1] / 1e6;

/** As many decades as lie between the two are equally likely. */
const logarithmic = (random: Random, least: number, most: number): number => least * (most / least) ** random.next();
const oneOf = <T>(random: Random, list: readonly T[]): T => list[random.below(list.length)]!;

const drawSpoiling = (random: Random): Spoiling => {
  const how = oneOf(random, ['drop', 'duplicate', 'flip', 'swap', 'noise', 'dropLine', 'doubleLine', 'hold', 'overtaken', 'echo'] as const);
  if (how === 'echo') return { how };
  if (how === 'hold' || how === 'overtaken') {
    const least_ms = logarithmic(random, 1, 100);
    return { how, share: logarithmic(random, 1e-2, 1), late_ms: [least_ms, least_ms * random.between(1, 4)] };
  }
  const ofLines = how === 'dropLine' || how === 'doubleLine';
  return { how, share: ofLines ? logarithmic(random, 1e-3, 0.5) : logarithmic(random, 1e-4, 0.2) };
};

const drawAct = (random: Random): readonly Act[] => {
  const from_s = random.between(0, CASE_s);
  const kind = random.below(8);
  if (kind === 0) return [{ do: 'unplug', at_s: from_s, ...(random.below(2) === 0 && { for_s: logarithmic(random, 0.01, 3) }) }];
  const spoiling: Spoiling = kind === 1 ? { how: 'drop', share: 1 } : drawSpoiling(random);
  const when =
    kind === 1 || random.below(2) === 0
      ? { from_s, for_s: logarithmic(random, 0.01, 5) }
      : oneOf(random, [{}, { from_s }] as readonly { from_s?: number }[]);
  const ways: readonly Way[] = oneOf(random, [['toFixture'], ['toHost'], ['toFixture', 'toHost']] as const);
  return ways.map((way) => ({ do: 'spoil', way, ...spoiling, ...when }));
};

/** One to three things that happen to the link, and every other unit defective. */
export const drawRun = (seed: number): Pick<LinkFaultRun, 'seed' | 'defect' | 'acts'> & { readonly unit: string | undefined } => {
  const random = randomStream(seed, 'link faults');
  const acts = Array.from({ length: 1 + random.below(3) }, () => drawAct(random)).flat();
  const defect = seed % 2 === 0 ? oneOf(random, SHOWN_DEFECTS) : null;
  const unit = defect === null ? oneOf(random, [undefined, ...GOOD_UNITS.map(({ name }) => name)]) : undefined;
  return { seed, defect, acts, unit };
};

export const runOnSpoiledLink = (seed: number): Promise<LinkFaultRun> => runOnLink(drawRun(seed));

export const runOnLink = async ({ seed, defect, acts, unit }: ReturnType<typeof drawRun>): Promise<LinkFaultRun> => {
  const job = { testCase: LINK_CASE, seed, conditions: acts, unit, defect: defect ?? undefined, pace: 'virtual' } as const;
  try {
    const { result, trace } = (await runSimulatedCase(job)).run;
    const { verdict, blame, reason } = result;
    return { seed, defect, acts, verdict, blame, reason, link: trace?.link ?? null };
  } catch (cause) {
    if (!(cause instanceof RigError)) throw cause;
    return { seed, defect, acts, verdict: 'broken', blame: cause.blame, reason: `${cause.code}: ${cause.message}`, link: null };
  }
};

/** A good unit passes, a defective one fails by its own doing; or the link is to blame. A pass shows what the link went through. */
export const isRight = ({ defect, verdict, blame, link }: LinkFaultRun): boolean => {
  if (verdict === 'broken') return blame === 'link';
  return defect === null ? verdict === 'pass' && link !== null : verdict === 'fail' && blame === 'unit';
};
