/** The requirements that a measurement carries: those its quantity speaks of in the state in which it is taken. */

import type { Case } from '../../scenarios/contracts/case.ts';
import type { EdgeKind, Measurement } from '../../scenarios/contracts/expectation.ts';
import type { RequirementId } from '../../scenarios/requirements.ts';
import type { AnalogSignal, DriveSignal, OutputSignal } from '../../scenarios/signals.ts';
import { PARAMETERS } from '../parameters.ts';
import type { Evidence } from './evidence.ts';
import type { Held, Played } from './play.ts';

interface Sunk {
  readonly output: OutputSignal;
  readonly drop: RequirementId;
  readonly rated: RequirementId;
  /** What the output is made to drive hangs on it. */
  readonly receivers: RequirementId;
  readonly sink: DriveSignal;
  readonly at: string;
}

const DROPS: Partial<Record<AnalogSignal, Sunk>> = {
  loadDrop: { output: 'load', drop: 'LOAD-DROP', rated: 'LOAD-RATED', receivers: 'LOAD-RECEIVERS', sink: 'loadSink', at: '1A' },
  preAlarmDrop: { output: 'preAlarm', drop: 'PRE-DROP', rated: 'PRE-RATED', receivers: 'PRE-RECEIVERS', sink: 'preAlarmSink', at: '1A' },
  chargerDrop: { output: 'charger', drop: 'CHG-DROP', rated: 'CHG-RATED', receivers: 'CHG-RECEIVERS', sink: 'chargerSink', at: '10mA' },
};

/** True where the sample is taken while a pulse gives the drive this value. */
function during({ timeline }: Case, { apart }: Played, { sink, at }: Pick<Sunk, 'sink' | 'at'>, at_us: number): boolean {
  return timeline.entries.some(({ id, do: action }) => {
    const [from_us] = apart.at_us(id);
    if (action.kind !== 'pulse' || from_us > at_us || from_us + action.for_us < at_us) return false;
    return action.changes.some(({ signal, value }) => signal === sink && value === at);
  });
}

/** True where the entry comes after LOAD has fallen, because it waited for that. */
function awaitsFall({ timeline: { entries } }: Case, entry: string): boolean {
  for (let id: string | null = entry; id !== null;) {
    const when = entries.find((one) => one.id === id)?.when;
    if (when === undefined || when.kind === 'at') return false;
    if (when.kind === 'afterEdge') return when.signal === 'load' && when.level === 'notHigh';
    id = when.entry;
  }
  return false;
}

function currentIn({ segment: { kind, inputs }, pairs }: Held, fallen: boolean): readonly RequirementId[] {
  if (kind !== 'steady') return [];
  if (inputs.remote === 'off') return ['CURRENT-OFF'];
  if (pairs.every(({ load }) => load.high)) return ['CURRENT-ON'];
  const down = pairs.filter(({ load }) => load.memo === 'down');
  return down.length > 0 && (fallen || down.length === pairs.length) ? ['CURRENT-LOW-CELL'] : [];
}

const SWITCHED_BY: Partial<Record<AnalogSignal, (one: Measurement, edge: EdgeKind) => RequirementId | null>> = {
  remoteHVoltage: ({ high }, { level }) => (level === 'high' && high !== null && high <= PARAMETERS.remoteHOn_mV.value ? 'REMOTE-H' : null),
  remoteLVoltage: ({ low }, { level }) => (level === 'high' && low !== null && low >= PARAMETERS.remoteLOn_mV.value ? 'REMOTE-L' : null),
  supplyVoltage: ({ high }, { level }) =>
    level !== 'high' && high !== null && high <= PARAMETERS.supplyFull_mV.value ? 'SUPPLY-RANGE' : null,
};

/** A switching point shows what is published of it where the scenario's limit lets no more through. */
function switched(one: Measurement): readonly RequirementId[] {
  const shown = one.switching === null ? null : SWITCHED_BY[one.analog]?.(one, one.switching.edge);
  return shown === null || shown === undefined ? [] : [shown];
}

const SHORT = { sink: 'chargerShort', at: 'on' } as const;

function carried(testCase: Case, played: Played, one: Measurement, at_us: number): readonly RequirementId[] {
  if (one.switching !== null) return switched(one);
  const { analog, low, high, entry } = one;
  const held = played.held.findLast(({ from_us }) => from_us[0] <= at_us);
  if (held === undefined) return [];
  if (analog === 'supplyCurrent' && during(testCase, played, SHORT, at_us)) return low !== null && high !== null ? ['CHG-SHORT'] : [];
  if (analog === 'supplyCurrent') return currentIn(held, awaitsFall(testCase, entry));
  const known = DROPS[analog];
  // A drop is limited from above.
  if (known === undefined || high === null) return [];
  return [
    known.drop,
    ...(during(testCase, played, known, at_us) ? [known.rated] : []),
    ...(testCase.attached[known.output] === undefined ? [] : [known.receivers]),
  ];
}

export const carriedByMeasurement = (testCase: Case, played: Played): readonly Omit<Evidence, 'supply_mV'>[] =>
  testCase.measurements.flatMap((one) => {
    const at_us = played.apart.at_us(one.entry);
    return carried(testCase, played, one, at_us[0]).map((requirement) => ({
      requirement,
      by: 'measurement' as const,
      what: one.name,
      at_us,
    }));
  });
