/** What is left of a file with mistakes once they are cut out, so that the rules can still judge the rest and every Issue comes at once. */

import { scenarioShape } from './shape.ts';
import type { ScenarioContent } from './shape.ts';

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A copy without what stands at these paths. List items become null, so that positions stay. */
const without = (value: unknown, paths: readonly (readonly PropertyKey[])[]): unknown => {
  if (paths.some((path) => path.length === 0)) return undefined;
  if (paths.length === 0) return value;
  const inside = (key: PropertyKey) => paths.filter(([first]) => String(first) === String(key)).map((path) => path.slice(1));
  if (Array.isArray(value)) return value.map((item, index) => without(item, inside(index)) ?? null);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, item]) => [key, without(item, inside(key))] as const)
      .filter(([, item]) => item !== undefined),
  );
};

/** A step keeps whatever of it can be read; of a check nothing is kept, since half of one means something else. */
const cut = (path: readonly PropertyKey[]): readonly PropertyKey[] => {
  if (path[0] === 'steps' || path[0] === 'given') return path.slice(0, path[0] === 'steps' ? 3 : 2);
  return path.slice(0, path[0] === 'expect' || path[0] === 'measure' || path[0] === 'covers' || path[0] === 'tags' ? 2 : 1);
};

/** Stands in for what cannot be missing. */
const FILL = { scenario: 'unread', covers: ['REACTION'] } as const;

/** A list whose unreadable items are null parses as the same list with stand-ins; `dropped` says which positions those are. */
export interface Salvage {
  readonly content: ScenarioContent;
  /** Positions in `expect` and `measure` that must not be judged further. */
  readonly dropped: ReadonlySet<string>;
}

const STAND_INS: Readonly<Record<string, unknown>> = {
  steps: {},
  expect: { at: 'end', load: 'notHigh' },
  measure: { at: 'end', what: 'supplyVoltage' },
  covers: 'REACTION',
  tags: 'x',
};

export const salvage = (raw: unknown, paths: readonly (readonly PropertyKey[])[]): Salvage | null => {
  if (!isRecord(raw)) return null;
  const rest = without(raw, paths.map(cut));
  if (!isRecord(rest)) return null;
  const dropped = new Set<string>();
  const lists = Object.entries(STAND_INS).map(([key, standIn]) => {
    const list = rest[key];
    if (!Array.isArray(list)) return [key, undefined] as const;
    const filled = list.map((item, index): unknown => {
      if (item !== null) return item;
      dropped.add(`${key}.${index}`);
      return standIn;
    });
    return [key, filled] as const;
  });
  const kept = Object.fromEntries(lists.filter(([, list]) => list !== undefined && list.length > 0));
  const parsed = scenarioShape.safeParse({ ...FILL, ...rest, ...kept });
  return parsed.success ? { content: parsed.data, dropped } : null;
};
