/** A timeline as commands of the wire: numbers for entry ids, ticks for microseconds, in the order in which they must be sent. */

import type { ScenarioTime_us } from '../../scenarios/contracts/clocks.ts';
import type { Bypass, EntryId, Timeline, TimelineEntry, When } from '../../scenarios/contracts/timeline.ts';
import { SENSES } from '../../scenarios/signals.ts';
import { CHANNEL_OF, DRIVE_BITS } from '../fixture/channels.ts';
import type { Command } from '../link/command-window.ts';
import { type ScenarioAxis, wireTicks } from '../link/clock-fit.ts';
import type { Correction } from '../calibration/calibration.ts';
import { RigError } from '../error.ts';
import { DONE_HISTORY, ENTRY_ID_MAX, FAR_ticks, RAMP_STEP_MIN_ticks } from '../wire/limits.ts';
import type { When as WireWhen } from '../wire/messages.ts';
import { RampGrids } from './ramp-grid.ts';
import { converterCode, encodeChanges } from './encode-drives.ts';

/** A ramp is updated each millisecond: finer steps cost the fixture's time and show in no measurement; a ramp shorter than 20 ms gets 20 steps. */
const RAMP_STEP_ticks = 2_000;
const LEAST_STEPS = 20;
const MOST_STEP_ticks = 0xffffff;

export interface PlannedCommand {
  /** What to call it in a message: `entry step-3`, `the end of the case`. */
  readonly what: string;
  readonly number: number;
  /** It should be with the fixture before this instant: its own at the earliest, or that of the entry that it hangs on. */
  readonly wantedBy_us: ScenarioTime_us;
  /** The command as the axis of the moment puts it. */
  readonly command: (axis: ScenarioAxis) => Command;
  /** Absolute instant, where it has one; the axis may not change before it any more. */
  readonly at_us: ScenarioTime_us | null;
  /** Where an operator decides when: the entry. Its command has no tick of its own. */
  readonly barrier: TimelineEntry | null;
}

export interface EncodedTimeline {
  readonly commands: readonly PlannedCommand[];
  /** Entry ids by wire number. */
  readonly entryOf: ReadonlyMap<number, EntryId>;
  readonly end: number;
}

/** What an entry hangs on. */
const parentOf = (when: Exclude<When, { kind: 'at' }>): EntryId => (when.kind === 'afterEdge' ? when.armedBy : when.entry);

const near = (ticks: number, what: string): number => {
  if (ticks <= FAR_ticks) return ticks;
  throw new RigError('internal', `${what} waits ${Math.round(ticks / 2e6)} s in one piece; the fixture can wait 536 s.`, {
    hint: 'Divide the wait with an entry between.',
    blame: 'operator',
  });
};

/** Closes or opens the bypass along with an entry's own changes: its bit stays so until it is told otherwise, or everything is made safe. */
const bypassing = (command: Command, to: Bypass | undefined): Command => {
  if (command.kind !== 'set' || to === undefined) return command;
  const bit = 1 << DRIVE_BITS.shuntBypass;
  return { ...command, mask: command.mask | bit, value: to === 'closed' ? command.value | bit : command.value & ~bit };
};

const encodeAction = (entry: TimelineEntry, axis: ScenarioAxis, supply: Correction | null): Command => {
  const common = { id: 0, when: { kind: 'at', tick: 0 } } as const; // both filled in by the caller
  const action = entry.do;
  switch (action.kind) {
    case 'set':
      return bypassing({ kind: 'set', ...common, ...encodeChanges(action.changes, supply) }, action.bypass);
    case 'pulse':
      return {
        kind: 'pulse',
        ...common,
        ...encodeChanges(action.changes, supply),
        for_ticks: near(axis.durationOf(action.for_us), entry.id),
      };
    case 'ramp': {
      const code = converterCode(action.signal, action.to_mV, supply);
      const over_ticks = near(axis.durationOf(action.over_us), entry.id);
      const steps = Math.max(1, Math.abs(code - converterCode(action.signal, action.from_mV, supply)));
      const step_ticks = Math.max(
        RAMP_STEP_MIN_ticks,
        Math.min(RAMP_STEP_ticks, Math.floor(over_ticks / LEAST_STEPS)),
        Math.min(MOST_STEP_ticks, Math.floor(over_ticks / steps)),
      );
      return { kind: 'ramp', ...common, converter: action.signal, code, over_ticks, step_ticks };
    }
    case 'sample':
      return { kind: 'sample', ...common, channel: CHANNEL_OF[action.analog], count: action.count };
    case 'probe':
      return { kind: 'probe', ...common, output: action.output };
    // A change of nothing: its tick is all that it is for.
    case 'barrier':
      return { kind: 'set', ...common, mask: 0, value: 0, codes: [] };
  }
};

