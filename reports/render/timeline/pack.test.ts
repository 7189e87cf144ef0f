import { expect } from 'chai';
import * as fc from 'fast-check';
import { finalAttempts } from '../../record.ts';
import { manyEdges } from '../../testing/many-edges.ts';
import { failedRecord, lostAttempt, facts, notRunAttempt } from '../../testing/runs.ts';
import { makeRecord } from '../../record.ts';
import { buildTimeline } from './build.ts';
import type { TimelineModel } from './model.ts';
import { packTimeline } from './pack.ts';
import { unpackTimeline } from './unpack.ts';

/** Times are kept to a tenth of a microsecond. */
const kept = (model: TimelineModel): unknown =>
  JSON.parse(
    JSON.stringify(model, (key, value: unknown) => {
      const times = key.endsWith('_us') && value instanceof Float64Array;
      if (times) return [...value].map((us) => (Number.isFinite(us) ? Math.round(us * 10) : 'never'));
      return ArrayBuffer.isView(value) ? [...(value as Uint8Array)] : value;
    }),
  );

const timelineOf = (record: typeof failedRecord, index: number): TimelineModel => {
  const { recorded, last } = finalAttempts(record)[index]!;
  return buildTimeline(recorded, last)!;
};

describe('a timeline that a page carries', () => {
  it('comes out of the page as it went in', async () => {
    const model = timelineOf(failedRecord, 1);
    expect(model.flags[0]).to.deep.include({ lane: 0, from_us: 35_100_000, to_us: 40_100_000, at_us: 30_112_000 });
    for (const lengths of [[], [0, 3e6, 30e6, 35e6, Infinity]])
      expect(kept(await unpackTimeline(packTimeline(model, lengths)))).to.deep.equal(kept(model));
  });

  it('keeps any times, in order or not, near or far, and windows without an end', async () => {
    const model = timelineOf(failedRecord, 0);
    const instant = fc.integer({ min: -1e10, max: 1e12 }).map((tenth) => tenth / 10);
    await fc.assert(
      fc.asyncProperty(
        fc.array(instant, { maxLength: 30 }),
        fc.array(fc.tuple(instant, fc.oneof(instant, fc.constant(Infinity))), { maxLength: 30 }),
        fc.array(fc.integer({ min: 0, max: 1e9 }), { maxLength: 60 }),
        async (edges, bounds, lengths) => {
          const windows = {
            lane: Uint8Array.from(bounds, () => 0),
            from_us: Float64Array.from(bounds, ([from]) => from),
            to_us: Float64Array.from(bounds, ([, to]) => to),
            expected: Uint16Array.from(bounds, (_, index) => index * 300),
            edge: Int32Array.from(bounds, (_, index) => (index % 3) - 1),
          };
          const lane = {
            ...model.senses[0]!,
            at_us: Float64Array.from(edges),
            up: Uint8Array.from(edges, (_, i) => i % 2),
            stamp: Uint16Array.from(edges, () => 0),
            allowedFrom_us: Float64Array.from(edges, (at) => at + 7),
            allowance: Uint16Array.from(edges, () => 0),
          };
          const drawn = { ...model, senses: [lane], windows };
          expect(kept(await unpackTimeline(packTimeline(drawn, lengths)))).to.deep.equal(kept(drawn));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('takes less than fourteen characters an edge, with its window, what was allowed and the probes', () => {
    const { recorded, last } = finalAttempts(manyEdges(2_000))[0]!;
    const model = buildTimeline(recorded, last)!;
    const edges = model.senses.reduce((sum, { at_us }) => sum + at_us.length, 0);
    const bare = buildTimeline({ ...recorded, case: { ...recorded.case, timeline: { ...recorded.case.timeline, entries: [] } } }, last)!;
    expect(edges).to.be.at.least(2_000);
    expect(packTimeline(bare, [0, 2e6]).length / edges).to.be.below(14);
  });

  it('is there for a case that the link cut short, and not for one that was not run', () => {
    const [lost, notRun] = finalAttempts(makeRecord(facts([lostAttempt, notRunAttempt])));
    expect(buildTimeline(lost!.recorded, lost!.last)).to.have.property('senses').with.length(4);
    expect(buildTimeline(notRun!.recorded, notRun!.last)).to.equal(null);
  });
});
