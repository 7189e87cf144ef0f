/** One signal and one edge, or the end of its time: what the reference takes it for, and what it goes on with. */

import { expect } from 'chai';
import { hypothesisOf, type Hypothesis } from './hypotheses.ts';
import type { Segment } from './inputs/segments.ts';
import { expire, observe } from './observe.ts';
import { numbers, segment } from './planned/testing/parts.ts';
import type { Wait } from './rules/rule.ts';
import type { Inflow, Track } from './track.ts';

const inflowOf = (...segments: readonly Segment[]): Inflow => ({ segments, arrived: segments.length, numbers });
const closed = segment({ index: 0, due_us: -Infinity });
/** Pole 3 is open from 10 s on, to be seen by 12 s. */
const CHARGE: Inflow = inflowOf(closed, segment({ index: 1, from_us: [10e6, 10e6], due_us: 12e6, inputs: { pole3Open: true } }));
/** Pole 1 is open from 6 s on. */
const LOW: Inflow = inflowOf(
  segment({ index: 0, due_us: -Infinity, inputs: { pole1Open: true }, pole1_us: [6e6, 6e6], pole1Entry: 'low' }),
);
const WAIT: Wait = { from_us: 5e6, to_us: 5e6, running: true, held: false, ref: null, ref_us: 5e6 };

const track = (signal: Track['signal'], high: boolean, hypotheses: readonly Hypothesis[], more: Partial<Track> = {}): Track => ({
  signal,
  high,
  since_us: 0,
  hypotheses,
  astray: false,
  overdue: null,
  ...more,
});
const charger = (high: boolean, more: Partial<Track> = {}) => track('charger', true, [hypothesisOf(0, 'plain', high)], more);
const load = track('load', true, [hypothesisOf(0, 'up', true)]);
const at = (s: number, wait: Wait | null = null) => ({ at_us: s * 1e6, wait });
const told = ({ hypotheses }: Track): readonly string[] => hypotheses.map(({ seen, memo, high }) => `${seen} ${memo} ${high ? '+' : '-'}`);

describe('an edge', () => {
  it('is explained by a change of the inputs that is not over, with when it would have been overdue', () => {
    const seen = observe(charger(true), CHARGE, at(11));
    expect(seen).to.include({ kind: 'explained', until_us: 12e6 });
    expect(seen.track).to.include({ high: false, since_us: 11e6, astray: false, overdue: null });
    expect(told(seen.track)).to.deep.equal(['1 plain -']);
    if (seen.kind === 'explained') expect(seen.targets.map(({ cite }) => cite)).to.deep.equal(['noCharge']);
  });

  it('would have been overdue when what agrees with the level was, whatever else is there', () => {
    const both = track('charger', true, [hypothesisOf(0, 'plain', true), hypothesisOf(1, 'plain', false)]);
    const seen = observe(both, CHARGE, at(11));
    expect(seen).to.include({ kind: 'explained', until_us: 12e6 });
  });

  it('is late where the reference has gone there already because it was overdue', () => {
    const gone = track('charger', true, [hypothesisOf(1, 'plain', false)], { astray: true, overdue: false });
    const seen = observe(gone, CHARGE, at(13));
    expect(seen.kind).to.equal('late');
    expect(seen.track).to.include({ high: false, since_us: 13e6, astray: false, overdue: null });
  });

  it('is the way back where the reference has stayed, without any accusation of its own', () => {
    const strayed = track('charger', false, [hypothesisOf(0, 'plain', true)], { astray: true });
    const seen = observe(strayed, inflowOf(closed), at(9));
    expect(seen.kind).to.equal('back');
    expect(seen.track).to.include({ high: true, astray: false });
    expect(told(seen.track)).to.deep.equal(['0 plain +']);
  });

  it('is unexplained where nothing asks for it; the reference stays where it was', () => {
    const seen = observe(charger(true), inflowOf(closed), at(9));
    expect(seen.kind).to.equal('unexplained');
    expect(seen.track).to.include({ high: false, since_us: 9e6, astray: true });
    expect(told(seen.track)).to.deep.equal(['0 plain +']);
  });

  it('of LOAD is a trip from 30 s on, and before that one that came too early (R3)', () => {
    expect([34.999_999, 35].map((s) => observe(load, LOW, at(s, WAIT)).kind)).to.deep.equal(['early', 'explained']);
    const early = observe(load, LOW, at(20, WAIT));
    expect(told(early.track)).to.deep.equal(['0 down -']);
    expect(early.track).to.include({ high: false, since_us: 20e6, astray: false });
    if (early.kind === 'early') {
      expect(early.targets.map(({ cite, alone }) => [cite, alone])).to.deep.equal([['trip', true]]);
      expect(early.until_us).to.equal(40e6);
    }
  });

  it('of LOAD is no early trip without a wait or without a low cell, nor is a rise', () => {
    expect(observe(load, LOW, at(20)).kind, 'PRE-ALARM has not risen').to.equal('unexplained');
    expect(observe(load, LOW, at(20, { ...WAIT, running: false })).kind, 'it has fallen').to.equal('unexplained');
    expect(observe(load, inflowOf(closed), at(20, WAIT)).kind, 'no cell is low').to.equal('unexplained');
    expect(observe(track('load', false, [hypothesisOf(0, 'down', false)]), LOW, at(20, WAIT)).kind).to.equal('unexplained');
  });
});

describe('the end of its time', () => {
  it('takes away what cannot hold any longer', () => {
    const both = track('charger', false, [hypothesisOf(0, 'plain', false), hypothesisOf(1, 'plain', false)]);
    const gone = expire(both, CHARGE, at(12));
    expect(gone.kind).to.equal('thinned');
    expect(told(gone.track)).to.deep.equal(['1 plain -']);
    expect(told(expire(both, CHARGE, at(11.9)).track), 'it is not over').to.have.length(2);
  });

  it('is a required edge that did not come: the reference goes on as if it had', () => {
    const gone = expire(charger(true), CHARGE, at(12));
    expect(gone.kind).to.equal('missing');
    expect(gone.track).to.include({ high: true, astray: true, overdue: false });
    expect(told(gone.track)).to.deep.equal(['1 plain -']);
    const rise = expire(
      track('load', false, [hypothesisOf(0, 'down', false)]),
      inflowOf({ ...LOW.segments[0]! }, segment({ index: 1, due_us: 12e6 })),
      at(12),
    );
    expect(rise.track).to.include({ high: false, overdue: true });
  });

  it('of a wait is 35 s after PRE-ALARM has risen (R4)', () => {
    expect(expire(load, LOW, at(39.999_999, WAIT)).kind).to.equal('thinned');
    const gone = expire(load, LOW, at(40, WAIT));
    expect(gone.kind).to.equal('missing');
    expect(told(gone.track)).to.deep.equal(['0 down -']);
  });

  it('of what disagreed with what was seen leads to where the two agree', () => {
    const strayed = track('charger', false, [hypothesisOf(0, 'plain', true)], { astray: true });
    const gone = expire(strayed, CHARGE, at(12));
    expect(gone.kind).to.equal('met');
    expect(told(gone.track)).to.deep.equal(['1 plain -']);
    const off = inflowOf(closed, segment({ index: 1, due_us: 12e6, inputs: { pole1Open: true } }));
    expect(told(expire(strayed, off, at(12)).track), 'or goes on to disagree').to.deep.equal(['1 plain +']);
  });
});
