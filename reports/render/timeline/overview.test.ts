import { expect } from 'chai';
import { finalAttempts } from '../../record.ts';
import { manyEdges } from '../../testing/many-edges.ts';
import { failedRecord } from '../../testing/runs.ts';
import { buildTimeline } from './build.ts';
import type { TimelineModel } from './model.ts';
import { isLarge, overviewOf } from './overview.ts';
import { type Fill, paintedAt } from './testing/canvas.ts';

const { recorded, last } = finalAttempts(manyEdges(30_000))[0]!;
const model = buildTimeline(recorded, last)!;
const edgesOf = ({ senses }: TimelineModel): number => senses.reduce((sum, { at_us }) => sum + at_us.length, 0);

/** The widest that a picture is on its page, and narrower ones. */
const WIDTHS = [1_006, 640, 320];

const wholeOf = (drawn: TimelineModel, width: number) => {
  const room_us = (drawn.to_us - drawn.from_us) * 0.01;
  return paintedAt(drawn, drawn.from_us - room_us, drawn.to_us + room_us, width);
};
const whole = (drawn: TimelineModel, width: number): readonly Fill[] => wholeOf(drawn, width).fills;
const levels = (fills: readonly Fill[]): readonly Fill[] => fills.filter(({ colour }) => colour === 'level');

/** The levels of the first lane. */
const own = (of: TimelineModel) => {
  const { fills, layout } = wholeOf(of, 1_006);
  const { top, height } = layout.senses[0]!;
  return levels(fills).filter(({ y }) => y >= top - 1 && y <= top + height);
};

/** Which colours each pixel of a row of pixels has been given. */
const columns = (fills: readonly Fill[], width: number): readonly (readonly string[])[] => {
  const found = Array.from({ length: width + 140 }, () => new Set<string>());
  for (const { colour, x, width: wide, y } of fills)
    for (let at = Math.max(0, Math.floor(x)); at < Math.min(found.length, x + wide); at += 1)
      found[at]!.add(colour === 'drive' ? colour : `${colour} ${Math.round(y / 20)}`);
  return found.map((one) => [...one].toSorted());
};

describe('the overview of a timeline', () => {
  const overview = overviewOf(model);

  it('holds a fraction of the edges, and is asked for only where there are very many', () => {
    expect(edgesOf(model)).to.be.at.least(30_000);
    expect(edgesOf(overview)).to.be.below(6_000);
    expect(isLarge(model)).to.equal(true);
    const few = finalAttempts(failedRecord)[1]!;
    expect(isLarge(buildTimeline(few.recorded, few.last)!)).to.equal(false);
  });

  it('draws what was measured exactly as the whole does, at each width', () => {
    for (const width of WIDTHS) {
      const full = levels(whole(model, width));
      expect(full.length).to.be.above(5);
      expect(levels(whole(overview, width)), `${width} pixels`).to.deep.equal(full);
    }
  });

  it('draws all else to three pixels, and the teeth of a crowded drive to eight', () => {
    for (const width of WIDTHS) {
      const [full, first] = [columns(whole(model, width), width), columns(whole(overview, width), width)];
      for (const [drawn, other, what] of [
        [first, full, 'is not in the whole'],
        [full, first, 'is missing'],
      ] as const)
        for (const [at, one] of drawn.entries())
          for (const colour of one) {
            const room = colour.startsWith('drive') ? 8 : 3;
            const near = other.slice(Math.max(0, at - room), at + room + 1).some((colours) => colours.includes(colour));
            expect(near, `${width} pixels: ${colour} at ${at} ${what}`).to.equal(true);
          }
    }
  });

  it('shows a short silence and a single edge among thousands where they are', () => {
    const at_us = Float64Array.from({ length: 20_000 }, (_, index) => index * 1_000 + (index >= 10_000 ? 400_000 : 0));
    const lane = {
      ...model.senses[0]!,
      at_us: Float64Array.from([...at_us, 25e6]),
      up: Uint8Array.from({ length: 20_001 }, (_, index) => index % 2),
      stamp: new Uint16Array(20_001),
    };
    const drawn = { ...model, from_us: 0, to_us: 30e6, ended_us: 30e6, senses: [lane, ...model.senses.slice(1)] };
    expect(own(overviewOf(drawn))).to.deep.equal(own(drawn));
    // Two blocks with a silence of 0.4 s between them, and one edge by itself.
    expect(own(drawn).filter(({ height }) => height > 2)).to.have.length(3);
  });

  it('says nothing of single edges: whoever asks is answered from the whole', () => {
    expect(overview.expected).to.deep.equal([]);
    expect([...overview.windows.edge].every((edge) => edge === -1)).to.equal(true);
    expect(overview.flags.map(({ text }) => text).join('')).to.equal('');
    expect(overview.senses.map(({ label }) => label)).to.deep.equal(model.senses.map(({ label }) => label));
  });
});
