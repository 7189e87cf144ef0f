/** Inputs, CHARGER, LEDs, supply and start-up against hand-written traces: what each ruling accepts and rejects (R1, R2, R7, R11, R13-R19). */

import { expect } from 'chai';
import { account } from './account.ts';
import { caseOf, differencesOf, edgesOf, ramp, traceOf, type Deeds, type PolesWord } from './traces.ts';

const START = 'load+@0.4 charger+@0.41 blue+@0.42';

interface Story {
  readonly deeds: Deeds;
  readonly end_s: number;
  readonly given?: PolesWord;
  readonly linked?: boolean;
  readonly supply_V?: number;
}

function run({ deeds, end_s, given = 'ccc', linked = true, supply_V = 13 }: Story, words: string) {
  const testCase = caseOf(deeds, end_s, given, linked, supply_V);
  const trace = traceOf(testCase, edgesOf(words));
  const prediction = account(testCase, trace);
  expect(prediction.complete).to.equal(true);
  return { prediction, differences: differencesOf(prediction, trace) };
}

function accepts(story: Story, words: string): void {
  expect(run(story, words).differences).to.deep.equal([]);
}

function rejects(story: Story, words: string, ...differences: readonly string[]): void {
  expect(run(story, words).differences).to.deep.equal(differences);
}

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

describe('R14: supply', () => {
  const grey: Story = {
    deeds: [
      [5, { supply_V: 7 }],
      [15, { supply_V: 13 }],
    ],
    end_s: 20,
  };
  it('accepts anything between 6.5 V and 8 V', () => {
    accepts(grey, START);
    accepts(grey, `${START} load-@6 charger-@6 blue-@6 pre+@7 pre-@8 load+@16 charger+@16 blue+@16`);
  });
  it('rejects an output that is not back 3 s after 8 V', () =>
    rejects(grey, `${START} load-@6 charger-@6 blue-@6 charger+@16`, 'load+ missing'));
  const low: Story = {
    deeds: [
      [5, { supply_V: 5 }],
      [15, { supply_V: 13 }],
    ],
    end_s: 20,
  };
  it('rejects anything high after a second below 6.5 V', () => {
    accepts(low, `${START} load-@5.2 charger-@5.2 blue-@5.2 load+@16 charger+@16 blue+@16`);
    rejects(low, `${START} load-@5.2 blue-@5.2 load+@16 blue+@16`, 'charger- missing');
    rejects(low, `${START} load-@5.2 charger-@5.2 blue-@5.2 load+@10 load-@10.5 load+@16 charger+@16 blue+@16`, 'load+ extra');
  });
  it('accepts a wait that was kept or lost in a short dip', () => {
    const dip: Story = {
      deeds: [
        [5, 'oco'],
        [20, { supply_V: 5 }],
        [20.4, { supply_V: 13 }],
      ],
      end_s: 70,
    };
    accepts(dip, `${START} pre+@5.5 load-@36 pre-@36.1 blue-@36.2`);
    accepts(
      dip,
      `${START} pre+@5.5 load-@20.1 pre-@20.1 charger-@20.1 blue-@20.1 charger+@21 load+@21 pre+@21 blue+@21 load-@54 pre-@54 blue-@54`,
    );
    accepts(dip, `${START} pre+@5.5 load-@20.1 pre-@20.1 charger-@20.1 blue-@20.1 charger+@21`);
  });
  it('does not keep a wait through two seconds without supply', () => {
    const gone: Story = {
      deeds: [
        [5, 'oco'],
        [20, { supply_V: 0 }],
        [22, { supply_V: 13 }],
      ],
      end_s: 70,
    };
    const off = 'load-@20.1 pre-@20.1 charger-@20.1 blue-@20.1';
    rejects(gone, `${START} pre+@5.5 ${off} charger+@23 load+@23 pre+@23 blue+@23 load-@40 pre-@40 blue-@40`, 'load- early');
  });
});

