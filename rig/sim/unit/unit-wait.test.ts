/** The stand-in unit's pre-alarm, wait, trip and recovery, on its committed image. */

import { expect } from 'chai';
import { join } from 'node:path';
import { LINKED, POLES, UNLINKED, Workbench } from './workbench.ts';
import type { LoggedEdge, Setting } from './workbench.ts';

const UNIT = join(import.meta.dirname, 'unit.hex');

const running = (setting: Setting = {}): Workbench => {
  const bench = new Workbench(UNIT, setting);
  bench.run(1_000);
  return bench;
};

const last = (bench: Workbench, signal: LoggedEdge['signal']): number => bench.edgesOf(signal).at(-1)?.at_ms ?? NaN;

/** Milliseconds from the last PRE-ALARM rise to LOAD floating; NaN when LOAD does not. */
const waitFrom = (bench: Workbench): number => {
  const rise_ms = bench.edgesOf('preAlarm').findLast(({ high }) => high)?.at_ms ?? NaN;
  return bench.until('load', false, 40_000) === Infinity ? NaN : last(bench, 'load') - rise_ms;
};

const tripped = (): Workbench => {
  const bench = running();
  bench.open([1, 4]);
  bench.run(33_000);
  expect(bench.on).to.deep.equal(['charger']);
  return bench;
};

describe('stand-in unit: wait and trip', () => {
  for (const crystal_ppm of [-5_000, 0, 5_000]) {
    it(`waits 30 s to 35 s of true time with a crystal ${crystal_ppm} ppm off, and PRE-ALARM falls in the same cycle (R3, R4, R9)`, () => {
      const bench = running({ spread: { crystal_ppm } });
      bench.open([1, 4]);
      bench.run(500);
      expect(waitFrom(bench)).to.be.within(30_300, 34_700);
      expect(last(bench, 'preAlarm')).to.equal(last(bench, 'load'));
      expect(bench.on).to.deep.equal(['charger']);
      bench.run(60_000);
      expect(bench.on).to.deep.equal(['charger']);
    });
  }

  it('a warning alone never floats LOAD; a low cell after the wait does at once (R6, R4)', () => {
    const bench = running();
    bench.open([4]);
    bench.run(100_000);
    expect(bench.on).to.deep.equal(['load', 'charger', 'preAlarm', 'ledBlue']);
    bench.open([1, 4]);
    expect(bench.until('load', false, 2_000)).to.be.below(300);
  });

  it('a warning that goes before the trip leaves no trace: the next wait is whole (R5)', () => {
    const bench = running();
    bench.open([1, 4]);
    bench.run(29_500);
    bench.open([]);
    bench.run(500);
    expect(bench.on).to.deep.equal(['load', 'charger', 'ledBlue']);
    bench.open([1, 4]);
    bench.run(500);
    expect(waitFrom(bench)).to.be.within(30_300, 34_700);
  });

  it('a low cell that recovers under a standing warning leaves LOAD up and the wait running (R6)', () => {
    const bench = running();
    bench.open([1, 4]);
    bench.run(20_000);
    bench.open([4]);
    bench.run(20_000);
    expect(bench.on).to.deep.equal(['load', 'charger', 'preAlarm', 'ledBlue']);
    bench.open([1, 4]);
    expect(bench.until('load', false, 2_000)).to.be.below(300);
  });

  it('a low cell without a warning raises PRE-ALARM and waits; PRE-ALARM stays when pole 4 comes and goes (R8)', () => {
    const bench = running();
    bench.open([1]);
    expect(bench.until('preAlarm', true, 2_000)).to.be.below(100);
    bench.run(5_000);
    bench.open([1, 4]);
    bench.run(5_000);
    bench.open([1]);
    expect(waitFrom(bench)).to.be.within(30_300, 34_700);
    expect(bench.edgesOf('preAlarm')).to.have.length(2);
  });

  it('pole 3 neither disturbs nor feels the wait (R7)', () => {
    const bench = running();
    bench.open([1]);
    for (let i = 0; i < 10; i++) {
      bench.run(1_000);
      bench.open([1, 3]);
      bench.run(1_000);
      expect(bench.isOn('charger')).to.equal(false);
      bench.open([1]);
    }
    expect(waitFrom(bench)).to.be.within(30_300, 34_700);
    expect(bench.edgesOf('preAlarm')).to.have.length(2);
    bench.open([1, 3]);
    bench.run(300);
    expect(bench.on).to.deep.equal(['ledRed']);
  });

  it('a broken chain and remote off end the wait; entering service starts a whole one (R2, R11, R12 a)', () => {
    for (const leave of [(bench: Workbench) => bench.open(POLES), (bench: Workbench) => bench.connect(UNLINKED)]) {
      const bench = running();
      bench.open([1, 4]);
      bench.run(25_000);
      leave(bench);
      bench.run(1_000);
      expect(bench.isOn('load') || bench.isOn('preAlarm')).to.equal(false);
      bench.open([1, 4]);
      bench.connect(LINKED);
      expect(bench.until('preAlarm', true, 2_000)).to.be.below(300);
      expect(bench.isOn('load')).to.equal(true);
      expect(waitFrom(bench)).to.be.within(30_300, 34_700);
    }
  });
});

describe('stand-in unit: recovery', () => {
  it('returns LOAD each of five times, and each new low cell gets a whole wait (R10, R19)', () => {
    const bench = tripped();
    for (let i = 0; i < 5; i++) {
      bench.open([]);
      expect(bench.until('load', true, 2_000)).to.be.below(100);
      bench.run(200);
      expect(bench.on).to.deep.equal(['load', 'charger', 'ledBlue']);
      bench.open([1, 4]);
      bench.run(500);
      expect(waitFrom(bench)).to.be.within(30_300, 34_700);
    }
  });

  it('raises PRE-ALARM with LOAD where the warning still stands, and counts the next wait from there (R10)', () => {
    const bench = tripped();
    bench.open([4]);
    expect(bench.until('load', true, 2_000)).to.be.below(100);
    expect(last(bench, 'preAlarm')).to.equal(last(bench, 'load'));
    bench.run(5_000);
    bench.open([1, 4]);
    expect(waitFrom(bench)).to.be.within(30_300, 34_700);
  });

  it('stays tripped while the low cell lasts, whatever pole 4 does (R9)', () => {
    const bench = tripped();
    for (const open of [[1], [1, 4], [1]] as const) {
      bench.open(open);
      bench.run(5_000);
      expect(bench.on).to.deep.equal(['charger']);
    }
  });
});
