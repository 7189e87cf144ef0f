/** Inputs, chain, CHARGER and remote against hand-written traces: what each ruling accepts and rejects (R1, R2, R7, R11, R13). */

import { expect } from 'chai';
import { accepts, rejects, run, START, type Story } from './stories.ts';

describe('R1: inputs at one instant', () => {
  it('accepts PRE-ALARM rising for a state on the way, and its absence', () => {
    const at_once: Story = {
      deeds: [
        [5, 'ooo'],
        [20, 'ccc'],
      ],
      end_s: 25,
    };
    const broken = 'load-@5.5 charger-@5.6 red+@5.7 blue-@5.8';
    const mended = 'load+@20.5 charger+@20.6 red-@20.7 blue+@20.8';
    accepts(at_once, `${START} ${broken} ${mended}`);
    accepts(at_once, `${START} pre+@5.2 pre-@5.6 ${broken} ${mended}`);
    rejects(
      {
        deeds: [
          [5, 'coc'],
          [20, 'ccc'],
        ],
        end_s: 25,
      },
      `${START} pre+@5.2 pre-@5.6 charger-@5.6 red+@5.7 charger+@20.6 red-@20.7`,
      'preAlarm+ extra',
    );
  });
  it('judges a case in which pole 1 opens 0.8 s before the others', () => {
    const cable: Story = {
      deeds: [
        [4, 'occ'],
        [4.8, 'ooo'],
        [20, 'ccc'],
      ],
      end_s: 25,
    };
    accepts(cable, `${START} pre+@4.5 pre-@5.1 load-@5.2 charger-@5.3 red+@5.4 blue-@5.5 load+@20.5 charger+@20.6 red-@20.7 blue+@20.8`);
  });
});

describe('R2: broken chain', () => {
  const broken: Story = {
    deeds: [
      [5, 'ooo'],
      [20, 'ccc'],
    ],
    end_s: 25,
  };
  const rest = 'charger-@5.6 red+@5.7 charger+@20.6 red-@20.7';
  it('rejects LOAD or CHARGER that stay', () => {
    rejects(broken, `${START} ${rest}`, 'load- missing');
    rejects(broken, `${START} load-@5.5 blue-@5.8 load+@20.5 blue+@20.8 red+@5.7 red-@20.7`, 'charger- missing');
  });
  it('ends the wait: PRE-ALARM and LOAD float within 2 s', () => {
    const waiting: Story = {
      deeds: [
        [5, 'oco'],
        [15, 'ooo'],
        [30, 'ccc'],
      ],
      end_s: 35,
    };
    const back = 'load+@30.5 charger+@30.6 red-@30.7 blue+@30.8';
    accepts(waiting, `${START} pre+@5.1 pre-@15.3 load-@15.5 charger-@15.6 red+@15.7 blue-@15.8 ${back}`);
    rejects(waiting, `${START} pre+@5.1 load-@15.5 charger-@15.6 red+@15.7 blue-@15.8 ${back} pre-@30.5`, 'preAlarm- missing');
  });
});

describe('R7: charge is independent', () => {
  const charge: Story = {
    deeds: [
      [5, 'coc'],
      [15, 'ccc'],
    ],
    end_s: 20,
  };
  it('accepts any reaction up to 2 s', () => {
    accepts(charge, `${START} charger-@5.01 red+@6.9 charger+@16.99 red-@15.1`);
  });
  it('rejects 5 s, a stuck output and a delayed return', () => {
    rejects(charge, `${START} charger-@10 red+@6.9 charger+@16 red-@15.1`, 'charger- late');
    rejects(charge, `${START} red+@6.9 red-@15.1`, 'charger- missing');
    rejects(charge, `${START} charger-@5.5 red+@6.9 charger+@18 red-@15.1`, 'charger+ late');
  });
  it('rejects a charge alarm that drops LOAD, and a low cell that drops CHARGER', () => {
    expect(
      run(charge, `${START} charger-@5.5 red+@6 load-@5.6 blue-@5.7 charger+@15.5 red-@15.6 load+@15.5 blue+@15.7`).differences,
    ).to.deep.equal(['load- extra']);
    expect(
      run(
        {
          deeds: [
            [5, 'occ'],
            [20, 'ccc'],
          ],
          end_s: 25,
        },
        `${START} pre+@5.5 charger-@5.6 charger+@20.2 pre-@20.5`,
      ).differences,
    ).to.deep.equal(['charger- extra']);
  });
  it('lets the wait run through a charge alarm', () => {
    accepts(
      {
        deeds: [
          [5, 'oco'],
          [10, 'occ'],
          [12, 'ooc'],
        ],
        end_s: 14,
      },
      `${START} pre+@5.5 charger-@12.5 red+@12.5`,
    );
  });
});

describe('R11 and R13: remote', () => {
  const off: Story = {
    deeds: [
      [5, 'unlink'],
      [15, 'link'],
    ],
    end_s: 20,
  };
  const on = 'load+@15.3 charger+@15.4 blue+@15.5';
  it('accepts all off within 2 s and on again', () => accepts(off, `${START} load-@5.5 charger-@6 blue-@6.5 ${on}`));
  it('rejects what stays on', () => {
    rejects(off, `${START} load-@5.5 blue-@6.5 ${on.replace('charger+@15.4 ', '')}`, 'charger- missing');
    rejects(off, `${START} load-@5.5 charger-@6 load+@15.3 charger+@15.4`, 'ledBlue- missing');
  });
  it('takes PRE-ALARM off, which ends the wait', () => {
    const low: Story = {
      deeds: [
        [5, 'cco'],
        [15, 'unlink'],
      ],
      end_s: 20,
    };
    rejects(low, `${START} pre+@5.5 load-@15.5 charger-@16 blue-@16.5`, 'preAlarm- missing');
  });
  it('knows each way to switch on', () => {
    for (const drives of [{ remoteH: { mV: 3100 } }, { remoteH: 'battery' }, { remoteL: { mV: 3300 } }, { remoteL: 'minus' }] as const) {
      const way: Story = { deeds: [[5, drives]], end_s: 10, linked: false };
      accepts(way, 'load+@5.4 charger+@5.5 blue+@5.6');
      expect(run(way, '').differences).to.deep.equal(['load+ missing', 'charger+ missing']);
    }
  });
  it('takes an undriven or low H for off, and leaves the rest open', () => {
    rejects(
      { deeds: [[5, { remoteH: { mV: 1900 } }]], end_s: 10, linked: false },
      'load+@5.4 charger+@5.5 blue+@5.6',
      'load+ extra',
      'charger+ extra',
      'ledBlue+ extra',
    );
    for (const words of ['', 'load+@5.4 charger+@5.5 blue+@5.6'])
      accepts({ deeds: [[5, { remoteH: { mV: 2500 } }]], end_s: 10, linked: false }, words);
  });
});
