import { expect } from 'chai';
import { finalAttempts } from '../../record.ts';
import { failedRecord } from '../../testing/runs.ts';
import { buildTimeline } from './build.ts';
import { deltaText, driveTexts, edgeRows, nearestEdge, stateText } from './readings.ts';

const [good, early] = finalAttempts(failedRecord).map(({ recorded, last }) => buildTimeline(recorded, last)!);

describe('what a timeline says in words', () => {
  it('of the edges of a view: when, how surely, and in which window', () => {
    const { rows, of } = edgeRows(good!, { from_us: 5e6, to_us: 37.5e6 }, 10);
    expect(of).to.equal(2);
    expect(rows[0]).to.deep.include({ at: '5.100000 s', signal: 'PRE-ALARM', what: 'rose', known: '±2.0 us (comparator)' });
    expect(rows[1]).to.deep.include({ signal: 'LOAD', what: 'fell', allowed: '35.100 s to 40.100 s (R3, PRE-30S, official)' });
    expect(edgeRows(good!, { from_us: 0, to_us: 40e6 }, 3)).to.have.property('of', 7);
    expect(edgeRows(good!, { from_us: 0, to_us: 40e6 }, 3).rows.map(({ at_us }) => at_us)).to.deep.equal([400_000, 401_000, 402_000]);
  });

  it('of an instant: what was driven, what was measured and what was allowed', () => {
    expect(stateText(good!, 0, 38e6)).to.equal('LOAD not high, allowed: high or floating (R16, REACTION, inferred)');
    expect(stateText(good!, 0, 10e6)).to.match(/^LOAD high, allowed: high /);
    expect(stateText(good!, 0, 37.511e6)).to.contain('LOAD not high; probed floating');
    expect(driveTexts(good!, 5.5e6)).to.equal('supply 13 V, pole 1 closed');
    expect(driveTexts(good!, 6.5e6)).to.equal('supply 13 V, pole 1 open');
    expect(driveTexts(good!, -0.3e6)).to.contain('supply 0 V');
  });

  it('of the time between two edges: as unsure as both stamps and the clock', () => {
    const a = { at_us: 5.1e6, uncertainty_us: 2 };
    expect(deltaText(a, { at_us: 37.5e6, uncertainty_us: 2 }, 3)).to.equal('32.400000 s ±101.2 us');
    expect(deltaText(a, { at_us: 5.0e6, uncertainty_us: 2 }, 0)).to.equal('-100.0000 ms ±4.0 us');
    expect(deltaText(a, { at_us: 5.2e6, uncertainty_us: null }, 3)).to.equal('100.0000 ms');
  });

  it('finds the edge that is near, and none that is not', () => {
    const at = Float64Array.of(1, 5, 9);
    expect([nearestEdge(at, 5.4, 1), nearestEdge(at, 3.1, 3), nearestEdge(at, 3, 1), nearestEdge(at, 20, 1)]).to.deep.equal([1, 1, -1, -1]);
    expect(nearestEdge(Float64Array.of(), 1, 1e9)).to.equal(-1);
  });

  it('reaches past the end of the case where an edge was still to come', () => {
    expect(early!.ended_us).to.equal(40e6);
    expect(early!.to_us).to.be.above(40.1e6);
    expect(good!.to_us).to.equal(good!.ended_us);
  });
});
