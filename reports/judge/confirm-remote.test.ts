import { expect } from 'chai';
import type { Case } from '../../scenarios/contracts/case.ts';
import { scenarioTime } from '../../scenarios/contracts/clocks.ts';
import type { DriveChange } from '../../scenarios/contracts/timeline.ts';
import type { Sample } from '../../scenarios/contracts/trace.ts';
import { done, entry, goodCase, goodTrace } from '../testing/build.ts';
import { judgeRemote } from './confirm-remote.ts';

const set = (...changes: readonly DriveChange[]) => ({ kind: 'set', changes }) as const;
const OPEN = { signal: 'remoteLink', value: 'open' } as const;
/** One state a second: link, battery on H, 3.1 V on H, minus on L, 3.3 V on L, nothing. */
const STATES = [
  set({ signal: 'remoteLink', value: 'closed' }),
  set(OPEN, { signal: 'remoteH', value: 'battery' }),
  set({ signal: 'remoteH', value: { mV: 3_100 } }),
  set({ signal: 'remoteH', value: 'open' }, { signal: 'remoteL', value: 'minus' }),
  set({ signal: 'remoteL', value: { mV: 3_300 } }),
  set({ signal: 'remoteL', value: 'open' }),
];
const [LINK, BATTERY, H_DRIVE, MINUS, L_DRIVE, NOTHING] = [1, 2, 3, 4, 5, 6] as const;
const entries = STATES.map((action, index) => entry(`step-${index + 1}`, index + 1, action));
const testCase: Case = { ...goodCase, timeline: { ...goodCase.timeline, entries } };

const sample = (terminal: 'H' | 'L', at_s: number, mV: number, more: Partial<Sample> = {}): Sample => ({
  entry: `confirm-remote${terminal}`,
  analog: `remote${terminal}Voltage`,
  at_us: scenarioTime(Math.round(at_s * 1e6)),
  value: mV,
  unit: 'mV',
  uncertainty: 200 + 0.012 * mV,
  count: 4,
  ...more,
});
/** What both terminals of a good unit read in each state, at 12.8 V. */
const GOOD: Readonly<Record<number, readonly [h: number, l: number]>> = {
  [LINK]: [2_370, 2_370],
  [BATTERY]: [11_600, 4_780],
  [H_DRIVE]: [3_060, 4_780],
  [MINUS]: [40, 350],
  [L_DRIVE]: [40, 3_220],
  [NOTHING]: [40, 4_780],
};
const looks = (spoilt: typeof GOOD = {}, of: readonly number[] = Object.keys(GOOD).map(Number), delay_s = 0.1): readonly Sample[] =>
  of.flatMap((state) => {
    const [h, l] = spoilt[state] ?? GOOD[state]!;
    return [sample('H', state + delay_s, h), sample('L', state + delay_s + 0.004, l)];
  });
const said = (samples: readonly Sample[], stimuli = entries.map(({ id }, index) => done(id, index + 1))): readonly string[] =>
  (judgeRemote(testCase, { ...goodTrace, stimuli, samples }).faults ?? []).map(({ blame, text }) => `${blame}: ${text}`);

describe('what is put on the remote terminals', () => {
  it('is what was asked for', () => {
    expect(said(looks())).to.deep.equal([]);
    expect(said([])).to.deep.equal([]);
  });

  it('never came where the other drive of the same terminal shows that the unit does not hold it', () => {
    expect(said(looks({ [BATTERY]: [40, 4_780] }))[0]).to.match(
      /^rig: REMOTE H reads 0\.04 V at 2\.100 s where battery plus .*K\.remoteHBattery/,
    );
    expect(said(looks({ [H_DRIVE]: [1_500, 4_780] }))[0]).to.match(
      /^rig: REMOTE H reads 1\.50 V at 3\.100 s where 3\.10 V .*U\.remoteH and K\.remoteHDrive/,
    );
    expect(said(looks({ [MINUS]: [40, 4_780] }))[0]).to.match(
      /^rig: REMOTE L reads 4\.78 V at 4\.104 s where battery minus .*K\.remoteLMinus/,
    );
    expect(said(looks({ [L_DRIVE]: [40, 1_600] }))[0]).to.match(/^rig: REMOTE L reads 1\.60 V at 5\.104 s where 3\.30 V .*U\.remoteL and/);
    expect(said(looks({ [L_DRIVE]: [40, 4_780] }))).to.have.length(1);
  });

  it('is not known to have come where nothing else was put there', () => {
    expect(said(looks({ [BATTERY]: [40, 4_780] }, [LINK, BATTERY, NOTHING]))).to.have.length(1);
    expect(said(looks({ [L_DRIVE]: [40, 4_780] }, [L_DRIVE]))).to.have.length(1);
  });

  it('came, and the unit does not let it, where both drives find the same', () => {
    expect(said(looks({ [BATTERY]: [100, 4_780], [H_DRIVE]: [10, 4_780] })), 'H to minus').to.deep.equal([]);
    expect(said(looks({ [MINUS]: [40, 4_990], [L_DRIVE]: [40, 4_990] })), 'L to 5 V').to.deep.equal([]);
  });

  it('is not blamed for what is there with nothing driven, or what no drive of the fixture gives', () => {
    const leaking = { [H_DRIVE]: [4_600, 4_780], [NOTHING]: [11_500, 4_780] } as const;
    expect(said(looks(leaking))).to.deep.equal([]);
    expect(said(looks({ [H_DRIVE]: [7_700, 4_780] }, [H_DRIVE]))).to.deep.equal([]);
    expect(said(looks({ [L_DRIVE]: [40, 1_600], [NOTHING]: [40, 1_500] })), 'L held down').to.deep.equal([]);
    expect(said(looks({ [H_DRIVE]: [4_600, 4_780] })), 'twice what was asked for').to.have.length(1);
  });

  it('is the same on both terminals while the link connects them', () => {
    expect(said(looks({ [LINK]: [80_000, 2_370] }))[0]).to.match(
      /^rig: REMOTE H reads 80\.00 V and REMOTE L 2\.37 V at 1\.100 s while the link/,
    );
    expect(said(looks({ [LINK]: [21_560, 21_410] }))).to.deep.equal([]);
  });

  it('is not looked at while it changes, nor where it was never asked for', () => {
    expect(said(looks({ [BATTERY]: [40, 4_780] }, [BATTERY], 0.01))).to.deep.equal([]);
    expect(said(looks({ [BATTERY]: [40, 4_780] }, [BATTERY], 0.998))).to.deep.equal([]);
    expect(said(looks({ [BATTERY]: [40, 4_780] }, [BATTERY]), [])).to.deep.equal([]);
  });
});
