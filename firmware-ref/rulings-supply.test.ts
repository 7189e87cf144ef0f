/** Supply, start-up, reaction, LEDs and glitches against hand-written traces: what each ruling accepts and rejects (R14-R19). */

import { expect } from 'chai';
import { accepts, rejects, run, START, type Story } from './stories.ts';
import { ramp } from './traces.ts';

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
  it('asks without a full supply only that an output is not high, and for floating elsewhere', () => {
    const { prediction } = run(
      {
        deeds: [...low.deeds, [19, 'unlink']],
        end_s: 22,
      },
      `${START} load-@5.2 charger-@5.2 blue-@5.2 load+@16 charger+@16 blue+@16 load-@19.5 charger-@19.5 blue-@19.5`,
    );
    const levels = prediction.edges.filter(({ signal }) => signal === 'load').map(({ level }) => level);
    expect(levels).to.deep.equal(['high', 'notHigh', 'high', 'floating']);
    const spans = prediction.allowed
      // Stamp errors leave slivers of a few microseconds.
      .filter(({ signal, from_us, to_us }) => signal === 'preAlarm' && to_us - from_us > 1e3)
      .map(({ levels: names, from_us, to_us }) => `${names.join('|')} ${(from_us / 1e6).toFixed(1)}..${(to_us / 1e6).toFixed(1)}`);
    expect(spans).to.deep.equal([
      'notHigh -0.5..0.0',
      'floating 0.0..5.0',
      'high|notHigh 5.0..6.0',
      'notHigh 6.0..15.0',
      'floating 15.0..22.0',
    ]);
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

describe('R16: remote and poles, each with a reaction of its own', () => {
  const off: Story = {
    deeds: [
      [5, 'coc'],
      [10, 'unlink'],
      [10.1, 'ccc'],
      [15, 'link'],
    ],
    end_s: 20,
  };
  const full = 'charger-@5.02 red+@5.02';
  const on = 'load+@15.1 charger+@15.1 blue+@15.1';
  it('lets a pole that changes after the remote be seen before it', () => {
    accepts(off, `${START} ${full} charger+@10.12 red-@10.12 charger-@10.13 load-@10.13 blue-@10.13 ${on}`);
    accepts(off, `${START} ${full} red-@10.13 load-@10.13 blue-@10.13 ${on}`);
  });
  it('rejects it where the reaction to the remote is long over', () =>
    rejects(
      { ...off, deeds: [...off.deeds.slice(0, 2), [13, 'ccc'], [15, 'link']] },
      `${START} ${full} red-@10.1 load-@10.1 blue-@10.1 charger+@13.1 charger-@13.2 ${on}`,
      'charger+ extra',
    ));
  it('lets the blue LED follow LOAD although the remote is off again', () =>
    accepts(
      {
        deeds: [
          [10, 'unlink'],
          [15, 'link'],
          [15.1, 'unlink'],
        ],
        end_s: 20,
      },
      `${START} charger-@10.1 load-@10.1 blue-@10.1 load+@15.102 charger+@15.102 blue+@15.103 load-@15.23 charger-@15.23 blue-@15.23`,
    ));
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
  it('lets blue lead LOAD, but not what LOAD answers to', () => {
    const broken: Story = { deeds: [[10, 'ooo']], end_s: 20 };
    const rest = 'charger-@11 red+@11';
    const { prediction } = run(broken, `${START} blue-@10.2 load-@11 ${rest}`);
    const blue = prediction.edges.find(({ signal, level }) => signal === 'ledBlue' && level === 'off');
    expect(blue?.window_us).to.deep.equal([10e6, 13e6]);
    expect(blue?.causes).to.deep.equal([
      { ref: { kind: 'observed', seq: 4 }, min_us: -1e6, max_us: 2e6 },
      { ref: { kind: 'entry', entry: 'step-1' }, min_us: 0, max_us: 3e6 },
    ]);
    accepts(broken, `${START} blue-@10.2 load-@11 ${rest}`);
    rejects(broken, `${START} blue-@9.5 load-@11 ${rest}`, 'ledBlue- extra');
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
