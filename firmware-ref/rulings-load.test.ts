/** LOAD and PRE-ALARM against hand-written traces: what each ruling accepts and what it rejects (R3-R6, R8-R10, R12). */

import { expect } from 'chai';
import { accepts, rejects, run, START, type Story } from './stories.ts';

/** Warning at 5 s, low cell at 6 s, recovered with the warning still there at 45 s, warning over at 50 s. */
const LOW: Story = {
  deeds: [
    [5, 'cco'],
    [6, 'oco'],
    [45, 'cco'],
    [50, 'ccc'],
  ],
  end_s: 55,
};
const TRIP = `${START} pre+@5.1 load-@37.5 pre-@37.6 blue-@37.7`;
const RECOVERY = 'load+@45.3 blue+@45.4';

const tripAt = (load_s: string) => `${START} pre+@5.1 load-@${load_s} pre-@${load_s} blue-@${load_s} ${RECOVERY}`;

describe('R3: at least 30 s', () => {
  it('accepts 30.000 s, 32.4 s and 35.000 s', () => {
    for (const load_s of ['35.1', '37.5', '40.1']) accepts(LOW, tripAt(load_s));
  });
  it('rejects 29.999 s and 25 s as early, and nothing else about them', () => {
    rejects(LOW, tripAt('35.099'), 'load- early');
    rejects(LOW, tripAt('30.1'), 'load- early');
  });
  it('gives the window from the observed rise, with both causes', () => {
    const { prediction } = run(LOW, tripAt('30.1'));
    const fall = prediction.edges.find(({ signal, level }) => signal === 'load' && level === 'floating');
    expect(fall?.window_us).to.deep.equal([35_100_000, 40_100_000]);
    expect(fall?.causes[0]).to.deep.equal({ ref: { kind: 'observed', seq: 3 }, min_us: 30_000_000, max_us: 35_000_000 });
    expect(fall).to.include({ rule: 'R3', requirement: 'PRE-30S', certainty: 'O' });
  });
  it('rejects LOAD falling with pole 1 closed', () => {
    const warned: Story = {
      deeds: [
        [5, 'cco'],
        [50, 'ccc'],
      ],
      end_s: 55,
    };
    expect(run(warned, `${START} pre+@5.1 load-@36 pre-@36.1 blue-@36.2 load+@50.5 blue+@50.6`).differences[0]).to.equal('load- extra');
  });
  it('rejects a drop-out of 20 ms as one difference, also within the wait', () => {
    rejects(LOW, `${TRIP} ${RECOVERY} load-@4 load+@4.02`, 'load- extra');
    rejects(LOW, `${TRIP} ${RECOVERY} load-@10 load+@10.02`, 'load- extra');
    rejects(LOW, `${TRIP} ${RECOVERY} load-@36 load+@36.02`, 'load- extra');
  });
  it('rejects a trip before its time, also with PRE-ALARM first and soon after a change of the inputs', () => {
    const deeds: Story['deeds'] = [
      [5, 'cco'],
      [19, 'oco'],
    ];
    rejects({ deeds, end_s: 60 }, `${START} pre+@5.1 pre-@20 load-@20.001 blue-@20.1`, 'load- early');
    rejects({ deeds, end_s: 60 }, `${START} pre+@5.1 load-@20 pre-@20.001 blue-@20.1`, 'load- early');
  });
});

describe('R4: at the latest', () => {
  it('rejects 40 s as late', () => rejects(LOW, `${START} pre+@5.1 load-@45 pre-@45.2 blue-@45.1 load+@46 blue+@46`, 'load- late'));
  it('rejects a LOAD that never falls, once, although PRE-ALARM goes off', () => {
    rejects(LOW, `${START} pre+@5.1 pre-@38 `, 'load- missing');
    rejects(LOW, `${START} pre+@5.1 pre-@50.4`, 'load- missing');
  });
  it('counts 2 s from pole 1 where that is later', () => {
    const late: Story = {
      deeds: [
        [5, 'cco'],
        [60, 'oco'],
      ],
      end_s: 70,
    };
    accepts(late, `${START} pre+@5.1 load-@61.9 pre-@62 blue-@62`);
    rejects(late, `${START} pre+@5.1 load-@62.5 pre-@62.6 blue-@62.6`, 'load- late');
  });
});

