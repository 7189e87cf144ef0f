/** The traces of a run as one value change dump (IEEE 1364-2005, clause 18): cases end to end, one scope each, single-bit wires and nothing else. */

import { DRIVE_SIGNALS, DRIVES, SENSES, type DriveSignal, type SenseSignal } from '../../scenarios/signals.ts';
import { finalAttempts, type RecordedAttempt, type RecordedCase, type RunRecord } from '../record.ts';
import { finite, isUp } from './lanes.ts';

type Trace = NonNullable<RecordedAttempt['trace']>;
type Bit = '0' | '1' | 'x' | 'z';

interface Change {
  readonly at_us: number;
  readonly name: string;
  readonly bit: Bit;
}

interface Scope {
  readonly name: string;
  /** From the first thing that happened to the end of the capture. */
  readonly from_us: number;
  readonly to_us: number;
  readonly changes: readonly Change[];
}

/** Switches as bits: away from the safe value is 1. Voltages are not drawn: readers differ in what they make of anything but a bit. */
const SWITCHES: readonly DriveSignal[] = DRIVE_SIGNALS.filter((signal) => DRIVES[signal].words.length === 2);
/** The supply is 1 where the unit has full function. */
const FULL_mV = 8_000;
const WIRES: readonly string[] = ['supply_on', ...SWITCHES, ...SENSES];

/** Some readers stop at the first character that no identifier has. */
const identifier = (text: string): string => text.replaceAll(/[^A-Za-z0-9_]+/g, '_').replace(/^(?=\d)/, '_') || '_';

/** Printable characters from `!` on, as short as they can be. */
function code(index: number): string {
  const rest = Math.floor(index / 94);
  return (rest === 0 ? '' : code(rest - 1)) + String.fromCharCode(33 + (index % 94));
}

const wire = (scope: number, name: string): string => code(scope * WIRES.length + WIRES.indexOf(name));

/** A fall that a probe found to float is `z`, any other level that is not high is 0. */
function senseBit(trace: Trace, signal: SenseSignal, level: string, at_us: number, next_us: number): Bit {
  if (isUp(level)) return '1';
  const floats = trace.probes.some(
    ({ output, from_us, result }) => output === signal && result === 'floating' && finite(from_us) >= at_us && finite(from_us) < next_us,
  );
  return floats ? 'z' : '0';
}

function senseChanges(trace: Trace, from_us: number, signal: SenseSignal): readonly Change[] {
  const edges = trace.edges
    .filter((edge) => edge.signal === signal)
    .map(({ at_us, level }) => ({ at_us: finite(at_us), level: level as string }));
  const all = [{ at_us: from_us, level: trace.initial[signal] as string }, ...edges];
  return all.map(({ at_us, level }, index) => ({
    at_us,
    name: signal,
    bit: senseBit(trace, signal, level, at_us, all[index + 1]?.at_us ?? Infinity),
  }));
}

function driveChanges({ case: { timeline } }: RecordedCase, trace: Trace, from_us: number): readonly Change[] {
  const changes: Change[] = ['supply_on', ...SWITCHES].map((name) => ({ at_us: from_us, name, bit: '0' }));
  for (const { entry, done_us, ended_us, outcome } of trace.stimuli) {
    const action = timeline.entries.find(({ id }) => id === entry)?.do;
    if (action === undefined || done_us === null || outcome !== 'done') continue;
    if (action.kind === 'ramp' && action.signal === 'supply')
      changes.push({ at_us: ended_us ?? done_us, name: 'supply_on', bit: finite(action.to_mV, 0) >= FULL_mV ? '1' : '0' });
    if (action.kind !== 'set' && action.kind !== 'pulse') continue;
    for (const { signal, value } of action.changes) {
      const before = changes.findLast(({ name }) => name === (signal === 'supply' ? 'supply_on' : signal))?.bit ?? '0';
      const on = typeof value === 'string' ? value !== DRIVES[signal].safe : finite(value.mV, 0) >= FULL_mV;
      const name = signal === 'supply' ? 'supply_on' : signal;
      if (!WIRES.includes(name)) continue;
      changes.push({ at_us: done_us, name, bit: on ? '1' : '0' });
      if (action.kind === 'pulse' && ended_us !== null) changes.push({ at_us: ended_us, name, bit: before });
    }
  }
  return changes;
}

function scopeOf(recorded: RecordedCase, trace: Trace): Scope {
  const starts = [...trace.captured.map(({ from_us }) => from_us), ...trace.stimuli.map(({ done_us }) => done_us)];
  const from_us = Math.min(0, ...starts.filter((at) => at !== null));
  const changes = [...driveChanges(recorded, trace, from_us), ...SENSES.flatMap((signal) => senseChanges(trace, from_us, signal))];
  return {
    name: identifier(recorded.case.id),
    from_us,
    to_us: finite(trace.ended_us, 0),
    changes: changes.toSorted((a, b) => a.at_us - b.at_us),
  };
}

/** Two scopes of one name are one scope to most readers. */
function named(scopes: readonly Scope[]): readonly Scope[] {
  const seen = new Map<string, number>();
  return scopes.map((scope) => {
    const count = (seen.get(scope.name) ?? 0) + 1;
    seen.set(scope.name, count);
    return count === 1 ? scope : { ...scope, name: `${scope.name}_${count}` };
  });
}

const NOTHING: Bit = 'x';

/** Times are whole microseconds from the first event of the run's first case. A case without a trace is left out; outside its case a wire is `x`. */
export function renderVcd(record: RunRecord): string {
  const scopes = named(
    finalAttempts(record).flatMap(({ recorded, last: { trace } }) => (trace === null ? [] : [scopeOf(recorded, trace)])),
  );
  const bench = record.bench.simulated === true ? 'simulated bench, no real unit was tested' : `bench ${identifier(record.bench.id)}`;
  const lines = [
    '$version bms-rig $end',
    `$comment run ${identifier(record.runId)}, ${bench} $end`,
    '$timescale 1 us $end',
    ...scopes.flatMap(({ name }, scope) => [
      `$scope module ${name} $end`,
      ...WIRES.map((one) => `$var wire 1 ${wire(scope, one)} ${one} $end`),
      '$upscope $end',
    ]),
    '$enddefinitions $end',
    '#0',
    '$dumpvars',
    ...scopes.flatMap((_, scope) => WIRES.map((one) => `${NOTHING}${wire(scope, one)}`)),
    '$end',
  ];
  let offset_us = 0;
  let last_us = 0;
  const at = (time_us: number): void => {
    if (time_us > last_us) lines.push(`#${time_us}`);
    last_us = Math.max(last_us, time_us);
  };
  for (const [scope, { from_us, to_us, changes }] of scopes.entries()) {
    for (const { at_us, name, bit } of changes) {
      if (!Number.isFinite(at_us) || at_us > to_us) continue;
      at(Math.round(offset_us + at_us - from_us));
      lines.push(`${bit}${wire(scope, name)}`);
    }
    offset_us += Math.ceil(to_us - from_us);
    at(offset_us);
    lines.push(...WIRES.map((one) => `${NOTHING}${wire(scope, one)}`));
  }
  return `${lines.join('\n')}\n`;
}
