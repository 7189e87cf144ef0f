/** The stand-in unit's states, LEDs, start-up, reaction and appetite, on its committed image. */

import { expect } from 'chai';
import { join } from 'node:path';
import type { SenseSignal } from '../../../scenarios/signals.ts';
import { LINKED, POLES, UNLINKED, Workbench } from './workbench.ts';
import type { Pole, Setting } from './workbench.ts';

const UNIT = join(import.meta.dirname, 'unit.hex');
const power = (setting: Setting = {}): Workbench => new Workbench(UNIT, setting);

/** A unit that has been running for a second. */
const running = (setting: Setting = {}): Workbench => {
  const bench = power(setting);
  bench.run(1_000);
  return bench;
};

/** Every combination of open poles within the wait, by the rulings R2, R6, R7, R8 and R17. */
const STATES: readonly (readonly [open: readonly Pole[], on: readonly SenseSignal[]])[] = [
  [[], ['load', 'charger', 'ledBlue']],
  [[1], ['load', 'charger', 'preAlarm', 'ledBlue']],
  [[3], ['load', 'ledBlue', 'ledRed']],
  [[4], ['load', 'charger', 'preAlarm', 'ledBlue']],
  [
    [1, 3],
    ['load', 'preAlarm', 'ledBlue', 'ledRed'],
  ],
  [
    [1, 4],
    ['load', 'charger', 'preAlarm', 'ledBlue'],
  ],
  [
    [3, 4],
    ['load', 'preAlarm', 'ledBlue', 'ledRed'],
  ],
  [[1, 3, 4], ['ledRed']],
];

describe('stand-in unit: states', () => {
  for (const [open, on] of STATES) {
    const name = `open poles ${open.length === 0 ? 'none' : open.join(' ')}`;

    it(`${name}: reached from healthy, and left again`, () => {
      const bench = running();
      bench.open(open);
      bench.run(300);
      expect(bench.on).to.deep.equal(on);
      bench.open([]);
      bench.run(300);
      expect(bench.on).to.deep.equal(['load', 'charger', 'ledBlue']);
    });

    it(`${name}: reached at power-up without an output falling on the way (R15)`, () => {
      const bench = power({ open });
      bench.run(3_000);
      expect(bench.on).to.deep.equal(on);
      expect(bench.edges.filter(({ high }) => !high)).to.deep.equal([]);
    });

    it(`${name}: remote off leaves everything floating and dark (R11)`, () => {
      const bench = running({ open });
      bench.connect(UNLINKED);
      bench.run(300);
      expect(bench.on).to.deep.equal([]);
    });
  }

  it('blue is lit exactly while LOAD is high, to the cycle (R17)', () => {
    const bench = running();
    for (const open of [[1, 3, 4], [], [1, 4]] as const) {
      bench.open(open);
      bench.run(33_000);
    }
    const times = (signal: SenseSignal) => bench.edgesOf(signal).map(({ high, at_ms }) => [high, at_ms]);
    expect(times('ledBlue')).to.have.length(4);
    expect(times('ledBlue')).to.deep.equal(times('load'));
  });
});

describe('stand-in unit: start-up and reaction', () => {
  it('has its outputs up 0.5 s after the first instruction', () => {
    const bench = power();
    expect(bench.until('load', true, 3_000)).to.be.below(500);
  });

  it('stays dark when the remote is off at power-up', () => {
    const bench = power({ terminals: UNLINKED });
    bench.run(5_000);
    expect(bench.edges).to.deep.equal([]);
  });

  it('stays dark with the chain unplugged, but for the red LED', () => {
    const bench = power({ open: POLES });
    bench.run(40_000);
    expect(bench.edges.map(({ signal, high }) => [signal, high])).to.deep.equal([['ledRed', true]]);
  });

  it('answers each pole within 0.1 s and the remote within 0.3 s, whenever it changes', () => {
    for (let phase_ms = 0; phase_ms < 64; phase_ms += 7) {
      const bench = running();
      bench.run(phase_ms);
      bench.open([3]);
      expect(bench.until('charger', false, 2_000)).to.be.below(100);
      bench.open([4]);
      expect(bench.until('charger', true, 2_000)).to.be.below(100);
      expect(bench.until('preAlarm', true, 2_000)).to.be.below(100);
      bench.open(POLES);
      expect(bench.until('load', false, 2_000)).to.be.below(100);
      bench.open([]);
      expect(bench.until('load', true, 2_000)).to.be.below(100);
      bench.connect(UNLINKED);
      expect(bench.until('load', false, 2_000)).to.be.below(300);
      bench.connect(LINKED);
      expect(bench.until('load', true, 2_000)).to.be.below(300);
    }
  });
});

