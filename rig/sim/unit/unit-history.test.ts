/** What must hold of the stand-in unit through any history of poles and remote, on its committed image. */

import { expect } from 'chai';
import * as fc from 'fast-check';
import { join } from 'node:path';
import { Workbench } from './workbench.ts';
import type { Pole } from './workbench.ts';

const UNIT = join(import.meta.dirname, 'unit.hex');

describe('stand-in unit: what must hold through any history', () => {
  const pole = fc.constantFrom<readonly Pole[]>([], [1], [3], [4], [1, 3], [1, 4], [1, 4], [3, 4], [1, 3, 4]);
  const step = fc.record({
    open: pole,
    link: fc.integer({ min: 0, max: 9 }).map((n) => n > 0),
    hold_ms: fc.integer({ min: 1, max: 20_000 }),
  });
  const history = fc.array(step, { minLength: 10, maxLength: 20 });

  it('what has stood for 2 s is obeyed (R7, R9, R11, R17)', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const bench = new Workbench(UNIT);
        for (const { open, link, hold_ms } of steps) {
          bench.open(open);
          bench.connect({ link });
          bench.run(hold_ms);
          if (hold_ms <= 2_000) continue;
          const serving = link && open.length < 3;
          expect(bench.isOn('charger')).to.equal(serving && !open.includes(3));
          expect(bench.isOn('ledRed')).to.equal(link && open.includes(3));
          if (!open.includes(1)) expect(bench.isOn('load')).to.equal(serving);
          else if (serving) expect(bench.isOn('preAlarm')).to.equal(bench.isOn('load'));
          if (!serving || open.length === 0) expect(bench.isOn('preAlarm')).to.equal(false);
        }
        expect(bench.edgesOf('ledBlue').map(({ at_ms }) => at_ms)).to.deep.equal(bench.edgesOf('load').map(({ at_ms }) => at_ms));
      }),
      { numRuns: 6, seed: 20_260, endOnFailure: true },
    );
  });

  it('LOAD falls in service only with a low cell and 30 s after PRE-ALARM rose (R3, R6)', () => {
    let falls = 0;
    fc.assert(
      fc.property(history, (steps) => {
        const bench = new Workbench(UNIT);
        const past: { readonly until_ms: number; readonly serving: boolean; readonly low: boolean }[] = [];
        for (const { open, link, hold_ms } of steps) {
          bench.open(open);
          bench.connect({ link });
          bench.run(hold_ms);
          past.push({ until_ms: bench.now_ms, serving: link && open.length < 3, low: open.includes(1) });
        }
        for (const { high, at_ms } of bench.edgesOf('load')) {
          // What stood in the 300 ms before the edge may have caused it.
          const first = past.findIndex(({ until_ms }) => until_ms >= at_ms - 300);
          const end = past.findIndex(({ until_ms }) => until_ms >= at_ms) + 1;
          const causes = past.slice(first, end);
          if (high || !causes.every(({ serving }) => serving)) continue;
          const rise_ms = bench.edgesOf('preAlarm').findLast((edge) => edge.high && edge.at_ms < at_ms)?.at_ms ?? NaN;
          expect(at_ms - rise_ms).to.be.at.least(30_000);
          expect(causes.some(({ low }) => low)).to.equal(true);
          falls++;
        }
      }),
      { numRuns: 8, seed: 20_261, endOnFailure: true },
    );
    expect(falls).to.be.above(5);
  });
});
