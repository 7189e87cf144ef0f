/** The same story told to the stand-in unit on the rig's own chip and on avr8js' stock peripherals gives the same edges for the same work. */

import { expect } from 'chai';
import { join } from 'node:path';
import { StockChip } from './stock-chip.ts';
import { POLES, Workbench } from './workbench.ts';
import type { Pole, Setting } from './workbench.ts';

const UNIT = join(import.meta.dirname, 'unit.hex');

const STORY: readonly (readonly [open: readonly Pole[], link: boolean, ms: number])[] = [
  [[], true, 1_000],
  [[4], true, 10],
  [[1, 4], true, 34_000],
  [[], true, 2_003],
  [[3], true, 1_001],
  [[3], false, 1_500],
  [[1], true, 33_000],
  [POLES, true, 700],
];

const told = (setting: Setting): Workbench => {
  const bench = new Workbench(UNIT, setting);
  for (const [open, link, ms] of STORY) {
    bench.open(open);
    bench.connect({ link });
    bench.run(ms);
  }
  return bench;
};

const words = ({ edges }: Workbench): readonly string[] => edges.map(({ signal, high }) => `${high ? '+' : '-'}${signal}`);

/** Two counts of Timer1 at /1024: the stock timer restarts the prescaler when it is started, silicon does not, and a pole's change is rounded to a count. */
const TOLERANCE_ms = 0.128;

describe('stand-in unit on two emulators', () => {
  it('shows the same edges within two timer counts, sleeping and working as much', () => {
    const own = told({});
    const stock = told({ emulator: (image) => new StockChip(image.flash) });
    expect(words(own)).to.deep.equal(words(stock));
    expect(own.edges).to.have.length.above(20);
    for (const [i, edge] of own.edges.entries()) expect(edge.at_ms).to.be.closeTo(stock.edges[i]?.at_ms ?? NaN, TOLERANCE_ms);
    expect(own.chip.wakes).to.equal(stock.chip.wakes);
    expect(own.chip.executedCycles / stock.chip.executedCycles).to.be.within(0.999, 1.001);
  });
});
