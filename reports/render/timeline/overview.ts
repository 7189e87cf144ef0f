/** A timeline as far as a picture of the whole of it can show it: what a page draws first, before it has taken apart the thousands of edges that share a pixel. */

import type { DriveLane, SenseLane, TimelineModel, Windows } from './model.ts';

/**
 * Parts of the time within which no more is kept than a picture of the whole could tell apart. The picture is at most some 1 050 pixels wide, and edges nearer
 * than 2.5 pixels are one block (`paintLevel`), so a part must not be wider than two of them.
 */
const PARTS = 512;

type PartOf = (at_us: number) => number;

/** Of each part the first and the last instant, and what `also` picks among those between. */
function thinned(at_us: Float64Array, partOf: PartOf, also: (first: number, last: number) => readonly number[]): readonly number[] {
  const kept: number[] = [];
  for (let first = 0; first < at_us.length;) {
    const part = partOf(at_us[first]!);
    let last = first;
    while (last + 1 < at_us.length && partOf(at_us[last + 1]!) === part) last += 1;
    kept.push(...new Set([first, ...(last - first > 1 ? also(first, last).toSorted((a, b) => a - b) : []), last]));
    first = last + 1;
  }
  return kept;
}

const only = <T extends Float64Array | Uint16Array | Uint8Array>(column: T, kept: readonly number[]): T => {
  const chosen = column.slice(0, kept.length) as T;
  for (const [place, index] of kept.entries()) chosen[place] = column[index]!;
  return chosen;
};

function senseOverview(lane: SenseLane, { allowances }: TimelineModel, partOf: PartOf): SenseLane {
  const edges = thinned(lane.at_us, partOf, () => []);
  const kind = (index: number): number => {
    const { mayBeUp, mayBeDown } = allowances[lane.allowance[index]!]!;
    return Number(mayBeUp) + 2 * Number(mayBeDown);
  };
  // A part is crowded where what is allowed changes in it: the first change is kept.
  const allowed = thinned(lane.allowedFrom_us, partOf, (first, last) => {
    for (let index = first + 1; index < last; index += 1) if (kind(index) !== kind(first)) return [index];
    return [];
  });
  const probes = thinned(lane.probeFrom_us, partOf, () => []);
  return {
    ...lane,
    at_us: only(lane.at_us, edges),
    up: only(lane.up, edges),
    stamp: new Uint16Array(edges.length),
    allowedFrom_us: only(lane.allowedFrom_us, allowed),
    allowance: only(lane.allowance, allowed),
    probeFrom_us: only(lane.probeFrom_us, probes),
    probeTo_us: only(lane.probeTo_us, probes),
    probeResult: only(lane.probeResult, probes),
  };
}

/** Also of each part its highest and its lowest value. */
function driveOverview(lane: DriveLane, { driveStates }: TimelineModel, partOf: PartOf): DriveLane {
  const height = (index: number): number => driveStates[lane.state[index]!]!.height;
  const kept = thinned(lane.at_us, partOf, (first, last) => {
    let [low, high] = [first, first];
    for (let index = first; index <= last; index += 1) {
      if (height(index) < height(low)) low = index;
      if (height(index) > height(high)) high = index;
    }
    return [low, high];
  });
  return { ...lane, at_us: only(lane.at_us, kept), state: only(lane.state, kept), ramp: only(lane.ramp, kept) };
}

/** A window that ends where the one before it on its lane does is drawn by that one. */
function windowsOverview({ lane, from_us, to_us }: Windows, partOf: PartOf): Windows {
  const ends = new Map<number, number>();
  const kept: number[] = [];
  for (const [index, number] of lane.entries()) {
    const end = Math.max(partOf(to_us[index]!), partOf(from_us[index]!) + 2);
    if (end <= (ends.get(number) ?? -Infinity)) continue;
    ends.set(number, end);
    kept.push(index);
  }
  return {
    lane: only(lane, kept),
    from_us: only(from_us, kept),
    to_us: only(to_us, kept),
    expected: new Uint16Array(kept.length),
    edge: new Int32Array(kept.length).fill(-1),
  };
}

/** Only for the whole of the time, and only to be looked at: what it says of single edges is left out. */
export function overviewOf(model: TimelineModel): TimelineModel {
  const length_us = model.to_us - model.from_us;
  const partOf = (at_us: number): number => Math.min(PARTS, Math.max(-1, Math.floor(((at_us - model.from_us) / length_us) * PARTS)));
  return {
    ...model,
    senses: model.senses.map((lane) => senseOverview(lane, model, partOf)),
    drives: model.drives.map((lane) => driveOverview(lane, model, partOf)),
    windows: windowsOverview(model.windows, partOf),
    samples: model.samples.map(({ at_us }) => ({ at_us, text: '' })),
    flags: model.flags.map((flag) => ({ ...flag, text: '' })),
    stamps: [{ via: '', uncertainty_us: 0 }],
    allowances: model.allowances.map((one) => ({ ...one, levels: '', basis: '' })),
    expected: [],
  };
}

/** So much is taken apart and drawn at once before anybody notices. */
const MOST_AT_ONCE = 6_000;

/** Whether a page should draw an overview first. */
export const isLarge = ({ senses, drives, windows }: TimelineModel): boolean =>
  senses.reduce((sum, { at_us, allowance, probeResult }) => sum + at_us.length + allowance.length + probeResult.length, 0) +
    drives.reduce((sum, { at_us }) => sum + at_us.length, 0) +
    windows.lane.length >
  MOST_AT_ONCE;