describe('R5: each wait is whole', () => {
  const twice: Story = {
    deeds: [
      [5, 'cco'],
      [25, 'ccc'],
      [28, 'oco'],
    ],
    end_s: 70,
  };
  const begin = `${START} pre+@5.1 pre-@25.3 pre+@28.4`;
  it('accepts 30 s after the second rise', () => accepts(twice, `${begin} load-@58.6 pre-@58.7 blue-@58.8`));
  it('rejects credit from the first rise', () => rejects(twice, `${begin} load-@40 pre-@40.1 blue-@40.2`, 'load- early'));
  it('lets the wait run on where PRE-ALARM did not fall in a short gap', () => {
    const gap: Story = {
      deeds: [
        [5, 'cco'],
        [20, 'ccc'],
        [20.8, 'oco'],
      ],
      end_s: 45,
    };
    accepts(gap, `${START} pre+@5.1 load-@36 pre-@36.1 blue-@36.2`);
    rejects(gap, `${START} pre+@5.1 pre-@20.5 pre+@21 load-@36 pre-@36.1 blue-@36.2`, 'load- early');
  });
});

describe('R6: a warning alone', () => {
  const warned: Story = {
    deeds: [
      [5, 'cco'],
      [20, 'oco'],
      [30, 'cco'],
      [60, 'ccc'],
    ],
    end_s: 65,
  };
  it('accepts LOAD that stays when pole 1 closes in time', () => accepts(warned, `${START} pre+@5.1 pre-@61`));
  it('rejects LOAD that falls all the same', () => {
    expect(run(warned, `${START} pre+@5.1 load-@36 pre-@36 blue-@36 load+@61 blue+@61`).differences).to.include('load- extra');
  });
});

describe('R8: low cell without warning', () => {
  const bare: Story = {
    deeds: [
      [5, 'occ'],
      [45, 'ccc'],
    ],
    end_s: 50,
  };
  it('accepts a PRE-ALARM that rises and a whole wait', () =>
    accepts(bare, `${START} pre+@6.5 load-@38 pre-@38.1 blue-@38.2 load+@45.5 blue+@45.6`));
  it('rejects a missing PRE-ALARM, and only that', () =>
    rejects(bare, `${START} load-@38 blue-@38.2 load+@45.5 blue+@45.6`, 'preAlarm+ missing'));
  it('rejects LOAD that drops at once', () => {
    expect(run(bare, `${START} load-@5.5 blue-@5.6 load+@45.5 blue+@45.6`).differences[0]).to.equal('load- extra');
  });
  const ended: Story = {
    deeds: [
      [5, 'oco'],
      [20, 'occ'],
      [60, 'ccc'],
    ],
    end_s: 65,
  };
  it('accepts both readings where the warning ends in the low cell, and tells which', () => {
    const stays = run(ended, `${START} pre+@5.2 load-@36 pre-@36.1 blue-@36.2 load+@60.5 blue+@60.5`);
    expect(stays.differences).to.deep.equal([]);
    expect(stays.prediction.readings.map(({ ruling }) => ruling)).to.include('R8');
    accepts(ended, `${START} pre+@5.2 pre-@21`);
  });
  it('rejects LOAD falling after PRE-ALARM fell', () => {
    expect(run(ended, `${START} pre+@5.2 pre-@21 load-@36 blue-@36.2 load+@60.5 blue+@60.5`).differences[0]).to.equal('load- extra');
  });
});

const tripWith = (pre: string) => `${START} pre+@5.1 load-@37.5 ${pre} blue-@37.7 ${RECOVERY}`;

describe('R9: trip', () => {
  it('accepts PRE-ALARM up to 0.5 s before and after LOAD', () => {
    for (const pre of ['pre-@37', 'pre-@37.5', 'pre-@38']) accepts(LOW, tripWith(pre));
  });
  it('rejects PRE-ALARM that stays, goes late, or comes back while the cell is low', () => {
    rejects(LOW, tripWith('pre-@50.2'), 'preAlarm- missing');
    rejects(LOW, tripWith('pre-@38.3'), 'preAlarm- late');
    rejects(LOW, tripWith('pre-@37.6 pre+@40 pre-@50.3'), 'preAlarm+ extra');
  });
});

