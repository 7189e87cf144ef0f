import assert from 'node:assert/strict';
import { SENSES } from '../../scenarios/signals.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { segmentOf, type Segment, type SegmentKind } from '../inputs/segments.ts';
import type { Memo, SignalRules } from './rule.ts';
import { RULES } from './rules.ts';

const KINDS: readonly SegmentKind[] = ['steady', 'between', 'free', 'off', 'resume', 'restart'];
const REMOTES: readonly Inputs['remote'][] = ['on', 'off', 'either'];
const MEMOS: readonly Memo[] = ['plain', 'out', 'up', 'down', 'tripping', 'quiet', 'recovered', 'soft', 'loose'];

function seen(kind: SegmentKind, remote: Inputs['remote'], bits: number): Segment {
  const is = (bit: number): boolean => (bits & bit) !== 0;
  return segmentOf({
    index: 0,
    kind,
    inputs: {
      zone: 'full',
      remote,
      remoteBy: null,
      pole1Open: is(1),
      pole3Open: is(2),
      pole4Open: is(4),
      endsApart: [],
      chargerShorted: is(8),
    },
    from_us: [0, 0],
    due_us: 0,
    lag_us: 0,
    tolerance_us: 0,
    lost: is(16),
    cause: null,
    cause_us: 0,
    changed: 0,
    write: 0,
    pole1_us: [0, 0],
    pole1Entry: null,
    gap_us: 0,
    load: is(32),
    since: null,
  });
}

const states = KINDS.flatMap((kind) => REMOTES.flatMap((remote) => Array.from({ length: 64 }, (_, bits) => seen(kind, remote, bits))));
/** What can be before: every kind and remote, poles and supply in turn. */
const before = states.filter((_, index) => index % 5 === 0);

/** Reactions to one state, as texts, over all that can be before it. */
function reactions({ react }: SignalRules, to: Segment, memos: readonly Memo[], levels: readonly boolean[], cited: boolean) {
  const found = new Set<string>();
  for (const from of before) {
    for (const memo of memos) {
      for (const high of levels)
        found.add(
          react(memo, from, to, high)
            .map(({ standing, cite }) => (cited ? `${standing} ${cite}` : `${standing}`))
            .join(),
        );
    }
  }
  return found;
}

describe('what a signal forgets', () => {
  for (const signal of SENSES) {
    const rules = RULES[signal];
    const memos: readonly Memo[] = signal === 'load' || signal === 'preAlarm' ? MEMOS : ['plain'];
    const depends = (levels: readonly boolean[], cited: boolean): boolean =>
      states.some((to) => reactions(rules, to, memos, levels, cited).size > 1);

    it(`${signal} forgets ${rules.forgets}, neither more nor less`, () => {
      const all = !depends([true, false], true);
      const levels = !depends([true], false) && !depends([false], false);
      assert.equal(rules.forgets, all ? 'all' : levels ? 'levels' : 'nothing');
    });
  }
});
