/** Where probes and samples go on the timeline: each takes its time, so those asked for at one moment follow each other. */

import type { Measurement } from '../contracts/expectation.ts';
import { ANALOGS, DROP_SINKS } from '../signals.ts';
import { MIN_SPACING_us, Windows, later, momentInstant } from '../language/instants.ts';
import type { Instant } from '../language/instants.ts';
import { formatQuantity } from '../language/quantity.ts';
import { placeOf, stepLabel } from '../language/scenario.ts';
import type { Path } from '../language/scenario.ts';
import type { SwitchingLine, ValueLine } from '../language/shape-checks.ts';
import type { Action } from '../contracts/timeline.ts';
import { USUAL_SUPPLY_mV } from './steps.ts';
import { switchingChecks, switchingOf } from './switching.ts';
import type { Draft } from './draft.ts';
import type { Instants, WantedProbe } from './expectations.ts';

/** A probe blinds its output for up to 3 ms, a sample of 16 conversions takes about 2 ms (ELECTRICS.md, "Outputs"). */
export const CHECK_us = 5_000;
/** Of the supply current, before what may be a sink: windows that are under way put it off by up to 4 ms, and the shunt is bypassed from 2 ms before a load on. */
const CURRENT_CHECK_us = 10_000;
export const SAMPLE_COUNT = 16;
/** A sink pulse: long enough to settle, to sample, and to look behind that at what it draws with windows that are put off; well inside the 50 ms it may last. */
const SINK_PULSE_us = 20_000;
const SINK_SETTLES_us = 8_000;
/** The firmware rests a sink for its energy divided by this power. */
const SINK_REST_W = 3;

export interface Wanted {
  readonly instant: Instant;
  readonly path: Path;
  /** How long the check occupies the fixture, before the next may follow. */
  readonly takes_us: number;
  /** How long a sink has to rest after it. */
  readonly rest_us: number;
  readonly place: (at: Instant) => void;
}

const SINK_VALUES = { '1 A': '1A', '1 mA': '1mA', '10 mA': '10mA' } as const;

/** Noise is on top of what the supply stands at, wherever that is. */
export const highestSupply_mV = ({ scenario: { given, steps } }: Draft): number => {
  const set = steps.map(({ supply }) => (supply === undefined || supply.kind === 'noise' ? 0 : supply.to));
  const noise = steps.map(({ supply }) => (supply?.kind === 'noise' ? supply.by : 0));
  return Math.max(given.supply ?? USUAL_SUPPLY_mV, ...set) + Math.max(0, ...noise);
};

const wantedMeasure = (draft: Draft, line: ValueLine, index: number, instant: Instant): Wanted => {
  const path: Path = ['measure', index];
  const id = `measure-${index + 1}`;
  const sample: Action = { kind: 'sample', analog: line.what, count: SAMPLE_COUNT };
  const sink = DROP_SINKS[line.what];
  if (line.sink === undefined || sink === undefined) {
    const takes_us = line.what === 'supplyCurrent' ? CURRENT_CHECK_us : CHECK_us;
    return { instant, path, takes_us, rest_us: 0, place: (at) => draft.add(id, at, sample, path) };
  }
  const value = SINK_VALUES[line.sink];
  const energy_J = value === '1A' ? (highestSupply_mV(draft) / 1_000) * (SINK_PULSE_us / 1e6) : 0;
  return {
    instant,
    path,
    takes_us: SINK_PULSE_us + CHECK_us,
    rest_us: Math.ceil((energy_J / SINK_REST_W) * 1e6),
    place: (at) => {
      draft.add(`${id}-sink`, at, { kind: 'pulse', changes: [{ signal: sink, value }], for_us: SINK_PULSE_us }, path);
      draft.add(id, later(at, SINK_SETTLES_us), sample, path);
    },
  };
};

const wantedSwitching = (draft: Draft, line: SwitchingLine, index: number, steps: readonly Instant[]): readonly Wanted[] =>
  switchingChecks(draft, line, index, steps).map(({ id, instant, analog, path }) => ({
    instant,
    path,
    takes_us: CHECK_us,
    rest_us: 0,
    place: (at) => draft.add(id, at, { kind: 'sample', analog, count: SAMPLE_COUNT }, path),
  }));

