/** Any allowed behaviour is accepted and lies within the prediction; any behaviour spoilt in one edge is not accepted. */

import { expect } from 'chai';
import * as fc from 'fast-check';
import { scenarioTime } from '../scenarios/contracts/clocks.ts';
import type { Case } from '../scenarios/contracts/case.ts';
import type { Edge, Trace } from '../scenarios/contracts/trace.ts';
import { account } from './account.ts';
import { predict } from './predict.ts';
import { caseOf, differencesOf, type Deed, type Deeds, type PolesWord } from './traces.ts';
import { walk } from './walk.ts';

const POLES: readonly PolesWord[] = ['ccc', 'cco', 'coc', 'coo', 'occ', 'oco', 'ooc', 'ooo'];
const seed = fc.integer({ min: 0, max: 2 ** 30 });
const gap = (least_ms: number, most_ms: number) => fc.integer({ min: least_ms, max: most_ms });

const casesOf = (deed: fc.Arbitrary<Deed>, gap_ms: fc.Arbitrary<number>): fc.Arbitrary<Case> =>
  fc.tuple(fc.constantFrom(...POLES), fc.array(fc.tuple(gap_ms, deed), { maxLength: 8 })).map(([given, list]) => {
    let at_s = 0.2;
    const deeds: Deeds = list.map(([gap_ms, one]) => [(at_s += gap_ms / 1000), one]);
    return caseOf(deeds, at_s + 45, given);
  });

/** Everything the language can do, as near together as it likes. */
const wild = casesOf(
  fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom<Deed>(...POLES) },
    {
      weight: 1,
      arbitrary: fc.constantFrom<Deed>('link', 'unlink', { remoteL: { mV: 4_000 } }, { remoteL: 'minus' }, { remoteL: 'open' }),
    },
    { weight: 2, arbitrary: fc.constantFrom<Deed>({ supply_V: 13 }, { supply_V: 7 }, { supply_V: 5 }, { supply_V: 0 }) },
  ),
  fc.oneof(gap(1, 400), gap(400, 4_000), gap(4_000, 45_000)),
);

/** One pole or the link at a time, each state long enough to be seen, and a full wait or none: little is left open. */
const plain = fc.array(fc.tuple(gap(5_000, 9_000), fc.constantFrom(0, 1, 2)), { minLength: 1, maxLength: 6 }).map((list) => {
  const poles = ['c', 'c', 'c'];
  let at_s = 0.5;
  const deeds: Deeds = list.map(([gap_ms, pole]) => {
    poles[pole] = poles[pole] === 'c' && !(poles.filter((one) => one === 'o').length === 2) ? 'o' : 'c';
    at_s += gap_ms / 1000;
    return [at_s, poles.join('') as PolesWord];
  });
  return caseOf(deeds, at_s + 45);
});

/** Some inputs that move to and fro every few milliseconds, so that any state may be seen or missed, and another that changes meanwhile. */
const chattering = fc
  .tuple(
    fc.constantFrom<readonly [Deed, Deed]>(
      ['coc', 'ccc'],
      ['cco', 'ccc'],
      ['occ', 'ccc'],
      ['ooo', 'ccc'],
      ['oco', 'cco'],
      ['unlink', 'link'],
    ),
    gap(2, 20),
    fc.constantFrom<Deed>('occ', 'cco', 'coc', 'unlink'),
  )
  .map(([pulse, gap_ms, other]) => {
    const deeds: Deeds = Array.from({ length: 40 }, (_, index) => [5 + (index * gap_ms) / 1000, index === 21 ? other : pulse[index % 2]!]);
    return caseOf(deeds, 45);
  });

const differences = (testCase: Case, trace: Trace): readonly string[] => differencesOf(account(testCase, trace), trace);
const renumbered = (trace: Trace, edges: readonly Edge[]): Trace => ({
  ...trace,
  edges: edges.toSorted((a, b) => a.at_us - b.at_us).map((edge, seq) => ({ ...edge, seq })),
});
const isHigh = ({ level }: Edge): boolean => level === 'high' || level === 'on';

function staysWithin(testCase: Case, one: number): void {
  const { edges, allowed } = predict(testCase);
  for (const edge of walk(testCase, one).edges) {
    const names = isHigh(edge) ? ['high', 'on'] : ['floating', 'notHigh', 'off'];
    const expected = edges.some(
      ({ signal, level, window_us: [from, to] }) =>
        signal === edge.signal && names.includes(level) && from <= edge.at_us && edge.at_us <= to,
    );
    expect(expected, `${edge.signal} ${edge.level} at ${edge.at_us}`).to.equal(true);
    const span = allowed.find(
      ({ signal, from_us, to_us }) => signal === edge.signal && from_us <= edge.at_us && edge.at_us <= to_us && from_us < to_us,
    );
    expect(span, `${edge.signal} at ${edge.at_us}`).not.to.equal(undefined);
  }
}