/** The slowest photo-MOS, on top of 1 ms between the commands: the last pole comes 6 ms after the first. */
const move = (bench: Workbench, order: readonly Pole[], open: boolean): void => {
  for (const pole of order) {
    bench.setPole(pole, open);
    bench.run(3);
  }
};

describe('stand-in unit: poles that move together', () => {
  const orders: readonly (readonly Pole[])[] = [
    [1, 3, 4],
    [1, 4, 3],
    [3, 1, 4],
    [3, 4, 1],
    [4, 1, 3],
    [4, 3, 1],
  ];

  for (const order of orders) {
    it(`no intermediate state shows when a chain breaks and is mended in the order ${order.join(' ')} (R1, R2)`, () => {
      const bench = running();
      bench.edges.length = 0;
      move(bench, order, true);
      bench.run(1_000);
      expect(bench.edges.map(({ signal, high }) => `${high ? '+' : '-'}${signal}`)).to.have.members([
        '-load',
        '-charger',
        '-ledBlue',
        '+ledRed',
      ]);
      bench.edges.length = 0;
      move(bench, order, false);
      bench.run(1_000);
      expect(bench.edges.map(({ signal, high }) => `${high ? '+' : '-'}${signal}`)).to.have.members([
        '+load',
        '+charger',
        '+ledBlue',
        '-ledRed',
      ]);
    });
  }

  it('an interruption of 10 ms is not seen', () => {
    const bench = running();
    bench.edges.length = 0;
    for (const pole of POLES) {
      bench.setPole(pole, true);
      bench.run(10);
      bench.setPole(pole, false);
      bench.run(200);
    }
    expect(bench.edges).to.deep.equal([]);
  });

  it('a pole that chatters without end does not hide the others (R16)', () => {
    const bench = running();
    const chatter = (ms: number): void => {
      for (let at = 0; at < ms; at += 8) {
        bench.setPole(4, at % 16 === 0);
        bench.run(8);
      }
    };
    chatter(500);
    bench.setPole(3, true);
    chatter(300);
    expect(bench.isOn('charger')).to.equal(false);
    bench.setPole(3, false);
    chatter(300);
    expect(bench.isOn('charger')).to.equal(true);
    bench.setPole(1, true);
    chatter(32_000);
    expect(bench.isOn('load')).to.equal(false);
  });
});

const perSecond = (bench: Workbench): { readonly cycles: number; readonly wakes: number } => {
  const [cycles, wakes, span_s] = [bench.chip.executedCycles, bench.chip.wakes, 20];
  bench.run(span_s * 1_000);
  return { cycles: (bench.chip.executedCycles - cycles) / span_s, wakes: (bench.chip.wakes - wakes) / span_s };
};

describe('stand-in unit: appetite', () => {
  const cases: readonly (readonly [string, Setting])[] = [
    ['healthy', {}],
    ['remote off', { terminals: UNLINKED }],
    ['on by remote H', { terminals: { ...UNLINKED, h_mV: 12_800 } }],
    ['in the wait', { open: [1, 4] }],
    ['chain broken', { open: POLES }],
  ];
  for (const [name, setting] of cases) {
    it(`${name}: at most 20 000 executed cycles and 50 wakes in a second`, () => {
      const { cycles, wakes } = perSecond(running(setting));
      expect(cycles).to.be.within(1_000, 20_000);
      expect(wakes).to.be.within(10, 50);
    });
  }
});
