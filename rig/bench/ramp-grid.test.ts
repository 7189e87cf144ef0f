import { expect } from 'chai';
import { assert, integer, property } from 'fast-check';
import { RampGrids } from './ramp-grid.ts';

const CLEAR = 200;

describe('what only measures beside a ramp', () => {
  it('is put off to where no step is near, and never far', () => {
    assert(
      property(
        integer({ min: 400, max: 40_000 }),
        integer({ min: 1, max: 3_000 }),
        integer({ min: 0, max: 2 ** 32 - 1 }),
        (step, steps, start) => {
          const grids = new RampGrids();
          const over = step * steps;
          grids.add(7, { kind: 'at', tick: start }, over, step);
          for (const since of [0, 1, Math.floor(over / 3), Math.floor(over / 2), over - 1, over]) {
            const asked = (start + since) >>> 0;
            const { tick } = grids.clear(9, { kind: 'at', tick: asked }) as { tick: number };
            const moved = (tick - asked) >>> 0;
            expect(moved).to.be.at.most(2 * CLEAR);
            const phase = (since + moved) % step;
            expect(Math.min(phase, step - phase)).to.be.at.least(Math.min(CLEAR, Math.floor(step / 2)));
          }
        },
      ),
    );
  });
  it('is found by the entry it counts from, or by the ramp itself, and left alone elsewhere', () => {
    const grids = new RampGrids();
    grids.add(7, { kind: 'after', entry: 3, delay_ticks: 1_000 }, 20_000, 2_000);
    const put = (entry: number, delay_ticks: number) =>
      (grids.clear(9, { kind: 'after', entry, delay_ticks }) as { delay_ticks: number }).delay_ticks;
    expect(put(3, 5_000)).to.equal(5_200);
    expect(put(7, 4_000)).to.equal(4_200);
    expect(put(7, 3_900)).to.equal(4_200);
    expect(put(7, 5_000)).to.equal(5_000);
    expect(put(4, 5_000)).to.equal(5_000);
    expect(put(7, 60_000)).to.equal(60_000);
    expect(grids.clear(9, { kind: 'at', tick: 5_000 })).to.deep.equal({ kind: 'at', tick: 5_000 });
  });
});
