/** What the record of a case says for and against each suspect: one clue a function, each with a weight and a sentence. */

import { isOutput, isSense } from '../../scenarios/signals.ts';
import { isUp } from '../render/lanes.ts';
import { certaintyName, duration, requirementCertainty, signalName } from '../judge/wording.ts';
import type { Difference } from '../judge/result.ts';
import type { Suspect } from './explanation.ts';
import { ownDifferences, type Told } from './first.ts';

export interface Clue {
  readonly who: Suspect;
  /** Negative speaks against it. */
  readonly weight: number;
  readonly text: string;
}

type Ask = (told: Told, all: readonly Told[]) => readonly Clue[];
const NONE: readonly Clue[] = [];

const first = (told: Told): Difference | undefined => ownDifferences(told)[0];

/** The judge blames only what only one party can have done. */
const blamed: Ask = ({ last }) => {
  const { blame, reason } = last.result;
  if (blame === null) return NONE;
  const own = blame === 'unit' && last.result.differences.some(({ text }) => text === reason);
  return [{ who: blame, weight: 4, text: own ? 'By the rules of the judge only the unit can have done this.' : reason }];
};

/** How far beyond the limit, in units of what may be wrong about the measurement. */
const distance: Ask = (told) => {
  const difference = first(told);
  const { off_us, got, measured } = difference ?? {};
  // An interval is known to both its stamps and to the clock over its length.
  const drift_us = ((told.last.trace?.clock.bound_ppm ?? 0) / 1e6) * Math.abs(got?.at_us ?? 0);
  const [off, known, said] =
    measured !== null && measured !== undefined
      ? [Math.abs(measured.off), measured.uncertainty, `${Math.abs(measured.off).toFixed(1)} ${measured.unit}`]
      : [Math.abs(off_us ?? 0), (got?.uncertainty_us ?? 0) + drift_us, duration(Math.abs(off_us ?? 0))];
  if (off <= 0 || known <= 0) return NONE;
  const times = off / known;
  return times >= 10
    ? [{ who: 'rig', weight: -2, text: `It is off by ${said}, ${Math.round(times)} times what the measurement can be wrong by.` }]
    : [{ who: 'rig', weight: 2, text: `It is off by ${said}, only ${times.toFixed(1)} times what the measurement can be wrong by.` }];
};

const NEAR_us = 250_000;

/** LOAD and the blue LED come from the same decision of the unit but reach the fixture by different ways. */
const companion: Ask = (told) => {
  const difference = first(told);
  const { trace } = told.last;
  if (difference?.signal !== 'load' || trace === null || difference.got === null) return NONE;
  const { at_us, level } = difference.got;
  if (level === null) return NONE;
  const followed = trace.edges.some(
    (edge) => edge.signal === 'ledBlue' && isUp(edge.level) === isUp(level) && Math.abs((edge.at_us ?? Infinity) - at_us) < NEAR_us,
  );
  return followed
    ? [{ who: 'unit', weight: 2, text: 'The blue LED, seen by a sensor of its own, changed with LOAD: the unit decided so.' }]
    : [{ who: 'rig', weight: 1, text: 'The blue LED did not change with LOAD: only the comparator of LOAD tells of this edge.' }];
};

/** A probe looks at an output by voltage, past the comparator. */
const probed: Ask = (told) => {
  const signal = first(told)?.signal;
  const { trace } = told.last;
  if (signal === undefined || trace === null || !isSense(signal) || !isOutput(signal)) return NONE;
  const probes = trace.probes.filter(({ output }) => output === signal);
  if (probes.length === 0) return NONE;
  const odd = probes.filter(({ result }) => result === 'leaky' || result === 'low');
  const text = `${probes.length} probe${probes.length === 1 ? '' : 's'} looked at ${signalName(signal)} by its voltage`;
  return odd.length > 0
    ? [{ who: 'unit', weight: 1, text: `${text}; ${odd.length} found it ${odd[0]!.result}.` }]
    : [{ who: 'unit', weight: 1, text: `${text} and found nothing the comparator did not say.` }];
};

