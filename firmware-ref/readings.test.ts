/** Which reading of a ruling a unit has shown: only where what was seen leaves no other, and each once. */

import { expect } from 'chai';
import { hypothesisOf } from './hypotheses.ts';
import { segment } from './planned/testing/parts.ts';
import { Readings, SHOWN } from './readings.ts';
import type { CiteId } from './rules/cites.ts';
import type { Memo } from './rules/rule.ts';
import type { Target, Track } from './track.ts';
import { edgesOf } from './traces.ts';

const target = (cite: CiteId, from: Memo = 'plain'): Target => ({
  hypothesis: hypothesisOf(0, 'plain', true),
  source: hypothesisOf(0, from, false),
  segment: segment(),
  cite,
  alone: false,
});
const edge = (readings: Readings, word: string, ...targets: readonly Target[]): void => readings.edge(edgesOf(`${word}@1`)[0]!, targets);
/** PRE-ALARM at that level, where each of these may be remembered; those after it disagree with the level. */
const preAlarm = (high: boolean, memos: readonly Memo[], others: readonly Memo[] = []): Track => ({
  signal: 'preAlarm',
  high,
  since_us: 0,
  hypotheses: [...memos.map((memo) => hypothesisOf(0, memo, high)), ...others.map((memo) => hypothesisOf(0, memo, !high))],
  astray: false,
  overdue: null,
});
const told = (tell: (readings: Readings) => void): readonly string[] => {
  const readings = new Readings();
  tell(readings);
  return readings.list().map(({ ruling, shown }) => `${ruling} ${shown}`);
};
const edged = (word: string, ...targets: readonly Target[]): readonly string[] => told((readings) => edge(readings, word, ...targets));
const stood = (...tracks: readonly Track[]): readonly string[] =>
  told((readings) => {
    for (const track of tracks) readings.preAlarm(track);
  });

describe('an edge', () => {
  it('shows that a unit enters service high with a low cell (R12)', () => {
    expect(edged('load+', target('serviceLowCell'))).to.deep.equal([`R12 ${SHOWN.R12.on}`]);
    expect(edged('load-', target('serviceLowCell'))).to.deep.equal([]);
  });

  it('shows that PRE-ALARM rises again after the recovery (R10)', () => {
    expect(edged('pre+', target('preRecovered'))).to.deep.equal([`R10 ${SHOWN.R10.rises}`]);
    expect(edged('pre-', target('preRecovered'))).to.deep.equal([]);
  });

  it('shows what PRE-ALARM does when the warning ends in the low cell (R8)', () => {
    expect(edged('pre-', target('warningGone'))).to.deep.equal([`R8 ${SHOWN.R8.falls}`]);
    expect(edged('pre+', target('warningGone'))).to.deep.equal(['R8 PRE-ALARM rises although the warning has ended']);
  });

  it('shows which of the two goes off first (R9)', () => {
    expect(edged('pre-', target('preWithTrip', 'tripping'))).to.deep.equal(['R9 LOAD floats first']);
    expect(edged('pre-', target('preWithTrip'))).to.deep.equal(['R9 PRE-ALARM falls first']);
    expect(edged('load-', target('preWithTrip', 'tripping')), 'LOAD itself').to.deep.equal([]);
  });

  it('shows nothing where something else explains it as well, or where it is of another signal', () => {
    for (const [word, cite] of [
      ['load+', 'serviceLowCell'],
      ['pre+', 'preRecovered'],
      ['pre-', 'warningGone'],
    ] as const)
      expect(edged(word, target(cite), target('warning')), word).to.deep.equal([]);
    expect(edged('charger+', target('serviceLowCell'))).to.deep.equal([]);
  });
});

describe('what is still possible of PRE-ALARM', () => {
  it('shows how it stands after its ruling, where only that is left', () => {
    expect(stood(preAlarm(false, ['quiet']))).to.deep.equal([`R12 ${SHOWN.R12.off}`]);
    expect(stood(preAlarm(false, ['recovered', 'recovered']))).to.deep.equal([`R10 ${SHOWN.R10['stays off']}`]);
    expect(stood(preAlarm(true, ['soft']))).to.deep.equal([`R8 ${SHOWN.R8.stays}`]);
  });

  it('shows nothing at the other level', () => {
    expect(stood(preAlarm(true, ['quiet']), preAlarm(true, ['recovered']), preAlarm(false, ['soft']))).to.deep.equal([]);
  });

  it('shows nothing while it may remember something else, but for what disagrees with its level', () => {
    expect(stood(preAlarm(false, ['quiet', 'out']), preAlarm(true, ['soft', 'plain']))).to.deep.equal([]);
    expect(stood(preAlarm(false, ['out', 'quiet']), preAlarm(true, ['plain', 'soft']))).to.deep.equal([]);
    expect(stood(preAlarm(false, ['quiet'], ['plain']))).to.deep.equal([`R12 ${SHOWN.R12.off}`]);
    expect(stood(preAlarm(false, [], ['soft']))).to.deep.equal([]);
  });

  it('says nothing of R12 where a trip made it quiet, until that is over', () => {
    const tripped = (...tracks: readonly Track[]) =>
      told((readings) => {
        edge(readings, 'load-', target('trip'));
        for (const track of tracks) readings.preAlarm(track);
        readings.preAlarm(preAlarm(false, ['quiet']));
      });
    expect(tripped()).to.deep.equal([]);
    expect(tripped(preAlarm(true, ['soft']))).to.deep.equal([`R8 ${SHOWN.R8.stays}`]);
    for (const memo of ['out', 'spent', 'plain'] as const)
      expect(tripped(preAlarm(false, [memo])), memo).to.deep.equal([`R12 ${SHOWN.R12.off}`]);
    expect(tripped(preAlarm(false, ['recovered']))).to.deep.equal([`R10 ${SHOWN.R10['stays off']}`, `R12 ${SHOWN.R12.off}`]);
    expect(tripped(preAlarm(false, ['plain', 'quiet'])), 'it may not be over').to.deep.equal([]);
    const withPre = told((readings) => {
      edge(readings, 'pre-', target('warningCleared'), target('preWithTrip'));
      readings.preAlarm(preAlarm(false, ['quiet']));
    });
    expect(withPre).to.deep.equal(['R9 PRE-ALARM falls first']);
  });
});

const glitches = (count: number) =>
  told((readings) => {
    for (let times = 0; times < count; times++) readings.glitch();
    edge(readings, 'load+', target('serviceLowCell'));
  });

describe('the list of readings', () => {
  it('has each once, in the order in which they were shown', () => {
    const list = told((readings) => {
      readings.preAlarm(preAlarm(true, ['soft']));
      edge(readings, 'pre+', target('preRecovered'));
      readings.preAlarm(preAlarm(true, ['soft']));
    });
    expect(list).to.deep.equal([`R8 ${SHOWN.R8.stays}`, `R10 ${SHOWN.R10.rises}`]);
  });

  it('ends with how many glitches were forgiven (R18), where there were any', () => {
    expect(glitches(0)).to.deep.equal([`R12 ${SHOWN.R12.on}`]);
    expect(glitches(1)).to.deep.equal([`R12 ${SHOWN.R12.on}`, 'R18 1 glitch forgiven']);
    expect(glitches(2)).to.deep.equal([`R12 ${SHOWN.R12.on}`, 'R18 2 glitches forgiven']);
  });
});
