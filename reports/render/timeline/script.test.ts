import vm from 'node:vm';
import { expect } from 'chai';
import { finalAttempts } from '../../record.ts';
import { failedRecord } from '../../testing/runs.ts';
import { buildTimeline } from './build.ts';
import { TIMELINE_SCRIPT } from './script.ts';
import { paintedAt } from './testing/canvas.ts';

const { recorded, last } = finalAttempts(failedRecord)[1]!;
const model = buildTimeline(recorded, last)!;

const painted = (from_us: number, to_us: number, drawn = model) => paintedAt(drawn, from_us, to_us, 1_000);

describe('the script of a page', () => {
  it('holds all that it calls: it starts on a page without pictures and misses nothing but the page', () => {
    const asked: string[] = [];
    class Observer {
      observe() {}
    }
    const page = {
      document: { querySelectorAll: (what: string) => (asked.push(what), []), getElementById: () => null },
      location: { hash: '' },
      addEventListener: (kind: string) => asked.push(kind),
      IntersectionObserver: Observer,
      HTMLDetailsElement: Observer,
    };
    vm.runInNewContext(TIMELINE_SCRIPT, page);
    expect(asked).to.deep.equal(['.timeline', '.timeline', 'button.jump', 'hashchange', 'beforeprint']);
    // Each function that another names is one of the page's own.
    const own = new Set([...TIMELINE_SCRIPT.matchAll(/^const (\w+) = /gm)].map(([, name]) => name));
    for (const called of [
      'ticks',
      'tickText',
      'firstAtLeast',
      'unpackTimeline',
      'paintLevel',
      'edgeRows',
      'timelineViewer',
      'mountTimeline',
    ])
      expect(own.has(called), called).to.equal(true);
    expect(TIMELINE_SCRIPT).to.not.match(/<\/script|: readonly |import /);
  });

  it('draws the level as it was: high between the edges, and nothing after the end', () => {
    const { fills, layout, x } = painted(0, 50e6);
    const lane = layout.senses[0]!;
    const along = fills.filter(
      ({ colour, y, height }) => colour === 'level' && height === 2 && y >= lane.top - 1 && y <= lane.top + lane.height,
    );
    expect(along.map(({ y }) => y === lane.top - 1)).to.deep.equal([false, true, false]);
    expect(along[1]!.x + along[1]!.width).to.be.closeTo(x(30.112e6), 2);
    expect(along[2]!.x + along[2]!.width).to.be.closeTo(x(40e6), 2);
  });

  it('draws very many edges as a block, in few strokes, and the level after them', () => {
    const count = 100_000;
    const lane = {
      ...model.senses[0]!,
      at_us: Float64Array.from({ length: count }, (_, index) => 1e6 + index * 10),
      up: Uint8Array.from({ length: count }, (_, index) => Number(index % 2 === 0 || index === count - 1)),
      stamp: new Uint16Array(count),
    };
    const { fills, layout } = painted(0, 40e6, { ...model, senses: [lane, ...model.senses.slice(1)] });
    const { top, height } = layout.senses[0]!;
    const own = fills.filter(({ colour, y }) => colour === 'level' && y >= top - 1 && y <= top + height);
    expect(own.length).to.be.below(10);
    expect(own.find((one) => one.height === height + 2)!.width).to.be.closeTo(27, 1);
    expect(own.at(-1)).to.include({ y: top - 1, height: 2 });
  });

  it('says where the case had ended', () => {
    expect(painted(0, 60e6).texts).to.include('the case had ended');
    expect(painted(0, 30e6).texts).to.not.include('the case had ended');
  });
});
