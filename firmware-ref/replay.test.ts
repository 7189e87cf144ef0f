/** States of the inputs and edges in order of time: each edge is told once, what did not come when its time is over, and what was too short to count not at all. */

import { expect } from 'chai';
import type { SenseSignal } from '../scenarios/signals.ts';
import type { Segment } from './inputs/segments.ts';
import { after as states, from, type Given, numbers } from './planned/testing/parts.ts';
import { replay, type Replay } from './replay.ts';
import { begin, type Note, type State } from './state.ts';
import { edgesOf } from './traces.ts';

/** In service from 1 s on. */
const after = (...given: readonly Given[]): readonly Segment[] => states(from(1), ...given);

function textOf(note: Note): string {
  const follows = 'consequence' in note && note.consequence ? ' follows' : '';
  if (note.kind === 'missing') return `missing ${note.signal}${note.high ? '+' : '-'} at ${note.at_us / 1e6}${follows}`;
  const { signal, level, at_us } = note.edge;
  return `${note.kind} ${signal}${level === 'high' || level === 'on' ? '+' : '-'} at ${at_us / 1e6}${follows}`;
}

function play(signals: readonly SenseSignal[], segments: readonly Segment[], words: string, more: Partial<Replay> = {}) {
  const notes: string[] = [];
  const states: State[] = [];
  let glitches = 0;
  const played = replay({
    model: { segments, numbers },
    state: begin(signals.map((signal) => ({ signal, high: false }))),
    edges: edgesOf(words),
    end_us: 90e6,
    bound: 1_000,
    workBound: 1e6,
    onNote: (note) => notes.push(textOf(note)),
    onState: (state) => states.push(state),
    onGlitch: () => glitches++,
    ...more,
  });
  return { ...played, notes, states, glitches };
}
const charger = (segments: readonly Segment[], words: string, more: Partial<Replay> = {}) => play(['charger'], segments, words, more);
const UP = 'explained charger+ at 2';
const NO_CHARGE = after(from(20, { pole3Open: true }));

const until = (end_us: number) => charger(NO_CHARGE, 'charger+@2', { end_us }).notes;

const stamped = (at_s: string, tolerance_us = 0) =>
  charger(after(from(20, { pole3Open: true }, { tolerance_us })), `charger+@2 charger-@${at_s}`).notes;

/** A low cell is nothing to CHARGER, so until it is due the unit may have seen it or not. */
const either = (more: Partial<Replay> = {}) => charger(after(from(20, { pole1Open: true })), 'charger+@2 charger-@40', more);

describe('a replay', () => {
  it('tells each edge that was asked for, in order of time', () => {
    expect(charger(NO_CHARGE, 'charger+@2 charger-@21')).to.deep.include({
      notes: [UP, 'explained charger- at 21'],
      glitches: 0,
      complete: true,
    });
  });

  it('tells what did not come when its time is over, and what comes later as late', () => {
    expect(charger(NO_CHARGE, 'charger+@2').notes).to.deep.equal([UP, 'missing charger- at 22']);
    expect(charger(NO_CHARGE, 'charger+@2 charger-@25').notes).to.deep.equal([UP, 'missing charger- at 22', 'late charger- at 25']);
  });

  it('lets an edge come at the last instant', () => {
    expect(charger(NO_CHARGE, 'charger+@2 charger-@22').notes).to.deep.equal([UP, 'explained charger- at 22']);
  });

  it('asks for nothing that still may come after the end', () => {
    expect([21.999_999e6, 22e6].map((end_us) => until(end_us).length)).to.deep.equal([1, 2]);
  });

  it('lets an edge be stamped before its cause by as much as both stamps may be wrong', () => {
    expect(stamped('19.999998')[1]).to.equal('explained charger- at 19.999998');
    expect(stamped('19.999997')[1]).to.equal('unexplained charger- at 19.999997');
    expect(stamped('19.999997', 1)[1]).to.equal('explained charger- at 19.999997');
  });

  it('tells an edge that nothing asks for, and the way back as what follows from it', () => {
    expect(charger(after(), 'charger+@2 charger-@20 charger+@25').notes).to.deep.equal([
      UP,
      'unexplained charger- at 20',
      'unexplained charger+ at 25 follows',
    ]);
  });

  it('says how it stands after each change, in order of time', () => {
    const { states } = charger(NO_CHARGE, 'charger+@2 charger-@21');
    expect(states.map(({ at_us, arrived, tracks }) => [at_us / 1e6, arrived, tracks[0]!.high])).to.deep.equal([
      [0.999_998, 2, false],
      [2, 2, true],
      [19.999_998, 3, true],
      [21, 3, false],
    ]);
  });

  it('gives up where too much is possible at once, or has been in all', () => {
    const whole = either();
    expect(whole).to.deep.include({ complete: true, most: 2, notes: [UP, 'unexplained charger- at 40'] });
    expect(either({ bound: 2 }).complete).to.equal(true);
    expect(either({ bound: 1 })).to.deep.include({ complete: false, most: 2, notes: [UP] });
    const work = whole.states.reduce((sum, { tracks }) => sum + tracks[0]!.hypotheses.length, 0);
    expect([work, work - 1].map((workBound) => either({ workBound }).complete)).to.deep.equal([true, false]);
  });
});

const pulse = (back_s: string) => charger(after(), `charger+@2 charger-@20 charger+@${back_s}`);

const red = (back_s: string) => play(['ledRed'], after(), `red+@20 red-@${back_s}`);

