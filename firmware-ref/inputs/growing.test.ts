/** Segments that become known entry by entry are those that come of all entries at once, and what has not changed is told. */

import { expect } from 'chai';
import * as fc from 'fast-check';
import { scenarioTime } from '../../scenarios/contracts/clocks.ts';
import { numbersOf, PARAMETERS } from '../parameters.ts';
import { caseOf, ramp, type Deed, type Deeds } from '../traces.ts';
import { Growing } from './growing.ts';
import { segmentsOf, type Segment } from './segments.ts';
import { lengthOf_us, stepsOf, type Happening } from './steps.ts';

const numbers = numbersOf(PARAMETERS);

function happeningsOf(deeds: Deeds, spread_us = 0): readonly Happening[] {
  return caseOf(deeds, 1).timeline.entries.map((entry, index, all): Happening => {
    const [at_us] = entry.bounds_us;
    const length_us = lengthOf_us(entry.do);
    const late_us = index < 2 ? 0 : spread_us;
    const before = all[index - 1];
    const hangsOn = index < 3 || before === undefined ? null : { entry: before.id, least_us: at_us - before.bounds_us[0] };
    return {
      entry,
      begin_us: [at_us, scenarioTime(at_us + late_us)],
      end_us: [at_us + length_us, at_us + length_us + late_us],
      tolerance_us: 0,
      hangsOn,
    };
  });
}

const pulse: Deed = { kind: 'pulse', changes: [{ signal: 'pole4', value: 'open' }], for_us: 400_000 };
const deed = fc.constantFrom<Deed>(
  'ccc',
  'oco',
  'coc',
  'ooo',
  'link',
  'unlink',
  { supply_V: 5 },
  { supply_V: 13 },
  ramp(13, 4, 0.3),
  ramp(4, 13, 0.3),
  pulse,
);
const deeds = fc.array(fc.record({ deed, wait_ms: fc.integer({ min: 1, max: 1_500 }) }), { minLength: 1, maxLength: 10 });

/** What is told to have changed, and what has. */
function follow(growing: Growing): { readonly told: number; readonly changed: number } {
  const before: readonly Segment[] = [...growing.segments];
  const told = growing.update();
  const after = growing.segments;
  let same = 0;
  while (same < before.length && same < after.length && before[same] === after[same]) same++;
  return { told, changed: same };
}

describe('growing', () => {
  it('comes to the same as all at once, after each entry, and keeps what is before the first that it names', () => {
    fc.assert(
      fc.property(deeds, fc.constantFrom(0, 300_000, 2_000_000), (drawn, spread_us) => {
        let at_s = 4;
        const happenings = happeningsOf(
          drawn.map((one) => [(at_s += one.wait_ms / 1000), one.deed] as const),
          spread_us,
        );
        const end_us = (at_s + 5) * 1e6;
        const growing = new Growing(end_us, numbers);
        for (const [index, happening] of happenings.entries()) {
          growing.add(happening);
          const { told, changed } = follow(growing);
          expect(told).to.be.at.most(changed);
          expect(growing.segments).to.deep.equal(segmentsOf(stepsOf(happenings.slice(0, index + 1), numbers), end_us, numbers));
        }
      }),
      { numRuns: 80 },
    );
  });

  it('takes a supply that is lost only at the end out again when it comes back before', () => {
    const happenings = happeningsOf([
      [5, { supply_V: 5 }],
      [5.9, { supply_V: 13 }],
    ]);
    const growing = new Growing(20e6, numbers);
    const lost: boolean[] = [];
    for (const happening of happenings) {
      growing.add(happening);
      growing.update();
      lost.push(growing.segments.slice(4).some((segment) => segment.lost));
    }
    expect(lost).to.deep.equal([false, false, true, false]);
  });

  it('begins anew with an entry that comes before what is known', () => {
    const [given, power, late] = happeningsOf([[9, 'coc']]) as [Happening, Happening, Happening];
    const [, , soon] = happeningsOf([[6, 'cco']]) as [Happening, Happening, Happening];
    const growing = new Growing(20e6, numbers);
    for (const happening of [given, power, late]) growing.add(happening);
    growing.update();
    growing.add({ ...soon, entry: { ...soon.entry, id: 'soon' } });
    expect(growing.update()).to.be.at.most(4);
    const poles = growing.segments
      .slice(4)
      .map(({ kind, inputs }) => `${kind} ${inputs.pole3Open ? 'o' : 'c'}${inputs.pole4Open ? 'o' : 'c'}`);
    expect(poles).to.deep.equal(['steady co', 'between oo', 'between cc', 'steady oc']);
  });
});