/** Numbers entries from 1 and prepares their commands. Where something `draws` current in the case, its first entry closes the shunt's bypass: an ampere through 10 Ohm would put the unit out. Throws RigError `internal` for a timeline that the compiler should have refused. */
export const encodeTimeline = (timeline: Timeline, supply: Correction | null, draws = false): EncodedTimeline => {
  const { entries } = timeline;
  if (entries.length + 1 > ENTRY_ID_MAX)
    throw new RigError('internal', `A case of ${entries.length} entries is more than the wire can number (${ENTRY_ID_MAX - 1}).`);
  const numbers = new Map(entries.map(({ id }, index) => [id, index + 1]));
  const earliest = new Map(entries.map(({ id, bounds_us }) => [id, bounds_us[0]]));
  const end = entries.length + 1;

  const grids = new RampGrids();

  const numberOf = (id: EntryId): number => {
    const number = numbers.get(id);
    if (number === undefined) throw new RigError('internal', `The timeline has no entry ${id} to hang another on.`);
    return number;
  };
  const encodeWhen = (when: When, axis: ScenarioAxis, what: string): WireWhen => {
    if (when.kind === 'at') return { kind: 'at', tick: wireTicks(axis.ticksOf(when.at_us)) };
    // Filled in by whoever lets it go (feed-timeline.ts).
    if (when.kind === 'released') return { kind: 'at', tick: 0 };
    const delay_ticks = near(axis.durationOf(when.delay_us), what);
    if (when.kind === 'afterEntry') return { kind: 'after', entry: numberOf(when.entry), delay_ticks };
    const level = when.level === 'high' || when.level === 'on' ? 1 : 0;
    const timeout_ticks = near(axis.durationOf(when.timeout_us), what);
    return { kind: 'edge', edge: SENSES.indexOf(when.signal) * 2 + level, armedBy: numberOf(when.armedBy), delay_ticks, timeout_ticks };
  };
  const starts = entries.map(({ bounds_us }) => bounds_us[0]).toSorted((a, b) => a - b);
  /** A long delay is better converted late, with a better clock rate; but the fixture remembers only so many entries that were done. */
  const wantedBy = (when: When, number: number): ScenarioTime_us => {
    if (when.kind === 'at') return when.at_us;
    const parent_us = earliest.get(parentOf(when))!;
    if (when.kind !== 'afterEntry') return parent_us;
    const own_us = number === end ? timeline.endBounds_us[0] : entries[number - 1]!.bounds_us[0];
    return starts.filter((start) => start >= parent_us && start <= own_us).length < DONE_HISTORY / 2 ? own_us : parent_us;
  };
  const plan = (what: string, number: number, when: When, action: (axis: ScenarioAxis) => Command): PlannedCommand => {
    const parent = when.kind === 'at' ? null : parentOf(when);
    if (parent !== null) numberOf(parent);
    return {
      what,
      number,
      wantedBy_us: wantedBy(when, number),
      at_us: when.kind === 'at' ? when.at_us : null,
      barrier: when.kind === 'released' ? entries[number - 1]! : null,
      command: (axis) => {
        const command = action(axis);
        const asked = encodeWhen(when, axis, what);
        if (command.kind === 'ramp') grids.add(number, asked, command.over_ticks, command.step_ticks);
        const measures = command.kind === 'sample' || command.kind === 'probe';
        return { ...command, id: number, when: measures ? grids.clear(number, asked) : asked } as Command;
      },
    };
  };
  const commands = entries.map((entry, index) => {
    const action = (axis: ScenarioAxis): Command => encodeAction(entry, axis, supply);
    return plan(
      `entry ${entry.id}`,
      numberOf(entry.id),
      entry.when,
      draws && index === 0 ? (axis) => bypassing(action(axis), 'closed') : action,
    );
  });
  const last = plan('the end of the case', end, timeline.end, () => ({ kind: 'end', id: 0, when: { kind: 'at', tick: 0 } }));
  return {
    commands: [...inSendingOrder(commands, entries, numbers), last],
    entryOf: new Map(entries.map(({ id }, index) => [index + 1, id])),
    end,
  };
};

/** By the instant they are wanted, but never before the entry that they hang on. */
const inSendingOrder = (
  commands: readonly PlannedCommand[],
  entries: readonly TimelineEntry[],
  numbers: ReadonlyMap<EntryId, number>,
): readonly PlannedCommand[] => {
  const byNumber = new Map(commands.map((command) => [command.number, command]));
  const placed = new Set<number>();
  const order: PlannedCommand[] = [];
  const place = (command: PlannedCommand, path: readonly number[]): void => {
    if (placed.has(command.number)) return;
    if (path.includes(command.number)) throw new RigError('internal', `${command.what} hangs on itself.`);
    const when = entries[command.number - 1]!.when;
    if (when.kind !== 'at') place(byNumber.get(numbers.get(parentOf(when))!)!, [...path, command.number]);
    placed.add(command.number);
    order.push(command);
  };
  for (const command of commands.toSorted((a, b) => a.wantedBy_us - b.wantedBy_us || a.number - b.number)) place(command, []);
  return order;
};
