/** A canvas for tests: it remembers what was filled, by colour. */

import { timelineLayout } from '../layout.ts';
import type { TimelineModel } from '../model.ts';
import type { Canvas } from '../paint-lanes.ts';
import { paintTimeline } from '../paint.ts';

export interface Fill {
  readonly colour: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function canvas() {
  const fills: Fill[] = [];
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

/** A timeline as it is painted, `inner` pixels wide between its names and its end. */
export function paintedAt(drawn: TimelineModel, from_us: number, to_us: number, inner: number) {
  const { fills, texts, context } = canvas();
  const layout = timelineLayout(drawn);
  const width = inner + layout.gutter + layout.right;
  const x = (at_us: number): number => layout.gutter + ((at_us - from_us) / (to_us - from_us)) * inner;
  paintTimeline({ context, layout, view: { from_us, to_us }, width, colours, x }, drawn, {
    cursors: [null, null],
    hover_us: null,
    lane: -1,
    flag: -1,
  });
  return { fills, texts, layout, x };
}
