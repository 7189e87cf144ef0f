/** Every transition that the rules can make a good unit take, found by going everywhere the inputs can lead. */

import { faceOf } from '../inputs/face.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { Segment, SegmentKind } from '../inputs/segments.ts';
import type { Transition, TransitionId } from './transition.ts';
import { advance, BEFORE_POWER, reactions, trip, waits, type Move, type Pair } from './unit.ts';

/** What may come after each kind of state (`segmentsOf`); those passed through within one write are no states of their own. */
const NEXT: Readonly<Record<SegmentKind, readonly SegmentKind[]>> = {
  off: ['off', 'free', 'resume'],
  free: ['free', 'off', 'resume'],
  resume: ['restart', 'steady'],
  restart: ['steady'],
  steady: ['steady', 'free'],
  between: [],
};

const BOTH = [false, true] as const;

const inputsOf = (kind: SegmentKind, shorts: readonly boolean[]): readonly Inputs[] => {
  const none: Inputs = {
    zone: 'grey',
    remote: 'off',
    remoteBy: null,
    pole1Open: false,
    pole3Open: false,
    pole4Open: false,
    endsApart: [],
    chargerShorted: false,
  };
  // Without a full supply no rule looks at the other inputs.
  if (kind === 'free' || kind === 'off') return [{ ...none, zone: kind === 'off' ? 'low' : 'grey' }];
  return (['on', 'off', 'either'] as const).flatMap((remote) =>
    BOTH.flatMap((pole1Open) =>
      BOTH.flatMap((pole3Open) =>
        BOTH.flatMap((pole4Open) =>
          shorts.map((chargerShorted): Inputs => ({
            zone: 'full',
            remote,
            remoteBy: null,
            pole1Open,
            pole3Open,
            pole4Open,
            endsApart: [],
            chargerShorted,
          })),
        ),
      ),
    ),
  );
};

/** Only where the supply is away or back does it matter whether it took the state along. */
const situations = (kind: SegmentKind, shorts: readonly boolean[]): readonly Segment[] =>
  inputsOf(kind, shorts).flatMap((inputs) => (kind === 'steady' ? [false] : BOTH).map((lost) => situation(kind, inputs, lost)));

/** Full supply is back with the inputs it then has. */
const follows = (seen: Segment, to: Segment): boolean => {
  if (seen.kind !== 'resume' && seen.kind !== 'restart') return true;
  const { remote, pole1Open, pole3Open, pole4Open, chargerShorted } = to.inputs;
  const was = seen.inputs;
  return (
    remote === was.remote &&
    pole1Open === was.pole1Open &&
    pole3Open === was.pole3Open &&
    pole4Open === was.pole4Open &&
    chargerShorted === was.chargerShorted &&
    (to.kind !== 'restart' || to.lost === seen.lost)
  );
};

/** Only what a rule can tell apart matters here: no instants. */
const situation = (kind: SegmentKind, inputs: Inputs, lost: boolean): Segment => ({
  index: 0,
  kind,
  inputs,
  lost,
  load: false,
  face: faceOf({ kind, inputs, lost, load: false }),
  from_us: [0, 0],
  due_us: 0,
  lag_us: 0,
  tolerance_us: 0,
  cause: null,
  cause_us: 0,
  changed: 0,
  write: 0,
  pole1_us: [0, 0],
  pole1Entry: null,
  gap_us: 0,
  since: null,
});

/** Everywhere one kind of state can lead, from each state that can be reached. */
function explore<State>(
  start: State,
  shorts: readonly boolean[],
  key: (state: State) => string,
  moves: (state: State, from: Segment, to: Segment) => readonly { readonly after: State; readonly transitions: readonly Transition[] }[],
): ReadonlySet<TransitionId> {
  const all = new Map((Object.keys(NEXT) as SegmentKind[]).map((kind) => [kind, situations(kind, shorts)]));
  const found = new Set<TransitionId>();
  const begin = situation('off', all.get('off')![0]!.inputs, true);
  const queue: { readonly state: State; readonly seen: Segment }[] = [{ state: start, seen: begin }];
  const known = new Set<string>();
  const next = (seen: Segment): readonly Segment[] => NEXT[seen.kind].flatMap((kind) => all.get(kind)!).filter((to) => follows(seen, to));
  for (let head = 0; head < queue.length; head++) {
    const { state, seen } = queue[head]!;
    for (const to of next(seen)) {
      for (const { after, transitions } of moves(state, seen, to)) {
        for (const { id } of transitions) found.add(id);
        const there = `${to.face} ${key(after)}`;
        if (known.has(there)) continue;
        known.add(there);
        queue.push({ state: after, seen: to });
      }
    }
  }
  return found;
}

const pairKey = ({ number }: Pair): string => String(number);

const pairMoves = (state: Pair, from: Segment, to: Segment): readonly Move[] => {
  const seen = advance(state, from, to);
  return [...seen, ...seen.flatMap(({ after }) => (waits(after, to) ? trip(after, to) : []))];
};

const single = (signal: 'charger' | 'ledRed') =>
  explore<boolean>(false, BOTH, String, (was, from, to) =>
    reactions(signal, was, from, to).map(({ high, transitions: taken }) => ({ after: high, transitions: taken })),
  );

let known: readonly TransitionId[] | null = null;

/** In order of signal and effect. Worked out once. */
export const transitions = (): readonly TransitionId[] =>
  (known ??= [...explore(BEFORE_POWER, [false], pairKey, pairMoves), ...single('charger'), ...single('ledRed')].toSorted());
