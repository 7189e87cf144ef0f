/** How LOAD and PRE-ALARM meet: which wait counts, what a trip of one lets the other do, and what a unit that differs is not accused of twice. */

import { expect } from 'chai';
import { accepts, rejects, run, START, type Story } from './stories.ts';

const LOW: Story = {
  deeds: [
    [5, 'cco'],
    [6, 'oco'],
  ],
  end_s: 60,
};
const WARNED = `${START} pre+@5.1`;
/** A low cell that recovers for some time in the wait. */
const gap = (from_s: number, to_s: number): Story => ({
  deeds: [
    [5, 'oco'],
    [from_s, 'ccc'],
    [to_s, 'oco'],
  ],
  end_s: 70,
});
const dip: Story = {
  deeds: [
    [5, 'cco'],
    [6, 'oco'],
    [10, { supply_V: 7 }],
    [10.4, { supply_V: 13 }],
  ],
  end_s: 70,
};
const window = (story: Story, words: string): readonly number[] =>
  run(story, words)
    .prediction.edges.findLast(({ signal, level }) => signal === 'load' && level === 'floating')!
    .window_us.map((us) => us / 1e6);

describe('LOAD and PRE-ALARM go off together (R9)', () => {
  it('within half a second, either first', () => {
    accepts(LOW, `${WARNED} load-@36 pre-@36.5 blue-@36.1`);
    accepts(LOW, `${WARNED} pre-@36 load-@36.5 blue-@36.1`);
    rejects(LOW, `${WARNED} load-@36 pre-@36.6 blue-@36.1`, 'preAlarm- late');
    rejects(LOW, `${WARNED} load-@36 blue-@36.1`, 'preAlarm- missing');
  });

  it('where PRE-ALARM alone goes and LOAD does not follow, LOAD is what is missing', () => {
    rejects(LOW, `${WARNED} pre-@36`, 'load- missing');
    rejects(LOW, `${WARNED} pre-@36 load-@36.7 blue-@36.8`, 'load- late');
  });

  it('where LOAD goes at last, PRE-ALARM goes with it, or is off by then', () => {
    rejects(LOW, `${WARNED} load-@41 pre-@41.4 blue-@41`, 'load- late');
    rejects(LOW, `${WARNED} load-@41 blue-@41`, 'load- late', 'preAlarm- missing');
    rejects(LOW, WARNED, 'load- missing');
    rejects(LOW, `${WARNED} pre-@39.8 load-@40.2 blue-@40.2`, 'load- late');
  });

  it('where PRE-ALARM only drops out near the end of the wait, the trip may still come', () => {
    rejects(LOW, `${WARNED} pre-@36 pre+@36.02 load-@38 pre-@38.1 blue-@38.1`, 'preAlarm- extra');
  });

  it('where PRE-ALARM goes long before the wait is over, that is what is wrong', () => {
    expect(run(LOW, `${WARNED} pre-@20`).differences[0]).to.equal('preAlarm- extra');
  });

  it('and PRE-ALARM stays off until the cell recovers', () => {
    rejects(LOW, `${WARNED} load-@36 pre-@36.1 blue-@36.1 pre+@45`, 'preAlarm+ extra');
  });

  it('after a trip too early as well: one difference, and what follows only follows', () => {
    rejects(LOW, `${WARNED} load-@20 pre-@20.1 blue-@20.2`, 'load- early');
    rejects(LOW, `${WARNED} load-@36 pre-@36.1 blue-@36.1 load+@40 blue+@40.1`, 'load+ extra');
  });

  it('not where LOAD goes off with the remote', () => {
    const off: Story = {
      deeds: [
        [5, 'cco'],
        [20, 'unlink'],
      ],
      end_s: 30,
    };
    accepts(off, `${WARNED} load-@20.1 pre-@21.9 charger-@20.1 blue-@20.2`);
    rejects(off, `${WARNED} load-@20.1 charger-@20.1 blue-@20.2`, 'preAlarm- missing');
  });
});