/** The same kind of difference on the same signal elsewhere in the run. */
const elsewhere: Ask = (told, all) => {
  const difference = first(told);
  if (difference === undefined || all.length < 2) return NONE;
  const same = all.filter(
    (other) => other !== told && ownDifferences(other).some(({ signal, kind }) => signal === difference.signal && kind === difference.kind),
  );
  return same.length === 0
    ? [{ who: 'rig', weight: 1, text: 'No other case of the run shows this.' }]
    : [{ who: 'unit', weight: 2, text: `${same.length} other case${same.length === 1 ? ' shows' : 's show'} the same.` }];
};

/** Outputs that move at one instant without a step have a cause in common: the supply, or what measures it. */
const together: Ask = (told) => {
  const difference = first(told);
  const at_us = difference?.got?.at_us;
  if (at_us === undefined || told.last.trace === null) return NONE;
  const moved = new Set(
    ownDifferences(told)
      .filter(({ got, signal }) => got !== null && Math.abs(got.at_us - at_us) < 5_000 && isSense(signal))
      .map(({ signal }) => signal),
  );
  return moved.size < 3
    ? NONE
    : [{ who: 'rig', weight: 2, text: `${moved.size} signals moved within 5 ms of each other: look at the supply first.` }];
};

const link: Ask = ({ last }) => {
  const { trace } = last;
  if (trace === null) return NONE;
  const { lost, overflow, resent, crcErrors } = trace.link;
  const clues: Clue[] = [];
  if ((lost ?? 0) > 0 || (overflow ?? 0) > 0)
    clues.push({ who: 'link', weight: 4, text: `${lost} events were lost on the way and ${overflow} dropped by the fixture.` });
  else if ((resent ?? 0) + (crcErrors ?? 0) > 0)
    clues.push({ who: 'link', weight: 0.5, text: `${resent} lines were sent again and ${crcErrors} came garbled; none is missing.` });
  else clues.push({ who: 'link', weight: -1, text: 'No line was garbled, lost or sent again.' });
  if (trace.boots.length > 1)
    clues.push({ who: 'rig', weight: 4, text: `The fixture started ${trace.boots.length} times during the case.` });
  return clues;
};

/** An official limit is hard to doubt; an inferred one may be our mistake. */
const certainty: Ask = (told) => {
  const difference = first(told);
  if (difference === undefined) return NONE;
  const sure = difference.certainty ?? requirementCertainty(difference.requirement);
  if (sure === null) return NONE;
  const rule = difference.rule ?? 'The rule';
  return sure === 'O'
    ? [{ who: 'model', weight: -2, text: `${rule} rests on an official document of this product.` }]
    : [{ who: 'model', weight: 1.5, text: `${rule} rests on what is ${certaintyName(sure)}: no document of this product states it.` }];
};

/** What the reference allows and the author does not. */
const demands: Ask = (told) => {
  const broken = told.last.result.expectations.filter(({ outcome }) => outcome === 'broken');
  const own = broken.filter(({ limitFrom }) => limitFrom === 'scenario');
  if (own.length === 0) return [{ who: 'scenario', weight: -1, text: 'No limit of the scenario’s own is broken.' }];
  const [one] = own;
  const text = `${one!.file}:${one!.line} asks for more than the reference does.`;
  return [{ who: 'scenario', weight: first(told) === undefined ? 4 : 1, text }];
};

const unmeasured: Ask = ({ last }) => {
  const { notMeasured, marginal, faults } = last.result;
  return [
    ...faults.map((one): Clue => ({ who: one.blame, weight: 4, text: one.text })),
    ...notMeasured.slice(0, 3).map((one): Clue => ({ who: one.blame, weight: 1, text: one.text })),
    ...marginal.slice(0, 3).map((one): Clue => ({ who: one.blame, weight: 0.5, text: one.text })),
  ];
};

/** In the order in which equally heavy clues are told. */
export const CLUES: readonly Ask[] = [blamed, distance, companion, probed, elsewhere, together, link, certainty, demands, unmeasured];