describe('R10: recovery', () => {
  it('accepts PRE-ALARM rising again, and staying off', () => {
    accepts(LOW, `${TRIP} ${RECOVERY} pre+@46 pre-@50.3`);
    accepts(LOW, `${TRIP} ${RECOVERY}`);
  });
  it('rejects LOAD that returns late or never', () => {
    rejects(LOW, `${TRIP} load+@48.2 blue+@48.3`, 'load+ late');
    rejects(LOW, TRIP, 'load+ missing');
  });
  it('rejects LOAD that returns while the cell is low', () =>
    expect(run(LOW, `${TRIP} load+@40 blue+@40`).differences[0]).to.equal('load+ extra'));
  // Pole 1 alone mends the chain: where several close at once the unit may see a low cell in between (R1).
  it('accepts both as well where the chain broke in between, which the trip may outlast (R12)', () => {
    const broken: Story = { deeds: [LOW.deeds[0]!, LOW.deeds[1]!, [40, 'ooo'], [45, 'coo'], [50, 'ccc']], end_s: 55 };
    const back = `${TRIP} charger-@40.2 red+@40.3 ${RECOVERY} charger+@50.4 red-@50.5`;
    accepts(broken, back);
    accepts(broken, `${back} pre+@46 pre-@50.3`);
  });
  it('wants PRE-ALARM on a warning where no trip was before, or where the warning cleared since', () => {
    const out = 'load-@48.2 blue-@48.3 charger-@48.2 red+@48.3';
    const healthy: Story = {
      deeds: [
        [48, 'ooo'],
        [52, 'coo'],
      ],
      end_s: 56,
    };
    accepts(healthy, `${START} ${out} load+@52.2 blue+@52.3 pre+@53`);
    rejects(healthy, `${START} ${out} load+@52.2 blue+@52.3`, 'preAlarm+ missing');
    const cleared: Story = { deeds: [LOW.deeds[0]!, LOW.deeds[1]!, [42, 'ccc'], ...healthy.deeds], end_s: 56 };
    const again = `${TRIP} load+@42.3 blue+@42.4 ${out} load+@52.2 blue+@52.3`;
    accepts(cleared, `${again} pre+@53`);
    rejects(cleared, again, 'preAlarm+ missing');
  });
  it('wants a new rise and a whole wait for a new low cell', () => {
    const again: Story = { deeds: [...LOW.deeds.slice(0, 3), [50, 'oco']], end_s: 90 };
    accepts(again, `${TRIP} ${RECOVERY} pre+@50.6 load-@82 pre-@82.1 blue-@82.1`);
    accepts(again, `${TRIP} ${RECOVERY} pre+@45.6 load-@77 pre-@77.1 blue-@77.1`);
    rejects(again, `${TRIP} ${RECOVERY} load-@82 blue-@82.1`, 'preAlarm+ missing');
    rejects(again, `${TRIP} ${RECOVERY} pre+@50.6 load-@60 pre-@60.1 blue-@60.1`, 'load- early');
  });
});

describe('R12: entering service with a low cell', () => {
  const entering: Story = { deeds: [[45, 'ccc']], end_s: 50, given: 'occ' };
  it('accepts both high with a whole wait, and both floating until the cell recovers', () => {
    accepts(entering, `${START} pre+@0.5 load-@31.5 pre-@31.6 blue-@31.7 load+@45.2 blue+@45.3`);
    accepts(entering, 'charger+@0.4 load+@45.2 blue+@45.3');
  });
  it('rejects one without the other', () => {
    expect(run(entering, `${START} load-@31.5 blue-@31.7 load+@45.2 blue+@45.3`).differences[0]).to.equal('preAlarm+ missing');
    expect(run(entering, 'charger+@0.4 pre+@0.5 pre-@31 load+@45.2 blue+@45.3').differences[0]).to.equal('load+ missing');
  });
  it('rejects a wait that is too short', () =>
    rejects(entering, `${START} pre+@0.5 load-@10 pre-@10.1 blue-@10.2 load+@45.2 blue+@45.3`, 'load- early'));
});
