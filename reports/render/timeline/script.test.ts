import vm from 'node:vm';
import { expect } from 'chai';
import { finalAttempts } from '../../record.ts';
import { failedRecord } from '../../testing/runs.ts';
import { buildTimeline } from './build.ts';
import { timelineLayout } from './layout.ts';
import type { Canvas } from './paint-lanes.ts';
import { paintTimeline } from './paint.ts';
import { TIMELINE_SCRIPT } from './script.ts';

const { recorded, last } = finalAttempts(failedRecord)[1]!;
const model = buildTimeline(recorded, last)!;

/** A canvas that remembers what was filled, by colour. */
function canvas() {
  const fills: { colour: string; x: number; y: number; width: number; height: number }[] = [];
  const texts: string[] = [];
  const state = { fillStyle: '' };
  const context = new Proxy(state, {
    get: (_, key) => {
      if (key === 'fillRect')
        return (x: number, y: number, width: number, height: number) => fills.push({ colour: state.fillStyle, x, y, width, height });
      if (key === 'fillText') return (text: string) => texts.push(text);
      if (key === 'measureText') return () => ({ width: 10 });
      return key === 'fillStyle' ? state.fillStyle : () => undefined;
    },
  });
  return { fills, texts, context: context as unknown as Canvas['context'] };
}

const names = ['ink', 'soft', 'line', 'card', 'level', 'either', 'rail', 'pass', 'fail', 'drive', 'cursorA', 'cursorB'] as const;
const colours = Object.fromEntries(names.map((name) => [name, name])) as Canvas['colours'];

function painted(from_us: number, to_us: number, drawn = model) {
  const { fills, texts, context } = canvas();
  const layout = timelineLayout(drawn);
  const width = 1_000 + layout.gutter + layout.right;
  const x = (at_us: number): number => layout.gutter + ((at_us - from_us) / (to_us - from_us)) * 1_000;
  paintTimeline({ context, layout, view: { from_us, to_us }, width, colours, x }, drawn, {
    cursors: [null, null],
    hover_us: null,
    lane: -1,
    flag: -1,
  });
  return { fills, texts, layout, x };
}

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