describe('an excursion', () => {
  it('is forgiven where it is too short to count, of an LED longer than of an output (R18)', () => {
    expect(pulse('20.000999')).to.deep.include({ notes: [UP], glitches: 1 });
    expect(pulse('20.001')).to.deep.include({
      notes: [UP, 'unexplained charger- at 20', 'unexplained charger+ at 20.001 follows'],
      glitches: 0,
    });
    expect(red('20.019999')).to.deep.include({ notes: [], glitches: 1 });
    expect(red('20.02')).to.deep.include({ notes: ['unexplained ledRed+ at 20', 'unexplained ledRed- at 20.02 follows'], glitches: 0 });
  });

  it('is no glitch where both edges are asked for', () => {
    const segments = after(from(20, { pole3Open: true }), from(20.000_2));
    expect(charger(segments, 'charger+@2 charger-@20.1 charger+@20.1005')).to.deep.include({
      notes: [UP, 'explained charger- at 20.1', 'explained charger+ at 20.1005'],
      glitches: 0,
    });
  });

  it('leaves the reference where it was: what it should have done is still asked for', () => {
    expect(charger(NO_CHARGE, 'charger+@2 charger-@20.1 charger+@20.1005 charger-@21.9')).to.deep.include({
      notes: [UP, 'explained charger- at 21.9'],
      glitches: 1,
    });
    expect(charger(NO_CHARGE, 'charger+@2 charger-@20.1 charger+@20.1005')).to.deep.include({
      notes: [UP, 'missing charger- at 22'],
      glitches: 1,
    });
  });

  it('is one difference where only its first edge is asked for and it is too long to be forgiven', () => {
    expect(charger(NO_CHARGE, 'charger+@2 charger-@20.1 charger+@20.2 charger-@21.9').notes).to.deep.equal([
      UP,
      'unexplained charger- at 20.1',
      'unexplained charger+ at 20.2 follows',
      'explained charger- at 21.9',
    ]);
  });

  it('begins with the second edge where a third comes soon after it', () => {
    expect(charger(NO_CHARGE, 'charger+@2 charger-@20.1 charger+@20.2 charger-@21.199').notes).to.deep.equal([
      UP,
      'explained charger- at 20.1',
      'unexplained charger+ at 20.2',
      'unexplained charger- at 21.199 follows',
    ]);
  });

  it('is one difference as well where its second edge comes too late, and nothing is told while looking ahead', () => {
    const segments = after(from(20, { pole3Open: true }), from(20.5));
    expect(charger(segments, 'charger+@2 charger-@21.9 charger+@22.6').notes).to.deep.equal([
      UP,
      'unexplained charger- at 21.9',
      'unexplained charger+ at 22.6 follows',
    ]);
  });

  it('is none where its first edge was overdue', () => {
    expect(charger(NO_CHARGE, 'charger+@2 charger-@25 charger+@25.5').notes).to.deep.equal([
      UP,
      'missing charger- at 22',
      'late charger- at 25',
      'unexplained charger+ at 25.5',
    ]);
  });

  it('is none where the edge back takes a second', () => {
    expect(charger(NO_CHARGE, 'charger+@2 charger-@20.1 charger+@21.1').notes).to.deep.equal([
      UP,
      'explained charger- at 20.1',
      'unexplained charger+ at 21.1',
    ]);
  });
});

describe('a trip', () => {
  /** A warning at 5 s, a low cell at 6 s: LOAD has to go off between 35.5 and 40.5 s. */
  const LOW = after(
    from(5, { pole4Open: true }),
    from(6, { pole4Open: true, pole1Open: true }, { pole1_us: [6e6, 6e6], pole1Entry: 'low' }),
  );
  const told = (words: string): readonly string[] => play(['load', 'preAlarm'], LOW, `load+@2 pre+@5.5 ${words}`).notes.slice(2);

  it('is explained with either edge first, half a second apart (R9)', () => {
    expect(told('load-@36 pre-@36.5')).to.deep.equal(['explained load- at 36', 'explained preAlarm- at 36.5']);
    expect(told('pre-@36 load-@36.5')).to.deep.equal(['explained preAlarm- at 36', 'explained load- at 36.5']);
  });

  it('is missing once the longest wait is over, with one difference for both (R4)', () => {
    expect(told('')).to.deep.equal(['missing load- at 40.5']);
  });

  it('comes too early before the least wait is over (R3)', () => {
    expect(told('load-@35.499 pre-@35.6')[0]).to.equal('early load- at 35.499');
    expect(told('load-@35.5 pre-@35.6')[0]).to.equal('explained load- at 35.5');
  });

  it('is none where LOAD is soon back from one that came too early', () => {
    expect(told('load-@20 load+@20.5').slice(0, 2)).to.deep.equal(['unexplained load- at 20', 'unexplained load+ at 20.5 follows']);
  });

  it('may come from where the least wait is over, which is told as a change', () => {
    const { states } = play(['load', 'preAlarm'], LOW, 'load+@2 pre+@5.5');
    expect(states.map(({ at_us }) => at_us / 1e6)).to.include(35.5);
  });

  it('is not begun by PRE-ALARM that only drops out', () => {
    expect(told('pre-@36 pre+@36.02 load-@38 pre-@38.1')).to.deep.equal([
      'unexplained preAlarm- at 36',
      'unexplained preAlarm+ at 36.02 follows',
      'explained load- at 38',
      'explained preAlarm- at 38.1',
    ]);
  });
});
