/** The requirements that a measurement carries: those its quantity speaks of in the state in which it is taken. */

import type { Case } from '../../scenarios/contracts/case.ts';
import type { Measurement } from '../../scenarios/contracts/expectation.ts';
import type { RequirementId } from '../../scenarios/requirements.ts';
import type { AnalogSignal, DriveSignal } from '../../scenarios/signals.ts';
import type { Evidence } from './evidence.ts';
import type { Held, Played } from './play.ts';

interface Sunk {
  readonly drop: RequirementId;
  readonly rated: RequirementId;
  readonly sink: DriveSignal;
  readonly at: string;
}

const DROPS: Partial<Record<AnalogSignal, Sunk>> = {
  loadDrop: { drop: 'LOAD-DROP', rated: 'LOAD-RATED', sink: 'loadSink', at: '1A' },
  preAlarmDrop: { drop: 'PRE-DROP', rated: 'PRE-RATED', sink: 'preAlarmSink', at: '1A' },
  chargerDrop: { drop: 'CHG-DROP', rated: 'CHG-RATED', sink: 'chargerSink', at: '10mA' },
};

/** True where the sample is taken while the sink carries its rated current. */
function sunk({ timeline }: Case, { apart }: Played, { sink, at }: Sunk, at_us: number): boolean {
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

function carried(testCase: Case, played: Played, { analog, high, entry }: Measurement, at_us: number): readonly RequirementId[] {
  const held = played.held.findLast(({ from_us }) => from_us[0] <= at_us);
  if (held === undefined) return [];
  if (analog === 'supplyCurrent') return currentIn(held, awaitsFall(testCase, entry));
  const known = DROPS[analog];
  // A drop is limited from above.
  if (known === undefined || high === null) return [];
  return sunk(testCase, played, known, at_us) ? [known.drop, known.rated] : [known.drop];
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
