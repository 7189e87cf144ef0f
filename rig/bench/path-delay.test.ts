// The way from terminal or light to the fixture's pin, on specimens of the circuit: what is stated is never less, and not far more, than the worst of them.
import { expect } from 'chai';
import { DIVIDERS_AS_BUILT } from '../calibration/dividers.ts';
import { SENSE_PINS } from '../fixture/channels.ts';
import { range } from '../fixture/netlist/part.ts';
import { HandBench, ms } from '../sim/circuit/hand-bench.ts';
import { BENCH_NETLIST } from '../sim/circuit/stand-in-board.ts';
import { applyChanges } from '../sim/defects/apply.ts';
import { set } from '../sim/defects/change.ts';
import { pathMost_us } from './path-delay.ts';

/** The unit's own stage takes no time that is drawn; LEDs have none. */
const STAGE_us = 30;
const NETLIST = applyChanges(
  BENCH_NETLIST,
  ['load', 'preAlarm', 'charger'].flatMap((output) =>
    ['close_us', 'open_us'].map((key) => set(`unit.Q.${output}`, key, range(STAGE_us, STAGE_us))),
  ),
);
const PINS = { load: 'PB0', charger: 'PB1', preAlarm: 'PB2', ledBlue: 'PB3', ledRed: 'PB4' } as const;
const SIGNALS = ['load', 'preAlarm', 'charger', 'ledBlue', 'ledRed'] as const;

/** From the unit's stage, or its LED's pin, to the fixture's pin, rising and falling. */
const delays_us = (seed: number, volts: number, signal: (typeof SIGNALS)[number]): readonly number[] => {
  const bench = new HandBench({ seed, netlist: NETLIST }).supplied(volts);
  const stage_us = signal.startsWith('led') ? 0 : STAGE_us;
  return (['high', 'low'] as const).map((drive) => {
    const from_ns = bench.now_ns;
    bench.pin('unit', PINS[signal], drive).wait(ms(1));
    const edge = bench.edges.find(({ board, pin, at_ns }) => board === 'fixture' && pin === SENSE_PINS[signal].pin && at_ns >= from_ns);
    if (edge === undefined) throw new Error(`${signal} showed no edge`);
    return (edge.at_ns - from_ns) / 1e3 - stage_us;
  });
};

const fallBehind = (load: number): number => pathMost_us('load', 'notHigh', { ...DIVIDERS_AS_BUILT, load });

describe('the way from the unit to a pin of the fixture', () => {
  for (const signal of SIGNALS)
    it(`of ${signal} takes no longer than is stated, on 20 boards at three supplies`, () => {
      const levels = signal.startsWith('led') ? (['on', 'off'] as const) : (['high', 'notHigh'] as const);
      const stated = levels.map((level) => pathMost_us(signal, level, DIVIDERS_AS_BUILT));
      const worst = [0, 0];
      for (let seed = 1; seed <= 20; seed += 1)
        for (const volts of [8, 12.8, 51.2])
          delays_us(seed, volts, signal).forEach((delay_us, way) => {
            expect(delay_us, `seed ${seed}, ${volts} V`).to.be.within(0, stated[way]!);
            worst[way] = Math.max(worst[way]!, delay_us);
          });
      worst.forEach((most, way) => expect(most, `${levels[way]}`).to.be.above(0.6 * stated[way]!));
    });

  it('takes longer behind a larger divider, which is a larger burden', () => {
    expect(fallBehind(16)).to.be.within(30, 40);
    expect(fallBehind(32) / fallBehind(16)).to.be.within(1.9, 2.1);
    expect(pathMost_us('load', 'high', { ...DIVIDERS_AS_BUILT, load: 32 })).to.equal(1.5);
  });
});
