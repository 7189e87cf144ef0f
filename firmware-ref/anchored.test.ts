import { expect } from 'chai';
import type { Anchor } from '../scenarios/contracts/expectation.ts';
import type { Cause, PredictedEdge } from '../scenarios/contracts/prediction.ts';
import type { Level, SenseSignal } from '../scenarios/signals.ts';
import { allowedOver, delays, endOfSpans, instantOf, isBehind, keeps, mayKeep, type Planned, tie } from './anchored.ts';

const byEntry = (entry: string, min_us: number, max_us: number): Cause => ({ ref: { kind: 'entry', entry }, min_us, max_us });
const byEdge = (edge: string, min_us: number, max_us: number): Cause => ({ ref: { kind: 'predicted', edge }, min_us, max_us });
const edge = (
  id: string,
  [signal, level]: readonly [SenseSignal, Level],
  window_us: readonly [number, number],
  causes: readonly Cause[],
  combine: 'all' | 'any' = 'all',
): PredictedEdge => ({ id, signal, level, causes, combine, window_us }) as unknown as PredictedEdge;

/** PRE-ALARM rises within 2 s of the low cell at 4 s; LOAD falls 30 to 35 s after it, and no sooner than the cell is low. */
const WARNED = edge('pre', ['preAlarm', 'high'], [4e6, 6e6], [byEntry('low', 0, 2e6)]);
const TRIPPED = edge('trip', ['load', 'floating'], [34e6, 41e6], [byEdge('pre', 30e6, 35e6), byEntry('low', 0, 2e6)]);
const planned = {
  edges: [WARNED, TRIPPED],
  instants: { low: [4e6, 4.001e6] },
  allowed: [
    { signal: 'load', from_us: 0, to_us: 34e6, levels: ['high'] },
    { signal: 'load', from_us: 34e6, to_us: 41e6, levels: ['high', 'floating'] },
    { signal: 'load', from_us: 41e6, to_us: 50e6, levels: ['floating'] },
  ],
} as unknown as Planned;

const low = (delay_us = 0): Anchor => ({ kind: 'entry', entry: 'low', delay_us });
const warned = (delay_us = 0): Anchor => ({ kind: 'edge', signal: 'preAlarm', level: 'high', delay_us });

describe('where the instants of an expectation lie', () => {
  it('takes floating and low for not high, and not high for what may float, but not the other way about', () => {
    expect(keeps('floating', 'notHigh')).to.equal(true);
    expect(keeps('low', 'notHigh')).to.equal(true);
    expect(keeps('notHigh', 'floating')).to.equal(false);
    expect(mayKeep('notHigh', 'floating')).to.equal(true);
    expect(mayKeep('high', 'notHigh')).to.equal(false);
  });

  it('gives every instant that an anchor can mean, with its delay', () => {
    expect(instantOf(planned, { kind: 'time', at_us: 7e6 as never })).to.deep.equal([7e6, 7e6]);
    expect(instantOf(planned, low(1e6))).to.deep.equal([5e6, 5.001e6]);
    expect(instantOf(planned, warned(1e6))).to.deep.equal([5e6, 7e6]);
  });

  it('knows of no instant for an edge that the reference does not predict, and none for sure of an entry that it does not know', () => {
    expect(instantOf(planned, { kind: 'edge', signal: 'charger', level: 'high', delay_us: 0 })).to.equal(null);
    expect(instantOf(planned, { kind: 'entry', entry: 'other', delay_us: 1 })).to.deep.equal([-Infinity, Infinity]);
  });

  it('ties an edge to the entry or the edge that it comes from, and to nothing else', () => {
    expect(tie(planned, TRIPPED, warned())).to.include({ min_us: 30e6, max_us: 35e6 });
    expect(tie(planned, TRIPPED, low())).to.include({ max_us: 2e6 });
    expect(tie(planned, WARNED, warned())).to.equal(undefined);
    expect(tie(planned, WARNED, { kind: 'time', at_us: 4e6 as never })).to.equal(undefined);
  });

  it('counts a tied edge from its cause, not from the far ends of both windows', () => {
    expect(delays(planned, TRIPPED, warned(), [4e6, 6e6])).to.deep.equal([30e6, 35e6]);
    expect(delays(planned, TRIPPED, warned(1e6), [5e6, 7e6])).to.deep.equal([29e6, 34e6]);
    expect(delays(planned, TRIPPED, { kind: 'time', at_us: 5e6 as never }, [5e6, 5e6])).to.deep.equal([29e6, 36e6]);
  });

  it('lets a second cause put a tied edge off, unless the tied one waits for it as well', () => {
    const late = edge('trip', ['load', 'floating'], [34e6, 60e6], [byEdge('pre', 30e6, 35e6), byEntry('later', 0, 2e6)]);
    const with_ = { ...planned, edges: [WARNED, late], instants: { ...planned.instants, later: [50e6, 50e6] } } as unknown as Planned;
    expect(delays(with_, late, warned(), [4e6, 6e6])).to.deep.equal([30e6, 48e6]);
    const any = edge('trip', ['load', 'floating'], [34e6, 60e6], late.causes, 'any');
    expect(delays(with_, any, warned(), [4e6, 6e6]), 'whichever applies').to.deep.equal([28e6, 56e6]);
  });

  it('gives the levels over a span with those at its ends, and none for sure behind the last', () => {
    expect(allowedOver(planned, 'load', [33e6, 35e6])).to.deep.equal([['high'], ['high', 'floating']]);
    expect(allowedOver(planned, 'load', [42e6, 42e6])).to.deep.equal([['floating']]);
    expect(endOfSpans(planned, 'load')).to.equal(50e6);
    expect(endOfSpans(planned, 'charger')).to.equal(-Infinity);
  });

  it('finds an edge behind a span only where both ends count from its own cause', () => {
    expect(isBehind(planned, TRIPPED, { from: warned(), to: warned(29e6) })).to.equal(true);
    expect(isBehind(planned, TRIPPED, { from: warned(), to: warned(31e6) })).to.equal(false);
    expect(isBehind(planned, TRIPPED, { from: warned(), to: { kind: 'time', at_us: 10e6 as never } })).to.equal(false);
  });
});
