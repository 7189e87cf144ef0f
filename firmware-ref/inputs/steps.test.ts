/** When drives change: entries, as a bench executed them or as they are planned, as single changes in order. */

import { expect } from 'chai';
import { scenarioTime } from '../../scenarios/contracts/clocks.ts';
import type { Trace } from '../../scenarios/contracts/trace.ts';
import { numbersOf, PARAMETERS } from '../parameters.ts';
import { caseOf, ramp, traceOf, type Deeds } from '../traces.ts';
import { executed, lag_us, lengthOf_us, stepsOf, type Happening, type Step } from './steps.ts';

const numbers = numbersOf(PARAMETERS);

const stepsIn = (deeds: Deeds, change: (trace: Trace) => Trace = (trace) => trace): readonly Step[] => {
  const testCase = caseOf(deeds, 60);
  return stepsOf(executed(testCase.timeline.entries, change(traceOf(testCase, []))), numbers);
};
const told = ({ entry, at_us: [from_us, to_us], changes }: Step): string => {
  const values = changes.map(({ signal, value }) => `${signal} ${typeof value === 'object' ? `${value.mV}` : value}`);
  return `${entry} ${from_us / 1e6}${to_us === from_us ? '' : `..${to_us / 1e6}`}: ${values.join(', ')}`;
};
/** Without the given state and the power. */
const words = (deeds: Deeds, change?: (trace: Trace) => Trace): readonly string[] => stepsIn(deeds, change).slice(2).map(told);

const dip = (signal: 'supply' | 'pole4' | 'remoteH') => ({
  kind: 'pulse' as const,
  changes: [{ signal, value: signal === 'pole4' ? ('open' as const) : { mV: 4_000 } }],
  for_us: 500_000,
});

const late = ({ stimuli, ...trace }: Trace): Trace => ({
  ...trace,
  stimuli: stimuli.flatMap((one) =>
    one.entry === 'step-2' ? [] : one.entry === 'step-1' ? [{ ...one, done_us: scenarioTime(5_100_000), uncertainty_us: 40 }] : [one],
  ),
});

const refused = (trace: Trace): Trace => ({ ...trace, stimuli: trace.stimuli.map((one) => ({ ...one, done_us: null })) });

describe('the changes of the drives', () => {
  it('of a ramp are its ends and the first value beyond each limit on its way, either way', () => {
    expect(words([[5, ramp(9, 2, 7)]])).to.deep.equal([
      'step-1 5: supply 9000',
      'step-1 6: supply 7999',
      'step-1 7.5: supply 6499',
      'step-1 11: supply 2999',
      'step-1 12: supply 2000',
    ]);
    expect(words([[5, ramp(6.5, 8, 3)]])).to.deep.equal(['step-1 5: supply 6500', 'step-1 8: supply 8000', 'step-1 8: supply 8000']);
    expect(words([[5, ramp(8, 7, 1)]])).to.deep.equal(['step-1 5: supply 8000', 'step-1 5: supply 7999', 'step-1 6: supply 7000']);
    expect(words([[5, ramp(8, 8.5, 3)]])).to.deep.equal(['step-1 5: supply 8000', 'step-1 8: supply 8500']);
    expect(stepsIn([[5, ramp(9, 2, 7)]]).map(({ smooth }) => smooth)).to.deep.equal([false, false, false, true, true, true, true]);
  });

  it('of a pulse are taken back to what stood before, whether a step, a ramp or nothing set it', () => {
    expect(words([[5, dip('supply')]])).to.deep.equal(['step-1 5: supply 4000', 'step-1 5.5: supply 13000']);
    expect(
      words([
        [4, ramp(13, 12, 1)],
        [6, dip('supply')],
      ]).at(-1),
    ).to.equal('step-2 6.5: supply 12000');
    expect(
      words([
        [5, 'cco'],
        [6, dip('pole4')],
      ]).at(-1),
    ).to.equal('step-2 6.5: pole4 open');
    expect(words([[5, dip('remoteH')]]).at(-1)).to.equal('step-1 5.5: remoteH open');
  });

  it('come in order of time, also where a pulse ends behind what comes after it', () => {
    const long = { kind: 'pulse' as const, changes: [{ signal: 'pole4' as const, value: 'open' as const }], for_us: 3_000_000 };
    expect(
      words([
        [5, long],
        [6, 'unlink'],
      ]),
    ).to.deep.equal(['step-1 5: pole4 open', 'step-2 6: remoteLink open', 'step-1 8: pole4 closed']);
    expect(
      stepsIn([
        [5, long],
        [6, 'unlink'],
      ]).map(({ gap_us }) => gap_us / 1e6),
    ).to.deep.equal([0, 0.5, 5, 1, 2]);
  });

  it('as executed are those that happened, when they did, whatever the order in which a bench tells them', () => {
    const deeds: Deeds = [
      [5, 'unlink'],
      [6, 'link'],
    ];
    expect(words(deeds, late)).to.deep.equal(['step-1 5.1: remoteLink open']);
    expect(stepsIn(deeds, late).at(-1)?.tolerance_us).to.equal(40);
    expect(words(deeds, (trace) => ({ ...trace, stimuli: trace.stimuli.toReversed() }))).to.deep.equal(words(deeds));
    expect(stepsIn(deeds, refused)).to.deep.equal([]);
  });
});

