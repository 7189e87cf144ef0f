/** The window of an edge, what it counts from, and what a report says of it. */

import { expect } from 'chai';
import type { Cause, PredictedEdge } from '../scenarios/contracts/prediction.ts';
import type { Edge } from '../scenarios/contracts/trace.ts';
import type { SenseSignal } from '../scenarios/signals.ts';
import { REMOTE_BIT } from './inputs/orders.ts';
import type { Since } from './inputs/since.ts';
import { numbers, segment } from './planned/testing/parts.ts';
import type { CiteId } from './rules/cites.ts';
import type { Memo, Wait } from './rules/rule.ts';
import { hypothesisOf } from './hypotheses.ts';
import type { Target } from './track.ts';
import { addCause, levelOf, predictedEdge, type Known, type Windowing } from './windows.ts';

const target = (cite: CiteId, of: Parameters<typeof segment>[0] = {}, more: { alone?: boolean; memo?: Memo } = {}): Target => ({
  hypothesis: hypothesisOf(0, 'down', false),
  source: hypothesisOf(0, more.memo ?? 'up', true),
  segment: segment(of),
  cite,
  alone: more.alone ?? false,
});
/** PRE-ALARM has risen at 5.1 s as edge 3. */
const WAIT: Wait = { from_us: 5.1e6, to_us: 5.1e6, running: true, held: false, ref: { kind: 'observed', seq: 3 }, ref_us: 5.1e6 };
const OTHER = { seq: 9, at_us: 36e6 } as Edge;
const lowAt = (s: number) => ({ inputs: { pole1Open: true }, pole1_us: [s * 1e6, s * 1e6 + 5e3], pole1Entry: 'low' }) as const;
const trip = (low_s: number, cite: CiteId = 'trip') => target(cite, lowAt(low_s), { alone: true });

interface Asked {
  readonly signal?: SenseSignal;
  readonly high?: boolean;
  readonly until_us?: number;
  readonly wait?: Wait | null;
  readonly together?: Edge | null;
  readonly known?: Partial<Known>;
  readonly windowing?: Partial<Windowing>;
}
const edge = (
  targets: readonly Target[],
  { signal = 'load', high = false, until_us = Infinity, wait = WAIT, together = null, known = {}, windowing = {} }: Asked = {},
): PredictedEdge =>
  predictedEdge(
    'x',
    signal,
    high,
    targets,
    until_us,
    { numbers, wait, together, ...windowing },
    { observed: 4, consequence: false, ...known },
  );
const told = ({ window_us, causes }: PredictedEdge): readonly string[] => [
  window_us.map((us) => us / 1e6).join('..'),
  ...causes.map(
    ({ ref, min_us, max_us }) =>
      `${ref.kind === 'entry' ? ref.entry : ref.kind === 'observed' ? ref.seq : ref.edge} ${min_us / 1e6}..${max_us / 1e6}`,
  ),
];

describe('the window of an edge', () => {
  it('is a reaction after the change that asks for it (R16)', () => {
    expect(told(edge([target('remoteOff', { from_us: [1e6, 1.005e6], due_us: 3.005e6 })]))).to.deep.equal(['1..3.005', 'step 0..2.005']);
    expect(told(edge([target('remoteOff', { cause: null })]))).to.deep.equal(['1..3']);
  });

  it('has no end where anything may happen (R13, R14)', () => {
    for (const free of [{ kind: 'free' }, { inputs: { remote: 'either' } }] as const)
      expect(told(edge([target('unjudged', free)])), JSON.stringify(free)).to.deep.equal(['1..Infinity', 'step 0..Infinity']);
  });

  it('of a trip is 30 s to 35 s after PRE-ALARM rose, or within 2 s of a later low cell (R3, R4)', () => {
    expect(told(edge([trip(6)]))).to.deep.equal(['35.1..40.1', '3 30..35', 'low 0..2.005']);
    expect(told(edge([trip(50)]))).to.deep.equal(['50..52.005', '3 30..35', 'low 0..2.005']);
    expect(told(edge([trip(38)]))).to.deep.equal(['38..40.1', '3 30..35', 'low 0..2.005']);
    const unseen: Wait = { ...WAIT, from_us: 4e6, to_us: 7e6, ref_us: 5e6, ref: { kind: 'entry', entry: 'warn' } };
    expect(told(edge([trip(6)], { wait: unseen }))).to.deep.equal(['34..42', 'warn 29..37', 'low 0..2.005']);
  });

  it('of a trip after PRE-ALARM has gone is 0.5 s from that, and within the wait all the same (R9)', () => {
    const after = (at_s: number) => told(edge([trip(6, 'tripWithPre')], { together: { ...OTHER, at_us: (at_s * 1e6) as never } }));
    expect(after(36)).to.deep.equal(['36..36.5', '9 0..0.5', '3 30..35', 'low 0..2.005']);
    expect(after(34.8)[0]).to.equal('35.1..35.3');
    expect(after(39.9)[0]).to.equal('39.9..40.1');
    expect(told(edge([trip(6)], { together: OTHER }))[0], 'LOAD went first').to.equal('35.1..40.1');
  });

  it('of PRE-ALARM going off is 0.5 s either way from LOAD, or from the trip that may have been (R9)', () => {
    const goes = (low_s: number, asked: Asked = {}, memo: Memo = 'tripping') =>
      told(edge([target('preWithTrip', lowAt(low_s), { alone: true, memo })], { signal: 'preAlarm', ...asked }));
    expect(goes(6, { together: OTHER })).to.deep.equal(['35.5..36.5', '9 -0.5..0.5']);
    expect(goes(6)).to.deep.equal(['34.6..40.6', '3 29.5..35.5']);
    expect(goes(50)).to.deep.equal(['34.6..52.505', '3 29.5..35.5', 'low 0..2.505']);
    expect(told(edge([target('preWithTrip')], { signal: 'preAlarm' })), 'the cell has recovered').to.deep.equal(['1..3', 'step 0..2']);
    expect(goes(6, {}, 'loose'), 'LOAD has not fallen').to.deep.equal(['34.6..Infinity', '3 29.5..Infinity']);
  });

  it('is that of all its explanations together, each cause once', () => {
    const [off, low] = [target('remoteOff', { from_us: [36e6, 36e6], due_us: 38e6, cause_us: 36e6 }), trip(6)];
    expect(told(edge([off, low]))).to.deep.equal(['35.1..40.1', 'step 0..2', '3 30..35', 'low 0..2.005']);
    expect(told(edge([low, off]))[0]).to.equal('35.1..40.1');
    expect(told(edge([low, { ...low }, trip(6)]))).to.deep.equal(['35.1..40.1', '3 30..35', 'low 0..2.005']);
    const causes: Cause[] = [];
    for (const [seq, min_us] of [
      [1, 0],
      [1, 0],
      [2, 0],
      [1, 5],
    ] as const)
      addCause(causes, { kind: 'observed', seq }, min_us, 9);
    expect(causes.map(({ ref, min_us }) => [ref.kind === 'observed' && ref.seq, min_us])).to.deep.equal([
      [1, 0],
      [2, 0],
      [1, 5],
    ]);
  });

  it('ends when the last explanation was over, but not where the edge came before any had begun', () => {
    expect(told(edge([trip(6)], { until_us: 37e6 }))[0]).to.equal('35.1..37');
    expect(told(edge([trip(6)], { until_us: 45e6 }))[0]).to.equal('35.1..40.1');
    expect(told(edge([trip(6)], { until_us: 20e6 }))[0]).to.equal('35.1..40.1');
  });

  it('of the blue LED counts from the reason of LOAD as well', () => {
    const since: Since = { at_us: 0.5e6, cause: { kind: 'entry', entry: 'why' }, cause_us: 0.5e6, tolerance_us: 0 };
    expect(told(edge([target('blue', { since })], { signal: 'ledBlue' }))).to.deep.equal(['1..3', 'step 0..2', 'why 0.5..2.5']);
  });
});

