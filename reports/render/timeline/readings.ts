/** What a timeline says in words: of an edge, of an instant, of the time between two cursors, and as rows of a table. These functions run in the reader's browser as well. */

import { firstAtLeast, instantText, lengthText, type ViewOfTime } from './layout.ts';
import type { TimelineModel } from './model.ts';

export interface EdgeRow {
  readonly at_us: number;
  readonly at: string;
  readonly signal: string;
  readonly what: string;
  readonly known: string;
  readonly allowed: string;
  readonly why: string;
}

/** A cursor; `uncertainty_us` is null where it stands on no edge. */
export interface Cursor {
  readonly at_us: number;
  readonly uncertainty_us: number | null;
}

export const edgeWord = (label: string, up: boolean): string =>
  label.includes('LED') ? (up ? 'lit up' : 'went dark') : up ? 'rose' : 'fell';

/** Which window belongs to an edge, by lane and number. */
export function windowByEdge({ windows, senses }: TimelineModel): readonly ReadonlyMap<number, number>[] {
  const maps = senses.map(() => new Map<number, number>());
  for (const [index, edge] of windows.edge.entries()) if (edge >= 0) maps[windows.lane[index]!]!.set(edge, index);
  return maps;
}

export function windowText({ windows, expected }: TimelineModel, index: number): string {
  const { basis } = expected[windows.expected[index]!]!;
  const to_us = windows.to_us[index]!;
  const until = Number.isFinite(to_us) ? ` to ${instantText(to_us, 1_000)}` : ' on';
  return `${instantText(windows.from_us[index]!, 1_000)}${until} (${basis})`;
}

/** The edge of a lane that is nearest to an instant and not farther than `within_us`; -1: none. */
export function nearestEdge(at_us: Float64Array, at: number, within_us: number): number {
  const after = firstAtLeast(at_us, at);
  const [best] = [after - 1, after]
    .filter((index) => index >= 0 && index < at_us.length && Math.abs(at_us[index]! - at) <= within_us)
    .toSorted((a, b) => Math.abs(at_us[a]! - at) - Math.abs(at_us[b]! - at));
  return best ?? -1;
}

/** What a lane was and was allowed to be at an instant. */
export function stateText(model: TimelineModel, number: number, at: number): string {
  const lane = model.senses[number]!;
  const edge = firstAtLeast(lane.at_us, at + 0.05) - 1;
  const up = edge === -1 ? lane.initialUp : lane.up[edge] === 1;
  const led = lane.label.includes('LED');
  const level = led ? (up ? 'lit' : 'dark') : up ? 'high' : 'not high';
  const span = firstAtLeast(lane.allowedFrom_us, at + 0.05) - 1;
  const allowance = span === -1 ? undefined : model.allowances[lane.allowance[span]!];
  const probe = firstAtLeast(lane.probeFrom_us, at + 0.05) - 1;
  const probed = probe !== -1 && lane.probeTo_us[probe]! >= at ? `; probed ${model.probeResults[lane.probeResult[probe]!]}` : '';
  return `${lane.label} ${level}${probed}${allowance === undefined ? '' : `, allowed: ${allowance.levels} (${allowance.basis})`}`;
}

export function driveTexts({ drives, driveStates }: TimelineModel, at: number): string {
  return drives
    .map(({ label, at_us, state, ramp }) => {
      const index = firstAtLeast(at_us, at + 0.05) - 1;
      if (index === -1) return '';
      const text = driveStates[state[index]!]!.text;
      return `${label} ${ramp[index] === 1 ? `moving from ${text}` : text}`;
    })
    .filter((text) => text !== '')
    .join(', ');
}

export const cursorText = (name: string, cursor: Cursor | null): string =>
  cursor === null ? '' : `${name} ${instantText(cursor.at_us, 1)}`;

/** The time from one cursor to the other; both stamps and the clock make it unsure. */
export function deltaText(a: Cursor, b: Cursor, bound_ppm: number): string {
  const delta_us = b.at_us - a.at_us;
  const known =
    a.uncertainty_us === null || b.uncertainty_us === null
      ? ''
      : ` ±${lengthText(a.uncertainty_us + b.uncertainty_us + (Math.abs(delta_us) * bound_ppm) / 1e6)}`;
  return `${lengthText(delta_us)}${known}`;
}

/** The edges of a view in order of time, `most` at the most. */
export function edgeRows(model: TimelineModel, view: ViewOfTime, most: number): { readonly rows: readonly EdgeRow[]; readonly of: number } {
  const windows = windowByEdge(model);
  const found = model.senses.flatMap((lane, number) => {
    const [first, last] = [firstAtLeast(lane.at_us, view.from_us), firstAtLeast(lane.at_us, view.to_us + 0.05)];
    const rows = Array.from({ length: Math.min(most, last - first) }, (_, index) => ({
      number,
      index: first + index,
      at_us: lane.at_us[first + index]!,
    }));
    return [{ rows, of: last - first }];
  });
  const rows = found
    .flatMap(({ rows }) => rows)
    .toSorted((one, other) => one.at_us - other.at_us)
    .slice(0, most)
    .map(({ number, index, at_us }) => {
      const lane = model.senses[number]!;
      const stamp = model.stamps[lane.stamp[index]!]!;
      const window = windows[number]!.get(index);
      return {
        at_us,
        at: instantText(at_us, 1),
        signal: lane.label,
        what: edgeWord(lane.label, lane.up[index] === 1),
        known: `±${lengthText(stamp.uncertainty_us)} (${stamp.via})`,
        allowed: window === undefined ? 'not expected' : windowText(model, window),
        why: window === undefined ? '' : model.expected[model.windows.expected[window]!]!.why,
      };
    });
  return { rows, of: found.reduce((sum, one) => sum + one.of, 0) };
}

export const READINGS = [edgeWord, windowByEdge, windowText, nearestEdge, stateText, driveTexts, cursorText, deltaText, edgeRows];