describe('walks', () => {
  it('are accepted, whatever is done', () => {
    fc.assert(
      fc.property(wild, seed, (testCase, one) => {
        const trace = walk(testCase, one);
        const prediction = account(testCase, trace);
        expect(prediction.complete).to.equal(true);
        expect(differencesOf(prediction, trace)).to.deep.equal([]);
        expect(prediction.unexplained).to.deep.equal([]);
      }),
      { numRuns: 300 },
    );
  });

  it('are accepted where inputs chatter', () => {
    fc.assert(
      fc.property(chattering, seed, (testCase, one) => {
        const trace = walk(testCase, one);
        const prediction = account(testCase, trace);
        expect(prediction.complete).to.equal(true);
        expect(differencesOf(prediction, trace)).to.deep.equal([]);
      }),
      { numRuns: 60 },
    );
  });

  it('stay within what was predicted', () => {
    fc.assert(fc.property(wild, seed, staysWithin), { numRuns: 200 });
  });

  it('stay within where the link closes for a moment and LOAD moves after the remote has gone', () => {
    const again = caseOf(
      [
        [0.6, 'cco'],
        [4.6, 'unlink'],
        [5, 'link'],
        [5.001, 'unlink'],
      ],
      50.001,
    );
    for (const one of [1_073_740_775, 1, 2, 3, 4, 5, 6, 7, 8, 9]) staysWithin(again, one);
  });

  it('are the same for the same seed', () => {
    const testCase = caseOf([[5, 'oco']], 60);
    expect(walk(testCase, 3)).to.deep.equal(walk(testCase, 3));
    expect(walk(testCase, 3).edges).not.to.deep.equal(walk(testCase, 4).edges);
  });

  it('place steps that wait for an edge', () => {
    const testCase = caseOf(
      [
        [5, 'oco'],
        [
          40,
          'ccc',
          [5, 65],
          { kind: 'afterEdge', signal: 'load', level: 'notHigh', armedBy: 'step-1', delay_us: 1_000_000, timeout_us: 60_000_000 },
        ],
      ],
      70,
    );
    const trace = walk(testCase, 1);
    const fall = trace.edges.find(({ signal, level }) => signal === 'load' && level === 'notHigh');
    expect(trace.stimuli.at(-1)?.done_us).to.equal((fall?.at_us ?? 0) + 1_000_000);
    expect(differences(testCase, trace)).to.deep.equal([]);
  });
});

describe('a walk spoilt in one edge', () => {
  it('is rejected where a required edge is dropped', () => {
    fc.assert(
      fc.property(plain, seed, fc.nat(), (testCase, one, which) => {
        const trace = walk(testCase, one);
        const required = account(testCase, trace).edges.filter((edge) => edge.required && edge.window_us[1] < trace.ended_us);
        const dropped = required[which % required.length]?.observed;
        expect(
          differences(
            testCase,
            renumbered(
              trace,
              trace.edges.filter(({ seq }) => seq !== dropped),
            ),
          ),
        ).not.to.deep.equal([]);
      }),
      { numRuns: 150 },
    );
  });

  it('is rejected where a required edge comes too late', () => {
    fc.assert(
      fc.property(plain, seed, fc.nat(), (testCase, one, which) => {
        const trace = walk(testCase, one);
        const required = account(testCase, trace).edges.filter((edge) => edge.required && edge.window_us[1] + 1_000 < trace.ended_us);
        const late = required[which % required.length]!;
        const edges = trace.edges.map((edge) =>
          edge.seq === late.observed ? { ...edge, at_us: scenarioTime(late.window_us[1] + 1_000) } : edge,
        );
        expect(differences(testCase, renumbered(trace, edges))).not.to.deep.equal([]);
      }),
      { numRuns: 150 },
    );
  });

  it('is rejected where a pulse is added in a span of one level', () => {
    fc.assert(
      fc.property(plain, seed, fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }), (testCase, one, which, part) => {
        const trace = walk(testCase, one);
        const spans = account(testCase, trace).allowed.filter(
          ({ levels, from_us, to_us }) => levels.length === 1 && from_us > 0 && to_us - from_us > 300_000,
        );
        const span = spans[which % spans.length]!;
        const at_us = Math.round(span.from_us + 50_000 + part * (span.to_us - span.from_us - 200_000));
        // Just after PRE-ALARM a fall of LOAD may be the trip that both belong to.
        const fell = trace.edges.some((edge) => edge.signal === 'preAlarm' && at_us > edge.at_us && at_us < edge.at_us + 500_000);
        fc.pre(span.signal !== 'load' || !fell);
        const output = !span.signal.startsWith('led');
        const high = span.levels[0] === 'high' || span.levels[0] === 'on';
        const levels = output ? (['high', 'notHigh'] as const) : (['on', 'off'] as const);
        const pulse = [high ? levels[1] : levels[0], high ? levels[0] : levels[1]].map((level, index): Edge => ({
          seq: 0,
          signal: span.signal,
          level,
          at_us: scenarioTime(at_us + index * 3e4),
          uncertainty_us: 0,
          via: 'comparator',
          ticks: trace.edges[0]!.ticks,
        }));
        expect(differences(testCase, renumbered(trace, [...trace.edges, ...pulse]))).not.to.deep.equal([]);
      }),
      { numRuns: 150 },
    );
  });
});