describe('an edge says', () => {
  it('the level that can be known of it (R14)', () => {
    expect([levelOf('load', true), levelOf('load', false), levelOf('load', false, false), levelOf('load', true, false)]).to.deep.equal([
      'high',
      'floating',
      'notHigh',
      'high',
    ]);
    expect([levelOf('ledRed', true, false), levelOf('ledRed', false, false)]).to.deep.equal(['on', 'off']);
    expect(edge([target('remoteOff')]).level).to.equal('floating');
    expect(edge([target('remoteOff'), target('unjudged', { inputs: { zone: 'grey' } })]).level).to.equal('notHigh');
  });

  it('that it has to come where each explanation asks for it and was over some time', () => {
    const required = (until_us: number, ...of: readonly Parameters<typeof segment>[0][]) =>
      edge(
        of.map((one) => target('remoteOff', one)),
        { until_us },
      ).required;
    expect(required(3e6, {})).to.equal(true);
    expect(required(Infinity, {})).to.equal(false);
    for (const kind of ['free', 'resume', 'restart'] as const) expect(required(3e6, {}, { kind }), kind).to.equal(false);
    for (const kind of ['off', 'between'] as const) expect(required(3e6, { kind }), kind).to.equal(true);
    expect(required(3e6, { inputs: { remote: 'either' } })).to.equal(false);
    expect(edge([target('remoteOff')], { known: { required: true } }).required).to.equal(true);
  });

  it('what it rests on: the first explanation, or what is known to', () => {
    expect(edge([target('remoteOff'), trip(6)])).to.include({ rule: 'R11', requirement: 'REMOTE-OFF', observed: 4, consequence: false });
    expect(edge([target('remoteOff')], { known: { cite: 'tripLate', consequence: true } })).to.include({
      rule: 'R4',
      certainty: 'I',
      consequence: true,
    });
    expect(edge([])).to.include({ rule: 'R18' });
  });

  it('which limits it rests on, with that of a remote terminal that was driven then', () => {
    const driven = { changed: REMOTE_BIT, inputs: { remoteBy: 'remoteHOn_mV' } } as const;
    expect(edge([target('remoteOff', driven), target('remoteOff', { ...driven, kind: 'between' })]).parameters).to.deep.equal([
      'reaction_us',
      'remoteHOn_mV',
    ]);
    expect(edge([target('remoteOff', { ...driven, changed: 0 })]).parameters, 'something else has changed').to.deep.equal(['reaction_us']);
  });

  it('whether one of these is from a profile', () => {
    const learned = (...names: readonly ('reaction_us' | 'waitMost_us')[]) =>
      edge([target('remoteOff')], { windowing: { numbers: { ...numbers, learned: new Set(names) } } }).learned;
    expect([learned('reaction_us'), learned('waitMost_us'), edge([target('remoteOff')]).learned]).to.deep.equal([
      true,
      undefined,
      undefined,
    ]);
  });
});