/** Puts probes and samples in order of time; those of one anchor that would overlap move behind each other. */
export const placeChecks = (draft: Draft, instants: Instants, probes: readonly WantedProbe[]): void => {
  const numbers = new Map<string, number>();
  const wanted: Wanted[] = probes.map(({ output, instant, path }) => ({
    instant,
    path,
    takes_us: CHECK_us,
    rest_us: 0,
    place: (at) => {
      const number = (numbers.get(output) ?? 0) + 1;
      numbers.set(output, number);
      draft.add(`probe-${output}-${number}`, at, { kind: 'probe', output }, path);
    },
  }));
  for (const [index, line] of draft.scenario.measure.entries()) {
    if (line.kind === 'switching') {
      wanted.push(...wantedSwitching(draft, line, index, instants.steps));
      continue;
    }
    // Taken for the end where it could not be read: nothing is measured there, and that is told.
    if (line.at.kind === 'end') continue;
    const instant = momentInstant(line.at, draft.scenario, instants.steps, instants.end);
    if (instant !== null) wanted.push(wantedMeasure(draft, line, index, instant));
  }
  const windows = new Windows(draft.scenario, instants.steps);
  /** By anchor: when the fixture is free again, and when the sinks are. */
  const free = new Map<number | null, { at_us: number; sinks_us: number }>();
  for (const check of wanted.toSorted(
    (a, b) => (a.instant.base ?? -1) - (b.instant.base ?? -1) || a.instant.offset_us - b.instant.offset_us,
  )) {
    const { base, offset_us } = check.instant;
    const line = free.get(base) ?? { at_us: -Infinity, sinks_us: -Infinity };
    const start_us = Math.max(offset_us, line.at_us, check.rest_us > 0 ? line.sinks_us : -Infinity);
    const at = later(check.instant, start_us - offset_us);
    free.set(base, {
      at_us: start_us + check.takes_us,
      sinks_us: check.rest_us > 0 ? start_us + check.takes_us + check.rest_us : line.sinks_us,
    });
    check.place(at);
    checkRace(draft, windows, at, check);
    checkEnd(draft, windows.ofEnd(at.base, instants.end)[0], at, check);
  }
};

/** Refuses a check that begins in time, but that the end of the scenario cuts off: it would never be done. `end_us` is counted from the check's anchor. */
const checkEnd = (draft: Draft, end_us: number, at: Instant, { instant, path, takes_us }: Wanted): void => {
  // One that is asked for after the end has been told so already.
  if (instant.offset_us > end_us || at.offset_us + takes_us <= end_us) return;
  const left_us = end_us - at.offset_us;
  const message = `this check takes ${formatQuantity(takes_us, 'time')}, the scenario ends ${left_us > 0 ? `${formatQuantity(left_us, 'time')} after it begins` : 'before it begins'}`;
  draft.refuse('after-end', [...path, momentKey(draft, path)], message, 'lengthen it with until:');
};

/** Refuses a check that falls on a step, or that the run may put on either side of one. */
const checkRace = (draft: Draft, windows: Windows, at: Instant, { instant, path, takes_us }: Wanted): void => {
  const all = windows.of(at.base);
  for (let index = 0; index < all.length; index++) {
    const earliest = all[index]![0];
    const latest = all[index]![1];
    const before = at.offset_us + takes_us <= earliest - MIN_SPACING_us;
    // Asked for after the step: moving it behind other checks only makes it later still.
    const after = instant.offset_us >= latest + MIN_SPACING_us;
    if (before || after) continue;
    const label = stepLabel(draft.scenario, index);
    // From an edge or an answer on there is no time that an author would know.
    const when = at.base === null ? ` at ${formatQuantity(at.bounds_us[0], 'time')}` : '';
    const message = earliest === latest ? `this check${when} falls on ${label}` : `this check may come before or after ${label}`;
    draft.refuse(
      'race',
      [...path, momentKey(draft, path)],
      message,
      `move it away, or count it from a step, e.g. ${nameOf(draft, index)} + 1 s`,
    );
    return;
  }
};

const nameOf = ({ scenario }: Draft, index: number): string => {
  const { name, number = index + 1 } = scenario.steps[index] ?? {};
  return name ?? `step ${number}`;
};

const momentKey = ({ scenario }: Draft, path: Path): string =>
  path[0] === 'expect' && scenario.expect[Number(path[1])]?.kind === 'stays' ? 'from' : 'at';

/** What is measured more than once under one name is counted, the first as it is: by its name a value joins those of other runs, and two states of a unit are two of them. */
function numbered(all: readonly Measurement[]): readonly Measurement[] {
  const taken = new Set(all.map(({ name }) => name));
  const seen = new Set<string>();
  return all.map((one) => {
    let { name } = one;
    for (let nth = 2; seen.has(name) || (name !== one.name && taken.has(name)); nth++) name = `${one.name} (${nth})`;
    seen.add(name);
    return name === one.name ? one : { ...one, name };
  });
}

export const measurementsOf = (draft: Draft): readonly Measurement[] =>
  numbered(
    draft.scenario.measure.map((line, index) => {
      const base = {
        id: `measure-${index + 1}`,
        low: line.low?.value ?? null,
        high: line.high?.value ?? null,
        margin: line.margin?.value ?? 0,
        place: placeOf(draft.scenario, 'measure', index),
      };
      if (line.kind === 'switching') return { ...base, ...switchingOf(draft, line, base.id) };
      return {
        ...base,
        name: line.name ?? (line.sink === undefined ? line.what : `${line.what} at ${line.sink}`),
        analog: line.what,
        entry: base.id,
        unit: ANALOGS[line.what],
        switching: null,
      };
    }),
  );
