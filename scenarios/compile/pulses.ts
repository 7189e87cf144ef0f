/** Steps that last for a while and then take everything back: pulses of the drives, sinks, the short of CHARGER, and what the bank does meanwhile. */

import { changeBank, polesOf, valueAt } from '../battery/bank.ts';
import type { Bank } from '../battery/bank.ts';
import type { DriveChange } from '../contracts/timeline.ts';
import { later } from '../language/instants.ts';
import type { Instant } from '../language/instants.ts';
import { formatQuantity } from '../language/quantity.ts';
import { stepLabel } from '../language/scenario.ts';
import type { Path } from '../language/scenario.ts';
import type { Step } from '../language/shape.ts';
import { DRIVES } from '../signals.ts';
import { slew_us } from './analog.ts';
import { bankStep } from './bank-steps.ts';
import { bankWords } from './bank-words.ts';
import { stepId } from './draft.ts';
import type { Draft, DraftEntry } from './draft.ts';
import { isIdle } from './idle.ts';
import { RUNNING_WORDS, checkRemoteOf, withRunning } from './stand.ts';
import type { DriveStand } from './stand.ts';
import { changesOfPoles, changesOfPolesWord, isMoving, linkChange, terminalChanges } from './stimuli.ts';

const SINK_VALUES = { '1 A': '1A', '1 mA': '1mA', '10 mA': '10mA' } as const;

/** What the step hangs on the outputs. */
const burdens = ({ sink, short }: Step): readonly DriveChange[] => [
  ...(sink?.load === undefined ? [] : [{ signal: 'loadSink', value: SINK_VALUES[sink.load] } as const]),
  ...(sink?.preAlarm === undefined ? [] : [{ signal: 'preAlarmSink', value: SINK_VALUES[sink.preAlarm] } as const]),
  ...(sink?.charger === undefined ? [] : [{ signal: 'chargerSink', value: SINK_VALUES[sink.charger] } as const]),
  ...(short === undefined ? [] : [{ signal: 'chargerShort', value: 'on' } as const]),
];

/** A load is on for as long as the fixture lets it, and no longer; two of them not together. */
const checkBurdens = (draft: Draft, step: Step, path: Path): void => {
  const word = step.sink === undefined ? 'short' : 'sink';
  const most_ms = step.short === undefined ? DRIVES.loadSink.maxOn_ms : DRIVES.chargerShort.maxOn_ms;
  if (step.for === undefined) {
    draft.refuseKey('no-duration', [...path, word], `a ${word} is on for a while`, `add for: ${most_ms / 2} ms, at most ${most_ms} ms`);
  } else if (step.for > most_ms * 1_000) {
    const message = `the fixture lets a ${word} be on for ${most_ms} ms at most`;
    draft.refuse('pulse-too-long', [...path, 'for'], message, `for: ${most_ms} ms or less`);
  }
  if (burdens(step).length > 1)
    draft.refuseKey('two-sinks', [...path, word], 'the fixture hangs one load on the outputs at a time', 'use a step for each');
};

/** What has a time of its own, or is none, does not go with `for`. */
const checkWords = (draft: Draft, step: Step, path: Path): void => {
  const { supply, remote } = step;
  const { targets, noises } = bankWords(draft, step, path);
  const stray =
    supply !== undefined && supply.kind !== 'set'
      ? 'supply'
      : remote !== undefined && (isMoving(remote.H) || isMoving(remote.L))
        ? 'remote'
        : targets.length + noises.length > 0
          ? 'cells'
          : null;
  if (stray === null) return;
  draft.refuseKey(
    'not-alone',
    [...path, 'for'],
    `the ${stray} here has a time of its own`,
    'take for: out, or move it to a step of its own',
  );
};

/** The bank with what the step changed taken back; alarms stay as their hysteresis has it. */
const takenBack = (before: Bank, after: Bank, step: Step, draft: Draft, path: Path): Bank => {
  const { assigned } = bankWords(draft, step, path);
  return changeBank(after, { assigned: assigned.map(({ where }) => ({ where, to: valueAt(before, where) })), cable: before.cable });
};

export interface PulsePlace {
  readonly index: number;
  readonly instant: Instant;
  readonly trigger: DraftEntry['trigger'];
}

/** Adds the entries of such a step; the drives stand after it as they did before, but for what the bank remembers. */
export const pulseEntries = (draft: Draft, stand: DriveStand, step: Step, { index, instant, trigger }: PulsePlace): DriveStand => {
  const path: Path = ['steps', index];
  const id = stepId(draft.scenario, index);
  const for_us = step.for ?? 1_000;
  const loads = burdens(step);
  if (loads.length > 0) checkBurdens(draft, step, path);
  checkWords(draft, step, path);

  const supply_mV = step.supply?.kind === 'set' ? step.supply.to : stand.supply_mV;
  const needed_us = slew_us(stand.supply_mV, supply_mV);
  if (for_us < needed_us) {
    const needs = `the supply needs ${formatQuantity(needed_us, 'time')} from ${stand.supply_mV / 1_000} V to ${supply_mV / 1_000} V`;
    draft.refuse('too-fast', [...path, 'for'], needs, `give it ${formatQuantity(needed_us, 'time')} or more`);
  }
  checkRemoteOf(draft, stand, step, Math.min(supply_mV, stand.supply_mV), path);

  const remote = step.remote === undefined ? [] : [linkChange(step.remote), ...terminalChanges(step.remote)];
  const supply: readonly DriveChange[] = step.supply === undefined ? [] : [{ signal: 'supply', value: { mV: supply_mV } }];
  const inBank = bankStep(draft, stand, step, index, instant);
  if (isIdle(stand, step, inBank.moves)) draft.idle.add(index);
  const over = later(instant, for_us);
  const words = RUNNING_WORDS.filter((word) => step[word] !== undefined);
  const after = { ...stand, running: withRunning(stand.running, { step: index, over, words }) };

  if (inBank.changes === null) {
    const poles = step.poles === undefined ? [] : changesOfPolesWord(step.poles);
    draft.add(id, instant, { kind: 'pulse', changes: [...poles, ...remote, ...supply, ...loads], for_us }, path, trigger);
    return after;
  }
  if (loads.length > 0)
    draft.refuseKey(
      'not-alone',
      [...path, step.sink === undefined ? 'short' : 'sink'],
      `${stepLabel(draft.scenario, index)} changes the bank, too`,
      'use a step for each',
    );
  // What the bank does at the end may not be what it did at the start, backwards: a pulse cannot say that.
  const bank = takenBack(stand.bank, inBank.bank, step, draft, path);
  const back: readonly DriveChange[] = [
    ...changesOfPoles(polesOf(bank)),
    ...(step.remote === undefined ? [] : [linkChange(stand.remote), ...terminalChanges(stand.remote)]),
    ...(step.supply === undefined ? [] : [{ signal: 'supply', value: { mV: stand.supply_mV } } as const]),
  ];
  draft.add(id, instant, { kind: 'set', changes: [...inBank.changes, ...remote, ...supply] }, path, trigger);
  draft.add(`${id}.end`, over, { kind: 'set', changes: back }, [...path, 'for']);
  return { ...after, bank, poles: changesOfPoles(polesOf(bank)) };
};