describe('the wait that counts', () => {
  it('is that of the last rise (R5)', () => {
    const again = `${WARNED} pre-@10.1 pre+@15.1`;
    accepts(gap(10, 15), `${again} load-@45.1 pre-@45.2 blue-@45.3`);
    rejects(gap(10, 15), `${again} load-@45 pre-@45.1 blue-@45.2`, 'load- early');
    expect(window(gap(10, 15), `${again} load-@47 pre-@47 blue-@47`)).to.deep.equal([45.1, 50.1]);
  });

  it('runs on where PRE-ALARM did not fall in a short gap (R5)', () => {
    expect(window(gap(10, 11), `${WARNED} load-@36 pre-@36 blue-@36`)).to.deep.equal([35.1, 40.1]);
  });

  it('is over where PRE-ALARM has fallen: LOAD stays until it rises again (R8)', () => {
    const gone: Story = {
      deeds: [
        [5, 'oco'],
        [10, 'occ'],
      ],
      end_s: 60,
    };
    accepts(gone, `${WARNED} pre-@10.5`);
    rejects(gone, `${WARNED} pre-@10.5 load-@40 blue-@40.1`, 'load- extra');
    accepts(gone, `${WARNED} load-@36 pre-@36.1 blue-@36.1`);
  });

  it('begins where PRE-ALARM had to rise and did not: LOAD has to go off by then all the same (R4)', () => {
    expect(run(LOW, START).differences).to.deep.equal(['preAlarm+ missing', 'load- missing']);
    rejects(LOW, `${START} load-@38 blue-@38`, 'preAlarm+ missing');
  });

  it('runs on or begins anew after a dip (R14)', () => {
    expect(window(dip, `${WARNED} load-@36 pre-@36 blue-@36`)).to.deep.equal([35.1, 48.4002]);
    rejects(dip, `${WARNED} load-@34 pre-@34 blue-@34`, 'load- early');
  });

  it('runs on although PRE-ALARM went off where anything may happen (R14)', () => {
    expect(window(dip, `${WARNED} pre-@10.2 pre+@10.7 load-@36 pre-@36 blue-@36`)).to.deep.equal([35.1, 45.7]);
  });

  it('runs on or begins anew after the remote may have been off (R13)', () => {
    const unclear: Story = {
      deeds: [
        [5, 'cco'],
        [6, 'oco'],
        [10, { remoteLink: 'open', remoteH: { mV: 2_500 } }],
        [12, 'link'],
      ],
      end_s: 70,
    };
    expect(window(unclear, `${WARNED} load-@42 pre-@42 blue-@42`)).to.deep.equal([35.1, 49.005]);
  });

  it('is forgotten with the supply (R14)', () => {
    const lost: Story = {
      deeds: [
        [5, 'oco'],
        [10, { supply_V: 4 }],
        [15, { supply_V: 13 }],
      ],
      end_s: 70,
    };
    const off = 'load-@10.1 pre-@10.1 charger-@10.1 blue-@10.1 charger+@15.3';
    accepts(lost, `${WARNED} ${off}`);
    accepts(lost, `${WARNED} ${off} load+@15.3 pre+@15.3 blue+@15.3 load-@45.3 pre-@45.3 blue-@45.3`);
    rejects(lost, `${WARNED} ${off} load+@15.3 pre+@15.3 blue+@15.3 load-@45.2 pre-@45.3 blue-@45.3`, 'load- early');
  });
});

describe('entering service with a low cell (R12)', () => {
  const enters: Story = { deeds: [[10, 'link']], end_s: 30, given: 'oco', linked: false };

  it('has both high or both off, whichever shows first', () => {
    accepts(enters, 'load+@10.1 pre+@11.9 charger+@10.1 blue+@10.2');
    accepts(enters, 'pre+@10.1 load+@11.9 charger+@10.1 blue+@12');
    accepts(enters, 'charger+@10.1');
  });

  it('misses the other one where one shows alone', () => {
    rejects(enters, 'load+@10.1 charger+@10.1 blue+@10.2', 'preAlarm+ missing');
    rejects(enters, 'pre+@10.1 charger+@10.1', 'load+ missing');
  });
});