describe('R15: power-up', () => {
  const idle: Story = { deeds: [], end_s: 10 };
  it('accepts any instant up to 3 s and restless LEDs', () =>
    accepts(idle, 'load+@2.9 charger+@0.01 red+@0.5 red-@0.7 blue+@0.1 blue-@0.3 blue+@2.95'));
  it('rejects late outputs', () => rejects(idle, 'load+@3.2 charger+@0.4 blue+@3.3', 'load+ late'));
  it('rejects a pulse of an output that must end floating', () => rejects(idle, `${START} pre+@0.3 pre-@0.35`, 'preAlarm+ extra'));
  it('rejects an output that falls again', () => rejects(idle, 'load+@0.3 load-@0.35 load+@0.5 charger+@0.41 blue+@0.6', 'load- extra'));
  it('counts from 8 V of a slow rise', () => {
    const slow: Story = { deeds: [[0.5, ramp(0, 13, 13)]], end_s: 20, supply_V: 0 };
    accepts(slow, 'load+@11.2 charger+@11.4 blue+@11.5');
    rejects(slow, 'load+@3 charger+@11.4 blue+@11.5 load-@5 load+@11.4', 'load+ extra');
  });
});

describe('R16: reaction', () => {
  it('lets a state shorter than 2 s be seen or missed', () => {
    const short: Story = {
      deeds: [
        [5, 'cco'],
        [6, 'ccc'],
      ],
      end_s: 10,
    };
    accepts(short, START);
    accepts(short, `${START} pre+@5.5 pre-@7`);
    accepts(short, `${START} pre+@6.5 pre-@7.5`);
    rejects(short, `${START} pre+@5.5`, 'preAlarm- missing');
    rejects(short, `${START} pre+@8.6 pre-@8.8`, 'preAlarm+ extra');
  });
});

describe('R17: LEDs', () => {
  const charge: Story = {
    deeds: [
      [5, 'coc'],
      [15, 'ccc'],
    ],
    end_s: 20,
  };
  it('rejects a dead LED, once', () => {
    rejects(charge, `load+@0.4 charger+@0.4 charger-@5.5 red+@6 charger+@15.5 red-@16`, 'ledBlue+ missing');
    rejects(charge, `${START} charger-@5.5 charger+@15.5`, 'ledRed+ missing');
  });
  it('rejects swapped LEDs', () => {
    const { differences } = run(charge, 'load+@0.4 charger+@0.4 red+@0.4 charger-@5.5 blue+@5.6 charger+@15.5 blue-@15.6');
    expect(differences).to.include.members(['ledRed- missing', 'ledBlue+ late']);
  });
  it('rejects red lit at a low cell', () => {
    rejects(
      {
        deeds: [
          [5, 'occ'],
          [20, 'ccc'],
        ],
        end_s: 25,
      },
      `${START} pre+@5.5 red+@5.6 red-@20.5 pre-@20.5`,
      'ledRed+ extra',
    );
  });
  it('lets blue lead and follow LOAD by 2 s', () => {
    const off: Story = {
      deeds: [
        [5, 'occ'],
        [60, 'ccc'],
      ],
      end_s: 70,
    };
    accepts(off, `${START} pre+@5.1 load-@36 pre-@36 blue-@34.2 load+@60.1 blue+@62`);
    rejects(off, `${START} pre+@5.1 load-@36 pre-@36 blue-@33.5 load+@60.1 blue+@62`, 'ledBlue- extra');
  });
});

describe('R18: glitches', () => {
  const idle: Story = { deeds: [], end_s: 10 };
  it('forgives and counts outputs below 1 ms and LEDs below 20 ms', () => {
    const { prediction, differences } = run(idle, `${START} charger-@5 charger+@5.0009 blue-@6 blue+@6.019 pre+@7 pre-@7.0005`);
    expect(differences).to.deep.equal([]);
    expect(prediction.readings).to.deep.include({ ruling: 'R18', shown: '3 glitches forgiven' });
  });
  it('rejects longer ones', () => {
    rejects(idle, `${START} charger-@5 charger+@5.001`, 'charger- extra');
    rejects(idle, `${START} blue-@5 blue+@5.02`, 'ledBlue- extra');
  });
});

describe('R19: no memory', () => {
  it('rejects an alarm that latches after the third time', () => {
    const often: Story = {
      deeds: [
        [5, 'coc'],
        [10, 'ccc'],
        [15, 'coc'],
        [20, 'ccc'],
        [25, 'coc'],
        [30, 'ccc'],
      ],
      end_s: 40,
    };
    const twice = 'charger-@5.5 red+@5.5 charger+@10.5 red-@10.5 charger-@15.5 red+@15.5 charger+@20.5 red-@20.5 charger-@25.5 red+@25.5';
    accepts(often, `${START} ${twice} charger+@30.5 red-@30.5`);
    rejects(often, `${START} ${twice} red-@30.5`, 'charger+ missing');
  });
});
