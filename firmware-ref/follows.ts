/** One fault, one first difference: what PRE-ALARM and the blue LED did wrong only because LOAD did follows from LOAD's difference. */

import type { PredictedEdge, Unexplained } from '../scenarios/contracts/prediction.ts';
import type { Edge } from '../scenarios/contracts/trace.ts';
import type { Numbers } from './parameters.ts';

export interface Found {
  readonly edges: readonly PredictedEdge[];
  readonly unexplained: readonly Unexplained[];
}

const isOn = (level: string): boolean => level === 'high' || level === 'on';

/** `early`: numbers of the edges of LOAD that came before their time. */
export function markFollowing(found: Found, observed: readonly Edge[], early: ReadonlySet<number>, numbers: Numbers): Found {
  const wrong = new Set([...early, ...found.unexplained.filter(({ signal }) => signal === 'load').map(({ seq }) => seq)]);
  const wrongLoads = wrong.size === 0 ? [] : observed.filter(({ seq }) => wrong.has(seq));
  const loadAt_us = new Map<number, number>();
  for (const { signal, seq, at_us } of observed) if (signal === 'load') loadAt_us.set(seq, at_us);
  const overdue = found.edges.filter(
    ({ signal, required, observed: seq, window_us }) =>
      signal === 'load' && required && (seq === null || (loadAt_us.get(seq) ?? -Infinity) > window_us[1]),
  );
  if (wrongLoads.length === 0 && overdue.length === 0) return found;

  /** R9, R12: both go off together, both enter service together. */
  const withLoad = ({ level, at_us }: Unexplained): boolean =>
    wrongLoads.some((load) => isOn(load.level) === isOn(level) && Math.abs(load.at_us - at_us) <= numbers.tripTogether_us);
  /** R17: the LED shows what LOAD should have done. */
  const insteadOfLoad = ({ level, at_us }: Unexplained): boolean =>
    overdue.some(
      ({ level: due, window_us: [from_us, to_us] }) =>
        isOn(due) === isOn(level) && at_us >= from_us - numbers.reaction_us && at_us <= to_us + numbers.reaction_us,
    );
  const unexplained = found.unexplained.map((one) => {
    const follows = (one.signal === 'preAlarm' && withLoad(one)) || (one.signal === 'ledBlue' && insteadOfLoad(one));
    return follows ? { ...one, consequence: true, why: 'It follows from the difference of LOAD.' } : one;
  });
  /** The LED stays where LOAD should have stayed. */
  const edges = found.edges.map((edge) => {
    const asked = edge.causes.some(({ ref }) => ref.kind === 'observed' && wrong.has(ref.seq));
    return edge.signal === 'ledBlue' && edge.observed === null && asked ? { ...edge, consequence: true } : edge;
  });
  return { edges, unexplained };
}