/** `low` hangs on an edge between 4 s and `latest_s`, `back` comes at least 3 s after `low` and not before `back_s`, `alone` at 20 s. */
const hung = (hangs: boolean, latest_s = 9, back_s = 7): readonly Step[] => {
  const [, , low, back, alone] = caseOf(
    [
      [4, 'occ'],
      [7, 'ccc'],
      [20, 'unlink'],
    ],
    60,
  ).timeline.entries;
  const happening = (entry: typeof low, from_s: number, to_s: number, hangsOn: Happening['hangsOn']): Happening => {
    const begin_us = [from_s * 1e6, to_s * 1e6] as const;
    return { entry: entry!, begin_us, end_us: begin_us, tolerance_us: 0, hangsOn };
  };
  return stepsOf(
    [
      happening(low, 4, latest_s, null),
      happening(back, back_s, 12, hangs ? { entry: low!.id, least_us: 3e6 } : null),
      happening(alone, 20, 20, null),
    ],
    numbers,
  );
};

const gaps = (steps: readonly Step[]): readonly number[] => steps.map(({ gap_us }) => gap_us / 1e6);

describe('two changes whose instants are known badly', () => {
  it('are as far apart as the one hangs on the other, and else as far as is sure', () => {
    expect(gaps(hung(true))).to.deep.equal([0, 3, 8]);
    expect(gaps(hung(false))).to.deep.equal([0, 0, 8]);
    // Known better than by what it hangs on.
    expect(gaps(hung(true, 4, 8))).to.deep.equal([0, 4, 8]);
  });
});

describe('how late the terminals follow', () => {
  it('is the time of a switch, or of the supply up to the farthest limit that it crosses', () => {
    expect(lag_us(0, 0, [], false)).to.equal(0);
    expect(lag_us(0, 0, [8_000], true)).to.equal(5_000);
    expect(lag_us(0, 13_000, [3_000, 6_500, 8_000], false)).to.equal(1_600);
    expect(lag_us(13_000, 7_000, [3_000, 6_500, 8_000], false)).to.equal(1_000);
    expect(lag_us(9_000, 13_000, [3_000, 6_500, 8_000], false)).to.equal(0);
    expect(lag_us(70_000, 0, [3_000], true)).to.equal(13_400);
  });

  it('is no part of how long an action lasts', () => {
    expect([
      lengthOf_us(ramp(9, 2, 7)),
      lengthOf_us({ kind: 'pulse', changes: [], for_us: 20 }),
      lengthOf_us({ kind: 'set', changes: [] }),
    ]).to.deep.equal([7_000_000, 20, 0]);
  });
});
