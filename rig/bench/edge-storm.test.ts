import { expect } from 'chai';
import type { FixtureTicks } from '../../scenarios/contracts/clocks.ts';
import type { SenseSignal } from '../../scenarios/signals.ts';
import { RigError } from '../error.ts';
import { stormFault, stormIn } from './edge-storm.ts';
import { eventFault } from './event-fault.ts';
import type { StampedEvent } from './run-timeline.ts';

const T0 = 1_000_000;
/** So many edges, so far apart. */
const edges = (count: number, apart_us: number, senses: readonly SenseSignal[] = ['charger']): readonly StampedEvent[] =>
  Array.from({ length: count }, (_, index) => {
    const ticks = (T0 + index * apart_us * 2) as FixtureTicks;
    const sense = senses[index % senses.length]!;
    return { event: { kind: 'edge', sense, level: index % 2, tick: ticks, via: 'capture' }, ticks, until: ticks };
  });
const overflow = eventFault({ kind: 'overflow', count: 419, tick: 1 }, new Map())!;

describe('edges that come faster than a link carries them', () => {
  it('are 128 of one signal within 64 ms, and neither a burst of 64 nor what goes on at 1 900 a second', () => {
    expect(stormIn(edges(1_200, 50))).to.deep.equal({ signal: 'charger', within_ms: 6.35 });
    expect(stormIn(edges(127, 50))).to.equal(null);
    expect(stormIn(edges(64, 10))).to.equal(null);
    expect(stormIn(edges(5_000, 526))).to.equal(null);
    expect(stormIn(edges(5_000, 490))).to.include({ signal: 'charger' });
    expect(stormIn(edges(200, 490, ['load', 'charger'])), 'each signal for itself').to.equal(null);
    expect(stormIn([])).to.equal(null);
  });

  it('are why events found no room, by name, whatever else was lost on the way', () => {
    const fault = stormFault(overflow, edges(400, 50, ['ledRed']))!;
    expect(fault).to.include({ code: 'eventsLost', blame: 'rig', cause: overflow });
    expect(fault.message).to.match(
      /^The fixture could not keep 419 events: (the red LED|ledRed|red LED) changed 128 times within 6\.3 ms\.$/,
    );
  });

  it('explain no other fault, and no overflow without them', () => {
    expect(stormFault(overflow, edges(100, 5_000))).to.equal(null);
    expect(stormFault(new RigError('stimulusLate', 'Late.'), edges(400, 50))).to.equal(null);
  });
});
