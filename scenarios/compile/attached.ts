/** What hangs on the outputs in a case, and what must not: more than an output is rated for, a coil on CHARGER, and what cannot be told of an output with a load. */

import type { Attached, AttachedLoads } from '../contracts/case.ts';
import { formatQuantity } from '../language/quantity.ts';
import { OUTPUTS, isOutput } from '../signals.ts';
import type { OutputSignal, SenseSignal } from '../signals.ts';
import { highestSupply_mV } from './checks.ts';
import type { Draft } from './draft.ts';

/** Rated currents (FACTS.md F-LOAD, F-PRE-ALARM, F-CHARGER). */
export const RATED_uA: Readonly<Record<OutputSignal, number>> = { load: 1_000_000, preAlarm: 1_000_000, charger: 10_000 };
/** The supply folds back at 1.5 A (ELECTRICS.md, "Supply"); the unit and a pulse want their share. */
const MOST_TOGETHER_uA = 1_200_000;

/** Of whatever draws a current. */
export const attachedCurrent_uA = (attached: Attached, supply_mV: number): number =>
  attached.kind === 'remoteInput' ? 0 : Math.round((supply_mV * 1e6) / attached.resistance_mOhm);

export const attachedOf = ({ scenario }: Draft): AttachedLoads => {
  const words = scenario.given.attached ?? {};
  return Object.fromEntries(OUTPUTS.flatMap((output) => (words[output] ? [[output, words[output]]] : [])));
};

const loads = (draft: Draft): readonly (readonly [OutputSignal, Attached])[] => {
  const attached = attachedOf(draft);
  return OUTPUTS.flatMap((output) => {
    const one = attached[output];
    return one === undefined ? [] : [[output, one] as const];
  });
};

const amperes = (uA: number): string => `${Number((uA / 1_000).toPrecision(3))} mA`;

const checkRatings = (draft: Draft): void => {
  const supply_mV = highestSupply_mV(draft);
  let together_uA = 0;
  let each = true;
  for (const [output, attached] of loads(draft)) {
    const path = ['given', 'attached', output];
    if (attached.kind === 'coil' && output === 'charger') {
      draft.refuse('coil-on-charger', path, 'CHARGER is for a remote input, not for a coil', 'attach it to load or preAlarm');
      continue;
    }
    const current_uA = attachedCurrent_uA(attached, supply_mV);
    together_uA += current_uA;
    if (current_uA <= RATED_uA[output]) continue;
    each = false;
    const least_mOhm = Math.ceil((supply_mV * 1e6) / RATED_uA[output]);
    const message = `this draws ${amperes(current_uA)} at ${supply_mV / 1_000} V, ${output} is rated ${amperes(RATED_uA[output])}`;
    draft.refuse('over-rating', path, message, `${formatQuantity(least_mOhm, 'resistance')} or more`);
  }
  if (each && together_uA > MOST_TOGETHER_uA)
    draft.refuseKey(
      'over-rating',
      ['given', 'attached'],
      `the loads draw ${amperes(together_uA)} together`,
      `the bench supplies ${amperes(MOST_TOGETHER_uA)}`,
    );
};

/** A sink adds to what hangs on its output already. */
const checkSinks = (draft: Draft): void => {
  const attached = attachedOf(draft);
  const supply_mV = highestSupply_mV(draft);
  const sinks = [
    ...draft.scenario.steps.flatMap(({ sink }, index) =>
      OUTPUTS.flatMap((output) =>
        sink?.[output] === undefined ? [] : [{ output, word: sink[output], path: ['steps', index, 'sink', output] }],
      ),
    ),
    ...draft.scenario.measure.flatMap((line, index) =>
      OUTPUTS.flatMap((output) =>
        line.kind === 'switching' || line.sink === undefined || line.what !== `${output}Drop`
          ? []
          : [{ output, word: line.sink, path: ['measure', index, 'sink'] }],
      ),
    ),
  ];
  for (const { output, word, path } of sinks) {
    const one = attached[output];
    if (one === undefined) continue;
    const sink_uA = word === '1 A' ? 1_000_000 : word === '10 mA' ? 10_000 : 1_000;
    const current_uA = attachedCurrent_uA(one, supply_mV) + sink_uA;
    if (current_uA <= RATED_uA[output] * 1.01) continue;
    const message = `with what is attached ${output} would carry ${amperes(current_uA)}, rated ${amperes(RATED_uA[output])}`;
    draft.refuse('over-rating', path, message, 'measure the drop under the load alone, or attach less');
  }
};

/** With a load the supply current is that of the load, and with a coil no probe tells floating from low. */
const checkChecks = (draft: Draft): void => {
  const attached = attachedOf(draft);
  const { expect, measure } = draft.scenario;
  if (Object.keys(attached).length > 0) {
    for (const [index, line] of measure.entries())
      if (line.kind === 'value' && line.what === 'supplyCurrent')
        draft.refuse(
          'attached-current',
          ['measure', index, 'what'],
          'the supply current has that of what is attached in it',
          'measure it in a case with nothing attached',
        );
  }
  for (const [index, line] of expect.entries()) {
    if (!('levels' in line)) continue;
    for (const [signal, level] of Object.entries(line.levels)) {
      const coil = isOutput(signal as SenseSignal) && attached[signal as OutputSignal]?.kind === 'coil';
      if (coil && (level === 'floating' || level === 'low'))
        draft.refuse(
          'coil-not-probed',
          ['expect', index, signal],
          `with a coil on ${signal} nobody can tell floating from low`,
          'expect notHigh',
        );
    }
  }
};

export const checkAttached = (draft: Draft): void => {
  if (draft.scenario.given.attached === undefined) return;
  checkRatings(draft);
  checkSinks(draft);
  checkChecks(draft);
};
